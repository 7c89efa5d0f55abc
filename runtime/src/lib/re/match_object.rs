//! `re.Match`.

use super::machine::{Found, UNSET};
use super::pattern::{PatternObject, Window, piece};
use super::substitute;
use crate::dict::Dict;
use crate::exc::{self, Exc, Result};
use crate::lib::params::{Params, none, one};
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Field, Kwargs, Method};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// A match and the text it was found in.
pub struct MatchObject {
    pub pattern: PatternObject,
    pub subject: Value,
    pub found: Found,
    window: Window,
}

impl MatchObject {
    pub fn value(pattern: PatternObject, subject: Value, found: Found, window: Window) -> Value {
        Value::object(MatchObject {
            pattern,
            subject,
            found,
            window,
        })
    }

    /// Start and end of a group, or None where it took no part.
    fn span(&self, group: usize) -> Option<(usize, usize)> {
        if group == 0 {
            return Some((self.found.start, self.found.end));
        }
        let (start, end) = (self.found.marks[2 * group - 2], self.found.marks[2 * group - 1]);
        (start != UNSET).then_some((start, end))
    }

    /// The text of a group, or `default`.
    pub fn group(&self, group: usize, default: &Value) -> Value {
        match self.span(group) {
            Some((start, end)) => piece(&self.subject, start, end),
            None => default.clone(),
        }
    }

    pub fn group_count(&self) -> usize {
        self.found.marks.len() / 2
    }

    /// The number of the group that a number or name means.
    fn number(&self, key: &Value) -> Result<usize> {
        let number = match key.payload() {
            Value::Str(name) => self.pattern.0.group_named(name).map(|group| group as usize),
            other => match ops::try_index(other) {
                Ok(Some(index)) => index.as_i64().and_then(|index| usize::try_from(index).ok()),
                _ => None,
            },
        };
        number
            .filter(|&number| number <= self.group_count())
            .ok_or_else(no_such_group)
    }

    fn span_value(&self, group: usize) -> Value {
        let (start, end) = self.places(group);
        Value::tuple(vec![Value::Int(start), Value::Int(end)])
    }

    fn places(&self, group: usize) -> (i64, i64) {
        self.span(group)
            .map_or((-1, -1), |(start, end)| (start as i64, end as i64))
    }
}

#[cold]
fn no_such_group() -> Exc {
    exc::index_error("no such group")
}

impl Native for MatchObject {
    fn native_type(&self) -> &'static BuiltinType {
        &MATCH
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        let (start, end) = (self.found.start, self.found.end);
        out.push(&format!("<re.Match object; span=({start}, {end}), match="));
        text::repr_into(&self.group(0, &Value::None), &mut out)?;
        out.push_ascii(">");
        Ok(out.finish())
    }

    fn get_item(&self, key: &Value) -> Result<Value> {
        Ok(self.group(self.number(key)?, &Value::None))
    }
}

fn this(receiver: &Value) -> Result<&MatchObject> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a 're.Match' object"))
}

fn group(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    crate::lib::params::no_keywords("re.Match.group", kwargs)?;
    let this = this(receiver)?;
    match args {
        [] => Ok(this.group(0, &Value::None)),
        [key] => this.get_item(key),
        keys => Ok(Value::tuple(
            keys.iter().map(|key| this.get_item(key)).collect::<Result<_>>()?,
        )),
    }
}

fn groups(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("groups", &["default"], 0);
    let [default] = PARAMS.read(args, kwargs)?;
    let this = this(receiver)?;
    let default = default.unwrap_or(&Value::None);
    Ok(Value::tuple(
        (1..=this.group_count())
            .map(|number| this.group(number, default))
            .collect(),
    ))
}

fn groupdict(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("groupdict", &["default"], 0);
    let [default] = PARAMS.read(args, kwargs)?;
    let this = this(receiver)?;
    let default = default.unwrap_or(&Value::None);
    let rows = this.pattern.0.names.iter();
    let rows = rows.map(|(name, number)| (Value::Str(name.clone()), this.group(*number as usize, default)));
    Ok(Value::Dict(Dict::from_items(rows)?))
}

/// The group that `start`, `end` and `span` are asked for.
fn asked(name: &str, this: &MatchObject, args: &[Value], kwargs: Kwargs) -> Result<usize> {
    crate::lib::params::between(name, args, kwargs, 0, 1)?;
    args.first().map_or(Ok(0), |key| this.number(key))
}

fn start(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let this = this(receiver)?;
    Ok(Value::Int(this.places(asked("re.Match.start", this, args, kwargs)?).0))
}

fn end(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let this = this(receiver)?;
    Ok(Value::Int(this.places(asked("re.Match.end", this, args, kwargs)?).1))
}

fn span(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let this = this(receiver)?;
    Ok(this.span_value(asked("re.Match.span", this, args, kwargs)?))
}

fn expand(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("expand", &["template"], 1);
    let [template] = PARAMS.read(args, kwargs)?;
    let this = this(receiver)?;
    let template = substitute::parse_template(&this.pattern.0, template.unwrap_or(&Value::None))?;
    Ok(template.expand(&this.subject, &this.found))
}

fn itself(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args {
        [_] => one("re.Match.__deepcopy__", args, kwargs).map(drop)?,
        _ => none("re.Match.__copy__", args, kwargs)?,
    }
    Ok(receiver.clone())
}

const READS: Effects = Effects::READS_ARGS;

static METHODS: &[Method] = &[
    Method {
        name: "group",
        effects: READS,
        call: group,
    },
    Method {
        name: "groups",
        effects: READS,
        call: groups,
    },
    Method {
        name: "groupdict",
        effects: READS,
        call: groupdict,
    },
    Method {
        name: "start",
        effects: READS,
        call: start,
    },
    Method {
        name: "end",
        effects: READS,
        call: end,
    },
    Method {
        name: "span",
        effects: READS,
        call: span,
    },
    Method {
        name: "expand",
        effects: READS,
        call: expand,
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
        name: "string",
        get: |receiver| Ok(this(receiver)?.subject.clone()),
        set: None,
    },
    Field {
        name: "re",
        get: |receiver| Ok(Value::object(this(receiver)?.pattern.clone())),
        set: None,
    },
    Field {
        name: "pos",
        get: |receiver| Ok(Value::Int(this(receiver)?.window.start as i64)),
        set: None,
    },
    Field {
        name: "endpos",
        get: |receiver| Ok(Value::Int(this(receiver)?.window.end as i64)),
        set: None,
    },
    Field {
        name: "lastindex",
        get: |receiver| {
            let last = this(receiver)?.found.last_index;
            Ok(if last == 0 {
                Value::None
            } else {
                Value::Int(last as i64)
            })
        },
        set: None,
    },
    Field {
        name: "lastgroup",
        get: |receiver| {
            let this = this(receiver)?;
            let last = this.found.last_index as u32;
            let name = this.pattern.0.names.iter().find(|(_, number)| *number == last);
            Ok(name.map_or(Value::None, |(name, _)| Value::Str(name.clone())))
        },
        set: None,
    },
    Field {
        name: "regs",
        get: |receiver| {
            let this = this(receiver)?;
            Ok(Value::tuple(
                (0..=this.group_count()).map(|number| this.span_value(number)).collect(),
            ))
        },
        set: None,
    },
];

pub static MATCH: BuiltinType = BuiltinType::closed("Match", "re")
    .in_c()
    .methods(METHODS)
    .fields(FIELDS);
