//! The rows of `random`: each function for the module's own generator and as a method of `Random`.

use super::object::{RANDOM, source};
use super::state::{self, Source};
use super::{distributions as d, integers, pick};
use crate::registry::{Effects, Item, Method, ModuleDef, NativeFn};

const EFFECTS: Effects = Effects::RANDOM.union(Effects::READS_ARGS).union(Effects::CALLS_BACK);
const CHANGES: Effects = EFFECTS.union(Effects::MUTATES_ARGS);

macro_rules! rows {
    ($($static:ident $name:literal $effects:ident $function:path;)*) => {
        $(static $static: NativeFn = NativeFn {
            name: $name,
            effects: $effects,
            call: |args, kwargs| $function(&Source::Global, args, kwargs),
        };)*

        pub static METHODS: &[Method] = &[$(Method {
            name: $name,
            effects: $effects,
            call: |receiver, args, kwargs| $function(&source(receiver)?, args, kwargs),
        }),*];

        /// The module `random`.
        pub static MODULE: ModuleDef = ModuleDef {
            name: "random",
            items: &[$(($name, Item::Function(&$static)),)* ("Random", Item::Type(&RANDOM))],
        };
    };
}

rows! {
    SEED "seed" EFFECTS state::seed;
    GETSTATE "getstate" EFFECTS state::getstate;
    SETSTATE "setstate" EFFECTS state::setstate;
    RANDOM_ROW "random" EFFECTS d::random;
    UNIFORM "uniform" EFFECTS d::uniform;
    TRIANGULAR "triangular" EFFECTS d::triangular;
    NORMALVARIATE "normalvariate" EFFECTS d::normalvariate;
    GAUSS "gauss" EFFECTS d::gauss;
    LOGNORMVARIATE "lognormvariate" EFFECTS d::lognormvariate;
    EXPOVARIATE "expovariate" EFFECTS d::expovariate;
    VONMISESVARIATE "vonmisesvariate" EFFECTS d::vonmisesvariate;
    GAMMAVARIATE "gammavariate" EFFECTS d::gammavariate;
    BETAVARIATE "betavariate" EFFECTS d::betavariate;
    PARETOVARIATE "paretovariate" EFFECTS d::paretovariate;
    WEIBULLVARIATE "weibullvariate" EFFECTS d::weibullvariate;
    RANDRANGE "randrange" EFFECTS integers::randrange;
    RANDINT "randint" EFFECTS integers::randint;
    GETRANDBITS "getrandbits" EFFECTS integers::getrandbits;
    RANDBYTES "randbytes" EFFECTS integers::randbytes;
    CHOICE "choice" EFFECTS pick::choice;
    CHOICES "choices" EFFECTS pick::choices;
    SAMPLE "sample" EFFECTS pick::sample;
    SHUFFLE "shuffle" CHANGES pick::shuffle;
}
