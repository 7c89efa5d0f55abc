//! What became of each function, for the report and the manifest.

use super::blocked::Blocked;
use super::native::{self, NativeForm};
use super::{Request, Retreat};
use crate::diagnostics::Diagnostic;
use crate::ir::{FuncId, Function, Param, ParamKind, Program, Ty};
use crate::lower::Lowered;
use crate::source::SourceFile;
use crate::vessel::type_spec::Field;
use crate::vessel::{self, Blocker, FunctionEntry, Status, TypeSpec};
use std::collections::BTreeSet;

/// One entry per function of the file, in order of appearance.
pub fn functions(
    request: &Request<'_>,
    lowered: &Lowered,
    blocked: &Blocked,
    native: Option<&NativeForm>,
) -> Vec<FunctionEntry> {
    let mut list: Vec<&Function> = lowered
        .program
        .functions
        .iter()
        .filter(|f| f.module.0 == 0 && !f.name.starts_with('<'))
        .collect();
    list.sort_by_key(|f| f.span.start);
    list.into_iter()
        .filter(|f| request.only.is_empty() || request.only.contains(&outward_name(f)))
        .map(|f| FunctionEntry {
            params: params(request, lowered, f, native),
            ..entry(request.file, f, blocked.get(&f.id), native, request.retreat)
        })
        .collect()
}

/// `outer.inner`, `Class.method`.
pub fn outward_name(function: &Function) -> String {
    function.qualname.replace("<locals>.", "")
}

fn entry(
    file: &SourceFile,
    function: &Function,
    blocked: Option<&Vec<Diagnostic>>,
    native: Option<&NativeForm>,
    retreat: &Retreat,
) -> FunctionEntry {
    let lines = (
        file.position(function.span.start).line,
        file.position(function.span.end).line,
    );
    let params: Vec<vessel::Param> = function.params.iter().map(|p| param(file, p)).collect();
    let form = native.and_then(|n| native_form(n, function.id));
    let signature = form.map_or_else(
        || signature(function, &params),
        |f| native.map_or_else(String::new, |n| native::signature(&n.native.program, f)),
    );
    let (status, reason) = match (blocked.and_then(|b| b.first()), form) {
        (Some(first), _) => (Status::Python, first.message.clone()),
        (None, Some(_)) => (
            Status::Native,
            "types are known; arguments that do not fit take the generic version".to_owned(),
        ),
        (None, None) if retreat.without_native || native.is_some_and(|n| is_hollow(n, function.id)) => (
            Status::Generic,
            "rustc refused its native form, a bug in pivot: values are carried with their types".to_owned(),
        ),
        (None, None) => (Status::Generic, "values are carried with their types".to_owned()),
    };
    FunctionEntry {
        name: outward_name(function),
        status,
        params,
        returns: TypeSpec::Any,
        signature,
        reason,
        blockers: blockers(file, blocked),
        effects: Vec::new(),
        lines,
        touches_state: false,
        reads_paths: false,
        parallel_loops: parallel_loops(file, native, function.id),
        rust: Vec::new(),
    }
}

/// The lines of the loops that may run on several threads.
fn parallel_loops(file: &SourceFile, native: Option<&NativeForm>, id: FuncId) -> Vec<u32> {
    let Some(native) = native else { return Vec::new() };
    let forms = native.native.forms.get(&id).into_iter().flatten();
    let spans = forms
        .filter(|form| native.reached.contains(form))
        .filter_map(|form| native.parallel.get(form));
    let lines: BTreeSet<u32> = spans.flatten().map(|span| file.position(span.start).line).collect();
    lines.into_iter().collect()
}

fn is_hollow(native: &NativeForm, id: FuncId) -> bool {
    let mut forms = native.native.forms.get(&id).into_iter().flatten();
    forms.any(|form| native.hollow.contains(form))
}

/// The native form that is shown: the one of which most is known.
fn native_form(native: &NativeForm, id: FuncId) -> Option<&Function> {
    let gates = native.gates.get(&id).into_iter().flatten();
    let inner = native.main.and(native.native.forms.get(&id)).into_iter().flatten();
    gates
        .chain(inner)
        .filter(|form| native.reached.contains(form) && !native.hollow.contains(form))
        .map(|form| native.native.program.function(*form))
        .filter(|f| f.params.iter().any(|p| !f.local(p.local).ty.is_dyn()) || f.params.is_empty())
        .min_by_key(|f| {
            let types = f.params.iter().map(|p| &f.local(p.local).ty).chain([&f.ret]);
            types.filter(|ty| !ty.is_static()).count()
        })
}

