//! `json`: own encoder and decoder, equal to CPython's to the last place of a fault.

pub mod encode;
mod fault;
mod quote;
mod rows;
pub mod scan;

pub use encode::Style;
pub use fault::DECODE_ERROR;
pub use quote::push_quoted;
pub use rows::MODULE;
pub use scan::Hooks;

use crate::depth;
use crate::exc::Result;
use crate::str::Str;
use crate::value::Value;

/// How many calls CPython nests in Python before its scanner or encoder begins.
pub(crate) const FRAMES: usize = 3;

/// `json.loads(text)` without options.
pub fn loads(text: &Str) -> Result<Value> {
    loads_with(text, &Hooks::default())
}

/// `json.loads` of a str with hooks.
pub fn loads_with(text: &Str, hooks: &Hooks) -> Result<Value> {
    let _frames: [depth::Guard; FRAMES] = [depth::enter()?, depth::enter()?, depth::enter()?];
    scan::decode(text, hooks)
}

/// `json.dumps(value)` without options.
pub fn dumps(value: &Value) -> Result<Str> {
    dumps_with(value, &Style::default())
}

/// `json.dumps` in a style.
pub fn dumps_with(value: &Value, style: &Style) -> Result<Str> {
    let _frames: [depth::Guard; FRAMES] = [depth::enter()?, depth::enter()?, depth::enter()?];
    encode::encode(value, style)
}
