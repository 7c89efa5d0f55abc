//! A program's functions, variables and what they refer to, as one Rust file per world.

use super::World;
use super::convert::TypeNames;
use super::function::FnEmitter;
use super::names::{Namer, function_name, static_name};
use super::rust::{Printer, Rx, string_literal};
use crate::ir::func::Flavor;
use crate::ir::{Expr, ExprKind, FuncId, Function, GlobalId, GlobalKind, ParamKind, Program};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write;

/// The Rust names of a program's parts; what the code turns out to refer to is noted as it asks.
pub struct ProgramNames {
    functions: HashMap<FuncId, String>,
    statics: HashMap<FuncId, String>,
    globals: HashMap<GlobalId, String>,
    objects: BTreeSet<FuncId>,
    pub types: TypeNames,
    /// Functions that count how deep calls are nested.
    counted: HashSet<FuncId>,
    referred: RefCell<Referred>,
}

#[derive(Default)]
struct Referred {
    namer: Namer,
    builtins: BTreeMap<String, String>,
    library: BTreeMap<(String, String), String>,
    modules: BTreeMap<String, String>,
    signatures: BTreeSet<FuncId>,
    objects: BTreeSet<FuncId>,
    globals: BTreeSet<GlobalId>,
}

impl ProgramNames {
    fn new(program: &Program, world: World, included: &dyn Fn(FuncId) -> bool) -> ProgramNames {
        let mut fn_namer = Namer::reserving(&["main", "init", "reset", "named"]);
        let mut namer = Namer::reserving(&["VESSEL"]);
        let mut names = ProgramNames {
            functions: HashMap::new(),
            statics: HashMap::new(),
            globals: HashMap::new(),
            objects: BTreeSet::new(),
            types: super::types::names(program),
            counted: super::depth::counted(program, world),
            referred: RefCell::default(),
        };
        // A class of one letter is named as a variable of it would be.
        names.types.classes.values().for_each(|name| namer.reserve(name));
        for function in program.functions.iter().filter(|f| included(f.id)) {
            let base = match function.name.as_str() {
                "<module>" => format!("init_{}", program.modules[function.module.index()].name),
                "<main>" => "run_main".to_owned(),
                _ => function_name(&function.qualname),
            };
            names.functions.insert(function.id, fn_namer.take(&base));
            names.statics.insert(function.id, namer.take(&static_name(&base)));
        }
        for (at, global) in program.globals.iter().enumerate() {
            let id = GlobalId(at as u32);
            names.globals.insert(id, namer.take(&static_name(&global.name)));
            if let GlobalKind::Function(func) = global.kind
                && included(func)
            {
                names.objects.insert(func);
            }
        }
        names.referred.borrow_mut().namer = namer;
        names
    }

    pub fn function(&self, id: FuncId) -> &str {
        &self.functions[&id]
    }

    pub fn global(&self, id: GlobalId) -> &str {
        self.referred.borrow_mut().globals.insert(id);
        &self.globals[&id]
    }

    /// Calls of the function are counted.
    pub fn is_counted(&self, id: FuncId) -> bool {
        self.counted.contains(&id)
    }

    /// The function is one module-level object.
    pub fn has_object(&self, id: FuncId) -> bool {
        self.objects.contains(&id)
    }

    /// The static that holds the function object.
    pub fn function_object(&self, id: FuncId) -> String {
        let mut referred = self.referred.borrow_mut();
        referred.objects.insert(id);
        referred.signatures.insert(id);
        format!("{}_OBJECT", self.statics[&id])
    }

    pub fn signature(&self, id: FuncId) -> String {
        self.referred.borrow_mut().signatures.insert(id);
        format!("{}_SIGNATURE", self.statics[&id])
    }

    pub fn builtin(&self, name: &str) -> String {
        let referred = &mut *self.referred.borrow_mut();
        let namer = &mut referred.namer;
        referred
            .builtins
            .entry(name.to_owned())
            .or_insert_with(|| namer.take(&static_name(name)))
            .clone()
    }

    pub fn library(&self, module: &str, name: &str) -> String {
        let referred = &mut *self.referred.borrow_mut();
        let namer = &mut referred.namer;
        referred
            .library
            .entry((module.to_owned(), name.to_owned()))
            .or_insert_with(|| namer.take(&static_name(&format!("{module}.{name}"))))
            .clone()
    }

    pub fn module(&self, name: &str) -> String {
        let referred = &mut *self.referred.borrow_mut();
        let namer = &mut referred.namer;
        referred
            .modules
            .entry(name.to_owned())
            .or_insert_with(|| namer.take(&static_name(name)))
            .clone()
    }

