//! `unicodedata`, without names: what Unicode 14.0 knows of characters, and normal forms.

mod data;
mod normalize;

use self::data::{Numeral, Record, data};
use self::normalize::Form;
use crate::exc::{self, Result};
use crate::lib::params::{between, one};
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::Str;
use crate::value::Value;

/// The one character of an argument.
fn character(name: &str, place: &str, value: &Value) -> Result<u32> {
    match value.payload() {
        Value::Str(text) if text.len() == 1 => Ok(text.point(0)),
        _ => {
            let kind = value.type_name();
            let message = format!("{name}() argument {place}must be a unicode character, not {kind}");
            Err(exc::type_error(&message))
        }
    }
}

/// Rows for what the record of a character tells.
macro_rules! records {
    ($($static:ident $name:literal $tell:expr;)*) => {$(
        static $static: NativeFn = NativeFn {
            name: $name,
            effects: Effects::PURE,
            call: |args, kwargs| {
                let value = one(concat!("unicodedata.", $name), args, kwargs)?;
                let tell: fn(&'static Record) -> Value = $tell;
                Ok(tell(data().record(character($name, "", value)?)))
            },
        };
    )*};
}

records! {
    CATEGORY "category" |record| Value::str(record.category);
    BIDIRECTIONAL "bidirectional" |record| Value::str(record.bidirectional);
    COMBINING "combining" |record| Value::Int(i64::from(record.combining));
    MIRRORED "mirrored" |record| Value::Int(i64::from(record.mirrored));
    EAST_ASIAN_WIDTH "east_asian_width" |record| Value::str(record.width);
}

fn decomposition(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let value = one("unicodedata.decomposition", args, kwargs)?;
    let known = data().decomposition(character("decomposition", "", value)?);
    Ok(Value::str(known.map_or("", |known| known.text)))
}

fn numeral(
    name: &'static str,
    complaint: &str,
    args: &[Value],
    kwargs: Kwargs,
    value: fn(Numeral) -> Option<Value>,
) -> Result<Value> {
    between(&format!("unicodedata.{name}"), args, kwargs, 1, 2)?;
    let known = data().numeral(character(name, "1 ", &args[0])?);
    match (known.and_then(value), args.get(1)) {
        (Some(value), _) => Ok(value),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(exc::value_error(complaint)),
    }
}

fn text<'a>(name: &str, place: usize, value: &'a Value) -> Result<&'a Str> {
    value.as_str().ok_or_else(|| {
        let kind = value.type_name();
        exc::type_error(&format!("{name}() argument {place} must be str, not {kind}"))
    })
}

/// The text of the two arguments, and what the form makes of it.
fn normalized(name: &'static str, args: &[Value], kwargs: Kwargs) -> Result<(Str, Str)> {
    between(&format!("unicodedata.{name}"), args, kwargs, 2, 2)?;
    let (form, given) = (text(name, 1, &args[0])?, text(name, 2, &args[1])?);
    if given.is_empty() {
        return Ok((given.clone(), given.clone()));
    }
    let Some(form) = Form::named(&form.to_rust_string()) else {
        return Err(exc::value_error("invalid normalization form"));
    };
    Ok((given.clone(), Str::from_code_points(&form.of(&given.points()))))
}

static DECOMPOSITION: NativeFn = NativeFn {
    name: "decomposition",
    effects: Effects::PURE,
    call: decomposition,
};
static NUMERIC: NativeFn = NativeFn {
    name: "numeric",
    effects: Effects::PURE,
    call: |args, kwargs| {
        let value = |known: Numeral| Some(Value::Float(known.numeric));
        numeral("numeric", "not a numeric character", args, kwargs, value)
    },
};
static DIGIT: NativeFn = NativeFn {
    name: "digit",
    effects: Effects::PURE,
    call: |args, kwargs| {
        numeral("digit", "not a digit", args, kwargs, |known| {
            known.digit.map(Value::Int)
        })
    },
};
static DECIMAL: NativeFn = NativeFn {
    name: "decimal",
    effects: Effects::PURE,
    call: |args, kwargs| {
        numeral("decimal", "not a decimal", args, kwargs, |known| {
            known.decimal.map(Value::Int)
        })
    },
};
static NORMALIZE: NativeFn = NativeFn {
    name: "normalize",
    effects: Effects::PURE,
    call: |args, kwargs| normalized("normalize", args, kwargs).map(|(_, made)| Value::Str(made)),
};
static IS_NORMALIZED: NativeFn = NativeFn {
    name: "is_normalized",
    effects: Effects::PURE,
    call: |args, kwargs| normalized("is_normalized", args, kwargs).map(|(given, made)| Value::Bool(given == made)),
};

/// The module `unicodedata`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "unicodedata",
    items: &[
        ("bidirectional", Item::Function(&BIDIRECTIONAL)),
        ("category", Item::Function(&CATEGORY)),
        ("combining", Item::Function(&COMBINING)),
        ("decimal", Item::Function(&DECIMAL)),
        ("decomposition", Item::Function(&DECOMPOSITION)),
        ("digit", Item::Function(&DIGIT)),
        ("east_asian_width", Item::Function(&EAST_ASIAN_WIDTH)),
        ("is_normalized", Item::Function(&IS_NORMALIZED)),
        ("mirrored", Item::Function(&MIRRORED)),
        ("normalize", Item::Function(&NORMALIZE)),
        ("numeric", Item::Function(&NUMERIC)),
        ("unidata_version", Item::Value(|| Value::str("14.0.0"))),
    ],
};
