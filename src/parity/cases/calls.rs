//! Whole calls: arguments for every parameter, in every way that a call may pass them, right or wrong.

use super::generate::{FILES, Generator};
use super::material::Material;
use super::mutate::mutate;
use super::rng::Rng;
use crate::parity::case::Case;
use crate::parity::form::Form;
use crate::vessel::{Param, ParamKind, TypeSpec};

/// What is known of a function before cases are made.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub name: String,
    pub params: Vec<Param>,
    pub recorded: Vec<Case>,
    /// Calls that other functions of the file made of it when they were tried.
    pub rehearsed: Vec<Case>,
    pub material: Material,
    /// The function deals in files: cases come with some, and texts may name them.
    pub files: bool,
    /// Branches of the Python function, by number in the reporting copy.
    pub branches: Vec<u16>,
    /// The vessel has a native version that cases should reach.
    pub native: bool,
    pub seed: u64,
}

/// How a case came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    Recorded,
    Typed,
    Mutated,
    Wrong,
    /// Saved when an earlier certification failed on it.
    Kept,
}

impl Plan {
    /// The candidate of this number; the same for the same seed, whatever was made before it.
    pub fn candidate(&self, number: u64, tame: Option<i64>, seeds: &[Case]) -> (Source, Case) {
        let mut make = self.generator(number, tame);
        // Where nothing tells what the arguments are, known calls are a better start than any value.
        let typed = if self.params.iter().all(|param| param.ty == TypeSpec::Any) && !seeds.is_empty() {
            34
        } else {
            58
        };
        let source = match make.rng.below(100) {
            chance if chance < typed => Source::Typed,
            chance if chance < 88 => Source::Mutated,
            _ => Source::Wrong,
        };
        let mut case = match source {
            Source::Mutated if !seeds.is_empty() => self.mutated(&mut make, seeds),
            Source::Wrong => self.wrong(&mut make, seeds),
            _ => self.typed(&mut make),
        };
        case.args.iter_mut().for_each(Form::settle_sets);
        case.kwargs.iter_mut().for_each(|(_, value)| value.settle_sets());
        (source, self.with_files(case, &mut make))
    }

