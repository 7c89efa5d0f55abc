//! Statements.

use super::function::{Exit, FnEmitter};
use super::rust::{RBlock, Rs, Rx, call, method, reference, site, text};
use crate::ir::func::Storage;
use crate::ir::{AugTarget, Expr, ExprKind, LocalId, MapKind, Stmt, StmtKind, Target, Ty};
use crate::passes::analyses::placement::{BlockId, block_id};
use crate::source::Span;

impl FnEmitter<'_> {
    pub fn block(&mut self, block: &[Stmt]) -> Vec<Rs> {
        self.block_as(block, block_id(block))
    }

    /// The statements of a block that is known under `id`.
    pub fn block_as(&mut self, block: &[Stmt], id: BlockId) -> Vec<Rs> {
        self.open_blocks.push(id);
        let mut out = Vec::new();
        for (index, stmt) in block.iter().enumerate() {
            self.declare_due(id, index, stmt, &mut out);
            self.stmt(stmt, &mut out);
            if super::function::ends_in_jump(&out) {
                break;
            }
        }
        self.open_blocks.pop();
        out
    }

    pub fn rblock(&mut self, block: &[Stmt]) -> RBlock {
        RBlock::of(self.block(block))
    }

    /// Declares the locals whose place is before this statement, unless the statement itself declares them.
    fn declare_due(&mut self, block: BlockId, index: usize, stmt: &Stmt, out: &mut Vec<Rs>) {
        for id in self.due(block, index) {
            if !self.declares_itself(stmt, id) {
                self.declare(id, out);
            }
        }
    }

    pub fn declare(&mut self, id: LocalId, out: &mut Vec<Rs>) {
        let keyword = if self.facts.rebound[id.index()] { "mut " } else { "" };
        let pattern = format!("{keyword}{}", self.local_name(id));
        let ty = Some(self.names.types.rust_type(&self.function.local(id).ty));
        out.push(Rs::Let {
            pattern,
            ty,
            value: None,
        });
        self.declared.insert(id);
    }

    /// `x = value` as the first thing that names `x`.
    fn declares_itself(&self, stmt: &Stmt, id: LocalId) -> bool {
        match &stmt.kind {
            StmtKind::Assign { value, target } => {
                let mut inside = false;
                value.walk(&mut |e| inside |= matches!(e.kind, ExprKind::Local(other, _) if other == id));
                value.walk(&mut |e| {
                    if let ExprKind::Seq(block, _) = &e.kind {
                        block.iter().for_each(|s| s.walk(&mut |s| inside |= binds(s, id)));
                    }
                });
                !inside && target_declares(target, id)
            }
            _ => false,
        }
    }

    fn stmt(&mut self, stmt: &Stmt, out: &mut Vec<Rs>) {
        match &stmt.kind {
            StmtKind::Assign { value, target } => self.assign(value, target, out),
            StmtKind::Aug { target, op, value } => self.augmented(target, *op, value, stmt.span, out),
            StmtKind::DelLocal(id) => self.delete_local(*id, out),
            StmtKind::DelGlobal(id) => {
                let delete = method(text(self.names.global(*id)), "delete", vec![]);
                let delete = self.attempt(delete);
                out.push(Rs::Do(delete));
            }
            StmtKind::DelItem { object, index }
                if matches!((&object.ty, &index.ty), (Ty::List(_), Ty::Int)) || object.ty.as_mapping().is_some() =>
            {
                let place = self.reference_as(object, &object.ty.clone());
                let place = if let Rx::Ref(inner) = place { *inner } else { place };
                let index = match object.ty.as_mapping() {
                    Some((key, _)) => self.reference_as(index, key),
                    None => self.value(index),
                };
                let name = match &object.ty {
                    Ty::Mapping(MapKind::Counter, ..) => "forget",
                    _ => "delete",
                };
                let delete = self.attempt(method(place, name, vec![index]));
                out.push(Rs::Do(delete));
            }
            StmtKind::DelItem { object, index } => {
                let args = self.operands(&[(object, &Ty::Dyn), (index, &Ty::Dyn)]);
                let delete = self.attempt(call("ops::del_item", args));
                out.push(Rs::Do(delete));
            }
            StmtKind::DelAttr { object, name } => {
                let object = self.reference_as(object, &Ty::Dyn);
                let name = text(super::rust::string_literal(name));
                let delete = self.attempt(call("ops::del_attr", vec![object, name]));
                out.push(Rs::Do(delete));
            }
            StmtKind::Expr(e) => self.expression_statement(e, out),
            StmtKind::If { cond, then, orelse } => self.if_stmt(cond, then, orelse, out),
            StmtKind::While {
                label,
                cond,
                body,
                orelse,
            } => self.while_loop(*label, cond, body, orelse, out),
            StmtKind::For {
                label,
                iter,
                target,
                body,
                orelse,
            } => {
                self.for_loop(*label, iter, target, body, orelse, out);
            }
            StmtKind::Break(label) => self.break_loop(*label, out),
            StmtKind::Continue(label) => self.continue_loop(*label, out),
            StmtKind::Return(value) => {
                let ret = match self.function.flavor {
                    crate::ir::func::Flavor::Plain => self.function.ret.clone(),
                    // What a generator returns at its end nobody sees who only goes through it.
                    crate::ir::func::Flavor::Stream => Ty::None,
                    _ => Ty::Dyn,
                };
                let value = self.value_as(value, &ret);
                self.leave(value, out);
            }
            StmtKind::Raise { exc, cause } => self.raise(exc, cause.as_ref(), out),
            StmtKind::Reraise => {
                let caught = self.caught.last().cloned().unwrap_or_default();
                let exc = method(text(caught), "clone", vec![]);
                self.throw(exc, out);
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finally,
            } => self.try_stmt(body, handlers, orelse, finally, out),
            StmtKind::With {
                manager,
                target,
                body,
                is_async,
            } => self.with(manager, target.as_ref(), body, *is_async, out),
        }
    }

    fn expression_statement(&mut self, e: &Expr, out: &mut Vec<Rs>) {
        if let ExprKind::Seq(block, value) = &e.kind {
            let stmts = self.block(block);
            out.extend(stmts);
            self.expression_statement(value, out);
            return;
        }
        let value = self.value(e);
        match value {
            Rx::Text(s) if !s.contains('(') => {}
            Rx::Text(_) if matches!(e.ty, Ty::None | Ty::Never) => out.push(Rs::Do(value)),
            // Dropping the value at once is what Python does.
            Rx::Try(_) | Rx::Macro(..) | Rx::Method(..) if e.ty != Ty::Bool => out.push(Rs::Do(value)),
            other => out.push(Rs::Let {
                pattern: "_".to_owned(),
                ty: None,
                value: Some(other),
            }),
        }
    }

    fn assign(&mut self, value: &Expr, target: &Target, out: &mut Vec<Rs>) {
        match target {
            Target::Local(id) if self.append_in_place(*id, value, out) => {}
            Target::Local(id) => {
                let ty = self.function.local(*id).ty.clone();
                let made = self.value_as(value, &ty);
                // Nothing that rustc sees says what never comes to be would have been.
                let is_never = value.ty == Ty::Never && self.function.local(*id).storage == Storage::Plain;
                if is_never && !self.declared.contains(id) && !self.is_optional(*id) {
                    self.declare(*id, out);
                }
                self.set_local(*id, made, out);
            }
            Target::Global(id) => {
                let ty = self.program.global(*id).ty.clone();
                let value = self.value_as(value, &ty);
                out.push(Rs::Do(method(text(self.names.global(*id)), "set", vec![value])));
            }
            Target::Item { object, index } if self.typed_store(value, object, index, out) => {}
            Target::Item { object, index } => {
                let temp = self.kept_value(value, &Ty::Dyn, &[object, index], out);
                let mut args = self.operands(&[(object, &Ty::Dyn), (index, &Ty::Dyn)]);
                args.push(temp);
                let set = self.attempt(call("ops::set_item", args));
                out.push(Rs::Do(set));
            }
            Target::Attr { object, name } if matches!(object.ty, Ty::Instance(_)) => {
                let ty = self.field_type(&object.ty, name);
                let kept = self.kept_value(value, &ty, &[object], out);
                self.store_field(object, name, kept, &ty, out);
            }
            Target::Attr { object, name } => {
                let temp = self.kept_value(value, &Ty::Dyn, &[object], out);
                let object = self.reference_as(object, &Ty::Dyn);
                let set = self.attempt(call("site::set_attr", vec![object, site(name), temp]));
                out.push(Rs::Do(set));
            }
            Target::Unpack { parts, star } if self.typed_unpack(value, parts, *star, out) => {}
            Target::Unpack { parts, star } => {
                let value = self.reference_as(value, &Ty::Dyn);
                self.unpack(value, parts, *star, out);
            }
        }
    }

    /// `text = text + more`: a text that nobody else holds grows where it is, as CPython's does.
    fn append_in_place(&mut self, id: LocalId, value: &Expr, out: &mut Vec<Rs>) -> bool {
        let local = self.function.local(id);
        let grows =
            local.ty == Ty::Str && local.storage == Storage::Plain && self.is_simple(&Expr::local(id, value.span));
        if !grows || self.is_optional(id) {
            return false;
        }
        let Some(parts) = appended(id, value) else {
            return false;
        };
        let name = self.local_name(id).to_owned();
        let mut kept = Vec::new();
        for part in &parts {
            // All of them are there before the text changes.
            let more = match self.reference_as(part, &Ty::Str) {
                simple if self.is_simple(part) => simple,
                Rx::Ref(made) if parts.len() > 1 => {
                    let more = self.namer.take("more");
                    out.push(Rs::Let {
                        pattern: more.clone(),
                        ty: None,
                        value: Some(*made),
                    });
                    Rx::Ref(Box::new(text(more)))
                }
                made => made,
            };
            kept.push(more);
        }
        for more in kept {
            out.push(Rs::Do(method(text(&name), "push_str", vec![more])));
        }
        true
    }

    /// The value, in a variable where what follows could change it or must come after it.
    fn kept_value(&mut self, value: &Expr, ty: &Ty, after: &[&Expr], out: &mut Vec<Rs>) -> Rx {
        let simple = after.iter().all(|e| self.is_simple(e));
        let rx = self.value_as(value, ty);
        if simple || matches!(value.kind, ExprKind::Const(_)) {
            return rx;
        }
        let name = self.namer.take("value");
        out.push(Rs::Let {
            pattern: name.clone(),
            ty: None,
            value: Some(rx),
        });
        text(name)
    }

    /// Reading it has no effect and cannot fail.
    pub fn is_simple(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Const(_) => true,
            ExprKind::Local(id, _) => {
                !self.facts.maybe_unbound[id.index()] && self.function.local(*id).storage == Storage::Plain
            }
            ExprKind::Field { .. } => self
                .as_borrowed_field(e)
                .is_some_and(|(object, _)| self.is_simple(object)),
            _ => false,
        }
    }

    /// Takes a value apart and binds the parts, which may be patterns themselves.
    pub fn unpack(&mut self, value: Rx, parts: &[Target], star: Option<usize>, out: &mut Vec<Rs>) {
        let twice = |part: &Target| {
            let same = |other: &Target| matches!((part, other), (Target::Local(a), Target::Local(b)) if a == b);
            parts.iter().filter(|other| same(other)).count() > 1
        };
        let names: Vec<String> = parts
            .iter()
            .map(|part| match part {
                // A Rust pattern binds no name twice.
                Target::Local(id) if twice(part) => {
                    let name = self.local_name(*id).to_owned();
                    self.namer.take(&name)
                }
                _ => self.part_name(part),
            })
            .collect();
        let (pattern, value) = match star {
            None => {
                let pattern = format!("[{}]", names.join(", "));
                (pattern, call(&format!("iter::unpack::<{}>", parts.len()), vec![value]))
            }
            Some(at) => {
                let pattern = format!("({}, {}, {})", array(&names[..at]), names[at], array(&names[at + 1..]));
                let after = parts.len() - at - 1;
                (
                    pattern,
                    call(&format!("make::unpack_star::<{at}, {after}>"), vec![value]),
                )
            }
        };
        let value = self.attempt(value);
        out.push(Rs::Let {
            pattern,
            ty: None,
            value: Some(value),
        });
        for (part, name) in parts.iter().zip(names) {
            if twice(part) {
                self.bind_typed(part, text(name), &Ty::Dyn, out);
                continue;
            }
            self.bind_part(part, text(name), out);
        }
    }

    /// The variable that a part is first bound to: its own, where that is declared right here.
    fn part_name(&mut self, part: &Target) -> String {
        match part {
            Target::Local(id) if self.declares_here(*id) => {
                let keyword = if self.facts.rebound[id.index()] { "mut " } else { "" };
                format!("{keyword}{}", self.local_name(*id))
            }
            Target::Local(id) => {
                let name = self.local_name(*id).to_owned();
                self.namer.take(&name)
            }
            _ => self.namer.take("part"),
        }
    }

    /// The local's `let` is the statement at hand.
    fn declares_here(&self, id: LocalId) -> bool {
        !self.declared.contains(&id)
            && self.function.local(id).storage == Storage::Plain
            && self.function.local(id).ty.is_dyn()
            && self
                .place(id)
                .is_some_and(|p| self.open_blocks.last() == Some(&p.block))
    }

    fn bind_part(&mut self, part: &Target, value: Rx, out: &mut Vec<Rs>) {
        match part {
            Target::Local(id) if self.declares_here(*id) => {
                self.declared.insert(*id);
            }
            Target::Local(_) | Target::Global(_) => self.bind_typed(part, value, &Ty::Dyn, out),
            Target::Item { object, index } => {
                let mut args = self.operands(&[(object, &Ty::Dyn), (index, &Ty::Dyn)]);
                args.push(value);
                let set = self.attempt(call("ops::set_item", args));
                out.push(Rs::Do(set));
            }
            Target::Attr { object, name } => {
                let object = self.reference_as(object, &Ty::Dyn);
                let set = self.attempt(call("site::set_attr", vec![object, site(name), value]));
                out.push(Rs::Do(set));
            }
            Target::Unpack { parts, star } => self.unpack(reference(value), parts, *star, out),
        }
    }

    /// Binds a target to a value (of type `Value`) at hand.
    pub fn bind_target(&mut self, target: &Target, value: Rx, out: &mut Vec<Rs>) {
        match target {
            Target::Unpack { parts, star } => self.unpack(reference(value), parts, *star, out),
            _ => self.bind_part(target, value, out),
        }
    }

    pub fn set_local(&mut self, id: LocalId, value: Rx, out: &mut Vec<Rs>) {
        let name = self.local_name(id).to_owned();
        if self.function.local(id).storage != Storage::Plain {
            out.push(Rs::Do(method(text(name), "set", vec![value])));
            return;
        }
        let value = if self.is_optional(id) {
            call("Some", vec![value])
        } else {
            value
        };
        if self.declared.insert(id) {
            let keyword = if self.facts.rebound[id.index()] { "mut " } else { "" };
            let held = &self.function.local(id).ty;
            // Nothing after it need say what there may be instead.
            let is_none = matches!(held, Ty::Option(_)) && ends_in_none(&value);
            let ty = is_none.then(|| self.names.types.rust_type(held));
            out.push(Rs::Let {
                pattern: format!("{keyword}{name}"),
                ty,
                value: Some(super::convert::pinned(value, held)),
            });
        } else {
            out.push(Rs::Assign {
                target: text(name),
                op: "=",
                value,
            });
        }
    }

    fn delete_local(&mut self, id: LocalId, out: &mut Vec<Rs>) {
        let name = self.local_name(id).to_owned();
        let python_name = text(super::rust::string_literal(&self.function.local(id).name));
        let fresh_class_name = self.is_class_scope_name(id);
        let delete = match (self.function.local(id).storage, fresh_class_name) {
            (Storage::Plain, true) => {
                out.push(Rs::Assign {
                    target: text(name),
                    op: "=",
                    value: text("None"),
                });
                return;
            }
            (_, true) => method(text(name), "clear", vec![]),
            (Storage::Plain, false) => {
                let deleted = call(
                    "make::delete_local",
                    vec![Rx::RefMut(Box::new(text(name))), python_name],
                );
                self.attempt(deleted)
            }
            (_, false) => {
                let deleted = method(text(name), "delete", vec![python_name]);
                self.attempt(deleted)
            }
        };
        out.push(Rs::Do(delete));
    }

    /// The name belongs to a class body, which starts with none of its names bound.
    fn is_class_scope_name(&self, id: LocalId) -> bool {
        let mut found = false;
        for stmt in &self.function.body {
            stmt.walk_exprs(&mut |e| {
                if let ExprKind::MakeClass { namespace, .. } = &e.kind {
                    found |= namespace.iter().any(|(_, local)| *local == id);
                }
            });
        }
        found
    }

    fn if_stmt(&mut self, cond: &Expr, then: &[Stmt], orelse: &[Stmt], out: &mut Vec<Rs>) {
        if self.counted_branches(cond, then, orelse, out) {
            return;
        }
        let cond = self.cond(cond);
        let declared = self.declared.clone();
        let then = self.rblock(then);
        let orelse = (!orelse.is_empty()).then(|| self.rblock(orelse));
        self.declared = declared;
        out.push(Rs::Do(Rx::If {
            cond: Box::new(cond),
            then,
            orelse: orelse.filter(|b| !b.stmts.is_empty()),
        }));
    }

    fn augmented(
        &mut self,
        target: &AugTarget,
        op: crate::syntax::ast::BinOp,
        value: &Expr,
        span: Span,
        out: &mut Vec<Rs>,
    ) {
        match target {
            AugTarget::Local(id) => {
                let left = Expr {
                    ty: self.function.local(*id).ty.clone(),
                    ..Expr::local(*id, span)
                };
                let result = self.in_place(op, &left, value);
                self.set_local(*id, result, out);
            }
            AugTarget::Global(id) => {
                let ty = self.program.global(*id).ty.clone();
                let left = Expr::typed(ExprKind::Global(*id), ty, span);
                let result = self.in_place(op, &left, value);
                out.push(Rs::Do(method(text(self.names.global(*id)), "set", vec![result])));
            }
            AugTarget::Item { object, index } if self.typed_augmented(object, index, op, value, out) => {}
            AugTarget::Item { object, index } => {
                let object = self.kept_operand(object, out);
                let index = self.kept_operand(index, out);
                let old = self.attempt(call("ops::get_item", vec![object.clone(), index.clone()]));
                let old_name = self.namer.take("old");
                out.push(Rs::Let {
                    pattern: old_name.clone(),
                    ty: None,
                    value: Some(old),
                });
                let value = self.reference_as(value, &Ty::Dyn);
                let new = self.attempt(call(
                    crate::ir::inplace::path(op),
                    vec![reference(text(old_name)), value],
                ));
                let set = self.attempt(call("ops::set_item", vec![object, index, new]));
                out.push(Rs::Do(set));
            }
            AugTarget::Attr { object, name } => {
                let object = self.kept_operand(object, out);
                let old = self.attempt(call("site::get_attr", vec![object.clone(), site(name)]));
                let old_name = self.namer.take("old");
                out.push(Rs::Let {
                    pattern: old_name.clone(),
                    ty: None,
                    value: Some(old),
                });
                let value = self.reference_as(value, &Ty::Dyn);
                let new = self.attempt(call(
                    crate::ir::inplace::path(op),
                    vec![reference(text(old_name)), value],
                ));
                let set = self.attempt(call("site::set_attr", vec![object, site(name), new]));
                out.push(Rs::Do(set));
            }
        }
    }

    fn in_place(&mut self, op: crate::syntax::ast::BinOp, left: &Expr, value: &Expr) -> Rx {
        let args = self.operands(&[(left, &Ty::Dyn), (value, &Ty::Dyn)]);
        self.attempt(call(crate::ir::inplace::path(op), args))
    }

    /// A reference to an operand that is used twice: kept in a variable unless reading it is free.
    fn kept_operand(&mut self, e: &Expr, out: &mut Vec<Rs>) -> Rx {
        if self.is_simple(e) {
            return self.reference_as(e, &Ty::Dyn);
        }
        let value = self.value_as(e, &Ty::Dyn);
        let name = self.namer.take("place");
        out.push(Rs::Let {
            pattern: name.clone(),
            ty: None,
            value: Some(value),
        });
        reference(text(name))
    }

    fn raise(&mut self, exc: &Expr, cause: Option<&Expr>, out: &mut Vec<Rs>) {
        let exc = match cause {
            None => {
                let exc = self.reference_as(exc, &Ty::Dyn);
                call("Exc::raise", vec![exc])
            }
            Some(cause) => {
                let args = self.operands(&[(exc, &Ty::Dyn), (cause, &Ty::Dyn)]);
                call("Exc::raise_from", args)
            }
        };
        let exc = match self.caught.last() {
            Some(handled) => method(exc, "with_context", vec![reference(text(handled))]),
            None => exc,
        };
        self.throw(exc, out);
    }

    /// Leaves with an exception.
    pub fn throw(&mut self, exc: Rx, out: &mut Vec<Rs>) {
        let jump = match self
            .exits
            .iter()
            .rev()
            .find(|e| !matches!(e, Exit::Loop(_) | Exit::Block))
        {
            None => Rx::Jump("return".to_owned(), Some(Box::new(call("Err", vec![exc])))),
            Some(Exit::Try(label)) => Rx::Jump(format!("break {label}"), Some(Box::new(exc))),
            Some(Exit::Finally { label, .. }) => {
                Rx::Jump(format!("break {label}"), Some(Box::new(call("Flow::Raise", vec![exc]))))
            }
            Some(Exit::Loop(_) | Exit::Block) => unreachable!("filtered out"),
        };
        out.push(Rs::Do(jump));
    }

    /// The value of something that returns `Result`: `?`, or a jump to the handler around it.
    pub fn attempt(&mut self, e: Rx) -> Rx {
        match self
            .exits
            .iter()
            .rev()
            .find(|e| !matches!(e, Exit::Loop(_) | Exit::Block))
        {
            None => Rx::Try(Box::new(e)),
            Some(Exit::Try(label)) => Rx::Macro("attempt", vec![text(label.clone()), e]),
            Some(Exit::Finally { label, .. }) => Rx::Macro("attempt_flow", vec![text(label.clone()), e]),
            Some(Exit::Loop(_) | Exit::Block) => unreachable!("filtered out"),
        }
    }
}

