//! Values of a type: mostly ordinary, often at a boundary, now and then a near miss.

use num_bigint::BigInt;

use super::boundary;
use super::material::Material;
use super::rng::Rng;
use super::text;
use crate::parity::form::{End, Form};
use crate::vessel::TypeSpec;
use crate::vessel::type_spec::Field;

/// Callables that a function may be handed: all take one argument.
const CALLABLES: &[&str] = &[
    "abs", "str", "len", "int", "bool", "float", "repr", "sorted", "max", "list",
];
/// Names that files of a case may have, and one that no file has.
pub const FILES: &[&str] = &["a.txt", "b.json", "empty", "\u{e9} t.csv"];
/// What items are when they are not what they were believed to be.
const OTHER_ITEMS: &[TypeSpec] = &[
    TypeSpec::Any,
    TypeSpec::Any,
    TypeSpec::Str,
    TypeSpec::Str,
    TypeSpec::Int,
    TypeSpec::Float,
];
/// Ints that fit into 64 bits while their sums, differences and products do not: native code takes them, and has to give up
/// later.
const EDGES: &[i64] = &[
    i64::MIN,
    i64::MIN + 1,
    i64::MAX - 1,
    i64::MAX,
    1 << 62,
    -(1 << 62) - 1,
    1 << 32,
    -(1 << 32),
];
const MISSING: &str = "missing.txt";
const DEEPEST: usize = 5;

/// Makes values from one stream of random numbers.
pub struct Generator<'a> {
    pub rng: Rng,
    pub material: &'a Material,
    /// Keeps ints below this, for functions that count up to them.
    pub tame: Option<i64>,
    /// Numbers are large all through this case, so that sums and products of several leave 64 bits.
    pub bold: bool,
    /// Texts may name files.
    pub files: bool,
    /// Labels given to shared objects so far.
    pub labels: u32,
    /// How many values may still be made.
    pub budget: usize,
}