    /// The library modules that are values of the code's.
    pub fn library_modules(&self) -> BTreeSet<String> {
        self.referred.borrow().modules.keys().cloned().collect()
    }

    /// What the code names of library modules: module and name.
    pub fn library_members(&self) -> BTreeSet<(String, String)> {
        self.referred.borrow().library.keys().cloned().collect()
    }
}

/// What can be called from outside.
#[derive(Clone, Copy)]
pub struct Entries<'a> {
    pub functions: &'a [FuncId],
    /// Module variables that a `def` with decorators, or one among several, binds.
    pub bound: &'a [(GlobalId, String)],
}

/// The file that holds the functions of one world.
pub struct WorldFile {
    pub text: String,
    pub names: ProgramNames,
}

/// A native form that calls from outside may try.
#[derive(Clone, Copy, Debug)]
pub struct Gate {
    pub form: FuncId,
    /// It changes none of the containers it is given.
    pub reading: bool,
}

/// Emits the functions for which `included` holds. `lines` gives a function's first and last line.
pub fn emit_world(
    program: &Program,
    world: World,
    included: &dyn Fn(FuncId) -> bool,
    entries: Entries<'_>,
    gates: &[Gate],
    describe: &dyn Fn(&Function) -> String,
) -> WorldFile {
    let names = ProgramNames::new(program, world, included);
    let mut functions = String::new();
    for function in program.functions.iter().filter(|f| included(f.id)) {
        let text = FnEmitter::new(program, function, world, &names).emit();
        let _ = write!(functions, "\n{}{text}\n", describe(function));
    }
    entries.functions.iter().for_each(|id| {
        names.signature(*id);
    });
    let bound_fns: String = entries
        .bound
        .iter()
        .map(|(id, name)| bound(*id, name, &names))
        .collect();
    let objects = objects(program, world, &names);
    let entry_fns: String = entries.functions.iter().map(|id| entry(program, *id, &names)).collect();
    let mut text = String::new();
    text.push_str("use pivot_runtime::prelude::*;\n");
    text.push_str(&statics(program, &names));
    text.push_str(&super::types::definitions(program, &names));
    text.push_str(&objects);
    text.push_str(&functions);
    text.push_str(&entry_fns);
    text.push_str(&bound_fns);
    gates.iter().for_each(|g| text.push_str(&gate(program, *g, &names)));
    text.push_str(&reset(&names));
    if world == World::Generic {
        text.push_str(&named(program, &names));
    }
    WorldFile { text, names }
}

/// Statics for what the code refers to by name, module variables and signatures.
fn statics(program: &Program, names: &ProgramNames) -> String {
    let referred = names.referred.borrow();
    let mut out = String::new();
    for (name, ident) in &referred.builtins {
        let _ = writeln!(out, "static {ident}: Named = Named::builtin({});", string_literal(name));
    }
    for ((module, name), ident) in &referred.library {
        let (module, name) = (string_literal(module), string_literal(name));
        let _ = writeln!(out, "static {ident}: Named = Named::member({module}, {name});");
    }
    for (name, ident) in &referred.modules {
        let _ = writeln!(out, "static {ident}: Named = Named::module({});", string_literal(name));
    }
    for (at, global) in program.globals.iter().enumerate() {
        let id = GlobalId(at as u32);
        if !referred.globals.contains(&id) {
            continue;
        }
        let ident = &names.globals[&id];
        let ty = names.types.rust_type(&global.ty);
        let _ = writeln!(
            out,
            "static {ident}: Global<{ty}> = Global::new({});",
            string_literal(&global.name)
        );
    }
    for id in &referred.signatures {
        out.push_str(&signature(program, program.function(*id), &names.statics[id]));
    }
    out
}

