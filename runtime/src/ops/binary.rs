//! Binary operators in full: who is asked, in which order, and what is raised when nobody answers.

use super::{call_special, number, sequence};
use crate::class::{Class, union};
use crate::exc::{self, Exc, Result};
use crate::native::{Operator, Side};
use crate::set::{FrozenSet, Other};
use crate::value::Value;

impl Operator {
    /// The operator as messages show it.
    pub fn symbol(self) -> &'static str {
        match self {
            Operator::Add => "+",
            Operator::Sub => "-",
            Operator::Mul => "*",
            Operator::TrueDiv => "/",
            Operator::FloorDiv => "//",
            Operator::Rem => "%",
            Operator::Pow => "** or pow()",
            Operator::MatMul => "@",
            Operator::LShift => "<<",
            Operator::RShift => ">>",
            Operator::BitAnd => "&",
            Operator::BitOr => "|",
            Operator::BitXor => "^",
        }
    }

    /// The method of the left operand, and of the right one.
    pub fn methods(self) -> (&'static str, &'static str) {
        match self {
            Operator::Add => ("__add__", "__radd__"),
            Operator::Sub => ("__sub__", "__rsub__"),
            Operator::Mul => ("__mul__", "__rmul__"),
            Operator::TrueDiv => ("__truediv__", "__rtruediv__"),
            Operator::FloorDiv => ("__floordiv__", "__rfloordiv__"),
            Operator::Rem => ("__mod__", "__rmod__"),
            Operator::Pow => ("__pow__", "__rpow__"),
            Operator::MatMul => ("__matmul__", "__rmatmul__"),
            Operator::LShift => ("__lshift__", "__rlshift__"),
            Operator::RShift => ("__rshift__", "__rrshift__"),
            Operator::BitAnd => ("__and__", "__rand__"),
            Operator::BitOr => ("__or__", "__ror__"),
            Operator::BitXor => ("__xor__", "__rxor__"),
        }
    }
}

/// `a op b`.
///
/// # Errors
/// TypeError when the operands do not go together; what the operation raises.
#[cold]
#[inline(never)]
pub fn binary(op: Operator, a: &Value, b: &Value) -> Result<Value> {
    match try_binary(op, a, b)? {
        Some(result) => Ok(result),
        None => Err(unsupported(op, a, b, op.symbol())),
    }
}

/// `a op b`; None when neither operand can.
pub(super) fn try_binary(op: Operator, a: &Value, b: &Value) -> Result<Option<Value>> {
    match (a.user_class(), b.user_class()) {
        (None, None) => builtin_binary(op, a, b),
        (left, right) => user_binary(op, a, left, b, right),
    }
}

/// `a op b` where at least one is of a class of the program.
fn user_binary(op: Operator, a: &Value, left: Option<Class>, b: &Value, right: Option<Class>) -> Result<Option<Value>> {
    let (name, reflected) = op.methods();
    let right_method = right.as_ref().and_then(|class| class.lookup(reflected));
    let left_class = left.clone().unwrap_or_else(|| a.class());
    let one_class = right.as_ref().is_some_and(|right| Class::same(right, &left_class));
    let right_first = !one_class
        && right_method.is_some()
        && right.as_ref().is_some_and(|right| {
            right.is_subclass(&left_class) && !same_method(right_method.as_ref(), left_class.lookup(reflected).as_ref())
        });
    if right_first && let Some(answer) = answer(call_special(b, reflected, std::slice::from_ref(a))?) {
        return Ok(Some(answer));
    }
    let from_left = match &left {
        Some(class) if class.lookup(name).is_none() => None,
        Some(_) => answer(call_special(a, name, std::slice::from_ref(b))?),
        None => builtin_binary(op, a, b.payload())?,
    };
    if from_left.is_some() || right_first || one_class {
        return Ok(from_left);
    }
    match (right_method, &right) {
        (Some(_), _) => Ok(answer(call_special(b, reflected, std::slice::from_ref(a))?)),
        (None, Some(_)) => Ok(None),
        (None, None) => builtin_binary(op, a.payload(), b),
    }
}

fn same_method(a: Option<&Value>, b: Option<&Value>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if super::is(a, b))
}

/// A method's answer; None for NotImplemented or no such method.
fn answer(value: Option<Value>) -> Option<Value> {
    value.filter(|value| !matches!(value, Value::NotImplemented))
}

/// `a op b` between values of builtin and library types; None when they do not go together.
///
/// # Errors
/// What the operation raises.
pub fn builtin_binary(op: Operator, a: &Value, b: &Value) -> Result<Option<Value>> {
    if let Some(result) = number::arithmetic(op, a, b)? {
        return Ok(Some(result));
    }
    if let Value::Object(object) = a
        && let Some(result) = object.native().binary(op, b, Side::Left)?
    {
        return Ok(Some(result));
    }
    if let Value::Object(object) = b
        && let Some(result) = object.native().binary(op, a, Side::Right)?
    {
        return Ok(Some(result));
    }
    match op {
        Operator::Add => sequence::concat(a, b),
        Operator::Mul => sequence::repeat_either(a, b),
        Operator::Rem => sequence::percent_format(a, b),
        Operator::BitOr if matches!(a.payload(), Value::Dict(_)) => dict_union(a, b),
        Operator::BitOr if matches!(a, Value::Class(_)) || matches!(b, Value::Class(_)) => Ok(union::of(a, b)),
        Operator::BitOr | Operator::BitAnd | Operator::BitXor | Operator::Sub => set_algebra(op, a, b),
        _ => Ok(None),
    }
}

fn dict_union(a: &Value, b: &Value) -> Result<Option<Value>> {
    match (a.as_dict(), b.as_dict()) {
        (Some(a), Some(b)) => a.merged(b).map(|merged| Some(Value::Dict(merged))),
        _ => Ok(None),
    }
}

/// `|`, `&`, `-` and `^` of sets; the left one's kind is the result's.
fn set_algebra(op: Operator, a: &Value, b: &Value) -> Result<Option<Value>> {
    let (Some(left), Some(right)) = (a.as_set(), b.as_set()) else {
        return Ok(None);
    };
    let other = Other::Set(right);
    let result = match op {
        Operator::BitOr => left.union(other)?,
        Operator::BitAnd => left.intersection(other)?,
        Operator::Sub => left.difference(other)?,
        _ => left.symmetric_difference(other)?,
    };
    Ok(Some(match a.payload() {
        Value::FrozenSet(_) => Value::FrozenSet(FrozenSet::from_set(result)),
        _ => Value::Set(result),
    }))
}

/// The TypeError of operands that do not go together; `symbol` is `+=` in an augmented assignment.
#[cold]
#[inline(never)]
pub(super) fn unsupported(op: Operator, a: &Value, b: &Value, symbol: &str) -> Exc {
    if let Some(special) = sequence::misfit(op, a, b) {
        return special;
    }
    plainly_unsupported(a, b, symbol)
}

#[cold]
pub(super) fn plainly_unsupported(a: &Value, b: &Value, symbol: &str) -> Exc {
    let (a, b) = (a.type_name(), b.type_name());
    exc::type_error(&format!("unsupported operand type(s) for {symbol}: '{a}' and '{b}'"))
}
