//! Stores into instances that call a method: `object[index] = value`, `del object[index]`, and properties with setters.

use super::Infer;
use super::arguments::Arguments;
use super::objects::{calls_something, is_pure_path};
use crate::ir::func::Storage;
use crate::ir::{AugTarget, Expr, ExprKind, Stmt, StmtKind, Target};
use crate::source::Span;
use crate::syntax::ast::BinOp;
use crate::types::lattice::T;

impl Infer<'_> {
    /// `target = value` where that calls a method. The value comes first, so what the target names must be what may as
    /// well come later.
    pub fn store_call(&mut self, target: &Target, value: &Expr, span: Span) -> Option<Stmt> {
        match target {
            Target::Attr { object, name } if self.may_come_later(object, value) => {
                self.takes_store(object, name)?;
                let value = self.expr(value);
                self.attribute_call(object, name, value, span)
            }
            Target::Item { object, index }
                if self.may_come_later(object, value) && self.may_come_later(index, value) =>
            {
                self.takes_items(object, "__setitem__")?;
                let value = self.expr(value);
                self.item_store_call(object, index, value, span)
            }
            _ => None,
        }
    }

    /// `target op= value` where that calls a method.
    pub fn augmented_call(&mut self, target: &AugTarget, op: BinOp, value: &Expr, span: Span) -> Option<Stmt> {
        match target {
            AugTarget::Attr { object, name } if self.may_come_later(object, value) => {
                self.takes_store(object, name)?;
                let place = ExprKind::Attr {
                    object: Box::new(object.clone()),
                    name: name.clone(),
                };
                let value = self.in_place(&Expr::new(place, span), op, value, span);
                self.attribute_call(object, name, value, span)
            }
            AugTarget::Item { object, index }
                if self.may_come_later(object, value) && self.may_come_later(index, value) =>
            {
                self.takes_items(object, "__setitem__")?;
                let place = ExprKind::Item {
                    object: Box::new(object.clone()),
                    index: Box::new(index.clone()),
                };
                let value = self.in_place(&Expr::new(place, span), op, value, span);
                self.item_store_call(object, index, value, span)
            }
            _ => None,
        }
    }

    /// `del object[index]`
    pub fn delete_call(&mut self, object: &Expr, index: &Expr, span: Span) -> Option<Stmt> {
        self.takes_items(object, "__delitem__")?;
        let (object, t) = self.there(object);
        let (call, _) = self.dunder_call("__delitem__", &object, &t, &[index])?;
        Some(statement(call, span))
    }

    /// The object is an instance whose class has such a method.
    fn takes_items(&mut self, object: &Expr, method: &str) -> Option<()> {
        let (_, t) = self.there(object);
        let T::Instance(class) = t else { return None };
        let known = self.classes.get(&class)?;
        known.methods.contains_key(method).then_some(())
    }

    /// The object is an instance whose class runs something where the attribute is set.
    fn takes_store(&mut self, object: &Expr, name: &str) -> Option<()> {
        let (_, t) = self.there(object);
        let T::Instance(class) = t else { return None };
        self.classes.get(&class)?.setters.contains_key(name).then_some(())
    }

    fn attribute_call(&mut self, object: &Expr, name: &str, value: (Expr, T), span: Span) -> Option<Stmt> {
        let (object, t) = self.there(object);
        let T::Instance(class) = t else { return None };
        let setter = *self.classes.get(&class)?.setters.get(name)?;
        let given = Arguments::of(vec![value]);
        let (kind, made) = self.function_call(Some((object, t)), setter, given);
        let ty = self.slots.resolve(&made);
        Some(statement(Expr::typed(kind, ty, span), span))
    }

    fn item_store_call(&mut self, object: &Expr, index: &Expr, value: (Expr, T), span: Span) -> Option<Stmt> {
        let (object, t) = self.there(object);
        let index = self.expr(index);
        let (mut value, made) = value;
        // Passed after the index, wherever it is written.
        value.span.start = index.0.span.end;
        let given = Arguments::of(vec![index, (value, made)]);
        let (call, _) = self.method_of("__setitem__", &object, &t, given)?;
        Some(statement(call, span))
    }

    /// Evaluating the expression after the value gives what it gives before.
    fn may_come_later(&mut self, e: &Expr, value: &Expr) -> bool {
        match &e.kind {
            ExprKind::Const(_) => true,
            ExprKind::Local(id, _) => {
                let function = self.program.function(self.instances[self.current].function);
                function.local(*id).storage == Storage::Plain && !binds(value) || !calls_something(value)
            }
            ExprKind::Tuple(items) => items.iter().all(|item| self.may_come_later(item.expr(), value)),
            // Other operators, and operands of other types, may raise or call something.
            ExprKind::Binary {
                op: BinOp::Add | BinOp::Sub | BinOp::Mult,
                left,
                right,
            } => {
                let known = [left, right].map(|e| self.expr(e).1);
                let ints = known.iter().all(|t| matches!(t, T::Int | T::Wide | T::Never));
                ints && self.may_come_later(left, value) && self.may_come_later(right, value)
            }
            _ => is_pure_path(e) && !calls_something(value),
        }
    }
}

/// Evaluating it may bind variables of the function at hand.
fn binds(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |inner| found |= matches!(inner.kind, ExprKind::Seq(..)));
    found
}

fn statement(call: Expr, span: Span) -> Stmt {
    Stmt {
        kind: StmtKind::Expr(call),
        span,
    }
}
