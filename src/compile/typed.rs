//! Inference, and the steps before it that it can teach something.

use super::stages::Stage;
use crate::ir::{FuncId, Program};
use crate::passes::{classes, generators, split};
use crate::types::infer::{self, Native, Seed};
use crate::types::lattice::Slots;

/// How often inference begins again with what it has learned.
const MAX_ATTEMPTS: usize = 8;

/// What inference makes of a program, and how it came to that.
pub struct Typed {
    /// The program after each step.
    pub passed: [(Stage, Program); 3],
    pub split: split::Split,
    pub native: Native,
}

/// Inference, and the steps that it can teach something: classes that meet there are made one family, generators that
/// instances are iterated with run inside the loops, and all of it begins again.
pub fn typed(
    program: &Program,
    usable: &dyn Fn(FuncId) -> bool,
    main: Option<FuncId>,
    seeds: &dyn Fn(&Program, bool, &mut Slots) -> Vec<Seed>,
) -> Option<Typed> {
    let mut declared = program.clone();
    classes::declare(&mut declared);
    let program = &declared;
    let mut joints = classes::Joints::default();
    let mut iterated = generators::Iterated::new();
    for attempt in 1.. {
        let mut consumed = program.clone();
        let streams = generators::run(&mut consumed, &iterated, usable);
        let mut rebound = consumed.clone();
        let split = split::run(&mut rebound);
        let mut joined = rebound.clone();
        let classes = classes::find(&mut joined, &joints, usable);
        let has_classes = !classes.is_empty();
        let tried = (attempt < MAX_ATTEMPTS).then_some(&iterated);
        let known = infer::Known {
            classes: &classes,
            streams: &streams,
            iterated: tried,
        };
        let native = infer::infer(&joined, known, usable, main, |slots| seeds(&joined, has_classes, slots))?;
        let known = iterated.len();
        iterated.extend(native.iterated.iter().map(|(place, with)| (*place, *with)));
        let learned = joints.add(&native.met, &classes, program.classes.len()) || iterated.len() > known;
        if !learned || attempt >= MAX_ATTEMPTS {
            return Some(Typed {
                passed: [
                    (Stage::Generators, consumed),
                    (Stage::Split, rebound),
                    (Stage::Classes, joined),
                ],
                split,
                native,
            });
        }
    }
    None
}
