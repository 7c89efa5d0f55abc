//! The rules of the IR, and whether a program keeps them.
//!
//! Of every program:
//! 1. What is named exists: functions, classes, module variables, locals, records; a function stands at its own id.
//! 2. A captured local is a cell, or captured itself, of the parent, and of its type; a function with such
//!    locals is made by its parent.
//! 3. Each parameter has a local of its own, and `*args` and `**kwargs` stand last, in this order, once.
//! 4. `break` and `continue` name a loop around them; a loop's label is none of a loop around it.
//! 5. The starred part of an unpacking is one of its parts; a dict comprehension has a key, and nothing else has one.
//! 6. `yield` and `await` stand in functions of a flavor that has them.
//! 7. A temporary is bound somewhere in the function that reads it.
//!
//! Of a typed program also:
//! 8. An operation's operands and result have the types of its row.
//! 9. Conditions are bools.
//! 10. A field is one of its record or class, with its type; a new instance has a value for each of the class's.
//! 11. A direct call gives each parameter an argument of a type that the parameter can carry.
//! 12. What is bound to a local, returned, converted or guarded is of a type from which the other can be made.
//!
//! A broken rule is a fault of the pass that ran last, found here and not by rustc, or by no one.

mod types;

use super::func::{
    ClassId, Flavor, FuncId, Function, GlobalId, GlobalKind, LocalId, ParamKind, Program, RecordId, Storage,
};
use super::ops::{AugTarget, Block, Callee, Clause, CompKind, Expr, ExprKind, Label, Parallel, Stmt, StmtKind, Target};
use super::print;
use super::ty::Ty;
use super::visit::Part;
use std::collections::BTreeSet;
use std::fmt;

/// A broken rule, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The number of the rule.
    pub rule: u8,
    /// The function's name and id; empty for what stands outside of functions.
    pub function: String,
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule {} broken in {}: {}", self.rule, self.function, self.message)
    }
}

/// Every fault of the program; those of types only where it has been typed.
pub fn faults(program: &Program, is_typed: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    outside(program, &mut faults);
    for (at, function) in program.functions.iter().enumerate() {
        let mut checker = Checker::new(program, function, is_typed);
        checker.function(FuncId(at as u32));
        faults.append(&mut checker.faults);
    }
    faults
}

/// What modules, classes, module variables and records name.
fn outside(program: &Program, faults: &mut Vec<Fault>) {
    let mut check = |exists: bool, what: String| {
        if !exists {
            faults.push(Fault {
                rule: 1,
                function: String::new(),
                message: what,
            });
        }
    };
    let is_function = |id: FuncId| id.index() < program.functions.len();
    for module in &program.modules {
        // Native programs leave out what is no one's to run.
        let known = module.init.0 == u32::MAX || is_function(module.init);
        check(
            known && module.main.is_none_or(is_function),
            format!("module {} has no such function", module.name),
        );
    }
    for global in &program.globals {
        let known = match global.kind {
            GlobalKind::Function(id) => is_function(id),
            GlobalKind::Class(id) => id.index() < program.classes.len(),
            GlobalKind::Variable => true,
        };
        check(known, format!("module variable {} stands for nothing", global.name));
        check(
            ty_exists(program, &global.ty),
            format!("module variable {} has an unknown type", global.name),
        );
    }
    for fields in program.records.values() {
        check(
            fields.iter().all(|(_, ty)| ty_exists(program, ty)),
            "a record holds an unknown type".to_owned(),
        );
    }
}

/// The records and classes in a type exist.
fn ty_exists(program: &Program, ty: &Ty) -> bool {
    let of = |ty: &Ty| ty_exists(program, ty);
    match ty {
        Ty::Record(id) => program.records.contains_key(id),
        Ty::Instance(id) => program.classes.get(id.index()).is_some_and(|c| c.layout.is_some()),
        Ty::Tuple(parts) => parts.iter().all(of),
        Ty::List(inner) | Ty::Set(inner) | Ty::Option(inner) => of(inner),
        Ty::Dict(key, value) => of(key) && of(value),
        _ => true,
    }
}

/// Checks one function.
struct Checker<'a> {
    program: &'a Program,
    function: &'a Function,
    is_typed: bool,
    /// Labels of the loops around what is being checked.
    loops: Vec<Label>,
    bound: BTreeSet<LocalId>,
    read: BTreeSet<LocalId>,
    faults: Vec<Fault>,
}

impl<'a> Checker<'a> {
    fn new(program: &'a Program, function: &'a Function, is_typed: bool) -> Checker<'a> {
        Checker {
            program,
            function,
            is_typed,
            loops: Vec::new(),
            bound: function.params.iter().map(|p| p.local).collect(),
            read: BTreeSet::new(),
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, rule: u8, message: String) {
        let function = print::function_name(self.program, self.function.id);
        self.faults.push(Fault {
            rule,
            function,
            message,
        });
    }

