//! The Rust types of a program's own records and classes.

use super::convert::TypeNames;
use super::names::Namer;
use super::program::ProgramNames;
use super::rust::string_literal;
use crate::ir::{Class, ClassId, Expr, ExprKind, FuncId, Program, Ty};
use crate::passes::analyses::fixed::fixed_attributes;
use std::collections::HashSet;
use std::fmt::Write;

/// Type names that generated code uses for other things.
const TAKEN: [&str; 24] = [
    "Bytes",
    "Cell",
    "Cross",
    "Crossing",
    "Dict",
    "Elem",
    "Err",
    "Exc",
    "Flow",
    "Function",
    "Global",
    "List",
    "Made",
    "Named",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Set",
    "Signature",
    "Some",
    "Str",
    "StrBuf",
];

/// A name for each record and each class with a layout.
pub fn names(program: &Program) -> TypeNames {
    let mut namer = Namer::reserving(&TAKEN);
    namer.take("Value");
    namer.take("Vec");
    let mut names = TypeNames {
        fixed: fixed_attributes(program),
        partial: partial_attributes(program),
        ..TypeNames::default()
    };
    for (at, class) in program.classes.iter().enumerate() {
        if class.layout.is_some() {
            let name = namer.take(&camel(&class.name));
            names.classes.insert(ClassId(at as u32), name);
        }
    }
    for (id, fields) in &program.records {
        let words: String = fields.iter().take(3).map(|(key, _)| camel(key)).collect();
        let name = namer.take(&format!("{words}Record"));
        names.records.insert(*id, name);
    }
    names
}

/// Attributes that some instance of a class with a layout is made without.
fn partial_attributes(program: &Program) -> HashSet<(ClassId, String)> {
    let mut partial = HashSet::new();
    let mut see = |e: &Expr| {
        let ExprKind::New { class, fields } = &e.kind else {
            return;
        };
        let layout = program.class(*class).layout.iter().flatten();
        let missing = layout.filter(|(name, _)| !fields.iter().any(|(field, _)| field == name));
        partial.extend(missing.map(|(name, _)| (*class, name.clone())));
    };
    for function in &program.functions {
        function.body.iter().for_each(|stmt| stmt.walk_exprs(&mut see));
    }
    partial
}

/// `unit_price` as `UnitPrice`; what no Rust name can hold is left out.
fn camel(name: &str) -> String {
    let mut out = String::new();
    let mut start = true;
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() {
            start = true;
        } else if start {
            out.push(c.to_ascii_uppercase());
            start = false;
        } else {
            out.push(c);
        }
    }
    if out.is_empty() || out.starts_with(|c: char| c.is_ascii_digit()) {
        out.insert(0, 'T');
    }
    out
}

/// The field names of a record or class: the keys, as Rust may write them.
pub fn field_names(fields: &[(String, Ty)]) -> Vec<String> {
    let mut namer = Namer::reserving(&["self", "new", "same"]);
    let plain = |key: &str| {
        let kept: String = key
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '_'
                }
            })
            .collect();
        match kept.chars().next() {
            Some(c) if !c.is_ascii_digit() && kept.chars().any(|c| c != '_') => kept,
            _ => format!("field_{kept}"),
        }
    };
    fields.iter().map(|(key, _)| namer.take(&plain(key))).collect()
}

/// By which attributes the instances of a class compare and hash.
fn comparison(class: &Class, layout: &[(String, Ty)], fields: &[String]) -> String {
    let Some(compared) = &class.compared else {
        return String::new();
    };
    let listed = |names: &[String]| {
        let field = |name: &String| {
            layout
                .iter()
                .position(|(key, _)| key == name)
                .map(|at| fields[at].as_str())
        };
        names.iter().filter_map(field).collect::<Vec<_>>().join(", ")
    };
    let mut out = format!(" compared by ({})", listed(&compared.by));
    if let Some((as_tuple, names)) = &compared.hashed {
        let kind = if *as_tuple { "tuple" } else { "one" };
        let _ = write!(out, " hashed as {kind} ({})", listed(names));
    }
    out
}

/// The definitions of all of them.
pub fn definitions(program: &Program, program_names: &ProgramNames) -> String {
    let names = &program_names.types;
    let mut out = String::new();
    for (id, fields) in &program.records {
        let name = &names.records[id];
        let _ = writeln!(out, "\npivot_runtime::record! {{\n    pub struct {name} {{");
        for ((key, ty), field) in fields.iter().zip(field_names(fields)) {
            let _ = writeln!(
                out,
                "        {}: {field}: {},",
                string_literal(key),
                names.rust_type(ty)
            );
        }
        out.push_str("    }\n}\n");
    }
    for (at, class) in program.classes.iter().enumerate() {
        let Some(layout) = &class.layout else { continue };
        let id = ClassId(at as u32);
        let name = &names.classes[&id];
        let fields = field_names(layout);
        let called = |what: &str, id: Option<FuncId>| {
            id.map_or(String::new(), |id| {
                format!(", {what} by {}", program_names.function(id))
            })
        };
        let ordered = called("ordered", class.ordered);
        let texts = called("repr", class.texts.repr) + &called("str", class.texts.str);
        let _ = writeln!(
            out,
            "\npivot_runtime::object! {{\n    /// Instances of `{}`.\n    pub struct {name} of {name}Attributes{}{ordered}{texts} {{",
            class.qualname,
            comparison(class, layout, &fields),
        );
        for ((key, ty), field) in layout.iter().zip(&fields) {
            let how = if names.is_borrowed(id, key, ty) {
                "fixed".to_owned()
            } else {
                format!("set_{field}")
            };
            let _ = writeln!(out, "        {field} {how}: {},", names.held_type(id, key, ty));
        }
        out.push_str("    }\n}\n");
    }
    out
}