impl Generator<'_> {
    /// A value of the type.
    pub fn value(&mut self, ty: &TypeSpec, depth: usize) -> Form {
        self.budget = self.budget.saturating_sub(1);
        match ty {
            TypeSpec::Any | TypeSpec::Never => self.anything(depth),
            TypeSpec::None => Form::None,
            TypeSpec::Bool => Form::Bool(self.rng.percent(50)),
            TypeSpec::Int => self.int_or_near(),
            TypeSpec::Float => self.float_or_near(),
            TypeSpec::Complex => Form::Complex(self.float().to_bits(), self.float().to_bits()),
            TypeSpec::Str if self.files && self.rng.percent(60) => self.path(),
            TypeSpec::Str => Form::Str(text::any(&mut self.rng, self.material)),
            TypeSpec::Path => self.path(),
            TypeSpec::Bytes => Form::Bytes(self.bytes()),
            TypeSpec::Bytearray => Form::Bytearray(self.bytes()),
            TypeSpec::Range => self.range(),
            TypeSpec::Callable => Form::Named((*self.rng.pick(CALLABLES)).to_string()),
            TypeSpec::Object { class } => self.instance(class),
            TypeSpec::Union { options } => {
                let option = self.rng.below(options.len());
                self.value(&options[option], depth)
            }
            _ => self.container(ty, depth),
        }
    }

    fn container(&mut self, ty: &TypeSpec, depth: usize) -> Form {
        match ty {
            TypeSpec::List { item } => Form::List(self.items(item, depth)),
            TypeSpec::Set { item } => Form::Set(self.keys(item, depth)),
            TypeSpec::Frozenset { item } => Form::Frozenset(self.keys(item, depth)),
            TypeSpec::Deque { item } => Form::Deque {
                longest: Box::new(Form::None),
                items: self.items(item, depth),
            },
            TypeSpec::Iterator { item } => Form::Iterator {
                items: self.items(item, depth),
                end: End::Exhausted,
            },
            TypeSpec::Dict { key, value } => self.dict(key, value, depth),
            TypeSpec::Record { fields } => self.record(fields, depth),
            TypeSpec::Tuple { items } => Form::Tuple(items.iter().map(|item| self.value(item, depth + 1)).collect()),
            _ => Form::None,
        }
    }

    /// A value of any kind, for parameters of which nothing is known and for wrong arguments.
    pub fn anything(&mut self, depth: usize) -> Form {
        let deep = usize::from(depth < DEEPEST && self.budget > 0);
        let weights = [
            22,
            18,
            10,
            6,
            6,
            2,
            1,
            12 * deep,
            6 * deep,
            14 * deep,
            4 * deep,
            3 * deep,
            1,
            12 * usize::from(!self.material.instances.is_empty()),
        ];
        match self.rng.weighted(&weights) {
            0 => Form::Int(self.int()),
            1 => Form::Str(text::any(&mut self.rng, self.material)),
            2 => Form::float(self.float()),
            3 => Form::Bool(self.rng.percent(50)),
            4 => Form::None,
            5 => Form::Bytes(self.bytes()),
            6 => Form::Complex(self.float().to_bits(), self.float().to_bits()),
            7 => Form::List(self.items(&TypeSpec::Any, depth)),
            8 => Form::List(self.items(&TypeSpec::Int, depth)),
            9 => self.dict(&TypeSpec::Str, &TypeSpec::Any, depth),
            10 => Form::Tuple(self.items(&TypeSpec::Any, depth)),
            11 => Form::Set(self.keys(&TypeSpec::Int, depth)),
            12 => self.range(),
            _ => self.any_instance(),
        }
    }

    // ---- numbers ----

    fn int_or_near(&mut self) -> Form {
        match self.rng.below(100) {
            0 => Form::Bool(true),
            _ => Form::Int(self.int()),
        }
    }

    fn float_or_near(&mut self) -> Form {
        match self.rng.below(100) {
            0..6 => Form::Int(self.int()),
            _ => Form::float(self.float()),
        }
    }

    pub fn int(&mut self) -> BigInt {
        if let Some(limit) = self.tame
            && self.rng.percent(97)
        {
            return BigInt::from(self.tame_int(limit));
        }
        if self.bold && self.rng.percent(75) {
            return match self.rng.below(4) {
                0 => boundary::int_of_bits(&mut self.rng, 31, 64),
                1 => BigInt::from(*self.rng.pick(EDGES)),
                _ => boundary::int(&mut self.rng),
            };
        }
        match self.rng.weighted(&[36, 15, 12, 14, 12, 5]) {
            0 => BigInt::from(self.rng.between(-4, 12)),
            1 => BigInt::from(self.rng.between(-100, 1000)),
            2 if !self.material.ints.is_empty() => self.rng.pick(&self.material.ints).clone() + self.rng.between(-1, 1),
            3 => boundary::int(&mut self.rng),
            4 => boundary::int_of_bits(&mut self.rng, 1, 63),
            5 => boundary::int_of_bits(&mut self.rng, 64, 200),
            _ => BigInt::from(self.rng.between(0, 5)),
        }
    }

    /// An int below the limit, each size as likely as any other.
    fn tame_int(&mut self, limit: i64) -> i64 {
        let size = 1 + self.rng.below(64 - limit.max(1).leading_zeros() as usize);
        let most = limit.min(1 << size.min(40));
        if self.rng.percent(6) {
            -self.rng.between(1, 3)
        } else {
            self.rng.between(0, most)
        }
    }

    pub fn float(&mut self) -> f64 {
        if self.bold && self.rng.percent(60) {
            return *self.rng.pick(boundary::FLOATS);
        }
        match self.rng.weighted(&[40, 10, 10, 17, 15, 8]) {
            0 => self.rng.between(-2000, 2000) as f64 / *self.rng.pick(&[2.0, 4.0, 10.0, 100.0, 1000.0]),
            1 => self.rng.between(-20, 100) as f64,
            2 if !self.material.floats.is_empty() => {
                let constant = *self.rng.pick(&self.material.floats);
                *self
                    .rng
                    .pick(&[constant, constant.next_up(), constant.next_down(), -constant])
            }
            3 => *self.rng.pick(boundary::FLOATS),
            4 => {
                let digits = self.rng.next() as i64;
                format!("{digits}e{}", self.rng.between(-38, 5)).parse().unwrap_or(0.0)
            }
            5 => f64::from_bits(self.rng.next()),
            _ => self.rng.between(-1000, 1000) as f64 / 8.0,
        }
    }

    fn range(&mut self) -> Form {
        let step = *self.rng.pick(&[1, 1, 2, -1, 3, -7]);
        let parts = [self.rng.between(-5, 10), self.rng.between(-5, 30), step].map(Form::int);
        Form::Range(Box::new(parts))
    }

    // ---- text, bytes, files, instances ----

    fn path(&mut self) -> Form {
        let name = if self.rng.percent(25) {
            MISSING
        } else {
            *self.rng.pick(FILES)
        };
        Form::str(name)
    }

    fn bytes(&mut self) -> Vec<u8> {
        match self.rng.below(4) {
            0 if !self.material.bytes.is_empty() => self.rng.pick(&self.material.bytes).clone(),
            1 => text::any(&mut self.rng, self.material),
            _ => {
                let length = self.rng.below(20);
                (0..length).map(|_| self.rng.next() as u8).collect()
            }
        }
    }

    /// An instance seen in a recorded call; nothing else tells what a sensible instance is.
    fn instance(&mut self, class: &str) -> Form {
        match self.material.instances.get(class) {
            Some(known) if !known.is_empty() => self.rng.pick(known).clone(),
            _ => Form::None,
        }
    }

    /// An instance of some class of the program.
    fn any_instance(&mut self) -> Form {
        let classes: Vec<&Vec<Form>> = self.material.instances.values().collect();
        let known = *self.rng.pick(&classes);
        self.rng.pick(known).clone()
    }

    // ---- containers ----

    fn length(&mut self, depth: usize) -> usize {
        let most = match self.rng.weighted(&[10, 18, 18, 15, 27, 9, 3]) {
            0 => 0,
            1 => 1,
            2 => 2,
            3 => 3,
            4 => 4 + self.rng.below(5),
            5 => 9 + self.rng.below(12),
            _ => 20 + self.rng.below(60),
        };
        if depth >= DEEPEST {
            0
        } else {
            most.min(self.budget) >> (2 * depth.saturating_sub(1)).min(8)
        }
    }

    /// Items that often repeat, are often in order, and now and then are one object met twice.
    pub fn items(&mut self, item: &TypeSpec, depth: usize) -> Vec<Form> {
        let other;
        let item = if *item == TypeSpec::Any && !self.material.instances.is_empty() && self.rng.percent(30) {
            let classes: Vec<&String> = self.material.instances.keys().collect();
            let class = (*self.rng.pick(&classes)).clone();
            other = TypeSpec::Object { class };
            &other
        } else if depth < 2 && self.rng.percent(9) {
            // The type is a belief: now and then all items are of another one.
            other = self.rng.pick(OTHER_ITEMS).clone();
            &other
        } else {
            item
        };
        let length = self.length(depth);
        let wild = self.bold || self.rng.percent(30);
        let few: Vec<Form> = (0..length.min(3)).map(|_| self.plain_item(item, depth, wild)).collect();
        let repeats = self.rng.percent(20);
        let mut items: Vec<Form> = (0..length)
            .map(|_| match repeats {
                true => self.rng.pick(&few).clone(),
                false => self.plain_item(item, depth, wild),
            })
            .collect();
        if self.rng.percent(15) {
            sort_ints(&mut items);
        }
        if length >= 2 && self.rng.percent(8) {
            self.share_two(&mut items);
        }
        items
    }

    /// An item of an ordinary list: without the extremes that would end every computation over a list early.
    fn plain_item(&mut self, item: &TypeSpec, depth: usize, wild: bool) -> Form {
        match item {
            TypeSpec::Int if !wild && self.rng.percent(80) => {
                let (low, high) = *self.rng.pick(&[(0, 10), (-10, 10), (0, 1000), (-50, 50)]);
                Form::int(self.rng.between(low, high))
            }
            TypeSpec::Float if !wild => Form::float(self.rng.between(-1000, 1000) as f64 / 10.0),
            _ => self.value(item, depth + 1),
        }
    }

    fn share_two(&mut self, items: &mut [Form]) {
        let from = self.rng.below(items.len());
        let to = self.rng.below(items.len());
        let mutable = matches!(
            items[from],
            Form::List(_) | Form::Dict(_) | Form::Set(_) | Form::Instance { .. }
        );
        if mutable && from != to {
            items[from] = self.shared(items[from].clone());
            items[to] = items[from].clone();
        }
    }

    /// The value as an object that can be met more than once.
    pub fn shared(&mut self, value: Form) -> Form {
        // Labels of recorded values count from zero; ours stay clear of them.
        self.labels += 1;
        Form::Shared(1_000_000 + self.labels, Box::new(value))
    }

    fn keys(&mut self, item: &TypeSpec, depth: usize) -> Vec<Form> {
        let length = self.length(depth);
        let mut keys: Vec<Form> = Vec::with_capacity(length);
        for _ in 0..length {
            let key = self.key(item, depth);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }

    /// A hashable value: lists become tuples, dicts their keys.
    fn key(&mut self, ty: &TypeSpec, depth: usize) -> Form {
        if *ty == TypeSpec::Str && !self.material.texts.is_empty() && self.rng.percent(60) {
            return Form::str(self.rng.pick::<String>(&self.material.texts));
        }
        hashable(self.plain_item(ty, depth, false))
    }

    fn dict(&mut self, key: &TypeSpec, value: &TypeSpec, depth: usize) -> Form {
        let keys = self.keys(key, depth);
        let wild = self.rng.percent(30);
        Form::Dict(
            keys.into_iter()
                .map(|key| (key, self.plain_item(value, depth, wild)))
                .collect(),
        )
    }

    /// A dict with these keys: now and then one is missing, one is extra, or their order is another.
    fn record(&mut self, fields: &[Field], depth: usize) -> Form {
        let mut pairs = Vec::new();
        for field in fields {
            let missing = if field.required { 3 } else { 35 };
            if !self.rng.percent(missing) {
                pairs.push((Form::str(&field.name), self.plain_item_of_record(&field.ty, depth)));
            }
        }
        if self.rng.percent(6) {
            let key = self.key(&TypeSpec::Str, depth);
            if !pairs.iter().any(|(known, _)| *known == key) {
                pairs.push((key, self.anything(depth + 2)));
            }
        }
        if pairs.len() > 1 && self.rng.percent(8) {
            let turn = 1 + self.rng.below(pairs.len() - 1);
            pairs.rotate_left(turn);
        }
        Form::Dict(pairs)
    }

    fn plain_item_of_record(&mut self, ty: &TypeSpec, depth: usize) -> Form {
        if self.rng.percent(3) {
            self.anything(depth + 2)
        } else {
            self.value(ty, depth + 1)
        }
    }
}

fn sort_ints(items: &mut [Form]) {
    if items.iter().all(|item| matches!(item, Form::Int(_))) {
        items.sort_by(|a, b| match (a, b) {
            (Form::Int(a), Form::Int(b)) => a.cmp(b),
            _ => std::cmp::Ordering::Equal,
        });
    }
}

fn hashable(form: Form) -> Form {
    match form {
        Form::List(items) | Form::Tuple(items) => Form::Tuple(items.into_iter().map(hashable).collect()),
        Form::Set(items) => Form::Frozenset(items),
        Form::Dict(pairs) => Form::Tuple(pairs.into_iter().map(|(key, _)| key).collect()),
        Form::Bytearray(body) => Form::Bytes(body),
        Form::Shared(_, inner) => hashable(*inner),
        Form::Deque { items, .. } => Form::Tuple(items.into_iter().map(hashable).collect()),
        other => other,
    }
}
