//! Generators that cannot run inside the loops over them, being recursive, or too long: native code goes through them
//! item by item, and what they give has a type.

use super::suited::Suited;
use crate::ir::func::Flavor;
use crate::ir::{FuncId, Program};
use std::collections::BTreeMap;

/// The form of each such generator that is only gone through.
pub type Streams = BTreeMap<FuncId, FuncId>;

/// Adds that form of every suited generator to the program.
pub fn declare(program: &mut Program, suited: &Suited) -> Streams {
    let mut found = Streams::new();
    for (original, ready) in suited.in_order() {
        let id = FuncId(program.functions.len() as u32);
        let mut function = ready.clone();
        function.id = id;
        function.flavor = Flavor::Stream;
        program.functions.push(function);
        found.insert(original, id);
    }
    found
}
