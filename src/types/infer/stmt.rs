//! Statements.

use super::Infer;
use super::flow::Verdict;
use crate::ir::{AugTarget, Expr, ExprKind, Handler, LocalId, Stmt, StmtKind, Target};
use crate::syntax::ast::BinOp;
use crate::types::lattice::T;
use crate::types::shapes::ShapeId;

impl Infer<'_> {
    /// Visits a block; true where its end can be reached.
    pub fn block(&mut self, block: &[Stmt], out: &mut Vec<Stmt>) -> bool {
        for stmt in block {
            if !self.stmt(stmt, out) {
                return false;
            }
        }
        true
    }

    fn inner(&mut self, block: &[Stmt]) -> (Vec<Stmt>, bool) {
        let mut out = Vec::new();
        let reaches_end = self.block(block, &mut out);
        (out, reaches_end)
    }

    fn stmt(&mut self, stmt: &Stmt, out: &mut Vec<Stmt>) -> bool {
        let span = stmt.span;
        let mut push = |kind: StmtKind| out.push(Stmt { kind, span });
        match &stmt.kind {
            StmtKind::Assign { value, .. } if self.is_needless(value) => {}
            StmtKind::Assign { value, target } => {
                if let Some(call) = self.store_call(target, value, span) {
                    out.push(call);
                    return true;
                }
                let (value, t) = self.expr(value);
                let (value, target) = self.assign(value, t, target);
                push(StmtKind::Assign { value, target });
            }
            StmtKind::Aug { target, op, value } => {
                let rebuilt = self.augmented(target, *op, value, span);
                out.extend(rebuilt);
            }
            StmtKind::DelLocal(id) if self.is_needless_local(*id) => {}
            StmtKind::DelLocal(id) => {
                self.narrowed.remove(id);
                push(StmtKind::DelLocal(*id));
            }
            StmtKind::DelGlobal(id) => push(StmtKind::DelGlobal(*id)),
            StmtKind::DelItem { object, index } => match self.delete_call(object, index, span) {
                Some(call) => out.push(call),
                None => {
                    let rebuilt = self.delete_item(object, index, span);
                    push(rebuilt);
                }
            },
            StmtKind::DelAttr { object, name } => {
                let object = self.dynamic(object);
                push(StmtKind::DelAttr {
                    object,
                    name: name.clone(),
                });
            }
            StmtKind::Expr(e) => {
                let (e, _) = self.expr(e);
                push(StmtKind::Expr(e));
            }
            StmtKind::If { cond, then, orelse } => return self.if_stmt(cond, then, orelse, span, out),
            StmtKind::While {
                label,
                cond,
                body,
                orelse,
            } => {
                self.forget_assigned(body);
                if self.verdict(cond) == Verdict::Never {
                    return self.block(orelse, out);
                }
                let rebuilt = self.cond(cond);
                let outside = self.narrowed.clone();
                self.narrow(cond, true);
                let (body, _) = self.inner(body);
                self.narrowed = outside;
                self.forget_assigned(&body);
                self.narrow(cond, false);
                let (orelse, _) = self.inner(orelse);
                let forever = crate::passes::analyses::assigned::is_true(cond);
                let breaks = crate::ir::breaks_out(&body, *label);
                push(StmtKind::While {
                    label: *label,
                    cond: rebuilt,
                    body,
                    orelse,
                });
                return !forever || breaks;
            }
            StmtKind::For {
                label,
                iter,
                target,
                body,
                orelse,
            } => {
                let (iter, element) = self.iterable(iter);
                self.forget_assigned(body);
                let outside = self.narrowed.clone();
                let target = self.bind_target(target, &element);
                let (body, _) = self.inner(body);
                self.narrowed = outside;
                self.forget_assigned(&body);
                let (orelse, _) = self.inner(orelse);
                push(StmtKind::For {
                    label: *label,
                    iter,
                    target,
                    body,
                    orelse,
                });
            }
            StmtKind::Break(label) => {
                push(StmtKind::Break(*label));
                return false;
            }
            StmtKind::Continue(label) => {
                push(StmtKind::Continue(*label));
                return false;
            }
            StmtKind::Return(value) => {
                let (value, t) = self.expr(value);
                self.flow_return(&t);
                push(StmtKind::Return(value));
                return false;
            }
            StmtKind::Raise { exc, cause } => {
                let exc = self.dynamic(exc);
                let cause = cause.as_ref().map(|c| self.dynamic(c));
                push(StmtKind::Raise { exc, cause });
                return false;
            }
            StmtKind::Reraise => {
                push(StmtKind::Reraise);
                return false;
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finally,
            } => {
                return self.try_stmt(body, handlers, orelse, finally, span, out);
            }
            StmtKind::With {
                manager,
                target,
                body,
                is_async,
            } => {
                let swallows = !crate::passes::analyses::assigned::never_swallows(manager);
                let manager = self.dynamic(manager);
                let target = target.as_ref().map(|t| self.bind_target(t, &T::Dyn));
                let (body, reaches_end) = self.inner(body);
                push(StmtKind::With {
                    manager,
                    target,
                    body,
                    is_async: *is_async,
                });
                return reaches_end || swallows;
            }
        }
        true
    }

    fn if_stmt(
        &mut self,
        cond: &Expr,
        then: &[Stmt],
        orelse: &[Stmt],
        span: crate::source::Span,
        out: &mut Vec<Stmt>,
    ) -> bool {
        match self.verdict(cond) {
            Verdict::Always => {
                self.narrow(cond, true);
                return self.block(then, out);
            }
            Verdict::Never => {
                self.narrow(cond, false);
                return self.block(orelse, out);
            }
            // Nothing is known to reach here yet: a later visit will tell.
            Verdict::Unknown => return true,
            Verdict::Either => {}
        }
        let rebuilt = self.cond(cond);
        let before = self.narrowed.clone();
        self.narrow(cond, true);
        let (then, then_ends) = self.inner(then);
        let after_then = std::mem::replace(&mut self.narrowed, before);
        self.narrow(cond, false);
        let (orelse, else_ends) = self.inner(orelse);
        match (then_ends, else_ends) {
            (true, true) => self.narrowed.retain(|id, t| after_then.get(id) == Some(t)),
            (true, false) => self.narrowed = after_then,
            _ => {}
        }
        out.push(Stmt {
            kind: StmtKind::If {
                cond: rebuilt,
                then,
                orelse,
            },
            span,
        });
        then_ends || else_ends
    }

    fn try_stmt(
        &mut self,
        body: &[Stmt],
        handlers: &[Handler],
        orelse: &[Stmt],
        finally: &[Stmt],
        span: crate::source::Span,
        out: &mut Vec<Stmt>,
    ) -> bool {
        let before = self.narrowed.clone();
        let (new_body, body_ends) = self.inner(body);
        let (orelse, else_ends) = if body_ends {
            self.inner(orelse)
        } else {
            (Vec::new(), false)
        };
        let mut ends = body_ends && else_ends;
        let mut rebuilt = Vec::new();
        for handler in handlers {
            self.narrowed = before.clone();
            self.forget_assigned(body);
            let class = handler.class.as_ref().map(|c| self.dynamic(c));
            if let Some(name) = handler.name {
                self.bind(name, &T::Dyn);
            }
            let (body, handler_ends) = self.inner(&handler.body);
            ends |= handler_ends;
            rebuilt.push(Handler {
                class,
                name: handler.name,
                body,
                span: handler.span,
            });
        }
        self.narrowed = before;
        self.forget_assigned(body);
        handlers.iter().for_each(|h| self.forget_assigned(&h.body));
        let (finally, finally_ends) = self.inner(finally);
        out.push(Stmt {
            kind: StmtKind::Try {
                body: new_body,
                handlers: rebuilt,
                orelse,
                finally,
            },
            span,
        });
        ends && finally_ends
    }

    /// What the block binds is no longer known to be narrower.
    fn forget_assigned(&mut self, block: &[Stmt]) {
        let mut gone: Vec<LocalId> = Vec::new();
        for stmt in block {
            stmt.walk(&mut |s| match &s.kind {
                StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => {
                    target.locals(&mut |id| gone.push(id))
                }
                StmtKind::With {
                    target: Some(target), ..
                } => target.locals(&mut |id| gone.push(id)),
                StmtKind::Aug {
                    target: AugTarget::Local(id),
                    ..
                }
                | StmtKind::DelLocal(id) => gone.push(*id),
                _ => {}
            });
        }
        gone.iter().for_each(|id| {
            self.narrowed.remove(id);
        });
    }

    /// `value` of type `t` into the target; where the target wants another type, the value is converted.
    fn assign(&mut self, value: Expr, t: T, target: &Target) -> (Expr, Target) {
        match target {
            Target::Item { object, index } => self.store_item(value, t, object, index),
            _ => {
                let target = self.bind_target(target, &t);
                (value, target)
            }
        }
    }

    /// Binds a target to a value of this type.
    pub fn bind_target(&mut self, target: &Target, t: &T) -> Target {
        match target {
            Target::Local(id) => {
                self.bind(*id, t);
                Target::Local(*id)
            }
            Target::Global(id) => {
                self.flow_global(*id, t);
                Target::Global(*id)
            }
            Target::Item { object, index } => {
                self.store_item(Expr::none(crate::source::Span::default()), t.clone(), object, index)
                    .1
            }
            Target::Attr { object, name } => self.attribute_store(object, name, t),
            Target::Unpack { parts, star } => {
                let types: Vec<T> = match t {
                    T::Tuple(items) if star.is_none() && items.len() == parts.len() => items.clone(),
                    T::List(s) if star.is_none() => vec![self.slots.content(*s); parts.len()],
                    T::Never => vec![T::Never; parts.len()],
                    T::Instance(class) if star.is_none() && self.named_items(*class) == Some(parts.len()) => {
                        self.item_types(*class)
                    }
                    _ => {
                        self.slots.poison(t);
                        vec![T::Dyn; parts.len()]
                    }
                };
                let parts = parts.iter().zip(&types).map(|(p, t)| self.bind_target(p, t)).collect();
                Target::Unpack { parts, star: *star }
            }
        }
    }

    /// A container to change: where there is None instead, native code gives up.
    pub fn there(&mut self, object: &Expr) -> (Expr, T) {
        let (object, t) = self.expr(object);
        self.there_already(object, t)
    }

    /// The same of what has items that change: a record is a dict from then on.
    fn container(&mut self, object: &Expr) -> (Expr, T) {
        let (object, t) = self.there(object);
        match t {
            T::Record(shape) => self.dict_instead(object, shape),
            t => (object, t),
        }
    }

    /// What was a record, as the dict that it must be.
    pub fn dict_instead(&mut self, mut record: Expr, shape: ShapeId) -> (Expr, T) {
        let t = self.slots.as_dict(shape);
        record.ty = self.slots.resolve(&t);
        (record, t)
    }

    /// The same of what has been visited.
    pub fn there_already(&mut self, object: Expr, t: T) -> (Expr, T) {
        match t {
            T::Opt(inner) => (self.guarded(object, &inner), *inner),
            t => (object, t),
        }
    }

    fn store_item(&mut self, value: Expr, t: T, object: &Expr, index: &Expr) -> (Expr, Target) {
        let (object, object_type) = self.container(object);
        let (index, index_type) = self.expr(index);
        match (&object_type, &index_type) {
            (T::List(slot) | T::Deque(slot), T::Int) => self.slots.flow(*slot, &t),
            (T::Dict(key, content) | T::Mapping(_, key, content), _) => {
                self.slots.flow(*key, &index_type);
                self.slots.flow(*content, &t);
            }
            (T::Never, _) | (_, T::Never) => {}
            _ => [&object_type, &index_type, &t]
                .into_iter()
                .for_each(|t| self.slots.poison(t)),
        }
        (value, Target::Item { object, index })
    }

    fn augmented(&mut self, target: &AugTarget, op: BinOp, value: &Expr, span: crate::source::Span) -> Vec<Stmt> {
        if let Some(call) = self.augmented_call(target, op, value, span) {
            return vec![call];
        }
        let place = match target {
            AugTarget::Local(id) => Expr::local(*id, span),
            AugTarget::Global(id) => Expr::new(ExprKind::Global(*id), span),
            AugTarget::Item { object, index } => {
                return vec![self.augmented_item(object, index, op, value, span)];
            }
            AugTarget::Attr { object, name } => {
                if let Some(target) = self.augmented_class_variable(object, name) {
                    return self.augmented(&target, op, value, span);
                }
                if let Some(stmt) = self.augmented_attribute(object, name, op, value, span) {
                    return vec![stmt];
                }
                let target = AugTarget::Attr {
                    object: self.dynamic(object),
                    name: name.clone(),
                };
                let value = self.dynamic(value);
                return vec![Stmt {
                    kind: StmtKind::Aug { target, op, value },
                    span,
                }];
            }
        };
        let target = match target {
            AugTarget::Local(id) => Target::Local(*id),
            AugTarget::Global(id) => Target::Global(*id),
            _ => unreachable!("handled above"),
        };
        let (value, t) = self.in_place(&place, op, value, span);
        let target = self.bind_target(&target, &t);
        vec![Stmt {
            kind: StmtKind::Assign { value, target },
            span,
        }]
    }

    /// `object[index] op= value`.
    fn augmented_item(
        &mut self,
        object: &Expr,
        index: &Expr,
        op: BinOp,
        value: &Expr,
        span: crate::source::Span,
    ) -> Stmt {
        let (new_object, object_type) = self.container(object);
        let (new_index, index_type) = self.expr(index);
        let content = match (&object_type, &index_type) {
            (T::List(slot) | T::Deque(slot), T::Int) => Some(self.slots.content(*slot)),
            (T::Dict(key, content) | T::Mapping(_, key, content), _) => {
                self.slots.flow(*key, &index_type);
                Some(self.slots.content(*content))
            }
            (T::Never, _) | (_, T::Never) => Some(T::Never),
            _ => None,
        };
        let (new_value, value_type) = self.expr(value);
        let result = content
            .as_ref()
            .filter(|content| self.goes_in_place(op, content, &value_type))
            .and_then(|c| self.operation_type(op, c, &value_type));
        let kind = match result {
            Some(t) => {
                match &object_type {
                    T::List(slot) | T::Deque(slot) => self.slots.flow(*slot, &t),
                    T::Dict(_, content) | T::Mapping(_, _, content) => self.slots.flow(*content, &t),
                    _ => {}
                }
                StmtKind::Aug {
                    target: AugTarget::Item {
                        object: new_object,
                        index: new_index,
                    },
                    op,
                    value: new_value,
                }
            }
            None => {
                [&object_type, &index_type, &value_type]
                    .into_iter()
                    .for_each(|t| self.slots.poison(t));
                if let Some(content) = &content {
                    self.slots.poison(content);
                    match &object_type {
                        T::List(slot) | T::Deque(slot) => self.slots.flow(*slot, &T::Dyn),
                        T::Dict(_, content) | T::Mapping(_, _, content) => self.slots.flow(*content, &T::Dyn),
                        _ => {}
                    }
                }
                StmtKind::Aug {
                    target: AugTarget::Item {
                        object: new_object,
                        index: new_index,
                    },
                    op,
                    value: new_value,
                }
            }
        };
        Stmt { kind, span }
    }

    /// What is to be emitted can do it without making the item dynamic.
    fn goes_in_place(&self, op: BinOp, content: &T, value: &T) -> bool {
        if *content == T::Never || *value == T::Never || *content == T::Dyn {
            return true;
        }
        let (content, value) = (self.slots.resolve(content), self.slots.resolve(value));
        crate::ir::rows::in_place(op.symbol(), &content, &value).is_some()
    }

    fn delete_item(&mut self, object: &Expr, index: &Expr, _span: crate::source::Span) -> StmtKind {
        let (object, object_type) = self.container(object);
        let (index, index_type) = self.expr(index);
        match (&object_type, &index_type) {
            (T::List(_), T::Int) | (T::Never, _) | (_, T::Never) => {}
            (T::Dict(key, _) | T::Mapping(_, key, _), _) => self.slots.flow(*key, &index_type),
            _ => {
                self.slots.poison(&object_type);
                self.slots.poison(&index_type);
            }
        }
        StmtKind::DelItem { object, index }
    }
}
