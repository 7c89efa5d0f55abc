//! The Rust files of a vessel.

use super::native::NativeForm;
use super::{Emitted, Request, report};
use crate::emit::program::ProgramNames;
use crate::emit::{Entries, Gate, World, WorldFile, bound_entry, emit_world, string_literal};
use crate::ir::{FuncId, Function, GlobalId, Program};
use crate::lower::Lowered;
use crate::resolve::library;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::iter;

/// What the files are made of.
pub struct Parts<'a> {
    pub request: &'a Request<'a>,
    pub lowered: &'a Lowered,
    pub native: Option<&'a NativeForm>,
    pub entries: &'a [FuncId],
    /// Names bound to functions by more than a plain `def`.
    pub bound: &'a [(GlobalId, String)],
    pub script: Option<FuncId>,
}

/// Native functions are entered through gates.
const NO_ENTRIES: Entries<'static> = Entries {
    functions: &[],
    bound: &[],
};

/// Path under `src/` and text of each file; and the functions in them.
pub fn write(parts: &Parts<'_>, included: &dyn Fn(FuncId) -> bool) -> (Vec<(String, String)>, Vec<Emitted>) {
    let source_name = source_name(parts.request);
    let describe = |f: &Function| describe(parts, &source_name, f);
    let generic = emit_world(
        &parts.lowered.program,
        World::Generic,
        included,
        Entries {
            functions: parts.entries,
            bound: parts.bound,
        },
        &[],
        &describe,
    );
    let native = parts
        .native
        .filter(|n| n.main.is_some() || !n.gates.is_empty())
        .map(|form| {
            let gates: Vec<Gate> = (parts.entries.iter())
                .filter_map(|id| form.gates.get(id))
                .flatten()
                .map(|id| Gate {
                    form: *id,
                    reading: super::crossing::only_reads(&form.native.program, *id),
                })
                .collect();
            (
                form,
                emit_world(
                    &form.native.program,
                    World::Native,
                    &|id| form.reached.contains(&id),
                    NO_ENTRIES,
                    &gates,
                    &describe,
                ),
            )
        });
    let lib = library(
        parts,
        &source_name,
        &generic.names,
        native.as_ref().map(|(form, file)| (*form, file)),
    );
    let header = format!("//! `{source_name}` with every value carried with its type: takes any arguments at all.\n\n");
    let mut files = vec![
        ("lib.rs".to_owned(), lib),
        (World::Generic.file().to_owned(), header + &generic.text),
    ];
    let mut named = emitted(World::Generic, &parts.lowered.program, &generic.names, included);
    if let Some((form, file)) = native {
        let header = format!("//! `{source_name}` with types known: where the arguments fit.\n\n");
        files.push((World::Native.file().to_owned(), header + &file.text));
        let included = |id: FuncId| form.reached.contains(&id);
        named.extend(emitted(World::Native, &form.native.program, &file.names, &included));
    }
    (files, named)
}

fn emitted(world: World, program: &Program, names: &ProgramNames, included: &dyn Fn(FuncId) -> bool) -> Vec<Emitted> {
    let is_init = |id: FuncId| program.modules.iter().any(|m| m.init == id);
    let of = |id: FuncId| {
        Some(program.function(id))
            .filter(|f| f.module.0 == 0)
            .map(report::outward_name)
    };
    let ids = (program.functions.iter().map(|f| f.id)).filter(|id| included(*id) && !is_init(*id));
    ids.map(|id| Emitted {
        world,
        id,
        name: names.function(id).to_owned(),
        of: of(id),
    })
    .collect()
}

fn describe(parts: &Parts<'_>, source_name: &str, f: &Function) -> String {
    if f.module.0 == 0 {
        report::describe(parts.request.file, source_name, f)
    } else {
        String::new()
    }
}

fn source_name(request: &Request<'_>) -> String {
    request
        .file
        .path()
        .file_name()
        .map_or_else(|| request.name.to_owned(), |n| n.to_string_lossy().into_owned())
}

