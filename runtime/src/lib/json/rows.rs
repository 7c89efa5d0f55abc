//! The rows of `json`.

use super::encode::Style;
use super::fault::{DECODE_ERROR, Fault};
use super::scan::Hooks;
use super::{dumps_with, loads_with};
use crate::codec;
use crate::exc::{self, Result};
use crate::iter;
use crate::lib::convert::bytes_like;
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::Str;
use crate::value::Value;

const LOAD_NAMES: &[&str] = &[
    "s",
    "cls",
    "object_hook",
    "parse_float",
    "parse_int",
    "parse_constant",
    "object_pairs_hook",
    "strict",
];

/// A value that is given and not None.
fn given(value: Option<&Value>) -> Option<Value> {
    value.filter(|value| !matches!(value, Value::None)).cloned()
}

fn hooks(options: &[Option<&Value>; 7]) -> Result<Hooks> {
    let [_, object, float, int, constant, pairs, strict] = options;
    Ok(Hooks {
        object: given(*object),
        pairs: given(*pairs),
        float: given(*float),
        int: given(*int),
        constant: given(*constant),
        lenient: strict.is_some_and(|strict| !ops::truthy(strict).unwrap_or(true)),
    })
}

fn loads(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    if let ([source], true) = (args, kwargs.is_empty()) {
        return loads_with(&document(source)?, &Hooks::default());
    }
    static PARAMS: PyParams = PyParams::new("loads", LOAD_NAMES, 1).positional(1).varkw();
    let (bound, rest) = PARAMS.read_with_keywords(args, kwargs)?;
    let [source, options @ ..]: [Option<&Value>; 8] = bound;
    let text = document(source.unwrap_or(&Value::None))?;
    if let Some(class) = given(options[0]) {
        return decoded_by(&class, &text, &options, &rest);
    }
    if let Some((key, _)) = rest.first() {
        let message = format!("JSONDecoder.__init__() got an unexpected keyword argument '{key}'");
        return Err(exc::type_error(&message));
    }
    loads_with(&text, &hooks(&options)?)
}

/// What a decoder of the program's own class makes of the text.
fn decoded_by(class: &Value, text: &Str, options: &[Option<&Value>], rest: &[(&Str, &Value)]) -> Result<Value> {
    let hooks = LOAD_NAMES[2..7].iter().zip(&options[1..6]);
    let mut keywords: Vec<(Str, Value)> = rest
        .iter()
        .map(|(key, value)| ((*key).clone(), (*value).clone()))
        .collect();
    if let Some(strict) = options[6] {
        keywords.push((Str::from("strict"), strict.clone()));
    }
    keywords.extend(hooks.filter_map(|(name, hook)| Some((Str::from(*name), given(*hook)?))));
    let decoder = ops::call_kw(class, &[], &keywords)?;
    ops::call_method(&decoder, "decode", &[Value::Str(text.clone())])
}

fn load(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let Some((file, rest)) = args.split_first() else {
        return Err(exc::type_error("load() missing 1 required positional argument: 'fp'"));
    };
    if !rest.is_empty() {
        let message = format!("load() takes 1 positional argument but {} were given", args.len());
        return Err(exc::type_error(&message));
    }
    loads(&[ops::call_method(file, "read", &[])?], kwargs)
}

/// The text of what `loads` was given: str, or bytes in one of the encodings JSON allows.
fn document(source: &Value) -> Result<Str> {
    if let Value::Str(text) = source.payload() {
        if !text.is_empty() && text.point(0) == 0xfeff {
            let message = "Unexpected UTF-8 BOM (decode using utf-8-sig)";
            return Err(Fault {
                message,
                document: text,
                place: 0,
            }
            .raise());
        }
        return Ok(text.clone());
    }
    let Some(bytes) = bytes_like(source) else {
        let name = source.type_name();
        return Err(exc::type_error(&format!(
            "the JSON object must be str, bytes or bytearray, not {name}"
        )));
    };
    codec::decode(&bytes, encoding_of(&bytes), "surrogatepass")
}

/// The encoding that the first bytes show.
fn encoding_of(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => "utf-32",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "utf-16",
        [0xef, 0xbb, 0xbf, ..] => "utf-8-sig",
        [0, 0, _, _, ..] => "utf-32-be",
        [0, _, _, _, ..] => "utf-16-be",
        [_, 0, 0, 0, ..] => "utf-32-le",
        [_, 0, _, _, ..] => "utf-16-le",
        [0, _] => "utf-16-be",
        [_, 0] => "utf-16-le",
        _ => "utf-8",
    }
}

const DUMP_NAMES: &[&str] = &[
    "obj",
    "skipkeys",
    "ensure_ascii",
    "check_circular",
    "allow_nan",
    "cls",
    "indent",
    "separators",
    "default",
    "sort_keys",
];

fn dumps(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("dumps", DUMP_NAMES, 1).positional(1).varkw();
    let (bound, rest) = PARAMS.read_with_keywords(args, kwargs)?;
    let [object, options @ ..]: [Option<&Value>; 10] = bound;
    if let Some(encoder) = own_encoder(&options, &rest)? {
        return ops::call_method(&encoder, "encode", &[object.cloned().unwrap_or(Value::None)]);
    }
    let style = style(&options, rest.first().map(|(key, _)| *key))?;
    Ok(Value::Str(dumps_with(object.unwrap_or(&Value::None), &style)?))
}

