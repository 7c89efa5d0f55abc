//! Checks on the arguments of builtin functions, with CPython's messages.
//!
//! CPython words these in three ways, by how a function was defined: `len() takes exactly one argument (2 given)`,
//! `sorted expected 1 argument, got 0`, `pop expected at most 1 argument, got 2`.

use crate::exc::{self, Exc, Result};
use crate::int::Int;
use crate::ops;
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

/// `N` positional arguments and nothing else: `name() takes exactly one argument (2 given)` for one or none,
/// `name expected 2 arguments, got 1` for more.
///
/// # Errors
/// TypeError otherwise. `name` is the function's, with its type for methods (`list.append`).
#[inline]
pub fn exactly<'a, const N: usize>(name: &str, args: &'a [Value], kwargs: Kwargs) -> Result<&'a [Value; N]> {
    no_keywords(name, kwargs)?;
    match args.try_into() {
        Ok(args) => Ok(args),
        Err(_) => Err(wrong_count(name, N, args.len())),
    }
}

/// `N` positional arguments of a dunder method: `expected 1 argument, got 2`.
///
/// # Errors
/// TypeError otherwise.
pub fn wrapped<'a, const N: usize>(args: &'a [Value], kwargs: Kwargs) -> Result<&'a [Value; N]> {
    if !kwargs.is_empty() {
        return Err(exc::type_error("wrapper takes no keyword arguments"));
    }
    args.try_into().map_err(|_| {
        let plural = if N == 1 { "" } else { "s" };
        exc::type_error(&format!("expected {N} argument{plural}, got {}", args.len()))
    })
}

#[cold]
#[inline(never)]
fn wrong_count(name: &str, wanted: usize, given: usize) -> Exc {
    match wanted {
        0 => exc::type_error(&format!("{name}() takes no arguments ({given} given)")),
        1 => exc::type_error(&format!("{name}() takes exactly one argument ({given} given)")),
        _ => {
            let plain = name.rsplit('.').next().unwrap_or(name);
            exc::type_error(&format!("{plain} expected {wanted} arguments, got {given}"))
        }
    }
}

/// Between `least` and `most` positional arguments and no keywords: `name expected at least 1 argument, got 0`.
///
/// # Errors
/// TypeError otherwise. `name` is the function's, with its type for methods.
#[inline]
pub fn between<'a>(name: &str, args: &'a [Value], kwargs: Kwargs, least: usize, most: usize) -> Result<&'a [Value]> {
    no_keywords(name, kwargs)?;
    if args.len() < least || args.len() > most {
        return Err(out_of_range(name, least, most, args.len()));
    }
    Ok(args)
}

#[cold]
#[inline(never)]
fn out_of_range(name: &str, least: usize, most: usize, given: usize) -> Exc {
    let plain = name.rsplit('.').next().unwrap_or(name);
    let (bound, wanted) = match given < least {
        _ if least == most => ("", least),
        true => ("at least ", least),
        false => ("at most ", most),
    };
    let plural = if wanted == 1 { "" } else { "s" };
    exc::type_error(&format!(
        "{plain} expected {bound}{wanted} argument{plural}, got {given}"
    ))
}

/// No keyword arguments: `name() takes no keyword arguments`.
///
/// # Errors
/// TypeError otherwise.
#[inline]
pub fn no_keywords(name: &str, kwargs: Kwargs) -> Result<()> {
    if kwargs.is_empty() {
        Ok(())
    } else {
        Err(takes_no_keywords(name))
    }
}

#[cold]
#[inline(never)]
fn takes_no_keywords(name: &str) -> Exc {
    exc::type_error(&format!("{name}() takes no keyword arguments"))
}

/// Parameters of a builtin function that takes some of them by name.
pub struct Parameters<const N: usize> {
    /// The function's name, as messages show it.
    pub function: &'static str,
    /// Names in order; those before `positional_only` are not taken by name.
    pub names: [&'static str; N],
    pub positional_only: usize,
    /// How many may be given by position; the rest are keyword-only.
    pub positional: usize,
    /// How many are required, counted from the first.
    pub required: usize,
}

impl<const N: usize> Parameters<N> {
    /// The arguments by parameter; None where one was left out. Faults are told in the order in which CPython meets
    /// them: too many, too few, a required one missing, one given twice, an unknown name.
    ///
    /// # Errors
    /// TypeError when they do not fit.
    #[inline]
    pub fn bind<'a>(&self, args: &'a [Value], kwargs: Kwargs<'a>) -> Result<[Option<&'a Value>; N]> {
        let least = self.positional_only.min(self.required);
        if args.len() + kwargs.len() > N || args.len() > self.positional || args.len() < least {
            return Err(self.wrong_count(args.len(), kwargs.len()));
        }
        let mut bound = [None; N];
        for (slot, value) in bound.iter_mut().zip(args) {
            *slot = Some(value);
        }
        let mut named = 0;
        for at in args.len().max(self.positional_only)..N {
            if let Some((_, value)) = kwargs.iter().find(|(name, _)| *name == *self.names[at]) {
                bound[at] = Some(value);
                named += 1;
            } else if at < self.required {
                return Err(self.missing(at));
            }
        }
        if named < kwargs.len() {
            Err(self.surplus(args.len(), kwargs))
        } else {
            Ok(bound)
        }
    }

