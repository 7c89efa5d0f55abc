//! `abc`.

use crate::class::abstracts;
use crate::registry::{Item, ModuleDef};

/// The module `abc`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "abc",
    items: &[
        ("ABC", Item::Value(abstracts::abc)),
        ("ABCMeta", Item::Type(&abstracts::ABC_META)),
        ("abstractmethod", Item::Function(&abstracts::ABSTRACT_METHOD)),
    ],
};
