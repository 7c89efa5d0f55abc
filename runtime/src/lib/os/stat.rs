//! `os.stat` and what else asks about one file or terminal, and answers in fields.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;

use crate::exc::{self, Result};
use crate::int::Int;
use crate::iter;
use crate::lib::convert::c_int;
use crate::lib::io::{path_of, system_error};
use crate::lib::params::{Params, between};
use crate::lib::structseq::StructSeq;
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, NativeFn};
use crate::types::TUPLE;
use crate::value::Value;

/// `os.stat_result`: programs read it, they do not make it.
pub static STAT_RESULT: BuiltinType = BuiltinType::new("stat_result", "os", |_, _| {
    Err(exc::not_implemented_error("making an os.stat_result is not supported"))
})
.base(&TUPLE)
.sealed()
.in_c();

pub static TERMINAL_SIZE: BuiltinType = BuiltinType::new("terminal_size", "os", |args, kwargs| {
    static PARAMS: Params = Params::new("os.terminal_size", &["sequence"], 1);
    let [sequence] = PARAMS.read(args, kwargs)?;
    let items = iter::collect(sequence.unwrap_or(&Value::None))?;
    if items.len() != 2 {
        let count = items.len();
        return Err(exc::type_error(&format!(
            "os.terminal_size() takes a 2-sequence ({count}-sequence given)"
        )));
    }
    Ok(terminal_size(items))
})
.base(&TUPLE)
.sealed()
.in_c();

fn terminal_size(items: Vec<Value>) -> Value {
    StructSeq::value(&TERMINAL_SIZE, &["columns", "lines"], items)
}

fn stat_value(data: &Metadata) -> Value {
    const FIELDS: &[&str] = &[
        "st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime", "st_ctime",
    ];
    let whole = |n: u64| Value::from(Int::from(n));
    let times = [
        ("st_atime", "st_atime_ns", data.atime(), data.atime_nsec()),
        ("st_mtime", "st_mtime_ns", data.mtime(), data.mtime_nsec()),
        ("st_ctime", "st_ctime_ns", data.ctime(), data.ctime_nsec()),
    ];
    let mut items: Vec<Value> = vec![
        whole(u64::from(data.mode())),
        whole(data.ino()),
        whole(data.dev()),
        whole(data.nlink()),
        whole(u64::from(data.uid())),
        whole(u64::from(data.gid())),
        whole(data.size()),
    ];
    items.extend(times.iter().map(|(_, _, seconds, _)| Value::Int(*seconds)));
    let mut more = vec![
        ("st_blksize", whole(data.blksize())),
        ("st_blocks", whole(data.blocks())),
        ("st_rdev", whole(data.rdev())),
    ];
    for (name, exact, seconds, nanos) in times {
        more.push((name, Value::Float(seconds as f64 + 1e-9 * nanos as f64)));
        let exactly = i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
        more.push((exact, Value::from(Int::from(exactly))));
    }
    StructSeq::with_more(&STAT_RESULT, FIELDS, items, more)
}

fn stat(name: &'static str, args: &[Value], kwargs: Kwargs, follow: bool) -> Result<Value> {
    let params = Params::new(name, &["path", "dir_fd", "follow_symlinks"], 1).positional(1);
    let [path, directory, follows] = params.read(args, kwargs)?;
    if directory.is_some_and(|directory| !matches!(directory, Value::None)) {
        return Err(exc::not_implemented_error("dir_fd is not supported"));
    }
    let path = path.unwrap_or(&Value::None);
    if name == "stat" && path.as_int().is_some() {
        return Err(exc::not_implemented_error(
            "os.stat of a file descriptor is not supported",
        ));
    }
    let follow = follow && follows.map_or(Ok(true), ops::truthy)?;
    let (place, named) = path_of(path).map_err(|raised| told(raised, name, path))?;
    let data = if follow {
        place.metadata()
    } else {
        place.symlink_metadata()
    };
    let data = data.map_err(|error| system_error(&error, Some(&named)))?;
    Ok(stat_value(&data))
}

/// What is no path, in the words of the function that was asked.
fn told(raised: exc::Exc, name: &str, path: &Value) -> exc::Exc {
    if !raised.is(&exc::hierarchy::TYPE_ERROR) {
        return raised;
    }
    let (kind, other) = (
        path.type_name(),
        if name == "stat" {
            "os.PathLike or integer"
        } else {
            "or os.PathLike"
        },
    );
    let kinds = if name == "stat" {
        "string, bytes, "
    } else {
        "string, bytes "
    };
    exc::type_error(&format!("{name}: path should be {kinds}{other}, not {kind}"))
}

fn get_terminal_size(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("get_terminal_size", args, kwargs, 0, 1)?;
    let descriptor = args.first().map_or(Ok(1), c_int)?;
    let (columns, lines) = crate::system::window(descriptor).map_err(|error| system_error(&error, None))?;
    Ok(terminal_size(vec![
        Value::Int(i64::from(columns)),
        Value::Int(i64::from(lines)),
    ]))
}

pub static STAT: NativeFn = NativeFn {
    name: "stat",
    effects: Effects::READS_FILES,
    call: |args, kwargs| stat("stat", args, kwargs, true),
};
pub static LSTAT: NativeFn = NativeFn {
    name: "lstat",
    effects: Effects::READS_FILES,
    call: |args, kwargs| stat("lstat", args, kwargs, false),
};
pub static GET_TERMINAL_SIZE: NativeFn = NativeFn {
    name: "get_terminal_size",
    effects: Effects::READS_FILES,
    call: get_terminal_size,
};