fn signature(program: &Program, function: &Function, ident: &str) -> String {
    let list = |kind: &[ParamKind]| {
        let names: Vec<String> = function
            .params
            .iter()
            .filter(|p| kind.contains(&p.kind))
            .map(|p| string_literal(&p.name))
            .collect();
        format!("&[{}]", names.join(", "))
    };
    let one = |kind: ParamKind| match function.params.iter().find(|p| p.kind == kind) {
        Some(p) => format!("Some({})", string_literal(&p.name)),
        None => "None".to_owned(),
    };
    let posonly = function
        .params
        .iter()
        .filter(|p| p.kind == ParamKind::PositionalOnly)
        .count();
    let doc = match &function.doc {
        Some(doc) => format!("Some({})", string_literal(doc)),
        None => "None".to_owned(),
    };
    // As CPython numbers them in `co_flags`.
    let flags = match function.flavor {
        Flavor::Plain => "0",
        Flavor::Generator | Flavor::Stream => "0x20",
        Flavor::Coroutine => "0x80",
        Flavor::AsyncGenerator => "0x200",
    };
    format!(
        "static {ident}_SIGNATURE: Signature = Signature {{ name: {}, qualname: {}, module: {}, posonly: {posonly}, \
         args: {}, kwonly: {}, varargs: {}, varkw: {}, doc: {doc}, flags: {flags} }};\n",
        string_literal(&function.name),
        string_literal(&function.qualname),
        string_literal(&program.modules[function.module.index()].shown),
        list(&[ParamKind::PositionalOnly, ParamKind::Positional]),
        list(&[ParamKind::KeywordOnly]),
        one(ParamKind::VarArgs),
        one(ParamKind::VarKeywords),
    )
}

/// Function objects of module-level functions that are used as values.
fn objects(program: &Program, world: World, names: &ProgramNames) -> String {
    let mut out = String::new();
    let wanted: Vec<FuncId> = names.referred.borrow().objects.iter().copied().collect();
    for id in wanted {
        let function = program.function(id);
        let (defaults, kw_defaults) = default_lists(program, function, world, names);
        let ident = &names.statics[&id];
        let call = dynamic_form(function, names);
        let _ = writeln!(
            out,
            "static {ident}_OBJECT: Made = Made::new(|| Function::new(&{ident}_SIGNATURE, {defaults}, {kw_defaults}, {call}));"
        );
    }
    out
}

/// `|args| f(&args[0], &args[1])`
fn dynamic_form(function: &Function, names: &ProgramNames) -> String {
    let args: Vec<String> = (0..function.params.len()).map(|at| format!("&args[{at}]")).collect();
    let params = if args.is_empty() {
        "_args: &[Value]"
    } else {
        "args: &[Value]"
    };
    let call = super::rust::text(format!("{}({})", names.function(function.id), args.join(", ")));
    format!("|{params}| {}", print(&super::call::dynamic_result(call, function)))
}

/// The defaults of positional and of keyword-only parameters as Rust expressions.
fn default_lists(program: &Program, function: &Function, world: World, names: &ProgramNames) -> (String, String) {
    let mut emitter = FnEmitter::new(program, function, world, names);
    let mut show = |e: &Expr| {
        let rx = match &e.kind {
            // A hidden module variable, bound where the `def` stood.
            ExprKind::Global(id) if program.global(*id).ty.is_dyn() => {
                super::rust::method(super::rust::text(names.global(*id)), "peek", vec![])
            }
            ExprKind::Global(id) => {
                let value = super::convert::to_dyn(super::rust::text("value"), &program.global(*id).ty);
                super::rust::text(format!(
                    "{}.get().map_or(Value::None, |value| {})",
                    names.global(*id),
                    print(&value)
                ))
            }
            _ => emitter.value_as(e, &crate::ir::Ty::Dyn),
        };
        print(&rx)
    };
    let mut positional = Vec::new();
    let mut keyword = Vec::new();
    for param in &function.params {
        match (param.kind, &param.default) {
            (ParamKind::PositionalOnly | ParamKind::Positional, Some(e)) => positional.push(show(e)),
            (ParamKind::KeywordOnly, Some(e)) => keyword.push(format!("Some({})", show(e))),
            (ParamKind::KeywordOnly, None) => keyword.push("None".to_owned()),
            _ => {}
        }
    }
    (
        format!("vec![{}]", positional.join(", ")),
        format!("vec![{}]", keyword.join(", ")),
    )
}

fn print(rx: &Rx) -> String {
    let mut printer = Printer::new(0);
    printer.expr(rx);
    printer.finish()
}