    #[cold]
    fn wrong_count(&self, positional: usize, keywords: usize) -> Exc {
        let name = self.function;
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let given = positional + keywords;
        if given > N {
            let keyword = if positional == 0 { "keyword " } else { "" };
            let s = plural(N);
            return exc::type_error(&format!(
                "{name}() takes at most {N} {keyword}argument{s} ({given} given)"
            ));
        }
        let least = self.positional_only.min(self.required);
        let (bound, wanted) = match positional > self.positional {
            true if self.positional == 0 => return exc::type_error(&format!("{name}() takes no positional arguments")),
            _ if least == self.positional => ("exactly", least),
            true => ("at most", self.positional),
            false => ("at least", least),
        };
        let s = plural(wanted);
        exc::type_error(&format!(
            "{name}() takes {bound} {wanted} positional argument{s} ({positional} given)"
        ))
    }

    /// A keyword argument that fits no free parameter.
    #[cold]
    fn surplus(&self, positional: usize, kwargs: Kwargs) -> Exc {
        let (function, given) = (self.function, |name: &str| {
            kwargs.iter().any(|(known, _)| *known == *name)
        });
        if let Some(at) = (self.positional_only..positional).find(|&at| given(self.names[at])) {
            let (name, place) = (self.names[at], at + 1);
            return exc::type_error(&format!(
                "argument for {function}() given by name ('{name}') and position ({place})"
            ));
        }
        let takes = |name: &Str| self.names[self.positional_only..].iter().any(|known| *name == **known);
        let stranger = kwargs.iter().map(|(name, _)| name).find(|name| !takes(name));
        let stranger = stranger.map_or_else(String::new, Str::to_rust_string);
        exc::type_error(&format!("'{stranger}' is an invalid keyword argument for {function}()"))
    }

    #[cold]
    fn missing(&self, at: usize) -> Exc {
        let (name, parameter) = (self.function, self.names[at]);
        exc::type_error(&format!(
            "{name}() missing required argument '{parameter}' (pos {})",
            at + 1
        ))
    }
}

/// An argument that becomes a C `int`.
///
/// # Errors
/// TypeError for what is no integer, OverflowError beyond 32 bits.
pub fn c_int(value: &Value) -> Result<i32> {
    let int = integer(value)?;
    let narrow = int.as_i64().and_then(|wide| i32::try_from(wide).ok());
    narrow.ok_or_else(|| exc::overflow_error("Python int too large to convert to C int"))
}

/// An argument that must be an integer fitting 64 bits (`__index__` counts).
///
/// # Errors
/// TypeError for anything else, OverflowError beyond 64 bits.
#[inline]
pub fn index(value: &Value) -> Result<i64> {
    match value {
        Value::Int(value) => Ok(*value),
        _ => match integer(value)? {
            Int::Small(value) => Ok(value),
            Int::Big(_) => Err(exc::overflow_error("Python int too large to convert to C ssize_t")),
        },
    }
}

/// An argument that must be an integer of any size (`__index__` counts).
///
/// # Errors
/// TypeError for anything else.
pub fn integer(value: &Value) -> Result<Int> {
    ops::try_index(value)?.ok_or_else(|| {
        exc::type_error(&format!(
            "'{}' object cannot be interpreted as an integer",
            value.type_name()
        ))
    })
}

/// An argument of the wrong type: `name() argument 1 must be str, not int`.
#[cold]
#[inline(never)]
pub fn misfit(argument: &str, wanted: &str, value: &Value) -> Exc {
    let kind = if let Value::None = value {
        "None".to_owned()
    } else {
        value.type_name()
    };
    exc::type_error(&format!("{argument} must be {wanted}, not {kind}"))
}

/// An argument that must be a str: `name() argument 1 must be str, not int`.
///
/// # Errors
/// TypeError for anything else.
#[inline]
pub fn text<'a>(argument: &str, value: &'a Value) -> Result<&'a Str> {
    value.as_str().ok_or_else(|| misfit(argument, "str", value))
}
