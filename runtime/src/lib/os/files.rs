//! Making, naming and removing files and directories.

use std::fs;
use std::io::Error;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

use super::path_rows::{value_of, working_directory};
use crate::codec;
use crate::exc::{self, Exc, Result};
use crate::lib::convert::size;
use crate::lib::io::{path_of, system_error};
use crate::lib::params::{Params, none};
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::{Effects, Kwargs, NativeFn};
use crate::value::Value;

/// The name of a file as text, or as bytes where the directory was named by bytes.
pub fn name_value(name: &std::ffi::OsStr, is_text: bool) -> Result<Value> {
    if is_text {
        return Ok(Value::Str(codec::decode(name.as_bytes(), "utf-8", "surrogateescape")?));
    }
    let points: Vec<u32> = name.as_bytes().iter().map(|&byte| u32::from(byte)).collect();
    Ok(value_of(&points, false))
}

fn listdir(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("listdir", &["path"], 0);
    let [path] = PARAMS.read(args, kwargs)?;
    let dot = Value::str(".");
    let path = path.filter(|path| !matches!(path, Value::None)).unwrap_or(&dot);
    let (directory, named) = path_of(path)?;
    let failed = |error: Error| system_error(&error, Some(&named));
    let is_text = matches!(named, Value::Str(_));
    let mut names = Vec::new();
    for entry in fs::read_dir(directory).map_err(failed)? {
        names.push(name_value(&entry.map_err(failed)?.file_name(), is_text)?);
    }
    Ok(Value::list(names))
}

/// Applies a system call to the one path of a row.
fn on_path(name: &'static str, args: &[Value], kwargs: Kwargs, act: fn(&Path) -> std::io::Result<()>) -> Result<Value> {
    let params = Params::new(name, &["path", "dir_fd"], 1).positional(1);
    let [path, directory] = params.read(args, kwargs)?;
    if directory.is_some_and(|directory| !matches!(directory, Value::None)) {
        return Err(exc::not_implemented_error("dir_fd is not supported"));
    }
    let (path, named) = path_of(path.unwrap_or(&Value::None))?;
    act(&path).map_err(|error| system_error(&error, Some(&named)))?;
    Ok(Value::None)
}

fn make_directory(path: &Path, mode: i64) -> std::io::Result<()> {
    fs::DirBuilder::new().mode(mode as u32).create(path)
}

fn mkdir(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("mkdir", &["path", "mode", "dir_fd"], 1).positional(2);
    let [path, mode, _] = PARAMS.read(args, kwargs)?;
    let (path, named) = path_of(path.unwrap_or(&Value::None))?;
    let mode = mode.map_or(Ok(0o777), size)?;
    make_directory(&path, mode).map_err(|error| system_error(&error, Some(&named)))?;
    Ok(Value::None)
}

fn makedirs(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("makedirs", &["name", "mode", "exist_ok"], 1);
    let [path, mode, exist_ok] = PARAMS.read(args, kwargs)?;
    let (path, named) = path_of(path.unwrap_or(&Value::None))?;
    let mode = mode.map_or(Ok(0o777), size)?;
    if let Some(parent) = path
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty() && !parent.exists())
    {
        fs::create_dir_all(parent).map_err(|error| system_error(&error, Some(&named)))?;
    }
    match make_directory(&path, mode) {
        Ok(()) => Ok(Value::None),
        Err(_) if exist_ok.map_or(Ok(false), ops::truthy)? && path.is_dir() => Ok(Value::None),
        Err(error) => Err(system_error(&error, Some(&named))),
    }
}

fn rename(name: &'static str, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let params = Params::new(name, &["src", "dst", "src_dir_fd", "dst_dir_fd"], 2).positional(2);
    let [from, to, ..]: [Option<&Value>; 4] = params.read(args, kwargs)?;
    let (from, from_name) = path_of(from.unwrap_or(&Value::None))?;
    let (to, to_name) = path_of(to.unwrap_or(&Value::None))?;
    match fs::rename(from, to) {
        Ok(()) => Ok(Value::None),
        Err(error) => Err(of_two(&error, from_name, to_name)),
    }
}

/// What failed between two names.
fn of_two(error: &Error, from: Value, to: Value) -> Exc {
    let errno = Value::Int(i64::from(error.raw_os_error().unwrap_or(0)));
    let text = error.to_string();
    let text = Value::str(text.split(" (os error").next().unwrap_or(&text));
    exc::of_kind("OSError", vec![errno, text, from, Value::None, to])
}

fn readlink(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("readlink", &["path", "dir_fd"], 1).positional(1);
    let [path, _] = PARAMS.read(args, kwargs)?;
    let (path, named) = path_of(path.unwrap_or(&Value::None))?;
    let target = fs::read_link(path).map_err(|error| system_error(&error, Some(&named)))?;
    name_value(target.as_os_str(), matches!(named, Value::Str(_)))
}