fn array(names: &[String]) -> String {
    format!("[{}]", names.join(", "))
}

fn binds(stmt: &Stmt, id: LocalId) -> bool {
    match &stmt.kind {
        StmtKind::Assign { target, .. } => target_declares(target, id),
        _ => false,
    }
}

fn target_declares(target: &Target, id: LocalId) -> bool {
    let mut found = false;
    let mut inside = false;
    target.locals(&mut |local| found |= local == id);
    target.exprs(&mut |e| e.walk(&mut |e| inside |= matches!(e.kind, ExprKind::Local(other, _) if other == id)));
    found && !inside
}

/// What `text + a + b` adds to the variable `text`, where none of it looks at the variable.
fn appended(id: LocalId, value: &Expr) -> Option<Vec<&Expr>> {
    let mut parts = Vec::new();
    let mut left = value;
    loop {
        match &left.kind {
            ExprKind::Op { row, args } if row.name == "+" && left.ty == Ty::Str => {
                let [before, more] = args.as_slice() else { return None };
                if more.ty != Ty::Str || mentions(more, id) || super::expr::rebinds(more).contains(&id) {
                    return None;
                }
                parts.push(more);
                left = before;
            }
            ExprKind::Local(local, _) if *local == id && left.ty == Ty::Str && !parts.is_empty() => {
                parts.reverse();
                return Some(parts);
            }
            _ => return None,
        }
    }
}

fn mentions(e: &Expr, id: LocalId) -> bool {
    let mut found = false;
    e.walk(&mut |inner| found |= matches!(inner.kind, ExprKind::Local(local, _) if local == id));
    found
}

/// `None`, perhaps behind what is evaluated before it.
fn ends_in_none(value: &Rx) -> bool {
    match value {
        Rx::Text(none) => none == "None",
        Rx::Block { block, .. } => block.tail.as_deref().is_some_and(ends_in_none),
        _ => false,
    }
}
