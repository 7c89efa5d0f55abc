//! Random text of the kinds that programs stumble over.

use super::material::Material;
use super::rng::Rng;

const WORDS: &[&str] = &[
    "a", "the", "Hello", "world", "foo", "bar", "Pivot", "x1", "hello", "NOT", "is", "zebra", "A",
];
const NUMBERS: &[&str] = &[
    "0",
    "42",
    "-7",
    "3.14",
    "1e5",
    "0x1F",
    " 12 ",
    "+5",
    "007",
    "1_000",
    "\u{ff11}\u{ff12}",
    "nan",
    "inf",
    "-0.0",
    "12a",
    "99999999999999999999",
    "1,234",
    "0.1",
    "\u{0663}",
    "\u{00b2}",
];
const STRANGE: &[&str] = &[
    "\u{e9}",
    "\u{df}",
    "\u{130}",
    "\u{1c5}",
    "e\u{301}",
    "\u{1f600}",
    "\u{4e2d}\u{6587}",
    "\u{5d0}\u{5d1}",
    "\u{a0}",
    "\u{2028}",
    "\u{85}",
    "\u{fb01}",
    "\u{3c3}\u{3c2}",
    "\u{1d54f}",
    "\u{feff}",
    "\u{200b}",
    "\u{ffff}",
    "\u{10ffff}",
];
const BLANKS: &[&str] = &[
    " ", "  ", "\n", "\t", "\r\n", "\u{b}", "\u{1c}", "\0", "\x7f", "'", "\"", "\\", "%s", "{}", "{0}",
];
const JSON: &[&str] = &[
    "{}",
    "[]",
    "null",
    "true",
    "1",
    "\"x\"",
    "[1, 2.5, -0]",
    "{\"a\": [1, {\"b\": null}]}",
    "[1, 2",
    "{'a': 1}",
    "NaN",
    "1e400",
    "123456789012345678901234567890",
    "{\"a\": 1, \"a\": 2}",
    "\"\\ud800\"",
    " 1 ",
    "[1,]",
    "\"\\u00e9\"",
];

/// The bytes of a str; mostly UTF-8, now and then with a lone surrogate as `surrogatepass` writes it.
pub fn any(rng: &mut Rng, material: &Material) -> Vec<u8> {
    let documents = if material.json { 60 } else { 4 };
    let text = match rng.weighted(&[28, 14, 12, 9, 8, 8, 6, 3, documents, 3, 4, 1]) {
        0 => small_alphabet(rng, material),
        1 => sentence(rng),
        2 => harvested(rng, material),
        3 => (*rng.pick(NUMBERS)).to_string(),
        4 => short(rng),
        5 => mixed(rng, STRANGE),
        6 => mixed(rng, BLANKS),
        7 => long(rng, material),
        8 => json(rng, material),
        9 => repeated(rng, &["(", ")", "[", "]", "{", "}", "<", ">"], 10),
        10 => printable(rng),
        _ => return surrogate(rng),
    };
    text.into_bytes()
}

fn repeated(rng: &mut Rng, parts: &[&str], most: usize) -> String {
    let count = rng.below(most + 1);
    (0..count).map(|_| *rng.pick(parts)).collect()
}

/// Few different characters, so that repeats, prefixes and palindromes are common; the function's own where it has some.
fn small_alphabet(rng: &mut Rng, material: &Material) -> String {
    if !material.texts.is_empty() && rng.percent(30) {
        return of_one_text(rng, material);
    }
    let own: Vec<char> = material.texts.iter().flat_map(|text| text.chars()).take(200).collect();
    let size = 1 + rng.below(4);
    let alphabet: Vec<char> = (0..size)
        .map(|_| match own.is_empty() || rng.percent(50) {
            true => *rng.pick(&['a', 'b', 'c', 'A', 'z', '0', '1', ' ']),
            false => *rng.pick(&own),
        })
        .collect();
    let length = rng.below(9);
    (0..length).map(|_| *rng.pick(&alphabet)).collect()
}

/// The characters of one constant, such as a list of operators, among digits.
fn of_one_text(rng: &mut Rng, material: &Material) -> String {
    let own: Vec<char> = rng.pick::<String>(&material.texts).chars().take(12).collect();
    let length = rng.below(9);
    (0..length)
        .map(|_| match own.is_empty() || rng.percent(50) {
            true => char::from(rng.between(i64::from(b'0'), i64::from(b'9')) as u8),
            false => *rng.pick(&own),
        })
        .collect()
}

fn sentence(rng: &mut Rng) -> String {
    let count = 1 + rng.below(5);
    let words: Vec<&str> = (0..count).map(|_| *rng.pick(WORDS)).collect();
    let between = *rng.pick(&[" ", " ", " ", ", ", "-", "_", "  ", "\n", "."]);
    words.join(between)
}

fn harvested(rng: &mut Rng, material: &Material) -> String {
    if material.texts.is_empty() {
        return sentence(rng);
    }
    let one = rng.pick(&material.texts).clone();
    match rng.below(4) {
        0 => one,
        1 => one + &short(rng),
        2 => small_alphabet(rng, material) + &one,
        _ => format!("{}{}{}", short(rng), one, rng.pick(&material.texts)),
    }
}

fn short(rng: &mut Rng) -> String {
    match rng.below(4) {
        0 => String::new(),
        1 => char::from(rng.between(0x20, 0x7E) as u8).to_string(),
        _ => char::from(rng.between(i64::from(b'a'), i64::from(b'e')) as u8).to_string(),
    }
}

fn mixed(rng: &mut Rng, parts: &[&str]) -> String {
    let count = 1 + rng.below(4);
    (0..count)
        .map(|_| {
            if rng.percent(50) {
                *rng.pick(parts)
            } else {
                *rng.pick(WORDS)
            }
        })
        .collect()
}

fn long(rng: &mut Rng, material: &Material) -> String {
    let part = small_alphabet(rng, material) + rng.pick::<&str>(WORDS);
    part.repeat(5 + rng.below(40))
}

fn json(rng: &mut Rng, material: &Material) -> String {
    let keys: Vec<&String> = material.texts.iter().filter(|text| text.len() < 30).collect();
    if keys.is_empty() || rng.percent(25) {
        return json_value(rng);
    }
    let count = 1 + rng.below(keys.len().min(4));
    let pairs: Vec<String> = (0..count)
        .map(|_| format!("{:?}: {}", rng.pick(&keys), json_value(rng)))
        .collect();
    let record = format!("{{{}}}", pairs.join(", "));
    if rng.percent(15) { format!("[{record}]") } else { record }
}

fn json_value(rng: &mut Rng) -> String {
    match rng.below(10) {
        0..4 => rng.between(-100, 1000).to_string(),
        4 => super::boundary::int(rng).to_string(),
        5 => format!("{}.5", rng.between(-20, 20)),
        6 => format!("\"{}\"", rng.pick(&["", "a", "12", "some text"])),
        _ => (*rng.pick(JSON)).to_string(),
    }
}

fn printable(rng: &mut Rng) -> String {
    let count = rng.below(12);
    (0..count).map(|_| char::from(rng.between(0x20, 0x7E) as u8)).collect()
}

fn surrogate(rng: &mut Rng) -> Vec<u8> {
    let mut text = b"a".to_vec();
    text.extend([0xED, 0xA0 + rng.below(32) as u8, 0x80 + rng.below(64) as u8]);
    text
}
