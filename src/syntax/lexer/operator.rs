//! Operators and delimiters: the longest that fits.

use super::{Cut, Lexer};
use crate::syntax::token::Tok;

impl Lexer<'_> {
    pub(super) fn operator(&mut self) -> Cut<()> {
        let start = self.pos;
        let tok = match self.bytes[start] {
            b'(' => return self.bracket(Tok::LPar),
            b'[' => return self.bracket(Tok::LSqb),
            b'{' => return self.bracket(Tok::LBrace),
            b')' => return self.bracket(Tok::RPar),
            b']' => return self.bracket(Tok::RSqb),
            b'}' => return self.bracket(Tok::RBrace),
            _ => self.longest(),
        };
        if tok == Tok::Unknown {
            return self.unknown();
        }
        self.pos += tok.text().len();
        self.push(tok, start, self.pos);
        Ok(())
    }

    fn bracket(&mut self, tok: Tok) -> Cut<()> {
        let start = self.pos;
        self.pos += 1;
        match tok {
            Tok::LPar | Tok::LSqb | Tok::LBrace => self.open(tok, start),
            _ => self.close(tok, start),
        }
    }

    fn longest(&self) -> Tok {
        let first = self.bytes[self.pos];
        let second = self.peek_at(1).unwrap_or(0);
        let third = self.peek_at(2).unwrap_or(0);
        match (first, second, third) {
            (b'*', b'*', b'=') => Tok::DoubleStarEqual,
            (b'/', b'/', b'=') => Tok::DoubleSlashEqual,
            (b'<', b'<', b'=') => Tok::LeftShiftEqual,
            (b'>', b'>', b'=') => Tok::RightShiftEqual,
            (b'.', b'.', b'.') => Tok::Ellipsis,
            _ => pair(first, second).unwrap_or_else(|| single(first)),
        }
    }

    /// A control character is refused by name; `$`, `?`, `!` and a backquote are left to the parser.
    fn unknown(&mut self) -> Cut<()> {
        let start = self.pos;
        let byte = self.bytes[start];
        if byte < 0x20 || byte == 0x7f {
            let message = format!("invalid non-printable character U+{byte:04X}");
            return self.error(message, start, start + 1);
        }
        self.pos += 1;
        self.push(Tok::Unknown, start, self.pos);
        Ok(())
    }
}

fn pair(first: u8, second: u8) -> Option<Tok> {
    Some(match (first, second) {
        (b':', b'=') => Tok::ColonEqual,
        (b'-', b'>') => Tok::Arrow,
        (b'*', b'*') => Tok::DoubleStar,
        (b'/', b'/') => Tok::DoubleSlash,
        (b'<', b'<') => Tok::LeftShift,
        (b'>', b'>') => Tok::RightShift,
        (b'<', b'=') => Tok::LessEqual,
        (b'>', b'=') => Tok::GreaterEqual,
        (b'=', b'=') => Tok::EqEqual,
        (b'!', b'=') => Tok::NotEqual,
        (b'<', b'>') => Tok::LessGreater,
        (b'+', b'=') => Tok::PlusEqual,
        (b'-', b'=') => Tok::MinusEqual,
        (b'*', b'=') => Tok::StarEqual,
        (b'/', b'=') => Tok::SlashEqual,
        (b'%', b'=') => Tok::PercentEqual,
        (b'@', b'=') => Tok::AtEqual,
        (b'&', b'=') => Tok::AmperEqual,
        (b'|', b'=') => Tok::VBarEqual,
        (b'^', b'=') => Tok::CaretEqual,
        _ => return None,
    })
}

fn single(first: u8) -> Tok {
    match first {
        b':' => Tok::Colon,
        b',' => Tok::Comma,
        b';' => Tok::Semi,
        b'.' => Tok::Dot,
        b'+' => Tok::Plus,
        b'-' => Tok::Minus,
        b'*' => Tok::Star,
        b'/' => Tok::Slash,
        b'%' => Tok::Percent,
        b'@' => Tok::At,
        b'&' => Tok::Amper,
        b'|' => Tok::VBar,
        b'^' => Tok::Caret,
        b'~' => Tok::Tilde,
        b'<' => Tok::Less,
        b'>' => Tok::Greater,
        b'=' => Tok::Equal,
        _ => Tok::Unknown,
    }
}
