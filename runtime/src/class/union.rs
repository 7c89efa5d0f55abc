//! `int | str`: a union of classes.

use super::Class;
use crate::exc::Result;
use crate::native::{Comparison, Native, Object, Operator, Side};
use crate::ops;
use crate::registry::BuiltinType;
use crate::set::Set;
use crate::str::{Str, StrBuf};
use crate::tuple::Tuple;
use crate::value::Value;
use crate::{text, types};

/// A union of classes, as `isinstance` takes it.
pub struct Union {
    pub members: Tuple,
}

static UNION: BuiltinType = BuiltinType::closed("UnionType", "types");

/// `a | b` of two classes (None stands for its type); None when one is none.
pub fn of(a: &Value, b: &Value) -> Option<Value> {
    let mut members: Vec<Value> = Vec::new();
    for member in parts(a)?.into_iter().chain(parts(b)?) {
        if !members.iter().any(|known| ops::is(known, &member)) {
            members.push(member);
        }
    }
    match <[Value; 1]>::try_from(members) {
        Ok([only]) => Some(only),
        Err(members) => Some(Value::object(Union {
            members: Tuple::from_vec(members),
        })),
    }
}

fn parts(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Class(_) => Some(vec![value.clone()]),
        Value::None => Some(vec![Value::Class(types::NONE_TYPE.class().clone())]),
        _ => value.downcast::<Union>().map(|union| union.members.to_vec()),
    }
}

impl Native for Union {
    fn native_type(&self) -> &'static BuiltinType {
        &UNION
    }

    fn repr(&self, _: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        for (at, member) in self.members.iter().enumerate() {
            if at > 0 {
                out.push_ascii(" | ");
            }
            match member {
                Value::Class(class) if Class::same(class, types::NONE_TYPE.class()) => out.push_ascii("None"),
                Value::Class(class) => out.push_str(&class.full_name()),
                other => out.push_str(&text::repr(other)?),
            }
        }
        Ok(out.finish())
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        let Some(other) = other.downcast::<Union>() else {
            return Ok(None);
        };
        let set = |members: &Tuple| Set::from_items(members.iter().cloned());
        let equal = set(&self.members)?.equals(&set(&other.members)?)?;
        Ok(match op {
            Comparison::Eq => Some(Value::Bool(equal)),
            Comparison::Ne => Some(Value::Bool(!equal)),
            _ => None,
        })
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        let this = Value::object(Union {
            members: self.members.clone(),
        });
        Ok(match (op, side) {
            (Operator::BitOr, Side::Left) => of(&this, other),
            (Operator::BitOr, Side::Right) => of(other, &this),
            _ => None,
        })
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok((name == "__args__").then(|| Value::Tuple(self.members.clone())))
    }
}
