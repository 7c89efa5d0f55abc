//! The library modules, one file or folder each.

mod abc;
pub mod array;
mod asyncio;
pub mod base64;
pub mod binascii;
pub mod bisect;
pub mod collections;
mod convert;
pub mod copy;
pub mod dataclasses;
mod errors;
pub mod functools;
pub mod hashlib;
pub mod heapq;
pub mod hmac;
mod inspect;
pub mod io;
pub mod itertools;
pub mod json;
pub mod math;
pub mod operator;
pub mod os;
mod params;
pub mod random;
pub mod re;
mod signature;
pub mod string;
pub mod struct_;
mod structseq;
pub mod sys;
pub mod time;
pub(crate) mod typing;
pub mod unicodedata;
pub mod zlib;

use crate::registry::{ModuleDef, NativeFn};

/// Every library module there is.
pub static MODULES: &[&ModuleDef] = &[
    &abc::MODULE,
    &array::MODULE,
    &asyncio::MODULE,
    &base64::MODULE,
    &binascii::MODULE,
    &bisect::MODULE,
    &collections::MODULE,
    &copy::MODULE,
    &dataclasses::MODULE,
    &functools::MODULE,
    &hashlib::MODULE,
    &heapq::MODULE,
    &hmac::MODULE,
    &inspect::MODULE,
    &io::MODULE,
    &itertools::MODULE,
    &json::MODULE,
    &math::MODULE,
    &operator::MODULE,
    &os::MODULE,
    &os::PATH_MODULE,
    &random::MODULE,
    &re::MODULE,
    &string::MODULE,
    &struct_::MODULE,
    &sys::MODULE,
    &time::MODULE,
    &typing::MODULE,
    &unicodedata::MODULE,
    &zlib::MODULE,
];

/// Builtin functions that live with the library: `open`.
pub static BUILTINS: &[NativeFn] = &[io::ROW];
