//! Which functions get a native form, and from what beliefs about their arguments.

use super::Request;
use super::annotations;
use super::blocked::Blocked;
use super::crossing;
use super::retreat::hollow_out;
use super::stages::{self, Stage, Watch};
use super::typed::{Typed, typed};
use crate::config::Parallelism;
use crate::ir::func::Flavor;
use crate::ir::{
    Callee, Class, Expr, ExprKind, FuncId, Function, GlobalKind, MapKind, Parallel, Program, StmtKind, Ty,
};
use crate::lower::Lowered;
use crate::passes::{comprehend, inner, parallel, split};
use crate::types::infer::{Native, Seed};
use crate::types::lattice::{Slots, T, optional};
use crate::vessel::TypeSpec;
use std::collections::{BTreeSet, HashMap};

/// The native form of a program, as far as it may be used.
pub struct NativeForm {
    pub native: Native,
    /// Native forms that calls from outside may try, by original function.
    pub gates: HashMap<FuncId, Vec<FuncId>>,
    /// The script as a whole may run natively: giving up half-way can be undone.
    pub main: Option<FuncId>,
    /// The forms that any of these, or the module's statements, can come to.
    pub reached: BTreeSet<FuncId>,
    /// The loops that may run on several threads, by form.
    pub parallel: parallel::Loops,
    /// Forms that give up at once, since rustc refuses them otherwise.
    pub hollow: BTreeSet<FuncId>,
}

pub fn build(
    request: &Request<'_>,
    lowered: &Lowered,
    blocked: &Blocked,
    entries: &[FuncId],
    script: Option<FuncId>,
    watch: &mut Watch<'_>,
) -> Option<NativeForm> {
    let usable = |id: FuncId| !blocked.contains_key(&id);
    let main = script.filter(|main| replayable(&lowered.program, *main, &usable));
    let mut program = lowered.program.clone();
    comprehend::run(&mut program);
    stages::reached(Stage::Comprehend, &program, watch);
    inner::run(&mut program, &usable);
    stages::reached(Stage::Inner, &program, watch);
    let Typed {
        passed,
        split,
        mut native,
    } = typed(&program, &usable, main, &|program, has_classes, slots| {
        seeds(request, program, entries, has_classes, slots)
    })?;
    for (stage, program) in &passed {
        stages::reached(*stage, program, watch);
    }
    split::rejoin(&mut native.program, &native.forms, &split);
    stages::reached(Stage::Types, &native.program, watch);
    let mut gates: HashMap<FuncId, Vec<FuncId>> = HashMap::new();
    if quiet_init(&lowered.program) {
        for id in entries {
            let forms: Vec<FuncId> = native
                .forms
                .get(id)
                .into_iter()
                .flatten()
                .copied()
                .filter(|form| {
                    has_static_part(native.program.function(*form))
                        && may_enter(&native.program, *form)
                        && crossing::keeps_identity(&native.program, *form)
                })
                .collect();
            if !forms.is_empty() {
                gates.insert(*id, forms);
            }
        }
    }
    let main = native.main;
    let parallel = match request.profile.parallel {
        Parallelism::Off => parallel::Loops::new(),
        // What containers call of their instances is not followed.
        Parallelism::From(_) if native.program.classes.iter().any(calls_out) => parallel::Loops::new(),
        Parallelism::From(threshold) => parallel::run(&mut native.program, threshold),
    };
    // What was refused in the generic world since may have left fewer forms than there were.
    let count = native.program.functions.len();
    let hollow = request.retreat.hollow.iter().copied().filter(|id| id.index() < count);
    let hollow: BTreeSet<FuncId> = hollow.collect();
    for id in &hollow {
        hollow_out(&mut native.program.functions[id.index()]);
    }
    gates
        .values_mut()
        .for_each(|forms| forms.retain(|id| !hollow.contains(id)));
    gates.retain(|_, forms| !forms.is_empty());
    let main = main.filter(|id| !hollow.contains(id));
    stages::reached(Stage::Parallel, &native.program, watch);
    let roots = gates.values().flatten().copied().chain(main);
    let reached = reached(&native.program, roots);
    Some(NativeForm {
        native,
        gates,
        main,
        reached,
        parallel,
        hollow,
    })
}

fn calls_out(class: &Class) -> bool {
    class.called_by_containers().next().is_some()
}

