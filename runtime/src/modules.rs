//! Library modules by name.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use crate::exc::Result;
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Item, Member, ModuleDef};
use crate::str::Str;
use crate::types;
use crate::value::Value;

thread_local! {
    /// Values made on first use, so that `json.decoder` is one object.
    static MADE: RefCell<HashMap<(&'static str, &'static str), Value>> = RefCell::new(HashMap::new());
}

/// What a program can reach of a library module.
pub enum Linked {
    /// All of it: the module is a value of the program's.
    Whole(&'static ModuleDef),
    /// What the program names.
    Part {
        module: &'static str,
        members: &'static [Member],
    },
}

/// What this program can reach. A vessel names it, so that its binary holds nothing else.
static LINKED: OnceLock<&'static [Linked]> = OnceLock::new();

/// Makes the modules reachable by name; the first call of a process decides.
pub fn link(modules: &'static [Linked]) {
    let _ = LINKED.set(modules);
}

/// The whole module of this name.
fn whole(name: &str) -> Option<&'static ModuleDef> {
    let linked = LINKED.get().copied().unwrap_or_default().iter();
    let mut modules = linked.filter_map(|linked| match linked {
        Linked::Whole(module) => Some(*module),
        Linked::Part { .. } => None,
    });
    modules.find(|module| module.name == name).or_else(|| unlinked(name))
}

/// What is reachable where nothing was linked: in this crate's tests, everything.
#[cfg(test)]
fn unlinked(name: &str) -> Option<&'static ModuleDef> {
    crate::registry::find_module(name)
}

#[cfg(not(test))]
fn unlinked(_: &str) -> Option<&'static ModuleDef> {
    None
}

/// What `module.name` is; None when the program cannot reach it.
pub fn attr(module: &str, name: &str) -> Option<Value> {
    let linked = LINKED.get().copied().unwrap_or_default().iter();
    let mut parts = linked.filter_map(|linked| match linked {
        Linked::Part { module: known, members } if *known == module => Some((*known, *members)),
        _ => None,
    });
    if let Some((module, members)) = parts.next() {
        let (known, item) = members.iter().find(|(known, _)| *known == name)?;
        return Some(value_of(module, known, item));
    }
    member(whole(module)?, name)
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
    let definition = whole(name)?;
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
