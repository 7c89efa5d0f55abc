//! Calls and the objects that can be called.

use super::convert::cast;
use super::function::{FnEmitter, lower_case};
use super::rust::{Rs, Rx, block, call, method, reference, site, string_literal, text};
use crate::ir::func::Storage;
use crate::ir::{Arg, Callee, ClassId, CompKind, Expr, ExprKind, FuncId, Function, Keyed, LocalId, Ty};

use crate::ir::bind::{Bound, bind};

impl FnEmitter<'_> {
    /// A call whose value has type `ty`.
    pub fn call(&mut self, callee: &Callee, args: &[Arg], keywords: &[(Option<String>, Expr)], ty: &Ty) -> Rx {
        match callee {
            Callee::Function(func) => match bind(&self.program.function(*func).params, args, keywords) {
                Some(bound) => self.direct_call(*func, &bound),
                None => {
                    let object = self.function_object(*func);
                    self.dynamic_call(object, args, keywords)
                }
            },
            Callee::Builtin(name) => {
                if let Some(value) = self.consumed(name, args, keywords, ty) {
                    return value;
                }
                if let Some(helper) = name.strip_prefix('.') {
                    let list: Vec<(&Expr, &Ty)> = args.iter().map(|a| (a.expr(), &Ty::Dyn)).collect();
                    let args = self.operands(&list);
                    let path = if helper.contains("::") {
                        helper.to_owned()
                    } else {
                        format!("make::{helper}")
                    };
                    return self.attempt(call(&path, args));
                }
                if let Some(length) = self.call_length(callee, args, keywords) {
                    return call("Value::Int", vec![length]);
                }
                let object = reference(text(self.names.builtin(name)));
                self.dynamic_call(object, args, keywords)
            }
            Callee::Library { .. } if matches!(ty, Ty::Deque(_) | Ty::Mapping(..)) => self.collection(args, ty),
            Callee::Library { module, name } => {
                let object = reference(text(self.names.library(module, name)));
                self.dynamic_call(object, args, keywords)
            }
            Callee::Method { object, name } => self.method_call(object, name, args, keywords),
            Callee::Value(callee) => {
                let object = self.reference_as(callee, &Ty::Dyn);
                self.dynamic_call(object, args, keywords)
            }
        }
    }

    /// Calls whose truth alone is wanted and cheaper to have.
    pub fn call_truth(&mut self, callee: &Callee, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> Option<Rx> {
        match (callee, args) {
            (Callee::Builtin(name), [Arg::One(object), Arg::One(class)])
                if name == "isinstance" && keywords.is_empty() =>
            {
                let args = self.operands(&[(object, &Ty::Dyn), (class, &Ty::Dyn)]);
                Some(self.attempt(call("make::is_instance", args)))
            }
            _ => None,
        }
    }

    /// `len(value)` as an `i64`; None for other calls.
    pub fn call_length(&mut self, callee: &Callee, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> Option<Rx> {
        match (callee, args) {
            (Callee::Builtin(name), [Arg::One(value)]) if name == "len" && keywords.is_empty() => {
                let value = self.reference_as(value, &Ty::Dyn);
                let length = self.attempt(call("ops::len", vec![value]));
                Some(cast(length, "i64"))
            }
            _ => None,
        }
    }

    /// A call through the callee's value.
    fn dynamic_call(&mut self, callee: Rx, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> Rx {
        let positional = self.arguments(args);
        if keywords.is_empty() {
            return self.attempt(call("ops::call", vec![callee, positional]));
        }
        let keywords = self.keywords(keywords);
        self.attempt(call("ops::call_kw", vec![callee, positional, keywords]))
    }

    fn method_call(&mut self, object: &Expr, name: &str, args: &[Arg], keywords: &[(Option<String>, Expr)]) -> Rx {
        if !args.iter().all(|a| matches!(a, Arg::One(_))) {
            return self.spread_method_call(object, name, args, keywords);
        }
        if let (ExprKind::Super { class, object }, true) = (&object.kind, keywords.is_empty()) {
            return self.super_call(class, object, name, args);
        }
        let mut row = vec![self.value_as(object, &Ty::Dyn)];
        let mut stmts = Vec::new();
        if has_effects(args, keywords) {
            // Python looks the method up before it evaluates the arguments.
            let kept = self.namer.take("object");
            stmts.push(Rs::Let {
                pattern: kept.clone(),
                ty: None,
                value: row.pop(),
            });
            row.push(text(&kept));
            let check = self.attempt(call("site::require_method", vec![reference(text(&kept)), site(name)]));
            stmts.push(Rs::Do(check));
        }
        row.extend(args.iter().map(|a| self.value_as(a.expr(), &Ty::Dyn)));
        let row = reference(Rx::Array(row));
        let result = if keywords.is_empty() {
            self.attempt(call("site::call_method", vec![site(name), row]))
        } else {
            let keywords = self.keywords(keywords);
            self.attempt(call("site::call_method_kw", vec![site(name), row, keywords]))
        };
        block(stmts, result)
    }

    /// `super().name(args)`: nothing else is asked of what `super()` answers.
    fn super_call(&mut self, class: &Expr, object: &Expr, name: &str, args: &[Arg]) -> Rx {
        let mut stmts = Vec::new();
        let mut class = self.value_as(class, &Ty::Dyn);
        let mut row = vec![self.value_as(object, &Ty::Dyn)];
        if has_effects(args, &[]) {
            let kept = [self.namer.take("class"), self.namer.take("object")];
            for (name, value) in kept.iter().zip([class, row.remove(0)]) {
                stmts.push(Rs::Let {
                    pattern: name.clone(),
                    ty: None,
                    value: Some(value),
                });
            }
            let [kept_class, kept_object] = kept.map(text);
            let operands = vec![
                reference(kept_class.clone()),
                reference(kept_object.clone()),
                site(name),
            ];
            stmts.push(Rs::Do(self.attempt(call("site::require_super", operands))));
            class = kept_class;
            row.push(kept_object);
        }
        row.extend(args.iter().map(|a| self.value_as(a.expr(), &Ty::Dyn)));
        let row = reference(Rx::Array(row));
        let result = self.attempt(call("site::call_super", vec![reference(class), site(name), row]));
        block(stmts, result)
    }

    /// `object.name(*args)`
    fn spread_method_call(
        &mut self,
        object: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Rx {
        let object = self.reference_as(object, &Ty::Dyn);
        let name = text(string_literal(name));
        let mut stmts = Vec::new();
        let object = if has_effects(args, keywords) {
            let kept = self.namer.take("object");
            stmts.push(Rs::Let {
                pattern: kept.clone(),
                ty: None,
                value: Some(object),
            });
            let check = self.attempt(call("make::require_method", vec![text(&kept), name.clone()]));
            stmts.push(Rs::Do(check));
            text(kept)
        } else {
            object
        };
        let positional = reference(self.collected(args, "make::unpacked"));
        let result = if keywords.is_empty() {
            self.attempt(call("ops::call_method", vec![object, name, positional]))
        } else {
            let keywords = self.keywords(keywords);
            self.attempt(call("ops::call_method_kw", vec![object, name, positional, keywords]))
        };
        block(stmts, result)
    }

    /// `&[a, b]`
    fn arguments(&mut self, args: &[Arg]) -> Rx {
        if args.iter().all(|a| matches!(a, Arg::One(_))) {
            let items = args.iter().map(|a| self.value_as(a.expr(), &Ty::Dyn)).collect();
            return reference(Rx::Array(items));
        }
        reference(self.collected(args, "make::unpacked"))
    }

    fn keywords(&mut self, keywords: &[(Option<String>, Expr)]) -> Rx {
        if keywords.iter().all(|(name, _)| name.is_some()) {
            let items = keywords
                .iter()
                .map(|(name, e)| {
                    let name = Rx::Macro("lit", vec![text(string_literal(name.as_deref().unwrap_or_default()))]);
                    Rx::Tuple(vec![name, self.value_as(e, &Ty::Dyn)])
                })
                .collect();
            return reference(Rx::Array(items));
        }
        let kept = self.namer.take("keywords");
        let made = call("Vec::<(Str, Value)>::new", vec![]);
        let mut stmts = vec![Rs::Let {
            pattern: format!("mut {kept}"),
            ty: None,
            value: Some(made),
        }];
        for (name, e) in keywords {
            let add = match name {
                Some(name) => {
                    let name = Rx::Macro("lit", vec![text(string_literal(name))]);
                    let value = self.value_as(e, &Ty::Dyn);
                    method(text(&kept), "push", vec![Rx::Tuple(vec![name, value])])
                }
                None => {
                    let value = self.reference_as(e, &Ty::Dyn);
                    let buffer = Rx::RefMut(Box::new(text(&kept)));
                    self.attempt(call("make::extend_keywords", vec![buffer, value]))
                }
            };
            stmts.push(Rs::Do(add));
        }
        reference(block(stmts, text(kept)))
    }

    /// The Rust function itself, with every parameter bound here.
    fn direct_call(&mut self, func: FuncId, bound: &[Bound]) -> Rx {
        let callee = self.program.function(func);
        let mut args: Vec<Rx> = self.captures(callee);
        let exprs: Vec<(&Expr, &Ty)> = bound
            .iter()
            .zip(&callee.params)
            .filter_map(|(b, p)| match b {
                Bound::Given(e) => Some((*e, &callee.local(p.local).ty)),
                _ => None,
            })
            .collect();
        let mut kept = Vec::new();
        let in_order = exprs.is_sorted_by_key(|(e, _)| e.span.start);
        let mut given = match in_order {
            true => self.direct_operands(&exprs),
            false => self.operands_by_text(&exprs, &mut kept),
        }
        .into_iter();
        for (bound, param) in bound.iter().zip(&callee.params) {
            let ty = &callee.local(param.local).ty;
            args.push(match bound {
                Bound::Given(_) => given.next().expect("one for each"),
                Bound::Default => {
                    let default = &self.typed_default(param.default.as_ref().expect("bound to its default"));
                    if ty.is_copy() {
                        self.value_as(default, ty)
                    } else {
                        self.reference_as(default, ty)
                    }
                }
                Bound::Rest(items) => {
                    let items = items.iter().map(|e| self.value_as(e, &Ty::Dyn)).collect();
                    reference(call("Value::tuple", vec![Rx::Macro("vec", items)]))
                }
                Bound::NoKeywords => reference(call("make::empty_dict", vec![])),
            });
        }
        let made = self.attempt(call(self.names.function(func), args));
        block(kept, made)
    }

    /// Operands that the text has in another order than the parameters: evaluated in the text's order before the call.
    fn operands_by_text(&mut self, list: &[(&Expr, &Ty)], kept: &mut Vec<Rs>) -> Vec<Rx> {
        let mut by_text: Vec<usize> = (0..list.len()).collect();
        by_text.sort_by_key(|at| list[*at].0.span.start);
        let mut operands: Vec<Option<Rx>> = list.iter().map(|_| None).collect();
        for at in by_text {
            let (e, ty) = list[at];
            let mut value = self.value_as(e, ty);
            if !matches!(e.kind, ExprKind::Const(_)) {
                let name = self.namer.take("operand");
                kept.push(Rs::Let {
                    pattern: name.clone(),
                    ty: None,
                    value: Some(value),
                });
                value = text(name);
            }
            operands[at] = Some(if ty.is_copy() { value } else { reference(value) });
        }
        operands.into_iter().flatten().collect()
    }

    /// A default with the type it is held in: a hidden module variable has its own.
    fn typed_default(&self, default: &Expr) -> Expr {
        let mut default = default.clone();
        match &default.kind {
            ExprKind::Global(id) => default.ty = self.program.global(*id).ty.clone(),
            ExprKind::Const(c) => default.ty = super::convert::constant_type(c),
            _ => {}
        }
        default
    }

    fn direct_operands(&mut self, list: &[(&Expr, &Ty)]) -> Vec<Rx> {
        let references = self.operands(list);
        references
            .into_iter()
            .zip(list)
            .map(|(rx, (_, ty))| match rx {
                Rx::Ref(inner) if ty.is_copy() => *inner,
                other if ty.is_copy() => Rx::Deref(Box::new(other)),
                other => other,
            })
            .collect()
    }

    /// The cells of this function that an inner one shares, in the inner one's order.
    fn captures(&self, callee: &Function) -> Vec<Rx> {
        callee
            .locals
            .iter()
            .filter_map(|l| match l.storage {
                Storage::Captured(outer) => Some(outer),
                _ => None,
            })
            .map(|outer| self.cell(self.own_name(callee, outer)))
            .collect()
    }

    /// This function's name for a variable of the function around `callee`: its own, or one that it shares, too.
    fn own_name(&self, callee: &Function, outer: LocalId) -> LocalId {
        if callee.parent == Some(self.function.id) {
            return outer;
        }
        let shares = |l: &crate::ir::Local| l.storage == Storage::Captured(outer);
        let at = self.function.locals.iter().position(shares);
        at.map_or(outer, |at| LocalId(at as u32))
    }

    fn cell(&self, id: LocalId) -> Rx {
        let name = text(self.local_name(id).to_owned());
        match self.function.local(id).storage {
            Storage::Captured(_) => name,
            _ => reference(name),
        }
    }

    fn function_object(&mut self, func: FuncId) -> Rx {
        if self.names.has_object(func) {
            return reference(text(self.names.function_object(func)));
        }
        reference(self.make_function(func, &[], &[]))
    }

    pub fn make_function(&mut self, func: FuncId, defaults: &[Expr], kw_defaults: &[Option<Expr>]) -> Rx {
        let callee = self.program.function(func);
        let defaults: Vec<Rx> = defaults.iter().map(|e| self.value_as(e, &Ty::Dyn)).collect();
        let kw_defaults: Vec<Rx> = kw_defaults
            .iter()
            .map(|e| match e {
                Some(e) => call("Some", vec![self.value_as(e, &Ty::Dyn)]),
                None => text("None"),
            })
            .collect();
        let mut stmts = Vec::new();
        let mut args = Vec::new();
        for local in &callee.locals {
            let Storage::Captured(outer) = local.storage else {
                continue;
            };
            let kept = self.namer.take(&lower_case(&local.name));
            let cell = method(self.cell(outer), "clone", vec![]);
            stmts.push(Rs::Let {
                pattern: kept.clone(),
                ty: None,
                value: Some(cell),
            });
            args.push(reference(text(kept)));
        }
        let is_move = !stmts.is_empty();
        args.extend((0..callee.params.len()).map(|at| text(format!("&args[{at}]"))));
        let params = if callee.params.is_empty() {
            "_args: &[Value]"
        } else {
            "args: &[Value]"
        };
        let body = dynamic_result(call(self.names.function(func), args), callee);
        let closure = Rx::Closure {
            params: params.to_owned(),
            body: Box::new(body),
            is_move,
        };
        let signature = reference(text(self.names.signature(func)));
        let make = call(
            "Function::new",
            vec![
                signature,
                Rx::Macro("vec", defaults),
                Rx::Macro("vec", kw_defaults),
                closure,
            ],
        );
        block(stmts, make)
    }

    pub fn make_class(
        &mut self,
        class: ClassId,
        bases: &[Expr],
        keywords: &[(String, Expr)],
        namespace: &[(String, LocalId)],
    ) -> Rx {
        let info = self.program.class(class);
        if info.by_call {
            return self.value_as(&bases[0], &Ty::Dyn);
        }
        let bases = bases.iter().map(|b| self.value_as(b, &Ty::Dyn)).collect();
        let keywords = keywords
            .iter()
            .map(|(name, e)| {
                let name = Rx::Macro("lit", vec![text(string_literal(name))]);
                Rx::Tuple(vec![name, self.value_as(e, &Ty::Dyn)])
            })
            .collect();
        let entries = namespace
            .iter()
            .map(|(name, id)| {
                let local = text(self.local_name(*id).to_owned());
                let value = match self.function.local(*id).storage {
                    Storage::Plain if self.is_optional(*id) => method(local, "clone", vec![]),
                    Storage::Plain => call("Some", vec![method(local, "clone", vec![])]),
                    _ => method(local, "peek", vec![]),
                };
                Rx::Tuple(vec![text(string_literal(name)), value])
            })
            .collect();
        let module = &self.program.modules[info.module.index()].shown;
        let args = vec![
            text(string_literal(&info.name)),
            text(string_literal(&info.qualname)),
            text(string_literal(module)),
            Rx::Macro("vec", bases),
            Rx::Macro("vec", entries),
            reference(Rx::Array(keywords)),
        ];
        self.attempt(call("make::class", args))
    }

    /// Builtins that take a generator expression apart on the spot.
    fn consumed(&mut self, name: &str, args: &[Arg], keywords: &[(Option<String>, Expr)], ty: &Ty) -> Option<Rx> {
        let [Arg::One(e)] = args else { return None };
        let ExprKind::Comp {
            kind: CompKind::Generator,
            clauses,
            element,
            ..
        } = &e.kind
        else {
            return None;
        };
        if !keywords.is_empty() {
            return None;
        }
        match name {
            "any" | "all" => {
                let answer = self.any_all(e, name == "any", clauses, element);
                Some(super::convert::convert(answer, &Ty::Bool, ty))
            }
            "sum" => Some(self.sum(e, clauses, element, ty)),
            "min" | "max" => Some(self.extreme(e, name, clauses, element, ty)),
            _ => None,
        }
    }

    fn any_all(&mut self, e: &Expr, is_any: bool, clauses: &[crate::ir::Clause], element: &Expr) -> Rx {
        let label = format!("'{}", self.namer.take("found"));
        let out = label.clone();
        let stmts = self.clauses(e, clauses, None, &mut |this: &mut Self| {
            let element = if element.ty == Ty::Bool {
                element.clone()
            } else {
                crate::lower::truth(element.clone())
            };
            let truth = this.cond(&element);
            let cond = if is_any { truth } else { super::expr::negate(truth) };
            let answer = text(is_any.to_string());
            let jump = Rx::Jump(format!("break {out}"), Some(Box::new(answer)));
            let then = super::rust::RBlock::of(vec![Rs::Do(jump)]);
            vec![Rs::Do(Rx::If {
                cond: Box::new(cond),
                then,
                orelse: None,
            })]
        });
        let block = super::rust::RBlock::value(stmts, text((!is_any).to_string()));
        Rx::Block {
            head: format!("{label}:"),
            block,
        }
    }

    fn sum(&mut self, e: &Expr, clauses: &[crate::ir::Clause], element: &Expr, ty: &Ty) -> Rx {
        if *ty == Ty::Float {
            return self.float_sum(e, clauses, element);
        }
        let total = self.namer.take("total");
        let name = total.clone();
        let native = *ty == Ty::Int;
        let loops = self.clauses(e, clauses, None, &mut |this: &mut Self| {
            let added = if native {
                let value = this.value_as(element, &Ty::Int);
                call("fast::int::add", vec![text(&name), value])
            } else {
                let value = this.reference_as(element, &Ty::Dyn);
                call("ops::add", vec![reference(text(&name)), value])
            };
            let added = this.attempt(added);
            vec![Rs::Assign {
                target: text(&name),
                op: "=",
                value: added,
            }]
        });
        let zero = text(if native { "0" } else { "Value::Int(0)" });
        let mut stmts = vec![Rs::Let {
            pattern: format!("mut {total}"),
            ty: None,
            value: Some(zero),
        }];
        stmts.extend(loops);
        block(stmts, text(total))
    }

    fn float_sum(&mut self, e: &Expr, clauses: &[crate::ir::Clause], element: &Expr) -> Rx {
        let total = self.namer.take("total");
        let name = total.clone();
        let loops = self.clauses(e, clauses, None, &mut |this: &mut Self| {
            let value = this.value_as(element, &Ty::Float);
            vec![Rs::Do(method(text(&name), "add", vec![value]))]
        });
        let mut stmts = vec![Rs::Let {
            pattern: format!("mut {total}"),
            ty: None,
            value: Some(call("fast::float::Sum::default", vec![])),
        }];
        stmts.extend(loops);
        let sum = self.attempt(method(text(total), "finish", vec![]));
        block(stmts, sum)
    }

    /// Ordering by a key function of the program.
    pub fn keyed(&mut self, what: Keyed, list: &Expr, key: FuncId, reverse: bool) -> Rx {
        let Ty::List(element) = list.ty.clone() else {
            unreachable!("inference keys lists only")
        };
        let callee = self.program.function(key);
        let wanted = callee.local(callee.params[0].local).ty.clone();
        let own = if element.is_copy() {
            Rx::Deref(Box::new(text("item")))
        } else {
            text("item")
        };
        let argument = if *element == wanted {
            own
        } else {
            let value = if element.is_copy() {
                own
            } else {
                method(own, "clone", vec![])
            };
            let value = super::convert::convert(value, &element, &wanted);
            if wanted.is_copy() { value } else { reference(value) }
        };
        let mut args = self.captures(callee);
        args.push(argument);
        let closure = Rx::Closure {
            params: "item".to_owned(),
            body: Box::new(call(self.names.function(key), args)),
            is_move: false,
        };
        let reverse = text(reverse.to_string());
        let list = self.reference_as(list, &list.ty.clone());
        let made = match what {
            Keyed::Sorted => call("fast::list::sorted_by", vec![list, closure, reverse]),
            Keyed::Sort => {
                let place = match list {
                    Rx::Ref(inner) => *inner,
                    other => other,
                };
                method(place, "sort_by_key", vec![closure, reverse])
            }
            Keyed::Min => call("fast::list::min_by", vec![list, closure]),
            Keyed::Max => call("fast::list::max_by", vec![list, closure]),
        };
        self.attempt(made)
    }

    fn extreme(&mut self, e: &Expr, which: &str, clauses: &[crate::ir::Clause], element: &Expr, ty: &Ty) -> Rx {
        let best = self.namer.take("best");
        let name = best.clone();
        let home = if ty.is_dyn() { "make" } else { "fast" };
        let path = format!("{home}::keep_{which}");
        let loops = self.clauses(e, clauses, None, &mut |this: &mut Self| {
            let value = this.value_as(element, ty);
            let kept = this.attempt(call(&path, vec![Rx::RefMut(Box::new(text(&name))), value]));
            vec![Rs::Do(kept)]
        });
        let none = text("None");
        let shown = format!("Option<{}>", self.names.types.rust_type(ty));
        let mut stmts = vec![Rs::Let {
            pattern: format!("mut {best}"),
            ty: Some(shown),
            value: Some(none),
        }];
        stmts.extend(loops);
        let found = call(&format!("{home}::found"), vec![text(best), text(string_literal(which))]);
        let found = self.attempt(found);
        block(stmts, found)
    }
}

/// The function's result as a `Value`, where it is called as an object.
pub fn dynamic_result(result: Rx, callee: &Function) -> Rx {
    if callee.ret.is_dyn() || callee.flavor != crate::ir::func::Flavor::Plain {
        return result;
    }
    let value = super::convert::to_dyn(text("value"), &callee.ret);
    let wrap = Rx::Closure {
        params: "value".to_owned(),
        body: Box::new(value),
        is_move: false,
    };
    method(result, "map", vec![wrap])
}

/// Evaluating it may do something that can be seen: call code of the program, assign, yield.
fn has_effects(args: &[Arg], keywords: &[(Option<String>, Expr)]) -> bool {
    let args = args.iter().map(Arg::expr);
    args.chain(keywords.iter().map(|(_, e)| e)).any(may_have_effects)
}

fn may_have_effects(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |inner| {
        found |= match &inner.kind {
            ExprKind::Call {
                callee: Callee::Builtin(name),
                ..
            } => !matches!(
                name.as_str(),
                "len" | "str" | "int" | "float" | "ord" | "chr" | "abs" | "range" | "tuple" | "list"
            ),
            ExprKind::Call { .. } | ExprKind::Yield(_) | ExprKind::YieldFrom(_) | ExprKind::Await(_) => true,
            // What they raise must not come before what the missing method does.
            ExprKind::Attr { .. } | ExprKind::Item { .. } | ExprKind::Binary { .. } | ExprKind::Unary { .. } => true,
            ExprKind::Op { row, .. } => row.raises,
            _ => false,
        };
    });
    found
}
