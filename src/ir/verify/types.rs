//! The rules of a typed program: what stands together has types that go together.

use super::Checker;
use crate::ir::bind::{Bound, bind};
use crate::ir::func::{ClassId, FuncId};
use crate::ir::ops::{Arg, Callee, Expr, ExprKind, Parallel, Stmt, StmtKind, Target};
use crate::ir::rows::{Pattern, Row};
use crate::ir::ty::{MapKind, Ty};

impl<'a> Checker<'a> {
    pub(super) fn typed_stmt(&mut self, stmt: &'a Stmt) {
        match &stmt.kind {
            StmtKind::If { cond, .. } | StmtKind::While { cond, .. } => self.condition(cond),
            StmtKind::Return(value) if self.function.flavor == crate::ir::func::Flavor::Plain => {
                let ret = self.function.ret.clone();
                self.carries(12, value, &ret, "the function's result");
            }
            StmtKind::Assign {
                value,
                target: Target::Local(id),
            } => {
                if let Some(local) = self.function.locals.get(id.index()) {
                    self.carries(12, value, &local.ty, &local.name);
                }
            }
            _ => {}
        }
    }

    pub(super) fn typed_expr(&mut self, e: &'a Expr) {
        match &e.kind {
            ExprKind::Op { row, args } => self.operation(e, row, args),
            ExprKind::IfExp { cond, .. } => self.condition(cond),
            ExprKind::Not(inner) => self.condition(inner),
            ExprKind::Field { object, name } => self.field(e, object, name),
            ExprKind::New { class, fields } => self.new_instance(*class, fields),
            // The items of a loop, put into a container.
            ExprKind::Convert(inner) if matches!(inner.kind, ExprKind::Source(_)) => {
                let holds = match (&e.ty, &inner.ty) {
                    (Ty::List(item) | Ty::Set(item), ty) => carries(ty, item),
                    (Ty::Dict(key, value), Ty::Tuple(pair)) => {
                        matches!(pair.as_slice(), [k, v] if carries(k, key) && carries(v, value))
                    }
                    _ => false,
                };
                self.expect(12, holds, |this| {
                    format!("{} holds other items than it is given", this.shown(e))
                });
            }
            ExprKind::Convert(inner) => self.carries(12, inner, &e.ty, "what it is converted to"),
            ExprKind::Guard(inner) => {
                let possible = may_be(&inner.ty, &e.ty);
                self.expect(12, possible, |this| format!("{} can never pass", this.shown(e)));
            }
            ExprKind::Local(id, _) => {
                let declared = self.function.locals.get(id.index()).map(|l| &l.ty);
                let narrower = declared.is_none_or(|ty| may_be(ty, &e.ty) || carries(&e.ty, ty));
                self.expect(12, narrower, |this| {
                    format!("{} is read as what it cannot be", this.shown(e))
                });
            }
            ExprKind::Call {
                callee: Callee::Function(id),
                args,
                keywords,
            } => self.direct_call(*id, args, keywords),
            ExprKind::Parallel(Parallel { round, shared, .. }) => {
                let params = self.program.functions.get(round.index()).map(|f| f.params.len());
                let right = params.is_none_or(|count| count == shared.len() + 1);
                self.expect(11, right, |this| {
                    format!("{} shares another number of values", this.shown(e))
                });
            }
            _ => {}
        }
    }

    fn condition(&mut self, cond: &Expr) {
        let is_bool = matches!(cond.ty, Ty::Bool | Ty::Never);
        self.expect(9, is_bool, |this| {
            format!("the condition {} is no bool", this.shown(cond))
        });
    }

    fn carries(&mut self, rule: u8, value: &Expr, to: &Ty, what: &str) {
        let fits = carries(&value.ty, to);
        self.expect(rule, fits, |this| {
            format!("{} ({}) cannot be {what} ({to})", this.shown(value), value.ty)
        });
    }

    fn operation(&mut self, e: &Expr, row: &Row, args: &[Expr]) {
        // What never comes to pass stands with any row of the name.
        if e.ty == Ty::Never || args.iter().any(|arg| arg.ty == Ty::Never) {
            return;
        }
        let mut meant = Vec::new();
        let fits = row.params.len() == args.len()
            && args
                .iter()
                .zip(&row.params)
                .all(|(arg, pattern)| matches(pattern, &arg.ty, &mut meant))
            && matches(&row.ret, &e.ty, &mut meant);
        self.expect(8, fits, |this| {
            let types: Vec<String> = args.iter().map(|arg| arg.ty.to_string()).collect();
            format!(
                "{} has operands ({}) and gives {}",
                this.shown(e),
                types.join(", "),
                e.ty
            )
        });
    }

    fn field(&mut self, e: &Expr, object: &Expr, name: &str) {
        let fields = match &object.ty {
            Ty::Record(id) => self.record(*id),
            Ty::Instance(id) => self.layout(*id),
            Ty::Never => return,
            _ => None,
        };
        let found = fields.and_then(|fields| fields.iter().find(|(field, _)| field == name));
        let right = found.is_some_and(|(_, ty)| carries(ty, &e.ty) || may_be(ty, &e.ty));
        self.expect(10, right, |this| {
            format!("{} is no field of {}", this.shown(e), object.ty)
        });
    }

