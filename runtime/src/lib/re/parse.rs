//! Patterns to trees, as CPython 3.11 reads them, with its complaints and their places.

use super::ast::*;
use super::chars::is_identifier;
use super::escape::{self, quoted};
use super::tokens::{Fault, Token, Tokens, show};
use crate::str::unicode::is_alpha;

/// CPython's recursive parser runs out of stack a little below this nesting.
const MAX_DEPTH: u32 = 240;

/// The groups met so far.
#[derive(Default)]
pub struct Groups {
    /// Width of each closed group; group 0 is the whole.
    widths: Vec<Option<(u128, u128)>>,
    /// Names in order of appearance.
    pub names: Vec<(Vec<u32>, u32)>,
    /// The number of groups when the outermost look-behind was opened.
    look_behind: Option<u32>,
    /// Groups that conditions refer to, with the place.
    conditions: Vec<(u32, usize)>,
}

impl Groups {
    /// How many groups there are, the whole included.
    pub fn count(&self) -> u32 {
        self.widths.len() as u32
    }

    /// True when the group's closing parenthesis has been read.
    pub fn is_closed(&self, group: u32) -> bool {
        self.widths.get(group as usize).is_some_and(Option::is_some)
    }

    /// Inside a look-behind, only groups closed before it may be referred to.
    pub fn check_look_behind(&self, group: u32, tokens: &Tokens) -> Result<(), Fault> {
        let Some(limit) = self.look_behind else { return Ok(()) };
        if !self.is_closed(group) {
            return Err(tokens.fault("cannot refer to an open group", 0));
        }
        if group >= limit {
            return Err(tokens.fault("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }

    fn open(&mut self, name: Option<&[u32]>) -> Result<u32, String> {
        let group = self.count();
        self.widths.push(None);
        if let Some(name) = name {
            if let Some(earlier) = self.by_name(name) {
                let name = quoted(name);
                return Err(format!(
                    "redefinition of group name {name} as group {group}; was group {earlier}"
                ));
            }
            self.names.push((name.to_vec(), group));
        }
        Ok(group)
    }

    fn by_name(&self, name: &[u32]) -> Option<u32> {
        self.names
            .iter()
            .find(|(known, _)| known == name)
            .map(|&(_, group)| group)
    }
}

/// A parsed pattern.
pub struct Parsed {
    pub tree: Seq,
    pub flags: u32,
    pub groups: Groups,
}

impl Parsed {
    /// The widths of the groups, for [`width`].
    pub fn widths(&self) -> &[Option<(u128, u128)>] {
        &self.groups.widths
    }
}

/// Reads a pattern; `is_text` tells text from bytes.
pub fn parse(points: &[u32], is_text: bool, flags: u32) -> Result<Parsed, Fault> {
    let tokens = Tokens::new(points, is_text)?;
    let groups = Groups {
        widths: vec![None],
        ..Groups::default()
    };
    let mut parser = Parser {
        tokens,
        groups,
        flags,
        depth: 0,
    };
    let tree = parser.alternation(flags & VERBOSE != 0, true)?;
    let flags = fix_flags(is_text, parser.flags)?;
    if parser.tokens.peek().is_some() {
        return Err(parser.tokens.fault("unbalanced parenthesis", 0));
    }
    for &(group, place) in &parser.groups.conditions {
        if group >= parser.groups.count() {
            return Err(Fault::Pattern(format!("invalid group reference {group}"), Some(place)));
        }
    }
    Ok(Parsed {
        tree,
        flags,
        groups: parser.groups,
    })
}

fn fix_flags(is_text: bool, flags: u32) -> Result<u32, Fault> {
    if !is_text {
        return match flags {
            _ if flags & UNICODE != 0 => Err(Fault::Value("cannot use UNICODE flag with a bytes pattern")),
            _ if flags & LOCALE == 0 => Ok(flags),
            _ if flags & ASCII != 0 => Err(Fault::Value("ASCII and LOCALE flags are incompatible")),
            _ => Err(Fault::Unsupported("the LOCALE flag of regular expressions")),
        };
    }
    if flags & LOCALE != 0 {
        return Err(Fault::Value("cannot use LOCALE flag with a str pattern"));
    }
    if flags & ASCII == 0 {
        return Ok(flags | UNICODE);
    }
    if flags & UNICODE != 0 {
        return Err(Fault::Value("ASCII and UNICODE flags are incompatible"));
    }
    Ok(flags)
}

struct Parser<'a> {
    tokens: Tokens<'a>,
    groups: Groups,
    flags: u32,
    depth: u32,
}

/// What the parentheses of a group said before its content.
struct Opening {
    capture: bool,
    atomic: bool,
    name: Option<Vec<u32>>,
    add: u32,
    remove: u32,
}

impl Parser<'_> {
    /// `a|b|c`; `top` at the outermost level.
    fn alternation(&mut self, verbose: bool, top: bool) -> Result<Seq, Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::Recursion);
        }
        let mut verbose = verbose;
        let mut items = vec![self.sequence(verbose, top)?];
        while self.tokens.accept('|')? {
            if top {
                verbose = self.flags & VERBOSE != 0;
            }
            items.push(self.sequence(verbose, false)?);
        }
        self.depth -= 1;
        if items.len() == 1 {
            return Ok(items.pop().unwrap_or_default());
        }
        Ok(vec![single_characters(&items).unwrap_or(Node::Branch(items))])
    }

    /// A row of items up to `|`, `)` or the end; `first` when global flags may still come.
    fn sequence(&mut self, verbose: bool, first: bool) -> Result<Seq, Fault> {
        let mut verbose = verbose;
        let mut seq = Seq::new();
        while let Some(token) = self.tokens.peek() {
            if matches!(self.tokens.peek_char(), Some('|' | ')')) {
                break;
            }
            self.tokens.get()?;
            let c = match token {
                Token::Escape(escaped) => {
                    seq.push(escape::in_pattern(&mut self.tokens, escaped, &self.groups)?);
                    continue;
                }
                Token::Char(c) => c,
            };
            match char::from_u32(c) {
                Some(' ' | '\t'..='\r') if verbose => {}
                Some('#') if verbose => self.skip_comment()?,
                Some('[') => seq.push(self.set()?),
                Some(sign @ ('*' | '+' | '?' | '{')) => self.repetition(&mut seq, sign)?,
                Some('.') => seq.push(Node::Any),
                Some('(') => self.parenthesis(&mut seq, &mut verbose, first)?,
                Some('^') => seq.push(Node::At(At::Beginning)),
                Some('$') => seq.push(Node::At(At::End)),
                _ => seq.push(Node::Literal(c)),
            }
        }
        Ok(splice_plain_groups(seq))
    }

    fn skip_comment(&mut self) -> Result<(), Fault> {
        while let Some(token) = self.tokens.get()? {
            if token == Token::Char(u32::from(b'\n')) {
                break;
            }
        }
        Ok(())
    }

    /// A character set, after its `[`.
    fn set(&mut self) -> Result<Node, Fault> {
        let here = self.tokens.tell() - 1;
        let negate = self.tokens.accept('^')?;
        let mut items: Vec<Item> = Vec::new();
        let mut any = false;
        loop {
            let this = self.set_token(here)?;
            if this == Token::Char(u32::from(b']')) && any {
                break;
            }
            any = true;
            let low = self.set_item(this)?;
            if !self.tokens.accept('-')? {
                add_item(&mut items, low);
                continue;
            }
            let that = self.set_token(here)?;
            if that == Token::Char(u32::from(b']')) {
                add_item(&mut items, low);
                add_item(&mut items, Item::Literal(u32::from(b'-')));
                break;
            }
            let high = self.set_item(that)?;
            match (low, high) {
                (Item::Literal(lo), Item::Literal(hi)) if lo <= hi => add_item(&mut items, Item::Range(lo, hi)),
                _ => {
                    return Err(self.bad_range(this.text(), that.text()));
                }
            }
        }
        Ok(match items[..] {
            [Item::Literal(c)] if negate => Node::NotLiteral(c),
            [Item::Literal(c)] => Node::Literal(c),
            _ => Node::Set { negate, items },
        })
    }

    fn set_token(&mut self, here: usize) -> Result<Token, Fault> {
        let token = self.tokens.get()?;
        token.ok_or_else(|| {
            self.tokens
                .fault("unterminated character set", self.tokens.tell() - here)
        })
    }

    fn set_item(&mut self, token: Token) -> Result<Item, Fault> {
        match token {
            Token::Char(c) => Ok(Item::Literal(c)),
            Token::Escape(escaped) => escape::in_set(&mut self.tokens, escaped),
        }
    }

    fn bad_range(&self, this: String, that: String) -> Fault {
        let back = this.chars().count() + 1 + that.chars().count();
        self.tokens.fault(format!("bad character range {this}-{that}"), back)
    }

    /// A quantifier after an item.
    fn repetition(&mut self, seq: &mut Seq, sign: char) -> Result<(), Fault> {
        let here = self.tokens.tell();
        let bounds = match sign {
            '?' => Some((0, 1)),
            '*' => Some((0, UNBOUNDED)),
            '+' => Some((1, UNBOUNDED)),
            _ => self.braces(here)?,
        };
        let Some((min, max)) = bounds else {
            seq.push(Node::Literal(sign as u32));
            return Ok(());
        };
        let back = self.tokens.tell() - here + 1;
        match seq.last() {
            None | Some(Node::At(_)) => return Err(self.tokens.fault("nothing to repeat", back)),
            Some(Node::Repeat { .. }) => return Err(self.tokens.fault("multiple repeat", back)),
            _ => {}
        }
        let greed = if self.tokens.accept('?')? {
            Greed::Lazy
        } else if self.tokens.accept('+')? {
            Greed::Possessive
        } else {
            Greed::Greedy
        };
        let body = match seq.pop() {
            Some(Node::Group {
                index: None,
                add: 0,
                remove: 0,
                body,
            }) => body,
            item => item.into_iter().collect(),
        };
        seq.push(Node::Repeat { greed, min, max, body });
        Ok(())
    }

    /// `{m,n}`; None when the braces are literal.
    fn braces(&mut self, here: usize) -> Result<Option<(u32, u32)>, Fault> {
        if self.tokens.peek_char() == Some('}') {
            return Ok(None);
        }
        let lo = self.tokens.take_while(usize::MAX, |c| c.is_ascii_digit())?;
        let hi = match self.tokens.accept(',')? {
            true => self.tokens.take_while(usize::MAX, |c| c.is_ascii_digit())?,
            false => lo.clone(),
        };
        if !self.tokens.accept('}')? {
            self.tokens.seek(here)?;
            return Ok(None);
        }
        let min = repeat_count(&lo, 0)?;
        let max = repeat_count(&hi, UNBOUNDED)?;
        if max < min {
            let back = self.tokens.tell() - here;
            return Err(self.tokens.fault("min repeat greater than max repeat", back));
        }
        Ok(Some((min, max)))
    }

    /// Everything that begins with `(`.
    fn parenthesis(&mut self, seq: &mut Seq, verbose: &mut bool, first: bool) -> Result<(), Fault> {
        let start = self.tokens.tell() - 1;
        let mut opening = Opening {
            capture: true,
            atomic: false,
            name: None,
            add: 0,
            remove: 0,
        };
        if self.tokens.accept('?')? {
            let Some(token) = self.tokens.get()? else {
                return Err(self.tokens.fault("unexpected end of pattern", 0));
            };
            match token {
                Token::Char(c) => match char::from_u32(c) {
                    Some('P') => match self.python_extension()? {
                        Extension::Name(name) => opening.name = Some(name),
                        Extension::Backreference(group) => {
                            seq.push(Node::Backreference(group));
                            return Ok(());
                        }
                    },
                    Some(':') => opening.capture = false,
                    Some('#') => return self.comment(start),
                    Some(sign @ ('=' | '!' | '<')) => {
                        seq.push(self.look_around(sign, start, *verbose)?);
                        return Ok(());
                    }
                    Some('(') => {
                        seq.push(self.conditional(start, *verbose)?);
                        return Ok(());
                    }
                    Some('>') => (opening.capture, opening.atomic) = (false, true),
                    Some(c) if c == '-' || flag(c).is_some() => {
                        let Some((add, remove)) = self.inline_flags(c)? else {
                            return self.global_flags(seq, verbose, first, start);
                        };
                        (opening.add, opening.remove, opening.capture) = (add, remove, false);
                    }
                    _ => return Err(self.tokens.fault(format!("unknown extension ?{}", show(c)), 2)),
                },
                Token::Escape(_) => {
                    let text = token.text();
                    let back = text.chars().count() + 1;
                    return Err(self.tokens.fault(format!("unknown extension ?{text}"), back));
                }
            }
        }
        seq.push(self.group(opening, start, *verbose)?);
        Ok(())
    }

    fn group(&mut self, opening: Opening, start: usize, verbose: bool) -> Result<Node, Fault> {
        let index = match opening.capture {
            false => None,
            true => Some(self.groups.open(opening.name.as_deref()).map_err(|message| {
                let back = opening.name.as_ref().map_or(0, |name| name.len() + 1);
                self.tokens.fault(message, back)
            })?),
        };
        let verbose = (verbose || opening.add & VERBOSE != 0) && opening.remove & VERBOSE == 0;
        let body = self.alternation(verbose, false)?;
        self.close(start)?;
        if let Some(index) = index {
            self.groups.widths[index as usize] = Some(width(&body, &self.groups.widths));
        }
        if opening.atomic {
            return Ok(Node::Atomic(body));
        }
        Ok(Node::Group {
            index,
            add: opening.add,
            remove: opening.remove,
            body,
        })
    }

    fn close(&mut self, start: usize) -> Result<(), Fault> {
        if self.tokens.accept(')')? {
            return Ok(());
        }
        Err(self
            .tokens
            .fault("missing ), unterminated subpattern", self.tokens.tell() - start))
    }

    fn comment(&mut self, start: usize) -> Result<(), Fault> {
        loop {
            match self.tokens.get()? {
                Some(Token::Char(c)) if c == u32::from(b')') => return Ok(()),
                Some(_) => {}
                None => {
                    let back = self.tokens.tell() - start;
                    return Err(self.tokens.fault("missing ), unterminated comment", back));
                }
            }
        }
    }

    /// `(?P<name>` and `(?P=name)`.
    fn python_extension(&mut self) -> Result<Extension, Fault> {
        if self.tokens.accept('<')? {
            let name = self.tokens.take_until('>', "group name")?;
            self.check_name(&name)?;
            return Ok(Extension::Name(name));
        }
        if self.tokens.accept('=')? {
            let name = self.tokens.take_until(')', "group name")?;
            self.check_name(&name)?;
            let Some(group) = self.groups.by_name(&name) else {
                let message = format!("unknown group name {}", quoted(&name));
                return Err(self.tokens.fault(message, name.len() + 1));
            };
            if !self.groups.is_closed(group) {
                return Err(self.tokens.fault("cannot refer to an open group", name.len() + 1));
            }
            self.groups.check_look_behind(group, &self.tokens)?;
            return Ok(Extension::Backreference(group));
        }
        match self.tokens.get()? {
            None => Err(self.tokens.fault("unexpected end of pattern", 0)),
            Some(token) => {
                let text = token.text();
                let back = text.chars().count() + 2;
                Err(self.tokens.fault(format!("unknown extension ?P{text}"), back))
            }
        }
    }

    fn check_name(&self, name: &[u32]) -> Result<(), Fault> {
        if is_identifier(name) {
            return Ok(());
        }
        let message = format!("bad character in group name {}", quoted(name));
        Err(self.tokens.fault(message, name.len() + 1))
    }

    fn look_around(&mut self, sign: char, start: usize, verbose: bool) -> Result<Node, Fault> {
        let ahead = sign != '<';
        let sign = if ahead { sign } else { self.look_behind_sign()? };
        let outer = self.groups.look_behind;
        if !ahead && outer.is_none() {
            self.groups.look_behind = Some(self.groups.count());
        }
        let body = self.alternation(verbose, false)?;
        if !ahead && outer.is_none() {
            self.groups.look_behind = None;
        }
        self.close(start)?;
        Ok(Node::Look {
            ahead,
            negate: sign == '!',
            body,
        })
    }

    fn look_behind_sign(&mut self) -> Result<char, Fault> {
        match self.tokens.get()? {
            None => Err(self.tokens.fault("unexpected end of pattern", 0)),
            Some(Token::Char(c)) if c == u32::from(b'=') => Ok('='),
            Some(Token::Char(c)) if c == u32::from(b'!') => Ok('!'),
            Some(token) => {
                let text = token.text();
                let back = text.chars().count() + 2;
                Err(self.tokens.fault(format!("unknown extension ?<{text}"), back))
            }
        }
    }

    /// `(?(group)yes|no)`.
    fn conditional(&mut self, start: usize, verbose: bool) -> Result<Node, Fault> {
        let name = self.tokens.take_until(')', "group name")?;
        let group = self.condition_group(&name)?;
        self.groups.check_look_behind(group, &self.tokens)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::Recursion);
        }
        let yes = self.sequence(verbose, false)?;
        let no = match self.tokens.accept('|')? {
            false => None,
            true => {
                let no = self.sequence(verbose, false)?;
                if self.tokens.peek_char() == Some('|') {
                    return Err(self.tokens.fault("conditional backref with more than two branches", 0));
                }
                Some(no)
            }
        };
        self.depth -= 1;
        self.close(start)?;
        Ok(Node::Conditional { group, yes, no })
    }

    fn condition_group(&mut self, name: &[u32]) -> Result<u32, Fault> {
        let back = name.len() + 1;
        if is_identifier(name) {
            return self.groups.by_name(name).ok_or_else(|| {
                let message = format!("unknown group name {}", quoted(name));
                self.tokens.fault(message, back)
            });
        }
        let Some(group) = decimal(name) else {
            let message = format!("bad character in group name {}", quoted(name));
            return Err(self.tokens.fault(message, back));
        };
        if group == 0 {
            return Err(self.tokens.fault("bad group number", back));
        }
        if group >= MAX_GROUPS {
            return Err(self.tokens.fault(format!("invalid group reference {group}"), back));
        }
        let group = group as u32;
        if !self.groups.conditions.iter().any(|&(known, _)| known == group) {
            let place = self.tokens.tell() - name.len() - 1;
            self.groups.conditions.push((group, place));
        }
        Ok(group)
    }

    fn global_flags(&mut self, seq: &Seq, verbose: &mut bool, first: bool, start: usize) -> Result<(), Fault> {
        if !first || !seq.is_empty() {
            let back = self.tokens.tell() - start;
            return Err(self
                .tokens
                .fault("global flags not at the start of the expression", back));
        }
        *verbose = self.flags & VERBOSE != 0;
        Ok(())
    }

    /// The letters of `(?flags)` (None: they were added to the whole) or `(?flags-flags:`.
    fn inline_flags(&mut self, first: char) -> Result<Option<(u32, u32)>, Fault> {
        let mut add = 0;
        let mut end = first;
        if first != '-' {
            (add, end) = self.flags_to_add(first)?;
        }
        if end == ')' {
            self.flags |= add;
            return Ok(None);
        }
        if add & (DEBUG | TEMPLATE) != 0 {
            return Err(self.tokens.fault("bad inline flags: cannot turn on global flag", 1));
        }
        let remove = if end == '-' { self.flags_to_remove()? } else { 0 };
        if remove & (DEBUG | TEMPLATE) != 0 {
            return Err(self.tokens.fault("bad inline flags: cannot turn off global flag", 1));
        }
        if add & remove != 0 {
            return Err(self.tokens.fault("bad inline flags: flag turned on and off", 1));
        }
        Ok(Some((add, remove)))
    }

    fn flags_to_add(&mut self, first: char) -> Result<(u32, char), Fault> {
        let mut add = 0;
        let mut letter = first;
        loop {
            let bit = flag(letter).unwrap_or(0);
            if self.tokens.is_text && letter == 'L' {
                return Err(self
                    .tokens
                    .fault("bad inline flags: cannot use 'L' flag with a str pattern", 0));
            }
            if !self.tokens.is_text && letter == 'u' {
                return Err(self
                    .tokens
                    .fault("bad inline flags: cannot use 'u' flag with a bytes pattern", 0));
            }
            add |= bit;
            if bit & TYPE_FLAGS != 0 && add & TYPE_FLAGS != bit {
                let message = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                return Err(self.tokens.fault(message, 0));
            }
            letter = self.flag_letter("missing -, : or )", |c| matches!(c, ')' | '-' | ':'))?;
            if matches!(letter, ')' | '-' | ':') {
                return Ok((add, letter));
            }
        }
    }

    fn flags_to_remove(&mut self) -> Result<u32, Fault> {
        let mut remove = 0;
        let mut letter = self.flag_letter("missing flag", |_| false)?;
        loop {
            let bit = flag(letter).unwrap_or(0);
            if bit & TYPE_FLAGS != 0 {
                let message = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                return Err(self.tokens.fault(message, 0));
            }
            remove |= bit;
            letter = self.flag_letter("missing :", |c| c == ':')?;
            if letter == ':' {
                return Ok(remove);
            }
        }
    }

    /// The next flag letter or a terminator that `ends` accepts.
    fn flag_letter(&mut self, missing: &str, ends: impl Fn(char) -> bool) -> Result<char, Fault> {
        let Some(token) = self.tokens.get()? else {
            return Err(self.tokens.fault(missing, 0));
        };
        let text = token.text();
        let mut chars = text.chars();
        if let (Some(c), None) = (chars.next(), chars.next())
            && (ends(c) || flag(c).is_some())
        {
            return Ok(c);
        }
        let alphabetic = matches!(token, Token::Char(c) if is_alpha(c));
        let message = if alphabetic { "unknown flag" } else { missing };
        Err(self.tokens.fault(message, text.chars().count()))
    }
}

