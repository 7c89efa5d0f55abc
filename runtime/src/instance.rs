//! Instances of the program's classes.

use std::cell::UnsafeCell;

use crate::class::Class;
use crate::dict::Dict;
use crate::rc::Ref;
use crate::value::Value;

/// An instance of a class of the program.
#[derive(Clone)]
pub struct Instance(Ref<InstanceData>);

struct InstanceData {
    class: UnsafeCell<Class>,
    /// `__dict__`, made when the first attribute is set.
    attrs: UnsafeCell<Option<Dict<Value, Value>>>,
    /// Values of `__slots__`, by position.
    slots: UnsafeCell<Vec<Option<Value>>>,
    /// The builtin value inside, for classes that derive from a builtin type; None otherwise.
    payload: Option<Value>,
}

impl Instance {
    /// A new instance without attributes. `payload` is the builtin value it extends, if any.
    pub fn new(class: Class, payload: Option<Value>) -> Instance {
        let slots = vec![None; class.slot_count()];
        Instance(Ref::new(InstanceData {
            class: UnsafeCell::new(class),
            attrs: UnsafeCell::new(None),
            slots: UnsafeCell::new(slots),
            payload,
        }))
    }

    /// True when both are one object.
    #[inline(always)]
    pub fn same(a: &Instance, b: &Instance) -> bool {
        Ref::same(&a.0, &b.0)
    }

    /// The object's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    /// The class, which assignment to `__class__` may replace: hence a handle, not a reference.
    #[inline]
    pub fn class(&self) -> Class {
        // SAFETY: cloning a handle runs no code of the program.
        unsafe { (*self.0.class.get()).clone() }
    }

    /// Looks at the class without taking a handle to it; `look` must run no code of the program.
    #[inline]
    pub(crate) fn with_class<R>(&self, look: impl FnOnce(&Class) -> R) -> R {
        // SAFETY: `look` runs no code of the program, so that nobody replaces the class meanwhile.
        look(unsafe { &*self.0.class.get() })
    }

    pub fn set_class(&self, class: Class) {
        // SAFETY: the old handle is dropped after the borrow.
        drop(unsafe { std::mem::replace(&mut *self.0.class.get(), class) });
    }

    /// The builtin value inside.
    #[inline]
    pub fn payload(&self) -> Option<&Value> {
        self.0.payload.as_ref()
    }

    /// `__dict__`, if any attribute was ever set.
    #[inline]
    pub fn attrs_if_any(&self) -> Option<Dict<Value, Value>> {
        // SAFETY: cloning a handle runs no code of the program.
        unsafe { (*self.0.attrs.get()).clone() }
    }

    /// `__dict__`.
    pub fn attrs(&self) -> Dict<Value, Value> {
        // SAFETY: making a dict runs no code of the program.
        unsafe { (*self.0.attrs.get()).get_or_insert_default().clone() }
    }

    pub fn set_attrs(&self, attrs: Dict<Value, Value>) {
        // SAFETY: the old dict is dropped after the borrow.
        drop(unsafe { (*self.0.attrs.get()).replace(attrs) });
    }

    /// An attribute of the instance itself.
    #[inline]
    pub fn find(&self, name: &str) -> Option<Value> {
        // SAFETY: a search by text runs no code of the program.
        unsafe { (*self.0.attrs.get()).as_ref()?.find_text(name) }
    }

    /// Sets an attribute of the instance itself.
    #[inline]
    pub fn set(&self, name: &str, value: Value) {
        self.attrs().set_text(name, value);
    }

    pub fn slot(&self, position: usize) -> Option<Value> {
        // SAFETY: cloning a value runs no code of the program.
        unsafe { (&*self.0.slots.get()).get(position).cloned().flatten() }
    }

    /// Puts a value into a slot, or empties it, and answers what was there.
    pub fn replace_slot(&self, position: usize, value: Option<Value>) -> Option<Value> {
        // SAFETY: the old value is handed out.
        unsafe {
            (&mut *self.0.slots.get())
                .get_mut(position)
                .and_then(|slot| std::mem::replace(slot, value))
        }
    }
}
