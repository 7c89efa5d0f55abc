//! Views of dicts: `dict.keys()`, `dict.values()`, `dict.items()`.

use super::reads;
use super::set::{other_of, update_by};
use crate::args;
use crate::dict::Dict;
use crate::elem::Elem;
use crate::exc::{self, Result};
use crate::iter::{self, Iter, Part};
use crate::native::{Comparison, Native, Object, Operator, Side};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs, Method};
use crate::set::Set;
use crate::str::{Str, StrBuf};
use crate::text::ReprGuard;
use crate::types;
use crate::value::Value;

/// A live view of a dict's keys, values or items.
pub struct DictView {
    pub dict: Dict<Value, Value>,
    pub part: Part,
}

pub static METHODS: &[Method] = &[reads("__reversed__", reversed)];
pub static SET_METHODS: &[Method] = &[reads("__reversed__", reversed), reads("isdisjoint", isdisjoint)];

fn of(this: &Value) -> Result<&DictView> {
    this.downcast::<DictView>()
        .ok_or_else(|| exc::type_error("expected a dict view"))
}

fn reversed(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let view = of(this)?;
    let [] = args::exactly(&format!("{}.__reversed__", view.native_type().name), args, kwargs)?;
    Ok(Iter::Dict {
        walk: view.dict.iter_backwards(),
        part: view.part,
    }
    .into_value())
}

fn isdisjoint(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let view = of(this)?;
    let [other] = args::exactly(&format!("{}.isdisjoint", view.native_type().name), args, kwargs)?;
    let mut items = iter::iter(other)?;
    while let Some(item) = items.next()? {
        if view.holds(&item)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}

impl DictView {
    fn walk(&self) -> Iter {
        Iter::Dict {
            walk: self.dict.iter(),
            part: self.part,
        }
    }

    fn holds(&self, item: &Value) -> Result<bool> {
        match (self.part, item) {
            (Part::Keys, key) => self.dict.contains(key),
            (Part::Items, Value::Tuple(pair)) => match &pair[..] {
                [key, value] => match self.dict.find_value(key)? {
                    Some(found) => found.item_eq(value),
                    None => Ok(false),
                },
                _ => Ok(false),
            },
            (Part::Items, _) => Ok(false),
            (Part::Values, _) => {
                for value in self.dict.values() {
                    if value.item_eq(item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// `self & other`: the smaller side is walked where both are sets or views.
    fn intersection(&self, other: &Value) -> Result<Value> {
        if let Value::Set(set) = other
            && self.dict.len() <= set.len()
        {
            return set
                .intersection(crate::set::Other::Items(self.walk().collect()?))
                .map(Value::Set);
        }
        if let Some(view) = other.downcast::<DictView>()
            && view.is_setlike()
            && view.dict.len() > self.dict.len()
        {
            return view.pick(self.walk());
        }
        self.pick(iter::iter(other)?)
    }

    /// The set of those items that the view holds.
    fn pick(&self, mut items: Iter) -> Result<Value> {
        let result = Set::new();
        while let Some(item) = items.next()? {
            if self.holds(&item)? {
                result.add(item)?;
            }
        }
        Ok(Value::Set(result))
    }

    fn is_setlike(&self) -> bool {
        self.part != Part::Values
    }
}

/// `set(operand)`, keys by way of their dict.
fn to_set(operand: &Value) -> Result<Set<Value>> {
    let set = Set::new();
    match operand.downcast::<DictView>() {
        Some(view) if view.part == Part::Keys => update_by(&set, &Value::Dict(view.dict.clone()))?,
        _ => update_by(&set, operand)?,
    }
    Ok(set)
}

/// True for sets and views of keys or items.
fn is_setlike(value: &Value) -> bool {
    value.as_set().is_some() || value.downcast::<DictView>().is_some_and(DictView::is_setlike)
}

impl Native for DictView {
    fn native_type(&self) -> &'static BuiltinType {
        match self.part {
            Part::Keys => &types::DICT_KEYS,
            Part::Values => &types::DICT_VALUES,
            Part::Items => &types::DICT_ITEMS,
        }
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        let Some(_guard) = ReprGuard::enter(this.address())? else {
            return Ok(Str::from("..."));
        };
        let mut out = StrBuf::new();
        out.push_ascii(self.native_type().name);
        out.push_ascii("(");
        Value::list(self.walk().collect()?).py_repr(&mut out)?;
        out.push_ascii(")");
        Ok(out.finish())
    }

    fn len(&self) -> Option<Result<usize>> {
        Some(Ok(self.dict.len()))
    }

    fn hash(&self, this: &Object) -> Result<i64> {
        match self.part {
            Part::Values => Ok((this.address() >> 4) as i64),
            _ => Err(exc::type_error(&format!(
                "unhashable type: '{}'",
                self.native_type().name
            ))),
        }
    }

    fn iter(&self, _: &Object) -> Result<Option<Iter>> {
        Ok(Some(self.walk()))
    }

    fn contains(&self, item: &Value) -> Result<Option<bool>> {
        self.holds(item).map(Some)
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        if !self.is_setlike() || !is_setlike(other) {
            return Ok(None);
        }
        let (len, other_len) = (self.dict.len(), ops::len(other)?);
        let within = || -> Result<bool> {
            let mut items = self.walk();
            while let Some(item) = items.next()? {
                if !ops::contains(other, &item)? {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        let around = || -> Result<bool> {
            let mut items = iter::iter(other)?;
            while let Some(item) = items.next()? {
                if !self.holds(&item)? {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        let answer = match op {
            Comparison::Eq => len == other_len && within()?,
            Comparison::Ne => !(len == other_len && within()?),
            Comparison::Lt => len < other_len && within()?,
            Comparison::Le => len <= other_len && within()?,
            Comparison::Gt => len > other_len && around()?,
            Comparison::Ge => len >= other_len && around()?,
        };
        Ok(Some(Value::Bool(answer)))
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        if !self.is_setlike() {
            return Ok(None);
        }
        if op == Operator::BitAnd {
            return self.intersection(other).map(Some);
        }
        let this = Value::object(DictView {
            dict: self.dict.clone(),
            part: self.part,
        });
        let (left, right) = if side == Side::Left {
            (&this, other)
        } else {
            (other, &this)
        };
        let result = match op {
            Operator::BitOr => {
                let result = to_set(left)?;
                update_by(&result, right)?;
                result
            }
            Operator::Sub => {
                let result = to_set(left)?;
                result.difference_update(other_of(right)?)?;
                result
            }
            Operator::BitXor => {
                let result = to_set(left)?;
                result.symmetric_difference_update(other_of(right)?)?;
                result
            }
            _ => return Ok(None),
        };
        Ok(Some(Value::Set(result)))
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        let proxy = || super::class::MappingProxy {
            dict: self.dict.clone(),
        };
        Ok((name == "mapping").then(|| Value::object(proxy())))
    }
}
