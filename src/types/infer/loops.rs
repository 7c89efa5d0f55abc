//! What loops run over.

use super::Infer;
use super::arguments::Arguments;
use crate::ir::bind::bind;
use crate::ir::func::Flavor;
use crate::ir::{Arg, Callee, Expr, ExprKind, FuncId, Source, Stmt, StmtKind, Ty};
use crate::types::lattice::T;

/// What iterating over a value iterates over.
enum Items {
    Own,
    /// Another value's, which the class's `__iter__` names.
    Others(Expr, T),
    /// A generator's, which is to run inside the loop: inference begins again with that.
    Later,
    /// A generator's, item by item.
    Given(Expr, T),
}

impl Infer<'_> {
    /// The iterable of a loop, and the type of its items. Known ones become native sources.
    pub fn iterable(&mut self, e: &Expr) -> (Expr, T) {
        match self.source(e) {
            Ok((source, element)) => {
                let ty = self.slots.resolve(&element);
                (Expr::typed(ExprKind::Source(source), ty, e.span), element)
            }
            Err((value, t)) => {
                let unknown = t == T::Never;
                self.slots.poison(&t);
                (value, if unknown { T::Never } else { T::Dyn })
            }
        }
    }

    /// What native code can loop over.
    pub fn native_source(&mut self, e: &Expr) -> Option<(Source, T)> {
        self.source(e).ok()
    }

    /// A native source and the type of its items, or else the value and its type.
    pub fn source(&mut self, e: &Expr) -> Result<(Source, T), (Expr, T)> {
        let forwarded = self.forwarded(e);
        if let Some(found) = self.stream(forwarded.as_ref().unwrap_or(e)) {
            return found;
        }
        if let ExprKind::Call { callee, args, keywords } = &e.kind
            && let Some(found) = self.called_source(callee, args, keywords)
        {
            return Ok(found);
        }
        let (value, t) = match &e.kind {
            // Nothing else sees the tuple: its items need a common type only.
            ExprKind::Tuple(items) if items.iter().all(|item| matches!(item, Arg::One(_))) => {
                let (kind, t) = self.list_display(e, items);
                (Expr::typed(kind, self.slots.resolve(&t), e.span), t)
            }
            _ => self.expr(e),
        };
        let is_generator = matches!(
            e.kind,
            ExprKind::Comp {
                kind: crate::ir::CompKind::Generator,
                ..
            }
        );
        if is_generator {
            return Err((value, t));
        }
        match self.instance_items(e, &value, &t) {
            Items::Others(value, t) => self.source_of(value, t),
            Items::Later => Err((value, T::Never)),
            Items::Given(call, t) => Ok((Source::Stream(Box::new(call)), t)),
            Items::Own => self.source_of(value, t),
        }
    }

    /// Arguments that the call iterates over, and does nothing else with. False where inference is to begin again
    /// before anything can be said of the call.
    pub fn iterate_arguments(&mut self, args: &[Arg], given: &mut Arguments) -> bool {
        for (at, arg) in args.iter().enumerate() {
            let (Arg::One(e), (Arg::One(value), t)) = (arg, given.at(at)) else {
                continue;
            };
            let (value, t) = (value.clone(), t.clone());
            match self.instance_items(e, &value, &t) {
                Items::Others(items, t) => given.replace(at, items, t),
                Items::Later => return false,
                Items::Given(..) | Items::Own => {}
            }
        }
        true
    }

    /// The call of a generator that is gone through item by item.
    fn stream(&mut self, e: &Expr) -> Option<Result<(Source, T), (Expr, T)>> {
        let ExprKind::Call { callee, args, keywords } = &e.kind else {
            return None;
        };
        let (receiver, form) = match callee {
            Callee::Function(func) => (None, *self.streams.get(func)?),
            Callee::Method { object, name } => {
                if !self.may_stream(e) {
                    return None;
                }
                let (value, t) = self.there(object);
                if t == T::Never {
                    let unknown = StmtKind::Expr(value);
                    let stmt = Stmt {
                        kind: unknown,
                        span: e.span,
                    };
                    let kind = ExprKind::Seq(vec![stmt], Box::new(Expr::none(e.span)));
                    return Some(Err((Expr::typed(kind, Ty::Never, e.span), T::Never)));
                }
                let T::Instance(class) = t else { return None };
                let form = *self.streams.get(self.classes[&class].methods.get(name)?)?;
                (Some((value, t)), form)
            }
            _ => return None,
        };
        let given = self.arguments(args, keywords);
        let params = &self.program.function(form).params[usize::from(receiver.is_some())..];
        bind(params, &given.args, &given.keywords)?;
        let (kind, t) = self.function_call(receiver, form, given);
        let is_call = matches!(kind, ExprKind::Call { .. });
        let call = Expr::typed(kind, self.slots.resolve(&t), e.span);
        Some(match is_call {
            true => Ok((Source::Stream(Box::new(call)), t)),
            // Some argument is not known yet.
            false => Err((call, T::Never)),
        })
    }

    /// The call may be one of a generator that is gone through item by item.
    pub fn may_stream(&self, e: &Expr) -> bool {
        let ExprKind::Call { callee, .. } = &e.kind else {
            return false;
        };
        let is_stream = |func: &FuncId| self.streams.contains_key(func);
        match callee {
            Callee::Function(func) => is_stream(func),
            Callee::Method { name, .. } => (self.classes.values()).any(|c| c.methods.get(name).is_some_and(is_stream)),
            _ => false,
        }
    }

    /// `yield value`
    pub fn yielded(&mut self, value: &Expr) -> (ExprKind, T) {
        if self.flavor() != Flavor::Stream {
            let value = Box::new(self.dynamic(value));
            return (ExprKind::Yield(value), T::Dyn);
        }
        let (value, t) = self.expr(value);
        self.flow_result(&t);
        (ExprKind::Yield(Box::new(value)), T::None)
    }

    /// What iterating over an instance iterates over.
    fn instance_items(&mut self, e: &Expr, value: &Expr, t: &T) -> Items {
        let class = match t {
            T::Instance(class) => *class,
            T::Opt(inner) => match **inner {
                T::Instance(class) => class,
                _ => return Items::Own,
            },
            _ => return Items::Own,
        };
        let Some(known) = self.classes.get(&class) else {
            return Items::Own;
        };
        if let Some(items) = known.items {
            let (object, t) = self.there_already(value.clone(), t.clone());
            let none = Arguments::of(Vec::new());
            let (kind, t) = self.function_call(Some((object, t)), items, none);
            let ty = self.slots.resolve(&t);
            return Items::Others(Expr::typed(kind, ty, e.span), t);
        }
        let iter = known.methods.get("__iter__").copied();
        if iter.is_some_and(|iter| self.program.function(iter).flavor == Flavor::Plain) {
            return self.handed_on_items(e);
        }
        let generator = iter.filter(|iter| self.program.function(*iter).flavor == Flavor::Generator);
        let module = self.program.function(self.instances[self.current].function).module;
        match generator {
            Some(generator) if self.tried.is_some_and(|tried| !tried.contains_key(&(module, e.span))) => {
                let owner = self
                    .program
                    .function(generator)
                    .class
                    .and_then(|owner| self.classes.get(&owner));
                let class = owner.map_or(known.global, |owner| owner.global);
                self.iterated.insert((module, e.span), (generator, class));
                Items::Later
            }
            Some(generator) => match self.streams.get(&generator) {
                Some(form) => {
                    let (object, t) = self.there_already(value.clone(), t.clone());
                    let none = Arguments::of(Vec::new());
                    let (kind, t) = self.function_call(Some((object, t)), *form, none);
                    let ty = self.slots.resolve(&t);
                    Items::Given(Expr::typed(kind, ty, e.span), t)
                }
                None => Items::Own,
            },
            None => Items::Own,
        }
    }

    /// The same where `__iter__` only hands on a generator.
    fn handed_on_items(&mut self, object: &Expr) -> Items {
        let kind = ExprKind::Call {
            callee: Callee::Method {
                object: Box::new(object.clone()),
                name: "__iter__".to_owned(),
            },
            args: Vec::new(),
            keywords: Vec::new(),
        };
        let Some(call) = self.forwarded(&Expr::new(kind, object.span)) else {
            return Items::Own;
        };
        match self.stream(&call) {
            Some(Ok((Source::Stream(call), t))) => Items::Given(*call, t),
            Some(_) => Items::Later,
            None => Items::Own,
        }
    }

    fn source_of(&mut self, value: Expr, t: T) -> Result<(Source, T), (Expr, T)> {
        let (value, t) = match t {
            T::Record(shape) => self.dict_instead(value, shape),
            t => (value, t),
        };
        let element = match &t {
            T::List(slot) | T::Set(slot) | T::Deque(slot) => self.slots.content(*slot),
            // Known one by one, and all alike.
            T::Tuple(parts) if parts.first().is_some_and(|first| parts.iter().all(|p| p == first)) => parts[0].clone(),
            T::Str => T::Str,
            T::Bytes => T::Int,
            T::Dict(key, _) | T::Mapping(_, key, _) => self.slots.content(*key),
            _ => return Err((value, t)),
        };
        let value = Box::new(value);
        let source = match t {
            T::Dict(..) | T::Mapping(..) => Source::DictKeys(value),
            T::Set(_) | T::Deque(_) => Source::WatchedItems(value),
            _ => Source::Items(value),
        };
        Ok((source, element))
    }

    fn called_source(
        &mut self,
        callee: &Callee,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<(Source, T)> {
        let args: Vec<&Expr> = args
            .iter()
            .map(|a| match a {
                Arg::One(e) => Some(e),
                Arg::Star(_) => None,
            })
            .collect::<Option<_>>()?;
        match callee {
            Callee::Builtin(name) if name == "enumerate" => self.attempt(|this| this.enumerate(&args, keywords)),
            Callee::Builtin(name) if keywords.is_empty() => match name.as_str() {
                "range" => self.range(&args),
                "zip" if args.len() >= 2 && args.len() <= 4 => self.attempt(|this| this.zip(&args)),
                "reversed" => self.reversed(&args),
                _ => None,
            },
            Callee::Method { object, name } if args.is_empty() && keywords.is_empty() => {
                self.attempt(|this| this.view(object, name))
            }
            _ => None,
        }
    }

    /// `mapping.items()` and the like.
    fn view(&mut self, object: &Expr, name: &str) -> Option<(Source, T)> {
        let (value, t) = self.expr(object);
        let (key, content) = t.as_mapping()?;
        let value = Box::new(value);
        let (key, content) = (self.slots.content(key), self.slots.content(content));
        match name {
            "items" => Some((Source::DictItems(value), T::Tuple(vec![key, content]))),
            "keys" => Some((Source::DictKeys(value), key)),
            "values" => Some((Source::DictValues(value), content)),
            _ => None,
        }
    }

    fn range(&mut self, args: &[&Expr]) -> Option<(Source, T)> {
        let mut bounds = Vec::new();
        for arg in args {
            let (value, t) = self.expr(arg);
            match t {
                T::Int => bounds.push(Box::new(value)),
                T::Never => return Some((Source::Zip(Vec::new()), T::Never)),
                _ => return None,
            }
        }
        let zero = || {
            Box::new(Expr::typed(
                ExprKind::Const(crate::ir::Const::Int(0.into())),
                Ty::Int,
                args[0].span,
            ))
        };
        let mut bounds = bounds.into_iter();
        let source = match (bounds.next(), bounds.next(), bounds.next(), bounds.next()) {
            (Some(stop), None, None, None) => Source::Range {
                start: zero(),
                stop,
                step: None,
            },
            (Some(start), Some(stop), step, None) => Source::Range { start, stop, step },
            _ => return None,
        };
        Some((source, T::Int))
    }

    fn enumerate(&mut self, args: &[&Expr], keywords: &[(Option<String>, Expr)]) -> Option<(Source, T)> {
        let start = match (args, keywords) {
            ([_], []) => None,
            ([_, start], []) => Some(*start),
            ([_], [(Some(name), start)]) if name == "start" => Some(start),
            _ => return None,
        };
        let (inner, element) = self.plain_source(args[0])?;
        let start = match start {
            Some(e) => {
                let (value, t) = self.expr(e);
                if t != T::Int {
                    return None;
                }
                value
            }
            None => Expr::typed(ExprKind::Const(crate::ir::Const::Int(0.into())), Ty::Int, args[0].span),
        };
        let source = Source::Enumerate {
            start: Box::new(start),
            inner: Box::new(inner),
        };
        Some((source, T::Tuple(vec![T::Int, element])))
    }

    fn zip(&mut self, args: &[&Expr]) -> Option<(Source, T)> {
        let mut sources = Vec::new();
        let mut types = Vec::new();
        for arg in args {
            let (source, element) = self.plain_source(arg)?;
            sources.push(source);
            types.push(element);
        }
        Some((Source::Zip(sources), T::Tuple(types)))
    }

    fn plain_source(&mut self, e: &Expr) -> Option<(Source, T)> {
        let (source, element) = self.native_source(e)?;
        source.is_plain().then_some((source, element))
    }

    fn reversed(&mut self, args: &[&Expr]) -> Option<(Source, T)> {
        let [only] = args else { return None };
        let (value, t) = self.expr(only);
        match t {
            T::List(slot) => Some((Source::Reversed(Box::new(value)), self.slots.content(slot))),
            _ => None,
        }
    }
}
