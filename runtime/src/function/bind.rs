//! Binding the arguments of a call to parameters, with CPython's messages.

use crate::dict::Dict;
use crate::exc::{self, Exc, Result};
use crate::registry::Kwargs;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::value::Value;

/// Tells what a function goes by in messages.
type Named<'a> = &'a dyn Fn() -> Str;

/// The parameters of a function of the program.
#[derive(Debug)]
pub struct Signature {
    pub name: &'static str,
    pub qualname: &'static str,
    pub module: &'static str,
    /// How many of `args` are positional-only.
    pub posonly: usize,
    /// Positional parameters.
    pub args: &'static [&'static str],
    /// Keyword-only parameters.
    pub kwonly: &'static [&'static str],
    /// The name of `*args`.
    pub varargs: Option<&'static str>,
    /// The name of `**kwargs`.
    pub varkw: Option<&'static str>,
    pub doc: Option<&'static str>,
    /// `co_flags`, as far as they tell what a call gives.
    pub flags: u32,
}

/// A call gives a generator.
pub const GENERATOR: u32 = 0x20;
/// A call gives a coroutine.
pub const COROUTINE: u32 = 0x80;
/// A call gives an asynchronous generator.
pub const ASYNC_GENERATOR: u32 = 0x200;

impl Signature {
    /// True when this many positional arguments are the bound arguments already.
    #[inline(always)]
    pub fn is_flat(&self, given: usize) -> bool {
        given == self.args.len() && self.kwonly.is_empty() && self.varargs.is_none() && self.varkw.is_none()
    }

    /// Arguments in one flat row: positional parameters, keyword-only ones, the tuple of `*args`, the dict of
    /// `**kwargs`. Defaults as for `Function::new`.
    ///
    /// # Errors
    /// TypeError when the arguments do not fit.
    pub fn bind(
        &self,
        defaults: &[Value],
        kwdefaults: &[Option<Value>],
        args: &[Value],
        kwargs: Kwargs,
    ) -> Result<Vec<Value>> {
        self.bind_named(&|| Str::from(self.qualname), defaults, kwdefaults, args, kwargs)
    }

    /// As `bind`, for a function that goes by another name in messages.
    ///
    /// # Errors
    /// TypeError when the arguments do not fit.
    pub fn bind_named(
        &self,
        qualname: Named,
        defaults: &[Value],
        kwdefaults: &[Option<Value>],
        args: &[Value],
        kwargs: Kwargs,
    ) -> Result<Vec<Value>> {
        let mut slots = self.place_positional(args);
        let keywords = self.place_keywords(qualname, &mut slots, kwargs)?;
        if args.len() > self.args.len() && self.varargs.is_none() {
            return Err(self.too_many(qualname, defaults.len(), args.len(), &slots));
        }
        self.fill_defaults(qualname, defaults, &mut slots)?;
        self.fill_kwdefaults(qualname, kwdefaults, &mut slots)?;
        let mut bound: Vec<Value> = slots.into_iter().map(|slot| slot.unwrap_or(Value::None)).collect();
        if self.varargs.is_some() {
            let rest = args.get(self.args.len()..).unwrap_or(&[]);
            bound.push(Value::Tuple(Tuple::from_slice(rest)));
        }
        if self.varkw.is_some() {
            bound.push(Value::Dict(keywords));
        }
        Ok(bound)
    }

    /// One slot for each named parameter, positional arguments put in.
    fn place_positional(&self, args: &[Value]) -> Vec<Option<Value>> {
        let mut slots = Vec::with_capacity(self.args.len() + self.kwonly.len() + 2);
        slots.extend(args.iter().take(self.args.len()).cloned().map(Some));
        slots.resize(self.args.len() + self.kwonly.len(), None);
        slots
    }

