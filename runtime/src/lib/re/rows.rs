//! The rows of `re`.

use super::machine::Mode;
use super::pattern::{PatternObject, Window, compile, purge, this};
use super::pattern_methods::{self as methods, flag};
use super::{ast, error, flags, match_object};
use crate::exc::{self, Result};
use crate::lib::convert::size;
use crate::lib::params::none;
use crate::lib::signature::PyParams;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::{Str, StrBuf};
use crate::value::Value;

/// The arguments `pattern`, `string` and `flags`: the compiled pattern, the checked subject and the whole of it.
fn query(name: &'static str, args: &[Value], kwargs: Kwargs) -> Result<(PatternObject, Value, Window)> {
    let params = PyParams::new(name, &["pattern", "string", "flags"], 2);
    let [pattern, subject, flags] = params.read(args, kwargs)?;
    let pattern = compile(pattern.unwrap_or(&Value::None), flags)?;
    let pattern = this(&pattern)?.clone();
    let subject = subject.cloned().unwrap_or(Value::None);
    pattern.0.check(&subject)?;
    let window = Window::of(&subject, 0, i64::MAX);
    Ok((pattern, subject, window))
}

fn find(name: &'static str, mode: Mode, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (pattern, subject, window) = query(name, args, kwargs)?;
    Ok(methods::find(&pattern, &subject, window, mode))
}

fn findall(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (pattern, subject, window) = query("findall", args, kwargs)?;
    pattern.findall(&subject, window)
}

fn finditer(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (pattern, subject, window) = query("finditer", args, kwargs)?;
    Ok(methods::walk(&pattern, subject, window))
}

fn split(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("split", &["pattern", "string", "maxsplit", "flags"], 2);
    let [pattern, subject, most, flags] = PARAMS.read(args, kwargs)?;
    let pattern = compile(pattern.unwrap_or(&Value::None), flags)?;
    let subject = subject.unwrap_or(&Value::None);
    let most = most.map_or(Ok(0), size)?;
    this(&pattern)?.0.check(subject)?;
    this(&pattern)?.split(subject, most)
}

fn replaced(name: &'static str, args: &[Value], kwargs: Kwargs) -> Result<(Value, i64)> {
    let params = PyParams::new(name, &["pattern", "repl", "string", "count", "flags"], 3);
    let [pattern, replacement, subject, count, flags] = params.read(args, kwargs)?;
    let pattern = compile(pattern.unwrap_or(&Value::None), flags)?;
    let subject = subject.unwrap_or(&Value::None);
    let count = count.map_or(Ok(0), size)?;
    this(&pattern)?.0.check(subject)?;
    this(&pattern)?.substitute(replacement.unwrap_or(&Value::None), subject, count)
}

fn compile_row(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("compile", &["pattern", "flags"], 1);
    let [pattern, flags] = PARAMS.read(args, kwargs)?;
    compile(pattern.unwrap_or(&Value::None), flags)
}

/// The characters `escape` puts a backslash before.
fn is_special(c: u32) -> bool {
    c < 128 && b"()[]{}?*+-|^$\\.&~# \t\n\r\x0b\x0c".contains(&(c as u8))
}

/// `re.escape` of text.
pub fn escape_text(text: &Str) -> Str {
    let mut out = StrBuf::with_capacity(text.len());
    for c in text.points() {
        if is_special(c) {
            out.push_ascii("\\");
        }
        out.push_point(c);
    }
    out.finish()
}

fn escape(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("escape", &["pattern"], 1);
    let [pattern] = PARAMS.read(args, kwargs)?;
    match pattern.unwrap_or(&Value::None).payload() {
        Value::Str(text) => Ok(Value::Str(escape_text(text))),
        Value::Bytes(bytes) => {
            let mut out = Vec::with_capacity(bytes.len());
            for &byte in bytes.as_slice() {
                if is_special(u32::from(byte)) {
                    out.push(b'\\');
                }
                out.push(byte);
            }
            Ok(Value::Bytes(out.into()))
        }
        other => {
            let name = other.type_name();
            Err(exc::type_error(&format!(
                "decoding to str: need a bytes-like object, {name} found"
            )))
        }
    }
}

