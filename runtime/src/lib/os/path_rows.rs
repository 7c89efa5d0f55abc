//! The rows of `os.path`.

use super::path;
use crate::bytes::Bytes;
use crate::exc::{self, Result};
use crate::iter;
use crate::lib::io::{path_of, system_error};
use crate::lib::signature::PyParams;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::Str;
use crate::value::Value;

/// A path as code points, and whether it is text.
pub type Points = (Vec<u32>, bool);

/// `os.fspath(value)` as code points (or bytes).
pub fn points_of(value: &Value) -> Result<Points> {
    match value.payload() {
        Value::Str(text) => Ok((text.points(), true)),
        Value::Bytes(bytes) => Ok((bytes.as_slice().iter().map(|&byte| u32::from(byte)).collect(), false)),
        _ => match path_of(value)?.1 {
            Value::Str(text) => Ok((text.points(), true)),
            Value::Bytes(bytes) => Ok((bytes.as_slice().iter().map(|&byte| u32::from(byte)).collect(), false)),
            other => Err(exc::type_error(&format!("path of type {}", other.type_name()))),
        },
    }
}

/// A path of the kind its source had.
pub fn value_of(points: &[u32], is_text: bool) -> Value {
    if is_text {
        return Value::Str(Str::from_code_points(points));
    }
    let bytes: Vec<u8> = points.iter().map(|&point| point as u8).collect();
    Value::Bytes(Bytes::from(bytes))
}

/// The one argument of a function of a path.
fn argument<'a>(
    name: &'static str,
    parameter: &'static [&'static str],
    args: &'a [Value],
    kwargs: Kwargs<'a>,
) -> Result<&'a Value> {
    let params = PyParams::new(name, parameter, 1);
    let [value] = params.read(args, kwargs)?;
    Ok(value.unwrap_or(&Value::None))
}

/// Rows for functions from a path to a path.
macro_rules! of_path {
    ($($static:ident $name:literal $call:expr;)*) => {$(
        static $static: NativeFn = NativeFn {
            name: $name,
            effects: Effects::READS_ARGS,
            call: |args, kwargs| {
                let (points, is_text) = points_of(argument($name, &["p"], args, kwargs)?)?;
                let call: fn(&[u32], bool) -> Result<Value> = $call;
                call(&points, is_text)
            },
        };
    )*};
}

fn pair((head, tail): (Vec<u32>, Vec<u32>), is_text: bool) -> Result<Value> {
    Ok(Value::tuple(vec![value_of(&head, is_text), value_of(&tail, is_text)]))
}

of_path! {
    SPLIT "split" |p, is_text| pair(path::split(p), is_text);
    SPLITEXT "splitext" |p, is_text| pair(path::splitext(p), is_text);
    SPLITDRIVE "splitdrive" |p, is_text| pair((Vec::new(), p.to_vec()), is_text);
    BASENAME "basename" |p, is_text| Ok(value_of(&path::split(p).1, is_text));
    DIRNAME "dirname" |p, is_text| Ok(value_of(&path::split(p).0, is_text));
    NORMPATH "normpath" |p, is_text| Ok(value_of(&path::normpath(p), is_text));
    NORMCASE "normcase" |p, is_text| Ok(value_of(p, is_text));
    ABSPATH "abspath" |p, is_text| Ok(value_of(&absolute(p)?, is_text));
    ISABS "isabs" |p, _| Ok(Value::Bool(p.first() == Some(&u32::from(b'/'))));
    EXPANDUSER "expanduser" |p, is_text| Ok(value_of(&with_home(p)?, is_text));
}

/// The working directory.
pub fn working_directory() -> Result<Str> {
    let path = std::env::current_dir().map_err(|error| system_error(&error, None))?;
    Ok(Str::from(path.to_string_lossy().as_ref()))
}

