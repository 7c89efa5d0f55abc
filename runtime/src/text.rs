//! `str()`, `repr()`, `ascii()` and `format()` of any value.

use std::cell::RefCell;

use crate::depth::{self, Guard};
use crate::elem::Elem;
use crate::exc::{self, Exc, Result};
use crate::int::Int;
use crate::methods::{Call, object, protocol};
use crate::ops;
use crate::registry::Method;
use crate::slice::Slice;
use crate::str::{Str, StrBuf};
use crate::value::Value;
use crate::{bytes, float, format};

thread_local! {
    /// Containers whose `repr` is being made.
    static OPEN: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// A container whose `repr` is being made; it is meanwhile not entered again.
pub struct ReprGuard {
    _depth: Guard,
}

impl ReprGuard {
    /// Enters the container at this address; None when its `repr` is being made already.
    ///
    /// # Errors
    /// RecursionError when containers are nested too deeply.
    pub fn enter(address: usize) -> Result<Option<ReprGuard>> {
        if OPEN.with_borrow(|open| open.contains(&address)) {
            return Ok(None);
        }
        let depth = depth::enter_while(" while getting the repr of an object")?;
        OPEN.with_borrow_mut(|open| open.push(address));
        Ok(Some(ReprGuard { _depth: depth }))
    }
}

impl Drop for ReprGuard {
    fn drop(&mut self) {
        OPEN.with_borrow_mut(|open| open.pop());
    }
}

/// `str(value)`.
///
/// # Errors
/// What `__str__` and `__repr__` raise.
pub fn str_of(value: &Value) -> Result<Str> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        Value::Exception(exception) if value.user_class().is_none() => exception.builtin_str(),
        Value::Instance(_) | Value::Exception(_) => user_text(value, "__str__"),
        Value::Class(class) if class.meta_lookup("__str__").is_some() => user_text(value, "__str__"),
        Value::Object(object) => object.native().str(object),
        _ => repr(value),
    }
}

/// `repr(value)`.
///
/// # Errors
/// What `__repr__` raises.
pub fn repr(value: &Value) -> Result<Str> {
    let mut out = StrBuf::new();
    repr_into(value, &mut out)?;
    Ok(out.finish())
}

/// Appends `str(value)`.
///
/// # Errors
/// What `__str__` and `__repr__` raise.
pub fn str_into(value: &Value, out: &mut StrBuf) -> Result<()> {
    match value {
        Value::Str(text) => out.push_str(text),
        Value::Int(int) => out.push_i64(*int),
        Value::Float(float) => out.push_f64(*float),
        _ => out.push_str(&str_of(value)?),
    }
    Ok(())
}

/// Appends `repr(value)`.
///
/// # Errors
/// What `__repr__` raises.
pub fn repr_into(value: &Value, out: &mut StrBuf) -> Result<()> {
    match value {
        Value::None => out.push_ascii("None"),
        Value::Bool(true) => out.push_ascii("True"),
        Value::Bool(false) => out.push_ascii("False"),
        Value::Int(int) => out.push_i64(*int),
        Value::BigInt(big) => Int::Big(big.clone()).write(out)?,
        Value::Float(float) => float::write_repr(out, *float),
        Value::Str(text) => text.write_repr(out),
        Value::Bytes(bytes) => bytes::write_repr(out, bytes.as_slice()),
        Value::List(list) => list.py_repr(out)?,
        Value::Tuple(tuple) => match ReprGuard::enter(tuple.address())? {
            Some(_guard) => tuple.repr_into(out)?,
            None => out.push_ascii("(...)"),
        },
        Value::Dict(dict) => dict.py_repr(out)?,
        Value::Set(set) => set.py_repr(out)?,
        Value::FrozenSet(set) => frozen_repr(value, set.items(), out)?,
        Value::Range(range) => out.push_str(&range.repr()?),
        Value::Slice(slice) => slice_repr(slice, out)?,
        Value::Ellipsis => out.push_ascii("Ellipsis"),
        Value::NotImplemented => out.push_ascii("NotImplemented"),
        other => out.push_str(&repr_object(other)?),
    }
    Ok(())
}

fn frozen_repr(value: &Value, items: &crate::set::Set<Value>, out: &mut StrBuf) -> Result<()> {
    out.push_ascii("frozenset(");
    match ReprGuard::enter(ops::identity(value) as usize)? {
        Some(_guard) if !items.is_empty() => items.display_into(out)?,
        Some(_) => {}
        None => out.push_ascii("..."),
    }
    out.push_ascii(")");
    Ok(())
}

fn slice_repr(slice: &Slice, out: &mut StrBuf) -> Result<()> {
    out.push_ascii("slice(");
    slice.start.py_repr(out)?;
    out.push_ascii(", ");
    slice.stop.py_repr(out)?;
    out.push_ascii(", ");
    slice.step.py_repr(out)?;
    out.push_ascii(")");
    Ok(())
}

