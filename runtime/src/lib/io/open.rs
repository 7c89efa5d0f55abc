//! `open`.

use std::ffi::OsString;
use std::fs::{File, OpenOptions};
use std::os::fd::FromRawFd;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

use super::binary_file::BinaryFile;
use super::mode::{self, Mode};
use super::raw::Raw;
use super::system_error;
use super::text_file::TextFile;
use super::text_reader::Newlines;
use crate::codec;
use crate::exc::{self, Result};
use crate::lib::convert::size;
use crate::lib::params::Params;
use crate::ops;
use crate::registry::{Effects, Kwargs, NativeFn};
use crate::str::Str;
use crate::value::Value;

/// The path that a str, bytes or path-like object names, and what messages show for it.
pub fn path_of(value: &Value) -> Result<(PathBuf, Value)> {
    let named = match value.payload() {
        Value::Str(_) | Value::Bytes(_) => value.payload().clone(),
        _ => match ops::call_special(value, "__fspath__", &[])? {
            Some(named) => named,
            None => {
                let name = value.type_name();
                return Err(exc::type_error(&format!(
                    "expected str, bytes or os.PathLike object, not {name}"
                )));
            }
        },
    };
    let bytes = match &named {
        Value::Str(text) => codec::encode(text, "utf-8", "surrogateescape")?.as_slice().to_vec(),
        Value::Bytes(bytes) => bytes.as_slice().to_vec(),
        other => {
            let (kind, name) = (value.type_name(), other.type_name());
            let message = format!("expected {kind}.__fspath__() to return str or bytes, not {name}");
            return Err(exc::type_error(&message));
        }
    };
    if bytes.contains(&0) {
        return Err(exc::value_error("embedded null byte"));
    }
    Ok((PathBuf::from(OsString::from_vec(bytes)), named))
}

fn given(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !matches!(value, Value::None))
}

/// A str argument, or a complaint of the argument's name.
fn text_of(value: Option<&Value>, name: &str, or_none: &str) -> Result<Option<Str>> {
    match given(value) {
        None => Ok(None),
        Some(value) => match value.as_str() {
            Some(text) => Ok(Some(text.clone())),
            None => {
                let kind = value.type_name();
                Err(exc::type_error(&format!(
                    "open() argument '{name}' must be str{or_none}, not {kind}"
                )))
            }
        },
    }
}

fn newlines_of(newline: Option<Str>) -> Result<Newlines> {
    let Some(newline) = newline else {
        return Ok(Newlines::Universal);
    };
    match newline.to_rust_string().as_str() {
        "" => Ok(Newlines::Kept),
        "\n" => Ok(Newlines::Only("\n")),
        "\r" => Ok(Newlines::Only("\r")),
        "\r\n" => Ok(Newlines::Only("\r\n")),
        other => Err(exc::value_error(&format!("illegal newline value: {other}"))),
    }
}

/// The file behind a descriptor; closing the file closes the descriptor.
fn open_descriptor(descriptor: i64) -> Result<File> {
    if descriptor < 0 {
        return Err(exc::value_error("negative file descriptor"));
    }
    match i32::try_from(descriptor) {
        // SAFETY: the descriptor is open, and the program gives it to the file, as CPython's does.
        Ok(open) if crate::system::is_open(open) => Ok(unsafe { File::from_raw_fd(open) }),
        Ok(_) => Err(exc::os_error(9, "Bad file descriptor", None)),
        Err(_) => Err(exc::type_error("expected str, bytes or os.PathLike object, not int")),
    }
}

fn open_file(value: &Value, mode: Mode) -> Result<(File, Value)> {
    if let Some(descriptor) = value.as_int().and_then(|wide| wide.as_i64()) {
        return open_descriptor(descriptor).map(|file| (file, value.clone()));
    }
    let (path, named) = path_of(value)?;
    let mut options = OpenOptions::new();
    options
        .read(mode.read)
        .write(mode.write && !mode.append)
        .append(mode.append);
    options
        .truncate(mode.truncate)
        .create(mode.truncate || mode.append)
        .create_new(mode.create);
    let file = options.open(path).map_err(|error| system_error(&error, Some(&named)))?;
    if file.metadata().is_ok_and(|data| data.is_dir()) {
        return Err(exc::os_error(21, "Is a directory", Some(named)));
    }
    Ok((file, named))
}

fn open(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    const NAMES: &[&str] = &[
        "file",
        "mode",
        "buffering",
        "encoding",
        "errors",
        "newline",
        "closefd",
        "opener",
    ];
    static PARAMS: Params = Params::new("open", NAMES, 1);
    let [file, mode_text, buffering, encoding, errors, newline, _, opener] = PARAMS.read(args, kwargs)?;
    let mode_text = text_of(mode_text, "mode", "")?.map_or_else(|| "r".to_owned(), |text| text.to_rust_string());
    let buffering = buffering.map_or(Ok(-1), size)?;
    let encoding = text_of(encoding, "encoding", " or None")?;
    let errors = text_of(errors, "errors", " or None")?;
    let newline = text_of(newline, "newline", " or None")?;
    if given(opener).is_some() {
        return Err(exc::not_implemented_error("open() with an opener is not supported"));
    }
    let file = file.unwrap_or(&Value::None);
    if file.as_int().is_none() {
        path_of(file)?;
    }
    let mode = mode::parse(&mode_text)?;
    if mode.binary {
        for (present, name) in [
            (encoding.is_some(), "encoding"),
            (errors.is_some(), "errors"),
            (newline.is_some(), "newline"),
        ] {
            if present {
                let article = if name == "newline" { "a" } else { "an" };
                return Err(exc::value_error(&format!(
                    "binary mode doesn't take {article} {name} argument"
                )));
            }
        }
    }
    let (opened, named) = open_file(file, mode)?;
    if mode.binary {
        return Ok(BinaryFile::value(named, binary_mode(mode), mode, Raw::new(opened)));
    }
    if buffering == 0 {
        return Err(exc::value_error("can't have unbuffered text I/O"));
    }
    let newlines = newlines_of(newline)?;
    let given = encoding.map(|text| text.to_rust_string());
    let encoding = given
        .filter(|name| name != "locale")
        .unwrap_or_else(|| "UTF-8".to_owned());
    let errors = errors.map_or_else(|| "strict".to_owned(), |text| text.to_rust_string());
    // Asks for the encoding once, so that an unknown one is refused now.
    codec::decode(b"", &encoding, &errors)?;
    let mut raw = Raw::new(opened);
    if mode.append {
        raw.seek(std::io::SeekFrom::End(0))
            .map_err(|error| system_error(&error, None))?;
    }
    Ok(TextFile::value(named, mode_text, mode, encoding, errors, newlines, raw))
}

/// The mode that a binary file shows.
fn binary_mode(mode: Mode) -> String {
    match mode {
        Mode {
            create: true,
            update: true,
            ..
        } => "xb+",
        Mode { create: true, .. } => "xb",
        Mode {
            append: true,
            update: true,
            ..
        } => "ab+",
        Mode { append: true, .. } => "ab",
        Mode { update: true, .. } => "rb+",
        Mode { write: true, .. } => "wb",
        _ => "rb",
    }
    .to_owned()
}

/// The row of `open`, which is a builtin function as well as `io.open`.
pub const ROW: NativeFn = NativeFn {
    name: "open",
    effects: Effects::READS_FILES.union(Effects::WRITES_FILES),
    call: open,
};
pub static OPEN: NativeFn = ROW;
