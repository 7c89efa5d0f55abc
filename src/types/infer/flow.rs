//! What a condition says about types, and conditions that types decide.

use super::Infer;
use crate::ir::func::Storage;
use crate::ir::{Arg, Callee, Const, Expr, ExprKind, LocalId};
use crate::syntax::ast::CmpOp;
use crate::types::lattice::{T, optional};

/// A condition, as types see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Always,
    Never,
    Either,
    /// Its operands are not known yet.
    Unknown,
}

impl Infer<'_> {
    /// What types alone say of a condition.
    pub fn verdict(&self, cond: &Expr) -> Verdict {
        match &cond.kind {
            ExprKind::Truth(inner) => self.verdict(inner),
            ExprKind::Not(inner) => match self.verdict(inner) {
                Verdict::Always => Verdict::Never,
                Verdict::Never => Verdict::Always,
                other => other,
            },
            ExprKind::And(left, right) => match (self.verdict(left), self.verdict(right)) {
                (Verdict::Never, _) => Verdict::Never,
                (Verdict::Always, right) => right,
                (Verdict::Unknown, _) => Verdict::Unknown,
                _ => Verdict::Either,
            },
            ExprKind::Or(left, right) => match (self.verdict(left), self.verdict(right)) {
                (Verdict::Always, _) => Verdict::Always,
                (Verdict::Never, right) => right,
                (Verdict::Unknown, _) => Verdict::Unknown,
                _ => Verdict::Either,
            },
            ExprKind::Compare {
                op: CmpOp::Is,
                left,
                right,
            } if is_none(right) => self.is_none(left),
            ExprKind::Compare {
                op: CmpOp::IsNot,
                left,
                right,
            } if is_none(right) => match self.is_none(left) {
                Verdict::Always => Verdict::Never,
                Verdict::Never => Verdict::Always,
                other => other,
            },
            ExprKind::Call {
                callee: Callee::Builtin(name),
                args,
                keywords,
            } if name == "isinstance" && keywords.is_empty() => match args.as_slice() {
                [Arg::One(value), Arg::One(class)] => self.is_instance(value, class),
                _ => Verdict::Either,
            },
            ExprKind::Const(Const::Bool(true)) => Verdict::Always,
            _ => Verdict::Either,
        }
    }

    /// The type of a variable that a condition asks about; only variables are asked without side effects.
    fn asked(&self, e: &Expr) -> Option<T> {
        match &e.kind {
            ExprKind::Local(id, _) => Some(self.read_type(*id)),
            _ => None,
        }
    }

    pub fn read_type(&self, id: LocalId) -> T {
        match self.narrowed.get(&id) {
            Some(t) => self.slots.current(t),
            None => self.local_type(self.current, id),
        }
    }

    fn is_none(&self, e: &Expr) -> Verdict {
        match self.asked(e) {
            Some(T::None) => Verdict::Always,
            Some(T::Never) => Verdict::Unknown,
            Some(T::Opt(_) | T::Dyn) | None => Verdict::Either,
            Some(_) => Verdict::Never,
        }
    }

    fn is_instance(&self, value: &Expr, class: &Expr) -> Verdict {
        let Some(t) = self.asked(value) else {
            return Verdict::Either;
        };
        if let Some(verdict) = self.is_instance_of(&t, class) {
            return verdict;
        }
        let Some(names) = class_names(class) else {
            return Verdict::Either;
        };
        let own: &[&str] = match t {
            T::Never => return Verdict::Unknown,
            T::Dyn | T::Opt(_) => return Verdict::Either,
            T::Instance(class) if self.named_items(class).is_some() => &["tuple"],
            T::Instance(_) => &[],
            T::None => &["NoneType"],
            T::Bool => &["bool", "int"],
            T::Int | T::Wide => &["int"],
            T::Float => &["float"],
            T::Str => &["str"],
            T::Bytes => &["bytes"],
            T::Tuple(_) => &["tuple"],
            T::List(_) => &["list"],
            T::Dict(..) | T::Record(_) | T::Mapping(..) => &["dict"],
            T::Deque(_) => &["deque"],
            T::Set(_) => &["set"],
        };
        let known = [
            "int",
            "bool",
            "float",
            "str",
            "bytes",
            "tuple",
            "list",
            "dict",
            "set",
            "complex",
            "frozenset",
        ];
        if names.iter().any(|n| own.contains(n) || *n == "object") {
            Verdict::Always
        } else if names.iter().all(|n| known.contains(n)) {
            Verdict::Never
        } else {
            Verdict::Either
        }
    }

    /// Narrows what the condition asks about, for code that runs where it is `holds`.
    pub fn narrow(&mut self, cond: &Expr, holds: bool) {
        match &cond.kind {
            ExprKind::Truth(inner) => self.narrow(inner, holds),
            ExprKind::Not(inner) => self.narrow(inner, !holds),
            ExprKind::And(left, right) if holds => {
                self.narrow(left, true);
                self.narrow(right, true);
            }
            ExprKind::Or(left, right) if !holds => {
                self.narrow(left, false);
                self.narrow(right, false);
            }
            ExprKind::Compare { op, left, right } if is_none(right) => {
                if (*op == CmpOp::IsNot) == holds && matches!(op, CmpOp::Is | CmpOp::IsNot) {
                    self.narrow_to_some(left);
                }
            }
            ExprKind::Call {
                callee: Callee::Builtin(name),
                args,
                ..
            } if holds && name == "isinstance" => self.narrow_to_class(args),
            // A true value is not None.
            ExprKind::Local(..) if holds => self.narrow_to_some(cond),
            _ => {}
        }
    }

    fn narrow_to_some(&mut self, e: &Expr) {
        let ExprKind::Local(id, _) = &e.kind else { return };
        if !self.is_own(*id) {
            return;
        }
        if let T::Opt(inner) = self.read_type(*id) {
            self.narrowed.insert(*id, *inner);
        }
    }

    /// Where `isinstance(x, Class)` holds.
    fn narrow_to_class(&mut self, args: &[Arg]) {
        let [Arg::One(value), Arg::One(class)] = args else {
            return;
        };
        let ExprKind::Local(id, _) = &value.kind else { return };
        if let Some(wanted) = self.closed_class(class)
            && let T::Instance(own) = self.read_type(*id)
            && self.slots.shapes.derives(wanted, own)
            && self.is_own(*id)
        {
            self.narrowed.insert(*id, T::Instance(wanted));
        }
    }

    /// No other function can bind the variable.
    fn is_own(&self, id: LocalId) -> bool {
        let function = self.program.function(self.instances[self.current].function);
        function.local(id).storage == Storage::Plain
    }

    /// The type of either of two.
    pub fn either(&mut self, a: &T, b: &T) -> T {
        match (a, b) {
            (T::None, other) | (other, T::None) if *other != T::Dyn => optional(other.clone()),
            _ => self.slots.join(a, b),
        }
    }
}

pub fn is_none(e: &Expr) -> bool {
    matches!(e.kind, ExprKind::Const(Const::None))
}

/// The builtin classes that the second argument of `isinstance` names.
fn class_names(class: &Expr) -> Option<Vec<&str>> {
    match &class.kind {
        ExprKind::Builtin(name) => Some(vec![name]),
        ExprKind::Tuple(items) => items
            .iter()
            .map(|item| match &item.expr().kind {
                ExprKind::Builtin(name) => Some(name.as_str()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}
