//! What CPython alone has to say before and for a proof. It needs no vessel: where one is still being built, the ground
//! is laid meanwhile.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::time::Duration;

use super::case::Case;
use super::cases::{Material, Plan, instances, rehearse};
use super::error::CertifyError;
use super::kept;
use super::oracle::{Description, Oracle};
use super::pool::Pool;
use super::prove::{self, Rehearsed};
use super::record::Recorded;
use super::sandbox::Confinement;
use super::script::{self, Original};
use crate::build::digest_file;
use crate::vessel::{FunctionEntry, Param, ParamKind, Status, TypeSpec};

/// What is to be proven, as far as CPython is concerned.
#[derive(Clone, Debug)]
pub struct Inquiry<'a> {
    pub source: &'a Path,
    /// The oracle.
    pub python: &'a Path,
    /// Those of the whole vessel.
    pub functions: &'a [FunctionEntry],
    /// Only these; all where empty.
    pub only: &'a [String],
    pub seed: u64,
    /// Workers.
    pub jobs: usize,
    /// How long one case may take.
    pub limit: Duration,
    pub confinement: Confinement,
}

/// What the cases of all functions grow from.
pub struct Ground {
    pub oracle: Oracle,
    pub description: Description,
    /// CPython's side of the script, where the file has one.
    pub script: Option<Original>,
    /// The source that was asked about.
    pub source_sha256: String,
    functions: Vec<FunctionEntry>,
    seed: u64,
    /// Recorded calls by function.
    recorded: BTreeMap<String, Vec<Case>>,
    /// Calls that functions made of each other when they were tried.
    noticed: BTreeMap<String, Recorded>,
    /// All recorded calls, and instances that were made.
    all: Vec<Case>,
    /// Proofs that were begun.
    begun: BTreeMap<String, Rehearsed>,
}

impl Ground {
    /// Asks CPython about the source, and tries its functions to learn what their arguments are like.
    ///
    /// # Errors
    /// The source is gone, or CPython cannot be started or cannot import it.
    pub fn lay(inquiry: &Inquiry, recorded: BTreeMap<String, Vec<Case>>) -> Result<Ground, CertifyError> {
        let source_sha256 =
            digest_file(inquiry.source).map_err(|error| CertifyError::Source(inquiry.source.to_path_buf(), error))?;
        let oracle = Oracle::new(inquiry.python, inquiry.source)?.confined(inquiry.confinement);
        let description = oracle.describe(IMPORT_LIMIT)?;
        let mut all: Vec<Case> = recorded.values().flatten().cloned().collect();
        let mut pool = Pool::new(&oracle, inquiry.jobs, inquiry.limit);
        let made = instances::make(&description, inquiry.functions, &all, inquiry.seed, &mut pool)?;
        drop(pool);
        all.extend(made);
        let original = || Original::new(inquiry.python, inquiry.source, inquiry.limit, inquiry.confinement);
        let mut ground = Ground {
            script: description.script.as_ref().map(|_| original()).transpose()?,
            oracle,
            description,
            source_sha256,
            functions: inquiry.functions.to_vec(),
            seed: inquiry.seed,
            recorded,
            noticed: BTreeMap::new(),
            all,
            begun: BTreeMap::new(),
        };
        ground.try_functions(inquiry)?;
        Ok(ground)
    }

    /// Tries the functions that call others or deal in instances, and keeps what is noticed.
    fn try_functions(&mut self, inquiry: &Inquiry) -> io::Result<()> {
        let telling = |function: &&FunctionEntry| {
            let instances = function
                .params
                .iter()
                .any(|param| matches!(param.ty, TypeSpec::Object { .. }));
            instances || self.description.calls_others(&function.name)
        };
        let functions = to_prove(inquiry.functions, inquiry.only).into_iter().filter(telling);
        let plans: Vec<Plan> = functions.map(|function| self.plan(function)).collect();
        if !plans.is_empty() {
            let noticed = rehearse(plans, &self.oracle, inquiry.limit)?;
            self.noticed = noticed.calls;
            self.all.extend(noticed.left);
        }
        Ok(())
    }

    /// Begins the proofs that need no vessel yet, until `enough` says that there is one: that of the script, and those of
    /// functions without a native version, of `cases` cases each.
    ///
    /// # Errors
    /// CPython cannot be started.
    pub fn begin(&mut self, inquiry: &Inquiry, cases: usize, enough: &dyn Fn() -> bool) -> io::Result<()> {
        if let (Some(original), Some(notes)) = (&self.script, &self.description.script) {
            script::rehearse(original, notes, self.seed, enough)?;
        }
        let mut begun = BTreeMap::new();
        let mut pool = Pool::new(&self.oracle, inquiry.jobs, inquiry.limit);
        for function in to_prove(inquiry.functions, inquiry.only) {
            let plan = self.plan(function);
            if enough() {
                break;
            }
            if !plan.native && cannot_be_called(function, &plan).is_none() {
                let rehearsed = prove::rehearse(&plan, cases, &mut pool, &self.description)?;
                begun.insert(function.name.clone(), rehearsed);
            }
        }
        drop(pool);
        self.begun = begun;
        Ok(())
    }