/// `symlink` and `link`: a second name for what there is.
fn linked(
    name: &'static str,
    args: &[Value],
    kwargs: Kwargs,
    make: fn(&Path, &Path) -> std::io::Result<()>,
) -> Result<Value> {
    let params = Params::new(name, &["src", "dst", "target_is_directory"], 2);
    let [from, to, _] = params.read(args, kwargs)?;
    let (from, from_name) = path_of(from.unwrap_or(&Value::None))?;
    let (to, to_name) = path_of(to.unwrap_or(&Value::None))?;
    make(&from, &to).map_err(|error| of_two(&error, from_name, to_name))?;
    Ok(Value::None)
}

fn chmod(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("chmod", &["path", "mode", "dir_fd", "follow_symlinks"], 2).positional(2);
    let [path, mode, directory, follow] = PARAMS.read(args, kwargs)?;
    let set = |given: Option<&Value>| given.is_some_and(|value| !matches!(value, Value::None | Value::Bool(true)));
    if set(directory) || set(follow) {
        return Err(exc::not_implemented_error(
            "os.chmod: dir_fd and follow_symlinks are not supported",
        ));
    }
    let (path, named) = path_of(path.unwrap_or(&Value::None))?;
    let mode = fs::Permissions::from_mode(size(mode.unwrap_or(&Value::None))? as u32);
    fs::set_permissions(path, mode).map_err(|error| system_error(&error, Some(&named)))?;
    Ok(Value::None)
}

fn utime(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params =
        Params::new("utime", &["path", "times", "ns", "dir_fd", "follow_symlinks"], 1).positional(2);
    let [path, times, others @ ..]: [Option<&Value>; 5] = PARAMS.read(args, kwargs)?;
    let is_set = |given: &Option<&Value>| given.is_some_and(|value| !matches!(value, Value::None));
    if is_set(&times) || others.iter().any(is_set) {
        return Err(exc::not_implemented_error("os.utime sets the time of now only"));
    }
    let (path, named) = path_of(path.unwrap_or(&Value::None))?;
    let path = std::ffi::CString::new(path.as_os_str().as_bytes()).expect("a path has no zero");
    crate::system::set_times_to_now(&path).map_err(|error| system_error(&error, Some(&named)))?;
    Ok(Value::None)
}

fn getcwd(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("posix.getcwd", args, kwargs)?;
    working_directory().map(Value::Str)
}

fn fspath(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("fspath", &["path"], 1);
    let [path] = PARAMS.read(args, kwargs)?;
    let path = path.unwrap_or(&Value::None);
    match path.payload() {
        Value::Str(_) | Value::Bytes(_) => Ok(path.clone()),
        _ => path_of(path).map(|(_, named)| named),
    }
}

const READS: Effects = Effects::READS_FILES;
const WRITES: Effects = Effects::WRITES_FILES;

pub static LISTDIR: NativeFn = NativeFn {
    name: "listdir",
    effects: READS,
    call: listdir,
};
pub static MKDIR: NativeFn = NativeFn {
    name: "mkdir",
    effects: WRITES,
    call: mkdir,
};
pub static MAKEDIRS: NativeFn = NativeFn {
    name: "makedirs",
    effects: WRITES,
    call: makedirs,
};
pub static GETCWD: NativeFn = NativeFn {
    name: "getcwd",
    effects: READS,
    call: getcwd,
};
pub static FSPATH: NativeFn = NativeFn {
    name: "fspath",
    effects: Effects::READS_ARGS,
    call: fspath,
};
pub static READLINK: NativeFn = NativeFn {
    name: "readlink",
    effects: READS,
    call: readlink,
};
pub static SYMLINK: NativeFn = NativeFn {
    name: "symlink",
    effects: WRITES,
    call: |args, kwargs| linked("symlink", args, kwargs, |from, to| std::os::unix::fs::symlink(from, to)),
};
pub static LINK: NativeFn = NativeFn {
    name: "link",
    effects: WRITES,
    call: |args, kwargs| linked("link", args, kwargs, |from, to| fs::hard_link(from, to)),
};
pub static CHMOD: NativeFn = NativeFn {
    name: "chmod",
    effects: WRITES,
    call: chmod,
};
pub static UTIME: NativeFn = NativeFn {
    name: "utime",
    effects: WRITES,
    call: utime,
};
pub static CHDIR: NativeFn = NativeFn {
    name: "chdir",
    effects: WRITES,
    call: |args, kwargs| on_path("chdir", args, kwargs, |path| std::env::set_current_dir(path)),
};
pub static REMOVE: NativeFn = NativeFn {
    name: "remove",
    effects: WRITES,
    call: |args, kwargs| on_path("remove", args, kwargs, |path| fs::remove_file(path)),
};
pub static UNLINK: NativeFn = NativeFn {
    name: "unlink",
    effects: WRITES,
    call: |args, kwargs| on_path("unlink", args, kwargs, |path| fs::remove_file(path)),
};
pub static RMDIR: NativeFn = NativeFn {
    name: "rmdir",
    effects: WRITES,
    call: |args, kwargs| on_path("rmdir", args, kwargs, |path| fs::remove_dir(path)),
};
pub static RENAME: NativeFn = NativeFn {
    name: "rename",
    effects: WRITES,
    call: |args, kwargs| rename("rename", args, kwargs),
};
pub static REPLACE: NativeFn = NativeFn {
    name: "replace",
    effects: WRITES,
    call: |args, kwargs| rename("replace", args, kwargs),
};
