//! Calling a class.

use super::Class;
use super::descriptor::{self, MethodDescriptor, NewMethod, StaticMethod};
use crate::exc::{self, Exc, Result, hierarchy::BASE_EXCEPTION};
use crate::function::{Function, with_first};
use crate::instance::Instance;
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::tuple::Tuple;
use crate::types;
use crate::value::Value;

impl Class {
    /// `class(*args, **kwargs)`.
    ///
    /// # Errors
    /// What `__new__` and `__init__` raise.
    pub fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        if let Some(init) = self.plain_init() {
            let object = Value::Instance(Instance::new(self.clone(), None));
            check_answer(with_first(&object, args, |all| init.call(all, kwargs))?)?;
            return Ok(object);
        }
        match self.call_through_meta(args, kwargs) {
            Some(answer) => answer,
            None => self.instantiate(args, kwargs),
        }
    }

    /// `type.__call__(class, *args, **kwargs)`: `__new__`, then `__init__`.
    ///
    /// # Errors
    /// What they raise.
    pub fn instantiate(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        if let Some(builtin) = self.builtin() {
            return builtin.call(args, kwargs);
        }
        let this = Value::Class(self.clone());
        let new = self.lookup("__new__");
        let object = match new.as_ref().and_then(|new| new.downcast::<StaticMethod>()) {
            Some(own) => with_first(&this, args, |all| ops::call_kw(&own.function, all, kwargs))?,
            None => match new.as_ref().and_then(|new| new.downcast::<NewMethod>()) {
                Some(inherited) => self.make(inherited.owner, args, kwargs)?,
                None => self.call_assigned_new(new, args, kwargs)?,
            },
        };
        if object.class().is_subclass(self) {
            object.class().initialise(&object, args, kwargs)?;
        }
        Ok(object)
    }

    /// A `__new__` that was assigned to the class later: no static method then, but called like one.
    #[cold]
    fn call_assigned_new(&self, new: Option<Value>, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let Some(new) = new else {
            return Err(exc::type_error(&format!("cannot create '{}' instances", self.name())));
        };
        let new = descriptor::bind(&new, None, self)?.unwrap_or(new);
        with_first(&Value::Class(self.clone()), args, |all| ops::call_kw(&new, all, kwargs))
    }

    /// `__init__` on a new object.
    fn initialise(&self, object: &Value, args: &[Value], kwargs: Kwargs) -> Result<()> {
        let Some(init) = self.lookup("__init__") else {
            return Ok(());
        };
        let answer = match &init {
            Value::Function(function) => with_first(object, args, |all| function.call(all, kwargs))?,
            // `object.__init__` has nothing to do; `make` counted the arguments.
            init if descriptor::is_of(init, &types::OBJECT) => Value::None,
            init => match init.downcast::<MethodDescriptor>() {
                Some(method) => method.call_on(object, args, kwargs)?,
                None => {
                    let bound = descriptor::bind(init, Some(object), self)?.unwrap_or_else(|| init.clone());
                    ops::call_kw(&bound, args, kwargs)?
                }
            },
        };
        check_answer(answer)
    }

    /// `__init__`, where making an instance is calling it on a new object and nothing else.
    #[inline]
    fn plain_init(&self) -> Option<Function> {
        match self.remembered_init() {
            // SAFETY: the class holds the function while it bears the tag it was remembered with.
            Some(init) => Some(unsafe { Function::at(init) }),
            None => self.find_plain_init(),
        }
    }

    #[cold]
    fn find_plain_init(&self) -> Option<Function> {
        let inherits_new = |new: Value| {
            let owner = new.downcast::<NewMethod>().map(|new| new.owner);
            owner.is_some_and(|owner| std::ptr::eq(owner, &types::OBJECT))
        };
        let plain = self.builtin().is_none()
            && self.special_meta().is_none()
            && std::ptr::eq(self.solid(), &types::OBJECT)
            && self.abstract_names().is_empty()
            && self.lookup("__new__").is_some_and(inherits_new);
        match plain.then(|| self.lookup("__init__"))?? {
            Value::Function(init) => {
                self.remember_init(init.address());
                Some(init)
            }
            _ => None,
        }
    }

    /// `owner.__new__(class, *args, **kwargs)` for a builtin type the class derives from (or is).
    pub(super) fn make(&self, owner: &'static BuiltinType, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        if let Some(builtin) = self.builtin() {
            if std::ptr::eq(builtin, &types::OBJECT) && !(args.is_empty() && kwargs.is_empty()) {
                return Err(exc::type_error("object() takes no arguments"));
            }
            return builtin.call(args, kwargs);
        }
        let solid = self.solid();
        if solid.derives_from(&types::TYPE) {
            return super::metaclass::type_new(self, args, kwargs);
        }
        self.check_concrete()?;
        if solid.derives_from(&BASE_EXCEPTION) {
            return Ok(Exc::of_class(self.clone(), solid, Tuple::from_slice(args)).value());
        }
        if !owner.derives_from(solid) {
            let (owner, solid) = (owner.name, solid.name);
            let name = self.name();
            return Err(exc::type_error(&format!(
                "{owner}.__new__({name}) is not safe, use {solid}.__new__()"
            )));
        }
        if std::ptr::eq(solid, &types::OBJECT) {
            self.check_no_excess(args, kwargs)?;
            return Ok(Value::Instance(Instance::new(self.clone(), None)));
        }
        // Types that fill themselves in `__init__` start empty.
        let two_phases = solid
            .find_method("__init__")
            .is_some_and(|init| !is_objects(init.name, solid));
        let payload = if two_phases {
            (solid.new)(&[], &[])?
        } else {
            (solid.new)(args, kwargs)?
        };
        Ok(Value::Instance(Instance::new(self.clone(), Some(payload))))
    }

    /// `object` takes no arguments of its own; they may be meant for `__init__` or `__new__`.
    fn check_no_excess(&self, args: &[Value], kwargs: Kwargs) -> Result<()> {
        if args.is_empty() && kwargs.is_empty() {
            return Ok(());
        }
        if self
            .lookup("__new__")
            .is_some_and(|new| new.downcast::<NewMethod>().is_none())
        {
            return Err(exc::type_error(
                "object.__new__() takes exactly one argument (the type to instantiate)",
            ));
        }
        if self
            .lookup("__init__")
            .is_some_and(|init| descriptor::is_of(&init, &types::OBJECT))
        {
            return Err(exc::type_error(&format!("{}() takes no arguments", self.name())));
        }
        Ok(())
    }
}

fn check_answer(answer: Value) -> Result<()> {
    match answer {
        Value::None => Ok(()),
        other => Err(exc::type_error(&format!(
            "__init__() should return None, not '{}'",
            other.type_name()
        ))),
    }
}

/// True when the method a builtin type has under this name is `object`'s.
fn is_objects(name: &str, builtin: &'static BuiltinType) -> bool {
    let of = |kind: &'static BuiltinType| kind.find_method(name).map(std::ptr::from_ref);
    of(builtin) == of(&types::OBJECT)
}
