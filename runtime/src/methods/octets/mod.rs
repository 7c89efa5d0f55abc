//! The methods of bytes and bytearray. What they share is written once; each row answers in the receiver's kind.

mod array;
mod checks;
mod convert;
mod cut;
mod search;

use crate::args;
use crate::bytes::ops;
use crate::registry::{Effects, Kwargs, Method};
use crate::value::Value;
pub(crate) use checks::byte;
use checks::{like, with};

const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

const fn row(name: &'static str, effects: Effects, call: Call) -> Method {
    Method { name, effects, call }
}

type Call = fn(&Value, &[Value], Kwargs) -> crate::exc::Result<Value>;

/// The table of a type: the shared rows under its name, then its own.
macro_rules! table {
    ($kind:literal, $($own:expr,)*) => {
        &[
            table!(@test $kind "isalnum" ops::is_alnum),
            table!(@test $kind "isalpha" ops::is_alpha),
            table!(@test $kind "isascii" <[u8]>::is_ascii),
            table!(@test $kind "isdigit" ops::is_digit),
            table!(@test $kind "islower" ops::is_lower),
            table!(@test $kind "isspace" ops::is_all_space),
            table!(@test $kind "istitle" ops::is_title),
            table!(@test $kind "isupper" ops::is_upper),
            table!(@change $kind "capitalize" ops::capitalize),
            table!(@change $kind "lower" <[u8]>::to_ascii_lowercase),
            table!(@change $kind "swapcase" ops::swapcase),
            table!(@change $kind "title" ops::title),
            table!(@change $kind "upper" <[u8]>::to_ascii_uppercase),
            table!(@named $kind "center" cut::center),
            table!(@named $kind "count" search::count),
            table!(@named $kind "decode" convert::decode),
            table!(@named $kind "endswith" search::endswith),
            table!(@named $kind "expandtabs" cut::expandtabs),
            table!(@named $kind "find" search::find),
            table!(@named $kind "hex" convert::hex),
            table!(@named $kind "index" search::index),
            table!(@named $kind "join" cut::join),
            table!(@named $kind "ljust" cut::ljust),
            table!(@named $kind "lstrip" cut::lstrip),
            table!(@named $kind "partition" cut::partition),
            table!(@named $kind "removeprefix" cut::removeprefix),
            table!(@named $kind "removesuffix" cut::removesuffix),
            table!(@named $kind "replace" cut::replace),
            table!(@named $kind "rfind" search::rfind),
            table!(@named $kind "rindex" search::rindex),
            table!(@named $kind "rjust" cut::rjust),
            table!(@named $kind "rpartition" cut::rpartition),
            table!(@named $kind "rsplit" cut::rsplit),
            table!(@named $kind "rstrip" cut::rstrip),
            table!(@named $kind "split" cut::split),
            table!(@named $kind "splitlines" cut::splitlines),
            table!(@named $kind "startswith" search::startswith),
            table!(@named $kind "strip" cut::strip),
            table!(@named $kind "translate" convert::translate),
            table!(@named $kind "zfill" cut::zfill),
            $($own,)*
        ]
    };
    (@test $kind:literal $name:literal $function:expr) => {
        row($name, Effects::READS_ARGS, |this, args, kwargs| {
            let [] = args::exactly(concat!($kind, ".", $name), args, kwargs)?;
            Ok(Value::Bool(with(this, $function)))
        })
    };
    (@change $kind:literal $name:literal $function:expr) => {
        row($name, Effects::READS_ARGS, |this, args, kwargs| {
            let [] = args::exactly(concat!($kind, ".", $name), args, kwargs)?;
            Ok(like(this, with(this, $function)))
        })
    };
    (@named $kind:literal $name:literal $function:expr) => {
        row($name, CALLS, |this, args, kwargs| $function(concat!($kind, ".", $name), this, args, kwargs))
    };
}

/// The methods of bytes but the operators, which are protocols.
pub const BYTES_METHODS: &[Method] = table!("bytes", row("__bytes__", Effects::PURE, convert::dunder_bytes),);

/// The methods of bytearray but the operators, which are protocols.
pub const BYTEARRAY_METHODS: &[Method] = table!(
    "bytearray",
    row("append", array::CHANGES, array::append),
    row("clear", array::CHANGES, array::clear),
    row("copy", Effects::READS_ARGS, array::copy),
    row("extend", array::CHANGES, array::extend),
    row("insert", array::CHANGES, array::insert),
    row("pop", array::CHANGES, array::pop),
    row("remove", array::CHANGES, array::remove),
    row("reverse", array::CHANGES, array::reverse),
);

/// The class and static methods of bytes.
pub const BYTES_CLASS_METHODS: &[Method] = &[
    row("fromhex", Effects::PURE, |class, args, kwargs| {
        convert::fromhex("bytes.fromhex", class, args, kwargs)
    }),
    row("maketrans", Effects::PURE, convert::maketrans),
];

/// The class and static methods of bytearray.
pub const BYTEARRAY_CLASS_METHODS: &[Method] = &[
    row("fromhex", Effects::PURE, |class, args, kwargs| {
        convert::fromhex("bytearray.fromhex", class, args, kwargs)
    }),
    row("maketrans", Effects::PURE, convert::maketrans),
];
