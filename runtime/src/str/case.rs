//! Changing case.

use super::unicode::{self, Case};
use super::{Str, Text};
use crate::block::Block;

const CAPITAL_SIGMA: u32 = 0x3a3;
const SMALL_SIGMA: u32 = 0x3c3;
const FINAL_SIGMA: u32 = 0x3c2;

impl Str {
    /// ASCII text whose characters `change` maps to ASCII.
    #[inline]
    fn mapped(bytes: &[u8], change: impl Fn(u8) -> u8) -> Str {
        Str(Block::mapped(bytes, change))
    }

    /// `s.lower()`.
    #[inline]
    pub fn lower(&self) -> Str {
        match self.text() {
            Text::Ascii(bytes) => Str::mapped(bytes, |byte| byte.to_ascii_lowercase()),
            Text::Wide(points) => wide(points, |out, at| push_lower(out, points, at)),
        }
    }

    /// `s.upper()`.
    #[inline]
    pub fn upper(&self) -> Str {
        match self.text() {
            Text::Ascii(bytes) => Str::mapped(bytes, |byte| byte.to_ascii_uppercase()),
            Text::Wide(points) => wide(points, |out, at| unicode::push_case(out, points[at], Case::Upper)),
        }
    }

    /// `s.casefold()`.
    pub fn casefold(&self) -> Str {
        match self.text() {
            Text::Ascii(_) => self.lower(),
            Text::Wide(points) => wide(points, |out, at| unicode::push_case(out, points[at], Case::Fold)),
        }
    }

    /// `s.capitalize()`.
    pub fn capitalize(&self) -> Str {
        match self.text() {
            Text::Ascii(bytes) => {
                let mut block = Block::mapped(bytes, |byte| byte.to_ascii_lowercase());
                if let Some(first) = block.bytes_mut().first_mut() {
                    first.make_ascii_uppercase();
                }
                Str(block)
            }
            Text::Wide(points) => wide(points, |out, at| match at {
                0 => unicode::push_case(out, points[0], Case::Title),
                _ => push_lower(out, points, at),
            }),
        }
    }

    /// `s.swapcase()`.
    pub fn swapcase(&self) -> Str {
        match self.text() {
            Text::Ascii(bytes) => Str::mapped(bytes, swapped),
            Text::Wide(points) => wide(points, |out, at| match points[at] {
                point if unicode::is_upper(point) => push_lower(out, points, at),
                point if unicode::is_lower(point) => unicode::push_case(out, point, Case::Upper),
                point => out.push(point),
            }),
        }
    }

    /// `s.title()`.
    pub fn title(&self) -> Str {
        if let Text::Ascii(bytes) = self.text() {
            return Str::from_ascii(&crate::bytes::ops::title(bytes));
        }
        let points = self.points();
        let mut after_cased = false;
        wide(&points, |out, at| {
            if after_cased {
                push_lower(out, &points, at);
            } else {
                unicode::push_case(out, points[at], Case::Title);
            }
            after_cased = unicode::is_cased(points[at]);
        })
    }
}

/// `byte` in the other case, when it is a letter.
pub(crate) fn swapped(byte: u8) -> u8 {
    if byte.is_ascii_alphabetic() { byte ^ 0x20 } else { byte }
}

fn wide(points: &[u32], mut push: impl FnMut(&mut Vec<u32>, usize)) -> Str {
    let mut out = Vec::with_capacity(points.len());
    for at in 0..points.len() {
        push(&mut out, at);
    }
    Str::from_code_points(&out)
}

fn push_lower(out: &mut Vec<u32>, points: &[u32], at: usize) {
    match points[at] {
        CAPITAL_SIGMA => out.push(lower_sigma(points, at)),
        point => unicode::push_case(out, point, Case::Lower),
    }
}

/// A capital sigma ends a word, and gets the final form, when a cased letter stands before it and none after it,
/// case-ignorable ones aside.
fn lower_sigma(points: &[u32], at: usize) -> u32 {
    let cased = |point: Option<&u32>| point.is_some_and(|&point| unicode::is_cased(point));
    let ignorable = |point: &&u32| unicode::is_case_ignorable(**point);
    let before = cased(points[..at].iter().rev().find(|point| !ignorable(point)));
    let after = cased(points[at + 1..].iter().find(|point| !ignorable(point)));
    if before && !after { FINAL_SIGMA } else { SMALL_SIGMA }
}
