//! The tree of a regular expression and its flags.

pub const IGNORECASE: u32 = 2;
pub const LOCALE: u32 = 4;
pub const MULTILINE: u32 = 8;
pub const DOTALL: u32 = 16;
pub const UNICODE: u32 = 32;
pub const VERBOSE: u32 = 64;
pub const DEBUG: u32 = 128;
pub const ASCII: u32 = 256;
pub const TEMPLATE: u32 = 1;
/// The flags of which at most one may be on.
pub const TYPE_FLAGS: u32 = ASCII | LOCALE | UNICODE;
/// No upper bound on a repetition.
pub const UNBOUNDED: u32 = u32::MAX;

/// A row of items matched one after the other.
pub type Seq = Vec<Node>;

/// A class of characters by property.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Category {
    Digit,
    Space,
    Word,
}

/// A member of a character set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Item {
    Literal(u32),
    Range(u32, u32),
    /// The flag inverts the category.
    Category(Category, bool),
}

/// A place in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum At {
    /// `^`: the start, and in multi-line mode each line's.
    Beginning,
    BeginningString,
    BeginningLine,
    /// `$`: the end or before a last newline; in multi-line mode each line's end.
    End,
    EndLine,
    EndString,
    Boundary,
    NonBoundary,
}

/// How a repetition tries its counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Greed {
    Greedy,
    Lazy,
    Possessive,
}

/// One item of a regular expression.
#[derive(Clone, PartialEq, Debug)]
pub enum Node {
    Literal(u32),
    NotLiteral(u32),
    Any,
    Set {
        negate: bool,
        items: Vec<Item>,
    },
    At(At),
    Branch(Vec<Seq>),
    Repeat {
        greed: Greed,
        min: u32,
        max: u32,
        body: Seq,
    },
    Group {
        index: Option<u32>,
        add: u32,
        remove: u32,
        body: Seq,
    },
    Atomic(Seq),
    Look {
        ahead: bool,
        negate: bool,
        body: Seq,
    },
    Backreference(u32),
    Conditional {
        group: u32,
        yes: Seq,
        no: Option<Seq>,
    },
}

/// Widths from here up all count as unbounded.
pub const MAX_WIDTH: u128 = 1 << 64;

/// The least and greatest number of characters a row can match; `groups` holds the widths of closed groups.
pub fn width(seq: &[Node], groups: &[Option<(u128, u128)>]) -> (u128, u128) {
    let (lo, hi) = seq
        .iter()
        .map(|node| node_width(node, groups))
        .fold((0u128, 0u128), |(lo, hi), (l, h)| {
            (lo.saturating_add(l), hi.saturating_add(h))
        });
    (lo.min(MAX_WIDTH), hi.min(MAX_WIDTH))
}

fn node_width(node: &Node, groups: &[Option<(u128, u128)>]) -> (u128, u128) {
    match node {
        Node::Literal(_) | Node::NotLiteral(_) | Node::Any | Node::Set { .. } => (1, 1),
        Node::At(_) | Node::Look { .. } => (0, 0),
        Node::Branch(items) => items
            .iter()
            .map(|item| width(item, groups))
            .fold((MAX_WIDTH, 0), |(lo, hi), (l, h)| (lo.min(l), hi.max(h))),
        Node::Repeat { min, max, body, .. } => {
            let (lo, hi) = width(body, groups);
            let unbounded = *max == UNBOUNDED && hi > 0;
            let hi = if unbounded {
                MAX_WIDTH
            } else {
                hi.saturating_mul(u128::from(*max))
            };
            (lo.saturating_mul(u128::from(*min)), hi)
        }
        Node::Group { body, .. } | Node::Atomic(body) => width(body, groups),
        Node::Backreference(group) => groups.get(*group as usize).copied().flatten().unwrap_or((0, 0)),
        Node::Conditional { yes, no, .. } => conditional_width(yes, no.as_ref(), groups),
    }
}

fn conditional_width(yes: &Seq, no: Option<&Seq>, groups: &[Option<(u128, u128)>]) -> (u128, u128) {
    let (lo, hi) = width(yes, groups);
    match no {
        None => (0, hi),
        Some(no) => {
            let (l, h) = width(no, groups);
            (lo.min(l), hi.max(h))
        }
    }
}
