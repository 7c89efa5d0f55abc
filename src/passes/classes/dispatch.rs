//! Functions that decide by the class of an instance what a name means.

use super::draft::{Draft, not};
use super::family::{Family, Meaning};
use crate::ir::{Arg, Callee, ClassId, Const, Expr, ExprKind, FuncId, LocalId, Param, ParamKind, Program, StmtKind};

/// What a name means to the instances of one class.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    /// What a class binds it to; and which.
    Bound(ClassId, Meaning),
    /// An attribute of the instances themselves.
    Field(ClassId),
}

impl Found {
    /// The class that instances are asked about.
    fn class(&self) -> ClassId {
        match *self {
            Found::Bound(class, _) | Found::Field(class) => class,
        }
    }
}

impl Family<'_> {
    /// What the name means to an instance of the class or of one that derives from it. Those of classes without it
    /// make native code give up.
    pub fn dispatch(&self, program: &mut Program, class: ClassId, name: &str) -> Option<Meaning> {
        let made = self.made_below(class);
        let asked = if made.is_empty() { vec![class] } else { made };
        let meant: Vec<Option<Found>> = asked.iter().map(|class| self.find(*class, name)).collect();
        let complete = meant.iter().all(Option::is_some);
        let mut found: Vec<Found> = Vec::new();
        for one in meant.into_iter().flatten() {
            if !found.contains(&one) {
                found.push(one);
            }
        }
        if let ([Found::Bound(_, only)], true) = (found.as_slice(), complete) {
            return match only {
                Meaning::Variable(global) => {
                    let mut reader = Draft::helper(name, program.class(class), class);
                    let read = reader.expr(ExprKind::Global(*global));
                    reader.push(StmtKind::Return(read));
                    let get = reader.add_to(program);
                    Some(Meaning::Property { get, set: None })
                }
                other => Some(*other),
            };
        }
        // The most derived first: their tests are the narrowest.
        found.sort_by_key(|one| std::cmp::Reverse(self.lineage(one.class()).count()));
        let methods: Option<Vec<FuncId>> = (found.iter())
            .map(|one| match one {
                Found::Bound(_, Meaning::Method(func)) => Some(*func),
                _ => None,
            })
            .collect();
        let mut draft = Draft::helper(name, program.class(class), class);
        let values = match &methods {
            _ if found.is_empty() => return None,
            Some(methods) => calls(program, &mut draft, methods)?,
            None => reads(&draft, name, &found)?,
        };
        let owners: Vec<ClassId> = found.iter().map(Found::class).collect();
        self.decide(&mut draft, &owners, values, complete);
        let function = draft.add_to(program);
        Some(match methods {
            Some(_) => Meaning::Method(function),
            None => Meaning::Property {
                get: function,
                set: None,
            },
        })
    }

    fn find(&self, class: ClassId, name: &str) -> Option<Found> {
        if self.binds(class, name) {
            return Some(Found::Field(class));
        }
        let owner = self.owner(class, name)?;
        Some(Found::Bound(owner, self.own(owner, name)?))
    }

    /// `if isinstance(self, A): return ...`, and so on; at the end, native code gives up. Where that cannot be, the last
    /// is only asked to be sure.
    fn decide(&self, draft: &mut Draft, owners: &[ClassId], values: Vec<Expr>, complete: bool) {
        let this: LocalId = draft.params()[0].local;
        let last = owners.len() - 1;
        for (at, (owner, value)) in owners.iter().zip(values).enumerate() {
            let class = draft.expr(ExprKind::Global(self.statements[owner].global));
            let test = draft.is_instance(this, class);
            let give = StmtKind::Return(value);
            if at == last && complete {
                let exc = draft.expr(ExprKind::Builtin("AssertionError".to_owned()));
                let stop = draft.when(not(test), StmtKind::Raise { exc, cause: None });
                draft.push(stop);
                draft.push(give);
            } else {
                let when = draft.when(test, give);
                draft.push(when);
            }
        }
        if !complete {
            let nothing = Box::new(draft.expr(ExprKind::Const(Const::None)));
            let given_up = draft.expr(ExprKind::Guard(nothing));
            draft.push(StmtKind::Return(given_up));
        }
    }
}

/// Calls of the methods of several classes. All of them must take the same parameters.
fn calls(program: &Program, draft: &mut Draft, methods: &[FuncId]) -> Option<Vec<Expr>> {
    let model = program.function(methods[0]);
    let alike = |func: &FuncId| same_params(&model.params, &program.function(*func).params);
    let collects = |p: &Param| matches!(p.kind, ParamKind::VarArgs | ParamKind::VarKeywords);
    if !methods.iter().all(alike) || model.params.iter().any(collects) {
        return None;
    }
    model.params[1..].iter().for_each(|param| {
        draft.add_param(param.clone());
    });
    let call = |func: &FuncId| {
        let local = |p: &Param| draft.local(p.local);
        let positional = draft.params().iter().filter(|p| p.kind != ParamKind::KeywordOnly);
        let named = draft.params().iter().filter(|p| p.kind == ParamKind::KeywordOnly);
        draft.expr(ExprKind::Call {
            callee: Callee::Function(*func),
            args: positional.map(|p| Arg::One(local(p))).collect(),
            keywords: named.map(|p| (Some(p.name.clone()), local(p))).collect(),
        })
    };
    Some(methods.iter().map(call).collect())
}

/// What reading the attribute gives in each class. None where that is a method.
fn reads(draft: &Draft, name: &str, found: &[Found]) -> Option<Vec<Expr>> {
    let this = draft.params()[0].local;
    let read = |one: &Found| match one {
        Found::Field(_) => Some(draft.attribute(this, name)),
        Found::Bound(_, Meaning::Variable(global)) => Some(draft.expr(ExprKind::Global(*global))),
        Found::Bound(_, Meaning::Property { get, .. }) => Some(draft.expr(ExprKind::Call {
            callee: Callee::Function(*get),
            args: vec![Arg::One(draft.local(this))],
            keywords: Vec::new(),
        })),
        Found::Bound(..) => None,
    };
    found.iter().map(read).collect()
}

fn same_params(a: &[Param], b: &[Param]) -> bool {
    let same_default = |a: &Option<Expr>, b: &Option<Expr>| match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => match (&a.kind, &b.kind) {
            (ExprKind::Const(a), ExprKind::Const(b)) => format!("{a:?}") == format!("{b:?}"),
            _ => false,
        },
        _ => false,
    };
    a.len() == b.len()
        && (a.iter().zip(b)).enumerate().all(|(at, (a, b))| {
            (at == 0 || a.name == b.name) && a.kind == b.kind && same_default(&a.default, &b.default)
        })
}
