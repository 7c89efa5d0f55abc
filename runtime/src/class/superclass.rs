//! `super()`.

use super::Class;
use super::descriptor::{self, MethodDescriptor};
use crate::exc::{self, Result};
use crate::function::with_first;
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::Str;
use crate::types;
use crate::value::Value;

/// The object `super(class, receiver)` makes.
pub struct Super {
    class: Class,
    /// None for a bare `super(class)`; a class inside a class method.
    receiver: Value,
    receiver_class: Class,
}

/// `super(class, receiver)`.
///
/// # Errors
/// TypeError when the receiver is neither an instance nor a subclass of the class.
pub fn super_of(class: &Value, receiver: &Value) -> Result<Value> {
    let Value::Class(class) = class else {
        return Err(exc::type_error(&format!(
            "super() argument 1 must be a type, not {}",
            class.type_name()
        )));
    };
    let receiver_class = match receiver {
        // As without a receiver: nothing of the class is found.
        Value::None => receiver.class(),
        Value::Class(own) if own.is_subclass(class) => own.clone(),
        other if other.class().is_subclass(class) => other.class(),
        _ => {
            return Err(exc::type_error(
                "super(type, obj): obj must be an instance or subtype of type",
            ));
        }
    };
    Ok(Value::object(Super {
        class: class.clone(),
        receiver: receiver.clone(),
        receiver_class,
    }))
}

impl Super {
    /// The receiver that methods bind to: none inside a class method.
    fn bound_to(&self) -> Option<&Value> {
        match &self.receiver {
            Value::Class(own) if Class::same(own, &self.receiver_class) => None,
            receiver => Some(receiver),
        }
    }

    fn find(&self, name: &str) -> Option<Value> {
        self.receiver_class.lookup_after(&self.class, name)
    }

    /// `super().name(*args, **kwargs)`, without making a bound method of the common kinds.
    ///
    /// # Errors
    /// AttributeError when there is no such method; what it raises.
    pub fn call_method(&self, this: &Value, name: &str, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        if matches!(self.receiver, Value::None) && name == "__init__" {
            return super_init(args);
        }
        if let Some(receiver) = self.bound_to()
            && let Some(found) = self.find(name)
        {
            if let Value::Function(function) = &found {
                return with_first(receiver, args, |all| function.call(all, kwargs));
            }
            if let Some(method) = found.downcast::<MethodDescriptor>() {
                return method.call_on(receiver, args, kwargs);
            }
        }
        ops::call_kw(&ops::get_attr(this, name)?, args, kwargs)
    }
}

/// `super(C, None).__init__(*args)`: nothing of `C` is found, so this is the initialiser of `super` itself.
fn super_init(args: &[Value]) -> Result<Value> {
    match args {
        [] => Err(exc::runtime_error("super(): no arguments")),
        [Value::Class(_)] => Ok(Value::None),
        [other, ..] => Err(exc::type_error(&format!(
            "super() argument 1 must be type, not {}",
            other.type_name()
        ))),
    }
}

impl Native for Super {
    fn native_type(&self) -> &'static BuiltinType {
        &types::SUPER
    }

    fn repr(&self, _: &Object) -> Result<Str> {
        Ok(Str::from(format!(
            "<super: <class '{}'>, <{} object>>",
            self.class.name(),
            self.receiver_class.name()
        )))
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        match name {
            "__thisclass__" => return Ok(Some(Value::Class(self.class.clone()))),
            "__self__" => return Ok(Some(self.receiver.clone())),
            _ => {}
        }
        let Some(found) = self.find(name) else { return Ok(None) };
        Ok(Some(
            descriptor::bind(&found, self.bound_to(), &self.receiver_class)?.unwrap_or(found),
        ))
    }
}
