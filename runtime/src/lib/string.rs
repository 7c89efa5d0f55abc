//! `string`: its constants and `capwords`. Template and Formatter are left to the module's own source.

use crate::exc::{self, Result};
use crate::lib::signature::PyParams;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::unicode::{self, Case};
use crate::str::{Str, StrBuf};
use crate::value::Value;

const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

fn capwords(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("capwords", &["s", "sep"], 1);
    let [text, separator] = PARAMS.read(args, kwargs)?;
    let Some(text) = text.and_then(Value::as_str) else {
        let name = text.map_or_else(String::new, Value::type_name);
        return Err(exc::attribute_error(&format!(
            "'{name}' object has no attribute 'split'"
        )));
    };
    let points = text.points();
    let words: Vec<&[u32]> = match separator.filter(|separator| !matches!(separator, Value::None)) {
        None => points
            .split(|&c| unicode::is_space(c))
            .filter(|word| !word.is_empty())
            .collect(),
        Some(separator) => match separator.as_str() {
            Some(separator) if !separator.is_empty() => split_by(&points, &separator.points()),
            Some(_) => return Err(exc::value_error("empty separator")),
            None => {
                let name = separator.type_name();
                return Err(exc::type_error(&format!("must be str or None, not {name}")));
            }
        },
    };
    let between = separator
        .and_then(Value::as_str)
        .filter(|separator| !separator.is_empty());
    let mut out = StrBuf::new();
    for (at, word) in words.into_iter().enumerate() {
        if at > 0 {
            out.push_str(between.unwrap_or(&crate::lit!(" ")));
        }
        push_capitalized(&mut out, word);
    }
    Ok(Value::Str(out.finish()))
}

fn split_by<'a>(points: &'a [u32], separator: &[u32]) -> Vec<&'a [u32]> {
    let (mut words, mut start, mut at) = (Vec::new(), 0, 0);
    while at + separator.len() <= points.len() {
        if points[at..].starts_with(separator) {
            words.push(&points[start..at]);
            at += separator.len();
            start = at;
        } else {
            at += 1;
        }
    }
    words.push(&points[start..]);
    words
}

/// `str.capitalize` of a word.
fn push_capitalized(out: &mut StrBuf, word: &[u32]) {
    let Some((&first, rest)) = word.split_first() else {
        return;
    };
    let mut points = Vec::with_capacity(word.len());
    unicode::push_case(&mut points, first, Case::Title);
    out.push_points(&points);
    let lower = Str::from_code_points(rest).lower();
    out.push_str(&lower);
}

static CAPWORDS: NativeFn = NativeFn {
    name: "capwords",
    effects: Effects::PURE,
    call: capwords,
};

/// The module `string`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "string",
    items: &[
        (
            "ascii_lowercase",
            Item::Value(|| Value::str("abcdefghijklmnopqrstuvwxyz")),
        ),
        (
            "ascii_uppercase",
            Item::Value(|| Value::str("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        ),
        (
            "ascii_letters",
            Item::Value(|| Value::str("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")),
        ),
        ("digits", Item::Value(|| Value::str("0123456789"))),
        ("hexdigits", Item::Value(|| Value::str("0123456789abcdefABCDEF"))),
        ("octdigits", Item::Value(|| Value::str("01234567"))),
        ("punctuation", Item::Value(|| Value::str(PUNCTUATION))),
        ("whitespace", Item::Value(|| Value::str(" \t\n\r\x0b\x0c"))),
        (
            "printable",
            Item::Value(|| {
                let letters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
                Value::str(&format!("{letters}{PUNCTUATION} \t\n\r\x0b\x0c"))
            }),
        ),
        ("capwords", Item::Function(&CAPWORDS)),
    ],
};