const READS: Effects = Effects::READS_ARGS;
const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

static COMPILE: NativeFn = NativeFn {
    name: "compile",
    effects: READS,
    call: compile_row,
};
static SEARCH: NativeFn = NativeFn {
    name: "search",
    effects: READS,
    call: |args, kwargs| find("search", Mode::Search, args, kwargs),
};
static MATCH: NativeFn = NativeFn {
    name: "match",
    effects: READS,
    call: |args, kwargs| find("match", Mode::Match, args, kwargs),
};
static FULLMATCH: NativeFn = NativeFn {
    name: "fullmatch",
    effects: READS,
    call: |args, kwargs| find("fullmatch", Mode::Full, args, kwargs),
};
static FINDALL: NativeFn = NativeFn {
    name: "findall",
    effects: READS,
    call: findall,
};
static FINDITER: NativeFn = NativeFn {
    name: "finditer",
    effects: READS,
    call: finditer,
};
static SPLIT: NativeFn = NativeFn {
    name: "split",
    effects: READS,
    call: split,
};
static SUB: NativeFn = NativeFn {
    name: "sub",
    effects: CALLS,
    call: |args, kwargs| replaced("sub", args, kwargs).map(|(text, _)| text),
};
static SUBN: NativeFn = NativeFn {
    name: "subn",
    effects: CALLS,
    call: |args, kwargs| {
        let (text, count) = replaced("subn", args, kwargs)?;
        Ok(Value::tuple(vec![text, Value::Int(count)]))
    },
};
static ESCAPE: NativeFn = NativeFn {
    name: "escape",
    effects: READS,
    call: escape,
};
static PURGE: NativeFn = NativeFn {
    name: "purge",
    effects: READS,
    call: |args, kwargs| {
        none("purge", args, kwargs)?;
        purge();
        Ok(Value::None)
    },
};

/// The module `re`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "re",
    items: &[
        ("compile", Item::Function(&COMPILE)),
        ("search", Item::Function(&SEARCH)),
        ("match", Item::Function(&MATCH)),
        ("fullmatch", Item::Function(&FULLMATCH)),
        ("findall", Item::Function(&FINDALL)),
        ("finditer", Item::Function(&FINDITER)),
        ("split", Item::Function(&SPLIT)),
        ("sub", Item::Function(&SUB)),
        ("subn", Item::Function(&SUBN)),
        ("escape", Item::Function(&ESCAPE)),
        ("purge", Item::Function(&PURGE)),
        ("error", Item::Type(&error::ERROR)),
        ("Pattern", Item::Type(&methods::PATTERN)),
        ("Match", Item::Type(&match_object::MATCH)),
        ("RegexFlag", Item::Type(&flags::REGEX_FLAG)),
        ("NOFLAG", Item::Value(|| flag(0))),
        ("A", Item::Value(|| flag(ast::ASCII))),
        ("ASCII", Item::Value(|| flag(ast::ASCII))),
        ("I", Item::Value(|| flag(ast::IGNORECASE))),
        ("IGNORECASE", Item::Value(|| flag(ast::IGNORECASE))),
        ("L", Item::Value(|| flag(ast::LOCALE))),
        ("LOCALE", Item::Value(|| flag(ast::LOCALE))),
        ("U", Item::Value(|| flag(ast::UNICODE))),
        ("UNICODE", Item::Value(|| flag(ast::UNICODE))),
        ("M", Item::Value(|| flag(ast::MULTILINE))),
        ("MULTILINE", Item::Value(|| flag(ast::MULTILINE))),
        ("S", Item::Value(|| flag(ast::DOTALL))),
        ("DOTALL", Item::Value(|| flag(ast::DOTALL))),
        ("X", Item::Value(|| flag(ast::VERBOSE))),
        ("VERBOSE", Item::Value(|| flag(ast::VERBOSE))),
    ],
};
