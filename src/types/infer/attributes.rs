//! Attributes of instances and of classes of the program.

use super::Infer;
use super::objects::{calls_something, is_pure_path};
use crate::ir::{Arg, AugTarget, ClassId, Expr, ExprKind, GlobalId, Stmt, StmtKind, Target, Ty};
use crate::source::Span;
use crate::syntax::ast::BinOp;
use crate::types::lattice::T;

impl Infer<'_> {
    /// `object.name` as a value.
    pub fn attribute_read(&mut self, object: &Expr, name: &str) -> (ExprKind, T) {
        if let Some((global, _)) = self.class_variable(object, name) {
            let (value, t) = self.expr(&Expr::new(ExprKind::Global(global), object.span));
            return (value.kind, t);
        }
        let (value, t) = self.there(object);
        if t == T::None {
            return (self.guarded(value, &T::Never).kind, T::Never);
        }
        if let T::Instance(class) = t
            && self.classes[&class].fields.iter().any(|f| f == name)
        {
            let slot = self.slots.attribute(class, name);
            let kind = ExprKind::Field {
                object: Box::new(value),
                name: name.to_owned(),
            };
            return (kind, self.slots.content(slot));
        }
        if let T::Instance(class) = t
            && let Some(getter) = self.classes[&class].properties.get(name)
        {
            let none = self.operands(&[]);
            return self.function_call(Some((value, t)), *getter, none);
        }
        if self.surely_lacks(&t, name) {
            return (self.guarded(value, &T::Never).kind, T::Never);
        }
        let unknown = t == T::Never;
        self.slots.poison(&t);
        let kind = ExprKind::Attr {
            object: Box::new(value),
            name: name.to_owned(),
        };
        (kind, if unknown { T::Never } else { T::Dyn })
    }

    /// No instance of the class has the attribute: asking for it raises, which is for the generic version to do. Where
    /// other classes turn up in the same place later, it may become one that they have.
    pub fn surely_lacks(&self, t: &T, name: &str) -> bool {
        let T::Instance(class) = t else { return false };
        let root = self.slots.shapes.family(*class);
        let mut family = self.classes.values().filter(|known| known.root == root);
        let special = name.starts_with("__");
        !special && family.all(|known| !known.names.contains(name) && !known.fields.iter().any(|f| f == name))
    }

    /// `object.name = ...` of a value of type `t`.
    pub fn attribute_store(&mut self, object: &Expr, name: &str, t: &T) -> Target {
        if let Some((global, true)) = self.class_variable(object, name) {
            self.flow_global(global, t);
            return Target::Global(global);
        }
        let (mut value, of) = self.there(object);
        match of {
            T::Never => {}
            T::None => value = self.guarded(value, &T::Never),
            T::Instance(class) if self.is_settable(class, name) => {
                let slot = self.slots.attribute(class, name);
                self.slots.flow(slot, t);
            }
            _ => {
                self.slots.poison(&of);
                self.slots.poison(t);
            }
        }
        Target::Attr {
            object: value,
            name: name.to_owned(),
        }
    }

    /// The attribute belongs to the instances, and nothing keeps it from being set.
    fn is_settable(&self, class: ClassId, name: &str) -> bool {
        let known = &self.classes[&class];
        !known.frozen && known.fields.iter().any(|f| f == name)
    }

    /// The variable of the program that stands for an attribute of a class; and whether it is that class's own.
    fn class_variable(&self, object: &Expr, name: &str) -> Option<(GlobalId, bool)> {
        let class = self.closed_class(object)?;
        self.classes[&class].variables.get(name).copied()
    }

    /// `Class.name op= value`
    pub fn augmented_class_variable(&self, object: &Expr, name: &str) -> Option<AugTarget> {
        match self.class_variable(object, name) {
            Some((global, true)) => Some(AugTarget::Global(global)),
            _ => None,
        }
    }

    /// A call of what a class holds, by its name: a static method, a class method, or a method that is told the
    /// instance. And `super().name(...)`.
    pub fn class_call(
        &mut self,
        object: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<(ExprKind, T)> {
        if let ExprKind::Super { class, object } = &object.kind {
            let base = self.classes[&self.closed_class(class)?].base?;
            let method = *self.classes[&base].own_methods.get(name)?;
            let (this, t) = self.expr(object);
            if !matches!(t, T::Instance(_)) {
                return None;
            }
            let given = self.arguments(args, keywords);
            return Some(self.function_call(Some((this, t)), method, given));
        }
        let class = self.closed_class(object)?;
        if let Some(function) = self.classes[&class].statics.get(name) {
            let given = self.arguments(args, keywords);
            return Some(self.function_call(None, *function, given));
        }
        let method = *self.classes[&class].own_methods.get(name)?;
        let given = self.arguments(args, keywords);
        let (_, t) = given.args.first().map(|_| given.at(0))?;
        match t {
            T::Instance(own) if self.slots.shapes.derives(*own, class) => Some(self.function_call(None, method, given)),
            T::Never => Some(self.function_call(None, method, given)),
            _ => None,
        }
    }

    /// `Class(...)`: what factories make is passed for the parameters that are left out.
    pub fn construction(
        &mut self,
        class: ClassId,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
        span: Span,
    ) -> Option<(ExprKind, T)> {
        let classes = self.classes;
        let known = &classes[&class];
        let constructor = known.constructor?;
        let params = &self.program.function(constructor).params;
        let mut given = self.arguments(args, keywords);
        for (name, factory) in &known.factories {
            let position = params.iter().position(|p| p.name == *name)?;
            let named = keywords.iter().any(|(known, _)| known.as_deref() == Some(name));
            if position >= args.len() && !named {
                let (mut value, t) = self.expr(factory);
                // Made after the arguments.
                value.span = Span {
                    start: span.end,
                    ..span
                };
                given.add_keyword(name, value, t);
            }
        }
        Some(self.function_call(None, constructor, given))
    }

    /// `object.name op= value` of an instance; None where it is carried dynamically.
    pub fn augmented_attribute(
        &mut self,
        object: &Expr,
        name: &str,
        op: BinOp,
        value: &Expr,
        span: Span,
    ) -> Option<Stmt> {
        let (_, of) = self.expr(object);
        let of = match of {
            T::Opt(inner) => *inner,
            other => other,
        };
        if matches!(of, T::Never | T::None) {
            let (value, _) = self.attribute_read(object, name);
            return Some(Stmt {
                kind: StmtKind::Expr(Expr::typed(value, Ty::Never, span)),
                span,
            });
        }
        let once = matches!(object.kind, ExprKind::Local(..)) || is_pure_path(object) && !calls_something(value);
        let T::Instance(class) = of else { return None };
        if !once || !self.is_settable(class, name) {
            return None;
        }
        let place = ExprKind::Attr {
            object: Box::new(object.clone()),
            name: name.to_owned(),
        };
        let (value, t) = self.in_place(&Expr::new(place, span), op, value, span);
        let target = self.attribute_store(object, name, &t);
        Some(Stmt {
            kind: StmtKind::Assign { value, target },
            span,
        })
    }
}
