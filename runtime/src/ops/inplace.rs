//! Augmented assignment: what can change changes itself, the rest makes a new value.

use super::binary::{plainly_unsupported, try_binary, unsupported};
use super::sequence::{is_sequence, repeat_count};
use super::{call_special, try_index};
use crate::exc::Result;
use crate::methods;
use crate::native::Operator;
use crate::set::{Other, Set};
use crate::value::Value;

/// Augmented operators. Pairs of these kinds take the inline path of the plain operator, which cannot refuse them.
macro_rules! augmented {
    ($($(#[$doc:meta])* $name:ident $plain:ident $operator:ident ($kinds:pat);)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Errors
            /// TypeError when the operands do not go together; what the operation raises.
            #[inline]
            pub fn $name(a: &Value, b: &Value) -> Result<Value> {
                match (a, b) {
                    ($kinds, $kinds) => super::$plain(a, b),
                    _ => in_place(Operator::$operator, a, b),
                }
            }
        )*
    };
}

augmented! {
    /// `a += b`: the new value of `a`.
    iadd add Add (Value::Int(_) | Value::Float(_));
    /// `a -= b`: the new value of `a`.
    isub sub Sub (Value::Int(_) | Value::Float(_));
    /// `a *= b`: the new value of `a`.
    imul mul Mul (Value::Int(_) | Value::Float(_));
    /// `a /= b`: the new value of `a`.
    itruediv truediv TrueDiv (Value::Int(_) | Value::Float(_));
    /// `a //= b`: the new value of `a`.
    ifloordiv floordiv FloorDiv (Value::Int(_) | Value::Float(_));
    /// `a %= b`: the new value of `a`.
    irem rem Rem (Value::Int(_) | Value::Float(_));
    /// `a **= b`: the new value of `a`.
    ipow pow Pow (Value::Int(_) | Value::Float(_));
    /// `a <<= b`: the new value of `a`.
    ilshift lshift LShift (Value::Int(_));
    /// `a >>= b`: the new value of `a`.
    irshift rshift RShift (Value::Int(_));
    /// `a &= b`: the new value of `a`.
    ibit_and bit_and BitAnd (Value::Int(_));
    /// `a |= b`: the new value of `a`.
    ibit_or bit_or BitOr (Value::Int(_));
    /// `a ^= b`: the new value of `a`.
    ibit_xor bit_xor BitXor (Value::Int(_));
}

/// `a @= b`: the new value of `a`.
///
/// # Errors
/// TypeError when the operands do not go together; what the operation raises.
pub fn imatmul(a: &Value, b: &Value) -> Result<Value> {
    in_place(Operator::MatMul, a, b)
}

#[cold]
#[inline(never)]
fn in_place(op: Operator, a: &Value, b: &Value) -> Result<Value> {
    if let Some(result) = changed(op, a, b)? {
        return Ok(result);
    }
    // What has items but no repetition does not repeat the sequence on its right.
    let repeats_right = op != Operator::Mul || !has_items(a) || !is_sequence(b.payload());
    match if repeats_right { try_binary(op, a, b)? } else { None } {
        Some(result) => Ok(result),
        None => {
            let symbol = if op == Operator::Pow { "**" } else { op.symbol() };
            let symbol = format!("{symbol}=");
            Err(if repeats_right {
                unsupported(op, a, b, &symbol)
            } else {
                plainly_unsupported(a, b, &symbol)
            })
        }
    }
}

/// Kinds that have the sequence protocol without repetition.
fn has_items(value: &Value) -> bool {
    matches!(
        value,
        Value::Set(_) | Value::FrozenSet(_) | Value::Dict(_) | Value::Range(_)
    )
}

/// `a` after it changed itself; None when it does not.
fn changed(op: Operator, a: &Value, b: &Value) -> Result<Option<Value>> {
    match a {
        Value::Instance(instance) => {
            let answer = call_special(a, method(op), std::slice::from_ref(b))?;
            let answer = answer.filter(|answer| !matches!(answer, Value::NotImplemented));
            // A builtin method that changed the value inside answers that value: the object stays itself.
            Ok(answer.map(|answer| match instance.payload() {
                Some(inner) if super::is(inner, &answer) && is_mutable(inner) => a.clone(),
                _ => answer,
            }))
        }
        Value::Object(object) => object.native().in_place(object, op, b),
        _ => builtin_in_place(op, a, b).map(|done| done.then(|| a.clone())),
    }
}

fn is_mutable(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Dict(_) | Value::Set(_))
}

fn method(op: Operator) -> &'static str {
    match op {
        Operator::Add => "__iadd__",
        Operator::Sub => "__isub__",
        Operator::Mul => "__imul__",
        Operator::TrueDiv => "__itruediv__",
        Operator::FloorDiv => "__ifloordiv__",
        Operator::Rem => "__imod__",
        Operator::Pow => "__ipow__",
        Operator::MatMul => "__imatmul__",
        Operator::LShift => "__ilshift__",
        Operator::RShift => "__irshift__",
        Operator::BitAnd => "__iand__",
        Operator::BitOr => "__ior__",
        Operator::BitXor => "__ixor__",
    }
}

/// Changes a builtin container; false when the kind or the operand is not one that can.
pub(crate) fn builtin_in_place(op: Operator, a: &Value, b: &Value) -> Result<bool> {
    match (op, a) {
        (Operator::Add, Value::List(list)) => methods::list::extend_by(list, b).map(|()| true),
        (Operator::Mul, Value::List(list)) => match try_index(b)? {
            Some(count) => list.repeat_in_place(repeat_count(&count)?).map(|()| true),
            None => Ok(false),
        },
        (Operator::BitOr, Value::Dict(dict)) => methods::dict::update_by(dict, b).map(|()| true),
        (_, Value::Set(set)) => match b.as_set() {
            Some(other) => change_set(op, set, other),
            None => Ok(false),
        },
        _ => Ok(false),
    }
}

fn change_set(op: Operator, set: &Set<Value>, other: &Set<Value>) -> Result<bool> {
    let other = Other::Set(other);
    match op {
        Operator::BitOr => set.update(other)?,
        Operator::BitAnd => set.intersection_update(other)?,
        Operator::Sub => set.difference_update(other)?,
        Operator::BitXor => set.symmetric_difference_update(other)?,
        _ => return Ok(false),
    }
    Ok(true)
}
