//! Writing JSON text.

use super::quote::push_quoted;
use crate::depth;
use crate::dict::Dict;
use crate::exc::{self, Exc, Result};
use crate::float;
use crate::int::Int;
use crate::list::order::sort_items;
use crate::ops;
use crate::str::{Str, StrBuf};
use crate::value::Value;

/// How the text shall look.
pub struct Style {
    pub ascii: bool,
    pub allow_nan: bool,
    pub skip_keys: bool,
    pub sort_keys: bool,
    pub check_circular: bool,
    /// One level of indentation; None writes all on one line.
    pub indent: Option<Str>,
    pub item_separator: Str,
    pub key_separator: Str,
    pub default: Option<Value>,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            ascii: true,
            allow_nan: true,
            skip_keys: false,
            sort_keys: false,
            check_circular: true,
            indent: None,
            item_separator: crate::lit!(", "),
            key_separator: crate::lit!(": "),
            default: None,
        }
    }
}

/// `dumps` of a value in a style.
pub fn encode(value: &Value, style: &Style) -> Result<Str> {
    let mut encoder = Encoder {
        style,
        out: StrBuf::new(),
        open: Vec::new(),
        level: 0,
    };
    encoder.value(value)?;
    Ok(encoder.out.finish())
}

/// `float.__repr__` with JSON's names for what is not a number.
pub fn push_float(out: &mut StrBuf, value: f64, style: &Style) -> Result<()> {
    if value.is_finite() {
        float::write_repr(out, value);
        return Ok(());
    }
    if !style.allow_nan {
        return Err(not_compliant(value, style.indent.is_some()));
    }
    out.push_ascii(match value {
        _ if value.is_nan() => "NaN",
        _ if value > 0.0 => "Infinity",
        _ => "-Infinity",
    });
    Ok(())
}

/// CPython's two encoders word this differently: the one that indents shows the number.
#[cold]
fn not_compliant(value: f64, shown: bool) -> Exc {
    let mut message = String::from("Out of range float values are not JSON compliant");
    if shown {
        message.push_str(": ");
        message.push_str(&float::repr(value).to_rust_string());
    }
    exc::value_error(&message)
}

/// True for what JSON has a form for.
fn is_json(value: &Value) -> bool {
    use Value::{BigInt, Dict, Float, Int, List, Str, Tuple};
    matches!(
        value,
        Str(_) | Int(_) | BigInt(_) | Float(_) | List(_) | Tuple(_) | Dict(_)
    )
}

struct Encoder<'a> {
    style: &'a Style,
    out: StrBuf,
    /// The addresses of the containers being written.
    open: Vec<usize>,
    level: usize,
}

