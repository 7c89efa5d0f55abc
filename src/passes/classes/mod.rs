//! Classes whose instances can be carried natively, and the functions that make and dispatch on them.
//!
//! Such a class has at most one base, which is such a class itself, and no hooks into attribute access or creation; and
//! its `__init__` binds every attribute before it lets `self` go anywhere. A class with all that derive from it is a
//! *family*, carried natively as a whole or not at all: one struct holds the attributes of all of them, and a tag says
//! which class an instance is of.

mod constructor;
mod dataclass;
mod family;
mod inline;
mod statement;

pub use statement::{class_made, wrapped_function};

use crate::ir::{ClassId, Expr, ExprKind, FuncId, GlobalId, LocalId, Program, StmtKind};
use statement::Statement;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What native code needs to know of such a class.
#[derive(Clone, Debug)]
pub struct NativeClass {
    /// Makes an instance; takes what `__init__` takes after `self`. None where Python refuses to make one.
    pub constructor: Option<FuncId>,
    /// What callers pass to the constructor for the parameters that they leave out.
    pub factories: Vec<(String, Expr)>,
    /// The attributes of its instances, in the order in which `__init__` binds them.
    pub fields: Vec<String>,
    /// What calling a method of an instance runs.
    pub methods: HashMap<String, FuncId>,
    /// What `super()` in the classes derived from it finds.
    pub own_methods: HashMap<String, FuncId>,
    /// What reading an attribute of an instance runs.
    pub properties: HashMap<String, FuncId>,
    /// What calling an attribute of the class runs.
    pub statics: HashMap<String, FuncId>,
    /// Those that mean the same to every instance.
    pub instance_statics: HashMap<String, FuncId>,
    /// Attributes of the class, as variables of the program; and whether they are its own.
    pub variables: HashMap<String, (GlobalId, bool)>,
    /// Every name that the bodies of its family bind, and what `@dataclass` adds.
    pub names: HashSet<String>,
    /// The variables of the class body, in each function that holds a copy of the class statement.
    pub namespace: HashSet<(FuncId, LocalId)>,
    pub base: Option<ClassId>,
    /// The class of the family that all others derive from.
    pub root: ClassId,
    /// The attributes of its instances cannot be set.
    pub frozen: bool,
    /// The `__repr__` that `@dataclass` wrote.
    pub written_repr: Option<FuncId>,
}

pub type NativeClasses = HashMap<ClassId, NativeClass>;

/// Names whose meaning native code does not reproduce.
const HOOKS: [&str; 16] = [
    "__getattr__",
    "__getattribute__",
    "__setattr__",
    "__delattr__",
    "__del__",
    "__new__",
    "__init_subclass__",
    "__class_getitem__",
    "__set_name__",
    "__ne__",
    "__get__",
    "__set__",
    "__class__",
    "__dict__",
    "__instancecheck__",
    "__subclasshook__",
];

/// Finds such classes and adds their functions to the program. `usable` says which functions can be translated.
pub fn find(program: &mut Program, usable: &dyn Fn(FuncId) -> bool) -> NativeClasses {
    let mut statements: BTreeMap<ClassId, Statement> = BTreeMap::new();
    for at in 0..program.classes.len() {
        let id = ClassId(at as u32);
        if let Some(statement) = statement::read(program, id)
            && !statement.names.iter().any(|n| HOOKS.contains(&n.as_str()))
            && (statement.members.values().filter_map(statement::Member::function)).all(usable)
        {
            statements.insert(id, statement);
        }
    }
    keep_whole_families(program, &mut statements);
    let mut found = NativeClasses::new();
    let roots: Vec<ClassId> = (statements.values())
        .filter(|s| s.base.is_none())
        .map(|s| s.id)
        .collect();
    for root in roots {
        let members = family::members(&statements, root);
        if let Some(classes) = family::native(program, &statements, &members) {
            found.extend(classes);
        }
    }
    found
}

/// Leaves only classes all of whose bases, and all that derive from them, are known.
fn keep_whole_families(program: &Program, statements: &mut BTreeMap<ClassId, Statement>) {
    let derived = derivations(program);
    loop {
        let known: HashSet<ClassId> = statements.keys().copied().collect();
        statements.retain(|id, statement| {
            let whole = |(base, class): &(ClassId, ClassId)| base != id || known.contains(class);
            statement.base.is_none_or(|base| known.contains(&base)) && derived.iter().all(whole)
        });
        if statements.len() == known.len() {
            return;
        }
    }
}

/// Which class derives from which, wherever in the program; classes that name theirs otherwise have none here.
fn derivations(program: &Program) -> Vec<(ClassId, ClassId)> {
    let mut found = Vec::new();
    for stmt in program.functions.iter().flat_map(|f| &f.body) {
        stmt.walk_exprs(&mut |e| {
            if let ExprKind::MakeClass { class, bases, .. } = &e.kind {
                let bases = bases.iter().filter_map(|b| family::global_class(program, b));
                found.extend(bases.map(|base| (base, *class)));
            }
        });
    }
    found
}

/// The variables of the class body, wherever a copy of the class statement stands.
fn namespace(program: &Program, id: ClassId) -> HashSet<(FuncId, LocalId)> {
    let mut found = HashSet::new();
    for function in &program.functions {
        for stmt in &function.body {
            let StmtKind::Assign { value, .. } = &stmt.kind else {
                continue;
            };
            value.walk(&mut |e| {
                if let ExprKind::MakeClass { class, namespace, .. } = &e.kind
                    && *class == id
                {
                    found.extend(namespace.iter().map(|(_, local)| (function.id, *local)));
                }
            });
        }
    }
    found
}