/// The functions that are emitted: those that the roots, the modules' statements and containers come to.
fn reached(program: &Program, roots: impl Iterator<Item = FuncId>) -> BTreeSet<FuncId> {
    let mut seen = BTreeSet::new();
    let mut todo: Vec<FuncId> = roots.collect();
    todo.extend(program.modules.iter().map(|m| m.init));
    todo.extend(program.classes.iter().flat_map(Class::called_by_containers));
    while let Some(id) = todo.pop() {
        if id.index() >= program.functions.len() || !seen.insert(id) {
            continue;
        }
        let mut see = |e: &Expr| match &e.kind {
            ExprKind::Call {
                callee: Callee::Function(next),
                ..
            }
            | ExprKind::Keyed { key: next, .. }
            | ExprKind::Parallel(Parallel { round: next, .. })
            | ExprKind::MakeFunction { func: next, .. } => todo.push(*next),
            ExprKind::Global(global) => {
                if let GlobalKind::Function(func) = program.global(*global).kind {
                    todo.push(func);
                }
            }
            _ => {}
        };
        let function = program.function(id);
        function.body.iter().for_each(|stmt| stmt.walk_exprs(&mut see));
        function
            .params
            .iter()
            .flat_map(|p| &p.default)
            .for_each(|e| e.walk(&mut see));
    }
    seen
}

/// Worth a native form: some parameter or the result has a native type.
fn has_static_part(function: &Function) -> bool {
    function.flavor == crate::ir::func::Flavor::Plain
        && (function.params.is_empty() || function.params.iter().any(|p| !function.local(p.local).ty.is_dyn()))
}

/// What callers are believed to pass: seen when the script ran, or annotated.
fn seeds(
    request: &Request<'_>,
    program: &Program,
    entries: &[FuncId],
    has_classes: bool,
    slots: &mut Slots,
) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for id in entries {
        let function = program.function(*id);
        // A generator given to others hands out values: the classes of instances among them could not be carried
        // natively anywhere.
        if has_classes && function.flavor != Flavor::Plain {
            continue;
        }
        let recorded = request
            .recording
            .and_then(|r| r.functions.get(&super::report::outward_name(function)));
        let seen: Option<Vec<TypeSpec>> = recorded.map(|r| {
            function
                .params
                .iter()
                .map(|p| {
                    r.params
                        .iter()
                        .find(|(n, _)| *n == p.name)
                        .map_or(TypeSpec::Any, |(_, t)| t.clone())
                })
                .collect()
        });
        let annotated: Vec<TypeSpec> = function
            .params
            .iter()
            .map(|p| p.annotation.as_ref().map_or(TypeSpec::Any, annotations::spec))
            .collect();
        let mut candidates: Vec<Vec<TypeSpec>> = seen.into_iter().collect();
        if annotated.iter().any(|t| *t != TypeSpec::Any) || annotated.is_empty() {
            candidates.push(annotated);
        }
        for specs in candidates {
            // An unknown argument may be an instance: then the class could not be carried natively anywhere.
            if has_classes && specs.iter().any(may_be_instance) {
                continue;
            }
            let params = specs.iter().map(|s| believed(s, slots)).collect();
            seeds.push(Seed { function: *id, params });
        }
    }
    seeds
}

/// Nothing is known of some part of it, or that it is an instance.
fn may_be_instance(spec: &TypeSpec) -> bool {
    match spec {
        TypeSpec::Any | TypeSpec::Object { .. } => true,
        TypeSpec::List { item } | TypeSpec::Set { item } | TypeSpec::Deque { item } | TypeSpec::Iterator { item } => {
            may_be_instance(item)
        }
        TypeSpec::Dict { key, value } => may_be_instance(key) || may_be_instance(value),
        TypeSpec::Record { fields } => fields.iter().any(|f| may_be_instance(&f.ty)),
        TypeSpec::Tuple { items } => items.iter().any(may_be_instance),
        TypeSpec::Union { options } => options.iter().any(may_be_instance),
        _ => false,
    }
}

