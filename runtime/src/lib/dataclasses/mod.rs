//! `dataclasses`: the methods that a class's annotated fields call for.
//!
//! Annotations are known as text. `slots=True`, `weakref_slot` and `make_dataclass` are refused.

mod decorate;
mod field;
mod functions;
mod methods;
mod table;

use crate::exc::hierarchy::ATTRIBUTE_ERROR;
use crate::lib::errors::library_error;
use crate::registry::{Item, ModuleDef};

library_error!(
    /// `dataclasses.FrozenInstanceError`.
    FROZEN_INSTANCE_ERROR, "FrozenInstanceError", "dataclasses", &ATTRIBUTE_ERROR
);

/// The module `dataclasses`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "dataclasses",
    items: &[
        ("dataclass", Item::Function(&decorate::DATACLASS)),
        ("field", Item::Function(&field::FIELD_ROW)),
        ("Field", Item::Type(&field::FIELD)),
        ("fields", Item::Function(&functions::FIELDS)),
        ("asdict", Item::Function(&functions::ASDICT)),
        ("astuple", Item::Function(&functions::ASTUPLE)),
        ("replace", Item::Function(&functions::REPLACE)),
        ("is_dataclass", Item::Function(&functions::IS_DATACLASS)),
        ("FrozenInstanceError", Item::Type(&FROZEN_INSTANCE_ERROR)),
        ("MISSING", Item::Value(field::missing)),
        ("KW_ONLY", Item::Value(field::kw_only)),
    ],
};
