//! Tables of everything a program can name: builtin functions, types with their methods, modules.
//!
//! A row says what there is, what it touches and which function runs it. Generated code looks rows up by name, the
//! compiler reads the same rows to know what exists.

use std::collections::HashMap;
use std::sync::OnceLock;

use foldhash::fast::FixedState;

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
    /// A second base, whose line begins where the first one's own names end.
    pub mixed_in: Option<&'static BuiltinType>,
    /// `type(...)`: makes an instance, or raises.
    pub new: fn(&[Value], Kwargs) -> Result<Value>,
    pub methods: &'static [Method],
    /// Shared tables of dunder methods, see `methods::protocol`.
    pub protocols: &'static [&'static [Method]],
    /// Class and static methods; the receiver is the class.
    pub class_methods: &'static [Method],
    pub fields: &'static [Field],
    /// Further attributes of the class.
    pub attributes: &'static [(&'static str, fn() -> Value)],
    /// Decides `isinstance(value, type)` for types that are not a matter of inheritance.
    pub instance_check: Option<fn(&Value) -> Result<bool>>,
    /// Decides `issubclass(class, type)` beside inheritance.
    pub subclass_check: Option<fn(&Class) -> bool>,
    /// False for types a program cannot derive from.
    pub open: bool,
    /// True for types that CPython writes in C: messages show their names with the module.
    in_c: bool,
    /// False for types whose instances no program can make.
    callable: bool,
    pub doc: Option<&'static str>,
    class: OnceLock<Class>,
    index: OnceLock<HashMap<&'static str, &'static Method, FixedState>>,
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
            mixed_in: None,
            new,
            methods: &[],
            protocols: &[],
            class_methods: &[],
            fields: &[],
            attributes: &[],
            instance_check: None,
            subclass_check: None,
            open: true,
            in_c: false,
            callable: true,
            doc: None,
            class: OnceLock::new(),
            index: OnceLock::new(),
        }
    }

    /// A type that programs meet only as the type of values: calling it raises.
    pub const fn closed(name: &'static str, module: &'static str) -> BuiltinType {
        let mut this = BuiltinType::new(name, module, |_, _| {
            Err(crate::exc::type_error("cannot create instances"))
        });
        this.open = false;
        this.callable = false;
        this
    }

    pub const fn base(mut self, base: &'static BuiltinType) -> BuiltinType {
        self.base = Some(base);
        self
    }

    pub const fn mixed_in(mut self, base: &'static BuiltinType) -> BuiltinType {
        self.mixed_in = Some(base);
        self
    }

    pub const fn methods(mut self, methods: &'static [Method]) -> BuiltinType {
        self.methods = methods;
        self
    }

    pub const fn protocols(mut self, protocols: &'static [&'static [Method]]) -> BuiltinType {
        self.protocols = protocols;
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

    pub const fn attributes(mut self, attributes: &'static [(&'static str, fn() -> Value)]) -> BuiltinType {
        self.attributes = attributes;
        self
    }

    pub const fn instance_check(mut self, check: fn(&Value) -> Result<bool>) -> BuiltinType {
        self.instance_check = Some(check);
        self
    }

    pub const fn subclass_check(mut self, check: fn(&Class) -> bool) -> BuiltinType {
        self.subclass_check = Some(check);
        self
    }

    /// A type no class of the program may derive from.
    pub const fn sealed(mut self) -> BuiltinType {
        self.open = false;
        self
    }

    /// A type that CPython writes in C.
    pub const fn in_c(mut self) -> BuiltinType {
        self.in_c = true;
        self
    }

    /// The name as messages about values of the type show it.
    pub fn message_name(&self) -> String {
        if self.in_c {
            self.dotted_name()
        } else {
            self.name.to_owned()
        }
    }

    /// The name as `repr` shows it: with the module, unless that is `builtins`.
    pub fn dotted_name(&self) -> String {
        match self.module {
            "builtins" => self.name.to_owned(),
            module => format!("{module}.{}", self.name),
        }
    }

    /// `type(*args, **kwargs)`.
    ///
    /// # Errors
    /// TypeError for a type whose instances no program can make; what the type raises.
    #[inline]
    pub fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        if !self.callable {
            let name = self.dotted_name();
            return Err(crate::exc::type_error(&format!("cannot create '{name}' instances")));
        }
        (self.new)(args, kwargs)
    }

    /// The type as a Python object.
    pub fn class(&'static self) -> &'static Class {
        self.class.get_or_init(|| Class::of_builtin(self))
    }

    /// True when this is `other` or rests on it.
    pub fn derives_from(&'static self, other: &'static BuiltinType) -> bool {
        self.line().any(|ancestor| std::ptr::eq(ancestor, other))
    }

    /// The type and its bases; `object` closes the line, named or not.
    pub fn line(&'static self) -> impl Iterator<Item = &'static BuiltinType> {
        let object = &crate::types::OBJECT;
        let deopt = &crate::exc::hierarchy::DEOPT;
        let mixed = move |of| {
            self.mixed_in
                .filter(|_| self.base.is_some_and(|base| std::ptr::eq(base, of)))
        };
        std::iter::successors(Some(self), move |&of| match mixed(of).or(of.base) {
            None if !std::ptr::eq(of, object) && !std::ptr::eq(of, deopt) => Some(object),
            base => base,
        })
    }

    /// The rows of the type's own methods.
    pub fn own_methods(&self) -> impl Iterator<Item = &'static Method> {
        self.methods.iter().chain(self.protocols.iter().copied().flatten())
    }

    /// The method of this name, own or inherited.
    #[inline]
    pub fn find_method(&'static self, name: &str) -> Option<&'static Method> {
        self.index.get_or_init(|| self.build_index()).get(name).copied()
    }

    fn build_index(&'static self) -> HashMap<&'static str, &'static Method, FixedState> {
        let mut index = HashMap::default();
        for ancestor in self.line() {
            for method in ancestor.own_methods() {
                index.entry(method.name).or_insert(method);
            }
        }
        index
    }

    /// The field of this name, own or inherited.
    pub fn find_field(&'static self, name: &str) -> Option<&'static Field> {
        self.line()
            .find_map(|ancestor| ancestor.fields.iter().find(|field| field.name == name))
    }
}

/// What a module holds under a name.
#[derive(Clone, Copy)]
pub enum Item {
    Function(&'static NativeFn),
    Type(&'static BuiltinType),
    /// Made on first use, then kept.
    Value(fn() -> Value),
}

/// A library module.
pub struct ModuleDef {
    pub name: &'static str,
    pub items: &'static [Member],
}

/// Something that a module holds, with its name.
pub type Member = (&'static str, Item);

impl ModuleDef {
    /// A copy of what the module holds under a name. It is made while a vessel is compiled, and refers to nothing else of
    /// the module: the rest is not linked.
    ///
    /// # Panics
    /// There is no such name.
    pub const fn member(&'static self, name: &str) -> Member {
        let mut at = 0;
        while at < self.items.len() {
            let (known, item) = self.items[at];
            if is_same(known.as_bytes(), name.as_bytes()) {
                return (known, item);
            }
            at += 1;
        }
        panic!("the module has no such name")
    }
}

/// `a == b`, which a constant cannot say of slices.
const fn is_same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

/// The library module of this name.
pub fn find_module(name: &str) -> Option<&'static ModuleDef> {
    crate::lib::MODULES.iter().copied().find(|module| module.name == name)
}

/// What a module holds under a name, with both names.
pub fn find_item(module: &str, name: &str) -> Option<(&'static str, &'static str, &'static Item)> {
    let module = find_module(module)?;
    module
        .items
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(known, item)| (module.name, *known, item))
}

/// Names of all library modules.
pub fn module_names() -> impl Iterator<Item = &'static str> {
    crate::lib::MODULES.iter().map(|module| module.name)
}

/// Names of what a module holds; nothing for an unknown module.
pub fn module_attrs(module: &str) -> impl Iterator<Item = &'static str> {
    find_module(module)
        .into_iter()
        .flat_map(|module| module.items.iter().map(|(name, _)| *name))
}

/// Names of all builtin functions, types and exceptions.
pub fn builtin_names() -> impl Iterator<Item = &'static str> {
    crate::builtins::names()
}

