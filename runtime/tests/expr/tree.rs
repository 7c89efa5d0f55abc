//! Python expressions as trees.

use crate::tokens::{Token, tokens};

#[derive(Clone, Debug)]
pub enum Tree {
    Literal(Token),
    Name(String),
    List(Vec<Tree>),
    Tuple(Vec<Tree>),
    Set(Vec<Tree>),
    Dict(Vec<(Tree, Tree)>),
    Unary(&'static str, Box<Tree>),
    Binary(&'static str, Box<Tree>, Box<Tree>),
    Attribute(Box<Tree>, String),
    Item(Box<Tree>, Box<Tree>),
    Slice(Vec<Option<Tree>>),
    /// The callee, positional arguments, keyword arguments.
    Call(Box<Tree>, Vec<Tree>, Vec<(String, Tree)>),
    Lambda(Vec<String>, Box<Tree>),
}

/// Binary operators from loose to tight; `not in` and `is not` count as one.
const LEVELS: &[&[&str]] = &[
    &["or"],
    &["and"],
    &["==", "!=", "<", "<=", ">", ">=", "in", "not in", "is", "is not"],
    &["|"],
    &["^"],
    &["&"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "/", "//", "%"],
];

pub fn parse(source: &str) -> Tree {
    let mut parser = Parser {
        tokens: tokens(source),
        at: 0,
    };
    let tree = parser.row_or_one();
    assert_eq!(parser.peek(), &Token::End, "in {source:?}");
    tree
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.at]
    }

    fn next(&mut self) -> Token {
        self.at += 1;
        self.tokens[self.at - 1].clone()
    }

    fn has(&self, text: &str) -> bool {
        self.has_at(self.at, text)
    }

    fn has_at(&self, at: usize, text: &str) -> bool {
        match self.tokens.get(at) {
            Some(Token::Mark(mark)) => *mark == text,
            Some(Token::Name(name)) => name == text,
            _ => false,
        }
    }

    fn take(&mut self, text: &str) -> bool {
        let found = self.has(text);
        self.at += found as usize;
        found
    }

    fn expect(&mut self, text: &str) {
        assert!(
            self.take(text),
            "{text:?} expected before {:?}",
            &self.tokens[self.at..]
        );
    }

    /// `a`, or the tuple `a, b`.
    fn row_or_one(&mut self) -> Tree {
        let first = self.one();
        if !self.has(",") {
            return first;
        }
        let mut items = vec![first];
        while self.take(",") {
            if matches!(self.peek(), Token::End) || self.has(")") || self.has("]") {
                break;
            }
            items.push(self.one());
        }
        Tree::Tuple(items)
    }

    fn one(&mut self) -> Tree {
        if self.take("lambda") {
            let mut names = Vec::new();
            while let Token::Name(name) = self.peek().clone() {
                self.at += 1;
                names.push(name);
                self.take(",");
            }
            self.expect(":");
            return Tree::Lambda(names, Box::new(self.one()));
        }
        self.binary(0)
    }

    fn binary(&mut self, level: usize) -> Tree {
        let Some(marks) = LEVELS.get(level) else {
            return self.unary();
        };
        if level == 2 && self.take("not") {
            return Tree::Unary("not", Box::new(self.binary(level)));
        }
        let mut left = self.binary(level + 1);
        while let Some(mark) = self.operator(marks) {
            let right = self.binary(level + 1);
            left = Tree::Binary(mark, Box::new(left), Box::new(right));
        }
        left
    }

    fn operator(&mut self, marks: &[&'static str]) -> Option<&'static str> {
        for (words, mark) in [(["not", "in"], "not in"), (["is", "not"], "is not")] {
            if marks.contains(&mark) && self.has(words[0]) && self.has_at(self.at + 1, words[1]) {
                self.at += 2;
                return Some(mark);
            }
        }
        let mark = marks.iter().copied().find(|mark| self.has(mark))?;
        self.at += 1;
        Some(mark)
    }

    fn unary(&mut self) -> Tree {
        for mark in ["-", "+", "~"] {
            if self.take(mark) {
                return Tree::Unary(mark, Box::new(self.unary()));
            }
        }
        let base = self.postfix();
        if self.take("**") {
            return Tree::Binary("**", Box::new(base), Box::new(self.unary()));
        }
        base
    }

    fn postfix(&mut self) -> Tree {
        let mut tree = self.atom();
        loop {
            if self.take(".") {
                let Token::Name(name) = self.next() else {
                    panic!("a name expected after the dot")
                };
                tree = Tree::Attribute(Box::new(tree), name);
            } else if self.take("(") {
                tree = self.call(tree);
            } else if self.take("[") {
                tree = Tree::Item(Box::new(tree), Box::new(self.index()));
                self.expect("]");
            } else {
                return tree;
            }
        }
    }

    fn call(&mut self, callee: Tree) -> Tree {
        let (mut args, mut named) = (Vec::new(), Vec::new());
        while !self.take(")") {
            match (self.peek().clone(), self.has_at(self.at + 1, "=")) {
                (Token::Name(name), true) => {
                    self.at += 2;
                    named.push((name, self.one()));
                }
                _ => args.push(self.one()),
            }
            if !self.take(",") {
                self.expect(")");
                break;
            }
        }
        Tree::Call(Box::new(callee), args, named)
    }

    fn index(&mut self) -> Tree {
        let mut parts = vec![self.bound()];
        while self.take(":") {
            parts.push(self.bound());
        }
        if parts.len() == 1 {
            let only = parts.pop().flatten().expect("an index");
            return if self.take(",") {
                Tree::Tuple(vec![only, self.one()])
            } else {
                only
            };
        }
        Tree::Slice(parts)
    }

    fn bound(&mut self) -> Option<Tree> {
        (!self.has(":") && !self.has("]")).then(|| self.one())
    }

    fn atom(&mut self) -> Tree {
        match self.next() {
            Token::Name(name) => Tree::Name(name),
            Token::Mark("(") if self.take(")") => Tree::Tuple(Vec::new()),
            Token::Mark("(") => {
                let inner = self.row_or_one();
                self.expect(")");
                inner
            }
            Token::Mark("[") => Tree::List(self.items("]")),
            Token::Mark("{") => self.braces(),
            Token::Mark("...") => Tree::Name("Ellipsis".to_owned()),
            Token::Mark(mark) => panic!("an expression expected at {mark:?}"),
            Token::End => panic!("an expression expected at the end"),
            literal => Tree::Literal(literal),
        }
    }

    fn items(&mut self, close: &str) -> Vec<Tree> {
        let mut items = Vec::new();
        while !self.take(close) {
            items.push(self.one());
            if !self.take(",") {
                self.expect(close);
                break;
            }
        }
        items
    }

    fn braces(&mut self) -> Tree {
        if self.take("}") {
            return Tree::Dict(Vec::new());
        }
        let first = self.one();
        if !self.take(":") {
            self.take(",");
            let mut items = vec![first];
            items.extend(self.items("}"));
            return Tree::Set(items);
        }
        let mut entries = vec![(first, self.one())];
        while self.take(",") && !self.has("}") {
            let key = self.one();
            self.expect(":");
            entries.push((key, self.one()));
        }
        self.expect("}");
        Tree::Dict(entries)
    }
}