/// The parameters with all that is believed of their types: by annotation, by what was seen, by inference. These are
/// hints for the cases of the proof; what the vessel does with a value does not rest on them.
fn params(
    request: &Request<'_>,
    lowered: &Lowered,
    function: &Function,
    native: Option<&NativeForm>,
) -> Vec<vessel::Param> {
    let seen = request
        .recording
        .and_then(|recording| recording.functions.get(&outward_name(function)));
    let form = native.and_then(|n| native_form(n, function.id));
    let mut found: Vec<vessel::Param> = function.params.iter().map(|p| param(request.file, p)).collect();
    for (at, param) in found
        .iter_mut()
        .enumerate()
        .filter(|(_, param)| param.ty == TypeSpec::Any)
    {
        let recorded = seen.and_then(|seen| seen.params.iter().find(|(name, _)| *name == param.name));
        param.ty = match (recorded, form.and_then(|form| form.params.get(at).map(|p| (form, p)))) {
            (Some((_, ty)), _) => ty.clone(),
            (None, Some((form, p))) => {
                native.map_or(TypeSpec::Any, |n| inferred(&form.local(p.local).ty, &n.native.program))
            }
            (None, None) => TypeSpec::Any,
        };
    }
    if let (Some(first), Some(class)) = (found.first_mut(), function.class)
        && first.name == "self"
    {
        let class = lowered.program.class(class).qualname.replace("<locals>.", "");
        first.ty = TypeSpec::Object { class };
    }
    found
}

/// An inferred type as reports spell it.
fn inferred(ty: &Ty, program: &Program) -> TypeSpec {
    let of = |ty: &Ty| inferred(ty, program);
    let boxed = |ty: &Ty| Box::new(of(ty));
    match ty {
        Ty::Never | Ty::Dyn | Ty::Instance(_) | Ty::Deque(_) | Ty::Mapping(..) => TypeSpec::Any,
        Ty::None => TypeSpec::None,
        Ty::Bool => TypeSpec::Bool,
        Ty::Int | Ty::Wide => TypeSpec::Int,
        Ty::Float => TypeSpec::Float,
        Ty::Str => TypeSpec::Str,
        Ty::Bytes => TypeSpec::Bytes,
        Ty::Tuple(items) => TypeSpec::Tuple {
            items: items.iter().map(of).collect(),
        },
        Ty::List(item) => TypeSpec::List { item: boxed(item) },
        Ty::Set(item) => TypeSpec::Set { item: boxed(item) },
        Ty::Dict(key, value) => TypeSpec::dict(of(key), of(value)),
        Ty::Record(id) => TypeSpec::Record {
            fields: (program.records.get(id).into_iter().flatten())
                .map(|(name, ty)| Field {
                    name: name.clone(),
                    ty: of(ty),
                    required: true,
                })
                .collect(),
        },
        Ty::Option(inner) => of(inner).optional(),
    }
}

fn param(file: &SourceFile, param: &Param) -> vessel::Param {
    let kind = match param.kind {
        ParamKind::PositionalOnly => vessel::ParamKind::PositionalOnly,
        ParamKind::Positional => vessel::ParamKind::PositionalOrKeyword,
        ParamKind::KeywordOnly => vessel::ParamKind::KeywordOnly,
        ParamKind::VarArgs => vessel::ParamKind::VarPositional,
        ParamKind::VarKeywords => vessel::ParamKind::VarKeyword,
    };
    let default = param
        .default_span
        .map(|s| file.text()[s.start as usize..s.end as usize].to_owned());
    let ty = param
        .annotation
        .as_ref()
        .map_or(TypeSpec::Any, super::annotations::spec);
    vessel::Param {
        name: param.name.clone(),
        kind,
        default,
        ty,
    }
}

fn signature(function: &Function, params: &[vessel::Param]) -> String {
    let shown: Vec<String> = params
        .iter()
        .map(|p| {
            let star = match p.kind {
                vessel::ParamKind::VarPositional => "*",
                vessel::ParamKind::VarKeyword => "**",
                _ => "",
            };
            match &p.ty {
                TypeSpec::Any => format!("{star}{}", p.name),
                ty => format!("{star}{}: {ty}", p.name),
            }
        })
        .collect();
    format!("{}({})", function.name, shown.join(", "))
}

/// What stands in the way of a function, as reports write it.
pub fn blockers(file: &SourceFile, blocked: Option<&Vec<Diagnostic>>) -> Vec<Blocker> {
    blocked.into_iter().flatten().map(|d| blocker(file, d)).collect()
}

fn blocker(file: &SourceFile, diagnostic: &Diagnostic) -> Blocker {
    let place = diagnostic.span.map(|s| file.position(s.start));
    Blocker {
        code: diagnostic.code.id.to_owned(),
        line: place.map_or(0, |p| p.line),
        column: place.map_or(0, |p| p.column),
        message: diagnostic.message.clone(),
        help: diagnostic.help.clone().unwrap_or_default(),
    }
}

/// The comment above an emitted function.
pub fn describe(file: &SourceFile, source_name: &str, function: &Function) -> String {
    let (first, last) = (
        file.position(function.span.start).line,
        file.position(function.span.end).line,
    );
    match function.name.as_str() {
        "<module>" => format!("/// The statements of `{source_name}` outside functions.\n"),
        "<main>" => format!("/// `{source_name}` run as a script.\n"),
        _ if first == last => format!("/// `{}`, {source_name} line {first}.\n", outward_name(function)),
        _ => format!(
            "/// `{}`, {source_name} lines {first} to {last}.\n",
            outward_name(function)
        ),
    }
}

/// The functions that a vessel offers, with their names.
pub fn offered(lowered: &Lowered, entries: &[FuncId]) -> Vec<(FuncId, String)> {
    entries
        .iter()
        .map(|id| (*id, lowered.program.function(*id).name.clone()))
        .collect()
}