fn absolute(p: &[u32]) -> Result<Vec<u32>> {
    if p.first() == Some(&u32::from(b'/')) {
        return Ok(path::normpath(p));
    }
    Ok(path::normpath(&path::join(
        &working_directory()?.points(),
        &[p.to_vec()],
    )))
}

/// `~` as the home directory; those of others are refused.
fn with_home(p: &[u32]) -> Result<Vec<u32>> {
    let (tilde, slash) = (u32::from(b'~'), u32::from(b'/'));
    if p.first() != Some(&tilde) {
        return Ok(p.to_vec());
    }
    if p.get(1).is_some_and(|&c| c != slash) {
        return Err(exc::not_implemented_error(
            "home directories of other users are not supported",
        ));
    }
    let Some(home) = std::env::var_os("HOME") else {
        return Ok(p.to_vec());
    };
    let mut home = Str::from(home.to_string_lossy().as_ref()).points();
    while home.last() == Some(&slash) {
        home.pop();
    }
    home.extend(&p[1..]);
    Ok(if home.is_empty() { vec![slash] } else { home })
}

fn join(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("join", &["a"], 1);
    let [_] = PARAMS.read(&args[..args.len().min(1)], kwargs)?;
    let mut parts = Vec::with_capacity(args.len());
    let mut is_text = None;
    for arg in args {
        let (points, text) = points_of(arg).map_err(|raised| match raised.is(&exc::hierarchy::TYPE_ERROR) {
            true if parts.is_empty() => raised,
            true => {
                let name = arg.type_name();
                exc::type_error(&format!(
                    "join() argument must be str, bytes, or os.PathLike object, not '{name}'"
                ))
            }
            false => raised,
        })?;
        if *is_text.get_or_insert(text) != text {
            return Err(exc::type_error("Can't mix strings and bytes in path components"));
        }
        parts.push(points);
    }
    let first = parts.remove(0);
    Ok(value_of(&path::join(&first, &parts), is_text.unwrap_or(true)))
}

fn relpath(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("relpath", &["path", "start"], 1);
    let [target, start] = PARAMS.read(args, kwargs)?;
    let (target, is_text) = points_of(target.unwrap_or(&Value::None))?;
    if target.is_empty() {
        return Err(exc::value_error("no path specified"));
    }
    let start = match start.filter(|start| !matches!(start, Value::None)) {
        None => vec![u32::from(b'.')],
        Some(start) => points_of(start)?.0,
    };
    Ok(value_of(
        &path::relative(&absolute(&target)?, &absolute(&start)?),
        is_text,
    ))
}

fn commonprefix(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let paths = iter::collect(argument("commonprefix", &["m"], args, kwargs)?)?;
    let paths = paths.iter().map(points_of).collect::<Result<Vec<Points>>>()?;
    let is_text = paths.first().is_none_or(|(_, is_text)| *is_text);
    let paths: Vec<Vec<u32>> = paths.into_iter().map(|(points, _)| points).collect();
    Ok(value_of(&path::common_prefix(&paths), is_text))
}

/// Rows for questions to the file system.
macro_rules! tests {
    ($($static:ident $name:literal $call:expr;)*) => {$(
        static $static: NativeFn = NativeFn {
            name: $name,
            effects: Effects::READS_FILES,
            call: |args, kwargs| {
                let value = argument($name, &["path"], args, kwargs)?;
                let call: fn(&std::path::Path) -> bool = $call;
                Ok(Value::Bool(match asked(value)? {
                    Some(path) => call(&path),
                    None => false,
                }))
            },
        };
    )*};
}

/// The path that a question is about; None where no file can have it.
fn asked(value: &Value) -> Result<Option<std::path::PathBuf>> {
    if let Some(descriptor) = value.as_int() {
        return descriptor_path(&descriptor);
    }
    match path_of(value) {
        Ok((path, _)) => Ok(Some(path)),
        Err(raised) if raised.is(&exc::hierarchy::VALUE_ERROR) => Ok(None),
        Err(raised) if raised.is(&exc::hierarchy::TYPE_ERROR) => {
            let name = value.type_name();
            let message = format!("stat: path should be string, bytes, os.PathLike or integer, not {name}");
            Err(exc::type_error(&message))
        }
        Err(raised) => Err(raised),
    }
}