fn believed(spec: &TypeSpec, slots: &mut Slots) -> T {
    match spec {
        TypeSpec::None => T::None,
        TypeSpec::Bool => T::Bool,
        TypeSpec::Int => T::Int,
        TypeSpec::Float => T::Float,
        TypeSpec::Str | TypeSpec::Path => T::Str,
        TypeSpec::Bytes => T::Bytes,
        TypeSpec::List { item } => {
            let item = believed_item(item, slots);
            T::List(slots.fresh(item))
        }
        TypeSpec::Dict { key, value } => {
            let key = believed_item(key, slots);
            let value = believed_item(value, slots);
            let key = if matches!(key, T::Int | T::Str | T::Bool | T::Bytes | T::Tuple(_)) {
                key
            } else {
                T::Dyn
            };
            T::Dict(slots.fresh(key), slots.fresh(value))
        }
        TypeSpec::Record { fields } if !fields.is_empty() && fields.iter().all(|f| f.required) => {
            let shape = slots.fresh_record(fields.iter().map(|f| f.name.clone()));
            for field in fields {
                let value = believed_item(&field.ty, slots);
                if let Some(slot) = slots.shapes.field(shape, &field.name) {
                    slots.flow(slot, &value);
                }
            }
            T::Record(shape)
        }
        TypeSpec::Tuple { items } if !items.is_empty() && items.len() <= 6 => {
            T::Tuple(items.iter().map(|i| believed_item(i, slots)).collect())
        }
        TypeSpec::Union { options } => match options.as_slice() {
            [TypeSpec::None, other] | [other, TypeSpec::None] => {
                let inner = believed(other, slots);
                optional(inner)
            }
            _ => T::Dyn,
        },
        _ => T::Dyn,
    }
}

fn believed_item(spec: &TypeSpec, slots: &mut Slots) -> T {
    match spec {
        TypeSpec::Never => T::Never,
        other => believed(other, slots),
    }
}

/// A call from outside may run this form: what it does before it gives up can be undone.
fn may_enter(program: &Program, form: FuncId) -> bool {
    let mut seen = BTreeSet::new();
    let mut todo = vec![form];
    while let Some(id) = todo.pop() {
        if !seen.insert(id) {
            continue;
        }
        let mut fine = true;
        for stmt in &program.function(id).body {
            stmt.walk(&mut |s| {
                fine &= !matches!(s.kind, StmtKind::DelGlobal(_))
                    && !matches!(
                        &s.kind,
                        StmtKind::Assign {
                            target: crate::ir::Target::Global(_),
                            ..
                        }
                    );
            });
            stmt.walk_exprs(&mut |e| match &e.kind {
                ExprKind::Call {
                    callee: Callee::Function(next),
                    ..
                }
                | ExprKind::Keyed { key: next, .. }
                | ExprKind::MakeFunction { func: next, .. } => {
                    todo.push(*next);
                }
                ExprKind::New { class, .. } => todo.extend(program.class(*class).called_by_containers()),
                ExprKind::Call {
                    callee: Callee::Builtin(name),
                    ..
                } => {
                    fine &= !matches!(
                        name.as_str(),
                        "print" | "open" | "input" | "setattr" | "delattr" | "next" | "exit" | "quit"
                    );
                }
                ExprKind::Call {
                    callee: Callee::Library { module, .. },
                    ..
                } => fine &= is_pure_module(module),
                ExprKind::Library { module, .. } => fine &= is_pure_module(module),
                ExprKind::ModuleValue(_) => fine = false,
                ExprKind::Global(global) => match program.global(*global).kind {
                    GlobalKind::Function(func) => todo.push(func),
                    _ => fine &= is_constant(&program.global(*global).ty),
                },
                _ => {}
            });
        }
        if !fine {
            return false;
        }
    }
    true
}

/// A module variable of this type cannot be changed by what reads it.
fn is_constant(ty: &Ty) -> bool {
    match ty {
        Ty::None | Ty::Bool | Ty::Int | Ty::Float | Ty::Str | Ty::Bytes => true,
        Ty::Tuple(parts) => parts.iter().all(is_constant),
        Ty::Option(inner) => is_constant(inner),
        _ => false,
    }
}

/// Calls into it have no effect but their result.
fn is_pure_module(module: &str) -> bool {
    matches!(
        module,
        "math"
            | "cmath"
            | "string"
            | "itertools"
            | "functools"
            | "operator"
            | "collections"
            | "heapq"
            | "bisect"
            | "json"
            | "hashlib"
            | "re"
            | "textwrap"
            | "statistics"
            | "fractions"
            | "decimal"
            | "copy"
            | "binascii"
            | "base64"
            | "zlib"
            | "hmac"
            | "struct"
            | "typing"
            | "abc"
            | "dataclasses"
            | "enum"
    )
}

