//! The typed intermediate representation: structured regions over expression trees.
//!
//! `lower` builds it from the syntax tree with Python's own operations and every value dynamic. `types::infer`
//! finds types, `select` replaces Python operations by runtime operations of fixed representation, `emit` prints.
//! Definitions only; `print` shows them, `verify` checks their rules.

pub mod bind;
pub mod func;
pub mod inplace;
pub mod ops;
pub mod print;
pub mod rows;
pub mod ty;
pub mod verify;

pub mod visit;
pub mod visit_mut;

pub use func::{
    Class, ClassId, Compared, FuncId, Function, Global, GlobalId, GlobalKind, Local, LocalId, Module, ModuleId, Param,
    ParamKind, Program, RecordId, Texts,
};
pub use ops::{
    Arg, AugTarget, Block, Callee, Clause, CompKind, Const, Expr, ExprKind, Handler, Keyed, Label, Parallel, Piece,
    Source, Stmt, StmtKind, Target, Use,
};
pub use ty::{MapKind, Ty};
pub use visit::breaks_out;