/// The file behind an open descriptor.
fn descriptor_path(descriptor: &crate::int::Int) -> Result<Option<std::path::PathBuf>> {
    let small = descriptor.as_i64().and_then(|wide| i32::try_from(wide).ok());
    match small {
        Some(open) if crate::system::is_open(open) => Ok(Some(format!("/proc/self/fd/{open}").into())),
        Some(_) => Ok(None),
        None if descriptor.is_negative() => Err(exc::overflow_error("fd is less than minimum")),
        None => Err(exc::overflow_error("fd is greater than maximum")),
    }
}

tests! {
    EXISTS "exists" |path| path.exists();
    LEXISTS "lexists" |path| path.symlink_metadata().is_ok();
    ISFILE "isfile" |path| path.is_file();
    ISDIR "isdir" |path| path.is_dir();
    ISLINK "islink" |path| path.is_symlink();
}

fn getsize(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let value = argument("getsize", &["filename"], args, kwargs)?;
    let (path, named) = path_of(value)?;
    let data = std::fs::metadata(path).map_err(|error| system_error(&error, Some(&named)))?;
    Ok(Value::Int(data.len() as i64))
}

fn getmtime(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    use std::os::unix::fs::MetadataExt;
    let value = argument("getmtime", &["filename"], args, kwargs)?;
    let (path, named) = path_of(value)?;
    let data = std::fs::metadata(path).map_err(|error| system_error(&error, Some(&named)))?;
    Ok(Value::Float(data.mtime() as f64 + 1e-9 * data.mtime_nsec() as f64))
}

static JOIN: NativeFn = NativeFn {
    name: "join",
    effects: Effects::READS_ARGS,
    call: join,
};
static RELPATH: NativeFn = NativeFn {
    name: "relpath",
    effects: Effects::READS_FILES,
    call: relpath,
};
static COMMONPREFIX: NativeFn = NativeFn {
    name: "commonprefix",
    effects: Effects::READS_ARGS,
    call: commonprefix,
};
static GETSIZE: NativeFn = NativeFn {
    name: "getsize",
    effects: Effects::READS_FILES,
    call: getsize,
};
static GETMTIME: NativeFn = NativeFn {
    name: "getmtime",
    effects: Effects::READS_FILES,
    call: getmtime,
};

/// The module `os.path`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "os.path",
    items: &[
        ("abspath", Item::Function(&ABSPATH)),
        ("basename", Item::Function(&BASENAME)),
        ("commonprefix", Item::Function(&COMMONPREFIX)),
        ("dirname", Item::Function(&DIRNAME)),
        ("exists", Item::Function(&EXISTS)),
        ("expanduser", Item::Function(&EXPANDUSER)),
        ("getmtime", Item::Function(&GETMTIME)),
        ("getsize", Item::Function(&GETSIZE)),
        ("isabs", Item::Function(&ISABS)),
        ("isdir", Item::Function(&ISDIR)),
        ("isfile", Item::Function(&ISFILE)),
        ("islink", Item::Function(&ISLINK)),
        ("join", Item::Function(&JOIN)),
        ("lexists", Item::Function(&LEXISTS)),
        ("normcase", Item::Function(&NORMCASE)),
        ("normpath", Item::Function(&NORMPATH)),
        ("relpath", Item::Function(&RELPATH)),
        ("sep", Item::Value(|| Value::str("/"))),
        ("split", Item::Function(&SPLIT)),
        ("splitdrive", Item::Function(&SPLITDRIVE)),
        ("splitext", Item::Function(&SPLITEXT)),
    ],
};
