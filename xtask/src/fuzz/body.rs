//! Random statements: the body of a function.

use super::expr::{Callable, Scope, expr, simple};
use super::kind::Kind;
use pivot::parity::cases::rng::Rng;

/// A function's body while it grows.
pub struct Body<'a> {
    rng: &'a mut Rng,
    scope: Scope,
    ret: Kind,
    pub lines: Vec<String>,
    depth: usize,
    loops: usize,
    /// Statements that may still be made.
    left: usize,
}

impl<'a> Body<'a> {
    pub fn new(rng: &'a mut Rng, scope: Scope, ret: Kind) -> Body<'a> {
        let left = rng.between(1, 14) as usize;
        Body {
            rng,
            scope,
            ret,
            lines: Vec::new(),
            depth: 1,
            loops: 0,
            left,
        }
    }

    /// The whole body, with a `return` at its end.
    pub fn fill(&mut self) {
        while self.left > 0 {
            self.stmt();
        }
        let ret = self.ret.clone();
        let value = self.expr(&ret);
        self.line(&format!("return {value}"));
    }

    fn line(&mut self, text: &str) {
        self.lines.push(format!("{}{text}", "    ".repeat(self.depth)));
    }

    fn expr(&mut self, kind: &Kind) -> String {
        let depth = self.rng.between(0, 3) as usize;
        expr(self.rng, &self.scope, kind, depth)
    }

    fn any(&mut self) -> Kind {
        Kind::any(self.rng, 2)
    }

    /// A few statements one level further in; what they bind is mostly forgotten afterwards.
    fn block(&mut self) {
        let before = self.scope.vars.len();
        self.depth += 1;
        let start = self.lines.len();
        for _ in 0..self.rng.between(1, 3) {
            if self.left > 0 && self.depth < 6 {
                self.stmt();
            }
        }
        if self.lines.len() == start {
            self.line("pass");
        }
        self.depth -= 1;
        if self.rng.percent(95) {
            self.scope.vars.truncate(before);
        }
    }

    fn bind(&mut self, kind: &Kind) -> String {
        let name = self.scope.fresh();
        self.scope.vars.push((name.clone(), kind.clone()));
        name
    }

    fn variable(&mut self, wanted: &dyn Fn(&Kind) -> bool) -> Option<(String, Kind)> {
        let fitting: Vec<&(String, Kind)> = self.scope.vars.iter().filter(|(_, kind)| wanted(kind)).collect();
        (!fitting.is_empty()).then(|| (*self.rng.pick(&fitting)).clone())
    }

    fn stmt(&mut self) {
        self.left = self.left.saturating_sub(1);
        match self
            .rng
            .weighted(&[22, 10, 10, 10, 12, 4, 5, 14, 3, 4, 3, 3, 3, 3, 2, 2])
        {
            0 => self.assign(),
            1 => self.reassign(),
            2 => self.augment(),
            3 => self.branch(),
            4 => self.for_loop(),
            5 => self.while_loop(),
            6 => self.try_block(),
            7 => self.mutate(),
            8 => self.unpack(),
            9 => self.leave(),
            10 => self.inner_function(),
            11 => self.generator(),
            12 => self.matching(),
            13 => self.show(),
            14 => self.check(),
            _ => self.delete(),
        }
    }

    fn assign(&mut self) {
        let kind = self.any();
        let value = self.expr(&kind);
        let name = self.bind(&kind);
        self.line(&format!("{name} = {value}"));
    }

    fn reassign(&mut self) {
        let Some((name, mut kind)) = self.variable(&|_| true) else {
            return self.assign();
        };
        if self.rng.percent(6) {
            kind = self.any();
            self.scope.vars.retain(|(other, _)| *other != name);
            self.scope.vars.push((name.clone(), kind.clone()));
        }
        let value = self.expr(&kind);
        self.line(&format!("{name} = {value}"));
    }

    fn augment(&mut self) {
        let Some((name, kind)) = self.variable(&|kind| {
            matches!(
                kind,
                Kind::Int | Kind::Float | Kind::Str | Kind::List(_) | Kind::Set(_) | Kind::Dict(..)
            )
        }) else {
            return self.assign();
        };
        let ops: &[&str] = match kind {
            Kind::Int => &["+", "-", "*", "//", "%", "&", "|", "^", ">>"],
            Kind::Float => &["+", "-", "*", "/"],
            Kind::Set(_) => &["|", "&", "-", "^"],
            Kind::Dict(..) => &["|"],
            _ => &["+"],
        };
        let op = *self.rng.pick(ops);
        // Text that grows with every round of nested loops would take all memory.
        let value = match kind {
            Kind::Str | Kind::List(_) if self.loops > 0 => {
                let small = self.rng.percent(60);
                kind.literal(self.rng, small)
            }
            Kind::Int if op == "*" && self.loops > 0 => Kind::Int.literal(self.rng, true),
            Kind::Int if op == ">>" => self.rng.between(0, 9).to_string(),
            _ => self.expr(&kind),
        };
        self.line(&format!("{name} {op}= {value}"));
    }

    fn branch(&mut self) {
        let cond = self.expr(&Kind::Bool);
        match self.rng.below(6) {
            0 => {
                let value = self.expr(&Kind::Int);
                let name = self.bind(&Kind::Int);
                self.line(&format!(
                    "if ({name} := {value}) > {}:",
                    self.rng.clone().between(-3, 9)
                ));
            }
            _ => self.line(&format!("if {cond}:")),
        }
        self.block();
        if self.rng.percent(25) {
            let cond = self.expr(&Kind::Bool);
            self.line(&format!("elif {cond}:"));
            self.block();
        }
        if self.rng.percent(45) {
            self.line("else:");
            self.block();
        }
    }

    fn for_loop(&mut self) {
        if self.loops >= 2 {
            return self.assign();
        }
        let item = Kind::any(self.rng, 1);
        let list = |item: &Kind| Kind::List(Box::new(item.clone()));
        let (head, bound): (String, Vec<Kind>) = match self.rng.below(9) {
            0 | 1 => {
                let stop = self.expr(&Kind::Int);
                (format!("range({stop} % {})", self.rng.between(3, 9)), vec![Kind::Int])
            }
            2 => {
                let step = *self.rng.pick(&["1", "2", "-1", "-3", "5"]);
                (
                    format!(
                        "range({}, {}, {step})",
                        self.rng.between(-4, 9),
                        self.rng.between(-4, 14)
                    ),
                    vec![Kind::Int],
                )
            }
            3 => (format!("enumerate({})", self.expr(&list(&item))), vec![Kind::Int, item]),
            4 => {
                let other = Kind::any(self.rng, 0);
                (
                    format!("zip({}, {})", self.expr(&list(&item)), self.expr(&list(&other))),
                    vec![item, other],
                )
            }
            5 => {
                let key = Kind::key(self.rng);
                let dict = Kind::Dict(Box::new(key.clone()), Box::new(item.clone()));
                (format!("{}.items()", self.expr(&dict)), vec![key, item])
            }
            6 => (self.expr(&Kind::Str), vec![Kind::Str]),
            7 => (format!("reversed({})", self.expr(&list(&item))), vec![item]),
            _ => (self.expr(&list(&item)), vec![item]),
        };
        let names: Vec<String> = bound.iter().map(|kind| self.bind(kind)).collect();
        self.line(&format!("for {} in {head}:", names.join(", ")));
        self.loops += 1;
        self.block();
        self.loops -= 1;
        if self.rng.percent(10) {
            self.line("else:");
            self.block();
        }
    }

    fn while_loop(&mut self) {
        if self.loops >= 2 {
            return self.assign();
        }
        let name = self.scope.fresh();
        self.line(&format!("{name} = 0"));
        let cond = self.expr(&Kind::Bool);
        let most = self.rng.between(1, 6);
        self.line(&format!("while {name} < {most} and {cond}:"));
        self.depth += 1;
        self.line(&format!("{name} += 1"));
        self.depth -= 1;
        self.loops += 1;
        self.block();
        self.loops -= 1;
    }

    fn try_block(&mut self) {
        self.line("try:");
        self.block();
        let classes = [
            "ValueError",
            "(IndexError, KeyError)",
            "ZeroDivisionError",
            "Exception",
            "LookupError",
            "ArithmeticError",
        ];
        let class = *self.rng.pick(&classes);
        if self.rng.percent(50) {
            let name = self.scope.fresh();
            self.line(&format!("except {class} as {name}:"));
            self.depth += 1;
            let text = self.bind(&Kind::Str);
            self.line(&format!("{text} = str({name})"));
            self.depth -= 1;
        } else {
            self.line(&format!("except {class}:"));
        }
        self.block();
        if self.rng.percent(20) {
            self.line("else:");
            self.block();
        }
        if self.rng.percent(25) {
            self.line("finally:");
            self.block();
        }
    }

    fn mutate(&mut self) {
        let found = self.variable(&|kind| {
            matches!(
                kind,
                Kind::List(_) | Kind::Dict(..) | Kind::Set(_) | Kind::Record(_) | Kind::Object(_)
            )
        });
        let Some((name, kind)) = found else {
            return self.assign();
        };
        let text = match &kind {
            Kind::List(item) => self.mutated_list(&name, item),
            Kind::Dict(key, value) => {
                let (key, value) = (self.expr(key), self.expr(value));
                match self.rng.below(14) {
                    0 => format!("del {name}[{key}]"),
                    1 => format!("{name}.setdefault({key}, {value})"),
                    2 => format!("{name}.update({{{key}: {value}}})"),
                    3 => format!("{name}.pop({key}, None)"),
                    _ => format!("{name}[{key}] = {value}"),
                }
            }
            Kind::Set(item) => {
                let method = *self.rng.pick(&["add", "add", "add", "discard", "discard", "remove"]);
                format!("{name}.{method}({})", self.expr(item))
            }
            Kind::Record(fields) => {
                let (key, kind) = self.rng.pick(fields).clone();
                match (self.rng.below(20), &kind) {
                    (0, _) => format!("{name}['new'] = {}", self.expr(&kind)),
                    (1, _) => format!("del {name}['{key}']"),
                    (2..=9, Kind::Int | Kind::Float | Kind::Str) => format!("{name}['{key}'] += {}", self.expr(&kind)),
                    _ => format!("{name}['{key}'] = {}", self.expr(&kind)),
                }
            }
            _ => match self.rng.below(3) {
                0 => format!("{name}.num = {}", self.expr(&Kind::Int)),
                1 => format!("{name}.num += {}", self.expr(&Kind::Int)),
                _ => format!("{name}.word = {}", self.expr(&Kind::Str)),
            },
        };
        self.line(&text);
    }

    fn mutated_list(&mut self, name: &str, item: &Kind) -> String {
        let value = self.expr(item);
        match self.rng.below(14) {
            0..=4 => format!("{name}.append({value})"),
            5 if self.loops == 0 => format!("{name}.extend({})", self.expr(&Kind::List(Box::new(item.clone())))),
            6 => format!("{name}.insert({}, {value})", self.expr(&Kind::Int)),
            7 if self.rng.percent(80) => format!("{name} and {name}.pop()"),
            7 => format!("{name}.pop({})", self.expr(&Kind::Int)),
            8 if self.rng.percent(20) => format!("{name}.remove({value})"),
            9 => format!("{name}.reverse()"),
            10 => format!("{name}.sort(key=repr)"),
            11 if self.rng.percent(20) => format!("del {name}[{}]", self.expr(&Kind::Int)),
            12 if self.loops == 0 => {
                let list = self.expr(&Kind::List(Box::new(item.clone())));
                format!(
                    "{name}[{}:{}] = {list}",
                    self.rng.between(-2, 3),
                    self.rng.between(-2, 5)
                )
            }
            13 if self.rng.percent(20) => format!("{name}[{}] = {value}", self.expr(&Kind::Int)),
            _ => format!("{name}[-1:] = [{value}]"),
        }
    }

    fn unpack(&mut self) {
        match self.rng.below(4) {
            0 => {
                let item = Kind::any(self.rng, 0);
                let list = Kind::List(Box::new(item.clone()));
                let value = self.expr(&list);
                let (first, rest) = (self.bind(&item), self.bind(&list));
                let first_value = item.literal(self.rng, true);
                self.line(&format!("{first}, *{rest} = [{first_value}, *{value}]"));
            }
            1 => {
                let Some((first, kind)) = self.variable(&|_| true) else {
                    return;
                };
                if let Some((second, _)) = self.variable(&|other| *other == kind) {
                    self.line(&format!("{first}, {second} = {second}, {first}"));
                }
            }
            2 => {
                let (a, b) = (self.expr(&Kind::Int), self.expr(&Kind::Int));
                let (left, right) = (self.bind(&Kind::Int), self.bind(&Kind::Int));
                self.line(&format!("{left} = {right} = {a} + {b}"));
            }
            _ => {
                let parts = vec![Kind::any(self.rng, 1), Kind::any(self.rng, 0)];
                let value = self.expr(&Kind::Tuple(parts.clone()));
                let names: Vec<String> = parts.iter().map(|kind| self.bind(kind)).collect();
                self.line(&format!("{} = {value}", names.join(", ")));
            }
        }
    }

    fn leave(&mut self) {
        let cond = self.expr(&Kind::Bool);
        self.line(&format!("if {cond}:"));
        self.depth += 1;
        match self.rng.below(6) {
            0 | 1 if self.loops > 0 => self.line("break"),
            2 | 3 if self.loops > 0 => self.line("continue"),
            4 => {
                let class = *self.rng.pick(&["ValueError", "KeyError", "RuntimeError", "IndexError"]);
                let value = self.expr(&Kind::Str);
                self.line(&format!("raise {class}({value})"));
            }
            _ => {
                let ret = self.ret.clone();
                let value = self.expr(&ret);
                self.line(&format!("return {value}"));
            }
        }
        self.depth -= 1;
    }

    fn inner_function(&mut self) {
        let (param, ret) = (Kind::any(self.rng, 1), Kind::any(self.rng, 1));
        let name = format!("g{}", self.scope.fresh());
        let argument = self.scope.fresh();
        self.line(&format!("def {name}({argument}):"));
        self.depth += 1;
        if let Some((outer, Kind::Int)) = self.variable(&|kind| *kind == Kind::Int)
            && self.depth == 2
            && self.rng.percent(50)
        {
            self.line(&format!("nonlocal {outer}"));
            let by = self.rng.between(1, 9);
            self.line(&format!("{outer} += {by}"));
        }
        let mut inner = self.scope.clone();
        inner.vars.push((argument, param.clone()));
        let value = expr(self.rng, &inner, &ret, 2);
        self.line(&format!("return {value}"));
        self.depth -= 1;
        if self.depth == 1 {
            let callable = Callable {
                name,
                params: vec![param],
                ret,
            };
            self.scope.functions.push(callable);
        }
    }

    fn generator(&mut self) {
        let item = Kind::any(self.rng, 0);
        let name = format!("g{}", self.scope.fresh());
        let argument = self.scope.fresh();
        self.line(&format!("def {name}({argument}):"));
        self.depth += 1;
        self.line(&format!("for {argument} in range({argument} % 5):"));
        let mut inner = self.scope.clone();
        inner.vars.push((argument, Kind::Int));
        self.depth += 1;
        let value = expr(self.rng, &inner, &item, 2);
        self.line(&format!("yield {value}"));
        self.depth -= 2;
        let count = self.expr(&Kind::Int);
        let list = self.bind(&Kind::List(Box::new(item)));
        self.line(&format!("{list} = list({name}({count}))"));
    }

    fn matching(&mut self) {
        let subject = match self.rng.below(3) {
            0 => self.expr(&Kind::Int),
            1 => self.expr(&Kind::Tuple(vec![Kind::Int, Kind::Str])),
            _ => self.expr(&Kind::List(Box::new(Kind::Int))),
        };
        self.line(&format!("match {subject}:"));
        self.depth += 1;
        let patterns = ["0 | 1", "-1", "[]", "[_]", "(2, _)", "[_, *_]", "int()", "str()"];
        for _ in 0..self.rng.between(1, 2) {
            let pattern = *self.rng.pick(&patterns);
            self.line(&format!("case {pattern}:"));
            self.block();
        }
        self.line("case _:");
        self.block();
        self.depth -= 1;
    }

    fn show(&mut self) {
        let kind = self.any();
        let value = simple(self.rng, &self.scope, &kind);
        let end = *self.rng.pick(&["", ", end=' '", ", sep='-'"]);
        self.line(&format!("print({value}, {}{end})", self.rng.clone().between(0, 9)));
    }

    fn check(&mut self) {
        let (cond, text) = (self.expr(&Kind::Bool), self.expr(&Kind::Str));
        let usual = if self.rng.percent(70) { "True or " } else { "" };
        self.line(&format!("assert {usual}{cond}, {text}"));
    }

    fn delete(&mut self) {
        if let Some((name, _)) = self.variable(&|_| true) {
            self.line(&format!("del {name}"));
            if self.rng.percent(97) {
                self.scope.vars.retain(|(other, _)| *other != name);
            }
        }
    }
}
