//! A small evaluator of Python expressions over the runtime, for the rows of the tables: literals, names, attributes,
//! calls, subscripts, operators, lambdas; statements are assignments and expressions with `;` between them.

use std::cell::RefCell;
use std::rc::Rc;

use pivot_runtime::bytes::Bytes;
use pivot_runtime::class::Class;
use pivot_runtime::dict::Dict;
use pivot_runtime::exc::Result;
use pivot_runtime::function::{Function, Signature};
use pivot_runtime::int::Int;
use pivot_runtime::registry::{Effects, Kwargs, NativeFn};
use pivot_runtime::set::Set;
use pivot_runtime::str::Str;
use pivot_runtime::{Value, attr, builtins, modules, ops};

/// Names in scope.
type Scope = Rc<RefCell<Vec<(String, Value)>>>;

/// The value of the last statement.
pub fn run(source: &str) -> Result<Value> {
    let scope: Scope = Rc::default();
    let mut parser = Parser {
        text: Rc::new(source.chars().collect()),
        at: 0,
        scope: scope.clone(),
        dry: false,
    };
    loop {
        let target = parser.target();
        let value = parser.expression()?;
        if let Some(name) = target {
            scope.borrow_mut().push((name, value.clone()));
        }
        parser.space();
        if !parser.take(";") {
            assert!(
                parser.at >= parser.text.len(),
                "cannot read {source:?} from {}",
                parser.at
            );
            return Ok(value);
        }
    }
}

/// A parser that evaluates as it reads; `dry` reads on without evaluating (the body of a lambda).
struct Parser {
    text: Rc<Vec<char>>,
    at: usize,
    scope: Scope,
    dry: bool,
}

const LEVELS: &[&[&str]] = &[
    &["|"],
    &["^"],
    &["&"],
    &["<<", ">>"],
    &["+", "-"],
    &["*", "//", "/", "%", "@"],
];

impl Parser {
    fn peek(&self) -> char {
        self.text.get(self.at).copied().unwrap_or('\0')
    }

    fn space(&mut self) {
        while self.peek() == ' ' {
            self.at += 1;
        }
    }

    fn sees(&self, what: &str) -> bool {
        what.chars()
            .enumerate()
            .all(|(i, c)| self.text.get(self.at + i) == Some(&c))
    }

    fn take(&mut self, what: &str) -> bool {
        self.space();
        let found = self.sees(what);
        if found {
            self.at += what.len();
        }
        found
    }

    fn take_word(&mut self, what: &str) -> bool {
        self.space();
        let next = self.text.get(self.at + what.len()).copied().unwrap_or(' ');
        self.sees(what) && !next.is_alphanumeric() && next != '_' && self.take(what)
    }

    fn name(&mut self) -> Option<String> {
        self.space();
        let start = self.at;
        while self.peek().is_alphanumeric() || self.peek() == '_' {
            self.at += 1;
        }
        (self.at > start && !self.text[start].is_ascii_digit()).then(|| self.text[start..self.at].iter().collect())
    }

    /// The name before a single `=`.
    fn target(&mut self) -> Option<String> {
        let start = self.at;
        let name = self.name();
        self.space();
        if name.is_some() && self.sees("=") && !self.sees("==") {
            self.at += 1;
            return name;
        }
        self.at = start;
        None
    }

    fn expression(&mut self) -> Result<Value> {
        if self.take_word("lambda") {
            return self.lambda();
        }
        if self.take_word("not") {
            let value = self.expression()?;
            return Ok(Value::Bool(!ops::truthy(&value)?));
        }
        let left = self.level(0)?;
        for (sign, compare) in COMPARISONS {
            if self.take(sign) {
                let right = self.level(0)?;
                return if self.dry {
                    Ok(Value::None)
                } else {
                    compare(&left, &right)
                };
            }
        }
        Ok(left)
    }

