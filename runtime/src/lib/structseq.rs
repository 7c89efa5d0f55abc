//! Tuples whose items have names, as C modules make them: `sys.version_info`, `time.struct_time`.

use crate::elem::Key;
use crate::exc::Result;
use crate::iter::{self, Iter};
use crate::native::{Comparison, Native, Object, Operator, Side};
use crate::ops;
use crate::registry::BuiltinType;
use crate::str::{Str, StrBuf};
use crate::text;
use crate::value::Value;

/// One such tuple.
pub struct StructSeq {
    kind: &'static BuiltinType,
    fields: &'static [&'static str],
    items: Value,
    /// Attributes that are no items, or are not what the item of their name is.
    more: Vec<(&'static str, Value)>,
}

impl StructSeq {
    /// A tuple of `kind` with these items, one for each of `fields`.
    pub fn value(kind: &'static BuiltinType, fields: &'static [&'static str], items: Vec<Value>) -> Value {
        StructSeq::with_more(kind, fields, items, Vec::new())
    }

    /// A tuple that has further attributes.
    pub fn with_more(
        kind: &'static BuiltinType,
        fields: &'static [&'static str],
        items: Vec<Value>,
        more: Vec<(&'static str, Value)>,
    ) -> Value {
        Value::object(StructSeq {
            kind,
            fields,
            items: Value::tuple(items),
            more,
        })
    }
}

impl Native for StructSeq {
    fn native_type(&self) -> &'static BuiltinType {
        self.kind
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push(&self.kind.dotted_name());
        out.push_ascii("(");
        for (at, (field, item)) in self.fields.iter().zip(iter::collect(&self.items)?).enumerate() {
            if at > 0 {
                out.push_ascii(", ");
            }
            out.push_ascii(field);
            out.push_ascii("=");
            text::repr_into(&item, &mut out)?;
        }
        out.push_ascii(")");
        Ok(out.finish())
    }

    fn len(&self) -> Option<Result<usize>> {
        Some(ops::len(&self.items))
    }

    fn hash(&self, _this: &Object) -> Result<i64> {
        self.items.py_hash()
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        match other.payload() {
            tuple @ Value::Tuple(_) => ops::compare(op, &self.items, tuple).map(Some),
            _ => Ok(None),
        }
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        let other = other.payload();
        match side {
            Side::Left => ops::binary(op, &self.items, other).map(Some),
            Side::Right => ops::binary(op, other, &self.items).map(Some),
        }
    }

    fn get_item(&self, key: &Value) -> Result<Value> {
        ops::get_item(&self.items, key)
    }

    fn contains(&self, item: &Value) -> Result<Option<bool>> {
        ops::contains(&self.items, item).map(Some)
    }

    fn iter(&self, _this: &Object) -> Result<Option<Iter>> {
        iter::iter(&self.items).map(Some)
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        if let Some((_, value)) = self.more.iter().find(|(field, _)| *field == name) {
            return Ok(Some(value.clone()));
        }
        match self.fields.iter().position(|field| *field == name) {
            Some(at) => ops::get_item(&self.items, &Value::Int(at as i64)).map(Some),
            None => Ok(None),
        }
    }

    fn payload(&self) -> Option<&Value> {
        Some(&self.items)
    }
}
