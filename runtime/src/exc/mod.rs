//! Exceptions: one thin pointer, nothing allocated until something is raised.

use crate::rc::Ref;
use crate::str::Str;
use crate::value::Value;

/// What every fallible operation answers.
pub type Result<T> = core::result::Result<T, Exc>;

/// A raised (or merely made) exception.
#[derive(Clone)]
pub struct Exc(Ref<ExcData>);

const _: () = assert!(size_of::<Exc>() == 8 && size_of::<Result<()>>() == 8);

struct ExcData {
    kind: &'static str,
    args: Vec<Value>,
}

impl Exc {
    /// The name of the exception's class.
    pub fn type_name(&self) -> String {
        self.0.kind.to_owned()
    }

    /// `str()` of the exception.
    pub fn message(&self) -> Str {
        match &self.0.args[..] {
            [Value::Str(text)] => text.clone(),
            _ => Str::from(""),
        }
    }
}

/// Constructors of builtin exceptions, by the message they carry.
macro_rules! constructors {
    ($($name:ident $kind:literal;)*) => {
        $(
            #[doc = concat!("A `", $kind, "` with this message.")]
            #[cold]
            pub fn $name(message: &str) -> Exc {
                Exc(Ref::new(ExcData { kind: $kind, args: vec![Value::str(message)] }))
            }
        )*
    };
}

constructors! {
    type_error "TypeError";
    value_error "ValueError";
    index_error "IndexError";
    zero_division "ZeroDivisionError";
    attribute_error "AttributeError";
    overflow_error "OverflowError";
    name_error "NameError";
    unbound_local "UnboundLocalError";
    runtime_error "RuntimeError";
    recursion_error "RecursionError";
    not_implemented_error "NotImplementedError";
    assertion_error "AssertionError";
    memory_error "MemoryError";
    eof_error "EOFError";
    buffer_error "BufferError";
    lookup_error "LookupError";
}

/// A `KeyError` of this key.
#[cold]
pub fn key_error(key: &Value) -> Exc {
    Exc(Ref::new(ExcData {
        kind: "KeyError",
        args: vec![key.clone()],
    }))
}

/// A builtin exception by its class's name, with these arguments.
///
/// # Panics
/// When there is no builtin exception of that name.
#[cold]
pub fn of_kind(kind: &'static str, args: Vec<Value>) -> Exc {
    Exc(Ref::new(ExcData { kind, args }))
}
