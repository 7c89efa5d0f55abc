//! Calls, and the choice of a row.

use super::Infer;
use crate::ir::bind::{Bound, bind};
use crate::ir::rows::{self, Pattern, Row};
use crate::ir::{Arg, Callee, CompKind, Expr, ExprKind, FuncId, Stmt, StmtKind, Ty};
use crate::source::Span;
use crate::types::lattice::{Slot, T};

/// What a capital letter of a row stands for at the call at hand.
#[derive(Clone, Debug)]
enum Meant {
    Slot(Slot),
    Type(T),
}

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
        let args = args
            .iter()
            .map(|arg| match arg {
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
        let known = self.by_function.get(&func).cloned().unwrap_or_default();
        let exact = known.into_iter().find(|at| self.instances[*at].params == params);
        match exact {
            Some(at) => at,
            None => self.new_instance(func, &params),
        }
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

    /// The first row of this name that takes such operands. Where an operand is not known yet, the result is not.
    pub fn row(&mut self, name: &str, operands: Vec<(Expr, T)>, span: Span) -> Option<(Expr, T)> {
        if operands.iter().any(|(_, t)| *t == T::Never) {
            if rows::named(name).is_empty() {
                return None;
            }
            let args = operands.into_iter().map(|(e, _)| e).collect();
            let row = &rows::named(name)[0];
            return Some((Expr::typed(ExprKind::Op { row, args }, Ty::Never, span), T::Never));
        }
        let operands_again = operands.clone();
        for row in rows::named(name) {
            let Some(meant) = self.matches(row, &operands) else {
                continue;
            };
            let args = operands
                .into_iter()
                .zip(&row.params)
                .map(|((e, t), pattern)| self.operand(e, t, pattern, &meant))
                .collect();
            let t = self.result(row, &row.ret, &meant, span);
            let ty = self.slots.resolve(&t);
            if !self.is_as_declared(&row.ret, &t) {
                // A new list: nobody has seen it yet, so it may become one of dynamic values on the spot.
                let made = Expr::typed(ExprKind::Op { row, args }, declared(&row.ret)?, span);
                return Some((Expr::typed(ExprKind::Convert(Box::new(made)), ty, span), t));
            }
            return Some((Expr::typed(ExprKind::Op { row, args }, ty, span), t));
        }
        if rows::named(name)
            .iter()
            .any(|row| row.params.len() == operands_again.len())
            && operands_again.iter().any(|(_, t)| self.slots.is_unsettled(t))
        {
            let args = operands_again.into_iter().map(|(e, _)| e).collect();
            let row = &rows::named(name)[0];
            return Some((Expr::typed(ExprKind::Op { row, args }, Ty::Never, span), T::Never));
        }
        self.row_of_guarded(name, operands_again, span)
    }

    /// An operation that None does not have, on what may be None: where it is, native code gives up.
    fn row_of_guarded(&mut self, name: &str, operands: Vec<(Expr, T)>, span: Span) -> Option<(Expr, T)> {
        let asks_none = matches!(name, "==" | "in" | "truth" | "bool" | "str" | "repr" | "list.append");
        if asks_none || name == "is" {
            return None;
        }
        if let Some((value, _)) = operands.iter().find(|(_, t)| *t == T::None) {
            let given_up = self.guarded(value.clone(), &T::Never);
            return Some((given_up, T::Never));
        }
        if operands.iter().any(|(_, t)| *t == T::Wide) {
            // What takes ints of 64 bits only: an index, a count.
            let narrowed = operands.into_iter().map(|(e, t)| match t {
                T::Wide => (self.guarded(e, &T::Int), T::Int),
                t => (e, t),
            });
            let narrowed = narrowed.collect();
            return self.row(name, narrowed, span);
        }
        if !operands.iter().any(|(_, t)| matches!(t, T::Opt(_))) {
            return None;
        }
        let operands = operands
            .into_iter()
            .map(|(e, t)| match t {
                T::Opt(inner) => (self.guarded(e, &inner), *inner),
                t => (e, t),
            })
            .collect();
        self.row(name, operands, span)
    }

    pub fn guarded(&mut self, value: Expr, t: &T) -> Expr {
        let span = value.span;
        Expr::typed(ExprKind::Guard(Box::new(value)), self.slots.resolve(t), span)
    }

    fn matches(&mut self, row: &Row, operands: &[(Expr, T)]) -> Option<Vec<(char, Meant)>> {
        if row.params.len() != operands.len() {
            return None;
        }
        let mut meant = Vec::new();
        // First whether the kinds fit, without touching anything.
        for ((_, t), pattern) in operands.iter().zip(&row.params) {
            if !self.fits(pattern, t, &mut meant) {
                return None;
            }
        }
        if !self.has_option(row, &meant) || (orders(&row.name) && !self.are_ordered(&meant)) {
            return None;
        }
        // Then what flows where.
        for ((_, t), pattern) in operands.iter().zip(&row.params) {
            self.flow_pattern(pattern, t, &meant);
        }
        Some(meant)
    }

    /// A container that the row makes holds what the row says: it has not become dynamic since.
    fn is_as_declared(&self, pattern: &Pattern, t: &T) -> bool {
        match (pattern, t) {
            (Pattern::List(inner), T::List(slot)) | (Pattern::Set(inner), T::Set(slot)) => {
                matches!(**inner, Pattern::Var(_)) || exactly(inner, &self.slots.content(*slot))
            }
            _ => true,
        }
    }

    /// `opt[A]` has a Rust form of its own only where `A` is neither optional nor dynamic.
    fn has_option(&self, row: &Row, meant: &[(char, Meant)]) -> bool {
        let Pattern::Opt(inner) = &row.ret else { return true };
        let Pattern::Var(name) = **inner else { return true };
        let content = meant.iter().find(|(n, _)| *n == name).map(|(_, m)| match m {
            Meant::Slot(slot) => self.slots.content(*slot),
            Meant::Type(t) => t.clone(),
        });
        !matches!(content, Some(T::Opt(_) | T::None | T::Dyn))
    }

    /// What a row orders has an order in Rust: everything but records, instances, dicts and sets.
    fn are_ordered(&self, meant: &[(char, Meant)]) -> bool {
        meant.iter().all(|(_, m)| match m {
            Meant::Slot(slot) => self.has_order(&self.slots.content(*slot)),
            Meant::Type(t) => self.has_order(t),
        })
    }

    fn has_order(&self, t: &T) -> bool {
        match t {
            T::Record(_) | T::Instance(_) | T::Dict(..) | T::Set(_) => false,
            T::Tuple(parts) => parts.iter().all(|p| self.has_order(p)),
            T::List(slot) => self.has_order(&self.slots.content(*slot)),
            T::Opt(inner) => self.has_order(inner),
            _ => true,
        }
    }

    fn fits(&self, pattern: &Pattern, t: &T, meant: &mut Vec<(char, Meant)>) -> bool {
        match (pattern, t) {
            (Pattern::None, T::None)
            | (Pattern::Bool, T::Bool)
            | (Pattern::Int, T::Int | T::Bool)
            | (Pattern::Float, T::Float)
            | (Pattern::AsFloat, T::Float | T::Int | T::Bool)
            | (Pattern::Wide, T::Wide)
            | (Pattern::AsWide, T::Wide | T::Int | T::Bool)
            | (Pattern::Str, T::Str)
            | (Pattern::Bytes, T::Bytes)
            | (Pattern::Dyn, _) => true,
            (Pattern::Opt(inner), T::None) => !matches!(**inner, Pattern::Var(_)),
            (Pattern::Opt(inner), T::Opt(t)) => self.fits(inner, t, meant),
            (Pattern::Opt(inner), t) => self.fits(inner, t, meant),
            (Pattern::List(inner), T::List(slot)) | (Pattern::Set(inner), T::Set(slot)) => {
                self.fits_slot(inner, *slot, meant)
            }
            (Pattern::Dict(key, value), T::Dict(k, v)) => {
                self.fits_slot(key, *k, meant) && self.fits_slot(value, *v, meant)
            }
            (Pattern::Tuple(patterns), T::Tuple(parts)) => {
                patterns.len() == parts.len() && patterns.iter().zip(parts).all(|(p, t)| self.fits(p, t, meant))
            }
            (Pattern::Var(name), t) => match meant.iter().find(|(n, _)| n == name).map(|(_, m)| m.clone()) {
                // A slot takes what flows into it, if need be by becoming dynamic.
                Some(Meant::Slot(_)) => true,
                Some(Meant::Type(known)) => known == *t && self.comparable(t),
                None => {
                    meant.push((*name, Meant::Type(t.clone())));
                    true
                }
            },
            _ => false,
        }
    }

    fn fits_slot(&self, pattern: &Pattern, slot: Slot, meant: &mut Vec<(char, Meant)>) -> bool {
        match pattern {
            Pattern::Var(name) => {
                let known = meant.iter().position(|(n, _)| n == name);
                match known {
                    Some(at) if matches!(meant[at].1, Meant::Type(_)) => meant[at].1 = Meant::Slot(slot),
                    Some(_) => {}
                    None => meant.push((*name, Meant::Slot(slot))),
                }
                true
            }
            other => {
                let content = self.slots.content(slot);
                exactly(other, &content)
            }
        }
    }

    /// Two values of this type can be compared without running code of the program.
    fn comparable(&self, t: &T) -> bool {
        match t {
            T::Int | T::Wide | T::Bool | T::Str | T::Bytes | T::None => true,
            T::Float => false,
            T::Tuple(parts) => parts.iter().all(|p| self.comparable(p)),
            T::List(slot) | T::Set(slot) => self.comparable(&self.slots.content(*slot)),
            T::Dict(key, value) => {
                self.comparable(&self.slots.content(*key)) && self.comparable(&self.slots.content(*value))
            }
            T::Opt(inner) => self.comparable(inner),
            T::Record(shape) => {
                let fields = self.slots.shapes.fields(*shape);
                fields
                    .iter()
                    .all(|(_, slot)| self.comparable(&self.slots.content(*slot)))
            }
            T::Instance(_) => true,
            T::Dyn | T::Never => false,
        }
    }

    fn flow_pattern(&mut self, pattern: &Pattern, t: &T, meant: &[(char, Meant)]) {
        let slot_of = |name: &char| {
            meant.iter().find(|(n, _)| n == name).and_then(|(_, m)| match m {
                Meant::Slot(slot) => Some(*slot),
                Meant::Type(_) => None,
            })
        };
        match (pattern, t) {
            (Pattern::Var(name), t) => {
                if let Some(slot) = slot_of(name) {
                    self.slots.flow(slot, t);
                }
            }
            (Pattern::Dyn, t) => self.slots.poison(t),
            (Pattern::List(inner), T::List(slot)) | (Pattern::Set(inner), T::Set(slot)) => {
                if let Pattern::Var(name) = **inner
                    && let Some(shared) = slot_of(&name)
                {
                    self.slots.unify(shared, *slot);
                }
            }
            (Pattern::Dict(key, value), T::Dict(k, v)) => {
                for (pattern, slot) in [(key, k), (value, v)] {
                    if let Pattern::Var(name) = **pattern
                        && let Some(shared) = slot_of(&name)
                    {
                        self.slots.unify(shared, *slot);
                    }
                }
            }
            (Pattern::Tuple(patterns), T::Tuple(parts)) => {
                patterns
                    .iter()
                    .zip(parts)
                    .for_each(|(p, t)| self.flow_pattern(p, t, meant));
            }
            _ => {}
        }
    }

    /// The operand as the row takes it.
    fn operand(&mut self, e: Expr, t: T, pattern: &Pattern, meant: &[(char, Meant)]) -> Expr {
        let wanted = match pattern {
            Pattern::AsFloat => Ty::Float,
            Pattern::AsWide => Ty::Wide,
            Pattern::Dyn => Ty::Dyn,
            Pattern::Int => Ty::Int,
            Pattern::Opt(inner) => match **inner {
                Pattern::Int => Ty::Option(Box::new(Ty::Int)),
                _ => return e,
            },
            Pattern::Var(name) => match meant.iter().find(|(n, _)| n == name) {
                Some((_, Meant::Slot(slot))) => match self.slots.resolve(&self.slots.content(*slot)) {
                    Ty::Never => return e,
                    ty => ty,
                },
                _ => return e,
            },
            _ => return e,
        };
        let own = self.slots.resolve(&t);
        if own == wanted {
            return e;
        }
        let span = e.span;
        Expr::typed(ExprKind::Convert(Box::new(e)), wanted, span)
    }

    fn result(&mut self, row: &Row, pattern: &Pattern, meant: &[(char, Meant)], span: Span) -> T {
        match pattern {
            Pattern::None => T::None,
            Pattern::Bool => T::Bool,
            Pattern::Int => T::Int,
            Pattern::Wide | Pattern::AsWide => T::Wide,
            Pattern::Float | Pattern::AsFloat => T::Float,
            Pattern::Str => T::Str,
            Pattern::Bytes => T::Bytes,
            Pattern::Dyn => T::Dyn,
            Pattern::Var(name) => match meant.iter().find(|(n, _)| n == name) {
                Some((_, Meant::Slot(slot))) => self.slots.content(*slot),
                Some((_, Meant::Type(t))) => t.clone(),
                None => T::Dyn,
            },
            Pattern::Tuple(parts) => T::Tuple(parts.iter().map(|p| self.result(row, p, meant, span)).collect()),
            Pattern::List(inner) => T::List(self.result_slot(row, inner, meant, span)),
            Pattern::Set(inner) => {
                let slot = self.result_slot(row, inner, meant, span);
                self.key_slots.push(slot);
                T::Set(slot)
            }
            Pattern::Dict(key, value) => {
                let key = self.result_slot(row, key, meant, span);
                T::Dict(key, self.result_slot(row, value, meant, span))
            }
            Pattern::Opt(inner) => {
                let inner = self.result(row, inner, meant, span);
                crate::types::lattice::optional(inner)
            }
        }
    }

    /// What a new container of the result holds: the operands' own slot, or one that belongs to this call.
    fn result_slot(&mut self, row: &Row, pattern: &Pattern, meant: &[(char, Meant)], span: Span) -> Slot {
        if let Pattern::Var(name) = pattern
            && let Some((_, Meant::Slot(slot))) = meant.iter().find(|(n, _)| n == name)
        {
            return *slot;
        }
        let content = self.result(row, pattern, meant, span);
        let place = ((span.start as usize) << 32) | span.end as usize;
        let part = std::ptr::from_ref(pattern) as usize;
        let slot = self.site_of((self.current, place, part));
        self.slots.flow(slot, &content);
        slot
    }
}

/// The row compares items with `<`.
fn orders(name: &str) -> bool {
    matches!(name, "sorted" | "min" | "max" | "list.sort" | "<" | ">") || name.starts_with("heapq.")
}

/// The type of a list that a row makes, where the row alone says it.
fn declared(pattern: &Pattern) -> Option<Ty> {
    let Pattern::List(inner) = pattern else { return None };
    Some(Ty::list(match **inner {
        Pattern::Int => Ty::Int,
        Pattern::Float => Ty::Float,
        Pattern::Str => Ty::Str,
        Pattern::Bool => Ty::Bool,
        Pattern::Bytes => Ty::Bytes,
        _ => return None,
    }))
}

/// The content of a container is just what the row says.
fn exactly(pattern: &Pattern, content: &T) -> bool {
    matches!(
        (pattern, content),
        (Pattern::Int, T::Int)
            | (Pattern::Float, T::Float)
            | (Pattern::Str, T::Str)
            | (Pattern::Bool, T::Bool)
            | (Pattern::Bytes, T::Bytes)
            | (Pattern::Dyn, T::Dyn)
    )
}
