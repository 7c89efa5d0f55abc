//! The methods and fields of `re.Pattern`.

use super::flags::RegexFlag;
use super::machine::Mode;
use super::match_object::MatchObject;
use super::pattern::{Matches, PatternObject, Window, this};
use crate::exc::Result;
use crate::lib::convert::size;
use crate::lib::itertools::shell::{Shell, Step};
use crate::lib::params::Params;
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::types::CALLABLE_ITERATOR;
use crate::value::Value;

/// The arguments `string`, `pos` and `endpos`.
fn region(name: &'static str, receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<(Value, Window)> {
    let params = Params::new(name, &["string", "pos", "endpos"], 1);
    let [subject, pos, endpos] = params.read(args, kwargs)?;
    let subject = subject.cloned().unwrap_or(Value::None);
    let (pos, endpos) = (pos.map_or(Ok(0), size)?, endpos.map_or(Ok(i64::MAX), size)?);
    this(receiver)?.0.check(&subject)?;
    let window = Window::of(&subject, pos, endpos);
    Ok((subject, window))
}

/// One match from the start of a window, as an object or None.
pub fn find(pattern: &PatternObject, subject: &Value, window: Window, mode: Mode) -> Value {
    match pattern.0.find(subject, window, mode, false) {
        Some(found) => MatchObject::value(pattern.clone(), subject.clone(), found, window),
        None => Value::None,
    }
}

fn search(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (subject, window) = region("search", receiver, args, kwargs)?;
    Ok(find(this(receiver)?, &subject, window, Mode::Search))
}

fn match_(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (subject, window) = region("match", receiver, args, kwargs)?;
    Ok(find(this(receiver)?, &subject, window, Mode::Match))
}

fn fullmatch(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (subject, window) = region("fullmatch", receiver, args, kwargs)?;
    Ok(find(this(receiver)?, &subject, window, Mode::Full))
}

fn findall(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (subject, window) = region("findall", receiver, args, kwargs)?;
    this(receiver)?.findall(&subject, window)
}

/// What `finditer` answers.
struct Walk(Matches);

impl Step for Walk {
    fn kind() -> &'static BuiltinType {
        &CALLABLE_ITERATOR
    }

    fn step(&mut self) -> Result<Option<Value>> {
        Ok(self.0.next().map(|found| self.0.object(found)))
    }
}

/// `finditer` over a checked subject.
pub fn walk(pattern: &PatternObject, subject: Value, window: Window) -> Value {
    Shell::value(Walk(Matches::new(pattern.clone(), subject, window)))
}

fn finditer(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (subject, window) = region("finditer", receiver, args, kwargs)?;
    Ok(walk(this(receiver)?, subject, window))
}

fn split(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("split", &["string", "maxsplit"], 1);
    let [subject, most] = PARAMS.read(args, kwargs)?;
    let subject = subject.unwrap_or(&Value::None);
    let most = most.map_or(Ok(0), size)?;
    let this = this(receiver)?;
    this.0.check(subject)?;
    this.split(subject, most)
}

fn replaced(name: &'static str, receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<(Value, i64)> {
    let params = Params::new(name, &["repl", "string", "count"], 2);
    let [replacement, subject, count] = params.read(args, kwargs)?;
    let subject = subject.unwrap_or(&Value::None);
    let count = count.map_or(Ok(0), size)?;
    let this = this(receiver)?;
    this.0.check(subject)?;
    this.substitute(replacement.unwrap_or(&Value::None), subject, count)
}

fn sub(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    replaced("sub", receiver, args, kwargs).map(|(text, _)| text)
}

fn subn(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (text, count) = replaced("subn", receiver, args, kwargs)?;
    Ok(Value::tuple(vec![text, Value::Int(count)]))
}

fn itself(receiver: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    Ok(receiver.clone())
}

const READS: Effects = Effects::READS_ARGS;
const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

static METHODS: &[Method] = &[
    Method {
        name: "search",
        effects: READS,
        call: search,
    },
    Method {
        name: "match",
        effects: READS,
        call: match_,
    },
    Method {
        name: "fullmatch",
        effects: READS,
        call: fullmatch,
    },
    Method {
        name: "findall",
        effects: READS,
        call: findall,
    },
    Method {
        name: "finditer",
        effects: READS,
        call: finditer,
    },
    Method {
        name: "split",
        effects: READS,
        call: split,
    },
    Method {
        name: "sub",
        effects: CALLS,
        call: sub,
    },
    Method {
        name: "subn",
        effects: CALLS,
        call: subn,
    },
    Method {
        name: "__copy__",
        effects: READS,
        call: itself,
    },
    Method {
        name: "__deepcopy__",
        effects: READS,
        call: itself,
    },
];

static FIELDS: &[Field] = &[
    Field {
        name: "pattern",
        get: |receiver| Ok(this(receiver)?.0.source.clone()),
        set: None,
    },
    Field {
        name: "flags",
        get: |receiver| Ok(Value::Int(i64::from(this(receiver)?.0.flags))),
        set: None,
    },
    Field {
        name: "groups",
        get: |receiver| Ok(Value::Int(this(receiver)?.0.program.groups as i64)),
        set: None,
    },
    Field {
        name: "groupindex",
        get: |receiver| {
            crate::builtins::construct::mapping_proxy(&[Value::Dict(this(receiver)?.0.group_index()?)], &[])
        },
        set: None,
    },
];

/// A flag by its bits, for the module's constants.
pub fn flag(bits: u32) -> Value {
    RegexFlag::value(bits)
}

pub static PATTERN: BuiltinType = BuiltinType::closed("Pattern", "re")
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
