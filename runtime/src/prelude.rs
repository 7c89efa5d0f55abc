//! The names that generated code uses unqualified.

pub use crate::bytes::Bytes;
pub use crate::depth;
pub use crate::dict::Dict;
pub use crate::elem::Elem;
pub use crate::exc::{Exc, Result};
pub use crate::fast;
pub use crate::function::{Function, Signature};
pub use crate::generator;
pub use crate::iter;
pub use crate::list::List;
pub use crate::ops;
pub use crate::set::Set;
pub use crate::site;
pub use crate::str::{Str, StrBuf};
pub use crate::support::boundary::{Cross, Crossing};
pub use crate::support::cell::Cell;
pub use crate::support::flow::Flow;
pub use crate::support::global::Global;
pub use crate::support::named::{Made, Named};
pub use crate::support::{asynchronous, make, table, with};
pub use crate::value::Value;
pub use crate::{attempt, attempt_flow, lit, plain_items, plain_pairs, spec};
