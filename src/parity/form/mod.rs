//! A Python value as data: what cases are made of, and what outcomes are shown as.

mod decode;
mod encode;
mod marshal;
mod python;

pub(crate) use decode::{Decoder, share};
pub use decode::{Malformed, decode};
pub use encode::{Encoder, encode};
pub use marshal::marshal;
pub use python::to_python;

use num_bigint::BigInt;

/// One Python value. Text is kept as CPython's `surrogatepass` UTF-8, floats by their bits, so that equal forms
/// are equal values down to the last bit.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    None,
    Bool(bool),
    Int(BigInt),
    /// The 64 bits of a float.
    Float(u64),
    Complex(u64, u64),
    Str(Vec<u8>),
    Bytes(Vec<u8>),
    Bytearray(Vec<u8>),
    List(Vec<Form>),
    Tuple(Vec<Form>),
    Dict(Vec<(Form, Form)>),
    Set(Vec<Form>),
    Frozenset(Vec<Form>),
    Deque {
        longest: Box<Form>,
        items: Vec<Form>,
    },
    Range(Box<[Form; 3]>),
    Slice(Box<[Form; 3]>),
    /// `dict.keys()`, `.values()` or `.items()`, by the first letter.
    View(u8, Vec<Form>),
    /// What an iterator still yields, and how it ends.
    Iterator {
        items: Vec<Form>,
        end: End,
    },
    /// A class, function or module by name; the user's own with a leading dot.
    Named(String),
    /// A member of an enumeration.
    Member {
        class: String,
        name: String,
    },
    Instance {
        class: String,
        /// The value held as a built-in base class; `None` for plain classes.
        payload: Box<Form>,
        attributes: Vec<(String, Form)>,
    },
    /// A value rebuilt by calling its class with these arguments.
    Rebuilt {
        class: String,
        args: Box<Form>,
    },
    Exception(Box<Raised>),
    Ellipsis,
    NotImplemented,
    /// A value that cannot be looked into, by its type's name.
    Opaque(String),
    /// An object that is met more than once: every meeting carries the same label and the same value.
    Shared(u32, Box<Form>),
    /// A meeting of a shared object inside itself.
    Again(u32),
}

/// How an iterator ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum End {
    Exhausted,
    /// There were more items than are read.
    Unread,
    Raised(Box<Form>),
}

/// An exception: its class, arguments, message, cause and own attributes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Raised {
    pub class: String,
    pub args: Form,
    pub message: Vec<u8>,
    pub cause: Form,
    pub attributes: Vec<(String, Form)>,
}

impl Form {
    pub fn int(value: impl Into<BigInt>) -> Form {
        Form::Int(value.into())
    }

    pub fn float(value: f64) -> Form {
        Form::Float(if value.is_nan() { NAN } else { value.to_bits() })
    }

    pub fn str(text: &str) -> Form {
        Form::Str(text.as_bytes().to_vec())
    }

    /// Whether it matters which object of this value one has: it can be changed, or used up.
    pub fn has_identity(&self) -> bool {
        matches!(
            self,
            Form::List(_)
                | Form::Dict(_)
                | Form::Set(_)
                | Form::Bytearray(_)
                | Form::Deque { .. }
                | Form::Iterator { .. }
                | Form::Instance { .. }
                | Form::Exception(_)
        )
    }

    /// Whether its hash, or that of a part, may be an address in memory, so that the order of a set is never the same.
    fn is_hashed_by_address(&self) -> bool {
        match self {
            Form::None | Form::Ellipsis | Form::NotImplemented | Form::Named(_) | Form::Range(_) => true,
            Form::Instance { .. } | Form::Exception(_) => true,
            Form::Float(bits) => *bits == NAN,
            Form::Complex(real, imag) => [real, imag].contains(&&NAN),
            Form::Tuple(items) | Form::Frozenset(items) => items.iter().any(Form::is_hashed_by_address),
            Form::Shared(_, inner) => inner.is_hashed_by_address(),
            _ => false,
        }
    }

    /// Takes out of sets of several items what would make their order another one in every run.
    pub fn settle_sets(&mut self) {
        if let Form::Set(items) | Form::Frozenset(items) = self
            && items.len() > 1
        {
            items.retain(|item| !item.is_hashed_by_address());
        }
        self.for_each_part_mut(&mut Form::settle_sets);
    }

