//! What the program does with the names of its classes, found in one walk over all of it.

use super::statement::class_made;
use crate::ir::{
    AugTarget, Callee, ClassId, Expr, ExprKind, FuncId, Function, GlobalId, LocalId, Program, Stmt, StmtKind, Target,
};
use std::collections::{HashMap, HashSet};

#[derive(Default)]
pub struct Survey {
    /// The variables of each class body, in each function that holds a copy of the class statement.
    pub namespaces: HashMap<ClassId, HashSet<(FuncId, LocalId)>>,
    /// Module variables that something is called by.
    pub called: HashSet<GlobalId>,
    /// Module variables that a method is called on, and which.
    pub asked: HashSet<(GlobalId, String)>,
    /// Which class names which module variables as its bases.
    pub bases: Vec<(ClassId, GlobalId)>,
    /// What is bound to each module variable: a class, or something else.
    bindings: HashMap<GlobalId, HashSet<Option<ClassId>>>,
}

impl Survey {
    pub fn of(program: &Program) -> Survey {
        let mut survey = Survey::default();
        for function in &program.functions {
            for stmt in &function.body {
                stmt.walk(&mut |s| survey.bindings_of(s));
                stmt.walk_exprs(&mut |e| survey.expr(e, function));
            }
        }
        survey
    }

    /// The name stands for the class wherever it stands for something.
    pub fn is_only(&self, global: GlobalId, class: ClassId) -> bool {
        let bound = self.bindings.get(&global);
        bound.is_some_and(|bound| bound.iter().all(|what| *what == Some(class)))
    }

    /// An expression that is in no function yet.
    pub fn add(&mut self, e: &Expr) {
        e.walk(&mut |inner| self.call(inner));
    }

    fn bindings_of(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign { value, target } => self.target(target, class_made(value)),
            StmtKind::For { target, .. }
            | StmtKind::With {
                target: Some(target), ..
            } => self.target(target, None),
            StmtKind::Aug {
                target: AugTarget::Global(bound),
                ..
            }
            | StmtKind::DelGlobal(bound) => self.bound(*bound, None),
            _ => {}
        }
    }

    fn target(&mut self, target: &Target, class: Option<ClassId>) {
        match target {
            Target::Global(id) => self.bound(*id, class),
            Target::Unpack { parts, .. } => parts.iter().for_each(|part| self.target(part, None)),
            _ => {}
        }
    }

    fn bound(&mut self, global: GlobalId, class: Option<ClassId>) {
        self.bindings.entry(global).or_default().insert(class);
    }

    fn expr(&mut self, e: &Expr, function: &Function) {
        self.call(e);
        if let ExprKind::MakeClass {
            class,
            bases,
            namespace,
            ..
        } = &e.kind
        {
            self.bases
                .extend(bases.iter().filter_map(global).map(|base| (*class, base)));
            let variables = namespace.iter().map(|(_, local)| (function.id, *local));
            self.namespaces.entry(*class).or_default().extend(variables);
        }
    }

    fn call(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Call {
                callee: Callee::Value(callee),
                ..
            } => self.called.extend(global(callee)),
            ExprKind::Call {
                callee: Callee::Method { object, name },
                ..
            } => self.asked.extend(global(object).map(|id| (id, name.clone()))),
            _ => {}
        }
    }
}

fn global(e: &Expr) -> Option<GlobalId> {
    match e.kind {
        ExprKind::Global(id) => Some(id),
        _ => None,
    }
}
