//! How functions written in C read their arguments: counts, keywords and conversions, with CPython's complaints.

pub use crate::args::no_keywords;

use crate::args;
use crate::exc::{self, Exc, Result};
use crate::registry::Kwargs;
use crate::str::Str;
use crate::value::Value;

/// A function of no arguments; `name` is qualified, as in `HASH.digest`.
pub fn none(name: &str, given: &[Value], kwargs: Kwargs) -> Result<()> {
    args::exactly::<0>(name, given, kwargs).map(drop)
}

/// A function of exactly one argument; `name` is qualified, as in `math.sqrt`.
#[inline]
pub fn one<'a>(name: &str, given: &'a [Value], kwargs: Kwargs) -> Result<&'a Value> {
    args::exactly::<1>(name, given, kwargs).map(|[arg]| arg)
}

/// A function of `min` to `max` positional arguments; the complaint about their number drops the module.
pub fn between(name: &str, given: &[Value], kwargs: Kwargs, min: usize, max: usize) -> Result<()> {
    args::between(name, given, kwargs, min, max).map(drop)
}

/// The parameters of a C function that takes keywords.
pub struct Params {
    pub name: &'static str,
    pub names: &'static [&'static str],
    /// The first so many are positional only.
    pub posonly: usize,
    /// The first so many are required.
    pub required: usize,
    /// The first so many may be positional.
    pub positional: usize,
}

impl Params {
    /// All may be given by position or name.
    pub const fn new(name: &'static str, names: &'static [&'static str], required: usize) -> Params {
        Params {
            name,
            names,
            posonly: 0,
            required,
            positional: names.len(),
        }
    }

    /// The parameters after the first `positional` are keyword only.
    pub const fn positional(mut self, positional: usize) -> Params {
        self.positional = positional;
        self
    }

    /// The first `posonly` parameters are positional only.
    pub const fn posonly(mut self, posonly: usize) -> Params {
        self.posonly = posonly;
        self
    }

    /// The arguments in the parameters' order; None where one was left out.
    pub fn read<'a, const N: usize>(&self, args: &'a [Value], kwargs: Kwargs<'a>) -> Result<[Option<&'a Value>; N]> {
        assert_eq!(N, self.names.len());
        self.check_counts(args.len(), kwargs.len())?;
        let mut values = [None; N];
        for (slot, arg) in values.iter_mut().zip(args) {
            *slot = Some(arg);
        }
        let mut used = 0;
        for index in args.len().max(self.posonly)..N {
            let named = kwargs.iter().find(|(key, _)| *key == *self.names[index]);
            values[index] = named.map(|(_, value)| value);
            used += usize::from(named.is_some());
            if named.is_none() && index < self.required {
                let (name, missing) = (self.name, self.names[index]);
                let message = format!("{name}() missing required argument '{missing}' (pos {})", index + 1);
                return Err(exc::type_error(&message));
            }
        }
        if used < kwargs.len() {
            return Err(self.surplus_keyword(args.len(), kwargs));
        }
        Ok(values)
    }

    fn check_counts(&self, positional: usize, keywords: usize) -> Result<()> {
        let (name, given) = (self.name, positional + keywords);
        let total = self.names.len();
        if given > total {
            let keyword = if positional == 0 { "keyword " } else { "" };
            let s = if total == 1 { "" } else { "s" };
            let message = format!("{name}() takes at most {total} {keyword}argument{s} ({given} given)");
            return Err(exc::type_error(&message));
        }
        if positional > self.positional {
            let most = self.positional;
            if most == 0 {
                return Err(exc::type_error(&format!("{name}() takes no positional arguments")));
            }
            let how = if self.required.min(most) < most {
                "at most"
            } else {
                "exactly"
            };
            return Err(self.wrong_positional(how, most, positional));
        }
        let least = self.posonly.min(self.required);
        if positional < least {
            let how = if least < self.positional { "at least" } else { "exactly" };
            return Err(self.wrong_positional(how, least, positional));
        }
        Ok(())
    }

    fn wrong_positional(&self, how: &str, count: usize, given: usize) -> Exc {
        let s = if count == 1 { "" } else { "s" };
        exc::type_error(&format!(
            "{}() takes {how} {count} positional argument{s} ({given} given)",
            self.name
        ))
    }

    fn surplus_keyword(&self, positional: usize, kwargs: Kwargs) -> Exc {
        let name = self.name;
        for index in self.posonly..positional {
            let parameter = self.names[index];
            if kwargs.iter().any(|(key, _)| *key == *parameter) {
                let place = index + 1;
                let message = format!("argument for {name}() given by name ('{parameter}') and position ({place})");
                return exc::type_error(&message);
            }
        }
        let known = |key: &Str| self.names[self.posonly..].iter().any(|name| *key == **name);
        let stranger = kwargs.iter().map(|(key, _)| key).find(|key| !known(key));
        let stranger = stranger.map_or_else(String::new, Str::to_rust_string);
        exc::type_error(&format!("'{stranger}' is an invalid keyword argument for {name}()"))
    }
}
