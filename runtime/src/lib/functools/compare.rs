//! `functools.cmp_to_key`.

use crate::exc::{self, Result};
use crate::lib::params::Params;
use crate::native::{Comparison, Native};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, NativeFn};
use crate::value::Value;

/// A key that orders by a comparison function; without an object yet it is the function that makes keys.
struct Key {
    compare: Value,
    object: Option<Value>,
}

impl Native for Key {
    fn native_type(&self) -> &'static BuiltinType {
        &KEY
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        static PARAMS: Params = Params::new("K", &["obj"], 1);
        let [object] = PARAMS.read(args, kwargs)?;
        Ok(Value::object(Key {
            compare: self.compare.clone(),
            object: object.cloned(),
        }))
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        let Some(other) = other.downcast::<Key>() else {
            return Err(exc::type_error("other argument must be K instance"));
        };
        let (Some(a), Some(b)) = (&self.object, &other.object) else {
            return Err(exc::attribute_error("object"));
        };
        let order = ops::call(&self.compare, &[a.clone(), b.clone()])?;
        ops::compare(op, &order, &Value::Int(0)).map(Some)
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(if name == "obj" { self.object.clone() } else { None })
    }
}

fn cmp_to_key(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("cmp_to_key", &["mycmp"], 1);
    let [compare] = PARAMS.read(args, kwargs)?;
    Ok(Value::object(Key {
        compare: compare.cloned().unwrap_or(Value::None),
        object: None,
    }))
}

static KEY: BuiltinType = BuiltinType::closed("KeyWrapper", "functools").in_c();
pub static CMP_TO_KEY: NativeFn = NativeFn {
    name: "cmp_to_key",
    effects: Effects::READS_ARGS,
    call: cmp_to_key,
};
