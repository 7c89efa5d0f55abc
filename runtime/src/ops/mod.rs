//! Operators, items, attributes and calls on values.
//!
//! The common pairs of kinds are decided inline; everything else goes through a cold path that asks, in this order,
//! what CPython asks: a subclass on the right, the left operand, the right operand, then the sequence protocols.

mod arith;
mod binary;
mod call;
mod compare;
mod hint;
mod identity;
mod index;
mod inplace;
mod item;
mod number;
mod sequence;
mod truth;
mod unary;

pub use crate::attr::{del_attr, get_attr, get_attr_or_none, set_attr};
pub use arith::*;
pub use binary::{binary, builtin_binary};
pub use call::{call, call_kw, call_method, call_method_kw, call_special};
pub use compare::*;
pub use hint::length_hint;
pub use identity::{identity, is};
pub use index::{saturate, try_index};
pub use inplace::*;
pub(crate) use item::is_iterable;
pub use item::{contains, del_item, get_item, len, len_or_none, set_item, slice};
pub(crate) use number::arithmetic;
pub use number::{divmod, number_divmod, pow_mod};
pub use truth::truthy;
pub use unary::{abs, invert, neg, pos};
