//! bytearray as a Python object.

use super::{ByteArray, Bytes, contents, from_arguments};
use crate::exc::{self, Exc, Result};
use crate::iter::Iter;
use crate::methods::octets::{BYTEARRAY_CLASS_METHODS, BYTEARRAY_METHODS, byte};
use crate::methods::protocol;
use crate::native::{Comparison, Native, Object, Operator, Side};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::slice::{Bounds, Slice};
use crate::str::Str;
use crate::units;
use crate::value::Value;

/// The type `bytearray`.
pub static BYTEARRAY: BuiltinType = BuiltinType::new("bytearray", "builtins", make)
    .methods(BYTEARRAY_METHODS)
    .class_methods(BYTEARRAY_CLASS_METHODS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::ORDER,
        protocol::SEQUENCE,
        protocol::MUTABLE,
    ]);

fn make(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    from_arguments("bytearray", args, kwargs).map(|bytes| Value::object(ByteArray::new(bytes)))
}

enum Place {
    At(usize),
    Slice(Bounds),
}

impl ByteArray {
    /// Where a key points; TypeError, IndexError.
    fn place(&self, key: &Value, out_of_range: &str) -> Result<Place> {
        if let Value::Slice(slice) = key {
            return Slice::bounds(slice, self.len()).map(Place::Slice);
        }
        let Some(index) = ops::try_index(key)? else {
            let kind = key.type_name();
            return Err(exc::type_error(&format!(
                "bytearray indices must be integers or slices, not {kind}"
            )));
        };
        let Some(index) = index.as_i64() else {
            let kind = key.type_name();
            return Err(exc::index_error(&format!(
                "cannot fit '{kind}' into an index-sized integer"
            )));
        };
        let len = self.len() as i64;
        let at = if index < 0 { index + len } else { index };
        if (0..len).contains(&at) {
            Ok(Place::At(at as usize))
        } else {
            Err(exc::index_error(out_of_range))
        }
    }

    /// Puts bytes in place of a slice; ValueError for a stepped slice of another length.
    fn replace_slice(&self, bounds: &Bounds, new: &[u8]) -> Result<()> {
        if bounds.step == 1 {
            let start = bounds.start as usize;
            self.with_mut(|bytes| {
                bytes
                    .splice(start..start + bounds.len, new.iter().copied())
                    .for_each(drop)
            });
            return Ok(());
        }
        if bounds.len != new.len() && !new.is_empty() {
            let (new, old) = (new.len(), bounds.len);
            return Err(exc::value_error(&format!(
                "attempt to assign bytes of size {new} to extended slice of size {old}"
            )));
        }
        if new.is_empty() {
            self.delete(bounds);
            return Ok(());
        }
        self.with_mut(|bytes| bounds.positions().zip(new).for_each(|(at, &byte)| bytes[at] = byte));
        Ok(())
    }

    fn delete(&self, bounds: &Bounds) {
        let mut places: Vec<usize> = bounds.positions().collect();
        places.sort_unstable();
        self.with_mut(|bytes| {
            let mut index = 0;
            bytes.retain(|_| {
                index += 1;
                places.binary_search(&(index - 1)).is_err()
            });
        });
    }

    fn repeated(&self, count: &Value) -> Result<Option<Vec<u8>>> {
        let Some(count) = ops::try_index(count)? else {
            return Ok(None);
        };
        let Some(count) = count.as_i64() else {
            return Err(exc::overflow_error("cannot fit 'int' into an index-sized integer"));
        };
        let count = count.max(0);
        match (self.len() as i64).checked_mul(count) {
            Some(len) if len <= units::MOST_BYTES => Ok(Some(self.with(|bytes| bytes.repeat(count as usize)))),
            _ => Err(exc::no_memory()),
        }
    }

    /// `self + other` (or the other way round) of bytes-like objects; TypeError for anything else.
    fn joined(&self, other: &Value, side: Side) -> Result<Vec<u8>> {
        let Some(other) = contents(other) else {
            return Err(not_octets(other));
        };
        Ok(match side {
            Side::Left => [self.to_vec(), other].concat(),
            Side::Right => [other, self.to_vec()].concat(),
        })
    }
}

