//! `Str`: Python's str. One pointer to a counted block: ASCII bytes, or the code points when any is not ASCII.
//!
//! Both forms index in constant time and lone surrogates survive. Equal strings have the same form.

mod buf;
mod case;
mod classify;
mod pad;
mod pieces;
mod repr;
mod split;
pub mod unicode;

pub use buf::StrBuf;
pub(crate) use case::swapped;
pub(crate) use repr::{push_hex, push_hex_escape};

use crate::block::{Block, Literal, NO_HASH};
use crate::hash;

/// ASCII text in a `static`, for literals: see [`lit!`](crate::lit).
pub type StrLit<const N: usize> = Literal<u8, N>;
/// Other text in a `static`.
pub type WideLit<const N: usize> = Literal<u32, N>;

#[repr(transparent)]
#[derive(Clone)]
pub struct Str(Block);

/// The content of a string in its form.
#[derive(Clone, Copy)]
pub enum Text<'a> {
    /// Only ASCII.
    Ascii(&'a [u8]),
    /// At least one code point is not ASCII.
    Wide(&'a [u32]),
}

/// A `Str` for a literal, from a `static`: `lit!("name")`.
#[macro_export]
macro_rules! lit {
    ($text:literal) => {{
        const WIDE: bool = !$text.is_ascii();
        if WIDE {
            const N: usize = if WIDE { $crate::str::count_points($text) } else { 0 };
            static LITERAL: $crate::str::WideLit<N> = $crate::str::wide_literal($text);
            $crate::str::Str::from_wide_literal(&LITERAL)
        } else {
            const N: usize = if WIDE { 0 } else { $text.len() };
            static LITERAL: $crate::str::StrLit<N> = $crate::str::ascii_literal($text);
            $crate::str::Str::from_literal(&LITERAL)
        }
    }};
}

/// How many code points `text` has.
pub const fn count_points(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut index) = (0, 0);
    while index < bytes.len() {
        count += (bytes[index] & 0xc0 != 0x80) as usize;
        index += 1;
    }
    count
}

/// The literal for ASCII `text` of `N` bytes (nothing when `N` is 0).
pub const fn ascii_literal<const N: usize>(text: &str) -> StrLit<N> {
    let bytes = text.as_bytes();
    let mut units = [0; N];
    let mut index = 0;
    while index < N {
        assert!(bytes[index] < 128);
        units[index] = bytes[index];
        index += 1;
    }
    Literal::bytes(units)
}

/// The literal for `text` of `N` code points (nothing when `N` is 0).
pub const fn wide_literal<const N: usize>(text: &str) -> WideLit<N> {
    let bytes = text.as_bytes();
    let mut units = [0; N];
    let (mut index, mut at) = (0, 0);
    while index < N {
        let (point, width) = decode_at(bytes, at);
        units[index] = point;
        index += 1;
        at += width;
    }
    Literal::wide(units)
}

/// The code point at byte `at` of valid UTF-8, and its width.
const fn decode_at(bytes: &[u8], at: usize) -> (u32, usize) {
    let first = bytes[at] as u32;
    let (mut point, width) = match first {
        0..0x80 => return (first, 1),
        0x80..0xe0 => (first & 0x1f, 2),
        0xe0..0xf0 => (first & 0x0f, 3),
        _ => (first & 0x07, 4),
    };
    let mut index = 1;
    while index < width {
        point = point << 6 | (bytes[at + index] as u32 & 0x3f);
        index += 1;
    }
    (point, width)
}

impl Str {
    /// The empty string.
    #[inline]
    pub fn empty() -> Str {
        Str(Block::empty())
    }

    #[inline(always)]
    pub fn from_literal<const N: usize>(literal: &'static StrLit<N>) -> Str {
        Str(literal.block())
    }

    /// The text of a literal that holds at least one code point that is not ASCII.
    #[inline(always)]
    pub fn from_wide_literal<const N: usize>(literal: &'static WideLit<N>) -> Str {
        Str(literal.block())
    }

    /// The string of one ASCII character.
    #[inline(always)]
    pub fn from_ascii_char(byte: u8) -> Str {
        Str(Block::from_bytes(&[byte]))
    }

    /// Text that the caller knows to be ASCII.
    #[inline]
    pub fn from_ascii(bytes: &[u8]) -> Str {
        debug_assert!(bytes.is_ascii());
        Str(Block::from_bytes(bytes))
    }

    /// The string of a text so short, and all ASCII, that equal ones are one object.
    #[inline]
    pub fn short(text: &str) -> Option<Str> {
        let block = (text.len() < size_of::<usize>() && text.is_ascii()).then(|| Block::from_bytes(text.as_bytes()));
        block.map(Str)
    }

    /// A text that needs no memory, and is one object with all that are equal.
    #[inline(always)]
    pub fn is_short(&self) -> bool {
        self.0.as_short().is_some()
    }

    /// The string of one code point (any below 0x110000, surrogates included).
    #[inline]
    pub fn from_code_point(point: u32) -> Str {
        if point < 128 {
            Str::from_ascii_char(point as u8)
        } else {
            Str(Block::from_wide(&[point]))
        }
    }

    /// The string of these code points, in the form they call for.
    pub fn from_code_points(points: &[u32]) -> Str {
        match points {
            &[point] => Str::from_code_point(point),
            _ if points.iter().all(|&point| point < 128) => Str::narrowed(points),
            _ => Str(Block::from_wide(points)),
        }
    }