fn library(
    parts: &Parts<'_>,
    source_name: &str,
    names: &ProgramNames,
    native: Option<(&NativeForm, &WorldFile)>,
) -> String {
    let mut out = format!("//! `{source_name}` as Rust: its functions, and the table by which they are called.\n\n");
    out.push_str("pub mod generic;\n");
    if native.is_some() {
        out.push_str("pub mod native;\n");
    }
    out.push_str("\nuse pivot_runtime::prelude::*;\nuse pivot_runtime::vessel::{Entry, Vessel};\n");
    let modules = linked(names, native.map(|(_, file)| &file.names));
    if !modules.is_empty() {
        out.push_str("use pivot_runtime::lib as library;\nuse pivot_runtime::modules::Linked;\n");
    }
    out.push('\n');
    let init = names.function(parts.lowered.program.modules[0].init);
    let native_init = native.map(|(form, file)| file.names.function(form.native.program.modules[0].init).to_owned());
    let mut rows = String::new();
    let mut functions = String::new();
    for (id, name) in report::offered(parts.lowered, parts.entries) {
        let ident = names.function(id);
        let gates: Vec<String> = native
            .and_then(|(form, file)| {
                Some(
                    form.gates
                        .get(&id)?
                        .iter()
                        .map(|g| format!("native::{}_gate", file.names.function(*g)))
                        .collect(),
                )
            })
            .unwrap_or_default();
        let call = if gates.is_empty() {
            format!("generic::{ident}_entry")
        } else {
            functions.push_str(&choice(&name, ident, &gates));
            ident.to_owned()
        };
        let _ = write!(
            rows,
            "\n        Entry {{ name: {}, call: {call}, generic: generic::{ident}_entry }},",
            string_literal(&name),
        );
    }
    for (_, name) in parts.bound {
        let (shown, entry) = (string_literal(name), bound_entry(name));
        let _ = write!(
            rows,
            "\n        Entry {{ name: {shown}, call: generic::{entry}, generic: generic::{entry} }},"
        );
    }
    let init_call = match (&native_init, native.is_some_and(|(form, _)| !form.gates.is_empty())) {
        (Some(native_init), true) => {
            let _ = write!(
                functions,
                "\n/// Runs the module's statements, for both forms of its functions.\nfn init() -> Result<Value> {{\n    \
                 native::{native_init}()?;\n    generic::{init}()\n}}\n\n/// Forgets what they did.\nfn reset() {{\n    \
                 native::reset();\n    generic::reset();\n}}\n"
            );
            ("init".to_owned(), "reset".to_owned())
        }
        _ => (format!("generic::{init}"), "generic::reset".to_owned()),
    };
    let native_main = native.and_then(|(form, file)| Some(file.names.function(form.main?).to_owned()));
    let script = match (parts.script, native_main) {
        (Some(id), Some(native_main)) => {
            let generic_main = names.function(id);
            let _ = write!(
                functions,
                "\n/// The script: natively, and from its start in the generic form where native code gives up.\nfn script() -> \
                 Result<Value> {{\n    pivot_runtime::support::replay::run(|| native::{native_main}().map(drop), || \
                 generic::{generic_main}().map(drop))?;\n    Ok(Value::None)\n}}\n"
            );
            "Some(script)".to_owned()
        }
        (Some(id), None) => format!("Some(generic::{})", names.function(id)),
        (None, _) => "None".to_owned(),
    };
    let _ = write!(
        out,
        "/// Everything that can be called from outside.\npub static VESSEL: Vessel = Vessel {{\n    name: {},\n    source_name: \
         {},\n    modules: &[{}],\n    functions: &[{rows}\n    ],\n    init: {},\n    reset: {},\n    script: {script},\n    named: generic::named,\n}};\n{functions}",
        string_literal(parts.request.name),
        string_literal(source_name),
        modules,
        init_call.0,
        init_call.1,
    );
    out
}

/// What the code of either world names of the library: the binary holds nothing else. A module that is a value can be
/// asked for anything, and for the modules inside it.
fn linked(generic: &ProgramNames, native: Option<&ProgramNames>) -> String {
    let worlds = || iter::once(generic).chain(native);
    let values: BTreeSet<String> = worlds().flat_map(ProgramNames::library_modules).collect();
    let mut members: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, name) in worlds().flat_map(ProgramNames::library_members) {
        members.entry(module).or_default().insert(name);
    }
    let is_whole = |module: &str| {
        let mut outward = iter::successors(Some(module), |name| Some(name.rsplit_once('.')?.0));
        outward.any(|name| values.contains(name))
    };
    let mut modules: Vec<&str> = library::module_names().collect();
    modules.sort_unstable();
    let shown = modules.into_iter().filter_map(|module| match members.get(module) {
        _ if is_whole(module) => Some(format!("Linked::Whole(&library::{})", library::constant(module))),
        Some(members) => Some(part(module, members)),
        None => None,
    });
    shown.collect::<Vec<_>>().join(", ")
}

fn part(module: &str, members: &BTreeSet<String>) -> String {
    let constant = library::constant(module);
    let members = members
        .iter()
        .map(|name| format!("library::{constant}.member({})", string_literal(name)));
    let members = members.collect::<Vec<_>>().join(", ");
    let module = string_literal(module);
    format!("Linked::Part {{ module: {module}, members: &[{members}] }}")
}

/// A function that tries its native forms first.
fn choice(name: &str, ident: &str, gates: &[String]) -> String {
    let mut tries = String::new();
    for gate in gates {
        let _ = write!(
            tries,
            "    if let Some(outcome) = {gate}(&args) {{\n        return outcome;\n    }}\n"
        );
    }
    format!(
        "\n/// `{name}`: natively where the arguments fit, generically otherwise.\nfn {ident}(positional: &[Value], keywords: &[(Str, \
         Value)]) -> Result<Value> {{\n    let args = generic::{ident}_bind(positional, keywords)?;\n{tries}    \
         generic::{ident}_bound(&args)\n}}\n"
    )
}
