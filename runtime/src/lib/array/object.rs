//! `array.array` as a Python object.

use super::code::Code;
use super::methods;
use crate::bytes::contents;
use crate::exc::{self, Exc, Result};
use crate::iter::{self, Iter};
use crate::list::List;
use crate::methods::protocol;
use crate::native::{Comparison, Native, Object, Operator, Side};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::slice::{Bounds, Slice};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// The type `array.array`.
pub static ARRAY: BuiltinType = BuiltinType::new("array", "array", make)
    .methods(methods::METHODS)
    .fields(methods::FIELDS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::ORDER,
        protocol::SEQUENCE,
        protocol::MUTABLE,
    ])
    .in_c()
    .sealed();

/// A row of values, all as its code holds them.
pub struct Array {
    pub code: Code,
    pub items: List<Value>,
}

fn make(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    if !kwargs.is_empty() {
        return Err(exc::type_error("array.array() takes no keyword arguments"));
    }
    let (letter, initial) = match args {
        [] => return Err(exc::type_error("array() takes at least 1 argument (0 given)")),
        [letter] => (letter, None),
        [letter, initial] => (letter, Some(initial)),
        more => {
            let given = more.len();
            return Err(exc::type_error(&format!(
                "array() takes at most 2 arguments ({given} given)"
            )));
        }
    };
    let mut letters = letter.as_str().filter(|text| text.len() == 1).into_iter();
    let Some(letter) = letters.next().and_then(|text| text.to_rust_string().chars().next()) else {
        let kind = letter.type_name();
        return Err(exc::type_error(&format!(
            "array() argument 1 must be a unicode character, not {kind}"
        )));
    };
    let array = Array::new(letter, initial)?;
    Ok(Value::object(array))
}

impl Array {
    fn new(letter: char, initial: Option<&Value>) -> Result<Array> {
        let texts = match initial {
            Some(Value::Str(_)) if letter != 'u' => Some("a str"),
            Some(value) if letter != 'u' && of(value).is_some_and(|other| other.code.is_text()) => {
                Some("a unicode array")
            }
            _ => None,
        };
        if let Some(what) = texts {
            return Err(exc::type_error(&format!(
                "cannot use {what} to initialize an array with typecode '{letter}'"
            )));
        }
        let array = Array {
            code: Code::of(letter)?,
            items: List::new(),
        };
        match initial {
            None => {}
            Some(value) => match contents(value) {
                Some(bytes) if of(value).is_none() => array.extend_bytes(&bytes)?,
                _ => array.extend_items(value)?,
            },
        }
        Ok(array)
    }

    /// An array of the same kind.
    pub fn like(&self, items: Vec<Value>) -> Array {
        Array {
            code: self.code,
            items: List::from_vec(items),
        }
    }

    /// Adds what bytes hold.
    pub fn extend_bytes(&self, bytes: &[u8]) -> Result<()> {
        if !bytes.len().is_multiple_of(self.code.size()) {
            return Err(exc::value_error("bytes length not a multiple of item size"));
        }
        self.items.extend_vec(self.code.read(bytes)?);
        Ok(())
    }

    fn extend_items(&self, iterable: &Value) -> Result<()> {
        let mut items = iter::iter(iterable)?;
        while let Some(item) = items.next()? {
            self.items.append(self.code.item(&item)?);
        }
        Ok(())
    }

    /// `extend`: another array must be of the same kind.
    pub fn extend(&self, iterable: &Value) -> Result<()> {
        match of(iterable) {
            Some(other) if other.code != self.code => Err(exc::type_error("can only extend with array of same kind")),
            Some(other) => {
                self.items.extend_vec(other.items.to_vec());
                Ok(())
            }
            None => self.extend_items(iterable),
        }
    }

