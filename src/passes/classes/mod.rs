//! Classes whose instances can be carried natively, and the functions that make and dispatch on them.
//!
//! Such a class has at most one base, which is such a class itself, and no hooks into attribute access or creation; and
//! its `__init__` binds every attribute before it lets `self` go anywhere but to methods that do without the others. A class with all that derive from it is a
//! *family*, carried natively as a whole or not at all: one struct holds the attributes of all of them, and a tag says
//! which class an instance is of.

mod constructor;
mod dataclass;
mod dispatch;
mod draft;
mod enums;
mod equality;
mod family;
mod inline;
mod joint;
mod options;
mod statement;
mod survey;
mod told;
mod tuples;
mod unfinished;
mod variables;

pub use enums::NativeEnum;
pub use equality::{Equality, Hashed};
pub use joint::Joints;
pub use statement::{class_made, wrapped_function};
pub use tuples::declare;

use crate::ir::{ClassId, Expr, FuncId, GlobalId, LocalId, Program};
use statement::Statement;
use std::collections::{BTreeMap, HashMap, HashSet};
use survey::Survey;

/// What native code needs to know of such a class.
#[derive(Clone, Debug)]
pub struct NativeClass {
    /// The module variable that stands for it.
    pub global: GlobalId,
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
    /// What setting an attribute of an instance runs.
    pub setters: HashMap<String, FuncId>,
    /// What calling an attribute of the class runs.
    pub statics: HashMap<String, FuncId>,
    /// Those that mean the same to every instance.
    pub instance_statics: HashMap<String, FuncId>,
    /// What iterating over an instance iterates over instead, where `__iter__` says so.
    pub items: Option<FuncId>,
    /// Attributes of the class, as variables of the program; and whether they are its own.
    pub variables: HashMap<String, (GlobalId, bool)>,
    /// Every name that the bodies of its family bind, and what `@dataclass` adds.
    pub names: HashSet<String>,
    /// The variables of the class body, in each function that holds a copy of the class statement.
    pub namespace: HashSet<(FuncId, LocalId)>,
    pub base: Option<ClassId>,
    /// The class of the family that all others derive from.
    pub root: ClassId,
    /// Its instances are named tuples of their attributes.
    pub is_tuple: bool,
    /// Its instances are the members of an enumeration.
    pub enumeration: Option<NativeEnum>,
    /// Their names, in order.
    pub members: Vec<String>,
    /// The attributes of its instances cannot be set.
    pub frozen: bool,
    /// `@dataclass` wrote its `__repr__`.
    pub written_repr: bool,
    /// Its instances compare by their attributes.
    pub equality: Option<Equality>,
    /// `@dataclass` wrote each `__eq__` in the family.
    pub written_eq: bool,
    /// `@dataclass` wrote `<` and its kind.
    pub written_order: bool,
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
pub fn find(program: &mut Program, joints: &Joints, usable: &dyn Fn(FuncId) -> bool) -> NativeClasses {
    let mut survey = Survey::of(program);
    let mut statements: BTreeMap<ClassId, Statement> = BTreeMap::new();
    for at in 0..program.classes.len() {
        let id = ClassId(at as u32);
        if let Some(statement) = statement::read(program, &survey, id)
            && !statement.names.iter().any(|n| HOOKS.contains(&n.as_str()))
            && (statement.members.values().flat_map(statement::Member::functions)).all(usable)
        {
            statements.insert(id, statement);
        }
    }
    for data in statements.values().filter_map(|s| s.data.as_ref()) {
        let factories = dataclass::factories(&data.fields);
        factories.iter().for_each(|(_, made)| survey.add(made));
    }
    keep_whole_families(&survey, &mut statements);
    let mut joined = statements.clone();
    let mut found = NativeClasses::new();
    for base in joints.join(program, &mut joined) {
        if let Some(classes) = family::native(program, &survey, &joined, base) {
            found.extend(classes);
        }
    }
    for root in statements.values().filter(|s| s.base.is_none()).map(|s| s.id) {
        if !found.contains_key(&root)
            && let Some(classes) = family::native(program, &survey, &statements, root)
        {
            found.extend(classes);
        }
    }
    enums::spell_out(program, &found);
    found
}

/// Leaves only classes all of whose bases, and all that derive from them, are known. Classes that name theirs otherwise
/// than by a module variable have bases that are not known.
fn keep_whole_families(survey: &Survey, statements: &mut BTreeMap<ClassId, Statement>) {
    loop {
        let known: HashSet<ClassId> = statements.keys().copied().collect();
        statements.retain(|_, statement| {
            let whole = |(class, base): &(ClassId, GlobalId)| *base != statement.global || known.contains(class);
            statement.base.is_none_or(|base| known.contains(&base)) && survey.bases.iter().all(whole)
        });
        if statements.len() == known.len() {
            return;
        }
    }
}
