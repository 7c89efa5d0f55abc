//! Calls of builtin functions.

use super::Infer;
use super::arguments::{Arguments, one_by_one};
use crate::ir::{Arg, Callee, CompKind, Expr, ExprKind, Source, Ty};
use crate::source::Span;
use crate::types::lattice::{Slot, T};

/// What iterates over its arguments, and does nothing else with them.
const ITERATING: [&str; 11] = [
    "all",
    "any",
    "enumerate",
    "frozenset",
    "list",
    "max",
    "min",
    "set",
    "sorted",
    "sum",
    "tuple",
];

impl Infer<'_> {
    pub fn builtin_call(
        &mut self,
        e: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        let asked = self.length_asked(name, args);
        let (kind, t) = self.builtin_called(e, name, args, keywords);
        let Some(asked) = asked else { return (kind, t) };
        let value = Expr::typed(kind, self.slots.resolve(&t), e.span);
        (ExprKind::Seq(vec![asked], Box::new(value)), t)
    }

    fn builtin_called(
        &mut self,
        e: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        if let [Arg::One(only)] = args
            && let ExprKind::Comp {
                kind: CompKind::Generator,
                clauses,
                element,
                ..
            } = &only.kind
            && keywords.is_empty()
            && let Some(found) = self.consumed(e, name, only, clauses, element)
        {
            return found;
        }
        if name == "isinstance"
            && let Some(found) = self.isinstance_call(args, keywords)
        {
            return found;
        }
        if let ("list" | "set" | "dict", []) = (name, args)
            && keywords.is_empty()
        {
            return self.empty_container(e, name);
        }
        if let Some(found) = self.attempt(|this| this.keyed_builtin(e, name, args, keywords)) {
            return found;
        }
        let lazy = lazy_argument(name, args, keywords, |call| self.may_stream(call));
        let lazy = lazy.or_else(|| self.handed_on_argument(name, args, keywords));
        let mut given = match lazy.map(|only| self.source(only)) {
            Some(Ok((source, element))) => match self.taken_whole(e, name, source, &element) {
                Some(found) => return found,
                None => self.arguments(args, keywords),
            },
            Some(Err((value, t))) => Arguments::one(value, t),
            None => self.arguments(args, keywords),
        };
        if ITERATING.contains(&name) && !self.iterate_arguments(args, &mut given) {
            return (one_by_one(given), T::Never);
        }
        if let Some((value, t)) = self.asked_of_instance(name, &given, e.span) {
            return (value.kind, t);
        }
        if let Some(found) = self.row_call(name, &given, e.span) {
            return found;
        }
        let callee = Callee::Builtin(name.to_owned());
        let (kind, _) = match name {
            "print" => {
                self.print_text(&mut given);
                self.looking_call(callee, given)
            }
            "str" | "repr" | "ascii" | "format" | "len" => self.looking_call(callee, given),
            _ => self.dynamic_call(callee, given),
        };
        let t = match name {
            "print" => T::None,
            "isinstance" | "callable" | "hasattr" | "issubclass" => T::Bool,
            _ => match self.builtin_result(e, name) {
                Some(t) => {
                    let value = Expr::typed(kind, Ty::Dyn, e.span);
                    return (ExprKind::Guard(Box::new(value)), t);
                }
                None => return (kind, T::Dyn),
            },
        };
        let value = Expr::typed(kind, Ty::Dyn, e.span);
        (ExprKind::Convert(Box::new(value)), t)
    }

    /// What a builtin gives whatever it is called with: taken as that, where it can be carried.
    fn builtin_result(&mut self, e: &Expr, name: &str) -> Option<T> {
        Some(match name {
            "int" | "len" | "ord" | "hash" | "id" => T::Int,
            "float" => T::Float,
            "str" | "repr" | "ascii" | "format" | "chr" | "input" | "bin" | "hex" | "oct" => T::Str,
            "bool" | "any" | "all" => T::Bool,
            "bytes" => T::Bytes,
            "sorted" | "list" => {
                let slot = self.site(e, 3);
                self.slots.flow(slot, &T::Dyn);
                T::List(slot)
            }
            _ => return None,
        })
    }

    /// Builtins that ask an instance's class.
    fn asked_of_instance(&mut self, name: &str, given: &Arguments, span: Span) -> Option<(Expr, T)> {
        let (object, t) = given.only()?;
        match name {
            "len" => self.len_call(object, t, span),
            "str" => self.text_call(object, t, false),
            "repr" => self.text_call(object, t, true),
            _ => None,
        }
    }

    /// All that `print` does with an instance is to ask for its text: at once, where it is all that is printed.
    fn print_text(&mut self, given: &mut Arguments) {
        if !given.keywords.iter().all(|(_, e)| matches!(e.kind, ExprKind::Const(_))) || given.args.len() != 1 {
            return;
        }
        if let (Arg::One(object), t @ T::Instance(_)) = given.at(0)
            && let Some((text, t)) = self.text_call(object, t, false)
        {
            given.replace(0, text, t);
        }
    }

    fn isinstance_call(&mut self, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> Option<(ExprKind, T)> {
        use super::flow::Verdict;
        if keywords.is_empty()
            && let Some(tests) = self.instance_tests(args)
        {
            let (test, t) = self.expr(&tests);
            return Some((test.kind, t));
        }
        let probe = Expr::none(Span::default());
        let call = ExprKind::Call {
            callee: Callee::Builtin("isinstance".to_owned()),
            args: args.to_vec(),
            keywords: keywords.to_vec(),
        };
        let answer = match self.verdict(&Expr { kind: call, ..probe }) {
            Verdict::Always => true,
            Verdict::Never => false,
            // A later round will tell.
            Verdict::Unknown => {
                let asked = self.arguments(&args[..1], &[]);
                return Some((one_by_one(asked), T::Never));
            }
            _ if keywords.is_empty() => return self.instance_test(args),
            _ => return None,
        };
        Some((ExprKind::Const(crate::ir::Const::Bool(answer)), T::Bool))
    }

    fn empty_container(&mut self, e: &Expr, name: &str) -> (ExprKind, T) {
        let slot = self.site(e, 0);
        match name {
            "list" => (ExprKind::List(Vec::new()), T::List(slot)),
            "set" => {
                self.key_slots.push(slot);
                (ExprKind::Set(Vec::new()), T::Set(slot))
            }
            _ => {
                self.key_slots.push(slot);
                let value = self.site(e, 1);
                (ExprKind::Dict(Vec::new()), T::Dict(slot, value))
            }
        }
    }

    /// `list(range(n))`, `sum(range(n))`, `sorted(zip(a, b))`...: a native source taken into a list first.
    fn taken_whole(&mut self, e: &Expr, name: &str, source: Source, element: &T) -> Option<(ExprKind, T)> {
        let ty = self.slots.resolve(element);
        let source = Expr::typed(ExprKind::Source(source), ty, e.span);
        if name == "dict" {
            return self.dict_of_pairs(e, source, element);
        }
        let slot = self.site(e, 2);
        self.slots.flow(slot, element);
        let t = T::List(slot);
        let ty = self.slots.resolve(&t);
        let collected = Expr::typed(ExprKind::Convert(Box::new(source)), ty, e.span);
        if name == "list" {
            return Some((collected.kind, t));
        }
        let row = if name == "set" { "set_of" } else { name };
        self.row(row, vec![(collected, t)], e.span)
            .map(|(value, t)| (value.kind, t))
    }

    /// `dict(zip(keys, values))`
    fn dict_of_pairs(&mut self, e: &Expr, source: Expr, element: &T) -> Option<(ExprKind, T)> {
        let (key, value) = match element {
            T::Tuple(parts) if parts.len() == 2 => (parts[0].clone(), parts[1].clone()),
            T::Never => (T::Never, T::Never),
            _ => return None,
        };
        let (key_slot, value_slot) = (self.site(e, 2), self.site(e, 4));
        self.key_slots.push(key_slot);
        self.slots.flow(key_slot, &key);
        self.slots.flow(value_slot, &value);
        Some((ExprKind::Convert(Box::new(source)), T::Dict(key_slot, value_slot)))
    }

    /// Builtins that take a generator expression apart on the spot.
    fn consumed(
        &mut self,
        e: &Expr,
        name: &str,
        only: &Expr,
        clauses: &[crate::ir::Clause],
        element: &Expr,
    ) -> Option<(ExprKind, T)> {
        if !matches!(
            name,
            "sum" | "any" | "all" | "min" | "max" | "list" | "tuple" | "set" | "sorted"
        ) {
            return None;
        }
        if matches!(name, "list" | "sorted") {
            return Some(self.listed_call(e, name, only));
        }
        let clauses = self.clauses(clauses);
        let truth = matches!(name, "any" | "all");
        let (element, t) = if truth {
            (self.cond(element), T::Bool)
        } else {
            self.expr(element)
        };
        let comp = |kind: CompKind, element: Expr| {
            let kind = ExprKind::Comp {
                kind,
                clauses: clauses.clone(),
                key: None,
                element: Box::new(element),
            };
            Expr::typed(kind, Ty::Dyn, only.span)
        };
        let call = |comp: Expr| ExprKind::Call {
            callee: Callee::Builtin(name.to_owned()),
            args: vec![Arg::One(comp)],
            keywords: Vec::new(),
        };
        match name {
            "any" | "all" => Some((call(comp(CompKind::Generator, element)), T::Bool)),
            "sum" => {
                // Of no floats: an int zero, where native code gives up.
                let result = if matches!(t, T::Int | T::Bool | T::Float | T::Never) {
                    t.clone()
                } else {
                    T::Dyn
                };
                if result == T::Dyn {
                    self.slots.poison(&t);
                }
                let result = if result == T::Bool { T::Int } else { result };
                Some((call(comp(CompKind::Generator, element)), result))
            }
            "min" | "max" if matches!(t, T::Int | T::Float | T::Str | T::Never) => {
                Some((call(comp(CompKind::Generator, element)), t))
            }
            "set" => {
                let slot = self.site(e, 0);
                self.key_slots.push(slot);
                self.slots.flow(slot, &t);
                Some((comp(CompKind::Set, element).kind, T::Set(slot)))
            }
            _ => {
                self.slots.poison(&t);
                Some((call(comp(CompKind::Generator, element)), T::Dyn))
            }
        }
    }

    /// `list(x for x in xs)`, `sorted(x for x in xs)`
    fn listed_call(&mut self, e: &Expr, name: &str, generator: &Expr) -> (ExprKind, T) {
        let slot = self.site(e, 0);
        let list = T::List(slot);
        let Some((made, _)) = self.listed(generator, slot) else {
            unreachable!("called with a generator expression")
        };
        if name == "list" {
            return (made.kind, list);
        }
        if let Some((value, t)) = self.row("sorted", vec![(made.clone(), list.clone())], e.span) {
            return (value.kind, t);
        }
        self.slots.poison(&list);
        let call = ExprKind::Call {
            callee: Callee::Builtin(name.to_owned()),
            args: vec![Arg::One(made)],
            keywords: Vec::new(),
        };
        (call, T::Dyn)
    }

    /// What an iterable gives, taken into a list whose items belong to `content`.
    pub fn taken(&mut self, items: &Expr, content: Slot) -> Option<Expr> {
        if let Some((list, _)) = self.listed(items, content) {
            return Some(list);
        }
        let (source, element) = match self.source(items) {
            Ok(found) => found,
            // What it is will be known in a later round.
            Err((value, T::Never)) => return Some(value),
            Err(_) => return None,
        };
        self.slots.flow(content, &element);
        let source = Expr::typed(ExprKind::Source(source), self.slots.resolve(&element), items.span);
        let ty = self.slots.resolve(&T::List(content));
        Some(Expr::typed(ExprKind::Convert(Box::new(source)), ty, items.span))
    }

    /// A generator expression taken into a new list whose items belong to `slot`; and the type of what it gives.
    pub fn listed(&mut self, generator: &Expr, slot: Slot) -> Option<(Expr, T)> {
        let ExprKind::Comp {
            kind: CompKind::Generator,
            clauses,
            element,
            ..
        } = &generator.kind
        else {
            return None;
        };
        let clauses = self.clauses(clauses);
        let (element, t) = self.expr(element);
        self.slots.flow(slot, &t);
        let kind = ExprKind::Comp {
            kind: CompKind::List,
            clauses,
            key: None,
            element: Box::new(element),
        };
        let ty = self.slots.resolve(&T::List(slot));
        Some((Expr::typed(kind, ty, generator.span), t))
    }

    /// `sep.join(x for x in xs)`: the generator is taken into a list, as CPython does.
    pub fn join_call(&mut self, separator: &Expr, args: &[Arg], span: Span) -> Option<(ExprKind, T)> {
        let [Arg::One(only)] = args else { return None };
        let slot = self.site(only, 0);
        let list = T::List(slot);
        let (comp, t) = self.listed(only, slot)?;
        let operands = vec![(separator.clone(), T::Str), (comp.clone(), list)];
        if let Some((value, t)) = self.row("str.join", operands, span) {
            return Some((value.kind, t));
        }
        let known = t != T::Never;
        self.slots.poison(&t);
        self.slots.flow(slot, &T::Dyn);
        let callee = Callee::Method {
            object: Box::new(separator.clone()),
            name: "join".to_owned(),
        };
        let call = ExprKind::Call {
            callee,
            args: vec![Arg::One(comp)],
            keywords: Vec::new(),
        };
        Some((call, if known { T::Dyn } else { T::Never }))
    }
}

/// The one argument, where it is an iterator that this builtin takes whole.
fn lazy_argument<'e>(
    name: &str,
    args: &'e [Arg],
    keywords: &[(Option<String>, Expr)],
    streams: impl Fn(&Expr) -> bool,
) -> Option<&'e Expr> {
    let [Arg::One(only)] = args else { return None };
    if !matches!(name, "list" | "sum" | "sorted" | "max" | "min" | "set" | "dict") || !keywords.is_empty() {
        return None;
    }
    let ExprKind::Call { callee, .. } = &only.kind else {
        return None;
    };
    let lazy = match callee {
        Callee::Builtin(inner) => matches!(inner.as_str(), "range" | "zip" | "enumerate" | "reversed"),
        Callee::Method { name, .. } => matches!(name.as_str(), "keys" | "values" | "items"),
        _ => false,
    };
    (lazy || name != "dict" && streams(only)).then_some(only)
}