    fn lambda(&mut self) -> Result<Value> {
        let mut names: Vec<&'static str> = Vec::new();
        while !self.take(":") {
            let name = self.name().expect("a parameter");
            names.push(Box::leak(name.into_boxed_str()));
            self.take(",");
        }
        let body = self.at;
        let outer = std::mem::replace(&mut self.dry, true);
        self.expression()?;
        self.dry = outer;
        let signature: &'static Signature = Box::leak(Box::new(Signature {
            name: "<lambda>",
            qualname: "<lambda>",
            module: "__main__",
            posonly: 0,
            args: Vec::leak(names),
            kwonly: &[],
            varargs: None,
            varkw: None,
            doc: None,
            flags: 0,
        }));
        let (text, scope) = (self.text.clone(), self.scope.clone());
        Ok(Function::new(signature, Vec::new(), Vec::new(), move |args| {
            let mut inner = scope.borrow().clone();
            inner.extend(
                signature
                    .args
                    .iter()
                    .map(|name| name.to_string())
                    .zip(args.iter().cloned()),
            );
            let scope = Rc::new(RefCell::new(inner));
            Parser {
                text: text.clone(),
                at: body,
                scope,
                dry: false,
            }
            .expression()
        }))
    }

    fn level(&mut self, level: usize) -> Result<Value> {
        let Some(signs) = LEVELS.get(level) else {
            return self.unary();
        };
        let mut left = self.level(level + 1)?;
        loop {
            self.space();
            let Some(sign) = signs.iter().find(|sign| self.sees(sign) && !self.sees("**")) else {
                return Ok(left);
            };
            self.at += sign.len();
            let right = self.level(level + 1)?;
            if !self.dry {
                left = arithmetic(sign, &left, &right)?;
            }
        }
    }

    fn unary(&mut self) -> Result<Value> {
        for (sign, apply) in [
            ("-", ops::neg as fn(&Value) -> Result<Value>),
            ("+", ops::pos),
            ("~", ops::invert),
        ] {
            if self.take(sign) {
                let value = self.unary()?;
                return if self.dry { Ok(value) } else { apply(&value) };
            }
        }
        let base = self.trailers()?;
        if self.take("**") {
            let exponent = self.unary()?;
            return if self.dry { Ok(base) } else { ops::pow(&base, &exponent) };
        }
        Ok(base)
    }

    fn trailers(&mut self) -> Result<Value> {
        let mut value = self.atom()?;
        loop {
            if self.sees(".") {
                self.at += 1;
                let name = self.name().expect("an attribute");
                if !self.dry {
                    value = attr::get_attr(&value, &name)?;
                }
            } else if self.sees("(") {
                self.at += 1;
                let (args, kwargs) = self.arguments()?;
                if !self.dry {
                    value = ops::call_kw(&value, &args, &kwargs)?;
                }
            } else if self.sees("[") {
                self.at += 1;
                let key = self.subscript()?;
                if !self.dry {
                    value = ops::get_item(&value, &key)?;
                }
            } else {
                return Ok(value);
            }
        }
    }

    fn arguments(&mut self) -> Result<(Vec<Value>, Vec<(Str, Value)>)> {
        let (mut args, mut kwargs) = (Vec::new(), Vec::new());
        while !self.take(")") {
            match self.target() {
                Some(name) => kwargs.push((Str::from(name.as_str()), self.expression()?)),
                None if self.take("*") => args.extend(pivot_runtime::iter::collect(&self.expression()?)?),
                None => args.push(self.expression()?),
            }
            self.take(",");
        }
        Ok((args, kwargs))
    }

    fn subscript(&mut self) -> Result<Value> {
        let mut parts = vec![Value::None];
        let mut is_slice = false;
        loop {
            if self.take("]") {
                break;
            }
            if self.take(":") {
                is_slice = true;
                parts.push(Value::None);
                continue;
            }
            *parts.last_mut().expect("one") = self.expression()?;
        }
        if !is_slice {
            return Ok(parts.remove(0));
        }
        parts.resize(3, Value::None);
        let [start, stop, step] = <[Value; 3]>::try_from(parts).expect("three parts");
        Ok(ops::slice(start, stop, step))
    }

    fn items(&mut self, close: &str) -> Result<(Vec<Value>, bool)> {
        let (mut items, mut comma) = (Vec::new(), false);
        while !self.take(close) {
            items.push(self.expression()?);
            comma = self.take(",");
        }
        Ok((items, comma))
    }

    fn atom(&mut self) -> Result<Value> {
        self.space();
        match self.peek() {
            '(' => {
                self.at += 1;
                let (mut items, comma) = self.items(")")?;
                if items.len() == 1 && !comma {
                    Ok(items.remove(0))
                } else {
                    Ok(Value::tuple(items))
                }
            }
            '[' => {
                self.at += 1;
                Ok(Value::list(self.items("]")?.0))
            }
            '{' => {
                self.at += 1;
                self.braces()
            }
            '\'' | '"' => self.text_literal(false),
            'b' if matches!(self.text.get(self.at + 1), Some('\'' | '"')) => {
                self.at += 1;
                let Value::Str(text) = self.text_literal(false)? else {
                    unreachable!()
                };
                let bytes: Vec<u8> = text.points().iter().map(|&point| point as u8).collect();
                Ok(Value::Bytes(Bytes::from(bytes)))
            }
            'r' if matches!(self.text.get(self.at + 1), Some('\'' | '"')) => {
                self.at += 1;
                self.text_literal(true)
            }
            c if c.is_ascii_digit() || c == '.' => self.number(),
            _ => {
                let name = self
                    .name()
                    .unwrap_or_else(|| panic!("no atom at {} in {:?}", self.at, self.text));
                Ok(self.lookup(&name))
            }
        }
    }

    fn braces(&mut self) -> Result<Value> {
        let dict = Dict::new();
        let set = Set::new();
        let mut is_set = false;
        while !self.take("}") {
            let key = self.expression()?;
            if self.take(":") {
                dict.set(key, self.expression()?)?;
            } else {
                is_set = true;
                set.add(key)?;
            }
            self.take(",");
        }
        Ok(if is_set { Value::Set(set) } else { Value::Dict(dict) })
    }

    fn text_literal(&mut self, raw: bool) -> Result<Value> {
        let quote = self.peek();
        self.at += 1;
        let mut points = Vec::new();
        while self.peek() != quote {
            let c = self.peek();
            self.at += 1;
            if c == '\\' && !raw {
                points.push(self.escape());
            } else {
                points.push(c as u32);
            }
        }
        self.at += 1;
        Ok(Value::Str(Str::from_code_points(&points)))
    }

    fn escape(&mut self) -> u32 {
        let c = self.peek();
        self.at += 1;
        let width = match c {
            'n' => return 10,
            'r' => return 13,
            't' => return 9,
            'f' => return 12,
            'v' => return 11,
            'a' => return 7,
            '0' => return 0,
            'x' => 2,
            'u' => 4,
            'U' => 8,
            'b' => return 8,
            other => return other as u32,
        };
        let digits: String = self.text[self.at..self.at + width].iter().collect();
        self.at += width;
        u32::from_str_radix(&digits, 16).expect("hexadecimal digits")
    }

    fn number(&mut self) -> Result<Value> {
        let start = self.at;
        let is_hex = self.sees("0x");
        while self.peek().is_alphanumeric()
            || self.peek() == '.'
            || (!is_hex && matches!(self.peek(), '+' | '-') && matches!(self.text[self.at - 1], 'e' | 'E'))
        {
            self.at += 1;
        }
        let text: String = self.text[start..self.at].iter().collect();
        if !is_hex && text.contains(['.', 'e', 'j']) {
            return match text.strip_suffix('j') {
                Some(imaginary) => Ok(imaginary_number(imaginary)),
                None => Ok(Value::Float(text.parse().expect("a float"))),
            };
        }
        Int::parse(&Str::from(text.as_str()), 0).map(Value::from)
    }

    fn lookup(&self, name: &str) -> Value {
        if self.dry {
            return Value::None;
        }
        if let Some((_, value)) = self.scope.borrow().iter().rev().find(|(known, _)| known == name) {
            return value.clone();
        }
        match name {
            "None" => return Value::None,
            "True" => return Value::Bool(true),
            "False" => return Value::Bool(false),
            "make_class" => return Value::Builtin(&MAKE_CLASS),
            _ => {}
        }
        modules::link(pivot_runtime::lib::EVERYTHING);
        builtins::get(name)
            .or_else(|| modules::get(name))
            .unwrap_or_else(|| panic!("no name {name}"))
    }
}

