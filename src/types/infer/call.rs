//! Calls, and the choice of a row.

use super::Infer;
use crate::ir::bind::{Bound, bind};
use crate::ir::rows;
use crate::ir::{Arg, Callee, CompKind, Expr, ExprKind, FuncId, MapKind, Stmt, StmtKind, Ty};
use crate::source::Span;
use crate::types::lattice::T;

impl Infer<'_> {
    pub fn call(
        &mut self,
        e: &Expr,
        callee: &Callee,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        match callee {
            Callee::Function(func) => self.function_call(None, *func, args, keywords),
            Callee::Builtin(name) => self.builtin_call(e, name, args, keywords),
            Callee::Library { module, name } => {
                if module == "collections"
                    && let Some(found) = self.collection_call(e, name, args, keywords)
                {
                    return found;
                }
                let dotted = format!("{module}.{name}");
                match self.row_call(&dotted, args, keywords, e.span) {
                    Some(found) => found,
                    None if dotted == "json.dumps" => {
                        let (kind, _) = self.looking_call(callee.clone(), args, keywords);
                        let value = Expr::typed(kind, Ty::Dyn, e.span);
                        (ExprKind::Guard(Box::new(value)), T::Str)
                    }
                    None => self.dynamic_call(callee.clone(), args, keywords),
                }
            }
            Callee::Method { object, name } => self.method_call(e, object, name, args, keywords),
            Callee::Value(callee) => {
                if let Some(class) = self.closed_class(callee) {
                    let constructor = self.classes[&class].constructor;
                    return self.function_call(None, constructor, args, keywords);
                }
                let callee = Box::new(self.dynamic(callee));
                self.dynamic_call(Callee::Value(callee), args, keywords)
            }
        }
    }

    fn dynamic_call(&mut self, callee: Callee, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> (ExprKind, T) {
        let args = args.iter().map(|a| self.dynamic_arg(a)).collect();
        let keywords = keywords.iter().map(|(n, k)| (n.clone(), self.dynamic(k))).collect();
        (ExprKind::Call { callee, args, keywords }, T::Dyn)
    }

    /// A call that keeps and changes nothing of what it is given.
    fn looking_call(&mut self, callee: Callee, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> (ExprKind, T) {
        // With several arguments, the texts would be made in another order than they are printed in.
        let written = keywords.iter().all(|(_, e)| matches!(e.kind, ExprKind::Const(_)));
        let prints = matches!(&callee, Callee::Builtin(name) if name == "print") && args.len() == 1 && written;
        let args = args
            .iter()
            .map(|arg| match arg {
                // All that `print` does with an instance is to ask for its text.
                Arg::One(e) if prints && let Some((text, _)) = self.text_call(e, false) => Arg::One(text),
                Arg::One(e) => Arg::One(self.observed(e)),
                Arg::Star(e) => Arg::Star(self.observed(e)),
            })
            .collect();
        let keywords = keywords.iter().map(|(n, k)| (n.clone(), self.dynamic(k))).collect();
        (ExprKind::Call { callee, args, keywords }, T::Dyn)
    }

    /// A call of a known function; `receiver` is what stands before its other arguments.
    pub fn function_call(
        &mut self,
        receiver: Option<(Expr, T)>,
        func: FuncId,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        let original = self.program.function(func);
        let is_init = self.program.modules.iter().any(|m| m.init == func);
        let params = &original.params[usize::from(receiver.is_some())..];
        let bound = if (self.usable)(func) || is_init {
            bind(params, args, keywords)
        } else {
            None
        };
        let Some(bound) = bound else {
            return self.unbound_call(receiver, func, args, keywords);
        };
        let mut types: Vec<T> = receiver.iter().map(|(_, t)| t.clone()).collect();
        for (bound, param) in bound.iter().zip(params) {
            types.push(self.argument_type(bound, param));
        }
        if types.contains(&T::Never) {
            // Some argument is not known yet, and neither is the form that is called.
            return (self.visited(args, keywords), T::Never);
        }
        let at = self.instance(func, &types);
        let receiver = receiver.map(|(e, _)| Arg::One(e));
        let args = args.iter().map(|a| Arg::One(self.expr(a.expr()).0));
        let args = receiver.into_iter().chain(args).collect();
        let keywords = keywords.iter().map(|(n, k)| (n.clone(), self.expr(k).0)).collect();
        let t = if original.flavor == crate::ir::func::Flavor::Plain {
            self.slots.current(&self.instances[at].ret)
        } else {
            T::Dyn
        };
        (
            ExprKind::Call {
                callee: Callee::Function(FuncId(at as u32)),
                args,
                keywords,
            },
            t,
        )
    }

    /// The arguments of a call that a later round will know more of.
    fn visited(&mut self, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> ExprKind {
        let all = args.iter().map(Arg::expr).chain(keywords.iter().map(|(_, e)| e));
        let stmts = all.map(|e| Stmt {
            kind: StmtKind::Expr(self.expr(e).0),
            span: e.span,
        });
        ExprKind::Seq(stmts.collect(), Box::new(Expr::none(Span::default())))
    }

    /// A call that only the function object can make, or refuse.
    fn unbound_call(
        &mut self,
        receiver: Option<(Expr, T)>,
        func: FuncId,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        let at = self.dynamic_instance(func);
        let (kind, t) = self.dynamic_call(Callee::Function(FuncId(at as u32)), args, keywords);
        match (receiver, kind) {
            (Some((value, of)), ExprKind::Call { callee, args, keywords }) => {
                self.slots.poison(&of);
                let args = std::iter::once(Arg::One(value)).chain(args).collect();
                (ExprKind::Call { callee, args, keywords }, t)
            }
            (_, kind) => (kind, t),
        }
    }

    fn argument_type(&mut self, bound: &Bound<'_>, param: &crate::ir::Param) -> T {
        match bound {
            Bound::Given(e) => self.expr(e).1,
            Bound::Default => match &param.default {
                Some(default) => match self.expr(default).1 {
                    // Defaults of other kinds than what is passed are common: None, most of all.
                    t @ (T::None | T::Bool | T::Int | T::Float | T::Str) => t,
                    _ => T::Dyn,
                },
                None => T::Dyn,
            },
            Bound::Rest(items) => {
                items.iter().for_each(|e| {
                    self.dynamic(e);
                });
                T::Dyn
            }
            Bound::NoKeywords => T::Dyn,
        }
    }

    /// The form of a function that takes any arguments.
    pub fn dynamic_instance(&mut self, func: FuncId) -> usize {
        let params = vec![T::Dyn; self.program.function(func).params.len()];
        let known = self.forms_here(func);
        let exact = known.into_iter().find(|at| self.instances[*at].params == params);
        let at = match exact {
            Some(at) => at,
            None => self.new_instance(func, &params),
        };
        // What such a call gives goes where nothing is known of it.
        let given = self.instances[at].ret.clone();
        self.slots.poison(&given);
        at
    }

    fn builtin_call(
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
        if let ([Arg::One(only)], true) = (args, keywords.is_empty())
            && let Some((value, t)) = match name {
                "len" => self.len_call(only, e.span),
                "str" => self.text_call(only, false),
                "repr" => self.text_call(only, true),
                _ => None,
            }
        {
            return (value.kind, t);
        }
        if let Some(found) = self.keyed_builtin(e, name, args, keywords) {
            return found;
        }
        if let Some(found) = self.range_list(e, name, args, keywords) {
            return found;
        }
        if let Some(found) = self.row_call(name, args, keywords, e.span) {
            return found;
        }
        let callee = Callee::Builtin(name.to_owned());
        let looks = matches!(name, "print" | "str" | "repr" | "ascii" | "format" | "len");
        let (kind, _) = if looks {
            self.looking_call(callee, args, keywords)
        } else {
            self.dynamic_call(callee, args, keywords)
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

    fn isinstance_call(&mut self, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> Option<(ExprKind, T)> {
        use super::flow::Verdict;
        let probe = Expr::none(Span::default());
        let call = ExprKind::Call {
            callee: Callee::Builtin("isinstance".to_owned()),
            args: args.to_vec(),
            keywords: keywords.to_vec(),
        };
        let answer = match self.verdict(&Expr { kind: call, ..probe }) {
            Verdict::Always => true,
            Verdict::Never => false,
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
    fn range_list(
        &mut self,
        e: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<(ExprKind, T)> {
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
        if !lazy {
            return None;
        }
        let (source, element) = self.iterable(only);
        if !matches!(source.kind, ExprKind::Source(_)) {
            return None;
        }
        if name == "dict" {
            return self.dict_of_pairs(e, source, &element);
        }
        let slot = self.site(e, 2);
        self.slots.flow(slot, &element);
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
            "list" | "sorted" => {
                let slot = self.site(e, 0);
                self.slots.flow(slot, &t);
                let list = T::List(slot);
                let mut comp = comp(CompKind::List, element);
                comp.ty = self.slots.resolve(&list);
                if name == "list" {
                    return Some((comp.kind, list));
                }
                self.row("sorted", vec![(comp, list)], e.span)
                    .map(|(value, t)| (value.kind, t))
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

    fn method_call(
        &mut self,
        e: &Expr,
        object: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> (ExprKind, T) {
        if let Some(found) = self.digest_call(e, object, name, args, keywords) {
            return found;
        }
        let (mut value, mut t) = self.expr(object);
        if let T::Opt(inner) = &t {
            // None has no such method: that is for the generic version to say.
            t = (**inner).clone();
            value = self.guarded(value, &t);
        }
        if t == T::None {
            return (self.guarded(value, &T::Never).kind, T::Never);
        }
        if let T::Instance(class) = t
            && let Some(found) = self.instance_method(class, &value, name, args, keywords)
        {
            return found;
        }
        if let T::Record(shape) = t {
            if keywords.is_empty()
                && let Some(found) = self.record_method(shape, &value, name, args)
            {
                return found;
            }
            t = self.slots.as_dict(shape);
            value.ty = self.slots.resolve(&t);
        }
        let kind_name = match &t {
            T::Str => "str",
            T::Bytes => "bytes",
            T::List(_) => "list",
            T::Dict(..) => "dict",
            T::Set(_) => "set",
            T::Deque(_) => "deque",
            T::Mapping(MapKind::Default, ..) => "defaultdict",
            T::Mapping(MapKind::Counter, ..) => "counter",
            T::Int => "int",
            T::Float => "float",
            _ => "",
        };
        if let T::List(slot) = t
            && name == "sort"
            && let Some(found) = self.keyed_sort(e, &value, slot, args, keywords)
        {
            return found;
        }
        if t == T::Str
            && name == "join"
            && keywords.is_empty()
            && let Some(found) = self.join_call(&value, args, e.span)
        {
            return found;
        }
        if !kind_name.is_empty() && keywords.is_empty() {
            let mut operands = vec![(value.clone(), t.clone())];
            for arg in args {
                let Arg::One(arg) = arg else { break };
                operands.push(self.expr(arg));
            }
            let as_dict = matches!(t, T::Mapping(..)) && matches!(name, "get" | "pop" | "setdefault" | "clear");
            let kind_name = if as_dict { "dict" } else { kind_name };
            if operands.len() == args.len() + 1
                && let Some((value, t)) = self.row(&format!("{kind_name}.{name}"), operands, e.span)
            {
                return (value.kind, t);
            }
        }
        if t == T::Str && name == "format" {
            let callee = Callee::Method {
                object: Box::new(value),
                name: name.to_owned(),
            };
            let (kind, _) = self.looking_call(callee, args, keywords);
            let value = Expr::typed(kind, Ty::Dyn, e.span);
            return (ExprKind::Guard(Box::new(value)), T::Str);
        }
        self.slots.poison(&t);
        let unknown = t == T::Never;
        let callee = Callee::Method {
            object: Box::new(value),
            name: name.to_owned(),
        };
        let (kind, result) = self.dynamic_call(callee, args, keywords);
        (kind, if unknown { T::Never } else { result })
    }

    /// `sep.join(x for x in xs)`: the generator is taken into a list, as CPython does.
    fn join_call(&mut self, separator: &Expr, args: &[Arg], span: Span) -> Option<(ExprKind, T)> {
        let [Arg::One(only)] = args else { return None };
        let ExprKind::Comp {
            kind: CompKind::Generator,
            clauses,
            element,
            ..
        } = &only.kind
        else {
            return None;
        };
        let clauses = self.clauses(clauses);
        let (element, t) = self.expr(element);
        let slot = self.site(only, 0);
        self.slots.flow(slot, &t);
        let list = T::List(slot);
        let ty = self.slots.resolve(&list);
        let kind = ExprKind::Comp {
            kind: CompKind::List,
            clauses,
            key: None,
            element: Box::new(element),
        };
        let comp = Expr::typed(kind, ty, only.span);
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

    fn row_call(
        &mut self,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
        span: Span,
    ) -> Option<(ExprKind, T)> {
        if !keywords.is_empty() || rows::named(name).is_empty() {
            return None;
        }
        let mut operands = Vec::new();
        for arg in args {
            let Arg::One(arg) = arg else { return None };
            operands.push(self.expr(arg));
        }
        let (value, t) = self.row(name, operands, span)?;
        Some((value.kind, t))
    }
}
