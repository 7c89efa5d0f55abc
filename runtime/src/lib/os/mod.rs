//! `os` and `os.path`: files by name, directories, the environment.

mod files;
mod path;
mod path_rows;
mod stat;
mod walk;

pub use path_rows::MODULE as PATH_MODULE;

use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::lib::params::none;
use crate::lib::signature::PyParams;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::Str;
use crate::value::Value;

/// `os.environ`, as it was when first asked for.
fn environ() -> Value {
    let text = |word: std::ffi::OsString| Value::Str(Str::from(word.to_string_lossy().as_ref()));
    let rows = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    Value::Dict(Dict::from_items(rows).unwrap_or_else(|_| Dict::new()))
}

fn getenv(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("getenv", &["key", "default"], 1);
    let [key, default] = PARAMS.read(args, kwargs)?;
    let key = key.unwrap_or(&Value::None);
    if key.as_str().is_none() {
        return Err(exc::type_error(&format!("str expected, not {}", key.type_name())));
    }
    let default = default.cloned().unwrap_or(Value::None);
    match crate::modules::member(&MODULE, "environ") {
        Some(Value::Dict(environ)) => environ.get_or(key, default),
        _ => Ok(default),
    }
}

fn cpu_count(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("posix.cpu_count", args, kwargs)?;
    Ok(std::thread::available_parallelism().map_or(Value::None, |count| Value::Int(count.get() as i64)))
}

fn getpid(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("posix.getpid", args, kwargs)?;
    Ok(Value::Int(i64::from(std::process::id())))
}

static GETENV: NativeFn = NativeFn {
    name: "getenv",
    effects: Effects::READS_FILES,
    call: getenv,
};
static CPU_COUNT: NativeFn = NativeFn {
    name: "cpu_count",
    effects: Effects::READS_FILES,
    call: cpu_count,
};
static GETPID: NativeFn = NativeFn {
    name: "getpid",
    effects: Effects::READS_FILES,
    call: getpid,
};

/// The module `os`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "os",
    items: &[
        ("chdir", Item::Function(&files::CHDIR)),
        ("chmod", Item::Function(&files::CHMOD)),
        ("cpu_count", Item::Function(&CPU_COUNT)),
        ("curdir", Item::Value(|| Value::str("."))),
        ("devnull", Item::Value(|| Value::str("/dev/null"))),
        ("environ", Item::Value(environ)),
        ("extsep", Item::Value(|| Value::str("."))),
        ("fspath", Item::Function(&files::FSPATH)),
        ("get_terminal_size", Item::Function(&stat::GET_TERMINAL_SIZE)),
        ("getcwd", Item::Function(&files::GETCWD)),
        ("getenv", Item::Function(&GETENV)),
        ("getpid", Item::Function(&GETPID)),
        ("link", Item::Function(&files::LINK)),
        ("linesep", Item::Value(|| Value::str("\n"))),
        ("listdir", Item::Function(&files::LISTDIR)),
        ("lstat", Item::Function(&stat::LSTAT)),
        ("makedirs", Item::Function(&files::MAKEDIRS)),
        ("mkdir", Item::Function(&files::MKDIR)),
        ("name", Item::Value(|| Value::str("posix"))),
        ("pardir", Item::Value(|| Value::str(".."))),
        ("pathsep", Item::Value(|| Value::str(":"))),
        ("readlink", Item::Function(&files::READLINK)),
        ("remove", Item::Function(&files::REMOVE)),
        ("rename", Item::Function(&files::RENAME)),
        ("replace", Item::Function(&files::REPLACE)),
        ("rmdir", Item::Function(&files::RMDIR)),
        ("sep", Item::Value(|| Value::str("/"))),
        ("stat", Item::Function(&stat::STAT)),
        ("stat_result", Item::Type(&stat::STAT_RESULT)),
        ("symlink", Item::Function(&files::SYMLINK)),
        ("terminal_size", Item::Type(&stat::TERMINAL_SIZE)),
        ("unlink", Item::Function(&files::UNLINK)),
        ("utime", Item::Function(&files::UTIME)),
        ("walk", Item::Function(&walk::WALK)),
    ],
};
