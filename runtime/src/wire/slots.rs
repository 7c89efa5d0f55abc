//! The `__slots__` of an instance, by name.

use crate::class::{Class, Slot};
use crate::instance::Instance;
use crate::native::Object;
use crate::str::Str;
use crate::value::Value;

/// Name and value of every slot that is set.
pub fn values_of(instance: &Instance) -> Vec<(Str, Value)> {
    let class = instance.class();
    let receiver = Value::Instance(instance.clone());
    let value_of = |(name, slot): (Str, Object)| {
        let value = slot.native().descriptor()?.get(&slot, Some(&receiver), &class).ok()?;
        Some((name, value))
    };
    slots(&class).into_iter().filter_map(value_of).collect()
}

/// Sets an attribute without asking the program: a slot where the class has one of that name.
pub fn set(instance: &Instance, name: &Str, value: Value) -> Option<()> {
    let slot = slots(&instance.class()).into_iter().find(|(known, _)| known == name);
    match slot {
        Some((_, slot)) => slot
            .native()
            .descriptor()?
            .set(&Value::Instance(instance.clone()), value)
            .ok(),
        None => {
            instance.set(&name.to_rust_string(), value);
            Some(())
        }
    }
}

/// The slots of the class and its bases.
fn slots(class: &Class) -> Vec<(Str, Object)> {
    let members = class.mro().flat_map(|class| class.namespace().items());
    let slot = |(name, member): (Value, Value)| match (name, member) {
        (Value::Str(name), Value::Object(object)) if object.downcast::<Slot>().is_some() => Some((name, object)),
        _ => None,
    };
    members.filter_map(slot).collect()
}
