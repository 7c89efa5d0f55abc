//! Random expressions of a kind. Every compound one stands in parentheses, so that it can be put anywhere.

use super::kind::{Kind, tuple};
use pivot::parity::cases::rng::Rng;

/// A function that can be called: its name, what it takes, what it gives.
#[derive(Clone, Debug)]
pub struct Callable {
    pub name: String,
    pub params: Vec<Kind>,
    pub ret: Kind,
}

/// What expressions can name at the place at hand.
#[derive(Clone, Debug)]
pub struct Scope {
    pub vars: Vec<(String, Kind)>,
    pub functions: Vec<Callable>,
    pub classes: usize,
    next: usize,
}

impl Scope {
    pub fn new(functions: Vec<Callable>, classes: usize) -> Scope {
        Scope {
            vars: Vec::new(),
            functions,
            classes,
            next: 0,
        }
    }

    /// A name that no variable has.
    pub fn fresh(&mut self) -> String {
        self.next += 1;
        format!("v{}", self.next)
    }

    fn of_kind(&self, rng: &mut Rng, kind: &Kind) -> Option<String> {
        let fitting: Vec<&String> = self
            .vars
            .iter()
            .filter(|(_, k)| k == kind)
            .map(|(name, _)| name)
            .collect();
        (!fitting.is_empty()).then(|| (*rng.pick(&fitting)).clone())
    }
}

/// An expression of the kind; every hundredth of another one, for CPython's words about that.
pub fn expr(rng: &mut Rng, scope: &Scope, kind: &Kind, depth: usize) -> String {
    if depth == 0 || rng.percent(12) {
        return simple(rng, scope, kind);
    }
    if rng.below(150) == 0 {
        let other = Kind::any(rng, 1);
        return expr(rng, scope, &other, depth - 1);
    }
    let mut maker = Maker {
        rng,
        scope,
        depth: depth - 1,
    };
    if maker.rng.percent(14) {
        return maker.general(kind);
    }
    match kind {
        Kind::Int => maker.int(),
        Kind::Float => maker.float(),
        Kind::Str => maker.str(),
        Kind::Bool => maker.bool(),
        Kind::Bytes => maker.bytes(),
        Kind::List(item) => maker.list(item),
        Kind::Dict(key, value) => maker.dict(key, value),
        Kind::Set(item) => maker.set(item),
        Kind::Tuple(parts) => maker.tuple(parts),
        Kind::Option(inner) => maker.option(inner),
        Kind::Record(fields) => {
            let fields = fields.iter().map(|(key, kind)| format!("'{key}': {}", maker.of(kind)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(", "))
        }
        Kind::Object(class) => format!("C{class}({}, {})", maker.of(&Kind::Int), maker.of(&Kind::Str)),
    }
}

/// A variable, or a literal.
pub fn simple(rng: &mut Rng, scope: &Scope, kind: &Kind) -> String {
    match scope.of_kind(rng, kind) {
        Some(name) if rng.percent(80) => name,
        _ => {
            let small = rng.percent(70);
            let text = kind.literal(rng, small);
            if text.starts_with('-') {
                format!("({text})")
            } else {
                text
            }
        }
    }
}

struct Maker<'a> {
    rng: &'a mut Rng,
    scope: &'a Scope,
    depth: usize,
}

