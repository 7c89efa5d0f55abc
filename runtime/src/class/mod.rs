//! Classes: those of the program and the builtin ones.

pub mod abstracts;
mod build;
pub mod descriptor;
pub mod generic;
mod instantiate;
mod linearise;
mod lookup;
mod metaclass;
mod slots;
mod superclass;
pub mod union;

use std::cell::UnsafeCell;
use std::mem::ManuallyDrop;

use crate::dict::Dict;
use crate::exc::hierarchy::BASE_EXCEPTION;
use crate::rc::Ref;
use crate::registry::BuiltinType;
use crate::str::Str;
use crate::types;
use crate::value::Value;

use lookup::Memory;
pub(crate) use lookup::{Place, UNTAGGED, is_data};
pub use metaclass::{Maker, type_new};
pub use slots::Slot;
pub use superclass::{Super, super_of};

/// A class.
#[derive(Clone)]
pub struct Class(Ref<ClassData>);

struct ClassData {
    name: UnsafeCell<Str>,
    qualname: UnsafeCell<Str>,
    bases: Vec<Class>,
    /// The method resolution order after the class itself.
    rest: Vec<Class>,
    /// `__dict__`.
    namespace: Dict<Value, Value>,
    /// The builtin type this class is, if it is one.
    builtin: Option<&'static BuiltinType>,
    /// The builtin type that fixes what instances are made of: `object` for a plain class.
    solid: &'static BuiltinType,
    /// How many `__slots__` instances have, inherited ones first.
    slot_count: usize,
    /// True when instances have a `__dict__`.
    has_dict: bool,
    /// The metaclass, where it is not `type`.
    meta: Option<Class>,
    /// What `register` of an abstract class was told.
    registered: UnsafeCell<Vec<Class>>,
    /// Names of abstract methods not yet overridden, sorted.
    abstract_names: Vec<String>,
    memory: Memory,
}

impl Class {
    /// The class object of a builtin type.
    pub fn of_builtin(builtin: &'static BuiltinType) -> Class {
        let rest: Vec<Class> = builtin.line().skip(1).map(|base| base.class().clone()).collect();
        let exception = builtin.derives_from(&BASE_EXCEPTION);
        Class(Ref::new(ClassData {
            name: UnsafeCell::new(Str::from(builtin.name)),
            qualname: UnsafeCell::new(Str::from(builtin.name)),
            bases: rest.first().cloned().into_iter().collect(),
            rest,
            namespace: descriptor::namespace_of(builtin),
            builtin: Some(builtin),
            solid: builtin,
            slot_count: 0,
            has_dict: exception,
            meta: None,
            registered: UnsafeCell::default(),
            abstract_names: Vec::new(),
            memory: Memory::default(),
        }))
    }

    /// The builtin type this class is, if it is one.
    #[inline(always)]
    pub fn builtin(&self) -> Option<&'static BuiltinType> {
        self.0.builtin
    }

    /// The builtin type that fixes what instances are made of.
    #[inline(always)]
    pub fn solid(&self) -> &'static BuiltinType {
        self.0.solid
    }

    /// The builtin type that the metaclass is or rests on: `type`, or `ABCMeta` below `abc.ABC`.
    pub fn metatype(&self) -> &'static BuiltinType {
        self.0.meta.as_ref().map_or(&types::TYPE, Class::solid)
    }

    /// The metaclass: `type(class)`.
    pub fn meta(&self) -> Class {
        self.0.meta.clone().unwrap_or_else(|| types::TYPE.class().clone())
    }

    /// The metaclass where it may do things that `type` and `ABCMeta` do not.
    #[inline]
    pub fn special_meta(&self) -> Option<&Class> {
        let meta = self.0.meta.as_ref()?;
        (!Class::same(meta, abstracts::ABC_META.class())).then_some(meta)
    }

    /// An attribute of the metaclass that neither `type` nor `object` provides.
    pub fn meta_lookup(&self, name: &str) -> Option<Value> {
        let found = self.special_meta()?.lookup_own(name)?;
        (!descriptor::is_of(&found, &types::TYPE)).then_some(found)
    }

    /// True below `abc.ABC`: abstract methods stand in the way of instances.
    pub fn is_abstract(&self) -> bool {
        self.metatype().derives_from(&abstracts::ABC_META)
    }

    /// True when both are one class.
    #[inline(always)]
    pub fn same(a: &Class, b: &Class) -> bool {
        Ref::same(&a.0, &b.0)
    }

    /// The class at an address.
    ///
    /// # Safety
    /// There is one, and somebody holds it while the reference is used.
    #[inline(always)]
    pub(crate) unsafe fn at(address: usize) -> ManuallyDrop<Class> {
        // SAFETY: the caller's promise.
        ManuallyDrop::new(Class(unsafe { Ref::at(address) }))
    }

    /// The class's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    /// `__name__`.
    pub fn name(&self) -> Str {
        // SAFETY: cloning a handle runs no code of the program.
        unsafe { (*self.0.name.get()).clone() }
    }

    pub fn set_name(&self, name: Str) {
        // SAFETY: strings drop without running code of the program.
        unsafe { *self.0.name.get() = name };
    }

    /// `__qualname__`.
    pub fn qualname(&self) -> Str {
        // SAFETY: cloning a handle runs no code of the program.
        unsafe { (*self.0.qualname.get()).clone() }
    }

    pub fn set_qualname(&self, name: Str) {
        // SAFETY: strings drop without running code of the program.
        unsafe { *self.0.qualname.get() = name };
    }

    /// `__module__`.
    pub fn module(&self) -> Value {
        match self.builtin() {
            Some(builtin) => Value::str(builtin.module),
            None => self.lookup("__module__").unwrap_or_else(|| Value::str("builtins")),
        }
    }

    /// `module.qualname`, as `repr` of the class shows it: without the module when that is `builtins`.
    pub fn full_name(&self) -> Str {
        match self.module() {
            Value::Str(module) if *module.to_rust_string() != *"builtins" => {
                Str::from(format!("{module}.{}", self.qualname()))
            }
            _ => self.qualname(),
        }
    }

    /// As `full_name`, with `__main__` left out as well: how tracebacks name exceptions.
    pub fn dotted_name(&self) -> Str {
        match self.module() {
            Value::Str(module) if *module.to_rust_string() == *"__main__" => self.qualname(),
            _ => self.full_name(),
        }
    }

    /// The name as messages about instances show it: with the module, where CPython has the class in C.
    pub fn message_name(&self) -> String {
        match self.module() {
            Value::Str(module) if module == *"datetime" || module == *"decimal" => self.full_name().to_rust_string(),
            _ => self.name().to_rust_string(),
        }
    }

    /// `__bases__`.
    pub fn bases(&self) -> &[Class] {
        &self.0.bases
    }

    /// `__mro__`.
    pub fn mro(&self) -> impl Iterator<Item = &Class> {
        std::iter::once(self).chain(&self.0.rest)
    }

    /// `__dict__`.
    pub fn namespace(&self) -> &Dict<Value, Value> {
        &self.0.namespace
    }

    /// True when this is `other` or derives from it.
    #[inline]
    pub fn is_subclass(&self, other: &Class) -> bool {
        self.mro().any(|ancestor| Class::same(ancestor, other))
    }

    /// True when the class derives from (or is) this builtin type.
    pub fn rests_on(&self, builtin: &'static BuiltinType) -> bool {
        self.solid().derives_from(builtin) || self.is_subclass(builtin.class())
    }

    pub fn slot_count(&self) -> usize {
        self.0.slot_count
    }

    pub fn has_dict(&self) -> bool {
        self.0.has_dict
    }
}