    /// Whether these are the functions that it was laid for, as far as cases depend on them.
    pub fn fits(&self, functions: &[FunctionEntry]) -> bool {
        let same = |(a, b): (&FunctionEntry, &FunctionEntry)| {
            (&a.name, a.status, &a.params, a.reads_paths) == (&b.name, b.status, &b.params, b.reads_paths)
        };
        self.functions.len() == functions.len() && self.functions.iter().zip(functions).all(same)
    }

    /// The proof of a function as far as it was begun.
    pub fn begun(&self, function: &str) -> Option<&Rehearsed> {
        self.begun.get(function)
    }

    /// What is known of a function before its cases are made.
    pub fn plan(&self, function: &FunctionEntry) -> Plan {
        let description = &self.description;
        let paths = function.params.iter().any(|param| holds_path(&param.ty));
        let own = self.recorded.get(&function.name).cloned().unwrap_or_default();
        let bound = usize::from(description.is_bound(&function.name));
        let unbound = |mut case: Case| {
            case.args.drain(..bound.min(case.args.len()));
            case
        };
        let noticed = self.noticed.get(&function.name);
        let rehearsed = noticed.map_or(&[][..], |noticed| &noticed.calls).iter().map(kept::case);
        let usable = |cases: Vec<Case>| -> Vec<Case> {
            let fitting = cases.into_iter().filter(|case| fits(case, function));
            fitting.map(unbound).collect()
        };
        Plan {
            name: function.name.clone(),
            params: function
                .params
                .iter()
                .map(|param| with_noticed_type(param, noticed))
                .skip(bound)
                .collect(),
            recorded: usable(own),
            rehearsed: usable(rehearsed.collect()),
            material: Material {
                json: description.reads_json(&function.name),
                ..Material::new(&description.constants(&function.name), &self.all)
            },
            branches: description.branches_of(&function.name),
            native: function.status == Status::Native,
            files: paths || function.reads_paths || description.deals_in_files(&function.name),
            seed: self.seed,
        }
    }
}

/// How long importing the source may take.
const IMPORT_LIMIT: Duration = Duration::from_secs(30);

/// The translated functions that can be called by themselves; one inside another is proven through the outer one.
pub fn to_prove<'a>(all: &'a [FunctionEntry], only: &[String]) -> Vec<&'a FunctionEntry> {
    let inner = |function: &FunctionEntry| {
        let outer = function.name.rsplit_once('.').map(|(outer, _)| outer);
        outer.is_some_and(|outer| all.iter().any(|other| other.name == outer))
    };
    let wanted = |function: &&FunctionEntry| only.is_empty() || only.contains(&function.name);
    let translated = all
        .iter()
        .filter(|function| function.status != Status::Python && !inner(function));
    translated.filter(wanted).collect()
}

/// Where nothing is known of a parameter, the type of what it was given.
fn with_noticed_type(param: &Param, noticed: Option<&Recorded>) -> Param {
    let seen = noticed.and_then(|noticed| noticed.params.iter().find(|(name, _)| *name == param.name));
    match seen {
        Some((_, ty)) if param.ty == TypeSpec::Any && *ty != TypeSpec::Never => Param {
            ty: ty.clone(),
            ..param.clone()
        },
        _ => param.clone(),
    }
}

/// A recorded call may name files of the user's: they are not there in the worker's folder, and that is a case too.
fn fits(case: &Case, function: &FunctionEntry) -> bool {
    let variadic = function
        .params
        .iter()
        .any(|param| param.kind == ParamKind::VarPositional);
    variadic || case.args.len() <= function.params.len()
}

fn holds_path(ty: &TypeSpec) -> bool {
    match ty {
        TypeSpec::Path => true,
        TypeSpec::List { item } | TypeSpec::Set { item } | TypeSpec::Iterator { item } => holds_path(item),
        TypeSpec::Union { options } | TypeSpec::Tuple { items: options } => options.iter().any(holds_path),
        TypeSpec::Dict { key, value } => holds_path(key) || holds_path(value),
        TypeSpec::Record { fields } => fields.iter().any(|field| holds_path(&field.ty)),
        _ => false,
    }
}

/// Why no case can be made: a method of a class of which no instance was ever seen, a function inside another.
pub fn cannot_be_called(function: &FunctionEntry, plan: &Plan) -> Option<String> {
    let class = plan.params.first().and_then(|param| match &param.ty {
        TypeSpec::Object { class } if function.name.starts_with(&format!("{class}.")) => Some(class),
        _ => None,
    })?;
    let constructor = ["__init__", "__new__"].iter().any(|name| function.name.ends_with(name));
    let unseen = !constructor && !plan.material.instances.contains_key(class);
    unseen.then(|| format!("no instance of {class} was seen or could be made, so no case can be made"))
}