enum Extension {
    Name(Vec<u32>),
    Backreference(u32),
}

/// More groups than this cannot be numbered.
pub const MAX_GROUPS: u64 = 1 << 30;

/// A decimal number, saturating; None when it is not one.
pub fn decimal(text: &[u32]) -> Option<u64> {
    text.iter().try_fold(0u64, |number, &c| {
        let digit = char::from_u32(c)?.to_digit(10)?;
        Some(number.saturating_mul(10).saturating_add(u64::from(digit)))
    })
}

fn flag(letter: char) -> Option<u32> {
    Some(match letter {
        'i' => IGNORECASE,
        'L' => LOCALE,
        'm' => MULTILINE,
        's' => DOTALL,
        'x' => VERBOSE,
        'a' => ASCII,
        't' => TEMPLATE,
        'u' => UNICODE,
        _ => return None,
    })
}

fn repeat_count(digits: &str, default: u32) -> Result<u32, Fault> {
    if digits.is_empty() {
        return Ok(default);
    }
    match digits.parse::<u32>() {
        Ok(count) if count < UNBOUNDED => Ok(count),
        _ => Err(Fault::Overflow("the repetition number is too large")),
    }
}

fn add_item(items: &mut Vec<Item>, item: Item) {
    if !items.contains(&item) {
        items.push(item);
    }
}

/// A branch of single characters as a set.
fn single_characters(branches: &[Seq]) -> Option<Node> {
    let mut set = Vec::new();
    for branch in branches {
        match &branch[..] {
            [Node::Literal(c)] => add_item(&mut set, Item::Literal(*c)),
            [Node::Set { negate: false, items }] => items.iter().for_each(|&item| add_item(&mut set, item)),
            _ => return None,
        }
    }
    Some(Node::Set {
        negate: false,
        items: set,
    })
}

/// Groups that neither capture nor change flags dissolve in the row around them.
fn splice_plain_groups(seq: Seq) -> Seq {
    let mut spliced = Seq::with_capacity(seq.len());
    for node in seq {
        match node {
            Node::Group {
                index: None,
                add: 0,
                remove: 0,
                body,
            } => spliced.extend(body),
            node => spliced.push(node),
        }
    }
    spliced
}
