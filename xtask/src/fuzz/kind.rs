//! What a generated expression is meant to be, and literals of it.

use pivot::parity::cases::rng::Rng;

/// The kind of value that a generated expression gives, unless it raises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Int,
    Float,
    Str,
    Bool,
    Bytes,
    List(Box<Kind>),
    Dict(Box<Kind>, Box<Kind>),
    Set(Box<Kind>),
    Tuple(Vec<Kind>),
    /// None or a value.
    Option(Box<Kind>),
    /// A dict with these constant keys.
    Record(Vec<(&'static str, Kind)>),
    /// An instance of the class of this number.
    Object(usize),
}

const INTS: &[&str] = &[
    "0",
    "1",
    "2",
    "3",
    "5",
    "7",
    "10",
    "-1",
    "-2",
    "-7",
    "12",
    "100",
    "255",
    "-128",
    "1000003",
    "2147483647",
    "-2147483648",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "6700417",
    "123456789012",
    "3037000500",
];
const FLOATS: &[&str] = &[
    "0.0",
    "-0.0",
    "1.0",
    "0.5",
    "-2.5",
    "0.1",
    "3.14159",
    "1e16",
    "1e-7",
    "123456.789",
    "-1e300",
    "2.5",
    "1e22",
    "0.30000000000000004",
    "5e-324",
    "9007199254740993.0",
    "float('inf')",
    "100.0",
];
const STRINGS: &[&str] = &[
    "''",
    "'a'",
    "'abc'",
    "'Hello World'",
    "'  pad\\t'",
    "'12'",
    "'-7'",
    "'x,y,,z'",
    "'éß'",
    "'日本語'",
    "'naïve Ünïcode'",
    "'a\\nb\\r\\nc'",
    "'0'",
    "'ǅungla'",
    "'aaaa'",
    "'3.5'",
    "'\\u0660\\u0661'",
    "'tab\\tbed'",
    "'\"quoted\"'",
    "'😀!'",
];
const BYTES: &[&str] = &["b''", "b'abc'", "b'\\x00\\xff'", "b'hello world'", "b'12'"];

impl Kind {
    /// A kind drawn at random, of at most this depth.
    pub fn any(rng: &mut Rng, depth: usize) -> Kind {
        let inner = |rng: &mut Rng| Box::new(Kind::any(rng, depth - 1));
        match rng.weighted(&[30, 14, 20, 8, 3, if depth > 0 { 30 } else { 0 }]) {
            0 => Kind::Int,
            1 => Kind::Float,
            2 => Kind::Str,
            3 => Kind::Bool,
            4 => Kind::Bytes,
            _ => match rng.weighted(&[40, 20, 10, 20, 10, 12]) {
                0 => Kind::List(inner(rng)),
                1 => Kind::Dict(Box::new(Kind::key(rng)), inner(rng)),
                2 => Kind::Set(Box::new(Kind::key(rng))),
                3 => {
                    let count = rng.between(1, 3);
                    Kind::Tuple((0..count).map(|_| Kind::any(rng, depth - 1)).collect())
                }
                4 => Kind::Option(Box::new(Kind::any(rng, 0))),
                _ => {
                    let keys = ["count", "name", "price", "tags"];
                    let count = rng.between(1, 4) as usize;
                    Kind::Record(
                        keys[..count]
                            .iter()
                            .map(|key| (*key, Kind::any(rng, depth - 1)))
                            .collect(),
                    )
                }
            },
        }
    }

    /// What can key a dict.
    pub fn key(rng: &mut Rng) -> Kind {
        match rng.weighted(&[45, 40, 5, 10, 6]) {
            0 => Kind::Int,
            1 => Kind::Str,
            2 => Kind::Bool,
            3 => Kind::Tuple(vec![Kind::Int, Kind::Str]),
            _ => Kind::Float,
        }
    }

    /// A literal of this kind; of small numbers where values are to stay small.
    pub fn literal(&self, rng: &mut Rng, small: bool) -> String {
        let several = |rng: &mut Rng, most: i64, one: &dyn Fn(&mut Rng) -> String| {
            let count = rng.between(0, most);
            (0..count).map(|_| one(rng)).collect::<Vec<_>>().join(", ")
        };
        match self {
            Kind::Int if small || rng.percent(40) => rng.between(-9, 40).to_string(),
            Kind::Int => (*rng.pick(INTS)).to_string(),
            Kind::Float if small => format!("{:?}", rng.between(-40, 90) as f64 / 8.0),
            Kind::Float => (*rng.pick(FLOATS)).to_string(),
            Kind::Str => (*rng.pick(STRINGS)).to_string(),
            Kind::Bool => if rng.percent(50) { "True" } else { "False" }.to_string(),
            Kind::Bytes => (*rng.pick(BYTES)).to_string(),
            Kind::List(item) => format!("[{}]", several(rng, 5, &|rng| item.literal(rng, small))),
            Kind::Set(item) => match several(rng, 4, &|rng| item.literal(rng, small)) {
                items if items.is_empty() => "set()".to_string(),
                items => format!("{{{items}}}"),
            },
            Kind::Dict(key, value) => {
                let pair = |rng: &mut Rng| format!("{}: {}", key.literal(rng, small), value.literal(rng, small));
                format!("{{{}}}", several(rng, 4, &pair))
            }
            Kind::Tuple(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| part.literal(rng, small)).collect();
                tuple(&parts)
            }
            Kind::Option(_) if rng.percent(30) => "None".to_string(),
            Kind::Option(inner) => inner.literal(rng, small),
            Kind::Record(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, kind)| format!("'{key}': {}", kind.literal(rng, small)));
                format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
            }
            Kind::Object(class) => format!("C{class}({}, {})", rng.between(-5, 9), Kind::Str.literal(rng, small)),
        }
    }
}

/// A tuple display.
pub fn tuple(parts: &[String]) -> String {
    match parts {
        [one] => format!("({one},)"),
        _ => format!("({})", parts.join(", ")),
    }
}