    fn generator(&self, number: u64, tame: Option<i64>) -> Generator<'_> {
        let mut rng = Rng::new(self.seed, &self.name, number);
        let bold = tame.is_none() && rng.percent(14);
        Generator {
            rng,
            material: &self.material,
            tame,
            bold,
            files: self.files,
            labels: 0,
            budget: 150,
        }
    }

    /// Arguments of the inferred types, passed in one of the ways that the parameters allow.
    fn typed(&self, make: &mut Generator) -> Case {
        let mut case = Case::default();
        let by_name_from = if make.rng.percent(8) {
            make.rng.below(self.params.len() + 1)
        } else {
            usize::MAX
        };
        let mut skipped = false;
        for (position, param) in self.params.iter().enumerate() {
            match param.kind {
                ParamKind::VarPositional => self.extra_positional(&param.ty, make, &mut case),
                ParamKind::VarKeyword => self.extra_keywords(&param.ty, make, &mut case),
                _ if param.default.is_some() && make.rng.percent(35) => skipped = true,
                ParamKind::KeywordOnly => self.pass_by_name(param, make, &mut case),
                ParamKind::PositionalOrKeyword if skipped || position >= by_name_from => {
                    self.pass_by_name(param, make, &mut case);
                }
                // A positional-only parameter after one left to its default cannot be passed.
                _ if skipped => {}
                _ => {
                    let value = self.argument(param, make, &case);
                    case.args.push(value);
                }
            }
        }
        case
    }

    fn pass_by_name(&self, param: &Param, make: &mut Generator, case: &mut Case) {
        let value = self.argument(param, make, case);
        case.kwargs.push((param.name.clone(), value));
    }

    /// A value of the parameter's type; sometimes the very object that an earlier argument is.
    fn argument(&self, param: &Param, make: &mut Generator, case: &Case) -> Form {
        if make.rng.percent(4)
            && let Some(Form::Shared(..)) = case.args.last()
        {
            return case.args.last().cloned().unwrap_or(Form::None);
        }
        // What is looked up is often there.
        if !case.args.is_empty()
            && make.rng.percent(20)
            && let Some(part) = part_of(&case.args, &param.ty, make)
        {
            return part;
        }
        let value = make.value(&param.ty, 0);
        match value {
            Form::List(_) | Form::Dict(_) | Form::Set(_) if self.params.len() > 1 && make.rng.percent(30) => {
                make.shared(value)
            }
            value => value,
        }
    }

    fn extra_positional(&self, ty: &TypeSpec, make: &mut Generator, case: &mut Case) {
        for _ in 0..make.rng.below(4) {
            let value = make.value(item_of(ty), 1);
            case.args.push(value);
        }
    }

    fn extra_keywords(&self, ty: &TypeSpec, make: &mut Generator, case: &mut Case) {
        for name in ["extra", "other"].iter().take(make.rng.below(3)) {
            let value = make.value(item_of(ty), 1);
            case.kwargs.push(((*name).to_string(), value));
        }
    }

    /// A known case with small changes, or with arguments from several known cases.
    fn mutated(&self, make: &mut Generator, seeds: &[Case]) -> Case {
        let mut case = make.rng.pick(seeds).clone();
        if make.rng.percent(15) {
            let other = make.rng.pick(seeds);
            let place = make.rng.below(case.args.len().max(1));
            if let (Some(arg), Some(from)) = (case.args.get_mut(place), other.args.get(place)) {
                *arg = from.clone();
            }
        }
        for _ in 0..1 + make.rng.below(3) {
            let places = case.args.len() + case.kwargs.len();
            let place = make.rng.below(places.max(1));
            let arg = match place.checked_sub(case.args.len()) {
                None => case.args.get_mut(place),
                Some(place) => case.kwargs.get_mut(place).map(|(_, value)| value),
            };
            if let Some(arg) = arg {
                mutate(arg, make);
            }
        }
        case
    }

    /// An argument of another type, one too few, one too many, or a name that is no parameter.
    fn wrong(&self, make: &mut Generator, seeds: &[Case]) -> Case {
        let mut case = match seeds.is_empty() || make.rng.percent(50) {
            true => self.typed(make),
            false => make.rng.pick(seeds).clone(),
        };
        let place = make.rng.below(case.args.len().max(1));
        match make.rng.below(12) {
            0 => {
                case.args.pop();
            }
            1 => {
                let extra = make.anything(1);
                case.args.push(extra);
            }
            2 => case.kwargs.push(("unexpected".to_string(), Form::None)),
            3 if !self.params.is_empty() => {
                let param = &self.params[make.rng.below(self.params.len())];
                if !case.kwargs.iter().any(|(name, _)| *name == param.name) {
                    let value = make.anything(1);
                    case.kwargs.push((param.name.clone(), value));
                }
            }
            _ => {
                if let Some(arg) = case.args.get_mut(place) {
                    *arg = make.anything(0);
                }
            }
        }
        case
    }

    fn with_files(&self, mut case: Case, make: &mut Generator) -> Case {
        if self.files && case.files.is_empty() {
            for name in FILES {
                if make.rng.percent(75) {
                    let content = if *name == "empty" {
                        Vec::new()
                    } else {
                        file_content(make)
                    };
                    case.files.push(((*name).to_string(), content));
                }
            }
        }
        case
    }
}

/// Some text or number inside the values that a parameter of this type may get.
fn part_of(args: &[Form], ty: &TypeSpec, make: &mut Generator) -> Option<Form> {
    const MOST: usize = 60;
    fn gather(form: &Form, ty: &TypeSpec, found: &mut Vec<Form>) {
        let fits = match form {
            Form::Str(_) => matches!(ty, TypeSpec::Str | TypeSpec::Any),
            Form::Int(_) => matches!(ty, TypeSpec::Int | TypeSpec::Any),
            Form::Float(_) => matches!(ty, TypeSpec::Float | TypeSpec::Any),
            _ => false,
        };
        if fits && found.len() < MOST {
            found.push(form.clone());
        }
        form.for_each_part(&mut |part| gather(part, ty, found));
    }
    let mut found = Vec::new();
    args.iter().for_each(|arg| gather(arg, ty, &mut found));
    (!found.is_empty()).then(|| make.rng.pick(&found).clone())
}

fn item_of(ty: &TypeSpec) -> &TypeSpec {
    match ty {
        TypeSpec::List { item } => item,
        TypeSpec::Tuple { items } => items.first().unwrap_or(&TypeSpec::Any),
        TypeSpec::Dict { value, .. } => value,
        other => other,
    }
}

fn file_content(make: &mut Generator) -> Vec<u8> {
    let lines = make.rng.below(5);
    let mut content = Vec::new();
    for _ in 0..lines {
        content.extend(super::text::any(&mut make.rng, make.material));
        content.extend(*make.rng.pick(&[&b"\n"[..], b"\n", b"\n", b"\r\n", b""]));
    }
    content
}
