//! Exception types of library modules.

/// Declares an exception type: `library_error!(NAME, "Name", "module", &BASE)`.
macro_rules! library_error {
    ($(#[$doc:meta])* $constant:ident, $name:literal, $module:literal, $base:expr) => {
        $(#[$doc])*
        pub static $constant: $crate::registry::BuiltinType = {
            fn new(
                args: &[$crate::value::Value],
                kwargs: $crate::registry::Kwargs,
            ) -> $crate::exc::Result<$crate::value::Value> {
                Ok($crate::exc::make(&$constant, args, kwargs)?.value())
            }
            $crate::registry::BuiltinType::new($name, $module, new).base($base)
        };
    };
}

pub(crate) use library_error;

use crate::exc::{self, Exc};
use crate::registry::BuiltinType;
use crate::value::Value;

/// A library exception with one message.
#[cold]
pub fn raise(kind: &'static BuiltinType, message: &str) -> Exc {
    exc::of_type(kind, vec![Value::str(message)])
}