    /// Puts keyword arguments into their slots; what has none goes to the dict of `**kwargs`.
    fn place_keywords(
        &self,
        qualname: Named,
        slots: &mut [Option<Value>],
        kwargs: Kwargs,
    ) -> Result<Dict<Value, Value>> {
        let extra = Dict::new();
        for (name, value) in kwargs {
            match self.parameter(name) {
                Some(at) if slots[at].is_some() => {
                    let qualname = qualname();
                    return Err(exc::type_error(&format!(
                        "{qualname}() got multiple values for argument '{name}'"
                    )));
                }
                Some(at) => slots[at] = Some(value.clone()),
                None if self.varkw.is_some() => extra.set(Value::Str(name.clone()), value.clone())?,
                None => return Err(self.unexpected(qualname, name, kwargs)),
            }
        }
        Ok(extra)
    }

    /// The slot of a parameter that may be given by name.
    fn parameter(&self, name: &Str) -> Option<usize> {
        let named = self.args.iter().enumerate().skip(self.posonly);
        let all = named.chain(
            self.kwonly
                .iter()
                .enumerate()
                .map(|(at, known)| (at + self.args.len(), known)),
        );
        all.into_iter().find(|(_, known)| *name == ***known).map(|(at, _)| at)
    }

    #[cold]
    fn unexpected(&self, qualname: Named, name: &Str, kwargs: Kwargs) -> Exc {
        let qualname = qualname();
        let positional = &self.args[..self.posonly];
        let misplaced: Vec<&str> = positional
            .iter()
            .copied()
            .filter(|known| kwargs.iter().any(|(given, _)| *given == **known))
            .collect();
        if misplaced.is_empty() {
            return exc::type_error(&format!("{qualname}() got an unexpected keyword argument '{name}'"));
        }
        exc::type_error(&format!(
            "{qualname}() got some positional-only arguments passed as keyword arguments: '{}'",
            misplaced.join(", ")
        ))
    }

    #[cold]
    fn too_many(&self, qualname: Named, defaults: usize, given: usize, slots: &[Option<Value>]) -> Exc {
        let qualname = qualname();
        let count = self.args.len();
        let (plural, takes) = if defaults > 0 {
            (true, format!("from {} to {count}", count - defaults))
        } else {
            (count != 1, count.to_string())
        };
        let kwonly_given = slots[count..].iter().filter(|slot| slot.is_some()).count();
        let s = |many: bool| if many { "s" } else { "" };
        let keywords = if kwonly_given > 0 {
            format!(
                " positional argument{} (and {kwonly_given} keyword-only argument{})",
                s(given != 1),
                s(kwonly_given != 1)
            )
        } else {
            String::new()
        };
        let verb = if given == 1 && kwonly_given == 0 { "was" } else { "were" };
        exc::type_error(&format!(
            "{qualname}() takes {takes} positional argument{} but {given}{keywords} {verb} given",
            s(plural)
        ))
    }

    fn fill_defaults(&self, qualname: Named, defaults: &[Value], slots: &mut [Option<Value>]) -> Result<()> {
        let required = self.args.len() - defaults.len();
        let missing: Vec<&str> = (0..required)
            .filter(|&at| slots[at].is_none())
            .map(|at| self.args[at])
            .collect();
        if !missing.is_empty() {
            return Err(missing_arguments(qualname, "positional", &missing));
        }
        for (slot, default) in slots[required..self.args.len()].iter_mut().zip(defaults) {
            slot.get_or_insert_with(|| default.clone());
        }
        Ok(())
    }

    fn fill_kwdefaults(&self, qualname: Named, defaults: &[Option<Value>], slots: &mut [Option<Value>]) -> Result<()> {
        let mut missing = Vec::new();
        for (at, name) in self.kwonly.iter().enumerate() {
            let slot = &mut slots[self.args.len() + at];
            if slot.is_none() {
                *slot = defaults.get(at).cloned().flatten();
            }
            if slot.is_none() {
                missing.push(*name);
            }
        }
        if missing.is_empty() {
            Ok(())
        } else {
            Err(missing_arguments(qualname, "keyword-only", &missing))
        }
    }
}

#[cold]
fn missing_arguments(qualname: Named, kind: &str, names: &[&str]) -> Exc {
    let qualname = qualname();
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    let listed = match &quoted[..] {
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
        [] => String::new(),
    };
    let plural = if names.len() == 1 { "" } else { "s" };
    exc::type_error(&format!(
        "{qualname}() missing {} required {kind} argument{plural}: {listed}",
        names.len()
    ))
}
