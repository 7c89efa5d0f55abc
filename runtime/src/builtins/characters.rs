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
    let code = args::c_int(value)?;
    match u32::try_from(code) {
        Ok(point @ 0..0x110000) => Ok(Value::Str(Str::from_code_point(point))),
        _ => Err(exc::value_error("chr() arg not in range(0x110000)")),
    }
}

pub(super) fn ord(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("ord", args, kwargs)?;
    let (len, first) = match (value.payload(), crate::bytes::contents(value)) {
        (Value::Str(text), _) => (text.len(), (!text.is_empty()).then(|| text.point(0))),
        (_, Some(bytes)) => (bytes.len(), bytes.first().map(|&byte| byte as u32)),
        _ => {
            let kind = value.type_name();
            return Err(exc::type_error(&format!(
                "ord() expected string of length 1, but {kind} found"
            )));
        }
    };
    if let (1, Some(point)) = (len, first) {
        return Ok(Value::Int(point as i64));
    }
    Err(exc::type_error(&format!(
        "ord() expected a character, but string of length {len} found"
    )))
}
