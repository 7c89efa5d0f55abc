//! How library functions that CPython writes in Python bind their arguments.

use crate::exc::{self, Exc, Result};
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

/// The parameters of a library function; a default is an absent value.
pub struct PyParams {
    /// The qualified name that complaints show.
    pub name: &'static str,
    pub names: &'static [&'static str],
    /// The first so many are positional; the rest are keyword only.
    positional: usize,
    /// The first so many of the positional ones have no default.
    required: usize,
    /// Has `self` before the parameters, which counts among the given.
    method: bool,
    varkw: bool,
    /// The parameters are positional only.
    posonly: bool,
}

impl PyParams {
    /// All parameters may be positional, the first `required` have no default.
    pub const fn new(name: &'static str, names: &'static [&'static str], required: usize) -> PyParams {
        PyParams {
            name,
            names,
            positional: names.len(),
            required,
            method: false,
            varkw: false,
            posonly: false,
        }
    }

    /// The parameters after the first `positional` are keyword only.
    pub const fn positional(mut self, positional: usize) -> PyParams {
        self.positional = positional;
        self
    }

    /// A method: `self` counts in complaints.
    pub const fn method(mut self) -> PyParams {
        self.method = true;
        self
    }

    /// No parameter can be given by name.
    pub const fn posonly(mut self) -> PyParams {
        self.posonly = true;
        self
    }

    /// Takes any other keyword.
    pub const fn varkw(mut self) -> PyParams {
        self.varkw = true;
        self
    }

    /// The arguments in the parameters' order; None where one was left out.
    pub fn read<'a, const N: usize>(&self, args: &'a [Value], kwargs: Kwargs<'a>) -> Result<[Option<&'a Value>; N]> {
        self.read_with_keywords(args, kwargs).map(|(values, _)| values)
    }

    /// As `read`, with the keywords that name no parameter.
    #[allow(clippy::type_complexity)]
    pub fn read_with_keywords<'a, const N: usize>(
        &self,
        args: &'a [Value],
        kwargs: Kwargs<'a>,
    ) -> Result<([Option<&'a Value>; N], Vec<(&'a Str, &'a Value)>)> {
        assert_eq!(N, self.names.len());
        let mut values = [None; N];
        for (slot, arg) in values.iter_mut().zip(args).take(self.positional) {
            *slot = Some(arg);
        }
        let mut others = Vec::new();
        for (key, value) in kwargs {
            match self.names.iter().position(|name| !self.posonly && *key == **name) {
                Some(index) if values[index].is_none() => values[index] = Some(value),
                Some(_) => return Err(self.complain(&format!("got multiple values for argument '{key}'"))),
                None if self.varkw => others.push((key, value)),
                None => return Err(self.complain(&format!("got an unexpected keyword argument '{key}'"))),
            }
        }
        if args.len() > self.positional {
            return Err(self.too_many(args.len(), &values[self.positional..]));
        }
        let missing: Vec<&str> = (0..self.required)
            .filter(|&index| values[index].is_none())
            .map(|index| self.names[index])
            .collect();
        if !missing.is_empty() {
            return Err(self.missing(&missing));
        }
        Ok((values, others))
    }

    #[cold]
    fn complain(&self, what: &str) -> Exc {
        exc::type_error(&format!("{}() {what}", self.name))
    }

    fn too_many(&self, given: usize, keyword_only: &[Option<&Value>]) -> Exc {
        let own = usize::from(self.method);
        let (least, most, given) = (self.required + own, self.positional + own, given + own);
        let plural = |n: usize| if n == 1 { "" } else { "s" };
        let takes = match least == most {
            true => format!("takes {most} positional argument{}", plural(most)),
            false => format!("takes from {least} to {most} positional arguments"),
        };
        let named = keyword_only.iter().flatten().count();
        let were = if given == 1 { "was" } else { "were" };
        if named == 0 {
            return self.complain(&format!("{takes} but {given} {were} given"));
        }
        let (s, n) = (plural(given), plural(named));
        self.complain(&format!(
            "{takes} but {given} positional argument{s} (and {named} keyword-only argument{n}) were given"
        ))
    }

    fn missing(&self, missing: &[&str]) -> Exc {
        let quoted: Vec<String> = missing.iter().map(|name| format!("'{name}'")).collect();
        let s = if missing.len() == 1 { "" } else { "s" };
        let listed = match &quoted[..] {
            [only] => only.clone(),
            [first, second] => format!("{first} and {second}"),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
            [] => String::new(),
        };
        self.complain(&format!(
            "missing {} required positional argument{s}: {listed}",
            missing.len()
        ))
    }
}
