//! Functions that decide by the class of an instance what a name means.

use super::draft::{Draft, not};
use super::family::{Family, Meaning};
use crate::ir::{Arg, Callee, ClassId, Expr, ExprKind, FuncId, LocalId, Param, ParamKind, Program, StmtKind};

impl Family<'_> {
    /// What the name means to an instance of the class or of one that derives from it.
    pub fn dispatch(&self, program: &mut Program, class: ClassId, name: &str) -> Option<Meaning> {
        let made = self.made_below(class);
        let asked = if made.is_empty() { vec![class] } else { made };
        let mut owners: Vec<ClassId> = Vec::new();
        for class in asked {
            let owner = self.owner(class, name)?;
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        if let [owner] = owners.as_slice() {
            return match self.own(*owner, name)? {
                Meaning::Variable(global) => {
                    let mut reader = Draft::helper(name, program.class(class), class);
                    let read = reader.expr(ExprKind::Global(global));
                    reader.push(StmtKind::Return(read));
                    let get = reader.add_to(program);
                    Some(Meaning::Property { get, set: None })
                }
                other => Some(other),
            };
        }
        // The most derived first: their tests are the narrowest.
        owners.sort_by_key(|owner| std::cmp::Reverse(self.lineage(*owner).count()));
        let meanings: Option<Vec<Meaning>> = owners.iter().map(|owner| self.own(*owner, name)).collect();
        let meanings = meanings?;
        let methods: Option<Vec<FuncId>> = (meanings.iter())
            .map(|meaning| match meaning {
                Meaning::Method(func) => Some(*func),
                _ => None,
            })
            .collect();
        let draft = Draft::helper(name, program.class(class), class);
        match methods {
            Some(methods) => {
                let dispatcher = self.method_dispatcher(program, draft, &owners, &methods)?;
                Some(Meaning::Method(dispatcher.add_to(program)))
            }
            None => {
                let dispatcher = self.reading_dispatcher(draft, &owners, &meanings)?;
                let get = dispatcher.add_to(program);
                Some(Meaning::Property { get, set: None })
            }
        }
    }

    /// Calls the method of the instance's class. All of them must take the same parameters.
    fn method_dispatcher(
        &self,
        program: &Program,
        mut draft: Draft,
        owners: &[ClassId],
        methods: &[FuncId],
    ) -> Option<Draft> {
        let model = program.function(methods[0]);
        let alike = |func: &FuncId| same_params(&model.params, &program.function(*func).params);
        if !methods.iter().all(alike) {
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
        let values = methods.iter().map(call).collect();
        self.decide(&mut draft, owners, values);
        Some(draft)
    }

    /// Reads a property or variable of the instance's class.
    fn reading_dispatcher(&self, mut draft: Draft, owners: &[ClassId], meanings: &[Meaning]) -> Option<Draft> {
        let this = draft.params()[0].local;
        let read = |meaning: &Meaning| match meaning {
            Meaning::Variable(global) => Some(draft.expr(ExprKind::Global(*global))),
            Meaning::Property { get, .. } => Some(draft.expr(ExprKind::Call {
                callee: Callee::Function(*get),
                args: vec![Arg::One(draft.local(this))],
                keywords: Vec::new(),
            })),
            _ => None,
        };
        let values: Option<Vec<Expr>> = meanings.iter().map(read).collect();
        self.decide(&mut draft, owners, values?);
        Some(draft)
    }

    /// `if isinstance(self, A): return ...`, and so on. The last is only asked to be sure.
    fn decide(&self, draft: &mut Draft, owners: &[ClassId], values: Vec<Expr>) {
        let this: LocalId = draft.params()[0].local;
        let last = owners.len() - 1;
        for (at, (owner, value)) in owners.iter().zip(values).enumerate() {
            let class = draft.expr(ExprKind::Global(self.statements[owner].global));
            let test = draft.is_instance(this, class);
            let give = StmtKind::Return(value);
            if at == last {
                let exc = draft.expr(ExprKind::Builtin("AssertionError".to_owned()));
                let stop = draft.when(not(test), StmtKind::Raise { exc, cause: None });
                draft.push(stop);
                draft.push(give);
            } else {
                let when = draft.when(test, give);
                draft.push(when);
            }
        }
    }
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
