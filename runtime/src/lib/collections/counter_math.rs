//! Arithmetic and order of Counters: what is absent counts 0, results keep positive counts only.

use super::counter::Counter;
use crate::dict::Dict;
use crate::exc::Result;
use crate::native::{Comparison, Operator, Side, Unary};
use crate::ops;
use crate::value::Value;

const ZERO: Value = Value::Int(0);

fn positive(count: &Value) -> Result<bool> {
    ops::gt_bool(count, &ZERO)
}

/// `a op b` for `+`, `-`, `|` and `&`.
pub fn binary(a: &Counter, op: Operator, b: &Counter) -> Result<Option<Value>> {
    let result = Dict::new();
    for (key, count) in a.dict.items() {
        let Some(combined) = combined(op, &count, &b.count(&key)?)? else {
            return Ok(None);
        };
        if positive(&combined)? {
            result.set(key, combined)?;
        }
    }
    if op != Operator::BitAnd {
        for (key, count) in b.dict.items() {
            if a.dict.contains(&key)? {
                continue;
            }
            let (wanted, count) = match op {
                Operator::Sub => (ops::lt_bool(&count, &ZERO)?, ops::sub(&ZERO, &count)),
                _ => (positive(&count)?, Ok(count)),
            };
            if wanted {
                result.set(key, count?)?;
            }
        }
    }
    Ok(Some(Counter::value(result)))
}

/// What two counts of one key make; None for other operators.
fn combined(op: Operator, a: &Value, b: &Value) -> Result<Option<Value>> {
    Ok(Some(match op {
        Operator::Add => ops::add(a, b)?,
        Operator::Sub => ops::sub(a, b)?,
        Operator::BitOr => {
            if ops::lt_bool(a, b)? {
                b.clone()
            } else {
                a.clone()
            }
        }
        Operator::BitAnd => {
            if ops::lt_bool(a, b)? {
                a.clone()
            } else {
                b.clone()
            }
        }
        _ => return Ok(None),
    }))
}

/// `counter | dict`: a plain dict.
pub fn merged(counter: &Counter, other: &Dict<Value, Value>, side: Side) -> Result<Value> {
    Ok(Value::Dict(match side {
        Side::Left => counter.dict.merged(other)?,
        Side::Right => other.merged(&counter.dict)?,
    }))
}

/// `a op= b`, `b` a Counter or any other dict; false for operators it has none for.
pub fn in_place(a: &Counter, op: Operator, b: &Value) -> Result<bool> {
    let Some(counts) = b.as_dict() else { return Ok(false) };
    let keys = if op == Operator::BitAnd {
        a.dict.items()
    } else {
        counts.items()
    };
    for (key, count) in keys {
        let changed = match op {
            Operator::Add => Some(ops::iadd(&a.count(&key)?, &count)?),
            Operator::Sub => Some(ops::isub(&a.count(&key)?, &count)?),
            Operator::BitOr => ops::gt_bool(&count, &a.count(&key)?)?.then_some(count),
            Operator::BitAnd => {
                let other = match b.downcast::<Counter>() {
                    Some(b) => b.count(&key)?,
                    None => counts.get(&key)?,
                };
                ops::lt_bool(&other, &count)?.then_some(other)
            }
            _ => return Ok(false),
        };
        if let Some(changed) = changed {
            a.dict.set(key, changed)?;
        }
    }
    if !matches!(op, Operator::Add | Operator::Sub | Operator::BitOr | Operator::BitAnd) {
        return Ok(false);
    }
    for (key, count) in a.dict.items() {
        if !positive(&count)? {
            a.dict.delete(&key)?;
        }
    }
    Ok(true)
}

/// `+counter` and `-counter`.
pub fn unary(counter: &Counter, op: Unary) -> Result<Option<Value>> {
    let result = Dict::new();
    for (key, count) in counter.dict.items() {
        match op {
            Unary::Pos if positive(&count)? => result.set(key, count)?,
            Unary::Neg if ops::lt_bool(&count, &ZERO)? => result.set(key, ops::sub(&ZERO, &count)?)?,
            Unary::Pos | Unary::Neg => {}
            Unary::Invert => return Ok(None),
        }
    }
    Ok(Some(Counter::value(result)))
}

/// A comparison: every key of either must satisfy it.
pub fn compare(a: &Counter, op: Comparison, b: &Counter) -> Result<bool> {
    Ok(match op {
        Comparison::Eq => all(a, b, ops::eq_bool)?,
        Comparison::Ne => !all(a, b, ops::eq_bool)?,
        Comparison::Le => all(a, b, ops::le_bool)?,
        Comparison::Lt => all(a, b, ops::le_bool)? && !all(a, b, ops::eq_bool)?,
        Comparison::Ge => all(a, b, ops::ge_bool)?,
        Comparison::Gt => all(a, b, ops::ge_bool)? && !all(a, b, ops::eq_bool)?,
    })
}

fn all(a: &Counter, b: &Counter, holds: fn(&Value, &Value) -> Result<bool>) -> Result<bool> {
    for key in a.dict.keys().iter().chain(&b.dict.keys()) {
        if !holds(&a.count(key)?, &b.count(key)?)? {
            return Ok(false);
        }
    }
    Ok(true)
}