type Compare = fn(&Value, &Value) -> Result<Value>;

const COMPARISONS: &[(&str, Compare)] = &[
    ("==", ops::eq),
    ("!=", ops::ne),
    ("<=", ops::le),
    (">=", ops::ge),
    ("<", ops::lt),
    (">", ops::gt),
    ("in ", |a, b| ops::contains(b, a).map(Value::Bool)),
    ("is ", |a, b| Ok(Value::Bool(ops::is(a, b)))),
];

fn arithmetic(sign: &str, a: &Value, b: &Value) -> Result<Value> {
    match sign {
        "|" => ops::bit_or(a, b),
        "^" => ops::bit_xor(a, b),
        "&" => ops::bit_and(a, b),
        "<<" => ops::lshift(a, b),
        ">>" => ops::rshift(a, b),
        "+" => ops::add(a, b),
        "-" => ops::sub(a, b),
        "*" => ops::mul(a, b),
        "//" => ops::floordiv(a, b),
        "/" => ops::truediv(a, b),
        "%" => ops::rem(a, b),
        _ => ops::matmul(a, b),
    }
}

fn imaginary_number(text: &str) -> Value {
    let class = builtins::get("complex").expect("complex");
    let part = Value::Float(text.parse().expect("a number"));
    ops::call(&class, &[Value::Float(0.0), part]).expect("a complex number")
}

/// `make_class(name, annotations, namespace, bases)`: a class statement as a call.
static MAKE_CLASS: NativeFn = NativeFn {
    name: "make_class",
    effects: Effects::READS_ARGS,
    call: make_class,
};

fn make_class(args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    let (Some(name), Value::Dict(annotations)) = (args[0].as_str(), &args[1]) else {
        panic!("make_class")
    };
    let mut namespace = vec![(Str::from("__annotations__"), Value::Dict(annotations.clone()))];
    if let Some(Value::Dict(body)) = args.get(2) {
        namespace.extend(
            body.items()
                .into_iter()
                .map(|(key, value)| (key.as_str().expect("a name").clone(), value)),
        );
    }
    let bases = args.get(3).map_or(Ok(Vec::new()), pivot_runtime::iter::collect)?;
    let name = name.to_rust_string();
    Class::build(&name, &name, "__main__", &bases, namespace, &[])
}
