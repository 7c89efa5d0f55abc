//! `re.RegexFlag`: ints that print as names.

use super::ast;
use crate::elem::Key;
use crate::exc::{self, Result};
use crate::lib::convert::index;
use crate::native::{Comparison, Native, Object, Operator, Side, Unary};
use crate::ops;
use crate::registry::{BuiltinType, Field, Kwargs};
use crate::str::Str;
use crate::types::INT;
use crate::value::Value;

/// Names by value, lowest bit first.
const NAMES: [(u32, &str); 9] = [
    (ast::TEMPLATE, "TEMPLATE"),
    (ast::IGNORECASE, "IGNORECASE"),
    (ast::LOCALE, "LOCALE"),
    (ast::MULTILINE, "MULTILINE"),
    (ast::DOTALL, "DOTALL"),
    (ast::UNICODE, "UNICODE"),
    (ast::VERBOSE, "VERBOSE"),
    (ast::DEBUG, "DEBUG"),
    (ast::ASCII, "ASCII"),
];

/// A flag or a union of flags.
pub struct RegexFlag(Value);

impl RegexFlag {
    /// The flags as a Python object.
    pub fn value(bits: u32) -> Value {
        Value::object(RegexFlag(Value::Int(i64::from(bits))))
    }

    fn bits(&self) -> u32 {
        match self.0 {
            Value::Int(bits) => bits as u32,
            _ => 0,
        }
    }
}

/// Names of flags joined by `|`, as `repr` shows them; unknown bits in hexadecimal. Names in CPython's order: by bit,
/// except that TEMPLATE comes after the flags that programs use.
fn names(bits: u32) -> String {
    let mut left = bits;
    let mut shown: Vec<String> = Vec::new();
    for (bit, name) in NAMES.iter().skip(1).chain(&NAMES[..1]) {
        if left & bit != 0 {
            shown.push(format!("re.{name}"));
            left &= !bit;
        }
    }
    if left != 0 {
        shown.push(format!("{left:#x}"));
    }
    if shown.is_empty() {
        "re.NOFLAG".to_owned()
    } else {
        shown.join("|")
    }
}

impl Native for RegexFlag {
    fn native_type(&self) -> &'static BuiltinType {
        &REGEX_FLAG
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        Ok(Str::from(names(self.bits())))
    }

    fn truthy(&self) -> Result<bool> {
        Ok(self.bits() != 0)
    }

    fn hash(&self, _this: &Object) -> Result<i64> {
        self.0.py_hash()
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        match other.payload() {
            number @ (Value::Int(_) | Value::Bool(_) | Value::Float(_) | Value::BigInt(_)) => {
                ops::compare(op, &self.0, number).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        let other = other.payload();
        let result = match side {
            Side::Left => ops::binary(op, &self.0, other)?,
            Side::Right => ops::binary(op, other, &self.0)?,
        };
        match (op, result) {
            (Operator::BitOr | Operator::BitAnd | Operator::BitXor, Value::Int(bits @ 0..=0xffff)) => {
                Ok(Some(RegexFlag::value(bits as u32)))
            }
            (_, result) => Ok(Some(result)),
        }
    }

    fn unary(&self, op: Unary) -> Result<Option<Value>> {
        match op {
            Unary::Neg => ops::neg(&self.0).map(Some),
            Unary::Pos => Ok(Some(self.0.clone())),
            Unary::Invert => Err(exc::not_implemented_error("inverted flags of re are not supported")),
        }
    }

    fn payload(&self) -> Option<&Value> {
        Some(&self.0)
    }
}

fn new(args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    match args {
        [value] => Ok(RegexFlag::value(bits_of(value)?)),
        _ => Err(exc::type_error("RegexFlag() takes one value")),
    }
}

/// The bits of a flags argument.
pub fn bits_of(value: &Value) -> Result<u32> {
    match value.payload() {
        Value::Int(bits) => Ok(*bits as u32),
        other if other.as_int().is_some() => Ok(index(other)?.as_i64().unwrap_or(0) as u32),
        other => {
            let name = other.type_name();
            Err(exc::type_error(&format!(
                "unsupported operand type(s) for &: '{name}' and 'RegexFlag'"
            )))
        }
    }
}

fn this(value: &Value) -> Result<u32> {
    bits_of(value)
}

static FIELDS: &[Field] = &[
    Field {
        name: "value",
        get: |flag| Ok(Value::Int(i64::from(this(flag)?))),
        set: None,
    },
    Field {
        name: "name",
        get: |flag| Ok(Value::str(&names(this(flag)?).replace("re.", ""))),
        set: None,
    },
];

pub static REGEX_FLAG: BuiltinType = BuiltinType::new("RegexFlag", "re", new).base(&INT).fields(FIELDS);
