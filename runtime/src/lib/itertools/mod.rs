//! `itertools`: lazy iterators over iterators.

mod chains;
mod choose;
mod counts;
mod filters;
mod groups;
mod product;
pub mod shell;
mod zips;

use crate::exc::Result;
use crate::iter::Iter;
use crate::registry::{Item, ModuleDef};
use crate::value::Value;

/// `chain.from_iterable(starmap(repeat, pairs))`: what `Counter.elements` answers.
pub fn repeated(pairs: Iter) -> Result<Value> {
    let repeat = Value::Class(counts::REPEAT.class().clone());
    chains::of(filters::starmap(repeat, pairs))
}

/// The module `itertools`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "itertools",
    items: &[
        ("accumulate", Item::Type(&groups::ACCUMULATE)),
        ("chain", Item::Type(&chains::CHAIN)),
        ("combinations", Item::Type(&choose::COMBINATIONS)),
        (
            "combinations_with_replacement",
            Item::Type(&choose::COMBINATIONS_WITH_REPLACEMENT),
        ),
        ("compress", Item::Type(&filters::COMPRESS)),
        ("count", Item::Type(&counts::COUNT)),
        ("cycle", Item::Type(&chains::CYCLE)),
        ("dropwhile", Item::Type(&filters::DROPWHILE)),
        ("filterfalse", Item::Type(&filters::FILTERFALSE)),
        ("groupby", Item::Type(&groups::GROUPBY)),
        ("islice", Item::Type(&counts::ISLICE)),
        ("pairwise", Item::Type(&zips::PAIRWISE)),
        ("permutations", Item::Type(&choose::PERMUTATIONS)),
        ("product", Item::Type(&product::PRODUCT)),
        ("repeat", Item::Type(&counts::REPEAT)),
        ("starmap", Item::Type(&filters::STARMAP)),
        ("takewhile", Item::Type(&filters::TAKEWHILE)),
        ("tee", Item::Function(&zips::TEE)),
        ("zip_longest", Item::Type(&zips::ZIP_LONGEST)),
    ],
};
