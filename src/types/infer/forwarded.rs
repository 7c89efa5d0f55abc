//! Calls of functions that only hand on a generator: `def walk(self): return self._walk(self.root)`.

use super::Infer;
use crate::ir::func::{Flavor, ParamKind, Storage};
use crate::ir::{Arg, Callee, Expr, ExprKind, FuncId, Function, LocalId, Stmt, StmtKind};
use crate::source::Span;
use crate::types::lattice::T;

impl Infer<'_> {
    /// The call that the called function does nothing but return, where it is one of a generator that is gone through
    /// item by item: written with the caller's arguments. Those, and what it takes of them, are only read, so that nobody
    /// can tell when, and how often.
    pub fn forwarded(&mut self, e: &Expr) -> Option<Expr> {
        let ExprKind::Call { callee, args, keywords } = &e.kind else {
            return None;
        };
        let args: Option<Vec<&Expr>> = args.iter().map(plain).collect();
        let (mut given, func) = match callee {
            Callee::Function(func) => (Vec::new(), *func),
            Callee::Method { object, name } if self.is_method(name) && self.only_reads(object) => {
                (vec![&**object], self.called_method(object, name)?)
            }
            _ => return None,
        };
        given.extend(args.filter(|args| args.iter().all(|arg| self.only_reads(arg)))?);
        let program = self.program;
        let function = program.function(func);
        let call = returned(function)?;
        if !keywords.is_empty() || given.len() != function.params.len() || !self.may_stream(call) {
            return None;
        }
        let actual = |local: LocalId| {
            let at = function.params.iter().position(|p| p.local == local)?;
            Some(given[at].clone())
        };
        self.written_with(call, &actual, e.span)
    }

    /// The one argument of a builtin that takes all it gives, where it is an instance whose `__iter__` is a
    /// generator, or hands one on.
    pub fn handed_on_argument<'e>(
        &mut self,
        name: &str,
        args: &'e [Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<&'e Expr> {
        let [Arg::One(only)] = args else { return None };
        let taken = matches!(name, "list" | "sum" | "sorted" | "max" | "min" | "set");
        if !taken || !keywords.is_empty() || !self.is_method("__iter__") || !self.only_reads(only) {
            return None;
        }
        let iter = self.called_method(only, "__iter__")?;
        let goes_on = self.program.function(iter).flavor == Flavor::Plain || self.streams.contains_key(&iter);
        goes_on.then_some(only)
    }

    /// What makes a list of an instance asks for its length first, to have room: the call that `__len__` gets.
    pub fn length_asked(&mut self, name: &str, args: &[Arg]) -> Option<Stmt> {
        let [Arg::One(only), ..] = args else { return None };
        if !matches!(name, "list" | "sorted" | "tuple") || !self.is_method("__len__") {
            return None;
        }
        let (_, t) = self.expr(only);
        let class = match &t {
            T::Instance(class) => *class,
            T::Opt(inner) => match **inner {
                T::Instance(class) => class,
                _ => return None,
            },
            _ => return None,
        };
        if !self.classes[&class].methods.contains_key("__len__") {
            return None;
        }
        if !self.only_reads(only) {
            self.slots.poison(&t);
            return None;
        }
        let kind = ExprKind::Call {
            callee: Callee::Builtin("len".to_owned()),
            args: vec![Arg::One(only.clone())],
            keywords: Vec::new(),
        };
        let (asked, _) = self.expr(&Expr::new(kind, only.span));
        Some(Stmt {
            kind: StmtKind::Expr(asked),
            span: only.span,
        })
    }

    fn called_method(&mut self, object: &Expr, name: &str) -> Option<FuncId> {
        let (_, t) = self.there(object);
        let T::Instance(class) = t else { return None };
        self.classes[&class].methods.get(name).copied()
    }

    fn is_method(&self, name: &str) -> bool {
        self.classes.values().any(|class| class.methods.contains_key(name))
    }

    /// A variable, a constant, or an attribute of such that no code stands behind.
    fn only_reads(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Local(id, _) => {
                let function = self.program.function(self.instances[self.current].function);
                let local = function.local(*id);
                local.storage == Storage::Plain && !local.maybe_unbound
            }
            ExprKind::Const(_) => true,
            ExprKind::Attr { object, name } => self.only_reads(object) && self.is_plain_attribute(name),
            _ => false,
        }
    }

    fn is_plain_attribute(&self, name: &str) -> bool {
        let computes = |func: &crate::ir::Function| func.class.is_some() && func.name == name;
        !self.program.functions.iter().any(computes)
    }

    /// The expression with each of its variables replaced.
    fn written_with(&self, e: &Expr, actual: &dyn Fn(LocalId) -> Option<Expr>, span: Span) -> Option<Expr> {
        let kind = match &e.kind {
            ExprKind::Local(id, _) => return actual(*id),
            ExprKind::Const(constant) => ExprKind::Const(constant.clone()),
            ExprKind::Attr { object, name } if self.is_plain_attribute(name) => ExprKind::Attr {
                object: Box::new(self.written_with(object, actual, span)?),
                name: name.clone(),
            },
            ExprKind::Call { callee, args, keywords } if keywords.is_empty() => {
                let callee = match callee {
                    Callee::Function(func) => Callee::Function(*func),
                    Callee::Method { object, name } => Callee::Method {
                        object: Box::new(self.written_with(object, actual, span)?),
                        name: name.clone(),
                    },
                    _ => return None,
                };
                let args = args.iter().map(|arg| match &plain(arg)?.kind {
                    ExprKind::Call { .. } => None,
                    _ => self.written_with(plain(arg)?, actual, span).map(Arg::One),
                });
                ExprKind::Call {
                    callee,
                    args: args.collect::<Option<_>>()?,
                    keywords: Vec::new(),
                }
            }
            _ => return None,
        };
        Some(Expr::new(kind, span))
    }
}

fn plain(arg: &Arg) -> Option<&Expr> {
    match arg {
        Arg::One(e) => Some(e),
        _ => None,
    }
}

/// What a function returns that does nothing else.
fn returned(function: &Function) -> Option<&Expr> {
    let collects = |kind| matches!(kind, ParamKind::VarArgs | ParamKind::VarKeywords);
    if function.flavor != Flavor::Plain || function.params.iter().any(|p| collects(p.kind)) {
        return None;
    }
    match function.body.as_slice() {
        [stmt] => match &stmt.kind {
            StmtKind::Return(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}
