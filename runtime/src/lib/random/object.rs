//! `random.Random`.

use std::cell::RefCell;

use super::rows::METHODS;
use super::state::{Source, seeded};
use super::variates::Generator;
use crate::exc::{self, Result};
use crate::lib::signature::PyParams;
use crate::native::Native;
use crate::registry::{BuiltinType, Kwargs};
use crate::value::Value;

/// A generator of the program's own.
pub struct RandomObject(pub RefCell<Generator>);

impl Native for RandomObject {
    fn native_type(&self) -> &'static BuiltinType {
        &RANDOM
    }
}

/// The generator behind a receiver.
pub fn source(receiver: &Value) -> Result<Source<'_>> {
    match receiver.downcast() {
        Some(object) => Ok(Source::Object(object)),
        None => Err(exc::type_error("descriptor requires a 'Random' object")),
    }
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.__init__", &["x"], 0).method();
    let [seed] = PARAMS.read(args, kwargs)?;
    let generator = seeded(seed.unwrap_or(&Value::None), 2)?;
    Ok(Value::object(RandomObject(RefCell::new(generator))))
}

/// Sealed: a class that overrides `random()` would change what the other methods draw.
pub static RANDOM: BuiltinType = BuiltinType::new("Random", "random", new).methods(METHODS).sealed();
