//! Rust names for Python names: recognisable, valid, distinct.

use std::collections::HashSet;

/// Hands out names, each once.
#[derive(Clone, Debug, Default)]
pub struct Namer {
    taken: HashSet<String>,
}

impl Namer {
    /// A namer that never gives out the names listed.
    pub fn reserving(names: &[&str]) -> Namer {
        Namer {
            taken: names.iter().map(|n| (*n).to_owned()).collect(),
        }
    }

    /// Never gives out this name.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }

    /// The wished name, or the nearest free one.
    pub fn take(&mut self, wish: &str) -> String {
        let base = identifier(wish);
        let mut name = base.clone();
        let mut count = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{base}_{count}");
            count += 1;
        }
        name
    }
}

/// A valid Rust identifier made of the text.
fn identifier(text: &str) -> String {
    let mut name: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' })
        .collect();
    if text.is_empty() {
        name = "value".to_owned();
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.chars().all(|c| c == '_') {
        name = format!("v{name}");
    }
    if is_keyword(&name) { format!("{name}_") } else { name }
}

/// Words that Rust (edition 2024) keeps for itself.
fn is_keyword(name: &str) -> bool {
    matches!(
        name,
        "as" | "break"
            | "const"
            | "continue"
            | "crate"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "pub"
            | "ref"
            | "return"
            | "self"
            | "Self"
            | "static"
            | "struct"
            | "super"
            | "trait"
            | "true"
            | "type"
            | "unsafe"
            | "use"
            | "where"
            | "while"
            | "async"
            | "await"
            | "abstract"
            | "become"
            | "box"
            | "do"
            | "final"
            | "macro"
            | "override"
            | "priv"
            | "try"
            | "typeof"
            | "unsized"
            | "virtual"
            | "yield"
    )
}

/// `outer.<locals>.Inner.method` as one lower-case name.
pub fn function_name(qualname: &str) -> String {
    let plain = qualname
        .replace("<locals>.", "")
        .replace("<lambda>", "lambda")
        .replace(['<', '>'], "");
    let parts: Vec<String> = plain.split('.').map(snake).collect();
    parts.join("_")
}

/// `CamelCase` to `camel_case`; other names stay as they are.
fn snake(name: &str) -> String {
    if name.chars().all(|c| !c.is_ascii_uppercase()) || name.contains('_') {
        return name.to_lowercase();
    }
    let mut out = String::new();
    let mut previous_lower = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && previous_lower {
            out.push('_');
        }
        previous_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// The name of a static.
pub fn static_name(name: &str) -> String {
    function_name(name).to_uppercase()
}
