//! The methods of str.

mod checks;
mod format;
mod pad;
mod search;
mod split;
mod translate;

use crate::args;
use crate::registry::{Effects, Method};
use crate::str::Str;
use crate::value::Value;
pub(crate) use checks::search;
use checks::text;
pub(crate) use format::{codec_arguments, codec_name, spec_argument};
pub(crate) use pad::tab_size;

/// Rows of methods without arguments.
macro_rules! plain {
    ($($name:literal $function:expr;)*) => {
        [$(Method {
            name: $name,
            effects: Effects::PURE,
            call: |this, args, kwargs| {
                let [] = args::exactly(concat!("str.", $name), args, kwargs)?;
                let function: fn(&Str) -> _ = $function;
                Ok(Value::from(function(text(this))))
            },
        }),*]
    };
}

const PLAIN: [Method; 20] = plain! {
    "capitalize" Str::capitalize;
    "casefold" Str::casefold;
    "isalnum" Str::is_alnum;
    "isalpha" Str::is_alpha;
    "isascii" Str::is_ascii;
    "isdecimal" Str::is_decimal;
    "isdigit" Str::is_digit;
    "isidentifier" Str::is_identifier;
    "islower" Str::is_lower;
    "isnumeric" Str::is_numeric;
    "isprintable" Str::is_printable;
    "isspace" Str::is_space;
    "istitle" Str::is_title;
    "isupper" Str::is_upper;
    "lower" Str::lower;
    "swapcase" Str::swapcase;
    "title" Str::title;
    "upper" Str::upper;
    "__str__" Str::clone;
    "__repr__" Str::repr;
};

/// Calls back: `__index__`, `__iter__`, `__format__` and `__getitem__` of arguments.
const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

const fn row(name: &'static str, effects: Effects, call: Call) -> Method {
    Method { name, effects, call }
}

type Call = fn(&Value, &[Value], crate::registry::Kwargs) -> crate::exc::Result<Value>;

const OTHERS: [Method; 30] = [
    row("center", CALLS, pad::center),
    row("count", CALLS, search::count),
    row("encode", Effects::PURE, format::encode),
    row("endswith", CALLS, search::endswith),
    row("expandtabs", CALLS, pad::expandtabs),
    row("find", CALLS, search::find),
    row("format", CALLS, format::format),
    row("format_map", CALLS, format::format_map),
    row("__format__", Effects::PURE, format::dunder_format),
    row("index", CALLS, search::index),
    row("join", CALLS, split::join),
    row("ljust", CALLS, pad::ljust),
    row("lstrip", Effects::PURE, split::lstrip),
    row("partition", Effects::PURE, split::partition),
    row("removeprefix", Effects::PURE, split::removeprefix),
    row("removesuffix", Effects::PURE, split::removesuffix),
    row("replace", CALLS, split::replace),
    row("rfind", CALLS, search::rfind),
    row("rindex", CALLS, search::rindex),
    row("rjust", CALLS, pad::rjust),
    row("rpartition", Effects::PURE, split::rpartition),
    row("rsplit", CALLS, split::rsplit),
    row("rstrip", Effects::PURE, split::rstrip),
    row("split", CALLS, split::split),
    row("splitlines", CALLS, split::splitlines),
    row("startswith", CALLS, search::startswith),
    row("strip", Effects::PURE, split::strip),
    row("translate", CALLS, translate::translate),
    row("zfill", CALLS, pad::zfill),
    row("__getnewargs__", Effects::PURE, format::getnewargs),
];

/// Every method of str but the operators, which are protocols.
pub const METHODS: &[Method] = &{
    let mut rows = [const { row("", Effects::PURE, pad::center) }; PLAIN.len() + OTHERS.len()];
    let mut at = 0;
    while at < PLAIN.len() {
        rows[at] = row(PLAIN[at].name, PLAIN[at].effects, PLAIN[at].call);
        at += 1;
    }
    while at < rows.len() {
        let other = &OTHERS[at - PLAIN.len()];
        rows[at] = row(other.name, other.effects, other.call);
        at += 1;
    }
    rows
};

/// Its static method.
pub const CLASS_METHODS: &[Method] = &[row("maketrans", Effects::READS_ARGS, translate::maketrans)];