/// The module's statements only make constants, functions and classes: running them twice shows nowhere.
fn quiet_init(program: &Program) -> bool {
    program.modules.iter().all(|module| {
        let mut quiet = true;
        for stmt in &program.function(module.init).body {
            stmt.walk_exprs(&mut |e| {
                if let ExprKind::Call { callee, .. } = &e.kind {
                    quiet &= match callee {
                        Callee::Builtin(name) => !matches!(name.as_str(), "print" | "open" | "input" | "exit" | "quit"),
                        Callee::Library { module, .. } => is_pure_module(module),
                        Callee::Function(id) => program.modules.iter().any(|m| m.init == *id),
                        Callee::Method { .. } => true,
                        Callee::Value(callee) => is_quiet_decorator(callee),
                    };
                }
            });
        }
        quiet
    })
}

/// Calling it makes a function or class of another one, and nothing else happens.
fn is_quiet_decorator(callee: &Expr) -> bool {
    match &callee.kind {
        ExprKind::Builtin(name) => matches!(name.as_str(), "property" | "staticmethod" | "classmethod"),
        ExprKind::Library { module, .. }
        | ExprKind::Call {
            callee: Callee::Library { module, .. },
            ..
        } => is_pure_module(module),
        _ => false,
    }
}

/// The whole script can start again after native code gave up: it only computes, reads and prints.
fn replayable(program: &Program, main: FuncId, usable: &dyn Fn(FuncId) -> bool) -> bool {
    let mut fine = true;
    for id in called(program, main).into_iter().filter(|id| usable(*id)) {
        for stmt in &program.function(id).body {
            stmt.walk_exprs(&mut |e| match &e.kind {
                ExprKind::Call {
                    callee: Callee::Builtin(name),
                    args,
                    ..
                } => {
                    fine &= name != "input" && !(name == "open" && args.len() != 1);
                }
                ExprKind::Call {
                    callee: Callee::Library { module, name },
                    ..
                } => {
                    let reads = module == "os" && matches!(name.as_str(), "fspath" | "getcwd" | "listdir" | "stat");
                    let known = matches!(module.as_str(), "sys" | "time" | "os.path" | "random");
                    fine &= reads || known || is_pure_module(module);
                }
                ExprKind::Library { module, name } => fine &= !(module == "sys" && name == "stdin"),
                _ => {}
            });
        }
    }
    fine
}

/// Everything that a call of the function can come to; methods, whenever a class is made.
fn called(program: &Program, from: FuncId) -> BTreeSet<FuncId> {
    let mut seen = BTreeSet::new();
    let mut todo = vec![from];
    while let Some(id) = todo.pop() {
        if !seen.insert(id) {
            continue;
        }
        for stmt in &program.function(id).body {
            stmt.walk_exprs(&mut |e| match &e.kind {
                ExprKind::Call {
                    callee: Callee::Function(next),
                    ..
                }
                | ExprKind::MakeFunction { func: next, .. } => todo.push(*next),
                ExprKind::Global(global) => match program.global(*global).kind {
                    GlobalKind::Function(next) => todo.push(next),
                    GlobalKind::Class(class) => todo.extend(&program.class(class).methods),
                    GlobalKind::Variable => {}
                },
                _ => {}
            });
        }
    }
    seen
}

/// Used by the report: the native signature of a form.
pub fn signature(program: &Program, function: &Function) -> String {
    let params: Vec<String> = function
        .params
        .iter()
        .map(|p| format!("{}: {}", p.name, shown(program, &function.local(p.local).ty)))
        .collect();
    format!(
        "{}({}) -> {}",
        function.name,
        params.join(", "),
        shown(program, &function.ret)
    )
}

/// A type as Python would spell it, with the program's own records and classes by what they hold and are called.
fn shown(program: &Program, ty: &Ty) -> String {
    let of = |ty: &Ty| shown(program, ty);
    match ty {
        Ty::Record(id) => {
            let fields = program.records.get(id).into_iter().flatten();
            let shown: Vec<String> = fields.map(|(key, ty)| format!("{key:?}: {}", of(ty))).collect();
            format!("{{{}}}", shown.join(", "))
        }
        Ty::Instance(id) => program.class(*id).qualname.clone(),
        Ty::List(inner) => format!("list[{}]", of(inner)),
        Ty::Set(inner) => format!("set[{}]", of(inner)),
        Ty::Option(inner) => format!("{} | None", of(inner)),
        Ty::Dict(key, value) => format!("dict[{}, {}]", of(key), of(value)),
        Ty::Deque(inner) => format!("deque[{}]", of(inner)),
        Ty::Mapping(MapKind::Default, key, value) => format!("defaultdict[{}, {}]", of(key), of(value)),
        Ty::Mapping(MapKind::Counter, key, _) => format!("Counter[{}]", of(key)),
        Ty::Tuple(parts) => format!("tuple[{}]", parts.iter().map(of).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}
