//! Classes: those of the program and the builtin ones.

use crate::rc::Ref;
use crate::registry::BuiltinType;

/// A class.
#[derive(Clone)]
pub struct Class(Ref<ClassData>);

struct ClassData {
    builtin: Option<&'static BuiltinType>,
}

impl Class {
    /// The class object of a builtin type.
    pub fn of_builtin(builtin: &'static BuiltinType) -> Class {
        Class(Ref::new(ClassData { builtin: Some(builtin) }))
    }

    /// The builtin type this class is, if it is one.
    pub fn builtin(&self) -> Option<&'static BuiltinType> {
        self.0.builtin
    }
}
