//! Ways out of a block that something must follow.

use crate::exc::Exc;

/// How a `finally` or `with` body was left.
pub enum Flow<T> {
    /// At its end.
    Next,
    Return(T),
    Break,
    Continue,
    Raise(Exc),
}

/// The value of a `Result`, or out of the labelled block with its exception.
#[macro_export]
macro_rules! attempt {
    ($label:lifetime, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(raised) => break $label raised,
        }
    };
}

/// The value of a `Result`, or out of the labelled block with `Flow::Raise`.
#[macro_export]
macro_rules! attempt_flow {
    ($label:lifetime, $result:expr) => {
        match $result {
            Ok(value) => value,
            Err(raised) => break $label $crate::support::flow::Flow::Raise(raised),
        }
    };
}
