//! The library modules, one file or folder each.

pub mod binascii;
pub mod hashlib;
pub mod math;
pub mod random;
pub mod re;

use crate::registry::{ModuleDef, NativeFn};

/// Every library module there is.
pub static MODULES: &[&ModuleDef] = &[];

/// Builtin functions that live with the library: `open`.
pub static BUILTINS: &[NativeFn] = &[];
