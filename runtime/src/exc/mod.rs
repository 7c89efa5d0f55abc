//! Exceptions: one thin pointer, nothing allocated until something is raised.

mod fields;
mod group;
pub mod hierarchy;
mod make;
mod raise;
mod text;
mod uncaught;

use std::cell::UnsafeCell;

use crate::class::Class;
use crate::dict::Dict;
use crate::rc::Ref;
use crate::registry::BuiltinType;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::value::Value;

pub use fields::initialise;
pub use make::*;
pub use uncaught::{exit_status, print_uncaught, traceback_text};

/// What every fallible operation answers.
pub type Result<T> = core::result::Result<T, Exc>;

/// An exception, raised or merely made.
#[derive(Clone)]
pub struct Exc(Ref<ExcData>);

const _: () = assert!(size_of::<Exc>() == 8 && size_of::<Result<()>>() == 8);

struct ExcData {
    kind: Kind,
    args: UnsafeCell<Tuple>,
    extra: UnsafeCell<Option<Box<Extra>>>,
}

/// Which class an exception is of.
enum Kind {
    Builtin(&'static BuiltinType),
    /// A class of the program, and the builtin exception it rests on.
    User(Class, &'static BuiltinType),
}

/// What few exceptions have.
#[derive(Default)]
struct Extra {
    cause: Option<Exc>,
    context: Option<Exc>,
    suppress_context: bool,
    /// Fields of builtin exceptions: errno, value, code...
    fields: Vec<(&'static str, Value)>,
    /// `__dict__`.
    attrs: Option<Dict<Value, Value>>,
}

impl Exc {
    /// An exception of a builtin type, as it is: no field is derived from the arguments.
    pub fn plain(builtin: &'static BuiltinType, args: Tuple) -> Exc {
        Exc::of_kind(Kind::Builtin(builtin), args)
    }

    /// An exception of a class of the program that rests on `base`.
    pub fn of_class(class: Class, base: &'static BuiltinType, args: Tuple) -> Exc {
        Exc::of_kind(Kind::User(class, base), args)
    }

    fn of_kind(kind: Kind, args: Tuple) -> Exc {
        Exc(Ref::new(ExcData {
            kind,
            args: UnsafeCell::new(args),
            extra: UnsafeCell::new(None),
        }))
    }

    /// True when both are one exception.
    pub fn same(a: &Exc, b: &Exc) -> bool {
        Ref::same(&a.0, &b.0)
    }

    /// The exception's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    /// The exception as a Python object.
    pub fn value(&self) -> Value {
        Value::Exception(self.clone())
    }

    /// The exception's class.
    pub fn class(&self) -> Class {
        match &self.0.kind {
            Kind::Builtin(builtin) => builtin.class().clone(),
            Kind::User(class, _) => class.clone(),
        }
    }

    /// The class, when it is one of the program's.
    pub fn user_class(&self) -> Option<&Class> {
        match &self.0.kind {
            Kind::Builtin(_) => None,
            Kind::User(class, _) => Some(class),
        }
    }

    /// The nearest builtin exception type.
    pub fn builtin(&self) -> &'static BuiltinType {
        match &self.0.kind {
            Kind::Builtin(builtin) | Kind::User(_, builtin) => builtin,
        }
    }

    /// True when the exception is of this builtin type or one derived from it.
    pub fn is(&self, builtin: &'static BuiltinType) -> bool {
        self.builtin().derives_from(builtin)
    }

    /// The name of the exception's class.
    pub fn type_name(&self) -> String {
        match &self.0.kind {
            Kind::Builtin(builtin) => builtin.name.to_owned(),
            Kind::User(class, _) => class.name().to_rust_string(),
        }
    }

    /// `args`.
    pub fn args(&self) -> Tuple {
        // SAFETY: cloning a handle runs no code of the program.
        unsafe { (*self.0.args.get()).clone() }
    }

    pub fn set_args(&self, args: Tuple) {
        // SAFETY: the old arguments are dropped after the borrow.
        drop(unsafe { std::mem::replace(&mut *self.0.args.get(), args) });
    }

    fn extra(&self) -> Option<&Extra> {
        // SAFETY: borrowed for the length of an accessor below, which runs no code of the program.
        unsafe { (*self.0.extra.get()).as_deref() }
    }

    #[allow(clippy::mut_from_ref)]
    fn extra_mut(&self) -> &mut Extra {
        // SAFETY: borrowed for the length of an accessor below, which runs no code of the program.
        unsafe { (*self.0.extra.get()).get_or_insert_default() }
    }

    /// A field of a builtin exception.
    pub fn field(&self, name: &str) -> Option<Value> {
        self.extra()?
            .fields
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
    }

    pub fn set_field(&self, name: &'static str, value: Value) {
        let fields = &mut self.extra_mut().fields;
        match fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => fields.push((name, value)),
        }
    }

    /// Changes a field that is there; false when there is none of that name.
    pub fn replace_field(&self, name: &str, value: Value) -> bool {
        match self.extra_mut().fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => {
                *old = value;
                true
            }
            None => false,
        }
    }

    /// `__dict__`.
    pub fn attrs(&self) -> Dict<Value, Value> {
        self.extra_mut().attrs.get_or_insert_default().clone()
    }

    /// `__dict__`, where anything was ever put into it.
    pub fn attrs_if_any(&self) -> Option<&Dict<Value, Value>> {
        self.extra()?.attrs.as_ref()
    }

    /// `__cause__`.
    pub fn cause(&self) -> Option<Exc> {
        self.extra()?.cause.clone()
    }

    /// Sets `__cause__`, which suppresses the context.
    pub fn set_cause(&self, cause: Option<Exc>) {
        let extra = self.extra_mut();
        extra.suppress_context = true;
        drop(std::mem::replace(&mut extra.cause, cause));
    }

    /// `__context__`.
    pub fn context(&self) -> Option<Exc> {
        self.extra()?.context.clone()
    }

    pub fn set_context(&self, context: Option<Exc>) {
        drop(std::mem::replace(&mut self.extra_mut().context, context));
    }

    /// `__suppress_context__`.
    pub fn suppresses_context(&self) -> bool {
        self.extra().is_some_and(|extra| extra.suppress_context)
    }

    pub fn set_suppress_context(&self, suppress: bool) {
        self.extra_mut().suppress_context = suppress;
    }

    /// True for the internal signal that native code gave up.
    #[inline]
    pub fn is_deopt(&self) -> bool {
        matches!(&self.0.kind, Kind::Builtin(builtin) if std::ptr::eq(*builtin, &hierarchy::DEOPT))
    }

    /// `str()` of the exception, or its class's name where `str()` itself raises.
    pub fn message(&self) -> Str {
        crate::text::str_of(&self.value()).unwrap_or_else(|_| Str::from(self.type_name().as_str()))
    }
}

impl std::fmt::Debug for Exc {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(out, "{}: {}", self.type_name(), self.message().to_rust_string())
    }
}
