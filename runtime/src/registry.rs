//! Tables of everything a program can name: builtin functions, types with their methods, modules.
//!
//! A row says what there is, what it touches and which function runs it. Generated code looks rows up by name, the
//! compiler reads the same rows to know what exists.

use std::sync::OnceLock;

use crate::class::Class;
use crate::exc::Result;
use crate::str::Str;
use crate::value::Value;

/// Keyword arguments of a call, in call order.
pub type Kwargs<'a> = &'a [(Str, Value)];

/// What a call may touch beyond computing its result: a set of flags.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Effects(u16);

impl Effects {
    /// Nothing at all: the result depends on the immediate arguments only.
    pub const PURE: Effects = Effects(0);
    /// Reads what mutable arguments hold.
    pub const READS_ARGS: Effects = Effects(1);
    pub const MUTATES_ARGS: Effects = Effects(1 << 1);
    pub const READS_FILES: Effects = Effects(1 << 2);
    pub const WRITES_FILES: Effects = Effects(1 << 3);
    pub const STDOUT: Effects = Effects(1 << 4);
    pub const STDIN: Effects = Effects(1 << 5);
    pub const CLOCK: Effects = Effects(1 << 6);
    pub const RANDOM: Effects = Effects(1 << 7);
    /// Runs code of the program: callbacks, dunder methods of arguments.
    pub const CALLS_BACK: Effects = Effects(1 << 8);

    pub const fn union(self, other: Effects) -> Effects {
        Effects(self.0 | other.0)
    }

    pub const fn contains(self, other: Effects) -> bool {
        self.0 & other.0 == other.0
    }

    pub const fn is_pure(self) -> bool {
        self.0 == 0
    }
}

/// A builtin function.
pub struct NativeFn {
    pub name: &'static str,
    pub effects: Effects,
    pub call: fn(&[Value], Kwargs) -> Result<Value>,
}

/// A method of a builtin type; the receiver comes first and is of that type.
pub struct Method {
    pub name: &'static str,
    pub effects: Effects,
    pub call: fn(&Value, &[Value], Kwargs) -> Result<Value>,
}

/// A field of a builtin type: `get` reads it, `set` is None where it is read-only.
pub struct Field {
    pub name: &'static str,
    pub get: fn(&Value) -> Result<Value>,
    pub set: Option<fn(&Value, Value) -> Result<()>>,
}

/// A builtin type: everything but its instances.
pub struct BuiltinType {
    pub name: &'static str,
    pub module: &'static str,
    pub base: Option<&'static BuiltinType>,
    /// `type(...)`: makes an instance, or raises.
    pub new: fn(&[Value], Kwargs) -> Result<Value>,
    pub methods: &'static [Method],
    /// Class and static methods; the receiver is the class.
    pub class_methods: &'static [Method],
    pub fields: &'static [Field],
    pub doc: Option<&'static str>,
    class: OnceLock<Class>,
}

impl BuiltinType {
    pub const fn new(
        name: &'static str,
        module: &'static str,
        new: fn(&[Value], Kwargs) -> Result<Value>,
    ) -> BuiltinType {
        BuiltinType {
            name,
            module,
            base: None,
            new,
            methods: &[],
            class_methods: &[],
            fields: &[],
            doc: None,
            class: OnceLock::new(),
        }
    }

    pub const fn base(mut self, base: &'static BuiltinType) -> BuiltinType {
        self.base = Some(base);
        self
    }

    pub const fn methods(mut self, methods: &'static [Method]) -> BuiltinType {
        self.methods = methods;
        self
    }

    pub const fn class_methods(mut self, methods: &'static [Method]) -> BuiltinType {
        self.class_methods = methods;
        self
    }

    pub const fn fields(mut self, fields: &'static [Field]) -> BuiltinType {
        self.fields = fields;
        self
    }

    /// The name as `repr` shows it: with the module, unless that is `builtins`.
    pub fn dotted_name(&self) -> String {
        match self.module {
            "builtins" => self.name.to_owned(),
            module => format!("{module}.{}", self.name),
        }
    }

    /// The type as a Python object.
    pub fn class(&'static self) -> &'static Class {
        self.class.get_or_init(|| Class::of_builtin(self))
    }
}

/// What a module holds under a name.
pub enum Item {
    Function(&'static NativeFn),
    Type(&'static BuiltinType),
    /// Made on first use, then kept.
    Value(fn() -> Value),
}

/// A library module.
pub struct ModuleDef {
    pub name: &'static str,
    pub items: &'static [(&'static str, Item)],
}
