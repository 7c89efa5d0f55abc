//! `functools.cached_property`.

use std::cell::RefCell;

use crate::attr;
use crate::class::Class;
use crate::class::descriptor::Descriptor;
use crate::exc::{self, Result};
use crate::lib::signature::PyParams;
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::Str;
use crate::text;
use crate::value::Value;

/// A method computed once an instance; the result then stands in the instance's own attributes.
struct CachedProperty {
    function: Value,
    name: RefCell<Option<Str>>,
}

impl Native for CachedProperty {
    fn native_type(&self) -> &'static BuiltinType {
        &CACHED_PROPERTY
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(match name {
            "func" => Some(self.function.clone()),
            "attrname" => Some(self.name.borrow().clone().map_or(Value::None, Value::Str)),
            "__doc__" => attr::get_attr_or_none(&self.function, "__doc__")?,
            _ => None,
        })
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }

    fn set_name(&self, _class: &Class, name: &Value) -> Result<()> {
        let name = text::str_of(name)?;
        let mut known = self.name.borrow_mut();
        match &*known {
            Some(first) if *first != name => {
                let (first, second) = (first.repr(), name.repr());
                Err(exc::type_error(&format!(
                    "Cannot assign the same cached_property to two different names ({first} and {second})."
                )))
            }
            _ => {
                *known = Some(name);
                Ok(())
            }
        }
    }
}

impl Descriptor for CachedProperty {
    fn get(&self, this: &Object, receiver: Option<&Value>, _: &Class) -> Result<Value> {
        let Some(receiver) = receiver else {
            return Ok(Value::Object(this.clone()));
        };
        let Some(name) = self.name.borrow().clone() else {
            return Err(exc::type_error(
                "Cannot use cached_property instance without calling __set_name__ on it.",
            ));
        };
        let Value::Instance(instance) = receiver else {
            let (class, name) = (Str::from(receiver.type_name()).repr(), name.repr());
            return Err(exc::type_error(&format!(
                "No '__dict__' attribute on {class} instance to cache {name} property."
            )));
        };
        let name = name.to_rust_string();
        if let Some(known) = instance.find(&name) {
            return Ok(known);
        }
        let value = ops::call(&self.function, std::slice::from_ref(receiver))?;
        instance.set(&name, value.clone());
        Ok(value)
    }
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("cached_property.__init__", &["func"], 1).method();
    let [function] = PARAMS.read(args, kwargs)?;
    let function = function.cloned().unwrap_or(Value::None);
    Ok(Value::object(CachedProperty {
        function,
        name: RefCell::new(None),
    }))
}

pub static CACHED_PROPERTY: BuiltinType = BuiltinType::new("cached_property", "functools", new);