    /// Code points that the caller knows to be ASCII.
    fn narrowed(points: &[u32]) -> Str {
        let mut block = Block::with_room(points.len(), false);
        for &point in points {
            // SAFETY: just made with that much room.
            unsafe { block.extend_bytes(&[point as u8]) };
        }
        Str(block)
    }

    /// The string in an ASCII block, shared with bytes; `None` when a byte is not ASCII.
    pub fn from_block(block: Block) -> Option<Str> {
        block.as_bytes().is_ascii().then_some(Str(block))
    }

    /// The block behind the handle.
    pub fn block(&self) -> &Block {
        &self.0
    }

    #[inline(always)]
    pub fn text(&self) -> Text<'_> {
        if self.0.is_wide() {
            Text::Wide(self.0.as_wide())
        } else {
            Text::Ascii(self.0.as_bytes())
        }
    }

    /// The text, when it is all ASCII.
    #[inline(always)]
    pub fn as_ascii(&self) -> Option<&str> {
        match self.text() {
            // SAFETY: ASCII is UTF-8.
            Text::Ascii(bytes) => Some(unsafe { std::str::from_utf8_unchecked(bytes) }),
            Text::Wide(_) => None,
        }
    }

    /// `len(s)`: code points.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The code point at `index`, which is in bounds.
    #[inline(always)]
    pub fn point(&self, index: usize) -> u32 {
        match self.text() {
            Text::Ascii(bytes) => bytes[index] as u32,
            Text::Wide(points) => points[index],
        }
    }

    /// The code points in order.
    pub fn points(&self) -> Vec<u32> {
        match self.text() {
            Text::Ascii(bytes) => bytes.iter().map(|&byte| byte as u32).collect(),
            Text::Wide(points) => points.to_vec(),
        }
    }

    /// The text as Rust's string; a lone surrogate becomes U+FFFD, so this is for messages and paths only.
    pub fn to_rust_string(&self) -> String {
        match self.text() {
            Text::Ascii(bytes) => bytes.iter().map(|&byte| byte as char).collect(),
            Text::Wide(points) => points
                .iter()
                .map(|&point| char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
        }
    }

    /// Same object (`is`).
    #[inline(always)]
    pub fn same(&self, other: &Str) -> bool {
        Block::same(&self.0, &other.0)
    }

    /// `id(s)`.
    pub fn address(&self) -> usize {
        self.0.address()
    }

    /// `hash(s)`, kept after the first time.
    #[inline]
    pub fn hash(&self) -> i64 {
        if let Some((content, len)) = self.0.as_short() {
            return hash::short_bytes(content, len);
        }
        match self.0.kept_hash() {
            NO_HASH => self.compute_hash(),
            hash => hash,
        }
    }

    #[inline(never)]
    fn compute_hash(&self) -> i64 {
        let hash = match self.text() {
            Text::Ascii(bytes) => hash::bytes(bytes),
            Text::Wide(points) => hash::code_points(points),
        };
        self.0.keep_hash(hash);
        hash
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Str {
        if text.is_ascii() {
            Str::from_ascii(text.as_bytes())
        } else {
            let points: Vec<u32> = text.chars().map(|c| c as u32).collect();
            Str::from_code_points(&points)
        }
    }
}

impl From<String> for Str {
    fn from(text: String) -> Str {
        Str::from(text.as_str())
    }
}

impl PartialEq for Str {
    #[inline]
    fn eq(&self, other: &Str) -> bool {
        if self.same(other) {
            return true;
        }
        if self.0.as_short().is_some() && other.0.as_short().is_some() {
            return false;
        }
        match (self.text(), other.text()) {
            (Text::Ascii(a), Text::Ascii(b)) => a == b,
            (Text::Wide(a), Text::Wide(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Str {}

impl PartialEq<str> for Str {
    #[inline]
    fn eq(&self, other: &str) -> bool {
        match self.text() {
            Text::Ascii(bytes) => bytes == other.as_bytes(),
            Text::Wide(points) => other.chars().map(|c| c as u32).eq(points.iter().copied()),
        }
    }
}

impl Ord for Str {
    /// By code point, as Python compares.
    fn cmp(&self, other: &Str) -> std::cmp::Ordering {
        match (self.text(), other.text()) {
            (Text::Ascii(a), Text::Ascii(b)) => a.cmp(b),
            (Text::Wide(a), Text::Wide(b)) => a.cmp(b),
            (Text::Ascii(a), Text::Wide(b)) => a.iter().map(|&byte| byte as u32).cmp(b.iter().copied()),
            (Text::Wide(a), Text::Ascii(b)) => a.iter().copied().cmp(b.iter().map(|&byte| byte as u32)),
        }
    }
}

impl PartialOrd for Str {
    #[inline]
    fn partial_cmp(&self, other: &Str) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Debug for Str {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.to_rust_string())
    }
}

impl std::fmt::Display for Str {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.to_rust_string())
    }
}

/// What number parsers read of text that is not ASCII: ASCII as it is, decimal digits of any script, other
/// whitespace as spaces, and a question mark for the rest.
pub(crate) fn plain_digits(points: &[u32]) -> Vec<u8> {
    let plain = |&point: &u32| match point {
        0..127 => point as u8,
        _ if unicode::is_space(point) => b' ',
        _ => unicode::decimal_value(point).map_or(b'?', |digit| b'0' + digit),
    };
    points.iter().map(plain).collect()
}