fn dump(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    const NAMES: &[&str] = &[
        "obj",
        "fp",
        "skipkeys",
        "ensure_ascii",
        "check_circular",
        "allow_nan",
        "cls",
        "indent",
        "separators",
        "default",
        "sort_keys",
    ];
    static PARAMS: PyParams = PyParams::new("dump", NAMES, 2).positional(2).varkw();
    let (bound, rest) = PARAMS.read_with_keywords(args, kwargs)?;
    let [object, file, options @ ..]: [Option<&Value>; 11] = bound;
    if let Some(encoder) = own_encoder(&options, &rest)? {
        let chunks = ops::call_method(&encoder, "iterencode", &[object.cloned().unwrap_or(Value::None)])?;
        let mut chunks = iter::iter(&chunks)?;
        while let Some(chunk) = chunks.next()? {
            ops::call_method(file.unwrap_or(&Value::None), "write", &[chunk])?;
        }
        return Ok(Value::None);
    }
    let style = style(&options, rest.first().map(|(key, _)| *key))?;
    let text = dumps_with(object.unwrap_or(&Value::None), &style)?;
    ops::call_method(file.unwrap_or(&Value::None), "write", &[Value::Str(text)])?;
    Ok(Value::None)
}

/// The encoder that `cls` makes; None where no class is given.
fn own_encoder(options: &[Option<&Value>; 9], rest: &[(&Str, &Value)]) -> Result<Option<Value>> {
    let Some(class) = given(options[4]) else {
        return Ok(None);
    };
    let standard = |name: &str| match name {
        "ensure_ascii" | "check_circular" | "allow_nan" => Value::Bool(true),
        "skipkeys" | "sort_keys" => Value::Bool(false),
        _ => Value::None,
    };
    let named = DUMP_NAMES[1..].iter().zip(options).filter(|(name, _)| **name != "cls");
    let mut keywords: Vec<(Str, Value)> = named
        .map(|(name, value)| (Str::from(*name), value.cloned().unwrap_or_else(|| standard(name))))
        .collect();
    keywords.extend(rest.iter().map(|(key, value)| ((*key).clone(), (*value).clone())));
    ops::call_kw(&class, &[], &keywords).map(Some)
}

fn style(options: &[Option<&Value>; 9], stranger: Option<&Str>) -> Result<Style> {
    let [skip, ascii, circular, nan, _, indent, separators, default, sort] = options;
    if let Some(key) = stranger {
        let message = format!("JSONEncoder.__init__() got an unexpected keyword argument '{key}'");
        return Err(exc::type_error(&message));
    }
    let flag = |value: &Option<&Value>, default: bool| value.map_or(Ok(default), ops::truthy);
    let plain = Style::default();
    let indent = indent_of(given(*indent))?;
    let (item_separator, key_separator) = match given(*separators) {
        Some(pair) => separators_of(&pair)?,
        None if indent.is_some() => (crate::lit!(","), plain.key_separator),
        None => (plain.item_separator, plain.key_separator),
    };
    Ok(Style {
        ascii: flag(ascii, true)?,
        allow_nan: flag(nan, true)?,
        skip_keys: flag(skip, false)?,
        sort_keys: flag(sort, false)?,
        check_circular: flag(circular, true)?,
        indent,
        item_separator,
        key_separator,
        default: given(*default),
    })
}

/// One level of indentation: a text, or that many spaces.
fn indent_of(indent: Option<Value>) -> Result<Option<Str>> {
    let Some(indent) = indent else { return Ok(None) };
    let text = match indent.payload() {
        Value::Str(_) => indent.clone(),
        _ => ops::mul(&Value::str(" "), &indent)?,
    };
    Ok(text.as_str().cloned())
}

fn separators_of(pair: &Value) -> Result<(Str, Str)> {
    match iter::unpack::<2>(pair)? {
        [Value::Str(item), Value::Str(key)] => Ok((item, key)),
        _ => Err(exc::not_implemented_error("json separators that are not str")),
    }
}

const CALLS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);

static LOADS: NativeFn = NativeFn {
    name: "loads",
    effects: CALLS,
    call: loads,
};
static LOAD: NativeFn = NativeFn {
    name: "load",
    effects: CALLS.union(Effects::READS_FILES),
    call: load,
};
static DUMPS: NativeFn = NativeFn {
    name: "dumps",
    effects: CALLS,
    call: dumps,
};
static DUMP: NativeFn = NativeFn {
    name: "dump",
    effects: CALLS.union(Effects::WRITES_FILES),
    call: dump,
};

/// The module `json`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "json",
    items: &[
        ("loads", Item::Function(&LOADS)),
        ("load", Item::Function(&LOAD)),
        ("dumps", Item::Function(&DUMPS)),
        ("dump", Item::Function(&DUMP)),
        ("JSONDecodeError", Item::Type(&DECODE_ERROR)),
    ],
};
