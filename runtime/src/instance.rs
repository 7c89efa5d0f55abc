//! Instances of the program's classes.

use crate::rc::Ref;

/// An instance of a class of the program.
#[derive(Clone)]
pub struct Instance(Ref<()>);
