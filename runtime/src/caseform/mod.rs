//! The case format: plain Python values as tagged JSON, one case or outcome a line.
//!
//! None, bool, int of any size, str and list are their JSON counterparts. Everything else is an object with exactly one
//! key: `{"f": "0.1"}` float, `{"t": [..]}` tuple, `{"d": [[k, v], ..]}` dict, `{"s": [..]}` set, `{"fs": [..]}`
//! frozenset, `{"b": "hex"}` bytes, `{"ba": "hex"}` bytearray, `{"c": [re, im]}` complex, `{"r": [a, b, step]}` range,
//! `{"u": "hex"}` text with lone surrogates, `{"dq": [..]}` deque, `{"g": [..]}` what an iterator gave (outcomes only),
//! `{"o": "Type"}` anything else (outcomes only).

mod json;
mod outcome;
mod read;
mod write;

pub use json::Json;
pub use outcome::{Case, run};
pub use read::value_of;
pub use write::{TooBig, form_of, iterated};

/// Values that a case or outcome may be made of, a long text counting as several.
pub const MOST_NODES: i64 = 20_000;
