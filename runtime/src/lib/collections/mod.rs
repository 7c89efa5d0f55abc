//! `collections`: deque, defaultdict, Counter, OrderedDict and namedtuple.

mod counter;
mod counter_math;
mod defaultdict;
pub mod deque;
mod deque_methods;
mod extended;
pub mod namedtuple;
mod ordered;

pub use counter::Counter;
pub use defaultdict::DefaultDict;
pub use deque::Deque;
pub use ordered::OrderedDict;

use crate::registry::{Item, ModuleDef};

/// The module `collections`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "collections",
    items: &[
        ("deque", Item::Type(&deque::DEQUE)),
        ("defaultdict", Item::Type(&defaultdict::DEFAULT_DICT)),
        ("Counter", Item::Type(&counter::COUNTER)),
        ("OrderedDict", Item::Type(&ordered::ORDERED_DICT)),
        ("namedtuple", Item::Function(&namedtuple::NAMEDTUPLE)),
    ],
};
