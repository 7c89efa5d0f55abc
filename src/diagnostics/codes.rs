//! Every code a diagnostic can carry. A code never changes its meaning; a dropped one is not given again.

/// A rule that pivot reports on.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Such as `PV001`.
    pub id: &'static str,
    /// A few words for lists.
    pub title: &'static str,
    /// What it means and what to do, for the documentation.
    pub explanation: &'static str,
}

macro_rules! codes {
    ($($name:ident = $id:literal, $title:literal, $explanation:literal;)*) => {
        $(pub static $name: Code = Code { id: $id, title: $title, explanation: $explanation };)*

        /// All codes, in the order of their numbers.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

// PV0xx: the file itself. PV1xx: constructs that cannot be translated exactly. One row each.
codes! {
    SYNTAX_ERROR = "PV001", "not valid Python",
        "CPython 3.11 would refuse to compile this file. The message is CPython's own where possible.";
    UNREADABLE_TEXT = "PV002", "text cannot be decoded",
        "The file's bytes are no text in the encoding that it declares (UTF-8 where it declares none).";
    UNREADABLE_FILE = "PV003", "file cannot be read",
        "The operating system refused to read the file.";
    WORTH_MOVING = "PV010", "worth moving to Rust",
        "The function can be translated exactly, and its work is of a kind that Rust does faster.";
    UNKNOWN_NAME = "PV101", "name not available",
        "The name is bound nowhere in the module, or comes from a module that is neither Python source at hand nor part of the library that vessels carry.";
    UNKNOWN_MEMBER = "PV102", "member of a module not available",
        "The module is known, but it has no such member, or vessels do not carry it.";
    MODULE_VALUE = "PV103", "module used as a value",
        "A module of the program is passed around as an object. Vessels resolve modules when they are built.";
    STAR_IMPORT = "PV104", "star import",
        "What `from module import *` binds is known only when the module runs. Import the names that are used.";
    FRAME_ACCESS = "PV105", "access to the running interpreter",
        "`eval`, `exec`, `compile`, `globals`, `locals` and their kind need an interpreter; a vessel has none.";
    STARRED = "PV107", "expression in a place where it has no meaning",
        "CPython refuses this too, when it compiles or runs the file.";
    BARE_RAISE = "PV108", "`raise` outside a handler",
        "A bare `raise` is understood inside the `except` body whose exception it raises again.";
    EXCEPTION_GROUP = "PV109", "exception group",
        "`except*` and exception groups are not translated.";
    METACLASS = "PV112", "metaclass",
        "Only `abc.ABCMeta` is understood as a metaclass.";
    CALLS_PYTHON = "PV120", "calls a function that stays in Python",
        "The function calls another one that could not be translated; see the diagnostics of that one.";
    REFUSED_BY_RUSTC = "PV190", "a bug in pivot",
        "rustc did not accept the Rust that pivot made of the function. The rest of the file is evolved without it; please report it.";
}

/// The code with an id, such as `PV001`.
pub fn find(id: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_distinct_and_in_order() {
        assert!(ALL.windows(2).all(|pair| pair[0].id < pair[1].id));
    }

    #[test]
    fn a_code_is_found_by_its_id() {
        assert_eq!(find("PV001"), Some(&SYNTAX_ERROR));
        assert_eq!(find("PV999"), None);
    }
}