#[cold]
fn not_octets(other: &Value) -> Exc {
    exc::type_error(&format!("can't concat {} to bytearray", other.type_name()))
}

/// The bytes an assignment to a slice takes: a bytes-like object or integers.
fn assigned(value: &Value) -> Result<Vec<u8>> {
    match contents(value) {
        Some(bytes) => Ok(bytes),
        None if value.as_int().is_some() || value.as_str().is_some() => Err(exc::type_error(
            "can assign only bytes, buffers, or iterables of ints in range(0, 256)",
        )),
        None => from_arguments("bytearray", std::slice::from_ref(value), &[]),
    }
}

impl Native for ByteArray {
    fn native_type(&self) -> &'static BuiltinType {
        &BYTEARRAY
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        Ok(ByteArray::repr(self))
    }

    fn len(&self) -> Option<Result<usize>> {
        Some(Ok(ByteArray::len(self)))
    }

    fn hash(&self, _this: &Object) -> Result<i64> {
        Err(exc::type_error("unhashable type: 'bytearray'"))
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        let Some(other) = contents(other) else { return Ok(None) };
        Ok(Some(Value::Bool(op.holds(self.with(|bytes| bytes.cmp(&other))))))
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        let bytes = match (op, side) {
            (Operator::Add, Side::Right) if contents(other).is_none() => None,
            (Operator::Add, _) => Some(self.joined(other, side)?),
            (Operator::Mul, _) => self.repeated(other)?,
            (Operator::Rem, Side::Left) => {
                let template = Bytes::from(self.to_vec());
                Some(crate::format::percent_bytes(&template, other)?.as_slice().to_vec())
            }
            _ => None,
        };
        Ok(bytes.map(|bytes| Value::object(ByteArray::new(bytes))))
    }

    fn in_place(&self, this: &Object, op: Operator, other: &Value) -> Result<Option<Value>> {
        let bytes = match op {
            Operator::Add => self.joined(other, Side::Left)?,
            Operator::Mul => match self.repeated(other)? {
                Some(bytes) => bytes,
                None => return Ok(None),
            },
            _ => return Ok(None),
        };
        self.with_mut(|own| *own = bytes);
        Ok(Some(Value::Object(this.clone())))
    }

    fn get_item(&self, key: &Value) -> Result<Value> {
        Ok(match self.place(key, "bytearray index out of range")? {
            Place::At(at) => Value::Int(self.with(|bytes| bytes[at]) as i64),
            Place::Slice(bounds) => Value::object(ByteArray::new(self.with(|bytes| bounds.pick(bytes)))),
        })
    }

    fn set_item(&self, key: &Value, value: Value) -> Result<()> {
        match self.place(key, "bytearray index out of range")? {
            Place::At(at) => {
                let byte = byte(&value)?;
                // `__index__` of the value may have shortened the array.
                self.with_mut(|bytes| match bytes.get_mut(at) {
                    Some(slot) => {
                        *slot = byte;
                        Ok(())
                    }
                    None => Err(exc::index_error("bytearray index out of range")),
                })
            }
            Place::Slice(bounds) => self.replace_slice(&bounds, &assigned(&value)?),
        }
    }

    fn del_item(&self, key: &Value) -> Result<()> {
        match self.place(key, "bytearray index out of range")? {
            Place::At(at) => self.with_mut(|bytes| _ = bytes.remove(at)),
            Place::Slice(bounds) => self.delete(&bounds),
        }
        Ok(())
    }

    fn contains(&self, item: &Value) -> Result<Option<bool>> {
        // `__index__` of the item may change the array, so it looks at a copy.
        super::ops::contains(&self.to_vec(), item).map(Some)
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        Ok(Some(Iter::Sequence {
            object: Value::Object(this.clone()),
            next: 0,
        }))
    }
}
