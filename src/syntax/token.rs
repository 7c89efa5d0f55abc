//! Tokens of Python 3.11.

use crate::source::Span;

/// A token: its kind and where it stands. Its text is the source under the span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub tok: Tok,
    pub span: Span,
}

macro_rules! tokens {
    ($($name:ident = $text:literal),* ; $($keyword:ident = $word:literal),* $(,)?) => {
        /// The kind of a token.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Tok {
            /// A name, soft keywords among them.
            Name,
            Number,
            /// One string literal with its prefix and quotes.
            String,
            Newline,
            Indent,
            Dedent,
            End,
            /// Where the text stops being tokens; the lexer's error says why.
            Error,
            $($name,)*
            $($keyword,)*
        }

        impl Tok {
            /// The operator or keyword as it is written; empty for the other kinds.
            pub fn text(self) -> &'static str {
                match self {
                    $(Tok::$name => $text,)*
                    $(Tok::$keyword => $word,)*
                    _ => "",
                }
            }

            /// The keyword that a word is, if it is one.
            pub fn keyword(word: &str) -> Option<Tok> {
                match word {
                    $($word => Some(Tok::$keyword),)*
                    _ => None,
                }
            }
        }
    };
}

tokens! {
    LPar = "(", RPar = ")", LSqb = "[", RSqb = "]", LBrace = "{", RBrace = "}",
    Colon = ":", Comma = ",", Semi = ";", Dot = ".", Ellipsis = "...", Arrow = "->", ColonEqual = ":=",
    Plus = "+", Minus = "-", Star = "*", Slash = "/", Percent = "%", At = "@", DoubleStar = "**", DoubleSlash = "//",
    LeftShift = "<<", RightShift = ">>", Amper = "&", VBar = "|", Caret = "^", Tilde = "~",
    Less = "<", Greater = ">", LessEqual = "<=", GreaterEqual = ">=", EqEqual = "==", NotEqual = "!=", LessGreater = "<>",
    Equal = "=", PlusEqual = "+=", MinusEqual = "-=", StarEqual = "*=", SlashEqual = "/=", PercentEqual = "%=",
    AtEqual = "@=", DoubleStarEqual = "**=", DoubleSlashEqual = "//=", LeftShiftEqual = "<<=", RightShiftEqual = ">>=",
    AmperEqual = "&=", VBarEqual = "|=", CaretEqual = "^=",
    // A character that begins no token: `$`, `?`, `!`, a backquote.
    Unknown = "?";
    False = "False", None = "None", True = "True", And = "and", As = "as", Assert = "assert", Async = "async",
    Await = "await", Break = "break", Class = "class", Continue = "continue", Def = "def", Del = "del", Elif = "elif",
    Else = "else", Except = "except", Finally = "finally", For = "for", From = "from", Global = "global", If = "if",
    Import = "import", In = "in", Is = "is", Lambda = "lambda", Nonlocal = "nonlocal", Not = "not", Or = "or",
    Pass = "pass", Raise = "raise", Return = "return", Try = "try", While = "while", With = "with", Yield = "yield",
}
