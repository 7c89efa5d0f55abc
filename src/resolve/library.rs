//! What the runtime offers by name: builtins and library modules. Its registry is the one list of them.

pub fn has_builtin(name: &str) -> bool {
    pivot_runtime::builtins::get(name).is_some()
}

pub fn has_module(name: &str) -> bool {
    pivot_runtime::registry::find_module(name).is_some()
}

pub fn has_member(module: &str, name: &str) -> bool {
    pivot_runtime::modules::attr(module, name).is_some()
}

/// A builtin class that user classes can inherit from.
pub fn can_be_base(name: &str) -> bool {
    name == "object" || pivot_runtime::exc::hierarchy::by_name(name).is_some()
}
