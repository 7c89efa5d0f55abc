//! `array`: rows of numbers of one kind.

mod code;
mod methods;
mod object;

pub use object::Array;

use crate::registry::{Item, ModuleDef};
use crate::value::Value;

/// `array`
pub static MODULE: ModuleDef = ModuleDef {
    name: "array",
    items: &[
        ("ArrayType", Item::Type(&object::ARRAY)),
        ("array", Item::Type(&object::ARRAY)),
        ("typecodes", Item::Value(|| Value::str(code::LETTERS))),
    ],
};