/// `fn f_entry(positional, keywords)` and its two steps: the arguments are bound as Python binds them, then used.
fn entry(program: &Program, id: FuncId, names: &ProgramNames) -> String {
    let function = program.function(id);
    let (defaults, kw_defaults) = default_lists(program, function, World::Generic, names);
    let args: Vec<String> = (0..function.params.len()).map(|at| format!("&args[{at}]")).collect();
    let binding = if args.is_empty() { "_args" } else { "args" };
    let name = names.function(id);
    let ident = &names.statics[&id];
    let takes = "positional: &[Value], keywords: &[(Str, Value)]";
    format!(
        "\n/// The arguments of `{qualname}` in the order of its parameters.\npub fn {name}_bind({takes}) -> Result<Vec<Value>> {{\n    \
         {ident}_SIGNATURE.bind(&{defaults}, &{kw_defaults}, positional, keywords)\n}}\n\n/// `{qualname}` of bound \
         arguments.\npub fn {name}_bound({binding}: &[Value]) -> Result<Value> {{\n    {name}({})\n}}\n\n/// `{qualname}` as it is \
         called from outside.\npub fn {name}_entry({takes}) -> Result<Value> {{\n    {name}_bound(&{name}_bind(positional, \
         keywords)?)\n}}\n",
        args.join(", "),
        qualname = function.qualname,
    )
}

/// `fn f_entry(positional, keywords)` for a name that the module's statements bind to a function: a decorated one.
fn bound(id: GlobalId, name: &str, names: &ProgramNames) -> String {
    format!(
        "\n/// What the module calls `{name}`, as it is called from outside.\npub fn {}(positional: &[Value], keywords: \
         &[(Str, Value)]) -> Result<Value> {{\n    ops::call_kw(&{}.get()?, positional, keywords)\n}}\n",
        bound_entry(name),
        names.global(id),
    )
}

/// The Rust name of the entry of a bound name.
pub fn bound_entry(name: &str) -> String {
    format!("{}_bound_entry", function_name(name))
}

/// `fn f_gate(args)`: the native form for arguments that fit it; None where they do not, or where it gave up.
fn gate(program: &Program, gate: Gate, names: &ProgramNames) -> String {
    let id = gate.form;
    let crossing = if gate.reading { "reading" } else { "default" };
    let function = program.function(id);
    let name = names.function(id);
    let mut entering = String::new();
    let mut args = Vec::new();
    for (at, param) in function.params.iter().enumerate() {
        let ty = &function.local(param.local).ty;
        let shown = names.types.rust_type(ty);
        let _ = writeln!(
            entering,
            "    let arg_{at} = <{shown}>::enter(&args[{at}], &mut crossing)?;"
        );
        args.push(if ty.is_copy() {
            format!("arg_{at}")
        } else {
            format!("&arg_{at}")
        });
    }
    let binding = if args.is_empty() { "_args" } else { "args" };
    let fallible = "match outcome {\n        Err(given_up) if given_up.is_deopt() => None,\n        Err(raised) => {\n            \
                    crossing.give_back();\n            Some(Err(raised))\n        }\n        Ok(value) => {\n            let value = \
                    value.leave(&mut crossing);\n            crossing.give_back();\n            Some(Ok(value))\n        }\n    }";
    format!(
        "\n/// The native form of `{}` for arguments that fit it; None where they do not, or where it gave up.\npub fn \
         {name}_gate({binding}: &[Value]) -> Option<Result<Value>> {{\n    let mut crossing = Crossing::{crossing}();\n{entering}    \
         let outcome = {name}({});\n    {fallible}\n}}\n",
        function.qualname,
        args.join(", "),
    )
}

/// Unbinds every module variable, as in a fresh interpreter.
fn reset(names: &ProgramNames) -> String {
    let mut out = String::from(
        "\n/// Unbinds every module variable, as before the module's first statement.\npub fn reset() {\n",
    );
    for id in &names.referred.borrow().globals {
        let _ = writeln!(out, "    {}.clear();", names.globals[id]);
    }
    for id in &names.referred.borrow().objects {
        let _ = writeln!(out, "    {}_OBJECT.clear();", names.statics[id]);
    }
    out.push_str("}\n");
    out
}

/// The module's classes, variables and function objects by name, for whoever makes values of them from outside.
fn named(program: &Program, names: &ProgramNames) -> String {
    let referred = names.referred.borrow();
    let mut rows = String::new();
    for id in &referred.globals {
        let global = program.global(*id);
        if global.module.0 == 0 {
            let _ = writeln!(
                rows,
                "        {} => {}.get().ok(),",
                string_literal(&global.name),
                names.globals[id]
            );
        }
    }
    for id in &referred.objects {
        let function = program.function(*id);
        if function.module.0 == 0 {
            let _ = writeln!(
                rows,
                "        {} => Some({}_OBJECT.get()),",
                string_literal(&function.name),
                names.statics[id]
            );
        }
    }
    format!(
        "\n/// A class, variable or function of the module by its name; None where it is not bound.\npub fn named(name: &str) -> \
         Option<Value> {{\n    match name {{\n{rows}        _ => None,\n    }}\n}}\n"
    )
}
