//! `re.Pattern`: compiled patterns and what they do.

use std::cell::RefCell;
use std::collections::HashMap;

use super::error::{self, points_of};
use super::flags::bits_of;
use super::machine::{Found, Machine, Mode};
use super::match_object::MatchObject;
use super::parse::parse;
use super::program::{self, Program};
use super::{ast, substitute};
use crate::bytes::Bytes;
use crate::dict::Dict;
use crate::elem::Key;
use crate::exc::{self, Exc, Result};
use crate::native::{Comparison, Native, Object};
use crate::ops;
use crate::rc::Ref;
use crate::registry::BuiltinType;
use crate::str::{Str, Text};
use crate::value::Value;

/// A compiled pattern.
pub struct Pattern {
    pub source: Value,
    pub is_text: bool,
    pub flags: u32,
    pub program: Program,
    /// Names of groups with their numbers, in order of appearance.
    pub names: Vec<(Str, u32)>,
}

/// A compiled pattern as Python objects hold it.
#[derive(Clone)]
pub struct PatternObject(pub Ref<Pattern>);

/// How many patterns `compile` remembers.
const REMEMBERED: usize = 512;

type CacheKey = (bool, u32, Vec<u32>);

thread_local! {
    static COMPILED: RefCell<HashMap<CacheKey, Value>> = RefCell::default();
}

/// `re.purge()`.
pub fn purge() {
    COMPILED.with_borrow_mut(HashMap::clear);
}

/// The pattern object for what a function of `re` was given.
pub fn compile(pattern: &Value, flags: Option<&Value>) -> Result<Value> {
    let flags = flags.map_or(Ok(0), bits_of)?;
    if pattern.downcast::<PatternObject>().is_some() {
        return match flags {
            0 => Ok(pattern.clone()),
            _ => Err(exc::value_error(
                "cannot process flags argument with a compiled pattern",
            )),
        };
    }
    let Some(points) = points_of(pattern) else {
        return Err(exc::type_error("first argument must be string or compiled pattern"));
    };
    let is_text = matches!(pattern.payload(), Value::Str(_));
    let key = (is_text, flags, points);
    if let Some(known) = COMPILED.with_borrow(|compiled| compiled.get(&key).cloned()) {
        return Ok(known);
    }
    let made = build(pattern, &key.2, is_text, flags).map_err(|fault| error::of_fault(fault, pattern))?;
    let value = Value::object(PatternObject(Ref::new(made)));
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= REMEMBERED {
            compiled.clear();
        }
        compiled.insert(key, value.clone());
    });
    Ok(value)
}

fn build(
    source: &Value,
    points: &[u32],
    is_text: bool,
    flags: u32,
) -> std::result::Result<Pattern, super::tokens::Fault> {
    let parsed = parse(points, is_text, flags)?;
    let program = program::compile(&parsed)?;
    let names = parsed
        .groups
        .names
        .iter()
        .map(|(name, group)| (Str::from_code_points(name), *group))
        .collect();
    Ok(Pattern {
        source: source.clone(),
        is_text,
        flags: parsed.flags,
        program,
        names,
    })
}

/// The part of a subject between two bounds, as searches take it.
#[derive(Clone, Copy)]
pub struct Window {
    pub start: usize,
    pub end: usize,
}

impl Window {
    /// The bounds `pos` and `endpos`, cut to the subject.
    pub fn of(subject: &Value, pos: i64, endpos: i64) -> Window {
        let len = length(subject) as i64;
        Window {
            start: pos.clamp(0, len) as usize,
            end: endpos.clamp(0, len) as usize,
        }
    }
}