impl Maker<'_> {
    fn of(&mut self, kind: &Kind) -> String {
        expr(self.rng, self.scope, kind, self.depth)
    }

    fn any(&mut self) -> String {
        let kind = Kind::any(self.rng, 1);
        self.of(&kind)
    }

    fn int_small(&mut self, most: i64) -> String {
        if self.rng.percent(50) {
            return self.rng.between(0, most).to_string();
        }
        format!("({} % {})", self.of(&Kind::Int), most + 1)
    }

    fn op(&mut self, left: &Kind, ops: &[&str], right: &Kind) -> String {
        let (left, right) = (self.of(left), self.of(right));
        format!("({left} {} {right})", self.rng.pick(ops))
    }

    /// A kind whose values are compared and hashed.
    fn item(&mut self) -> Kind {
        Kind::key(self.rng)
    }

    fn container(&mut self) -> Kind {
        let item = Box::new(Kind::any(self.rng, 0));
        match self.rng.below(4) {
            0 => Kind::Dict(Box::new(Kind::key(self.rng)), item),
            1 => Kind::Set(Box::new(Kind::key(self.rng))),
            2 => Kind::Str,
            _ => Kind::List(item),
        }
    }

    /// A comprehension over some items: its element under a name that is bound there.
    fn comprehension(&mut self, element: &dyn Fn(&mut Maker<'_>) -> String) -> String {
        let source = Kind::any(self.rng, 0);
        let (iterable, kind) = match self.rng.below(4) {
            0 => (format!("range({})", self.int_small(6)), Kind::Int),
            1 => (self.of(&Kind::Str), Kind::Str),
            _ => (self.of(&Kind::List(Box::new(source.clone()))), source),
        };
        let mut inner = self.scope.clone();
        let name = format!("q{}", self.rng.below(1000));
        inner.vars.push((name.clone(), kind));
        let mut maker = Maker {
            rng: self.rng,
            scope: &inner,
            depth: self.depth.saturating_sub(1),
        };
        let head = element(&mut maker);
        let cond = match maker.rng.below(3) {
            0 => format!(" if {}", maker.of(&Kind::Bool)),
            _ => String::new(),
        };
        format!("{head} for {name} in {iterable}{cond}")
    }

    /// What gives a value of any kind.
    fn general(&mut self, kind: &Kind) -> String {
        match self.rng.below(10) {
            0 | 1 => {
                let (then, cond, other) = (self.of(kind), self.of(&Kind::Bool), self.of(kind));
                format!("({then} if {cond} else {other})")
            }
            2 => {
                let items: Vec<String> = (0..3).map(|_| self.of(kind)).collect();
                format!("[{}][{} % 3]", items.join(", "), self.of(&Kind::Int))
            }
            3 => {
                let list = Kind::List(Box::new(kind.clone()));
                match self.scope.of_kind(self.rng, &list) {
                    Some(name) if self.rng.percent(80) => {
                        format!(
                            "({name}[{} % len({name})] if {name} else {})",
                            self.of(&Kind::Int),
                            self.of(kind)
                        )
                    }
                    _ => format!("{}[{}]", self.of(&list), self.of(&Kind::Int)),
                }
            }
            4 => {
                let fitting: Vec<Callable> = self
                    .scope
                    .functions
                    .iter()
                    .filter(|f| f.ret == *kind)
                    .cloned()
                    .collect();
                if fitting.is_empty() {
                    return self.of(kind);
                }
                let callable = self.rng.pick(&fitting).clone();
                let args: Vec<String> = callable.params.iter().map(|param| self.of(param)).collect();
                format!("{}({})", callable.name, args.join(", "))
            }
            5 => {
                let key = self.item();
                let dict = Kind::Dict(Box::new(key.clone()), Box::new(kind.clone()));
                match self.rng.below(12) {
                    0 => format!("{}[{}]", self.of(&dict), self.of(&key)),
                    _ => format!("{}.get({}, {})", self.of(&dict), self.of(&key), self.of(kind)),
                }
            }
            6 => {
                let op = *self.rng.pick(&["or", "and"]);
                format!("({} {op} {})", self.of(kind), self.of(kind))
            }
            7 => {
                let other = Kind::any(self.rng, 0);
                let at = self.rng.below(2);
                let parts = if at == 0 {
                    vec![kind.clone(), other]
                } else {
                    vec![other, kind.clone()]
                };
                format!("{}[{at}]", self.of(&Kind::Tuple(parts)))
            }
            8 => format!("(lambda w: {})({})", simple(self.rng, self.scope, kind), self.any()),
            _ => {
                let list = Kind::List(Box::new(kind.clone()));
                format!("next(iter({}), {})", self.of(&list), self.of(kind))
            }
        }
    }

    fn int(&mut self) -> String {
        let int = &Kind::Int;
        match self.rng.below(38) {
            0..=5 => self.op(int, &["+", "-", "*"], int),
            6 => self.op(int, &["//", "%"], int),
            7 => {
                let by = *self.rng.pick(&["3", "7", "(-4)", "10", "1000003", "2"]);
                let op = *self.rng.pick(&["//", "%"]);
                format!("({} {op} {by})", self.of(int))
            }
            8 | 9 => self.op(int, &["&", "|", "^"], int),
            10 => format!("({} << {})", self.of(int), self.int_small(66)),
            11 => format!("({} >> {})", self.of(int), self.int_small(70)),
            12 => format!("({} ** {})", self.of(int), self.int_small(4)),
            13 => format!("(-{})", self.of(int)),
            14 => format!("(~{})", self.of(int)),
            15 => format!("abs({})", self.of(int)),
            16 | 17 => {
                let container = self.container();
                format!("len({})", self.of(&container))
            }
            18 => format!("sum({})", self.of(&Kind::List(Box::new(Kind::Int)))),
            19 => format!("sum({})", self.comprehension(&|maker| maker.of(&Kind::Int))),
            20 => {
                let op = *self.rng.pick(&["min", "max"]);
                format!("{op}({}, {})", self.of(int), self.of(int))
            }
            21 => {
                let op = *self.rng.pick(&["min", "max"]);
                format!(
                    "{op}({}, default={})",
                    self.of(&Kind::List(Box::new(Kind::Int))),
                    self.of(int)
                )
            }
            22 => format!("int({})", self.of(&Kind::Float)),
            23 if self.rng.percent(85) => format!("int(f'{{{}}}0')", self.rng.clone().between(0, 99)),
            23 => format!("int({})", self.of(&Kind::Str)),
            24 if self.rng.percent(70) => format!("len(str({}))", self.of(int)),
            24 => format!(
                "int({}, {})",
                self.of(&Kind::Str),
                self.rng.pick(&["2", "10", "16", "36", "0"])
            ),
            25 if self.rng.percent(80) => format!("ord(({} + 'k')[0])", self.of(&Kind::Str)),
            25 => format!("ord({}[{}])", self.of(&Kind::Str), self.of(int)),
            26 => {
                let method = *self
                    .rng
                    .pick(&["count", "find", "rfind", "count", "find", "rfind", "index", "rindex"]);
                format!("{}.{method}({})", self.of(&Kind::Str), self.of(&Kind::Str))
            }
            27 => {
                let item = Kind::any(self.rng, 0);
                let method = *self.rng.pick(&["index", "count", "count", "count"]);
                format!(
                    "{}.{method}({})",
                    self.of(&Kind::List(Box::new(item.clone()))),
                    self.of(&item)
                )
            }
            28 => {
                let at = self.rng.below(2);
                format!("divmod({}, {})[{at}]", self.of(int), self.of(int))
            }
            29 => format!("round({})", self.of(&Kind::Float)),
            30 => format!("round({}, {})", self.of(int), self.rng.between(-3, 2)),
            31 => format!("({}).bit_length()", self.of(int)),
            32 => format!("pow({}, {}, {})", self.of(int), self.int_small(20), self.of(int)),
            33 => {
                let function = *self.rng.pick(&["floor", "ceil", "trunc"]);
                format!("math.{function}({})", self.of(&Kind::Float))
            }
            34 => format!("math.gcd({}, {})", self.of(int), self.of(int)),
            35 => format!("math.isqrt(abs({}))", self.of(int)),
            36 if self.scope.classes > 0 => {
                let class = Kind::Object(self.rng.below(self.scope.classes));
                let what = *self.rng.pick(&["num", "twice()", "plus(3)", "prop"]);
                format!("{}.{what}", self.of(&class))
            }
            _ => format!("({} + {})", self.of(&Kind::Bool), self.of(int)),
        }
    }

    fn float(&mut self) -> String {
        let (int, float) = (&Kind::Int, &Kind::Float);
        match self.rng.below(20) {
            0..=3 => self.op(float, &["+", "-", "*"], float),
            4 => self.op(float, &["/", "//", "%"], float),
            5 => self.op(int, &["/"], int),
            6 => self.op(float, &["+", "-", "*", "/", "//", "%"], int),
            7 => self.op(int, &["+", "-", "*", "/", "//", "%"], float),
            8 => format!("float({})", self.of(int)),
            9 if self.rng.percent(80) => format!("float(repr({}))", self.of(float)),
            9 => format!("float({})", self.of(&Kind::Str)),
            10 => format!("(-{})", self.of(float)),
            11 => format!("abs({})", self.of(float)),
            12 => format!("round({}, {})", self.of(float), self.rng.between(-2, 5)),
            13 => {
                let function = *self
                    .rng
                    .pick(&["sqrt", "sin", "exp", "log", "fabs", "atan", "log2", "degrees"]);
                format!("math.{function}({})", self.of(float))
            }
            14 => format!("sum({}, 0.0)", self.of(&Kind::List(Box::new(Kind::Float)))),
            15 => format!("math.fsum({})", self.of(&Kind::List(Box::new(Kind::Float)))),
            16 => {
                let op = *self.rng.pick(&["min", "max"]);
                format!("{op}({}, {})", self.of(float), self.of(float))
            }
            17 => format!(
                "({} ** {})",
                self.of(float),
                self.rng.pick(&["2", "0.5", "-1", "3", "1.5", "0"])
            ),
            18 => format!("math.hypot({}, {})", self.of(float), self.of(float)),
            _ => format!("sum({})", self.comprehension(&|maker| maker.of(&Kind::Float))),
        }
    }

    fn str(&mut self) -> String {
        let (int, text) = (&Kind::Int, &Kind::Str);
        match self.rng.below(34) {
            0..=2 => self.op(text, &["+"], text),
            3 => format!("({} * {})", self.of(text), self.int_small(3)),
            4 if self.rng.percent(80) => format!("({} + 'é')[{} % 1]", self.of(text), self.of(int)),
            4 => format!("{}[{}]", self.of(text), self.of(int)),
            5 => format!("{}[{}:{}]", self.of(text), self.of(int), self.of(int)),
            6 => format!("{}[::{}]", self.of(text), self.rng.pick(&["-1", "2", "-2", "3"])),
            7 | 8 => {
                let methods = [
                    "upper",
                    "lower",
                    "title",
                    "capitalize",
                    "swapcase",
                    "strip",
                    "lstrip",
                    "rstrip",
                    "casefold",
                    "expandtabs",
                ];
                format!("{}.{}()", self.of(text), self.rng.pick(&methods))
            }
            9 => {
                let method = *self
                    .rng
                    .pick(&["strip", "lstrip", "rstrip", "removeprefix", "removesuffix"]);
                format!("{}.{method}({})", self.of(text), self.of(text))
            }
            10 => format!("{}.replace({}, {})", self.of(text), self.of(text), self.of(text)),
            11 | 12 => format!("{}.join({})", self.of(text), self.of(&Kind::List(Box::new(Kind::Str)))),
            13 => {
                let method = *self.rng.pick(&["center", "ljust", "rjust", "zfill"]);
                format!("{}.{method}({})", self.of(text), self.int_small(12))
            }
            14 | 15 => {
                let function = *self.rng.pick(&["str", "repr", "ascii"]);
                format!("{function}({})", self.any())
            }
            16..=18 => self.format_string(),
            19 => {
                let spec = *self.rng.pick(&["%d", "%5d", "%x", "%05d", "%+d", "%s"]);
                format!("('{spec}' % {})", self.of(int))
            }
            20 => {
                let spec = *self.rng.pick(&["%.2f", "%e", "%g", "%10.3f", "%r"]);
                format!("('{spec}' % {})", self.of(&Kind::Float))
            }
            21 => format!("'{{}}-{{:>4}}'.format({}, {})", self.any(), self.of(text)),
            22 => format!("chr({})", self.int_small(1200)),
            23 => {
                let function = *self.rng.pick(&["hex", "bin", "oct"]);
                format!("{function}({})", self.of(int))
            }
            24 => {
                let method = *self.rng.pick(&["partition", "rpartition"]);
                format!("{}.{method}({})[{}]", self.of(text), self.of(text), self.rng.below(3))
            }
            25 => format!("''.join(sorted({}))", self.of(text)),
            26 => format!("''.join(reversed({}))", self.of(text)),
            27 => format!("{}.hex()", self.of(&Kind::Bytes)),
            28 => format!("' '.join({})", self.comprehension(&|maker| maker.of(&Kind::Str))),
            29 if self.scope.classes > 0 => {
                let class = Kind::Object(self.rng.below(self.scope.classes));
                let what = *self.rng.pick(&["word", "label()", "word.upper()"]);
                format!("{}.{what}", self.of(&class))
            }
            30 => {
                let list = Kind::List(Box::new(Kind::Str));
                let op = *self.rng.pick(&["min", "max"]);
                format!("{op}({}, key=len, default='')", self.of(&list))
            }
            31 => format!("type({}).__name__", self.any()),
            _ => format!("str({})", self.of(int)),
        }
    }

    fn format_string(&mut self) -> String {
        let specs: [(&Kind, &[&str]); 4] = [
            (
                &Kind::Int,
                &[
                    "", ":,", ":>8", ":x", ":08b", ":+d", ":^7", ":_", "!r", ":e", ":.2f", ":#o",
                ],
            ),
            (
                &Kind::Float,
                &["", ":.2f", ":e", ":>10.3g", ":,.1f", ":%", "!r", ":010.4f", ":g", ":n"],
            ),
            (&Kind::Str, &["", ":>6", ":<4", ":^9", ":.2", "!r", "!a", ":*^8"]),
            (&Kind::Bool, &["", "!r", ":d", ":>6"]),
        ];
        let mut text = String::new();
        for _ in 0..self.rng.between(1, 3) {
            let (kind, specs) = specs[self.rng.below(4)];
            let value = simple(self.rng, self.scope, kind);
            let spec = *self.rng.pick(specs);
            // Inside the quotes of an f-string no quote and no backslash may stand.
            let value = if value.contains(['\'', '\\', '"', '{']) {
                "12".to_string()
            } else {
                value
            };
            let spec = if value == "12" && *kind != Kind::Int { "" } else { spec };
            text.push_str(&format!(
                "{{{value}{spec}}}{}",
                self.rng.pick(&["", " ", "-", ": ", "{{}}"])
            ));
        }
        format!("f'{text}'")
    }

    fn bool(&mut self) -> String {
        let comparisons = &["<", "<=", ">", ">=", "==", "!="];
        match self.rng.below(22) {
            0..=4 => self.op(&Kind::Int, comparisons, &Kind::Int),
            5 => self.op(&Kind::Float, comparisons, &Kind::Float),
            6 => self.op(&Kind::Int, comparisons, &Kind::Float),
            7 | 8 => self.op(&Kind::Str, comparisons, &Kind::Str),
            9 => {
                let kind = Kind::any(self.rng, 1);
                self.op(&kind, &["==", "!="], &kind)
            }
            10 => {
                let item = self.item();
                let list = Kind::List(Box::new(item));
                self.op(&list, comparisons, &list)
            }
            11 => format!("(not {})", self.of(&Kind::Bool)),
            12 => self.op(&Kind::Bool, &["and", "or", "&", "|", "^", "=="], &Kind::Bool),
            13 => {
                let item = self.item();
                let container = match self.rng.below(3) {
                    0 => Kind::Set(Box::new(item.clone())),
                    1 => Kind::Dict(Box::new(item.clone()), Box::new(Kind::Int)),
                    _ => Kind::List(Box::new(item.clone())),
                };
                self.op(&item, &["in", "not in"], &container)
            }
            14 => self.op(&Kind::Str, &["in", "not in"], &Kind::Str),
            15 => {
                let methods = [
                    "isdigit",
                    "isalpha",
                    "isspace",
                    "isupper",
                    "islower",
                    "isalnum",
                    "isidentifier",
                    "istitle",
                ];
                format!("{}.{}()", self.of(&Kind::Str), self.rng.pick(&methods))
            }
            16 => {
                let method = *self.rng.pick(&["startswith", "endswith"]);
                format!("{}.{method}({})", self.of(&Kind::Str), self.of(&Kind::Str))
            }
            17 => {
                let function = *self.rng.pick(&["any", "all"]);
                format!("{function}({})", self.comprehension(&|maker| maker.of(&Kind::Bool)))
            }
            18 => {
                let classes = *self.rng.pick(&["int", "str", "(int, float)", "list", "bool"]);
                format!("isinstance({}, {classes})", self.any())
            }
            19 => {
                let inner = Kind::any(self.rng, 0);
                format!("({} is None)", self.of(&Kind::Option(Box::new(inner))))
            }
            20 => format!(
                "({} < {} <= {})",
                self.of(&Kind::Int),
                self.of(&Kind::Int),
                self.of(&Kind::Int)
            ),
            _ => format!("bool({})", self.any()),
        }
    }

    fn bytes(&mut self) -> String {
        match self.rng.below(5) {
            0 => format!("{}.encode()", self.of(&Kind::Str)),
            1 => self.op(&Kind::Bytes, &["+"], &Kind::Bytes),
            2 => format!("{}[{}:]", self.of(&Kind::Bytes), self.of(&Kind::Int)),
            3 => format!("bytes({})", self.of(&Kind::List(Box::new(Kind::Int)))),
            _ => simple(self.rng, self.scope, &Kind::Bytes),
        }
    }

    fn list(&mut self, item: &Kind) -> String {
        let list = &Kind::List(Box::new(item.clone()));
        let sortable = matches!(item, Kind::Int | Kind::Str | Kind::Float | Kind::Bool | Kind::Bytes);
        match self.rng.below(18) {
            0..=2 => {
                let count = self.rng.between(0, 3);
                let items: Vec<String> = (0..count).map(|_| self.of(item)).collect();
                format!("[{}]", items.join(", "))
            }
            3..=5 => format!("[{}]", self.comprehension(&|maker| maker.of(item))),
            6 => self.op(list, &["+"], list),
            7 => format!("({} * {})", self.of(list), self.int_small(2)),
            8 => format!("{}[{}:{}]", self.of(list), self.of(&Kind::Int), self.of(&Kind::Int)),
            9 => format!("{}[::{}]", self.of(list), self.rng.pick(&["-1", "2", "-3"])),
            10 if sortable => {
                let end = *self
                    .rng
                    .pick(&["", ", reverse=True", ", key=str", ", key=lambda k: (str(k)[::-1], k)"]);
                format!("sorted({}{end})", self.of(list))
            }
            11 => format!("list(reversed({}))", self.of(list)),
            12 if *item == Kind::Int => {
                let bounds = [self.int_small(9), self.int_small(12)];
                format!(
                    "list(range({}, {}, {}))",
                    bounds[0],
                    bounds[1],
                    self.rng.pick(&["1", "2", "-1", "3"])
                )
            }
            12 if *item == Kind::Str => {
                let how = *self.rng.pick(&[
                    "split()",
                    "split(',')",
                    "splitlines()",
                    "rsplit(' ', 1)",
                    "split('a', 2)",
                ]);
                format!("{}.{how}", self.of(&Kind::Str))
            }
            13 if *item == Kind::Str => match self.rng.below(3) {
                0 => format!("list({})", self.of(&Kind::Str)),
                1 => format!("list(map(str, {}))", self.of(&Kind::List(Box::new(Kind::Int)))),
                _ => format!("[*{}]", self.of(&Kind::Str)),
            },
            14 if matches!(item, Kind::Int | Kind::Str) => {
                let from = match self.rng.below(2) {
                    0 => Kind::Set(Box::new(item.clone())),
                    _ => Kind::Dict(Box::new(item.clone()), Box::new(Kind::Int)),
                };
                format!("list({})", self.of(&from))
            }
            15 => {
                let dict = Kind::Dict(Box::new(Kind::Str), Box::new(item.clone()));
                format!("list({}.values())", self.of(&dict))
            }
            16 => format!("list(filter(None, {}))", self.of(list)),
            17 => match item {
                Kind::Tuple(parts) if parts.len() == 2 => {
                    let (left, right) = (
                        Kind::List(Box::new(parts[0].clone())),
                        Kind::List(Box::new(parts[1].clone())),
                    );
                    format!("list(zip({}, {}))", self.of(&left), self.of(&right))
                }
                _ => format!("[*{}, {}]", self.of(list), self.of(item)),
            },
            _ => format!("({} or {})", self.of(list), self.of(list)),
        }
    }

    fn dict(&mut self, key: &Kind, value: &Kind) -> String {
        let dict = &Kind::Dict(Box::new(key.clone()), Box::new(value.clone()));
        match self.rng.below(7) {
            0 | 1 => {
                let count = self.rng.between(0, 3);
                let pairs: Vec<String> = (0..count)
                    .map(|_| format!("{}: {}", self.of(key), self.of(value)))
                    .collect();
                format!("{{{}}}", pairs.join(", "))
            }
            2 | 3 => {
                let pair = |maker: &mut Maker<'_>| format!("{}: {}", maker.of(key), maker.of(value));
                format!("{{{}}}", self.comprehension(&pair))
            }
            4 => {
                let (keys, values) = (Kind::List(Box::new(key.clone())), Kind::List(Box::new(value.clone())));
                format!("dict(zip({}, {}))", self.of(&keys), self.of(&values))
            }
            5 => self.op(dict, &["|"], dict),
            _ => format!("{{**{}, **{}}}", self.of(dict), self.of(dict)),
        }
    }

    fn set(&mut self, item: &Kind) -> String {
        let set = &Kind::Set(Box::new(item.clone()));
        match self.rng.below(5) {
            0 => format!("set({})", self.of(&Kind::List(Box::new(item.clone())))),
            1 | 2 => self.op(set, &["|", "&", "-", "^"], set),
            3 => format!("{{{}, {}}}", self.of(item), self.of(item)),
            _ => format!("{{{}}}", self.comprehension(&|maker| maker.of(item))),
        }
    }

    fn tuple(&mut self, parts: &[Kind]) -> String {
        if matches!(parts, [Kind::Int, Kind::Int]) && self.rng.percent(20) {
            return format!("divmod({}, {})", self.of(&Kind::Int), self.of(&Kind::Int));
        }
        let parts: Vec<String> = parts.iter().map(|part| self.of(part)).collect();
        tuple(&parts)
    }

    fn option(&mut self, inner: &Kind) -> String {
        match self.rng.below(4) {
            0 => format!("(None if {} else {})", self.of(&Kind::Bool), self.of(inner)),
            1 => {
                let key = self.item();
                let dict = Kind::Dict(Box::new(key.clone()), Box::new(inner.clone()));
                format!("{}.get({})", self.of(&dict), self.of(&key))
            }
            2 => "None".to_string(),
            _ => self.of(inner),
        }
    }
}
