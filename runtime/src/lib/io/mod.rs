//! `io` and `open`: files in text and binary, and files in memory.

mod binary_file;
mod bytes_io;
mod mode;
mod open;
mod raw;
mod string_io;
mod text_file;
mod text_reader;

pub use open::{OPEN, ROW, path_of};

use crate::exc::hierarchy::OS_ERROR;
use crate::exc::{self, Exc, Result};
use crate::lib::errors::{library_error, raise};
use crate::ops;
use crate::registry::{Item, ModuleDef};
use crate::value::Value;

library_error!(
    /// `io.UnsupportedOperation`.
    UNSUPPORTED, "UnsupportedOperation", "io", &OS_ERROR
);

/// An operation that the file does not have.
#[cold]
pub fn unsupported(what: &str) -> Exc {
    raise(&UNSUPPORTED, what)
}

/// What the operating system refused, with the file's name where there is one.
#[cold]
pub fn system_error(error: &std::io::Error, name: Option<&Value>) -> Exc {
    let Some(errno) = error.raw_os_error() else {
        return exc::of_kind("OSError", vec![Value::str(&error.to_string())]);
    };
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    exc::os_error(errno, text, name.cloned())
}

/// A size argument of `read`: None where all is wanted.
pub fn wanted(value: Option<&Value>) -> Result<Option<usize>> {
    match value {
        None | Some(Value::None) => Ok(None),
        Some(value) => match ops::try_index(value)? {
            Some(size) => Ok(usize::try_from(ops::saturate(&size)).ok()),
            None => {
                let name = value.type_name();
                Err(exc::type_error(&format!(
                    "argument should be integer or None, not '{name}'"
                )))
            }
        },
    }
}

/// The module `io`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "io",
    items: &[
        ("open", Item::Function(&OPEN)),
        ("StringIO", Item::Type(&string_io::STRING_IO)),
        ("BytesIO", Item::Type(&bytes_io::BYTES_IO)),
        ("UnsupportedOperation", Item::Type(&UNSUPPORTED)),
        ("DEFAULT_BUFFER_SIZE", Item::Value(|| Value::Int(8192))),
        ("SEEK_SET", Item::Value(|| Value::Int(0))),
        ("SEEK_CUR", Item::Value(|| Value::Int(1))),
        ("SEEK_END", Item::Value(|| Value::Int(2))),
    ],
};