impl Encoder<'_> {
    fn value(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::None => self.out.push_ascii("null"),
            Value::Bool(true) => self.out.push_ascii("true"),
            Value::Bool(false) => self.out.push_ascii("false"),
            Value::Str(text) => push_quoted(&mut self.out, text, self.style.ascii),
            Value::Int(int) => self.out.push_i64(*int),
            Value::BigInt(big) => Int::Big(big.clone()).write(&mut self.out)?,
            Value::Float(value) => push_float(&mut self.out, *value, self.style)?,
            Value::List(list) => {
                let _deeper = self.enter()?;
                self.open(list.address())?;
                self.items(&list.to_vec())?;
                self.close();
            }
            Value::Tuple(tuple) => {
                let _deeper = self.enter()?;
                self.open(tuple.address())?;
                self.items(tuple)?;
                self.close();
            }
            Value::Dict(dict) => {
                let _deeper = self.enter()?;
                self.open(dict.address())?;
                self.dict(dict)?;
                self.close();
            }
            other => self.other(other)?,
        }
        Ok(())
    }

    fn enter(&self) -> Result<depth::Guard> {
        depth::enter_while(match self.style.indent {
            None => " while encoding a JSON object",
            Some(_) => " while calling a Python object",
        })
    }

    fn open(&mut self, address: usize) -> Result<()> {
        if self.style.check_circular && self.open.contains(&address) {
            return Err(exc::value_error("Circular reference detected"));
        }
        self.open.push(address);
        self.level += 1;
        Ok(())
    }

    fn close(&mut self) {
        self.open.pop();
        self.level -= 1;
    }

    /// What JSON has no form for: the caller's default turns it into something that has one.
    fn other(&mut self, value: &Value) -> Result<()> {
        let inner = value.payload();
        if is_json(inner) {
            return self.value(inner);
        }
        let Some(default) = &self.style.default else {
            let name = value.class().name();
            return Err(exc::type_error(&format!(
                "Object of type {name} is not JSON serializable"
            )));
        };
        let address = ops::identity(value) as usize;
        if self.style.check_circular && self.open.contains(&address) {
            return Err(exc::value_error("Circular reference detected"));
        }
        let _deeper = self.enter()?;
        self.open.push(address);
        let replaced = ops::call(default, std::slice::from_ref(value))?;
        self.value(&replaced)?;
        self.open.pop();
        Ok(())
    }

    fn items(&mut self, items: &[Value]) -> Result<()> {
        if items.is_empty() {
            self.out.push_ascii("[]");
            return Ok(());
        }
        self.out.push_ascii("[");
        for (position, item) in items.iter().enumerate() {
            self.separate(position);
            self.value(item)?;
        }
        self.end_lines();
        self.out.push_ascii("]");
        Ok(())
    }

    fn dict(&mut self, dict: &Dict<Value, Value>) -> Result<()> {
        if dict.is_empty() {
            self.out.push_ascii("{}");
            return Ok(());
        }
        self.out.push_ascii("{");
        let mut position = 0;
        for (key, value) in self.pairs(dict)? {
            let Some(key) = self.key(&key)? else { continue };
            self.separate(position);
            position += 1;
            push_quoted(&mut self.out, &key, self.style.ascii);
            self.out.push_str(&self.style.key_separator);
            self.value(&value)?;
        }
        self.end_lines();
        self.out.push_ascii("}");
        Ok(())
    }

    fn pairs(&self, dict: &Dict<Value, Value>) -> Result<Vec<(Value, Value)>> {
        let pairs = dict.items();
        if !self.style.sort_keys {
            return Ok(pairs);
        }
        let mut tuples = pairs
            .into_iter()
            .map(|(key, value)| Value::tuple(vec![key, value]))
            .collect();
        sort_items(&mut tuples, false)?;
        Ok(tuples
            .iter()
            .filter_map(|pair| match pair {
                Value::Tuple(pair) => Some((pair[0].clone(), pair[1].clone())),
                _ => None,
            })
            .collect())
    }

    /// A key as text; None where it shall be skipped.
    fn key(&self, key: &Value) -> Result<Option<Str>> {
        let mut text = StrBuf::new();
        match key.payload() {
            Value::Str(key) => return Ok(Some(key.clone())),
            Value::Int(_) | Value::BigInt(_) | Value::Float(_) | Value::Bool(_) | Value::None => {
                let mut encoder = Encoder {
                    style: self.style,
                    out: text,
                    open: Vec::new(),
                    level: 0,
                };
                encoder.value(key.payload())?;
                text = encoder.out;
            }
            _ if self.style.skip_keys => return Ok(None),
            _ => {
                let name = key.class().name();
                let message = format!("keys must be str, int, float, bool or None, not {name}");
                return Err(exc::type_error(&message));
            }
        }
        Ok(Some(text.finish()))
    }

    /// What stands before an item.
    fn separate(&mut self, position: usize) {
        if position > 0 {
            self.out.push_str(&self.style.item_separator);
        }
        self.new_line(self.level);
    }

    fn end_lines(&mut self) {
        self.new_line(self.level - 1);
    }

    fn new_line(&mut self, level: usize) {
        if let Some(indent) = &self.style.indent {
            self.out.push_ascii("\n");
            for _ in 0..level {
                self.out.push_str(indent);
            }
        }
    }
}
