//! Tests of one character: literals, sets, the dot; with or without regard to case.

use super::ast::*;
use super::casefix::fixes;
use super::chars::{Charset, upper};

/// What one character must be.
#[derive(Clone, Debug)]
pub enum Test {
    Literal(u32),
    NotLiteral(u32),
    /// The dot: anything but a newline.
    NotNewline,
    Any,
    Set(Box<Set>),
}

impl Test {
    /// True when `c` passes.
    #[inline(always)]
    pub fn accepts(&self, c: u32) -> bool {
        match self {
            Test::Literal(literal) => c == *literal,
            Test::NotLiteral(literal) => c != *literal,
            Test::NotNewline => c != 10,
            Test::Any => true,
            Test::Set(set) => set.contains(c),
        }
    }
}

/// A member of a set after case has been dealt with.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Member {
    Range(u32, u32),
    Category(Category, bool),
    /// A range beyond the basic plane, met also by characters whose upper case is in it.
    CasedRange(u32, u32),
}

/// A set of characters: a bitmap for the first 256, rules for the others.
#[derive(Clone, Debug)]
pub struct Set {
    bitmap: [u64; 4],
    rules: Rules,
}

#[derive(Clone, Debug)]
struct Rules {
    negate: bool,
    /// Characters are put to lower case before they are looked up.
    fold: bool,
    charset: Charset,
    members: Vec<Member>,
}

impl Set {
    fn new(rules: Rules) -> Set {
        let mut bitmap = [0; 4];
        for c in (0..256).filter(|&c| rules.contain(c)) {
            bitmap[c as usize / 64] |= 1 << (c % 64);
        }
        Set { bitmap, rules }
    }

    /// True when `c` is in the set.
    #[inline(always)]
    pub fn contains(&self, c: u32) -> bool {
        if c < 256 {
            self.bitmap[c as usize / 64] >> (c % 64) & 1 == 1
        } else {
            self.rules.contain(c)
        }
    }
}

impl Rules {
    fn contain(&self, c: u32) -> bool {
        let c = if self.fold { self.charset.lower(c) } else { c };
        self.members.iter().any(|member| self.covers(member, c)) != self.negate
    }

    fn covers(&self, member: &Member, c: u32) -> bool {
        match *member {
            Member::Range(lo, hi) => (lo..=hi).contains(&c),
            Member::Category(category, inverted) => self.charset.is(category, c) != inverted,
            Member::CasedRange(lo, hi) => (lo..=hi).contains(&c) || (lo..=hi).contains(&upper(c)),
        }
    }
}

/// The test for a literal or its opposite under `flags`.
pub fn literal(c: u32, negate: bool, flags: u32) -> Test {
    let charset = charset_of(flags);
    if flags & IGNORECASE == 0 || !charset.is_cased(c) {
        return if negate { Test::NotLiteral(c) } else { Test::Literal(c) };
    }
    let lower = charset.lower(c);
    let mut members = vec![Member::Range(lower, lower)];
    if charset == Charset::Unicode {
        members.extend(fixes(lower).iter().map(|&other| Member::Range(other, other)));
    }
    Test::Set(Box::new(Set::new(Rules {
        negate,
        fold: true,
        charset,
        members,
    })))
}

/// The test for a set under `flags`.
pub fn set(items: &[Item], negate: bool, flags: u32) -> Test {
    let charset = charset_of(flags);
    let ignore = flags & IGNORECASE != 0;
    let mut builder = Builder {
        charset,
        ignore,
        fold: false,
        members: Vec::new(),
    };
    items.iter().for_each(|&item| builder.add(item));
    let rules = Rules {
        negate,
        fold: builder.fold,
        charset,
        members: merged(builder.members),
    };
    Test::Set(Box::new(Set::new(rules)))
}

/// The rules of text or those of ASCII, by the flags.
pub fn charset_of(flags: u32) -> Charset {
    if flags & UNICODE != 0 {
        Charset::Unicode
    } else {
        Charset::Ascii
    }
}

struct Builder {
    charset: Charset,
    ignore: bool,
    fold: bool,
    members: Vec<Member>,
}

impl Builder {
    fn add(&mut self, item: Item) {
        match item {
            Item::Category(category, inverted) => self.members.push(Member::Category(category, inverted)),
            Item::Literal(c) if !self.ignore => self.members.push(Member::Range(c, c)),
            Item::Range(lo, hi) if !self.ignore => self.members.push(Member::Range(lo, hi)),
            Item::Literal(c) if c > 0xffff => {
                // Beyond the basic plane CPython compares the literal as it stands with the lowered character.
                self.fold = true;
                self.members.push(Member::Range(c, c));
            }
            Item::Literal(c) => self.add_folded(c),
            Item::Range(lo, hi) => {
                (lo..=hi.min(0xffff)).for_each(|c| self.add_folded(c));
                if hi > 0xffff {
                    self.fold = true;
                    self.members.push(Member::CasedRange(lo, hi));
                }
            }
        }
    }

    fn add_folded(&mut self, c: u32) {
        let lower = self.charset.lower(c);
        self.members.push(Member::Range(lower, lower));
        if self.charset == Charset::Unicode {
            self.members
                .extend(fixes(lower).iter().map(|&other| Member::Range(other, other)));
        }
        self.fold |= self.charset.is_cased(c);
    }
}

/// Joins touching ranges.
fn merged(members: Vec<Member>) -> Vec<Member> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    let mut out = Vec::new();
    for member in members {
        match member {
            Member::Range(lo, hi) => ranges.push((lo, hi)),
            other => out.push(other),
        }
    }
    ranges.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (lo, hi) in ranges {
        match joined.last_mut() {
            Some(last) if lo <= last.1.saturating_add(1) => last.1 = last.1.max(hi),
            _ => joined.push((lo, hi)),
        }
    }
    out.splice(0..0, joined.into_iter().map(|(lo, hi)| Member::Range(lo, hi)));
    out
}
