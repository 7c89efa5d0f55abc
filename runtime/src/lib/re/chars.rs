//! What `re` asks about characters: categories and case, by ASCII's rules or Unicode's.

use super::ast::Category;
use crate::str::unicode::{self, Case};

/// Which characters are digits, spaces and words, and how case folds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Charset {
    Ascii,
    Unicode,
}

impl Charset {
    /// True when `c` is of the category.
    #[inline]
    pub fn is(self, category: Category, c: u32) -> bool {
        if c < 128 {
            return ascii_is(category, c as u8) || (self == Charset::Unicode && is_separator(category, c));
        }
        self == Charset::Unicode && unicode_is(category, c)
    }

    /// The lower case of `c`, one character for one.
    #[inline]
    pub fn lower(self, c: u32) -> u32 {
        if c < 128 {
            u32::from((c as u8).to_ascii_lowercase())
        } else if self == Charset::Unicode {
            first_of(c, Case::Lower)
        } else {
            c
        }
    }

    /// True when `c` has another case.
    pub fn is_cased(self, c: u32) -> bool {
        match self {
            Charset::Ascii => c < 128 && (c as u8).is_ascii_alphabetic(),
            Charset::Unicode => c != first_of(c, Case::Lower) || c != first_of(c, Case::Upper),
        }
    }
}

/// The first character of a case form, which is what `re` compares.
fn first_of(c: u32, case: Case) -> u32 {
    let mut form = Vec::with_capacity(3);
    unicode::push_case(&mut form, c, case);
    form[0]
}

/// The first character of the upper case of `c`.
pub fn upper(c: u32) -> u32 {
    first_of(c, Case::Upper)
}

/// `str.isidentifier` of a name.
pub fn is_identifier(name: &[u32]) -> bool {
    let Some((&first, rest)) = name.split_first() else {
        return false;
    };
    (first == u32::from(b'_') || unicode::is_xid_start(first)) && rest.iter().all(|&c| unicode::is_xid_continue(c))
}

/// The four information separators are spaces by Unicode's rules only.
fn is_separator(category: Category, c: u32) -> bool {
    category == Category::Space && matches!(c, 0x1c..=0x1f)
}

fn ascii_is(category: Category, c: u8) -> bool {
    match category {
        Category::Digit => c.is_ascii_digit(),
        Category::Space => matches!(c, b'\t'..=b'\r' | b' '),
        Category::Word => c.is_ascii_alphanumeric() || c == b'_',
    }
}

#[cold]
fn unicode_is(category: Category, c: u32) -> bool {
    match category {
        Category::Digit => unicode::is_decimal(c),
        Category::Space => unicode::is_space(c),
        Category::Word => unicode::is_alnum(c),
    }
}
