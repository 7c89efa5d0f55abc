//! The layout shared by all numbers: sign, prefix, grouped digits, rest, padding.
//!
//! `| left | sign | prefix | inner | grouped digits | rest | right |`, as CPython's formatter lays it out.

use super::spec::{Grouping, Spec};
use crate::str::StrBuf;

/// A number taken apart.
pub(super) struct Parts<'a> {
    pub negative: bool,
    pub prefix: &'a str,
    /// The digits that grouping applies to.
    pub digits: &'a str,
    /// What follows them: point, fraction, exponent, a percent sign; or a name such as `inf`.
    pub rest: &'a str,
    /// Digits in a group.
    pub group: usize,
}

/// Appends the number as the specification asks.
pub(super) fn push(out: &mut StrBuf, parts: &Parts, spec: &Spec) {
    let sign = match spec.sign {
        _ if parts.negative => "-",
        b'+' => "+",
        b' ' => " ",
        _ => "",
    };
    let around = sign.len() + parts.prefix.len() + parts.rest.len();
    let align = spec.alignment(b'>');
    let width = spec.width.unwrap_or(0);
    let least = if spec.fill == b'0' as u32 && align == b'=' {
        width.saturating_sub(around)
    } else {
        0
    };
    let grouped = grouped(parts, spec.grouping, least);
    let missing = width.saturating_sub(around + grouped.len());
    let (left, inner, right) = match align {
        b'<' => (0, 0, missing),
        b'^' => (missing / 2, 0, missing - missing / 2),
        b'=' => (0, missing, 0),
        _ => (missing, 0, 0),
    };
    out.push_repeated(spec.fill, left);
    out.push_ascii(sign);
    out.push_ascii(parts.prefix);
    out.push_repeated(spec.fill, inner);
    out.push_ascii(&grouped);
    out.push_ascii(parts.rest);
    out.push_repeated(spec.fill, right);
}

/// The digits, with separators, filled up with zeros to at least `least` characters (one more where a separator
/// would come first).
fn grouped(parts: &Parts, grouping: Grouping, least: usize) -> String {
    let digits = parts.digits;
    if digits.is_empty() {
        return String::new();
    }
    let separator = match grouping {
        Grouping::None => return format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len()))),
        Grouping::Comma => b',',
        Grouping::Underscore => b'_',
    };
    let mut out = Vec::with_capacity(2 * digits.len().max(least));
    let (mut left, mut wanted) = (digits.len(), least);
    // From the right, one group at a time, zeros where the digits run out before the width does.
    loop {
        let length = parts.group.min(left.max(wanted).max(1));
        for place in 0..length {
            out.push(if place < left {
                digits.as_bytes()[left - 1 - place]
            } else {
                b'0'
            });
        }
        left = left.saturating_sub(length);
        wanted = wanted.saturating_sub(length);
        if left == 0 && wanted == 0 {
            break;
        }
        wanted = wanted.saturating_sub(1);
        out.push(separator);
    }
    out.iter().rev().map(|&byte| byte as char).collect()
}
