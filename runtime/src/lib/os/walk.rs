//! `os.walk` from the top down: the program may shorten or reorder the list of directories as it goes.

use std::fs;

use super::files::name_value;
use super::path;
use super::path_rows::{points_of, value_of};
use crate::exc::{self, Result};
use crate::lib::io::path_of;
use crate::lib::itertools::shell::{Shell, Step};
use crate::lib::signature::PyParams;
use crate::list::List;
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, NativeFn};
use crate::types::GENERATOR;
use crate::value::Value;

/// What is left of a walk.
struct Walk {
    /// Directories to visit, the next one last.
    waiting: Vec<Value>,
    /// The directory given last, with its list of directories.
    given: Option<(Value, List<Value>)>,
    follow: bool,
}

impl Step for Walk {
    fn kind() -> &'static BuiltinType {
        &GENERATOR
    }

    fn step(&mut self) -> Result<Option<Value>> {
        self.descend()?;
        while let Some(top) = self.waiting.pop() {
            let Some((directories, files)) = contents(&top)? else {
                continue;
            };
            let directories = List::from_vec(directories);
            self.given = Some((top.clone(), directories.clone()));
            return Ok(Some(Value::tuple(vec![
                top,
                Value::List(directories),
                Value::list(files),
            ])));
        }
        Ok(None)
    }
}

impl Walk {
    /// Puts the directories that the program left in the list before those that already wait.
    fn descend(&mut self) -> Result<()> {
        let Some((top, directories)) = self.given.take() else {
            return Ok(());
        };
        let (top, is_text) = points_of(&top)?;
        for name in directories.to_vec().iter().rev() {
            let below = value_of(&path::join(&top, &[points_of(name)?.0]), is_text);
            if self.follow || !path_of(&below)?.0.is_symlink() {
                self.waiting.push(below);
            }
        }
        Ok(())
    }
}

/// The directories and the other files of a directory; None where it cannot be read.
fn contents(top: &Value) -> Result<Option<(Vec<Value>, Vec<Value>)>> {
    let (path, named) = path_of(top)?;
    let Ok(entries) = fs::read_dir(path) else {
        return Ok(None);
    };
    let (mut directories, mut files) = (Vec::new(), Vec::new());
    for entry in entries {
        let Ok(entry) = entry else { return Ok(None) };
        let name = name_value(&entry.file_name(), matches!(named, Value::Str(_)))?;
        if entry.path().is_dir() {
            directories.push(name)
        } else {
            files.push(name)
        }
    }
    Ok(Some((directories, files)))
}

fn walk(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("walk", &["top", "topdown", "onerror", "followlinks"], 1);
    let [top, topdown, onerror, follow] = PARAMS.read(args, kwargs)?;
    let refused = !topdown.map_or(Ok(true), ops::truthy)? || onerror.is_some_and(|error| !matches!(error, Value::None));
    if refused {
        return Err(exc::not_implemented_error(
            "os.walk bottom-up or with onerror is not supported",
        ));
    }
    let (_, top) = path_of(top.unwrap_or(&Value::None))?;
    Ok(Shell::value(Walk {
        waiting: vec![top],
        given: None,
        follow: follow.map_or(Ok(false), ops::truthy)?,
    }))
}

pub static WALK: NativeFn = NativeFn {
    name: "walk",
    effects: Effects::READS_FILES,
    call: walk,
};
