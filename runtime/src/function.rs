//! Functions of the program and methods bound to their object.

use crate::rc::Ref;
use crate::value::Value;

/// A function of the program.
#[derive(Clone)]
pub struct Function(Ref<()>);

/// A callable bound to its first argument.
pub struct Bound {
    pub function: Value,
    pub receiver: Value,
}