    fn expect(&mut self, rule: u8, holds: bool, message: impl FnOnce(&Self) -> String) {
        if !holds {
            let message = message(self);
            self.fault(rule, message);
        }
    }

    /// The expression as text, for a message.
    fn shown(&self, e: &Expr) -> String {
        print::expression(self.program, self.function, e)
    }

    fn function(&mut self, id: FuncId) {
        let function = self.function;
        self.expect(1, function.id == id, |_| {
            format!("stands at place {} and calls itself {}", id.0, function.id.0)
        });
        self.locals();
        self.params();
        self.block(&function.body);
        let temporaries = self
            .read
            .difference(&self.bound)
            .filter(|id| self.is_plain_temporary(**id));
        for id in temporaries.copied().collect::<Vec<_>>() {
            self.fault(7, format!("temporary %{} is read and bound nowhere", id.0));
        }
        let result = ty_exists(self.program, &function.ret);
        self.expect(1, result, |_| format!("the result's type {} is unknown", function.ret));
    }

    fn is_plain_temporary(&self, id: LocalId) -> bool {
        let local = self.function.locals.get(id.index());
        local.is_some_and(|local| local.temporary && local.storage == Storage::Plain)
    }

    fn locals(&mut self) {
        let parent = self
            .function
            .parent
            .and_then(|id| self.program.functions.get(id.index()));
        for local in &self.function.locals {
            let known = ty_exists(self.program, &local.ty);
            self.expect(1, known, |_| {
                format!("{} has the unknown type {}", local.name, local.ty)
            });
            if let Storage::Captured(outer) = local.storage {
                let found = parent.and_then(|p| p.locals.get(outer.index()));
                let shared = found.is_some_and(|outer| outer.storage != Storage::Plain && outer.ty == local.ty);
                self.expect(2, shared, |_| format!("{} captures no cell of its parent", local.name));
            }
        }
    }

    fn params(&mut self) {
        let mut own = BTreeSet::new();
        for param in &self.function.params {
            self.local(param.local);
            self.expect(3, own.insert(param.local), |_| {
                format!("{} shares its local with another", param.name)
            });
        }
        let order = self.function.params.iter().map(|p| match p.kind {
            ParamKind::PositionalOnly => 0,
            ParamKind::Positional => 1,
            ParamKind::KeywordOnly => 2,
            ParamKind::VarArgs => 3,
            ParamKind::VarKeywords => 4,
        });
        let order: Vec<u8> = order.collect();
        let once = order.windows(2).all(|w| w[0] != w[1] || w[0] < 3);
        self.expect(3, order.is_sorted() && once, |_| {
            "the parameters stand in another order".to_owned()
        });
        for default in self.function.params.iter().filter_map(|p| p.default.as_ref()) {
            self.expr(default);
        }
    }

    fn local(&mut self, id: LocalId) {
        let exists = id.index() < self.function.locals.len();
        self.expect(1, exists, |_| format!("there is no local %{}", id.0));
    }

    fn global(&mut self, id: GlobalId) {
        let exists = id.index() < self.program.globals.len();
        self.expect(1, exists, |_| format!("there is no module variable @{}", id.0));
    }

    fn class(&mut self, id: ClassId) {
        let exists = id.index() < self.program.classes.len();
        self.expect(1, exists, |_| format!("there is no class !{}", id.0));
    }

    fn callee(&mut self, id: FuncId) {
        let exists = id.index() < self.program.functions.len();
        self.expect(1, exists, |_| format!("there is no function #{}", id.0));
    }

    fn block(&mut self, block: &'a Block) {
        block.iter().for_each(|stmt| self.stmt(stmt));
    }

    /// A loop's body, in which its label means it.
    fn looped(&mut self, label: Label, body: impl FnOnce(&mut Self)) {
        let fresh = !self.loops.contains(&label);
        self.expect(4, fresh, |_| format!("'{} is a loop inside '{}", label.0, label.0));
        self.loops.push(label);
        body(self);
        self.loops.pop();
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        stmt.exprs(&mut |e| self.expr(e));
        match &stmt.kind {
            StmtKind::Assign { target, .. } => self.target(target),
            StmtKind::Aug { target, .. } => match target {
                AugTarget::Local(id) => {
                    self.local(*id);
                    self.read.insert(*id);
                }
                AugTarget::Global(id) => self.global(*id),
                AugTarget::Item { .. } | AugTarget::Attr { .. } => {}
            },
            StmtKind::DelLocal(id) => self.local(*id),
            StmtKind::DelGlobal(id) => self.global(*id),
            StmtKind::While { label, body, .. } => self.looped(*label, |this| this.block(body)),
            StmtKind::For {
                label, target, body, ..
            } => {
                self.target(target);
                self.looped(*label, |this| this.block(body));
            }
            StmtKind::Break(label) | StmtKind::Continue(label) => {
                let around = self.loops.contains(label);
                self.expect(4, around, |_| format!("there is no loop '{} around this", label.0));
            }
            StmtKind::Try { handlers, .. } => handlers.iter().filter_map(|h| h.name).for_each(|id| self.binds(id)),
            StmtKind::With { target, .. } => target.iter().for_each(|t| self.target(t)),
            _ => {}
        }
        match &stmt.kind {
            StmtKind::While { orelse, .. } | StmtKind::For { orelse, .. } => self.block(orelse),
            _ => stmt.blocks(&mut |block| block.iter().for_each(|stmt| self.stmt(stmt))),
        }
        if self.is_typed {
            self.typed_stmt(stmt);
        }
    }