/// `repr` of functions, classes, instances and library objects.
fn repr_object(value: &Value) -> Result<Str> {
    Ok(match value {
        Value::Function(function) => Str::from(format!(
            "<function {} at {:#x}>",
            function.qualname(),
            function.address()
        )),
        Value::Builtin(function) => Str::from(format!("<built-in function {}>", function.name)),
        Value::Method(method) => method.repr()?,
        Value::Class(class) if class.meta_lookup("__repr__").is_some() => user_text(value, "__repr__")?,
        Value::Class(class) => Str::from(format!("<class '{}'>", class.full_name())),
        Value::Exception(exception) if exception.user_class().is_none() => exception.builtin_repr()?,
        Value::Instance(_) | Value::Exception(_) => user_text(value, "__repr__")?,
        Value::Object(object) => object.native().repr(object)?,
        Value::Iter(iter) => Str::from(format!("<{} object at {:#x}>", iter.kind().name, iter.address())),
        other => plain_repr(other),
    })
}

/// `object.__repr__`.
pub fn plain_repr(value: &Value) -> Str {
    Str::from(format!(
        "<{} object at {:#x}>",
        value.class().full_name(),
        ops::identity(value)
    ))
}

/// `__str__` or `__repr__` of a class of the program (or of what it derives from).
fn user_text(value: &Value, method: &str) -> Result<Str> {
    let _guard = depth::enter_while(" while calling a Python object")?;
    let answer = ops::call_special(value, method, &[])?;
    match answer.as_ref().map(Value::as_str) {
        Some(Some(text)) => Ok(text.clone()),
        Some(None) => Err(not_text(method, &answer.unwrap_or(Value::None))),
        None => Ok(plain_repr(value)),
    }
}

#[cold]
fn not_text(method: &str, answer: &Value) -> Exc {
    exc::type_error(&format!("{method} returned non-string (type {})", answer.type_name()))
}

/// `ascii(value)`.
///
/// # Errors
/// What `__repr__` raises.
pub fn ascii(value: &Value) -> Result<Str> {
    match value {
        Value::Str(text) => Ok(text.ascii()),
        other => Ok(repr(other)?.escape_wide()),
    }
}

/// `format(value, spec)`.
///
/// # Errors
/// ValueError or TypeError for an unfit spec; what `__format__` raises.
pub fn format(value: &Value, spec: &Str) -> Result<Str> {
    if value.user_class().is_some() {
        let answer = ops::call_special(value, "__format__", &[Value::Str(spec.clone())])?;
        return match answer.as_ref().map(Value::as_str) {
            Some(Some(text)) => Ok(text.clone()),
            _ => Err(exc::type_error(&format!(
                "__format__ must return a str, not {}",
                answer.unwrap_or(Value::None).type_name()
            ))),
        };
    }
    format_builtin(value, spec)
}

/// `format` of a value of a builtin or library type.
pub fn format_builtin(value: &Value, spec: &Str) -> Result<Str> {
    match value {
        Value::Str(text) => format::str_spec(text, spec),
        Value::Float(float) => format::float_spec(*float, spec),
        Value::Bool(_) if spec.is_empty() => str_of(value),
        Value::Int(_) | Value::BigInt(_) | Value::Bool(_) => match value.as_int() {
            Some(int) => format::int_spec_as(&int, spec, value.builtin_type().name),
            None => plain_format(value, spec),
        },
        Value::Object(object) => match object.native().native_type().find_method("__format__") {
            Some(row) if !is_plain_format(row) => match (row.call)(value, &[Value::Str(spec.clone())], &[])? {
                Value::Str(text) => Ok(text),
                _ => plain_format(value, spec),
            },
            _ => plain_format(value, spec),
        },
        _ => plain_format(value, spec),
    }
}

/// True for the rows of `__format__` that end up here again.
fn is_plain_format(row: &Method) -> bool {
    let plain: [Call; 2] = [object::format, protocol::format];
    plain.into_iter().any(|plain| std::ptr::fn_addr_eq(plain, row.call))
}

/// `object.__format__`: `str()`, and no spec.
///
/// # Errors
/// TypeError for a spec; what `__str__` raises.
pub fn plain_format(value: &Value, spec: &Str) -> Result<Str> {
    if spec.is_empty() {
        return str_of(value);
    }
    let kind = value.type_name();
    Err(exc::type_error(&format!(
        "unsupported format string passed to {kind}.__format__"
    )))
}

impl StrBuf {
    /// Appends `str(value)`.
    ///
    /// # Errors
    /// What `__str__` and `__repr__` raise.
    pub fn push_value(&mut self, value: &Value) -> Result<()> {
        str_into(value, self)
    }
}
