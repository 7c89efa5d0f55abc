//! Measured run times from a cProfile dump (`python3 -m cProfile -o FILE script.py`).

use super::functions::FoundFunction;
use super::marshal::{self, Value};
use crate::source::SourceFile;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The times of a run, by function.
#[derive(Clone, Debug)]
pub struct Profile {
    total: f64,
    /// By line and bare name: the file as the profile names it, own and cumulative seconds.
    entries: HashMap<(u32, String), Vec<Entry>>,
}

#[derive(Clone, Debug)]
struct Entry {
    path: PathBuf,
    own: f64,
    cumulative: f64,
}

/// A function's part of the whole run, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// With what it calls.
    pub total: f64,
    pub own: f64,
}

impl Profile {
    /// Reads a dump.
    ///
    /// # Errors
    /// What is wrong with the bytes, where they are no profile or a damaged one.
    pub fn read(bytes: &[u8]) -> Result<Profile, String> {
        if bytes.is_empty() {
            return Err("the file is empty".to_owned());
        }
        let value = marshal::read(bytes).map_err(|damage| {
            format!(
                "not a cProfile dump, or a damaged one: {} (byte {})",
                damage.what, damage.at
            )
        })?;
        let Value::Dict(items) = value else {
            return Err("not a cProfile dump: it holds no table".to_owned());
        };
        let mut profile = Profile {
            total: 0.0,
            entries: HashMap::new(),
        };
        for (key, times) in items.iter() {
            profile
                .add(key, times)
                .ok_or("not a cProfile dump: an entry has another form")?;
        }
        Ok(profile)
    }

    fn add(&mut self, key: &Value, times: &Value) -> Option<()> {
        let (Value::Tuple(key), Value::Tuple(times)) = (key, times) else {
            return None;
        };
        let [Value::Text(path), Value::Int(line), Value::Text(name)] = &key[..] else {
            return None;
        };
        let [Value::Int(_), Value::Int(_), own, cumulative, ..] = &times[..] else {
            return None;
        };
        let entry = Entry {
            path: PathBuf::from(&**path),
            own: seconds(own)?,
            cumulative: seconds(cumulative)?,
        };
        self.total += entry.own;
        // Built-in functions have no line of their own.
        if let Ok(line) = u32::try_from(*line) {
            self.entries.entry((line, name.to_string())).or_default().push(entry);
        }
        Some(())
    }

    /// The share of a function of `file`: zero where the run never called it.
    pub fn share(&self, file: &SourceFile, function: &FoundFunction) -> Option<Share> {
        if self.total <= 0.0 {
            return None;
        }
        // The profiler names a decorated function's first decorator.
        let first = function
            .def
            .decorators
            .first()
            .map_or(function.span.start, |decorator| decorator.span.start);
        let key = (file.line(first), function.def.name.name.clone());
        let entry = self
            .entries
            .get(&key)
            .and_then(|entries| entries.iter().find(|e| is_same(&e.path, file.path())));
        let (own, cumulative) = entry.map_or((0.0, 0.0), |entry| (entry.own, entry.cumulative));
        Some(Share {
            total: cumulative / self.total,
            own: own / self.total,
        })
    }
}

fn seconds(value: &Value) -> Option<f64> {
    match value {
        Value::Float(seconds) => Some(*seconds),
        Value::Int(seconds) => Some(*seconds as f64),
        _ => None,
    }
}

/// Whether a path in a profile is the analysed file: the same file on disk, or the end of its path.
fn is_same(recorded: &Path, analysed: &Path) -> bool {
    if recorded == analysed {
        return true;
    }
    match (recorded.canonicalize(), analysed.canonicalize()) {
        (Ok(recorded), Ok(analysed)) => recorded == analysed,
        _ => analysed.ends_with(recorded) || recorded.ends_with(analysed),
    }
}
