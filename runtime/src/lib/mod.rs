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

use crate::modules::Linked;
use crate::registry::{ModuleDef, NativeFn};

/// Names the library modules: a constant each, by which a vessel links what its program uses, and the table of all.
macro_rules! library {
    ($($ident:ident = $module:path,)*) => {
        $(pub use $module as $ident;)*

        /// Every library module there is.
        pub static MODULES: &[&ModuleDef] = &[$(&$ident),*];

        /// All of it, for who may ask for anything.
        pub static EVERYTHING: &[Linked] = &[$(Linked::Whole(&$ident)),*];

        #[cfg(test)]
        const CONSTANTS: &[(&str, &ModuleDef)] = &[$((stringify!($ident), &$ident)),*];
    };
}

library! {
    ABC = abc::MODULE,
    ARRAY = array::MODULE,
    _ASYNCIO = asyncio::MODULE,
    BASE64 = base64::MODULE,
    BINASCII = binascii::MODULE,
    BISECT = bisect::MODULE,
    COLLECTIONS = collections::MODULE,
    COPY = copy::MODULE,
    DATACLASSES = dataclasses::MODULE,
    FUNCTOOLS = functools::MODULE,
    HASHLIB = hashlib::MODULE,
    HEAPQ = heapq::MODULE,
    HMAC = hmac::MODULE,
    INSPECT = inspect::MODULE,
    IO = io::MODULE,
    ITERTOOLS = itertools::MODULE,
    JSON = json::MODULE,
    MATH = math::MODULE,
    OPERATOR = operator::MODULE,
    OS = os::MODULE,
    OS_PATH = os::PATH_MODULE,
    RANDOM = random::MODULE,
    RE = re::MODULE,
    STRING = string::MODULE,
    STRUCT = struct_::MODULE,
    SYS = sys::MODULE,
    TIME = time::MODULE,
    TYPING = typing::MODULE,
    UNICODEDATA = unicodedata::MODULE,
    ZLIB = zlib::MODULE,
}

/// Builtin functions that live with the library: `open`.
pub static BUILTINS: &[NativeFn] = &[io::ROW];

#[cfg(test)]
mod tests {
    use super::CONSTANTS;

    #[test]
    fn a_constant_is_the_modules_name_in_capitals() {
        for (constant, module) in CONSTANTS {
            assert_eq!(*constant, module.name.to_uppercase().replace('.', "_"));
        }
    }
}
