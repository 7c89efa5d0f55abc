//! Programs, modules, functions, classes, locals: the containers of the IR.

use super::ops::{Block, Expr};
use super::ty::Ty;
use crate::source::Span;
use std::collections::BTreeMap;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A function of the program.
    FuncId
    /// A class statement of the program.
    ClassId
    /// A variable of a module.
    GlobalId
    /// A variable of one function.
    LocalId
    /// A module of the program.
    ModuleId
    /// A kind of dict with constant keys.
    RecordId
}

/// Everything reachable from the file that was named.
#[derive(Clone, Debug, Default)]
pub struct Program {
    pub modules: Vec<Module>,
    pub functions: Vec<Function>,
    pub classes: Vec<Class>,
    pub globals: Vec<Global>,
    /// The keys of each kind of record, in order, and the types of their values.
    pub records: BTreeMap<RecordId, Vec<(String, Ty)>>,
}

impl Program {
    pub fn function(&self, id: FuncId) -> &Function {
        &self.functions[id.index()]
    }

    pub fn global(&self, id: GlobalId) -> &Global {
        &self.globals[id.index()]
    }

    /// The module is part of the library, not of the project.
    pub fn is_library(&self, id: ModuleId) -> bool {
        self.modules[id.index()].is_library
    }

    pub fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.index()]
    }
}

/// One Python file.
#[derive(Clone, Debug)]
pub struct Module {
    /// The dotted name by which it is imported.
    pub name: String,
    /// What its classes and functions name as their module: `name`, unless its statements bind `__name__` anew.
    pub shown: String,
    pub path: std::path::PathBuf,
    /// Part of the library, not of the project.
    pub is_library: bool,
    /// Top-level statements without the main block, as a function without parameters.
    pub init: FuncId,
    /// The same with the main block, for the file that is run as a script.
    pub main: Option<FuncId>,
}

/// What a module-level name is known to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobalKind {
    /// Bound once, by this `def`, before anything can use it.
    Function(FuncId),
    /// Bound once, by this `class` statement.
    Class(ClassId),
    /// Any other variable.
    Variable,
}

#[derive(Clone, Debug)]
pub struct Global {
    pub module: ModuleId,
    pub name: String,
    pub kind: GlobalKind,
    pub ty: Ty,
}

#[derive(Clone, Debug)]
pub struct Class {
    pub name: String,
    pub qualname: String,
    pub module: ModuleId,
    pub span: Span,
    pub methods: Vec<FuncId>,
    /// Code may ask for it by its name before its statement has run.
    pub early: bool,
    /// Made by a call, not by a class statement: `Point = namedtuple("Point", "x y")`.
    pub by_call: bool,
    /// The attributes of its instances with their types, where instances are carried natively.
    pub layout: Option<Vec<(String, Ty)>>,
    /// Such instances are equal where some of their attributes are; otherwise only to themselves.
    pub compared: Option<Compared>,
    /// Says which of two such instances comes first, where they are sorted.
    pub ordered: Option<FuncId>,
    /// What makes the texts of such instances, where they or containers of them are shown.
    pub texts: Texts,
}

/// The functions that make the texts of an instance, as far as somebody asks for them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Texts {
    pub repr: Option<FuncId>,
    pub str: Option<FuncId>,
}

/// How the native instances of a class compare.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The attributes that decide.
    pub by: Vec<String>,
    /// What the hash is the hash of: a tuple of these attributes, or just the one.
    pub hashed: Option<(bool, Vec<String>)>,
}

impl Class {
    /// The attribute that says of which class of a family an instance is. No attribute of Python's can have this name
    /// without being asked for dynamically.
    pub const TAG: &str = "class";

    /// What containers of its native instances call.
    pub fn called_by_containers(&self) -> impl Iterator<Item = FuncId> + use<> {
        let texts = [self.texts.repr, self.texts.str];
        texts.into_iter().flatten().chain(self.ordered)
    }
}

/// What calling a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavor {
    Plain,
    Generator,
    /// A generator that is only gone through; the function's `ret` is the type of its items.
    Stream,
    Coroutine,
    AsyncGenerator,
}

#[derive(Clone, Debug)]
pub struct Function {
    pub id: FuncId,
    pub name: String,
    /// `Class.method`, `outer.<locals>.inner`.
    pub qualname: String,
    pub module: ModuleId,
    /// The enclosing function, of which `Captured` locals name variables.
    pub parent: Option<FuncId>,
    /// The class in whose body it is a method.
    pub class: Option<ClassId>,
    pub span: Span,
    pub doc: Option<String>,
    pub params: Vec<Param>,
    pub locals: Vec<Local>,
    pub body: Block,
    pub flavor: Flavor,
    pub ret: Ty,
}

impl Function {
    pub fn local(&self, id: LocalId) -> &Local {
        &self.locals[id.index()]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    PositionalOnly,
    Positional,
    KeywordOnly,
    VarArgs,
    VarKeywords,
}

/// A parameter; in a function's list they stand in the order positional, keyword-only, `*args`, `**kwargs`.
#[derive(Clone, Debug)]
pub struct Param {
    pub name: String,
    pub kind: ParamKind,
    pub local: LocalId,
    /// What a call that leaves it out passes: a constant, or the hidden module variable that holds the default.
    pub default: Option<Expr>,
    /// Where the default is written.
    pub default_span: Option<Span>,
    /// The annotation as written, read as a hint and never believed.
    pub annotation: Option<crate::syntax::ast::Expr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// A variable of this function alone.
    Plain,
    /// Shared with inner functions.
    Cell,
    /// A cell of the parent: this local of it.
    Captured(LocalId),
}

#[derive(Clone, Debug)]
pub struct Local {
    pub name: String,
    pub storage: Storage,
    pub ty: Ty,
    /// Some path reads it before it is bound.
    pub maybe_unbound: bool,
    /// A compiler temporary.
    pub temporary: bool,
}
