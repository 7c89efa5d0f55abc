//! `re.error`, and faults as exceptions.

use super::tokens::Fault;
use crate::exc::hierarchy::EXCEPTION;
use crate::exc::{self, Exc, Result};
use crate::lib::convert::size;
use crate::lib::signature::PyParams;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::Str;
use crate::text;
use crate::tuple::Tuple;
use crate::value::Value;

/// The class.
pub static ERROR: BuiltinType = BuiltinType::new("error", "re", new).base(&EXCEPTION);

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("error.__init__", &["msg", "pattern", "pos"], 1).method();
    let [message, pattern, place] = PARAMS.read(args, kwargs)?;
    let message = text::str_of(message.unwrap_or(&Value::None))?.to_rust_string();
    let place = match place {
        None | Some(Value::None) => None,
        Some(place) => usize::try_from(size(place)?).ok(),
    };
    Ok(raise(&message, pattern.unwrap_or(&Value::None), place).value())
}

/// The code points (or bytes) of a pattern.
pub fn points_of(pattern: &Value) -> Option<Vec<u32>> {
    match pattern.payload() {
        Value::Str(text) => Some(text.points()),
        Value::Bytes(bytes) => Some(bytes.as_slice().iter().map(|&byte| u32::from(byte)).collect()),
        _ => None,
    }
}

/// A `re.error` with its attributes; a place in a pattern of several lines is told by line and column, too.
#[cold]
pub fn raise(message: &str, pattern: &Value, place: Option<usize>) -> Exc {
    let mut text = message.to_owned();
    let (mut line, mut column) = (Value::None, Value::None);
    let points = points_of(pattern);
    if let (Some(place), Some(points)) = (place, &points) {
        text.push_str(&format!(" at position {place}"));
        let before = &points[..place.min(points.len())];
        let lines = before.iter().filter(|&&c| c == 10).count() + 1;
        let start = before.iter().rposition(|&c| c == 10).map_or(0, |at| at + 1);
        let columns = place - start + 1;
        if points.contains(&10) {
            text.push_str(&format!(" (line {lines}, column {columns})"));
        }
        (line, column) = (Value::Int(lines as i64), Value::Int(columns as i64));
    }
    let raised = Exc::plain(&ERROR, Tuple::from_array([Value::str(&text)]));
    let attributes = raised.attrs();
    let place = if points.is_some() { place } else { None };
    attributes.set_text("msg", Value::str(message));
    attributes.set_text("pattern", pattern.clone());
    attributes.set_text("pos", place.map_or(Value::None, |place| Value::Int(place as i64)));
    attributes.set_text("lineno", line);
    attributes.set_text("colno", column);
    raised
}

/// The exception for a fault in `pattern`.
#[cold]
pub fn of_fault(fault: Fault, pattern: &Value) -> Exc {
    match fault {
        Fault::Pattern(message, place) => match place {
            Some(_) => raise(&message, pattern, place),
            None => raise(&message, &Value::None, None),
        },
        Fault::Overflow(message) => exc::overflow_error(message),
        Fault::Value(message) => exc::value_error(message),
        Fault::Index(message) => exc::of_str("IndexError", Str::from(message)),
        Fault::Recursion => exc::recursion_error("maximum recursion depth exceeded"),
        Fault::Unsupported(what) => exc::not_implemented_error(&format!("{what} are not supported")),
    }
}