/// The length of a text or bytes.
pub fn length(subject: &Value) -> usize {
    match subject.payload() {
        Value::Str(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => 0,
    }
}

/// The piece of a subject between two places.
pub fn piece(subject: &Value, start: usize, end: usize) -> Value {
    let end = end.max(start);
    match subject.payload() {
        Value::Str(text) if start == 0 && end == text.len() => Value::Str(text.clone()),
        Value::Str(text) => Value::Str(match text.text() {
            Text::Ascii(bytes) => Str::from_ascii(&bytes[start..end]),
            Text::Wide(points) => Str::from_code_points(&points[start..end]),
        }),
        Value::Bytes(bytes) => Value::Bytes(Bytes::from(&bytes.as_slice()[start..end])),
        other => other.clone(),
    }
}

impl Pattern {
    /// Complains where the subject is not what the pattern reads.
    pub fn check(&self, subject: &Value) -> Result<()> {
        match (subject.payload(), self.is_text) {
            (Value::Str(_), true) | (Value::Bytes(_), false) => Ok(()),
            (Value::Bytes(_), true) => Err(exc::type_error("cannot use a string pattern on a bytes-like object")),
            (Value::Str(_), false) => Err(exc::type_error("cannot use a bytes pattern on a string-like object")),
            (other, _) => {
                let name = other.type_name();
                Err(exc::type_error(&format!(
                    "expected string or bytes-like object, got '{name}'"
                )))
            }
        }
    }

    /// One match in a checked subject.
    pub fn find(&self, subject: &Value, window: Window, mode: Mode, must_advance: bool) -> Option<Found> {
        if window.start > window.end {
            return None;
        }
        match subject.payload() {
            Value::Str(text) => match text.text() {
                Text::Ascii(bytes) => self.run(bytes, window, mode, must_advance),
                Text::Wide(points) => self.run(points, window, mode, must_advance),
            },
            Value::Bytes(bytes) => self.run(bytes.as_slice(), window, mode, must_advance),
            _ => None,
        }
    }

    fn run<S: super::machine::Subject + ?Sized>(
        &self,
        text: &S,
        window: Window,
        mode: Mode,
        must_advance: bool,
    ) -> Option<Found> {
        Machine::new(&self.program, text, window.end).find(window.start, mode, must_advance)
    }

    /// The number of a named group.
    pub fn group_named(&self, name: &Str) -> Option<u32> {
        self.names
            .iter()
            .find(|(known, _)| known == name)
            .map(|&(_, group)| group)
    }

    /// `groupindex`.
    pub fn group_index(&self) -> Result<Dict<Value, Value>> {
        Dict::from_items(
            self.names
                .iter()
                .map(|(name, group)| (Value::Str(name.clone()), Value::Int(i64::from(*group)))),
        )
    }
}

/// Walks over the matches in a subject, one after the other.
pub struct Matches {
    pub pattern: PatternObject,
    pub subject: Value,
    pub window: Window,
    next: usize,
    must_advance: bool,
}

impl Matches {
    pub fn new(pattern: PatternObject, subject: Value, window: Window) -> Matches {
        Matches {
            pattern,
            subject,
            window,
            next: window.start,
            must_advance: false,
        }
    }

    /// The next match; None at the end.
    pub fn next(&mut self) -> Option<Found> {
        let window = Window {
            start: self.next,
            end: self.window.end,
        };
        let found = self
            .pattern
            .0
            .find(&self.subject, window, Mode::Search, self.must_advance)?;
        self.must_advance = found.end == found.start;
        self.next = found.end;
        Some(found)
    }

    /// A match as a Python object.
    pub fn object(&self, found: Found) -> Value {
        MatchObject::value(self.pattern.clone(), self.subject.clone(), found, self.window)
    }
}

impl PatternObject {
    /// `findall`.
    pub fn findall(&self, subject: &Value, window: Window) -> Result<Value> {
        let mut matches = Matches::new(self.clone(), subject.clone(), window);
        let mut all = Vec::new();
        let empty = piece(subject, 0, 0);
        while let Some(found) = matches.next() {
            let group = |pair: &[usize]| match pair {
                [start, end] if *start != super::machine::UNSET => piece(subject, *start, *end),
                _ => empty.clone(),
            };
            let mut groups: Vec<Value> = found.marks.chunks(2).map(group).collect();
            all.push(match groups.len() {
                0 => piece(subject, found.start, found.end),
                1 => groups.remove(0),
                _ => Value::tuple(groups),
            });
        }
        Ok(Value::list(all))
    }

    /// `split`.
    pub fn split(&self, subject: &Value, most: i64) -> Result<Value> {
        let end = length(subject);
        let mut matches = Matches::new(self.clone(), subject.clone(), Window { start: 0, end });
        let (mut parts, mut last, mut count) = (Vec::new(), 0, 0);
        while most == 0 || count < most {
            let Some(found) = matches.next() else { break };
            parts.push(piece(subject, last, found.start));
            for pair in found.marks.chunks(2) {
                parts.push(match pair {
                    [start, end] if *start != super::machine::UNSET => piece(subject, *start, *end),
                    _ => Value::None,
                });
            }
            last = found.end;
            count += 1;
        }
        parts.push(piece(subject, last, end));
        Ok(Value::list(parts))
    }

    /// `subn`: the new text and the number of replacements.
    pub fn substitute(&self, replacement: &Value, subject: &Value, count: i64) -> Result<(Value, i64)> {
        substitute::substitute(self, replacement, subject, count)
    }
}

impl Native for PatternObject {
    fn native_type(&self) -> &'static BuiltinType {
        &super::pattern_methods::PATTERN
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        const SHOWN: [(u32, &str); 6] = [
            (ast::IGNORECASE, "re.IGNORECASE"),
            (ast::MULTILINE, "re.MULTILINE"),
            (ast::DOTALL, "re.DOTALL"),
            (ast::VERBOSE, "re.VERBOSE"),
            (ast::DEBUG, "re.DEBUG"),
            (ast::ASCII, "re.ASCII"),
        ];
        let shown = crate::text::repr(&self.0.source)?.points();
        let shown = Str::from_code_points(&shown[..shown.len().min(200)]);
        let mut flags = self.0.flags;
        // Text patterns are Unicode anyway.
        if self.0.is_text && flags & (ast::LOCALE | ast::ASCII) == 0 {
            flags &= !ast::UNICODE;
        }
        let names: Vec<&str> = SHOWN
            .iter()
            .filter(|(bit, _)| flags & bit != 0)
            .map(|&(_, name)| name)
            .collect();
        let comma = if names.is_empty() { "" } else { ", " };
        let mut out = crate::str::StrBuf::new();
        out.push_ascii("re.compile(");
        out.push_str(&shown);
        out.push_ascii(comma);
        out.push_ascii(&names.join("|"));
        out.push_ascii(")");
        Ok(out.finish())
    }

    fn hash(&self, _this: &Object) -> Result<i64> {
        Ok(self.0.source.py_hash()? ^ i64::from(self.0.flags))
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        let (Some(other), Comparison::Eq | Comparison::Ne) = (other.downcast::<PatternObject>(), op) else {
            return Ok(None);
        };
        let same = self.0.flags == other.0.flags
            && self.0.is_text == other.0.is_text
            && ops::eq_bool(&self.0.source, &other.0.source)?;
        Ok(Some(Value::Bool(same == (op == Comparison::Eq))))
    }
}

/// The pattern behind a receiver.
pub fn this(receiver: &Value) -> Result<&PatternObject> {
    receiver.downcast().ok_or_else(not_a_pattern)
}

#[cold]
fn not_a_pattern() -> Exc {
    exc::type_error("descriptor requires a 're.Pattern' object")
}
