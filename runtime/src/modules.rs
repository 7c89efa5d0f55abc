//! Library modules by name.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::exc::Result;
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Item, ModuleDef};
use crate::str::Str;
use crate::types;
use crate::value::Value;

thread_local! {
    /// Values made on first use, so that `json.decoder` is one object.
    static MADE: RefCell<HashMap<(&'static str, &'static str), Value>> = RefCell::new(HashMap::new());
}

/// The modules that this program can reach. A vessel names them, so that its binary holds no others.
static LINKED: OnceLock<&'static [&'static ModuleDef]> = OnceLock::new();

/// What is reachable where nothing was linked: in this crate's tests, everything.
#[cfg(test)]
const UNLINKED: &[&ModuleDef] = crate::lib::MODULES;
#[cfg(not(test))]
const UNLINKED: &[&ModuleDef] = &[];

/// Makes the modules reachable by name; the first call of a process decides.
pub fn link(modules: &'static [&'static ModuleDef]) {
    let _ = LINKED.set(modules);
}

fn linked(name: &str) -> Option<&'static ModuleDef> {
    let modules = LINKED.get().copied().unwrap_or(UNLINKED);
    modules.iter().copied().find(|module| module.name == name)
}

/// What `module.name` is; None when the program has no such module, or it no such name.
pub fn attr(module: &str, name: &str) -> Option<Value> {
    member(linked(module)?, name)
}

/// What the module holds under a name.
pub fn member(module: &'static ModuleDef, name: &str) -> Option<Value> {
    let (known, item) = module.items.iter().find(|(known, _)| *known == name)?;
    Some(value_of(module.name, known, item))
}

fn value_of(module: &'static str, name: &'static str, item: &'static Item) -> Value {
    match item {
        Item::Function(function) => Value::Builtin(function),
        Item::Type(builtin) => Value::Class(builtin.class().clone()),
        Item::Value(make) => {
            if let Some(made) = MADE.with_borrow(|made| made.get(&(module, name)).cloned()) {
                return made;
            }
            let value = make();
            MADE.with_borrow_mut(|made| made.insert((module, name), value.clone()));
            value
        }
    }
}

/// A library module as a Python object.
pub struct Module {
    definition: &'static ModuleDef,
}

impl Module {
    /// `__name__`.
    pub fn name(&self) -> &'static str {
        self.definition.name
    }
}

/// The module of this name as a value: what `import name` binds.
pub fn get(name: &str) -> Option<Value> {
    let definition = linked(name)?;
    Some(Value::object(Module { definition }))
}

impl Native for Module {
    fn native_type(&self) -> &'static BuiltinType {
        &types::MODULE
    }

    fn repr(&self, _: &Object) -> Result<Str> {
        Ok(Str::from(format!("<module '{}' (built-in)>", self.name())))
    }

    /// `sys.stdout` can be redirected; other attributes are as they are.
    fn set_attr(&self, name: &str, value: Value) -> Result<bool> {
        if self.name() != "sys" || name != "stdout" {
            return Ok(false);
        }
        let own = attr("sys", "stdout").is_some_and(|own| crate::ops::is(&own, &value));
        crate::io::stdout::replace((!own).then_some(value));
        Ok(true)
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        if name == "__name__" {
            return Ok(Some(Value::str(self.name())));
        }
        if let ("sys", "stdout") = (self.name(), name)
            && let Some(replaced) = crate::io::stdout::replacement()
        {
            return Ok(Some(replaced));
        }
        Ok(attr(self.name(), name).or_else(|| get(&format!("{}.{name}", self.name()))))
    }
}
