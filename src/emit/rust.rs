//! A Rust syntax tree, as much of it as generated code needs, and its printing.
//!
//! The printer breaks and indents blocks; rustfmt, where present, does the rest.

use std::fmt::Write;

#[derive(Clone, Debug)]
pub enum Rx {
    /// A name, path or literal, printed as it stands.
    Text(String),
    Call(Box<Rx>, Vec<Rx>),
    Method(Box<Rx>, String, Vec<Rx>),
    Field(Box<Rx>, String),
    /// `&e`
    Ref(Box<Rx>),
    RefMut(Box<Rx>),
    /// `*e`
    Deref(Box<Rx>),
    /// `e?`
    Try(Box<Rx>),
    /// `!e`, `-e`
    Unary(&'static str, Box<Rx>),
    Binary(&'static str, Box<Rx>, Box<Rx>),
    Tuple(Vec<Rx>),
    Array(Vec<Rx>),
    Macro(&'static str, Vec<Rx>),
    /// `Name { field: e, ... }`
    Struct(String, Vec<(String, Rx)>),
    Closure {
        params: String,
        body: Box<Rx>,
        is_move: bool,
    },
    /// `label: { ... }`, `async move { ... }`
    Block {
        head: String,
        block: RBlock,
    },
    If {
        cond: Box<Rx>,
        then: RBlock,
        orelse: Option<RBlock>,
    },
    Match {
        value: Box<Rx>,
        arms: Vec<(String, Rx)>,
    },
    /// `return e`, `break 'label e`, `continue 'label`
    Jump(String, Option<Box<Rx>>),
}

#[derive(Clone, Debug)]
pub enum Rs {
    /// `let pattern: ty = value;`
    Let {
        pattern: String,
        ty: Option<String>,
        value: Option<Rx>,
    },
    /// `e;`
    Do(Rx),
    /// `target = e;`, `target += e;`
    Assign { target: Rx, op: &'static str, value: Rx },
    /// `head { ... }`: loops, `while let`.
    Loop { head: String, body: RBlock },
}

/// Statements, then perhaps a value.
#[derive(Clone, Debug, Default)]
pub struct RBlock {
    pub stmts: Vec<Rs>,
    pub tail: Option<Box<Rx>>,
}

impl RBlock {
    pub fn of(stmts: Vec<Rs>) -> RBlock {
        RBlock { stmts, tail: None }
    }

    pub fn value(stmts: Vec<Rs>, tail: Rx) -> RBlock {
        RBlock {
            stmts,
            tail: Some(Box::new(tail)),
        }
    }
}

pub fn text(s: impl Into<String>) -> Rx {
    Rx::Text(s.into())
}

pub fn call(path: &str, args: Vec<Rx>) -> Rx {
    Rx::Call(Box::new(text(path)), args)
}

pub fn method(object: Rx, name: &str, args: Vec<Rx>) -> Rx {
    Rx::Method(Box::new(object), name.to_owned(), args)
}

/// A reference; one to a dereference or a reference is taken apart.
pub fn reference(e: Rx) -> Rx {
    match e {
        Rx::Deref(inner) => *inner,
        other => Rx::Ref(Box::new(other)),
    }
}

pub fn block(stmts: Vec<Rs>, tail: Rx) -> Rx {
    if stmts.is_empty() {
        return tail;
    }
    Rx::Block {
        head: String::new(),
        block: RBlock::value(stmts, tail),
    }
}

/// `site!("name")`: the place that remembers what the attribute's name means there.
pub fn site(name: &str) -> Rx {
    Rx::Macro("site", vec![text(string_literal(name))])
}

/// A Rust string literal.
pub fn string_literal(s: &str) -> String {
    let mut out = String::from("\"");
    for c in s.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that rustc refuses or that a reader cannot see.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Prints a tree.
pub struct Printer {
    out: String,
    indent: usize,
}

impl Printer {
    pub fn new(indent: usize) -> Printer {
        Printer {
            out: String::new(),
            indent,
        }
    }

    pub fn finish(self) -> String {
        self.out
    }

    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.indent {
            self.out.push_str("    ");
        }
    }

    /// `{ ... }` with each statement on a line of its own.
    pub fn block(&mut self, block: &RBlock) {
        if block.stmts.is_empty() && block.tail.is_none() {
            self.out.push_str("{}");
            return;
        }
        self.out.push('{');
        self.indent += 1;
        for stmt in &block.stmts {
            self.line();
            self.stmt(stmt);
        }
        if let Some(tail) = &block.tail {
            self.line();
            self.expr(tail);
        }
        self.indent -= 1;
        self.line();
        self.out.push('}');
    }

    fn stmt(&mut self, stmt: &Rs) {
        match stmt {
            Rs::Let { pattern, ty, value } => {
                let _ = write!(self.out, "let {pattern}");
                if let Some(ty) = ty {
                    let _ = write!(self.out, ": {ty}");
                }
                if let Some(value) = value {
                    self.out.push_str(" = ");
                    self.expr(value);
                }
                self.out.push(';');
            }
            Rs::Do(e) => {
                self.expr(e);
                if !matches!(e, Rx::If { .. } | Rx::Match { .. } | Rx::Block { .. }) {
                    self.out.push(';');
                }
            }
            Rs::Assign { target, op, value } => {
                self.expr(target);
                let _ = write!(self.out, " {op} ");
                self.expr(value);
                self.out.push(';');
            }
            Rs::Loop { head, body } => {
                let _ = write!(self.out, "{head} ");
                self.block(body);
            }
        }
    }

    pub fn expr(&mut self, e: &Rx) {
        match e {
            Rx::Text(s) => self.out.push_str(s),
            Rx::Call(callee, args) => {
                self.callee(callee);
                self.list("(", args, ")");
            }
            Rx::Method(object, name, args) => {
                self.operand(object);
                let _ = write!(self.out, ".{name}");
                self.list("(", args, ")");
            }
            Rx::Field(object, name) => {
                self.operand(object);
                let _ = write!(self.out, ".{name}");
            }
            Rx::Ref(inner) => self.prefixed("&", inner),
            Rx::RefMut(inner) => self.prefixed("&mut ", inner),
            Rx::Deref(inner) => self.prefixed("*", inner),
            Rx::Unary(op, inner) => self.prefixed(op, inner),
            Rx::Try(inner) => {
                self.operand(inner);
                self.out.push('?');
            }
            Rx::Binary(op, left, right) => {
                self.binary_operand(left, op, false);
                let _ = write!(self.out, " {op} ");
                self.binary_operand(right, op, true);
            }
            Rx::Tuple(items) if items.len() == 1 => {
                self.out.push('(');
                self.expr(&items[0]);
                self.out.push_str(",)");
            }
            Rx::Tuple(items) => self.list("(", items, ")"),
            Rx::Array(items) => self.list("[", items, "]"),
            Rx::Struct(name, fields) => {
                self.out.push_str(name);
                self.out.push_str(" { ");
                for (at, (field, value)) in fields.iter().enumerate() {
                    if at > 0 {
                        self.out.push_str(", ");
                    }
                    self.out.push_str(field);
                    if !matches!(value, Rx::Text(s) if s == field) {
                        self.out.push_str(": ");
                        self.expr(value);
                    }
                }
                self.out.push_str(" }");
            }
            Rx::Macro(name, args) => {
                let _ = write!(self.out, "{name}!");
                let (open, close) = if *name == "vec" { ("[", "]") } else { ("(", ")") };
                self.list(open, args, close);
            }
            Rx::Closure { params, body, is_move } => {
                let _ = write!(self.out, "{}|{params}| ", if *is_move { "move " } else { "" });
                self.expr(body);
            }
            Rx::Block { head, block } => {
                if !head.is_empty() {
                    let _ = write!(self.out, "{head} ");
                }
                self.block(block);
            }
            Rx::If { cond, then, orelse } => self.if_expr(cond, then, orelse),
            Rx::Match { value, arms } => self.match_expr(value, arms),
            Rx::Jump(word, value) => {
                self.out.push_str(word);
                if let Some(value) = value {
                    self.out.push(' ');
                    self.expr(value);
                }
            }
        }
    }

    fn if_expr(&mut self, cond: &Rx, then: &RBlock, orelse: &Option<RBlock>) {
        self.out.push_str("if ");
        self.expr(cond);
        self.out.push(' ');
        self.block(then);
        let Some(orelse) = orelse else { return };
        self.out.push_str(" else ");
        // `else if` where the else is one `if`.
        match (orelse.stmts.as_slice(), &orelse.tail) {
            ([Rs::Do(Rx::If { cond, then, orelse })], None) => self.if_expr(cond, then, orelse),
            ([], Some(tail)) if matches!(**tail, Rx::If { .. }) => self.expr(tail),
            _ => self.block(orelse),
        }
    }

    fn match_expr(&mut self, value: &Rx, arms: &[(String, Rx)]) {
        self.out.push_str("match ");
        self.expr(value);
        self.out.push_str(" {");
        self.indent += 1;
        for (pattern, body) in arms {
            self.line();
            let _ = write!(self.out, "{pattern} => ");
            self.expr(body);
            self.out.push(',');
        }
        self.indent -= 1;
        self.line();
        self.out.push('}');
    }

    fn list(&mut self, open: &str, items: &[Rx], close: &str) {
        self.out.push_str(open);
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            self.expr(item);
        }
        self.out.push_str(close);
    }

    fn callee(&mut self, e: &Rx) {
        match e {
            Rx::Closure { .. } => self.parenthesised(e),
            _ => self.operand(e),
        }
    }

    /// An operand of a postfix operator.
    pub fn operand(&mut self, e: &Rx) {
        match e {
            Rx::Text(s) if is_operation(s) => self.parenthesised(e),
            Rx::Ref(_)
            | Rx::RefMut(_)
            | Rx::Deref(_)
            | Rx::Unary(..)
            | Rx::Binary(..)
            | Rx::Closure { .. }
            | Rx::If { .. }
            | Rx::Match { .. }
            | Rx::Jump(..)
            | Rx::Block { .. } => self.parenthesised(e),
            _ => self.expr(e),
        }
    }

    fn prefixed(&mut self, op: &str, inner: &Rx) {
        self.out.push_str(op);
        match inner {
            Rx::Binary(..) | Rx::Closure { .. } | Rx::Jump(..) => self.parenthesised(inner),
            Rx::Text(s) if is_operation(s) => self.parenthesised(inner),
            _ => self.expr(inner),
        }
    }

    /// Parenthesised unless the tree says the same without: the same associative operator on the left.
    fn binary_operand(&mut self, e: &Rx, op: &str, is_right: bool) {
        match e {
            Rx::Binary(inner, ..) if !is_right && precedence(inner) >= precedence(op) && precedence(op) != 3 => {
                self.expr(e);
            }
            Rx::Binary(inner, ..) if precedence(inner) > precedence(op) => self.expr(e),
            Rx::Binary(..) | Rx::Closure { .. } | Rx::Jump(..) => self.parenthesised(e),
            Rx::Block { .. } | Rx::If { .. } | Rx::Match { .. } => self.parenthesised(e),
            Rx::Text(s) if is_operation(s) => self.parenthesised(e),
            _ => self.expr(e),
        }
    }

    fn parenthesised(&mut self, e: &Rx) {
        self.out.push('(');
        self.expr(e);
        self.out.push(')');
    }
}

/// A text that is an operation, not a name, literal or call.
pub fn is_operation(s: &str) -> bool {
    let mut depth = 0;
    let mut quoted = false;
    let mut escaped = false;
    for c in s.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' | '>' => depth -= 1,
            ' ' | '!' | '-' if depth == 0 => return !s.starts_with("lit!("),
            _ => {}
        }
    }
    false
}

fn precedence(op: &str) -> u8 {
    match op {
        "*" | "/" | "%" => 10,
        "+" | "-" => 9,
        "<<" | ">>" => 8,
        "&" => 7,
        "^" => 6,
        "|" => 5,
        "==" | "!=" | "<" | "<=" | ">" | ">=" => 3,
        "&&" => 2,
        "||" => 1,
        _ => 0,
    }
}
