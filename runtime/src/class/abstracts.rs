//! Abstract classes: `abc.ABC` and `abc.abstractmethod`.

use std::sync::OnceLock;

use super::{Class, types};
use crate::args;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, Method, NativeFn};
use crate::str::Str;
use crate::value::Value;

/// `abc.ABC`.
pub fn abc() -> Value {
    static ABC: OnceLock<Class> = OnceLock::new();
    let class = ABC.get_or_init(|| {
        let namespace = vec![(Str::from("__module__"), Value::str("abc"))];
        super::build::build_class(
            Str::from("ABC"),
            Str::from("ABC"),
            vec![types::OBJECT.class().clone()],
            namespace,
            ABC_META.class().clone(),
        )
        .expect("a class without slots or hooks can be built")
    });
    Value::Class(class.clone())
}

/// `abc.ABCMeta`.
pub static ABC_META: BuiltinType = BuiltinType::new("ABCMeta", "abc", |args, kwargs| {
    super::type_new(ABC_META.class(), args, kwargs)
})
.base(&types::TYPE)
.methods(&[Method {
    name: "register",
    effects: Effects::MUTATES_ARGS,
    call: register,
}]);

/// `class.register(subclass)`.
fn register(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [subclass] = args::exactly("register", args, kwargs)?;
    let (Value::Class(this), Value::Class(class)) = (this, subclass) else {
        return Err(exc::type_error("Can only register classes"));
    };
    if this.is_subclass(class) && !Class::same(this, class) {
        return Err(exc::runtime_error("Refusing to create an inheritance cycle"));
    }
    // SAFETY: pushing a handle runs no code of the program.
    unsafe { (*this.0.registered.get()).push(class.clone()) };
    Ok(subclass.clone())
}

impl Class {
    /// `issubclass(class, self)` as far as it is no matter of inheritance: `__subclasshook__`, then what was registered.
    ///
    /// # Errors
    /// What the hook raises.
    pub fn covers(&self, class: &Class) -> Result<bool> {
        if !self.is_abstract() {
            return Ok(false);
        }
        if let Some(hook) = self.lookup("__subclasshook__") {
            let bound = super::descriptor::bind(&hook, None, self)?.unwrap_or(hook);
            match ops::call(&bound, &[Value::Class(class.clone())])? {
                Value::NotImplemented => {}
                answer => return ops::truthy(&answer),
            }
        }
        // SAFETY: cloning handles runs no code of the program.
        let registered = unsafe { (*self.0.registered.get()).clone() };
        for known in registered.iter().chain(&self.subclasses()) {
            if class.is_subclass(known) || known.covers(class)? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// `abc.abstractmethod`.
pub static ABSTRACT_METHOD: NativeFn = NativeFn {
    name: "abstractmethod",
    effects: Effects::MUTATES_ARGS,
    call: |args, kwargs| {
        let [function] = args::exactly("abstractmethod", args, kwargs)?;
        if !matches!(function, Value::Object(_)) {
            ops::set_attr(function, "__isabstractmethod__", Value::Bool(true))?;
        }
        Ok(function.clone())
    },
};

/// True when `__isabstractmethod__` is set on the value.
pub fn is_marked(value: &Value) -> Result<bool> {
    match ops::get_attr_or_none(value, "__isabstractmethod__")? {
        Some(mark) => ops::truthy(&mark),
        None => Ok(false),
    }
}

/// The abstract methods of a class with this namespace over these bases, sorted.
pub(super) fn names(namespace: &Dict<Value, Value>, bases: &[Class], rest: &[Class]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for (name, value) in namespace.items() {
        if let Value::Str(name) = name
            && is_marked(&value)?
        {
            names.push(name.to_rust_string());
        }
    }
    for inherited in bases.iter().flat_map(|base| &base.0.abstract_names) {
        let current = namespace.find_text(inherited);
        let current = current.or_else(|| rest.iter().find_map(|class| class.namespace().find_text(inherited)));
        if let Some(current) = current
            && is_marked(&current)?
        {
            names.push(inherited.clone());
        }
    }
    names.sort();
    names.dedup();
    Ok(names)
}

impl Class {
    /// Names of abstract methods that stand in the way of instances, sorted.
    pub fn abstract_names(&self) -> &[String] {
        &self.0.abstract_names
    }

    /// Refuses to make an instance of an abstract class.
    pub(super) fn check_concrete(&self) -> Result<()> {
        let names = self.abstract_names();
        if names.is_empty() {
            return Ok(());
        }
        let plural = if names.len() > 1 { "s" } else { "" };
        Err(exc::type_error(&format!(
            "Can't instantiate abstract class {} with abstract method{plural} {}",
            self.name(),
            names.join(", ")
        )))
    }
}
