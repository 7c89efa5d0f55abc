//! The notation of values in the cases: what `enc` of cases.py writes.

use pivot_runtime::bytes::{ByteArray, Bytes};
use pivot_runtime::complex::Complex;
use pivot_runtime::dict::Dict;
use pivot_runtime::int::Int;
use pivot_runtime::str::{Str, Text};
use pivot_runtime::{Exc, Value};

#[derive(Clone)]
pub enum Item {
    None,
    Bool(bool),
    Int(Int),
    Float(f64),
    Complex(Complex),
    Str(Str),
    Bytes(Bytes),
    ByteArray(ByteArray),
    List(Vec<Item>),
    Tuple(Vec<Item>),
    Dict(Vec<(Item, Item)>),
    NotImplemented,
    /// Anything else.
    Other,
}

pub type Answer = Result<Item, Exc>;

/// Reads the values of a case's left side.
pub fn read_all(text: &str) -> Vec<Item> {
    let mut tokens = text.split(' ').filter(|token| !token.is_empty());
    let mut items = Vec::new();
    while let Some(token) = tokens.next() {
        items.push(read(token, &mut tokens));
    }
    items
}

fn read<'a>(token: &'a str, rest: &mut impl Iterator<Item = &'a str>) -> Item {
    let (kind, body) = token.split_at(1);
    let mut items = |count: &str| -> Vec<Item> {
        (0..count.parse::<usize>().unwrap())
            .map(|_| read(rest.next().unwrap(), rest))
            .collect()
    };
    match kind {
        "n" => Item::None,
        "T" => Item::Bool(true),
        "F" => Item::Bool(false),
        "i" => Item::Int(Int::from_big(
            num_bigint::BigInt::parse_bytes(body.as_bytes(), 16).unwrap(),
        )),
        "f" => Item::Float(read_float(body)),
        "c" => match items("2")[..] {
            [Item::Float(re), Item::Float(im)] => Item::Complex(Complex { re, im }),
            _ => panic!("a complex number of {token}"),
        },
        "s" => Item::Str(read_text(body)),
        "b" => Item::Bytes(Bytes::from(read_bytes(body))),
        "a" => Item::ByteArray(ByteArray::new(read_bytes(body))),
        "l" => Item::List(items(body)),
        "t" => Item::Tuple(items(body)),
        "d" => {
            let count = 2 * body.parse::<usize>().unwrap();
            let flat = items(&count.to_string());
            Item::Dict(flat.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect())
        }
        _ => panic!("unknown notation {token}"),
    }
}

fn read_float(body: &str) -> f64 {
    if body == "nan" {
        f64::NAN
    } else {
        f64::from_bits(u64::from_str_radix(body, 16).unwrap())
    }
}

fn read_text(body: &str) -> Str {
    let points: Vec<u32> = body
        .split('.')
        .filter(|part| !part.is_empty())
        .map(|part| u32::from_str_radix(part, 16).unwrap())
        .collect();
    Str::from_code_points(&points)
}

fn read_bytes(body: &str) -> Vec<u8> {
    (0..body.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&body[at..at + 2], 16).unwrap())
        .collect()
}

/// Writes an outcome as the cases do.
pub fn show(answer: &Answer) -> String {
    match answer {
        Ok(item) => show_item(item),
        Err(exception) => format!("e{} {}", exception.type_name(), show_text(&exception.message())),
    }
}

pub fn show_item(item: &Item) -> String {
    let all = |items: &[Item]| {
        items
            .iter()
            .map(|item| format!(" {}", show_item(item)))
            .collect::<String>()
    };
    match item {
        Item::None => "n".to_owned(),
        Item::Bool(true) => "T".to_owned(),
        Item::Bool(false) => "F".to_owned(),
        Item::Int(value) => format!("i{:x}", value.to_big()),
        Item::Float(value) if value.is_nan() => "fnan".to_owned(),
        Item::Float(value) => format!("f{:016x}", value.to_bits()),
        Item::NotImplemented => "N".to_owned(),
        Item::Other => show_text(&Str::from("?")),
        Item::Complex(value) => {
            format!(
                "c {} {}",
                show_item(&Item::Float(value.re)),
                show_item(&Item::Float(value.im))
            )
        }
        Item::Str(text) => show_text(text),
        Item::Bytes(data) => format!("b{}", hex(data.as_slice())),
        Item::ByteArray(data) => format!("a{}", data.with(hex)),
        Item::List(items) => format!("l{}{}", items.len(), all(items)),
        Item::Tuple(items) => format!("t{}{}", items.len(), all(items)),
        Item::Dict(pairs) => {
            let flat: Vec<Item> = pairs
                .iter()
                .flat_map(|(key, value)| [key.clone(), value.clone()])
                .collect();
            format!("d{}{}", pairs.len(), all(&flat))
        }
    }
}

