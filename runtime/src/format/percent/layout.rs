//! Width, sign and padding: the same for text and bytes.

use super::directive::Directive;

/// What is written: characters through `push`, in order.
pub(super) trait Sink {
    fn repeat(&mut self, byte: u8, count: usize);
    fn ascii(&mut self, text: &str);
}

/// Writes a number: its sign as the flags want it, zeros after the sign and prefix.
pub(super) fn push_number(out: &mut impl Sink, directive: &Directive, text: &str) {
    let negative = text.starts_with('-');
    let size = if negative { &text[1..] } else { text };
    let sign = match () {
        _ if negative => "-",
        _ if directive.plus => "+",
        _ if directive.blank => " ",
        _ => "",
    };
    let prefixed = directive.alternate && matches!(directive.letter as u8, b'o' | b'x' | b'X');
    let (prefix, digits) = size.split_at(if prefixed { 2 } else { 0 });
    let missing = directive.width.saturating_sub(sign.len() + size.len());
    let (left, zeros, right) = match (directive.left, directive.zero) {
        (true, _) => (0, 0, missing),
        (false, true) => (0, missing, 0),
        (false, false) => (missing, 0, 0),
    };
    out.repeat(b' ', left);
    out.ascii(sign);
    out.ascii(prefix);
    out.repeat(b'0', zeros);
    out.ascii(digits);
    out.repeat(b' ', right);
}

/// Writes something of `len` characters, padded with spaces.
pub(super) fn push_padded<S: Sink>(out: &mut S, directive: &Directive, len: usize, push: impl FnOnce(&mut S)) {
    let missing = directive.width.saturating_sub(len);
    out.repeat(b' ', if directive.left { 0 } else { missing });
    push(out);
    out.repeat(b' ', if directive.left { missing } else { 0 });
}
