//! Padding and tabs.

use super::checks::text;
use crate::args::{self, Parameters};
use crate::exc::{self, Result};
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

macro_rules! justifies {
    ($($name:ident $full:literal $function:expr;)*) => {$(
        pub(super) fn $name(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
            let args = args::between($full, args, kwargs, 1, 2)?;
            let width = args::index(&args[0])?;
            let fill = args.get(1).map_or(Ok(b' ' as u32), fill)?;
            let function: fn(&Str, i64, u32) -> Str = $function;
            Ok(Value::Str(function(text(this), width, fill)))
        }
    )*};
}

justifies! {
    center "str.center" Str::center;
    ljust "str.ljust" Str::ljust;
    rjust "str.rjust" Str::rjust;
}

fn fill(value: &Value) -> Result<u32> {
    let Some(text) = value.as_str() else {
        let kind = value.type_name();
        return Err(exc::type_error(&format!(
            "The fill character must be a unicode character, not {kind}"
        )));
    };
    match text.len() {
        1 => Ok(text.point(0)),
        _ => Err(exc::type_error("The fill character must be exactly one character long")),
    }
}

pub(super) fn zfill(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [width] = args::exactly("str.zfill", args, kwargs)?;
    Ok(Value::Str(text(this).zfill(args::index(width)?)))
}

const EXPANDTABS: Parameters<1> = Parameters {
    function: "expandtabs",
    names: ["tabsize"],
    positional_only: 0,
    positional: 1,
    required: 0,
};

pub(super) fn expandtabs(this: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    Ok(Value::Str(text(this).expand_tabs(tab_size(args, kwargs)?)))
}

/// The argument of `expandtabs`, which is a C int.
pub(crate) fn tab_size(args: &[Value], kwargs: Kwargs) -> Result<i64> {
    let [size] = EXPANDTABS.bind(args, kwargs)?;
    size.map_or(Ok(8), |size| args::c_int(size).map(i64::from))
}