    fn binds(&mut self, id: LocalId) {
        self.local(id);
        self.bound.insert(id);
    }

    fn target(&mut self, target: &Target) {
        match target {
            Target::Local(id) => self.binds(*id),
            Target::Global(id) => self.global(*id),
            Target::Unpack { parts, star } => {
                let inside = star.is_none_or(|at| at < parts.len());
                self.expect(5, inside, |_| "the starred part is none of the parts".to_owned());
                parts.iter().for_each(|part| self.target(part));
            }
            Target::Item { .. } | Target::Attr { .. } => {}
        }
    }

    fn expr(&mut self, e: &'a Expr) {
        self.names(e);
        match &e.kind {
            ExprKind::Comp {
                clauses, key, element, ..
            } => self.comp(clauses, key.as_deref(), element),
            _ => e.parts(&mut |part| match part {
                Part::Expr(inner) => self.expr(inner),
                Part::Block(block) => block.iter().for_each(|stmt| self.stmt(stmt)),
                Part::Target(target) => self.target(target),
            }),
        }
        if self.is_typed {
            self.typed_expr(e);
        }
    }

    /// A clause's label means its loop in all that follows inside the comprehension.
    fn comp(&mut self, clauses: &'a [Clause], key: Option<&'a Expr>, element: &'a Expr) {
        let before = self.loops.len();
        for clause in clauses {
            self.expr(&clause.iter);
            self.target(&clause.target);
            clause.target.exprs(&mut |e| self.expr(e));
            let fresh = !self.loops.contains(&clause.label);
            self.expect(4, fresh, |_| {
                format!("'{} is a clause inside '{}", clause.label.0, clause.label.0)
            });
            self.loops.push(clause.label);
            clause.conds.iter().for_each(|e| self.expr(e));
        }
        key.into_iter().for_each(|e| self.expr(e));
        self.expr(element);
        self.loops.truncate(before);
    }

    /// What the expression itself names or needs around it.
    fn names(&mut self, e: &'a Expr) {
        match &e.kind {
            ExprKind::Local(id, _) => {
                self.local(*id);
                self.read.insert(*id);
            }
            ExprKind::Global(id) => self.global(*id),
            ExprKind::MakeFunction { func, .. } => {
                self.callee(*func);
                let shares = |l: &super::func::Local| matches!(l.storage, Storage::Captured(_));
                let inner = self.program.functions.get(func.index());
                let own = inner.is_none_or(|f| f.parent == Some(self.function.id) || !f.locals.iter().any(shares));
                self.expect(2, own, |this| {
                    format!("{} is made by another than its parent", this.shown(e))
                });
            }
            ExprKind::MakeClass { class, namespace, .. } => {
                self.class(*class);
                namespace.iter().for_each(|(_, id)| self.local(*id));
            }
            ExprKind::New { class, .. } => self.class(*class),
            ExprKind::Call {
                callee: Callee::Function(id),
                ..
            }
            | ExprKind::Keyed { key: id, .. }
            | ExprKind::Parallel(Parallel { round: id, .. }) => self.callee(*id),
            ExprKind::Comp { kind, key, .. } => {
                let paired = (*kind == CompKind::Dict) == key.is_some();
                self.expect(5, paired, |_| {
                    "a comprehension's key and kind do not go together".to_owned()
                });
            }
            ExprKind::Yield(_) => {
                let fits = matches!(
                    self.function.flavor,
                    Flavor::Generator | Flavor::Stream | Flavor::AsyncGenerator
                );
                self.expect(6, fits, |_| "a plain function yields".to_owned());
            }
            ExprKind::YieldFrom(_) => {
                let fits = self.function.flavor == Flavor::Generator;
                self.expect(6, fits, |_| "what is no generator delegates to one".to_owned());
            }
            ExprKind::Await(_) => {
                let fits = matches!(self.function.flavor, Flavor::Coroutine | Flavor::AsyncGenerator);
                self.expect(6, fits, |_| "what is no coroutine awaits".to_owned());
            }
            _ => {}
        }
        let known = ty_exists(self.program, &e.ty);
        self.expect(1, known, |this| format!("the type of {} is unknown", this.shown(e)));
    }

    fn record(&self, id: RecordId) -> Option<&'a [(String, Ty)]> {
        self.program.records.get(&id).map(Vec::as_slice)
    }
}
