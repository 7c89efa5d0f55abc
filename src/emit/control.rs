//! Loops, `try` and `with`, and the jumps out of them.
//!
//! A raise inside `try` leaves a labelled block with the exception as its value; `return`, `break` and `continue` are
//! Rust's own. Where a `finally` or a `with` stands in the way, every way out leaves as a `Flow` first.

use super::function::{Exit, FnEmitter, Jumps, LoopNames, ends_in_jump};
use super::rust::{RBlock, Rs, Rx, call, method, reference, text};
use crate::ir::func::Storage;
use crate::ir::{Expr, Handler, Label, LocalId, Stmt, Target, Ty, breaks_out};
use crate::passes::analyses::assigned::{self, is_true};
use crate::passes::analyses::filled::filled;
use crate::passes::analyses::placement::block_id;

/// What stands around a loop.
#[derive(Default)]
struct Around {
    before: Vec<Rs>,
    /// Lets the iterator go: a generator that was left early is closed there.
    after: Option<Rs>,
}

/// The variable that the statement binds to an iterator.
fn held_iterator(stmt: &Rs) -> Option<String> {
    match stmt {
        Rs::Let { pattern, .. } => pattern.strip_prefix("mut ").map(str::to_owned),
        _ => None,
    }
}

impl FnEmitter<'_> {
    pub fn while_loop(&mut self, label: Label, cond: &Expr, body: &[Stmt], orelse: &[Stmt], out: &mut Vec<Rs>) {
        let cond_rx = self.cond(cond);
        let head = if is_true(cond) {
            "loop".to_owned()
        } else {
            let mut printer = super::rust::Printer::new(0);
            printer.expr(&cond_rx);
            format!("while {}", printer.finish())
        };
        self.open_loop(label, !orelse.is_empty());
        let body = self.scoped(|this| this.block(body));
        self.close_loop(label, head, body, orelse, Around::default(), out);
    }

    pub fn for_loop(
        &mut self,
        label: Label,
        iter: &Expr,
        target: &Target,
        body: &[Stmt],
        orelse: &[Stmt],
        out: &mut Vec<Rs>,
    ) {
        if iter.ty == crate::ir::Ty::Never {
            // What would be gone through never comes to be: neither does the loop.
            let value = self.value_as(iter, &crate::ir::Ty::None);
            out.push(Rs::Do(value));
            return;
        }
        self.open_loop(label, !orelse.is_empty());
        let id = block_id(body);
        let declared = self.declared.clone();
        self.exits.pop();
        self.open_blocks.push(id);
        let fills = self.filled_by(body);
        let (before, head, mut stmts) = self.loop_head(iter, target, id, fills);
        let held = before
            .last()
            .and_then(held_iterator)
            .filter(|_| breaks_out(body, label));
        let after = held.map(|held| Rs::Do(call("drop", vec![text(held)])));
        self.open_blocks.pop();
        self.exits.push(Exit::Loop(label));
        stmts.extend(self.block_as(body, id));
        self.declared = declared;
        let around = Around { before, after };
        self.close_loop(label, head, stmts, orelse, around, out);
    }

    /// The lists that the loop adds an item to in every round, where they are at hand before it.
    fn filled_by(&self, body: &[Stmt]) -> Vec<Rx> {
        let at_hand = |id: &LocalId| {
            let local = self.function.local(*id);
            self.declared.contains(id)
                && !self.is_optional(*id)
                && local.storage == Storage::Plain
                && matches!(local.ty, Ty::List(_))
        };
        (filled(body).into_iter().filter(at_hand))
            .map(|id| {
                let name = text(self.local_name(id));
                if self.is_borrowed(id) { name } else { reference(name) }
            })
            .collect()
    }

    /// What stands before a loop, its head, and the statements that bind the target at the start of its body. `fills`
    /// are the lists that the loop adds an item to in every round.
    pub fn loop_head(
        &mut self,
        iter: &Expr,
        target: &Target,
        header: usize,
        fills: Vec<Rx>,
    ) -> (Vec<Rs>, String, Vec<Rs>) {
        if let crate::ir::ExprKind::Source(source) = &iter.kind {
            return self.source_loop(source, &iter.ty, target, header, fills);
        }
        let items = self.reference_as(iter, &Ty::Dyn);
        let items = self.attempt(call("iter::iter", vec![items]));
        let iterator = self.namer.take("items");
        let before = vec![Rs::Let {
            pattern: format!("mut {iterator}"),
            ty: None,
            value: Some(items),
        }];
        let next = self.attempt(method(text(iterator), "next", vec![]));
        let (pattern, stmts) = self.loop_target(target, header);
        let mut printer = super::rust::Printer::new(0);
        printer.expr(&next);
        (
            before,
            format!("while let Some({pattern}) = {}", printer.finish()),
            stmts,
        )
    }

    /// The pattern that takes an item, and the statements that bind what is not bound by the pattern.
    pub fn loop_target(&mut self, target: &Target, block: usize) -> (String, Vec<Rs>) {
        match target {
            Target::Local(id)
                if self.declared_in_header(*id, block)
                    && !self.is_optional(*id)
                    && self.function.local(*id).ty.is_dyn()
                    && self.function.local(*id).storage == crate::ir::func::Storage::Plain =>
            {
                self.declared.insert(*id);
                let keyword = if self.facts.rebound[id.index()] && self.rebound_inside(*id) {
                    "mut "
                } else {
                    ""
                };
                (format!("{keyword}{}", self.local_name(*id)), Vec::new())
            }
            _ => {
                let name = self.namer.take("item");
                let mut stmts = Vec::new();
                self.bind_typed(target, text(&name), &Ty::Dyn, &mut stmts);
                (name, stmts)
            }
        }
    }

    /// The loop's own target is bound by something else too.
    fn rebound_inside(&self, id: crate::ir::LocalId) -> bool {
        let mut count = 0;
        for stmt in &self.function.body {
            stmt.walk(&mut |s| match &s.kind {
                crate::ir::StmtKind::Assign { target, .. } | crate::ir::StmtKind::For { target, .. } => {
                    target.locals(&mut |local| count += usize::from(local == id));
                }
                crate::ir::StmtKind::Aug {
                    target: crate::ir::AugTarget::Local(local),
                    ..
                } => {
                    count += usize::from(*local == id);
                }
                _ => {}
            });
        }
        count > 1
    }

    /// Runs `emit` in a scope of its own: what it declares is gone afterwards.
    pub fn scoped<T>(&mut self, emit: impl FnOnce(&mut Self) -> T) -> T {
        let declared = self.declared.clone();
        let result = emit(self);
        self.declared = declared;
        result
    }

    fn open_loop(&mut self, label: Label, has_else: bool) {
        let inner = format!("'loop_{}", label.0);
        let outer = if has_else {
            format!("'else_{}", label.0)
        } else {
            inner.clone()
        };
        self.labels.insert(
            label,
            LoopNames {
                inner,
                outer,
                inner_used: false,
                outer_used: false,
            },
        );
        self.exits.push(Exit::Loop(label));
    }

    fn close_loop(
        &mut self,
        label: Label,
        head: String,
        body: Vec<Rs>,
        orelse: &[Stmt],
        around: Around,
        out: &mut Vec<Rs>,
    ) {
        self.exits.pop();
        let names = self.labels.remove(&label).expect("opened before");
        let mut body = body;
        if matches!(body.last(), Some(Rs::Do(Rx::Jump(word, None))) if word == "continue") {
            body.pop();
        }
        let labelled = names.inner_used || names.outer_used && names.inner == names.outer;
        let head = if labelled {
            format!("{}: {head}", names.inner)
        } else {
            head
        };
        let looped = Rs::Loop {
            head,
            body: RBlock::of(body),
        };
        if orelse.is_empty() || !names.outer_used {
            out.extend(around.before);
            out.push(looped);
            out.extend(around.after);
            if !orelse.is_empty() {
                let orelse = self.block(orelse);
                out.extend(orelse);
            }
            return;
        }
        let mut stmts = around.before;
        stmts.push(looped);
        stmts.extend(around.after);
        self.exits.push(Exit::Block);
        let orelse = self.scoped(|this| this.block(orelse));
        self.exits.pop();
        stmts.extend(orelse);
        out.push(Rs::Do(Rx::Block {
            head: format!("{}:", names.outer),
            block: RBlock::of(stmts),
        }));
    }

    pub fn break_loop(&mut self, label: Label, out: &mut Vec<Rs>) {
        if let Some(flow) = self.finally_before(label) {
            let Exit::Finally { label: at, used } = &mut self.exits[flow] else {
                unreachable!("found as one")
            };
            used.breaks = Some(label);
            let jump = Rx::Jump(format!("break {at}"), Some(Box::new(text("Flow::Break"))));
            out.push(Rs::Do(jump));
            return;
        }
        let direct = self.nothing_labelled_since(label);
        let names = self.labels.get_mut(&label).expect("inside its loop");
        if direct && names.inner == names.outer {
            out.push(Rs::Do(Rx::Jump("break".to_owned(), None)));
            return;
        }
        names.outer_used = true;
        out.push(Rs::Do(Rx::Jump(format!("break {}", names.outer), None)));
    }

    pub fn continue_loop(&mut self, label: Label, out: &mut Vec<Rs>) {
        if let Some(flow) = self.finally_before(label) {
            let Exit::Finally { label: at, used } = &mut self.exits[flow] else {
                unreachable!("found as one")
            };
            used.continues = Some(label);
            let jump = Rx::Jump(format!("break {at}"), Some(Box::new(text("Flow::Continue"))));
            out.push(Rs::Do(jump));
            return;
        }
        let direct = self.nothing_labelled_since(label);
        let names = self.labels.get_mut(&label).expect("inside its loop");
        let word = if direct {
            "continue".to_owned()
        } else {
            names.inner_used = true;
            format!("continue {}", names.inner)
        };
        out.push(Rs::Do(Rx::Jump(word, None)));
    }

    /// The innermost `finally` between here and the loop.
    fn finally_before(&self, label: Label) -> Option<usize> {
        let at = self
            .exits
            .iter()
            .rposition(|e| matches!(e, Exit::Loop(l) if *l == label))?;
        (at + 1..self.exits.len())
            .rev()
            .find(|i| matches!(self.exits[*i], Exit::Finally { .. }))
    }

    /// No labelled block stands between here and the loop, so that a bare `break` means it.
    fn nothing_labelled_since(&self, label: Label) -> bool {
        matches!(self.exits.last(), Some(Exit::Loop(l)) if *l == label)
    }

    /// `return value`, through the `finally` around it where there is one.
    pub fn leave(&mut self, value: Rx, out: &mut Vec<Rs>) {
        let at = self.exits.iter().rposition(|e| matches!(e, Exit::Finally { .. }));
        let jump = match at {
            None => Rx::Jump("return".to_owned(), Some(Box::new(call("Ok", vec![value])))),
            Some(at) => {
                let Exit::Finally { label, used } = &mut self.exits[at] else {
                    unreachable!("found as one")
                };
                used.returns = true;
                Rx::Jump(
                    format!("break {label}"),
                    Some(Box::new(call("Flow::Return", vec![value]))),
                )
            }
        };
        out.push(Rs::Do(jump));
    }

    pub fn try_stmt(
        &mut self,
        body: &[Stmt],
        handlers: &[Handler],
        orelse: &[Stmt],
        finally: &[Stmt],
        out: &mut Vec<Rs>,
    ) {
        if finally.is_empty() {
            self.try_except(body, handlers, orelse, out);
            return;
        }
        self.guarded(
            |this, stmts| {
                if handlers.is_empty() {
                    let block = this.block(body);
                    stmts.extend(block);
                } else {
                    this.try_except(body, handlers, orelse, stmts);
                }
            },
            |this, _, stmts| {
                let block = this.scoped(|this| this.block(finally));
                stmts.extend(block);
            },
            false,
            out,
        );
    }

    /// `body` with `ending` after it on every way out: `ending` is told whether an exception passes (the variable
    /// that holds the `Flow`) or the end was reached (None). With `swallows` the ending may turn an exception into
    /// the normal end.
    fn guarded(
        &mut self,
        body: impl FnOnce(&mut Self, &mut Vec<Rs>),
        mut ending: impl FnMut(&mut Self, Option<&str>, &mut Vec<Rs>),
        swallows: bool,
        out: &mut Vec<Rs>,
    ) {
        let done = self.namer.take("done");
        let label = format!("'{}", self.namer.take("finally"));
        self.exits.push(Exit::Block);
        self.exits.push(Exit::Finally {
            label: label.clone(),
            used: Jumps::default(),
        });
        let mut stmts = Vec::new();
        let declared = self.declared.clone();
        body(self, &mut stmts);
        let Some(Exit::Finally { used, .. }) = self.exits.pop() else {
            unreachable!("pushed above")
        };
        let reaches_end = !ends_in_jump(&stmts);
        if reaches_end {
            ending(self, None, &mut stmts);
            if !ends_in_jump(&stmts) {
                stmts.push(Rs::Do(Rx::Jump(format!("break '{done}"), None)));
            }
        }
        self.declared = declared;
        let flow = self.namer.take("flow");
        let labelled = Rx::Block {
            head: format!("{label}:"),
            block: RBlock::of(stmts),
        };
        let ty = Some(format!("Flow<{}>", self.flow_type()));
        let mut all = vec![Rs::Let {
            pattern: flow.clone(),
            ty,
            value: Some(labelled),
        }];
        ending(self, Some(&flow), &mut all);
        if !ends_in_jump(&all) {
            self.resume(&flow, used, swallows, &mut all);
        }
        self.exits.pop();
        if reaches_end {
            out.push(Rs::Do(Rx::Block {
                head: format!("'{done}:"),
                block: RBlock::of(all),
            }));
        } else {
            out.extend(all);
        }
    }

    fn flow_type(&self) -> String {
        match self.function.flavor {
            crate::ir::func::Flavor::Plain => self.names.types.rust_type(&self.function.ret),
            crate::ir::func::Flavor::Stream => "()".to_owned(),
            _ => "Value".to_owned(),
        }
    }

    /// Goes on with what was under way when the `finally` began.
    fn resume(&mut self, flow: &str, used: Jumps, swallows: bool, out: &mut Vec<Rs>) {
        let mut arms = Vec::new();
        let mut arm = |pattern: &str, stmts: Vec<Rs>| {
            let body = match <[Rs; 1]>::try_from(stmts) {
                Ok([Rs::Do(jump)]) => jump,
                Ok([other]) => Rx::Block {
                    head: String::new(),
                    block: RBlock::of(vec![other]),
                },
                Err(stmts) => Rx::Block {
                    head: String::new(),
                    block: RBlock::of(stmts),
                },
            };
            arms.push((pattern.to_owned(), body));
        };
        let mut stmts = Vec::new();
        self.throw(text("raised"), &mut stmts);
        arm("Flow::Raise(raised)", stmts);
        let mut stmts = Vec::new();
        if used.returns {
            self.leave(text("value"), &mut stmts);
            arm("Flow::Return(value)", stmts);
        }
        if let Some(label) = used.breaks {
            let mut stmts = Vec::new();
            self.break_loop(label, &mut stmts);
            arm("Flow::Break", stmts);
        }
        if let Some(label) = used.continues {
            let mut stmts = Vec::new();
            self.continue_loop(label, &mut stmts);
            arm("Flow::Continue", stmts);
        }
        if swallows {
            arm("Flow::Next", Vec::new());
        }
        if !(used.returns && used.breaks.is_some() && used.continues.is_some() && swallows) {
            arm(
                "_",
                vec![Rs::Do(Rx::Macro("unreachable", vec![text("\"no such way out\"")]))],
            );
        }
        out.push(Rs::Do(Rx::Match {
            value: Box::new(text(flow)),
            arms,
        }));
    }

    fn try_except(&mut self, body: &[Stmt], handlers: &[Handler], orelse: &[Stmt], out: &mut Vec<Rs>) {
        let done = self.namer.take("done");
        let label = format!("'{}", self.namer.take("attempt"));
        self.exits.push(Exit::Block);
        let declared = self.declared.clone();
        self.exits.push(Exit::Try(label.clone()));
        let mut stmts = self.block(body);
        self.exits.pop();
        let mut needs_done = !ends_in_jump(&stmts);
        if needs_done {
            let orelse = self.block(orelse);
            stmts.extend(orelse);
            needs_done = !ends_in_jump(&stmts);
            if needs_done {
                stmts.push(Rs::Do(Rx::Jump(format!("break '{done}"), None)));
            }
        }
        self.declared = declared;
        let caught = self.namer.take("caught");
        let labelled = Rx::Block {
            head: format!("{label}:"),
            block: RBlock::of(stmts),
        };
        let ty = Some("Exc".to_owned());
        let mut all = vec![Rs::Let {
            pattern: caught.clone(),
            ty,
            value: Some(labelled),
        }];
        let dispatch = self.dispatch(&caught, handlers);
        all.extend(dispatch);
        self.exits.pop();
        if needs_done {
            out.push(Rs::Do(Rx::Block {
                head: format!("'{done}:"),
                block: RBlock::of(all),
            }));
        } else {
            out.extend(all);
        }
    }

    /// The handlers as a chain of tests; an exception that none takes goes on.
    fn dispatch(&mut self, caught: &str, handlers: &[Handler]) -> Vec<Rs> {
        let Some((handler, rest)) = handlers.split_first() else {
            let mut out = Vec::new();
            self.throw(text(caught), &mut out);
            return out;
        };
        let cond = match &handler.class {
            Some(class) => {
                let class = self.reference_as(class, &Ty::Dyn);
                self.attempt(method(text(caught), "matches", vec![class]))
            }
            None => super::expr::negate(method(text(caught), "is_deopt", vec![])),
        };
        let then = self.scoped(|this| this.handler_body(caught, handler));
        let orelse = self.dispatch(caught, rest);
        vec![Rs::Do(Rx::If {
            cond: Box::new(cond),
            then: RBlock::of(then),
            orelse: Some(RBlock::of(orelse)),
        })]
    }

    fn handler_body(&mut self, caught: &str, handler: &Handler) -> Vec<Rs> {
        let mut out = Vec::new();
        self.open_blocks.push(block_id(&handler.body));
        if let Some(name) = handler.name {
            let value = method(text(caught), "value", vec![]);
            self.set_local(name, value, &mut out);
        }
        self.open_blocks.pop();
        self.caught.push(caught.to_owned());
        let body = self.block(&handler.body);
        self.caught.pop();
        out.extend(body);
        out
    }

    pub fn with(&mut self, manager: &Expr, target: Option<&Target>, body: &[Stmt], is_async: bool, out: &mut Vec<Rs>) {
        // An asynchronous manager's methods are coroutines, which `co` waits for.
        let awaited = |call: Rx| match is_async {
            true => Rx::Field(Box::new(call), "await".to_owned()),
            false => call,
        };
        let co = || is_async.then(|| reference(text("co")));
        let enter = if is_async { "asynchronous::enter" } else { "with::enter" };
        let swallows = !assigned::never_swallows(manager);
        let manager = self.value_as(manager, &Ty::Dyn);
        let name = self.namer.take("manager");
        let args = co().into_iter().chain([manager]).collect();
        let opened = self.attempt(awaited(call(enter, args)));
        let entered = self.namer.take("entered");
        let pattern = format!("({name}, {entered})");
        out.push(Rs::Let {
            pattern,
            ty: None,
            value: Some(opened),
        });
        self.guarded(
            |this, stmts| {
                if let Some(target) = target {
                    this.bind_target(target, text(&entered), stmts);
                }
                let block = this.block(body);
                stmts.extend(block);
            },
            |this, flow, stmts| match flow {
                None => {
                    let args = co().into_iter().collect();
                    let left = this.attempt(awaited(method(text(&name), "leave", args)));
                    stmts.push(Rs::Do(left));
                }
                Some(flow) => {
                    let args = co().into_iter().chain([text(flow)]).collect();
                    let ended = awaited(method(text(&name), "leave_with", args));
                    let ended = this.attempt(ended);
                    stmts.push(Rs::Let {
                        pattern: flow.to_owned(),
                        ty: None,
                        value: Some(ended),
                    });
                }
            },
            swallows,
            out,
        );
    }
}