fn hex(data: &[u8]) -> String {
    data.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn show_text(text: &Str) -> String {
    // One form for each text: a wide block that holds only ASCII would be a fault.
    if let Text::Wide(points) = text.text() {
        assert!(points.iter().any(|&point| point >= 128), "a wide string of ASCII");
    }
    let points: Vec<String> = text.points().iter().map(|point| format!("{point:x}")).collect();
    format!("s{}", points.join("."))
}

macro_rules! accessors {
    ($($name:ident $variant:ident $kind:ty;)*) => {
        impl Item {
            $(pub fn $name(&self) -> &$kind {
                match self {
                    Item::$variant(value) => value,
                    _ => panic!("not a {}", stringify!($variant)),
                }
            })*
        }
    };
}

accessors! {
    int Int Int;
    float Float f64;
    complex Complex Complex;
    str Str Str;
    bytes Bytes Bytes;
    items List Vec<Item>;
    pairs Dict Vec<(Item, Item)>;
    flag Bool bool;
}

impl Item {
    pub fn to_value(&self) -> Value {
        let all = |items: &[Item]| items.iter().map(Item::to_value).collect::<Vec<Value>>();
        match self {
            Item::None => Value::None,
            Item::NotImplemented | Item::Other => Value::NotImplemented,
            Item::Bool(flag) => Value::Bool(*flag),
            Item::Int(int) => Value::from(int.clone()),
            Item::Float(float) => Value::Float(*float),
            Item::Complex(complex) => Value::object(*complex),
            Item::Str(text) => Value::Str(text.clone()),
            Item::Bytes(data) => Value::Bytes(data.clone()),
            Item::ByteArray(data) => Value::object(data.clone()),
            Item::List(items) => Value::list(all(items)),
            Item::Tuple(items) => Value::tuple(all(items)),
            Item::Dict(pairs) => {
                let dict = Dict::new();
                for (key, value) in pairs {
                    assert!(dict.set(key.to_value(), value.to_value()).is_ok(), "keys are hashable");
                }
                Value::Dict(dict)
            }
        }
    }

    pub fn from_value(value: &Value) -> Item {
        let all = |items: &[Value]| items.iter().map(Item::from_value).collect::<Vec<Item>>();
        match value {
            Value::None => Item::None,
            Value::NotImplemented => Item::NotImplemented,
            Value::Bool(flag) => Item::Bool(*flag),
            Value::Int(int) => Item::Int(Int::Small(*int)),
            Value::BigInt(int) => Item::Int(Int::Big(int.clone())),
            Value::Float(float) => Item::Float(*float),
            Value::Str(text) => Item::Str(text.clone()),
            Value::Bytes(data) => Item::Bytes(data.clone()),
            Value::List(items) => Item::List(all(&items.to_vec())),
            Value::Tuple(items) => Item::Tuple(all(items)),
            Value::Dict(dict) => {
                let pair = |(key, value): (Value, Value)| (Item::from_value(&key), Item::from_value(&value));
                Item::Dict(dict.items().into_iter().map(pair).collect())
            }
            other => match (other.downcast::<ByteArray>(), other.downcast::<Complex>()) {
                (Some(data), _) => Item::ByteArray(data.clone()),
                (_, Some(complex)) => Item::Complex(*complex),
                _ => Item::Other,
            },
        }
    }

    pub fn small(&self) -> i64 {
        match self.int() {
            Int::Small(value) => *value,
            Int::Big(value) => match value.sign() {
                num_bigint::Sign::Minus => i64::MIN,
                _ => i64::MAX,
            },
        }
    }
}