    /// Whether an instance of some class is a part of it.
    pub fn has_instance(&self) -> bool {
        let mut found = matches!(self, Form::Instance { .. } | Form::Exception(_));
        self.for_each_part(&mut |part| found = found || part.has_instance());
        found
    }

    /// How many values this is made of, itself included.
    pub fn size(&self) -> usize {
        let mut total = 1;
        self.for_each_part(&mut |part| total += part.size());
        total
    }

    /// The largest int inside, as far as 64 bits tell; `None` where there is none.
    pub fn largest_int(&self) -> Option<i64> {
        let mut largest = match self {
            Form::Int(value) => Some(i64::try_from(value).unwrap_or(if value < &BigInt::ZERO { 0 } else { i64::MAX })),
            _ => None,
        };
        self.for_each_part(&mut |part| largest = largest.max(part.largest_int()));
        largest
    }

    /// Whether some part cannot be looked into, so that equal bytes would prove nothing.
    pub fn has_opaque(&self) -> bool {
        let mut found = matches!(self, Form::Opaque(_) | Form::Iterator { end: End::Unread, .. });
        self.for_each_part(&mut |part| found = found || part.has_opaque());
        found
    }

    /// Calls `visit` with every value directly inside this one.
    pub fn for_each_part(&self, visit: &mut dyn FnMut(&Form)) {
        match self {
            Form::List(items) | Form::Tuple(items) | Form::Set(items) | Form::Frozenset(items) => {
                items.iter().for_each(visit);
            }
            Form::Deque { items, .. } | Form::View(_, items) => items.iter().for_each(visit),
            Form::Dict(pairs) => pairs.iter().for_each(|(key, value)| {
                visit(key);
                visit(value);
            }),
            Form::Range(parts) | Form::Slice(parts) => parts.iter().for_each(visit),
            Form::Iterator { items, end } => {
                items.iter().for_each(&mut *visit);
                if let End::Raised(error) = end {
                    visit(error);
                }
            }
            Form::Instance {
                payload, attributes, ..
            } => {
                // None stands for the payload of a class that has none: no part of the value.
                if **payload != Form::None {
                    visit(payload);
                }
                attributes.iter().for_each(|(_, value)| visit(value));
            }
            Form::Rebuilt { args, .. } => visit(args),
            Form::Exception(raised) => {
                // The arguments are always a tuple: what can be another is what stands in it.
                raised.args.for_each_part(visit);
                raised.cause.for_each_part(visit);
                raised.attributes.iter().for_each(|(_, value)| visit(value));
            }
            Form::Shared(_, inner) => visit(inner),
            _ => {}
        }
    }

    /// Calls `visit` with every value directly inside this one, for changing it.
    pub fn for_each_part_mut(&mut self, visit: &mut dyn FnMut(&mut Form)) {
        match self {
            Form::List(items) | Form::Tuple(items) | Form::Set(items) | Form::Frozenset(items) => {
                items.iter_mut().for_each(visit);
            }
            Form::Deque { items, .. } | Form::View(_, items) => items.iter_mut().for_each(visit),
            Form::Dict(pairs) => pairs.iter_mut().for_each(|(key, value)| {
                visit(key);
                visit(value);
            }),
            Form::Range(parts) | Form::Slice(parts) => parts.iter_mut().for_each(visit),
            Form::Iterator { items, end } => {
                items.iter_mut().for_each(&mut *visit);
                if let End::Raised(error) = end {
                    visit(error);
                }
            }
            Form::Instance {
                payload, attributes, ..
            } => {
                if **payload != Form::None {
                    visit(payload);
                }
                attributes.iter_mut().for_each(|(_, value)| visit(value));
            }
            Form::Rebuilt { args, .. } => visit(args),
            Form::Exception(raised) => {
                raised.args.for_each_part_mut(visit);
                raised.cause.for_each_part_mut(visit);
                raised.attributes.iter_mut().for_each(|(_, value)| visit(value));
            }
            Form::Shared(_, inner) => visit(inner),
            _ => {}
        }
    }
}

/// The one bit pattern that every NaN is written as.
pub const NAN: u64 = 0x7FF8_0000_0000_0000;
