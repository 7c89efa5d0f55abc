//! What the runtime offers by name: builtins and library modules. Its registry is the one list of them.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Modules that CPython also has under another name: its C parts, and those that stand for the platform.
const ALIASES: [(&str, &str); 10] = [
    ("_bisect", "bisect"),
    ("_collections", "collections"),
    ("_functools", "functools"),
    ("_heapq", "heapq"),
    ("_io", "io"),
    ("_operator", "operator"),
    ("_random", "random"),
    ("_struct", "struct"),
    ("posix", "os"),
    ("posixpath", "os.path"),
];

/// The name by which the runtime knows a module.
pub fn canonical(module: &str) -> &str {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == module);
    alias.map_or(module, |(_, known)| known)
}

/// Modules of the runtime that are whole, as far as vessels can have them: CPython's source adds nothing to them.
const WHOLE: [&str; 5] = ["builtins", "re", "sys", "time", "typing"];

/// CPython's own source may provide what the runtime's module lacks.
pub fn can_be_supplemented(module: &str) -> bool {
    !WHOLE.contains(&module)
}

/// What stands for a module that only other library modules ask for, and only to tell its values from others.
pub fn stand_in(module: &str) -> Option<&'static str> {
    (module == "decimal").then_some("decimal_absent")
}

pub fn has_builtin(name: &str) -> bool {
    pivot_runtime::builtins::get(name).is_some()
}

/// The builtin type has such a method or attribute.
pub fn has_method(of: &str, name: &str) -> bool {
    let of = pivot_runtime::builtins::get(of);
    of.is_some_and(|of| pivot_runtime::attr::get_attr(&of, name).is_ok())
}

pub fn has_module(name: &str) -> bool {
    pivot_runtime::registry::find_module(name).is_some()
}

/// Names of all modules that the runtime has.
pub fn module_names() -> impl Iterator<Item = &'static str> {
    pivot_runtime::registry::module_names()
}

/// The runtime's constant for a module of its own.
pub fn constant(module: &str) -> String {
    module.to_uppercase().replace('.', "_")
}

pub fn has_member(module: &str, name: &str) -> bool {
    pivot_runtime::registry::find_item(module, name).is_some()
}

/// Names that CPython binds without the module's doing, and that the runtime does not have.
const ELSEWHERE: [&str; 26] = [
    "EncodingWarning",
    "__annotations__",
    "__build_class__",
    "__builtins__",
    "__cached__",
    "__import__",
    "__loader__",
    "__package__",
    "__path__",
    "__spec__",
    "breakpoint",
    "compile",
    "copyright",
    "credits",
    "dir",
    "eval",
    "exec",
    "exit",
    "globals",
    "help",
    "input",
    "license",
    "locals",
    "memoryview",
    "quit",
    "vars",
];

/// CPython knows the name where the runtime may not.
pub fn is_known_elsewhere(name: &str) -> bool {
    ELSEWHERE.contains(&name)
}

/// Some builtin type has a method of this name that programs call by it.
pub fn is_builtin_method(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let of = |kind: &&str| pivot_runtime::registry::methods(kind);
        METHODICAL.iter().flat_map(of).collect()
    });
    !name.starts_with("__") && NAMES.contains(name)
}

/// Types whose methods ordinary code calls by name.
const METHODICAL: [&str; 15] = [
    "bytearray",
    "bytes",
    "complex",
    "defaultdict",
    "deque",
    "dict",
    "float",
    "frozenset",
    "generator",
    "int",
    "list",
    "property",
    "set",
    "str",
    "tuple",
];

/// The builtin of this name is a type.
pub fn is_type(name: &str) -> bool {
    pivot_runtime::registry::find_type(name).is_some()
}

/// Whether the runtime has a type that refuses to be a base of other classes.
pub fn is_sealed(name: &str) -> bool {
    pivot_runtime::registry::find_type(name).is_some_and(|builtin| !builtin.open)
}

/// The public names of a library module, as `from module import *` takes them.
pub fn public_names(module: &str) -> Vec<String> {
    let names = pivot_runtime::registry::module_attrs(module);
    names.filter(|n| !n.starts_with('_')).map(str::to_owned).collect()
}
