//! What a proof had done when it was interrupted, so that the next one goes on from there.
//!
//! Every function's part is written down as soon as it is proven, under a key over everything that decides what the proof
//! comes to. The same key gives the same proof, so taking it up changes no certificate.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::certificate::FunctionCertificate;

/// The name of the file inside the vessel's folder; it is gone when the proof is complete.
const FILE_NAME: &str = ".certify.partial.json";

/// The parts that are done.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Partial {
    key: String,
    pub functions: Vec<FunctionCertificate>,
    #[serde(skip)]
    path: PathBuf,
}

impl Partial {
    /// What an interrupted proof with this key left in the folder; nothing where there was none.
    pub fn take_up(folder: &Path, key: String) -> Partial {
        let path = folder.join(FILE_NAME);
        let text = fs::read_to_string(&path).unwrap_or_default();
        let stored = serde_json::from_str::<Partial>(&text).ok();
        match stored.filter(|stored| stored.key == key) {
            Some(stored) => Partial { path, ..stored },
            None => Partial {
                key,
                functions: Vec::new(),
                path,
            },
        }
    }

    /// The part of a function, where it is done.
    pub fn find(&self, name: &str) -> Option<&FunctionCertificate> {
        self.functions.iter().find(|function| function.name == name)
    }

    /// Writes a further part down.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, function: FunctionCertificate) -> io::Result<()> {
        self.functions.push(function);
        let beside = self.path.with_extension(format!("part{}", std::process::id()));
        fs::write(&beside, serde_json::to_vec(self).map_err(io::Error::other)?)?;
        fs::rename(&beside, &self.path)
    }

    /// The proof is complete.
    pub fn done(self) {
        // A leftover is harmless: it has the key of a proof that comes out the same.
        let _ = fs::remove_file(&self.path);
    }
}