    fn layout(&self, id: ClassId) -> Option<&'a [(String, Ty)]> {
        self.program.classes.get(id.index())?.layout.as_deref()
    }

    fn new_instance(&mut self, class: ClassId, fields: &'a [(String, Expr)]) {
        let Some(layout) = self.layout(class) else {
            // The class turned out to need its object; this form of its `__init__` is no one's to call.
            return;
        };
        let known = |(name, _): &(String, Expr)| layout.iter().any(|(field, _)| field == name);
        // It may have fewer: other classes of its family have their own, and some are bound once it is made.
        self.expect(10, fields.iter().all(known), |_| {
            format!("the layout of !{} lacks an attribute", class.0)
        });
        for (name, value) in fields {
            if let Some((_, ty)) = layout.iter().find(|(field, _)| field == name) {
                self.carries(10, value, ty, name);
            }
        }
    }

    /// A call whose arguments can be bound now is a call of the Rust function; any other goes through the object.
    fn direct_call(&mut self, id: FuncId, args: &'a [Arg], keywords: &'a [(Option<String>, Expr)]) {
        let Some(callee) = self.program.functions.get(id.index()) else {
            return;
        };
        let Some(bound) = bind(&callee.params, args, keywords) else {
            return;
        };
        for (param, bound) in callee.params.iter().zip(bound) {
            if let (Bound::Given(arg), Some(local)) = (bound, callee.locals.get(param.local.index())) {
                self.carries(11, arg, &local.ty, &param.name);
            }
        }
    }
}

/// A value of the one type can be made one of the other without loss, or is one already where the code is reached.
fn carries(from: &Ty, to: &Ty) -> bool {
    match (from, to) {
        (a, b) if a == b => true,
        (Ty::Never, _) | (_, Ty::Dyn) => true,
        (Ty::Bool, Ty::Int | Ty::Wide | Ty::Float) | (Ty::Int, Ty::Wide | Ty::Float) => true,
        (Ty::None, Ty::Option(_)) => true,
        (Ty::Option(a), Ty::Option(b)) => carries(a, b),
        // Narrowed by a condition that was passed on the way here.
        (Ty::Option(a), b) => carries(a, b),
        (a, Ty::Option(b)) => carries(a, b),
        (Ty::Dyn, Ty::Bool | Ty::None) => true,
        (Ty::Tuple(a), Ty::Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| carries(a, b)),
        (Ty::List(_), Ty::List(b)) => b.is_dyn(),
        _ => false,
    }
}

/// A value of the one type may turn out to be one of the other.
fn may_be(from: &Ty, to: &Ty) -> bool {
    match (from, to) {
        (Ty::Dyn, _) | (_, Ty::Never) => true,
        (Ty::Option(inner), to) => **inner == *to || *to == Ty::None || may_be(inner, to),
        (Ty::Wide, Ty::Int) => true,
        (from, to) => carries(from, to),
    }
}

/// The type is one that the pattern stands for; a letter means the same type wherever it occurs.
fn matches(pattern: &Pattern, ty: &Ty, meant: &mut Vec<(char, Ty)>) -> bool {
    match (pattern, ty) {
        (Pattern::None, Ty::None)
        | (Pattern::Bool, Ty::Bool)
        | (Pattern::Int, Ty::Int)
        | (Pattern::Float | Pattern::AsFloat, Ty::Float)
        | (Pattern::Wide | Pattern::AsWide, Ty::Wide)
        | (Pattern::Str, Ty::Str)
        | (Pattern::Bytes, Ty::Bytes)
        | (Pattern::Dyn, Ty::Dyn) => true,
        (Pattern::Var(name), ty) => match meant.iter().find(|(known, _)| known == name) {
            Some((_, before)) => before == ty,
            None => {
                meant.push((*name, ty.clone()));
                true
            }
        },
        (Pattern::Tuple(patterns), Ty::Tuple(parts)) => {
            patterns.len() == parts.len() && patterns.iter().zip(parts).all(|(p, ty)| matches(p, ty, meant))
        }
        (Pattern::List(inner), Ty::List(ty))
        | (Pattern::Set(inner), Ty::Set(ty))
        | (Pattern::Deque(inner), Ty::Deque(ty))
        | (Pattern::Counter(inner), Ty::Mapping(MapKind::Counter, ty, _)) => matches(inner, ty, meant),
        (Pattern::Opt(inner), Ty::Option(ty)) => matches(inner, ty, meant),
        (Pattern::Dict(key, value), Ty::Dict(k, v) | Ty::Mapping(_, k, v))
        | (Pattern::DefaultDict(key, value), Ty::Mapping(MapKind::Default, k, v)) => {
            matches(key, k, meant) && matches(value, v, meant)
        }
        _ => false,
    }
}
