//! bin, oct, hex, chr, ord.

use crate::args;
use crate::exc::{self, Result};
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

fn prefixed(name: &str, args: &[Value], kwargs: Kwargs, base: u32) -> Result<Value> {
    let [value] = args::exactly(name, args, kwargs)?;
    Ok(Value::Str(args::integer(value)?.to_prefixed(base)))
}

pub(super) fn bin(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    prefixed("bin", args, kwargs, 2)
}

pub(super) fn oct(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    prefixed("oct", args, kwargs, 8)
}

pub(super) fn hex(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    prefixed("hex", args, kwargs, 16)
}

pub(super) fn chr(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("chr", args, kwargs)?;
    let code = args::integer(value)?.as_i64().and_then(|code| i32::try_from(code).ok());
    let code = code.ok_or_else(|| exc::overflow_error("Python int too large to convert to C int"))?;
    match u32::try_from(code) {
        Ok(point @ 0..0x110000) => Ok(Value::Str(Str::from_code_point(point))),
        _ => Err(exc::value_error("chr() arg not in range(0x110000)")),
    }
}

pub(super) fn ord(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("ord", args, kwargs)?;
    let len = match value.payload() {
        Value::Str(text) if text.len() == 1 => return Ok(Value::Int(text.point(0) as i64)),
        Value::Bytes(bytes) if bytes.len() == 1 => return Ok(Value::Int(bytes.as_slice()[0] as i64)),
        Value::Str(text) => text.len(),
        Value::Bytes(bytes) => bytes.len(),
        _ => {
            let kind = value.type_name();
            return Err(exc::type_error(&format!(
                "ord() expected string of length 1, but {kind} found"
            )));
        }
    };
    Err(exc::type_error(&format!(
        "ord() expected a character, but string of length {len} found"
    )))
}
