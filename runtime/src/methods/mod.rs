//! Method tables of the builtin types: a row for each method, its effects and the function that runs it.

pub mod async_generator;
pub mod bytes;
pub mod class;
pub mod descriptors;
pub mod dict;
pub mod float;
pub mod generator;
pub mod int;
pub mod iterator;
pub mod list;
pub mod object;
pub mod octets;
pub mod property;
pub mod protocol;
pub mod range;
pub mod set;
pub mod slice;
pub mod str;
pub mod tuple;
pub mod type_;
pub mod views;

use crate::exc::Result;
use crate::registry::{Effects, Kwargs, Method};
use crate::value::Value;

/// What a method looks like to the table.
pub(crate) type Call = fn(&Value, &[Value], Kwargs) -> Result<Value>;

/// A method that only looks at its receiver and arguments, comparing or hashing what they hold.
pub(crate) const fn reads(name: &'static str, call: Call) -> Method {
    Method {
        name,
        effects: Effects::READS_ARGS.union(Effects::CALLS_BACK),
        call,
    }
}

/// A method that changes its receiver.
pub(crate) const fn mutates(name: &'static str, call: Call) -> Method {
    Method {
        name,
        effects: Effects::READS_ARGS
            .union(Effects::MUTATES_ARGS)
            .union(Effects::CALLS_BACK),
        call,
    }
}

/// A method whose result depends on nothing but immutable values.
pub(crate) const fn pure(name: &'static str, call: Call) -> Method {
    Method {
        name,
        effects: Effects::PURE,
        call,
    }
}
