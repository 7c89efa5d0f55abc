//! `json.JSONDecodeError`.

use crate::exc::hierarchy::VALUE_ERROR;
use crate::exc::{self, Exc, Result};
use crate::lib::convert::size;
use crate::lib::signature::PyParams;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::Str;
use crate::tuple::Tuple;
use crate::value::Value;

/// The class.
pub static DECODE_ERROR: BuiltinType = BuiltinType::new("JSONDecodeError", "json.decoder", new).base(&VALUE_ERROR);

/// `JSONDecodeError(msg, doc, pos)`.
fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("JSONDecodeError.__init__", &["msg", "doc", "pos"], 3).method();
    match PARAMS.read(args, kwargs)? {
        [Some(Value::Str(message)), Some(Value::Str(document)), Some(place)] => {
            let place = size(place)?.clamp(0, document.len() as i64) as usize;
            Ok(Fault {
                message: &message.to_rust_string(),
                document,
                place,
            }
            .raise()
            .value())
        }
        _ => Err(exc::type_error(
            "JSONDecodeError takes a message, a document and a place",
        )),
    }
}

/// What is wrong with a document, and where.
pub struct Fault<'a> {
    pub message: &'a str,
    pub document: &'a Str,
    pub place: usize,
}

impl Fault<'_> {
    /// The exception with its attributes `msg`, `doc`, `pos`, `lineno` and `colno`.
    #[cold]
    pub fn raise(&self) -> Exc {
        let newlines = (0..self.place).filter(|&at| self.document.point(at) == 10);
        let (count, last) = newlines.fold((0, None), |(count, _), at| (count + 1, Some(at)));
        let (line, column) = (count + 1, self.place - last.map_or(0, |at| at + 1) + 1);
        let text = format!("{}: line {line} column {column} (char {})", self.message, self.place);
        let raised = Exc::plain(&DECODE_ERROR, Tuple::from_array([Value::str(&text)]));
        let attributes = raised.attrs();
        attributes.set_text("msg", Value::str(self.message));
        attributes.set_text("doc", Value::Str(self.document.clone()));
        attributes.set_text("pos", Value::Int(self.place as i64));
        attributes.set_text("lineno", Value::Int(line as i64));
        attributes.set_text("colno", Value::Int(column as i64));
        raised
    }
}
