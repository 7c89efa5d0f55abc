//! `__slots__`.

use super::descriptor::Descriptor;
use super::{Class, types};
use crate::exc::{self, Result};
use crate::iter;
use crate::native::{Native, Object};
use crate::registry::BuiltinType;
use crate::str::Str;
use crate::value::Value;

/// One slot, as it stands in its class.
pub struct Slot {
    name: Str,
    class_name: Str,
    position: usize,
}

impl Slot {
    /// Where instances keep its value.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    #[cold]
    fn unset(&self, receiver: &Value) -> exc::Exc {
        exc::attribute_error(&format!(
            "'{}' object has no attribute '{}'",
            receiver.type_name(),
            self.name
        ))
    }
}

impl Native for Slot {
    fn native_type(&self) -> &'static BuiltinType {
        &types::MEMBER_DESCRIPTOR
    }

    fn repr(&self, _: &Object) -> Result<Str> {
        Ok(Str::from(format!(
            "<member '{}' of '{}' objects>",
            self.name, self.class_name
        )))
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl Descriptor for Slot {
    fn get(&self, this: &Object, receiver: Option<&Value>, _: &Class) -> Result<Value> {
        match receiver {
            None => Ok(Value::Object(this.clone())),
            Some(Value::Instance(instance)) => instance
                .slot(self.position)
                .ok_or_else(|| self.unset(&Value::Instance(instance.clone()))),
            Some(other) => Err(self.unset(other)),
        }
    }

    fn is_data(&self) -> bool {
        true
    }

    fn set(&self, receiver: &Value, value: Value) -> Result<()> {
        match receiver {
            Value::Instance(instance) => {
                drop(instance.replace_slot(self.position, Some(value)));
                Ok(())
            }
            other => Err(self.unset(other)),
        }
    }

    fn delete(&self, receiver: &Value) -> Result<()> {
        match receiver {
            Value::Instance(instance) if instance.slot(self.position).is_some() => {
                drop(instance.replace_slot(self.position, None));
                Ok(())
            }
            other => Err(self.unset(other)),
        }
    }
}

/// The names in `__slots__`, as given: one string or an iterable of strings.
pub(super) fn names(declared: &Value) -> Result<Vec<Str>> {
    if let Value::Str(only) = declared {
        return Ok(vec![only.clone()]);
    }
    let mut names = Vec::new();
    for name in iter::collect(declared)? {
        match name {
            Value::Str(name) => names.push(name),
            other => {
                let kind = other.type_name();
                return Err(exc::type_error(&format!(
                    "__slots__ items must be strings, not '{kind}'"
                )));
            }
        }
    }
    Ok(names)
}

/// The slot object for a name; a private name carries the class's.
pub(super) fn slot(name: &Str, class_name: &Str, position: usize) -> (Str, Value) {
    let text = name.to_rust_string();
    let private = text.starts_with("__") && !text.ends_with("__");
    let mangled = match class_name.to_rust_string().trim_start_matches('_') {
        class if private && !class.is_empty() => Str::from(format!("_{class}{text}")),
        _ => name.clone(),
    };
    let slot = Slot {
        name: mangled.clone(),
        class_name: class_name.clone(),
        position,
    };
    (mangled, Value::object(slot))
}