    /// The bytes of all items.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.items.len() * self.code.size());
        self.items
            .to_vec()
            .iter()
            .for_each(|item| self.code.write(item, &mut out));
        out
    }

    /// The text that characters make.
    pub fn to_text(&self) -> Str {
        let mut out = StrBuf::new();
        for item in self.items.to_vec() {
            if let Value::Str(character) = item {
                out.push_str(&character);
            }
        }
        out.finish()
    }

    fn place(&self, key: &Value, out_of_range: &str) -> Result<Place> {
        if let Value::Slice(slice) = key {
            return Slice::bounds(slice, self.items.len()).map(Place::Slice);
        }
        let Some(index) = ops::try_index(key)? else {
            return Err(exc::type_error("array indices must be integers"));
        };
        let Some(index) = index.as_i64() else {
            let kind = key.type_name();
            return Err(exc::index_error(&format!(
                "cannot fit '{kind}' into an index-sized integer"
            )));
        };
        let len = self.items.len() as i64;
        let at = if index < 0 { index + len } else { index };
        if (0..len).contains(&at) {
            Ok(Place::At(at))
        } else {
            Err(exc::index_error(out_of_range))
        }
    }

    fn set_slice(&self, bounds: &Bounds, value: &Value) -> Result<()> {
        let Some(other) = of(value) else {
            let kind = value.type_name();
            return Err(exc::type_error(&format!(
                "can only assign array (not \"{kind}\") to array slice"
            )));
        };
        if other.code != self.code {
            return Err(bad_argument());
        }
        let items = other.items.to_vec();
        if bounds.step != 1 && items.is_empty() {
            self.items.delete_slice_by(bounds);
            return Ok(());
        }
        if bounds.step != 1 && items.len() != bounds.len {
            let (new, old) = (items.len(), bounds.len);
            return Err(exc::value_error(&format!(
                "attempt to assign array of size {new} to extended slice of size {old}"
            )));
        }
        self.items.set_slice_by(bounds, items)
    }

    fn compare_to(&self, op: Comparison, other: &Array) -> Result<Value> {
        let (own, theirs) = (self.items.to_vec(), other.items.to_vec());
        if matches!(op, Comparison::Eq | Comparison::Ne) && own.len() != theirs.len() {
            return Ok(Value::Bool(op == Comparison::Ne));
        }
        for (a, b) in own.iter().zip(&theirs) {
            if !ops::eq_bool(a, b)? {
                return match op {
                    Comparison::Eq | Comparison::Ne => Ok(Value::Bool(op == Comparison::Ne)),
                    _ => ops::compare(op, a, b),
                };
            }
        }
        Ok(Value::Bool(op.holds(own.len().cmp(&theirs.len()))))
    }

    fn joined(&self, other: &Value) -> Result<Array> {
        let Some(other) = of(other) else {
            let kind = other.type_name();
            return Err(exc::type_error(&format!(
                "can only append array (not \"{kind}\") to array"
            )));
        };
        if other.code != self.code {
            return Err(bad_argument());
        }
        Ok(self.like([self.items.to_vec(), other.items.to_vec()].concat()))
    }
}

enum Place {
    At(i64),
    Slice(Bounds),
}

#[cold]
fn bad_argument() -> Exc {
    exc::type_error("bad argument type for built-in operation")
}

/// What an array can be multiplied by.
fn times(value: &Value) -> Result<i64> {
    match ops::try_index(value)? {
        Some(times) => Ok(ops::saturate(&times)),
        None => Err(exc::type_error(&format!(
            "can't multiply sequence by non-int of type '{}'",
            value.type_name()
        ))),
    }
}

/// The array behind a value.
pub fn of(value: &Value) -> Option<&Array> {
    value.downcast::<Array>()
}

impl Native for Array {
    fn native_type(&self) -> &'static BuiltinType {
        &ARRAY
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push_ascii(&format!("array('{}'", self.code.letter()));
        if !self.items.is_empty() {
            out.push_ascii(", ");
            let shown = if self.code.is_text() {
                Value::Str(self.to_text())
            } else {
                Value::List(self.items.copy())
            };
            text::repr_into(&shown, &mut out)?;
        }
        out.push_ascii(")");
        Ok(out.finish())
    }

    fn len(&self) -> Option<Result<usize>> {
        Some(Ok(self.items.len()))
    }

    fn hash(&self, _this: &Object) -> Result<i64> {
        Err(exc::type_error("unhashable type: 'array.array'"))
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        of(other).map(|other| self.compare_to(op, other)).transpose()
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        match (op, side) {
            (Operator::Add, Side::Left) => self.joined(other).map(|array| Some(Value::object(array))),
            (Operator::Mul, _) => {
                let times = times(other)?;
                let items = self.items.repeat(times)?;
                let code = self.code;
                Ok(Some(Value::object(Array { code, items })))
            }
            _ => Ok(None),
        }
    }

    fn in_place(&self, this: &Object, op: Operator, other: &Value) -> Result<Option<Value>> {
        match op {
            Operator::Add if of(other).is_none() => {
                let kind = other.type_name();
                return Err(exc::type_error(&format!(
                    "can only extend array with array (not \"{kind}\")"
                )));
            }
            Operator::Add => self.extend(other)?,
            Operator::Mul => {
                let times = times(other)?;
                self.items.repeat_in_place(times)?;
            }
            _ => return Ok(None),
        }
        Ok(Some(Value::Object(this.clone())))
    }

    fn get_item(&self, key: &Value) -> Result<Value> {
        if let Value::Int(index) = key
            && let Some(item) = usize::try_from(*index).ok().and_then(|at| self.items.at(at))
        {
            return Ok(item);
        }
        match self.place(key, "array index out of range")? {
            Place::At(at) => self.items.get(at),
            Place::Slice(bounds) => {
                let (code, items) = (self.code, self.items.slice_by(&bounds));
                Ok(Value::object(Array { code, items }))
            }
        }
    }

    fn set_item(&self, key: &Value, value: Value) -> Result<()> {
        match self.place(key, "array assignment index out of range")? {
            Place::At(at) => {
                let item = self.code.item(&value)?;
                self.items.set(at, item)
            }
            Place::Slice(bounds) => self.set_slice(&bounds, &value),
        }
    }

    fn del_item(&self, key: &Value) -> Result<()> {
        match self.place(key, "array assignment index out of range")? {
            Place::At(at) => self.items.delete(at),
            Place::Slice(bounds) => {
                self.items.delete_slice_by(&bounds);
                Ok(())
            }
        }
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        Ok(Some(Iter::Sequence {
            object: Value::Object(this.clone()),
            next: 0,
        }))
    }
}
