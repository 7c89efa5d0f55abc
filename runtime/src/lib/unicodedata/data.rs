//! What CPython 3.11 (Unicode 14.0.0) knows of each code point: `data.txt`, written by
//! runtime/scripts/unicodedata_table.py, read when it is first asked for.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A run of code points of which the same is known.
pub struct Record {
    last: u32,
    pub category: &'static str,
    pub bidirectional: &'static str,
    pub combining: u8,
    pub mirrored: bool,
    pub width: &'static str,
}

/// What a code point stands for.
pub struct Decomposition {
    /// As `unicodedata.decomposition` tells it.
    pub text: &'static str,
    pub is_canonical: bool,
    pub points: Vec<u32>,
}

/// The values of a digit or another numeral.
#[derive(Clone, Copy)]
pub struct Numeral {
    pub numeric: f64,
    pub digit: Option<i64>,
    pub decimal: Option<i64>,
}

/// All of it.
pub struct Data {
    records: Vec<Record>,
    decompositions: HashMap<u32, Decomposition>,
    compositions: HashMap<(u32, u32), u32>,
    numerals: HashMap<u32, Numeral>,
}

static DATA: LazyLock<Data> = LazyLock::new(|| Data::read(include_str!("data.txt")));

pub fn data() -> &'static Data {
    &DATA
}

fn hex(text: &str) -> u32 {
    u32::from_str_radix(text, 16).expect("a code point")
}

impl Data {
    fn read(text: &'static str) -> Data {
        let mut data = Data {
            records: Vec::new(),
            decompositions: HashMap::new(),
            compositions: HashMap::new(),
            numerals: HashMap::new(),
        };
        for line in text.lines() {
            let words: Vec<&'static str> = line.splitn(4, ' ').collect();
            match words[..] {
                ["R", last, category, rest] => data.records.push(record(hex(last), category, rest)),
                ["D", point, composes, rest] => data.add_decomposition(hex(point), composes == "c", rest),
                ["N", point, numeric, rest] => {
                    let (digit, decimal) = rest.split_once(' ').expect("two values");
                    let numeral = Numeral {
                        numeric: numeric.parse().expect("a float"),
                        digit: digit.parse().ok(),
                        decimal: decimal.parse().ok(),
                    };
                    data.numerals.insert(hex(point), numeral);
                }
                _ => unreachable!("a line of another kind: {line}"),
            }
        }
        data
    }

    fn add_decomposition(&mut self, point: u32, composes: bool, text: &'static str) {
        let points: Vec<u32> = text.split(' ').filter(|word| !word.starts_with('<')).map(hex).collect();
        if composes {
            self.compositions.insert((points[0], points[1]), point);
        }
        let decomposition = Decomposition {
            text,
            is_canonical: !text.starts_with('<'),
            points,
        };
        self.decompositions.insert(point, decomposition);
    }

    pub fn record(&self, point: u32) -> &Record {
        &self.records[self.records.partition_point(|record| record.last < point)]
    }

    pub fn decomposition(&self, point: u32) -> Option<&Decomposition> {
        self.decompositions.get(&point)
    }

    /// The code point that two stand for.
    pub fn composition(&self, first: u32, second: u32) -> Option<u32> {
        self.compositions.get(&(first, second)).copied()
    }

    pub fn numeral(&self, point: u32) -> Option<Numeral> {
        self.numerals.get(&point).copied()
    }
}

fn record(last: u32, category: &'static str, rest: &'static str) -> Record {
    let words: Vec<&'static str> = rest.split(' ').collect();
    Record {
        last,
        category,
        bidirectional: if words[0] == "-" { "" } else { words[0] },
        combining: words[1].parse().expect("a class"),
        mirrored: words[2] == "1",
        width: words[3],
    }
}
