//! Instances of the program's classes.

mod layout;

use std::cell::{Cell, UnsafeCell};

use crate::class::Class;
use crate::dict::Dict;
use crate::rc::Ref;
use crate::str::Str;
use crate::value::Value;
pub(crate) use layout::{EMPTY, IN_DICT, Layout};

/// An instance of a class of the program.
///
/// Its attributes are values in the order of a shared layout, until something asks for its `__dict__` or does with them
/// what layouts are not made for: then they stand in a dict of its own.
#[derive(Clone)]
pub struct Instance(Ref<InstanceData>);

struct InstanceData {
    class: UnsafeCell<Class>,
    layout: Cell<&'static Layout>,
    /// Values of `__slots__` by position, then those of attributes in the order of the layout, or else the dict.
    values: UnsafeCell<Vec<Option<Value>>>,
    /// The builtin value inside, for classes that derive from a builtin type; None otherwise.
    payload: Option<Value>,
}

impl Instance {
    /// A new instance without attributes. `payload` is the builtin value it extends, if any.
    pub fn new(class: Class, payload: Option<Value>) -> Instance {
        let slots = class.slot_count();
        let mut values = Vec::with_capacity(slots + class.expected_attributes());
        values.resize(slots, None);
        Instance(Ref::new(InstanceData {
            class: UnsafeCell::new(class),
            layout: Cell::new(&EMPTY),
            values: UnsafeCell::new(values),
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

    /// The names of the attributes, or the mark of those that keep them in a dict.
    #[inline(always)]
    pub(crate) fn layout(&self) -> &'static Layout {
        self.0.layout.get()
    }

    /// The values; nothing may change them while the reference lives.
    #[inline(always)]
    unsafe fn values(&self) -> &Vec<Option<Value>> {
        // SAFETY: the caller's promise.
        unsafe { &*self.0.values.get() }
    }

    /// The values, to change: no code of the program may run while the reference lives.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    unsafe fn values_mut(&self) -> &mut Vec<Option<Value>> {
        // SAFETY: the caller's promise.
        unsafe { &mut *self.0.values.get() }
    }

    /// Where the attributes start among the values.
    #[inline]
    pub(crate) fn first(&self) -> usize {
        self.with_class(Class::slot_count)
    }

    /// `__dict__`, where the attributes stand in one.
    fn dict(&self) -> Option<&Dict<Value, Value>> {
        if !Layout::same(self.layout(), &IN_DICT) {
            return None;
        }
        // SAFETY: the reference is used for searches by text, or cloned; neither runs code of the program.
        match unsafe { self.values() }.get(self.first()) {
            Some(Some(Value::Dict(dict))) => Some(dict),
            _ => None,
        }
    }

    /// `__dict__`: from now on the attributes stand there.
    pub fn attrs(&self) -> Dict<Value, Value> {
        if let Some(dict) = self.dict() {
            return dict.clone();
        }
        let dict = Dict::with_capacity(self.layout().names().len());
        for (name, value) in self.named_attributes() {
            dict.set_text(&name.to_rust_string(), value);
        }
        self.set_attrs(dict.clone());
        dict
    }

    /// `__dict__`, where something asked for it before.
    pub fn dict_if_made(&self) -> Option<Dict<Value, Value>> {
        self.dict().cloned()
    }

    pub fn set_attrs(&self, attrs: Dict<Value, Value>) {
        let first = self.first();
        // SAFETY: the old values are dropped after the borrow.
        let old = unsafe { self.values_mut() }.split_off(first);
        self.0.layout.set(&IN_DICT);
        // SAFETY: pushing runs no code of the program.
        unsafe { self.values_mut() }.push(Some(Value::Dict(attrs)));
        drop(old);
    }

    /// Names and values of the attributes, in order; names that are no strings left out.
    pub fn named_attributes(&self) -> Vec<(Str, Value)> {
        if let Some(dict) = self.dict() {
            let named = dict.items().into_iter().filter_map(|(name, value)| match name {
                Value::Str(name) => Some((name, value)),
                _ => None,
            });
            return named.collect();
        }
        // SAFETY: cloning values runs no code of the program.
        let values = unsafe { self.values() }.iter().skip(self.first());
        let named = self.layout().names().iter().zip(values);
        named
            .filter_map(|(name, value)| Some((name.clone(), value.clone()?)))
            .collect()
    }

    /// Gives another instance of the same class what this one has: slots and attributes.
    pub fn copy_attributes(&self, to: &Instance) {
        match self.dict() {
            Some(dict) => {
                for position in 0..self.first() {
                    drop(to.replace_slot(position, self.slot(position)));
                }
                to.set_attrs(dict.copy());
            }
            None => {
                // SAFETY: cloning values runs no code of the program, and the old ones are dropped after the exchange.
                let old = unsafe { std::mem::replace(to.values_mut(), self.values().clone()) };
                to.0.layout.set(self.layout());
                drop(old);
            }
        }
    }

    /// An attribute of the instance itself.
    #[inline]
    pub fn find(&self, name: &str) -> Option<Value> {
        match self.dict() {
            Some(dict) => dict.find_text(name),
            None => self.slot(self.first() + self.layout().position(name)?),
        }
    }

    /// Sets an attribute of the instance itself.
    pub fn set(&self, name: &str, value: Value) {
        if let Some(dict) = self.dict() {
            dict.set_text(name, value);
        } else if let Some(position) = self.layout().position(name) {
            drop(self.replace_slot(self.first() + position, Some(value)));
        } else if let Some(next) = self.layout().with(name) {
            self.append(next, value);
            self.with_class(|class| class.expect_attributes(next.names().len()));
        } else {
            self.attrs().set_text(name, value);
        }
    }

    /// Adds the attribute that `next` has more than the instance's layout.
    #[inline]
    pub(crate) fn append(&self, next: &'static Layout, value: Value) {
        // SAFETY: pushing runs no code of the program.
        unsafe { self.values_mut() }.push(Some(value));
        self.0.layout.set(next);
    }

    /// Takes an attribute of the instance itself out.
    pub fn take(&self, name: &str) -> Option<Value> {
        if self.dict().is_none() {
            let layout = self.layout();
            let position = layout.position(name)?;
            if position + 1 == layout.names().len()
                && let Some(before) = layout.before()
            {
                self.0.layout.set(before);
                // SAFETY: the value is handed out.
                return unsafe { self.values_mut() }.pop().flatten();
            }
        }
        self.attrs().take_text(name)
    }

    /// The value at a position: of a slot, or of an attribute where the layout says so.
    #[inline]
    pub fn slot(&self, position: usize) -> Option<Value> {
        // SAFETY: cloning a value runs no code of the program.
        unsafe { self.values() }.get(position).cloned().flatten()
    }

    /// Puts a value at a position, or empties it, and answers what was there.
    #[inline]
    pub fn replace_slot(&self, position: usize, value: Option<Value>) -> Option<Value> {
        // SAFETY: the old value is handed out.
        unsafe { self.values_mut() }
            .get_mut(position)
            .and_then(|slot| std::mem::replace(slot, value))
    }
}