/// The builtin type of this name: one of `builtins`, or `module.name` of a library module.
pub fn find_type(name: &str) -> Option<&'static BuiltinType> {
    match name.rsplit_once('.') {
        Some((module, name)) => match find_item(module, name)?.2 {
            Item::Type(builtin) => Some(builtin),
            _ => None,
        },
        None => crate::builtins::find_type(name),
    }
}

/// Names of the methods of a builtin type, inherited ones included.
pub fn methods(type_name: &str) -> Vec<&'static str> {
    let Some(builtin) = find_type(type_name) else {
        return Vec::new();
    };
    let rows = builtin
        .line()
        .flat_map(|ancestor| ancestor.own_methods().chain(ancestor.class_methods));
    let mut names: Vec<&str> = rows.map(|row| row.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What calling a name may touch: a builtin (`len`), a module's function (`json.loads`), a method (`list.append`).
/// None when there is no such name, or when it is no function.
pub fn effects(name: &str) -> Option<Effects> {
    if let Some(function) = crate::builtins::find_function(name) {
        return Some(function.effects);
    }
    let (owner, attribute) = name.rsplit_once('.')?;
    if let Some((_, _, item)) = find_item(owner, attribute) {
        return match item {
            Item::Function(function) => Some(function.effects),
            _ => None,
        };
    }
    let builtin = find_type(owner)?;
    if let Some(method) = builtin.find_method(attribute) {
        return Some(method.effects);
    }
    builtin
        .class_methods
        .iter()
        .find(|row| row.name == attribute)
        .map(|row| row.effects)
}
