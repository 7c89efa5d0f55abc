//! The four normalization forms: Unicode Standard Annex 15, with Hangul as the standard's chapter 3.12 computes it.

use super::data::data;

const FIRST_L: u32 = 0x1100;
const FIRST_V: u32 = 0x1161;
/// One before the first trailing consonant.
const BEFORE_T: u32 = 0x11a7;
const FIRST_SYLLABLE: u32 = 0xac00;
const COUNT_L: u32 = 19;
const COUNT_V: u32 = 21;
const COUNT_T: u32 = 28;

/// A normalization form.
#[derive(Clone, Copy)]
pub struct Form {
    compatible: bool,
    composed: bool,
}

impl Form {
    pub fn named(name: &str) -> Option<Form> {
        let (compatible, composed) = match name {
            "NFC" => (false, true),
            "NFD" => (false, false),
            "NFKC" => (true, true),
            "NFKD" => (true, false),
            _ => return None,
        };
        Some(Form { compatible, composed })
    }

    pub fn of(self, text: &[u32]) -> Vec<u32> {
        let mut points = Vec::with_capacity(text.len());
        for &point in text {
            self.decompose(point, &mut points);
        }
        put_in_order(&mut points);
        if self.composed { compose(&points) } else { points }
    }

    fn decompose(self, point: u32, out: &mut Vec<u32>) {
        if (FIRST_SYLLABLE..FIRST_SYLLABLE + COUNT_L * COUNT_V * COUNT_T).contains(&point) {
            let at = point - FIRST_SYLLABLE;
            out.push(FIRST_L + at / (COUNT_V * COUNT_T));
            out.push(FIRST_V + at % (COUNT_V * COUNT_T) / COUNT_T);
            if !at.is_multiple_of(COUNT_T) {
                out.push(BEFORE_T + at % COUNT_T);
            }
            return;
        }
        match data().decomposition(point) {
            Some(known) if known.is_canonical || self.compatible => {
                known.points.iter().for_each(|&part| self.decompose(part, out));
            }
            _ => out.push(point),
        }
    }
}

fn class_of(point: u32) -> u8 {
    // Nothing below combines.
    if point < 0x300 {
        0
    } else {
        data().record(point).combining
    }
}

/// Marks in the order of their classes, within what belongs to one base.
fn put_in_order(points: &mut [u32]) {
    for marks in points.chunk_by_mut(|_, &next| class_of(next) != 0) {
        let start = usize::from(class_of(marks[0]) == 0);
        marks[start..].sort_by_key(|&mark| class_of(mark));
    }
}

/// Each base with the marks that it can take in.
fn compose(points: &[u32]) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::with_capacity(points.len());
    let mut base: Option<usize> = None;
    // The class of the mark before, where it was not taken in.
    let mut between: Option<u8> = None;
    for &point in points {
        let class = class_of(point);
        let blocked = between.is_some_and(|before| before >= class);
        let taken = base
            .filter(|_| !blocked)
            .and_then(|at| Some((at, pair(out[at], point)?)));
        if let Some((at, composed)) = taken {
            out[at] = composed;
            continue;
        }
        out.push(point);
        if class == 0 {
            base = Some(out.len() - 1);
            between = None;
        } else {
            between = Some(class);
        }
    }
    out
}

fn pair(first: u32, second: u32) -> Option<u32> {
    let (l, v) = (first.wrapping_sub(FIRST_L), second.wrapping_sub(FIRST_V));
    if l < COUNT_L && v < COUNT_V {
        return Some(FIRST_SYLLABLE + (l * COUNT_V + v) * COUNT_T);
    }
    let (syllable, t) = (first.wrapping_sub(FIRST_SYLLABLE), second.wrapping_sub(BEFORE_T));
    if syllable < COUNT_L * COUNT_V * COUNT_T && syllable.is_multiple_of(COUNT_T) && (1..COUNT_T).contains(&t) {
        return Some(first + t);
    }
    data().composition(first, second)
}
