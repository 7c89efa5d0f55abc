//! Expressions: as owned values, as references, as native truths.

use super::convert::{self, convert};
use super::function::FnEmitter;
use super::rust::{RBlock, Rs, Rx, block, call, method, reference, site, string_literal, text};
use super::table;
use crate::ir::func::{Flavor, Storage};
use crate::ir::{Arg, AugTarget, Clause, CompKind, Const, Expr, ExprKind, GlobalKind, LocalId, Piece, StmtKind, Ty};
use crate::syntax::ast::{BinOp, CmpOp, Conversion, UnaryOp};
use std::collections::HashSet;

impl FnEmitter<'_> {
    /// An owned value of the expression's own type.
    pub fn value(&mut self, e: &Expr) -> Rx {
        match &e.kind {
            ExprKind::Const(c) => self.constant(c, &e.ty),
            ExprKind::Local(id, _) => {
                let value = self.local_value(*id);
                convert(value, &self.function.local(*id).ty, &e.ty)
            }
            ExprKind::Global(id) => self.global_value(*id),
            ExprKind::Op { row, args } if row.name == "list.extend_new" => self.extend_in_parallel(args),
            ExprKind::Op { args, .. } if e.ty == Ty::Never => self.never_done(args),
            ExprKind::Op { row, args } => self.op(row, args),
            ExprKind::Convert(inner) => self.converted(inner, &e.ty),
            ExprKind::Source(source) => self.collected_source(source, &e.ty, &e.ty),
            ExprKind::Builtin(name) => method(text(self.names.builtin(name)), "get", vec![]),
            ExprKind::Library { module, name } => method(text(self.names.library(module, name)), "get", vec![]),
            ExprKind::ModuleValue(module) => method(text(self.names.module(module)), "get", vec![]),
            ExprKind::MakeFunction {
                func,
                defaults,
                kw_defaults,
            } => self.make_function(*func, defaults, kw_defaults),
            ExprKind::MakeClass {
                class,
                bases,
                keywords,
                namespace,
            } => self.make_class(*class, bases, keywords, namespace),
            ExprKind::Unary { op, operand } => {
                let operand = self.reference_as(operand, &Ty::Dyn);
                let path = match op {
                    UnaryOp::Invert => "ops::invert",
                    UnaryOp::UAdd => "ops::pos",
                    UnaryOp::USub | UnaryOp::Not => "ops::neg",
                };
                self.attempt(call(path, vec![operand]))
            }
            ExprKind::Binary { op, left, right } => {
                let args = self.operands(&[(left, &Ty::Dyn), (right, &Ty::Dyn)]);
                self.attempt(call(binary_op(*op), args))
            }
            ExprKind::Compare { op, left, right } if e.ty == Ty::Bool => self.compare_truth(*op, left, right),
            ExprKind::Compare { op, left, right } => self.compare(*op, left, right),
            ExprKind::And(left, right) | ExprKind::Or(left, right) if e.ty == Ty::Bool => {
                let op = if matches!(e.kind, ExprKind::And(..)) {
                    "&&"
                } else {
                    "||"
                };
                let (left, right) = (self.cond(left), self.cond(right));
                Rx::Binary(op, Box::new(left), Box::new(right))
            }
            ExprKind::And(left, _) | ExprKind::Or(left, _) if left.ty == Ty::Never => self.value_as(left, &e.ty),
            ExprKind::And(left, right) | ExprKind::Or(left, right) if self.world == super::World::Native => {
                self.typed_decide(left, right, matches!(e.kind, ExprKind::And(..)), &e.ty)
            }
            ExprKind::And(left, right) => self.decide(left, right, true, &e.ty),
            ExprKind::Or(left, right) => self.decide(left, right, false, &e.ty),
            ExprKind::Truth(inner) => self.truth(inner),
            ExprKind::Not(inner) => negate(self.cond(inner)),
            ExprKind::IfExp { cond, then, orelse } => {
                let cond = Box::new(self.cond(cond));
                let then = self.value_as(then, &e.ty);
                let orelse = self.value_as(orelse, &e.ty);
                let then = RBlock::value(Vec::new(), then);
                Rx::If {
                    cond,
                    then,
                    orelse: Some(RBlock::value(Vec::new(), orelse)),
                }
            }
            ExprKind::List(items) if !e.ty.is_dyn() => {
                let Ty::List(element) = &e.ty else {
                    unreachable!("a list display is a list")
                };
                self.typed_list(items, element)
            }
            ExprKind::Tuple(items) if !e.ty.is_dyn() => {
                let Ty::Tuple(types) = &e.ty else {
                    unreachable!("a tuple display is a tuple")
                };
                Rx::Tuple(
                    items
                        .iter()
                        .zip(types)
                        .map(|(a, ty)| convert::pinned(self.value_as(a.expr(), ty), ty))
                        .collect(),
                )
            }
            ExprKind::Set(items) if !e.ty.is_dyn() => {
                let Ty::Set(element) = &e.ty else {
                    unreachable!("a set display is a set")
                };
                self.typed_set(items, element)
            }
            ExprKind::Dict(items) if matches!(e.ty, Ty::Record(_)) => self.record(items, &e.ty),
            ExprKind::Dict(items) if !e.ty.is_dyn() => {
                let Ty::Dict(key, value) = &e.ty else {
                    unreachable!("a dict display is a dict")
                };
                self.typed_dict(items, key, value)
            }
            ExprKind::Item { object, index } if is_part(object, index) && !e.ty.is_dyn() => {
                self.tuple_part(e, object, index)
            }
            ExprKind::List(items) => self.display(items, "Value::list", "make::list"),
            ExprKind::Tuple(items) => self.display(items, "Value::tuple", "make::tuple"),
            ExprKind::Set(items) if super::typed::is_folded(items) => {
                let items = items.iter().map(|item| self.value_as(item.expr(), &Ty::Dyn)).collect();
                let made = self.attempt(call("Set::from_constants", vec![Rx::Macro("vec", items)]));
                call("Value::Set", vec![made])
            }
            ExprKind::Set(items) => {
                let made = self.display(items, "make::set", "make::set");
                self.attempt(made)
            }
            ExprKind::Dict(items) => self.dict(items),
            ExprKind::Attr { object, name } => {
                let object = self.reference_as(object, &Ty::Dyn);
                self.attempt(call("site::get_attr", vec![object, site(name)]))
            }
            ExprKind::Item { object, index } => {
                let args = self.operands(&[(object, &Ty::Dyn), (index, &Ty::Dyn)]);
                self.attempt(call("ops::get_item", args))
            }
            ExprKind::Field { object, name } => self.field(object, name, &e.ty),
            ExprKind::New { class, fields } => self.new_instance(*class, fields),
            ExprKind::Parallel(map) => {
                let rounds = self.rounds(map);
                call("List::from_vec", vec![rounds])
            }
            ExprKind::Keyed {
                what,
                list,
                key,
                reverse,
            } => self.keyed(*what, list, *key, *reverse),
            ExprKind::Guard(inner) => self.exactly(inner, &e.ty),
            ExprKind::Slice { lower, upper, step } => {
                let parts = [lower, upper, step].map(|p| self.value_as(p, &Ty::Dyn));
                call("ops::slice", parts.to_vec())
            }
            ExprKind::Call { callee, args, keywords } => self.call(callee, args, keywords, &e.ty),
            ExprKind::Comp {
                kind,
                clauses,
                key,
                element,
            } => self.comprehension(e, *kind, clauses, key, element),
            ExprKind::Format(pieces) => self.format(pieces),
            ExprKind::Yield(value) if self.function.flavor == Flavor::Stream => {
                let ty = self.function.ret.clone();
                let item = self.value_as(value, &ty);
                Rx::Field(Box::new(method(text("co"), "give", vec![item])), "await".to_owned())
            }
            ExprKind::Yield(value) => {
                let value = self.value_as(value, &Ty::Dyn);
                let yields = match self.function.flavor {
                    crate::ir::func::Flavor::AsyncGenerator => "yield_item",
                    _ => "yield_",
                };
                let yielded = Rx::Field(Box::new(method(text("co"), yields, vec![value])), "await".to_owned());
                self.attempt(yielded)
            }
            ExprKind::YieldFrom(value) => {
                let value = self.reference_as(value, &Ty::Dyn);
                let yielded = Rx::Field(
                    Box::new(method(text("co"), "yield_from", vec![value])),
                    "await".to_owned(),
                );
                self.attempt(yielded)
            }
            ExprKind::Await(value) => {
                let value = self.reference_as(value, &Ty::Dyn);
                let awaited = Rx::Field(Box::new(method(text("co"), "await_", vec![value])), "await".to_owned());
                self.attempt(awaited)
            }
            ExprKind::Seq(stmts, value) => {
                let (stmts, value) = self.scoped(|this| {
                    let stmts = this.block(stmts);
                    let value = this.value(value);
                    (stmts, value)
                });
                block(stmts, value)
            }
            ExprKind::CurrentException => {
                let caught = self.caught.last().cloned().unwrap_or_default();
                method(text(caught), "value", vec![])
            }
            ExprKind::Super { class, object } => {
                let args = self.operands(&[(class, &Ty::Dyn), (object, &Ty::Dyn)]);
                self.attempt(call("make::super_of", args))
            }
        }
    }

    /// An owned value of type `to`.
    pub fn value_as(&mut self, e: &Expr, to: &Ty) -> Rx {
        if let (ExprKind::Const(c), Ty::Dyn) = (&e.kind, to) {
            return dynamic_constant(c);
        }
        if let (ExprKind::Const(Const::None), Ty::Option(_)) = (&e.kind, to) {
            return text("None");
        }
        let value = self.value(e);
        convert(value, &e.ty, to)
    }

    /// A reference to a value of type `to`.
    pub fn reference_as(&mut self, e: &Expr, to: &Ty) -> Rx {
        if e.ty == *to {
            match &e.kind {
                ExprKind::Local(id, _) if self.function.local(*id).storage == Storage::Plain => {
                    let reference = self.local_reference(*id);
                    if self.function.local(*id).ty == e.ty {
                        return reference;
                    }
                    if matches!(self.function.local(*id).ty, Ty::Option(_)) {
                        let inner = match reference {
                            Rx::Ref(inner) => *inner,
                            other => other,
                        };
                        let some = method(inner, "as_ref", vec![]);
                        return method(some, "expect", vec![text("\"narrowed\"")]);
                    }
                }
                ExprKind::Field { .. } if self.as_borrowed_field(e).is_some() => {
                    if let Some(field) = self.borrowed_field(e) {
                        return field;
                    }
                }
                ExprKind::Builtin(name) => return Rx::Ref(Box::new(text(self.names.builtin(name)))),
                ExprKind::Library { module, name } => {
                    return Rx::Ref(Box::new(text(self.names.library(module, name))));
                }
                _ => {}
            }
        }
        if e.ty == Ty::Never && *to != Ty::Never {
            // A reference to what never comes to be does not become one to something else by itself.
            let value = self.value(e);
            return reference(self.never(value, to));
        }
        reference(self.value_as(e, to))
    }

    /// A value that never comes to be, taken for one of a type.
    pub fn never(&self, value: Rx, to: &Ty) -> Rx {
        let ty = self.names.types.rust_type(to);
        block(vec![Rs::Do(value)], text(format!("make::never::<{ty}>()")))
    }

    /// References to several operands, evaluated in order. An operand that is a variable which a later one rebinds
    /// is copied first.
    pub fn operands(&mut self, list: &[(&Expr, &Ty)]) -> Vec<Rx> {
        let mut out = Vec::new();
        for (at, (e, ty)) in list.iter().enumerate() {
            let later = &list[at + 1..];
            let rebound =
                matches!(&e.kind, ExprKind::Local(id, _) if later.iter().any(|(l, _)| rebinds(l).contains(id)));
            out.push(if rebound {
                reference(self.value_as(e, ty))
            } else {
                self.reference_as(e, ty)
            });
        }
        out
    }

    /// A native bool.
    pub fn cond(&mut self, e: &Expr) -> Rx {
        if e.ty == Ty::Bool { self.value(e) } else { self.truth(e) }
    }

    /// An operation one of whose operands never comes to be: the operands are evaluated, which leaves the function.
    fn never_done(&mut self, args: &[Expr]) -> Rx {
        let mut stmts = Vec::new();
        for arg in args {
            let value = self.value(arg);
            stmts.push(Rs::Let {
                pattern: "_".to_owned(),
                ty: None,
                value: Some(value),
            });
        }
        block(stmts, Rx::Macro("unreachable", vec![text("\"nothing reaches here\"")]))
    }

    fn truth(&mut self, e: &Expr) -> Rx {
        if let Some(truth) = self.typed_truth(e) {
            return truth;
        }
        match (&e.kind, &e.ty) {
            (_, Ty::Bool) => self.value(e),
            (ExprKind::Const(c), _) => text(constant_truth(c).to_string()),
            (ExprKind::Compare { op, left, right }, _) => self.compare_truth(*op, left, right),
            (ExprKind::Seq(stmts, value), _) => {
                let (stmts, value) = self.scoped(|this| {
                    let stmts = this.block(stmts);
                    let value = this.truth(value);
                    (stmts, value)
                });
                block(stmts, value)
            }
            (ExprKind::Call { callee, args, keywords }, _) => match self.call_truth(callee, args, keywords) {
                Some(truth) => truth,
                None => self.truth_of_value(e),
            },
            _ => self.truth_of_value(e),
        }
    }

    fn truth_of_value(&mut self, e: &Expr) -> Rx {
        let value = self.reference_as(e, &Ty::Dyn);
        self.attempt(call("ops::truthy", vec![value]))
    }

    fn constant(&mut self, c: &Const, ty: &Ty) -> Rx {
        if let (Const::Int(i), Ty::Wide) = (c, ty) {
            return text(format!("{i}_i128"));
        }
        if ty.is_dyn() {
            dynamic_constant(c)
        } else {
            convert::constant(c)
        }
    }

    fn local_value(&mut self, id: LocalId) -> Rx {
        let local = self.function.local(id);
        let name = text(self.local_name(id).to_owned());
        match local.storage {
            Storage::Plain if self.is_optional(id) => {
                let bound = self.local_reference(id);
                clone_of(bound, local.ty.is_copy())
            }
            Storage::Plain if local.ty.is_copy() => name,
            Storage::Plain => method(name, "clone", vec![]),
            Storage::Cell if self.comprehensions == 0 => {
                let read = method(name, "get", vec![text(string_literal(&local.name))]);
                self.attempt(read)
            }
            Storage::Cell | Storage::Captured(_) => {
                let read = method(name, "get_free", vec![text(string_literal(&local.name))]);
                self.attempt(read)
            }
        }
    }

    fn local_reference(&mut self, id: LocalId) -> Rx {
        let name = text(self.local_name(id).to_owned());
        if self.is_optional(id) {
            let python_name = text(string_literal(&self.function.local(id).name));
            let path = if self.comprehensions == 0 {
                "make::bound"
            } else {
                "make::bound_free"
            };
            return self.attempt(call(path, vec![reference(name), python_name]));
        }
        if self.is_borrowed(id) { name } else { reference(name) }
    }

    fn global_value(&mut self, id: crate::ir::GlobalId) -> Rx {
        match self.program.global(id).kind {
            GlobalKind::Function(func) => method(text(self.names.function_object(func)), "get", vec![]),
            _ => {
                let read = method(text(self.names.global(id)), "get", vec![]);
                self.attempt(read)
            }
        }
    }

    /// `and`, `or`: the operand that decided.
    fn decide(&mut self, left: &Expr, right: &Expr, is_and: bool, ty: &Ty) -> Rx {
        let name = self.namer.take("left");
        let left = self.value_as(left, ty);
        let truth = call("ops::truthy", vec![reference(text(&name))]);
        let truth = self.attempt(truth);
        let right = self.value_as(right, ty);
        let (then, orelse) = if is_and {
            (right, text(&name))
        } else {
            (text(&name), right)
        };
        let chosen = Rx::If {
            cond: Box::new(truth),
            then: RBlock::value(Vec::new(), then),
            orelse: Some(RBlock::value(Vec::new(), orelse)),
        };
        block(
            vec![Rs::Let {
                pattern: name,
                ty: None,
                value: Some(left),
            }],
            chosen,
        )
    }

    fn compare(&mut self, op: CmpOp, left: &Expr, right: &Expr) -> Rx {
        match op {
            CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => {
                let truth = self.compare_truth(op, left, right);
                convert::to_dyn(truth, &Ty::Bool)
            }
            _ => {
                let args = self.operands(&[(left, &Ty::Dyn), (right, &Ty::Dyn)]);
                self.attempt(call(rich_op(op), args))
            }
        }
    }

    fn compare_truth(&mut self, op: CmpOp, left: &Expr, right: &Expr) -> Rx {
        if matches!(op, CmpOp::Is | CmpOp::IsNot)
            && matches!(right.kind, ExprKind::Const(Const::None))
            && let Some(test) = self.is_none_test(op, left)
        {
            return test;
        }
        let args = self.operands(&[(left, &Ty::Dyn), (right, &Ty::Dyn)]);
        match op {
            CmpOp::Is => call("ops::is", args),
            CmpOp::IsNot => negate(call("ops::is", args)),
            CmpOp::In => self.attempt(call("make::is_in", args)),
            CmpOp::NotIn => negate(self.attempt(call("make::is_in", args))),
            _ => self.attempt(call(&format!("{}_bool", rich_op(op)), args)),
        }
    }

    fn display(&mut self, items: &[Arg], plain: &str, starred: &str) -> Rx {
        if let Some(items) = table::items(items, &Ty::Dyn, "Value") {
            return call(plain, vec![items]);
        }
        if items.iter().all(|a| matches!(a, Arg::One(_))) {
            let items = items.iter().map(|a| self.value_as(a.expr(), &Ty::Dyn)).collect();
            return call(plain, vec![Rx::Macro("vec", items)]);
        }
        // A set takes what it is given as `update` does.
        let unpack = if starred == "make::set" {
            "iter::collect"
        } else {
            "make::unpacked"
        };
        let items = self.collected(items, unpack);
        call(starred, vec![items])
    }

    /// A `Vec` of arguments some of which are unpacked.
    pub fn collected(&mut self, items: &[Arg], unpack: &str) -> Rx {
        let name = self.namer.take("items");
        let mut stmts = vec![Rs::Let {
            pattern: format!("mut {name}"),
            ty: None,
            value: Some(call("Vec::<Value>::new", vec![])),
        }];
        for item in items {
            let add = match item {
                Arg::One(e) => {
                    let value = self.value_as(e, &Ty::Dyn);
                    method(text(&name), "push", vec![value])
                }
                Arg::Star(e) => {
                    let value = self.reference_as(e, &Ty::Dyn);
                    let collected = self.attempt(call(unpack, vec![value]));
                    method(text(&name), "extend", vec![collected])
                }
            };
            stmts.push(Rs::Do(add));
        }
        block(stmts, text(name))
    }

    fn dict(&mut self, items: &[(Option<Expr>, Expr)]) -> Rx {
        if let Some(pairs) = table::pairs(items, (&Ty::Dyn, &Ty::Dyn), ("Value", "Value")) {
            return self.attempt(call("make::dict", vec![pairs]));
        }
        if items.iter().all(|(k, _)| k.is_some()) {
            let pairs = items
                .iter()
                .map(|(k, v)| {
                    let key = self.value_as(k.as_ref().expect("checked"), &Ty::Dyn);
                    Rx::Tuple(vec![key, self.value_as(v, &Ty::Dyn)])
                })
                .collect();
            return self.attempt(call("make::dict", vec![Rx::Macro("vec", pairs)]));
        }
        let name = self.namer.take("dict");
        let value = self.attempt(call("make::dict", vec![Rx::Macro("vec", Vec::new())]));
        let mut stmts = vec![Rs::Let {
            pattern: name.clone(),
            ty: None,
            value: Some(value),
        }];
        for (key, value) in items {
            let add = match key {
                Some(key) => {
                    let key = self.value_as(key, &Ty::Dyn);
                    let value = self.value_as(value, &Ty::Dyn);
                    call("ops::set_item", vec![reference(text(&name)), reference(key), value])
                }
                None => {
                    let value = self.reference_as(value, &Ty::Dyn);
                    call("make::dict_merge", vec![reference(text(&name)), value])
                }
            };
            let add = self.attempt(add);
            stmts.push(Rs::Do(add));
        }
        block(stmts, text(name))
    }

    fn format(&mut self, pieces: &[Piece]) -> Rx {
        let name = self.namer.take("text");
        let mut stmts = vec![Rs::Let {
            pattern: format!("mut {name}"),
            ty: None,
            value: Some(call("StrBuf::new", vec![])),
        }];
        for piece in pieces {
            let add = match piece {
                Piece::Literal(s) if s.is_empty() => continue,
                Piece::Literal(s) if s.is_ascii() => method(text(&name), "push_ascii", vec![text(string_literal(s))]),
                Piece::Literal(s) => method(text(&name), "push", vec![text(string_literal(s))]),
                Piece::Value {
                    value,
                    conversion: Conversion::None,
                    spec,
                } if self.world == super::World::Native && constant_spec(spec).is_some() => {
                    let constant = constant_spec(spec).flatten();
                    match self.typed_piece(&name, value, constant.as_deref()) {
                        Some(push) => push,
                        None => self.dynamic_piece(&name, value, Conversion::None, spec),
                    }
                }
                Piece::Value {
                    value,
                    conversion,
                    spec,
                } => self.dynamic_piece(&name, value, *conversion, spec),
            };
            stmts.push(Rs::Do(add));
        }
        block(stmts, method(text(name), "finish", vec![]))
    }

    fn dynamic_piece(&mut self, name: &str, value: &Expr, conversion: Conversion, spec: &Option<Expr>) -> Rx {
        let buffer = Rx::RefMut(Box::new(text(name)));
        let value = self.reference_as(value, &Ty::Dyn);
        let path = match conversion {
            Conversion::None => "make::format_value",
            Conversion::Str => "make::format_str",
            Conversion::Repr => "make::format_repr",
            Conversion::Ascii => "make::format_ascii",
        };
        let constant = spec.as_ref().map_or(Some(None), |_| constant_spec(spec));
        let spec = match (spec, constant) {
            (_, Some(constant)) => {
                let constant = constant.unwrap_or_default();
                reference(Rx::Macro("lit", vec![text(string_literal(&constant))]))
            }
            (Some(spec), None) => self.reference_as(spec, &Ty::Str),
            (None, None) => unreachable!("no spec is a constant"),
        };
        self.attempt(call(path, vec![buffer, value, spec]))
    }

    /// `t[2]` of a tuple of known parts.
    fn tuple_part(&mut self, e: &Expr, object: &Expr, index: &Expr) -> Rx {
        let ExprKind::Const(Const::Int(at)) = &index.kind else {
            unreachable!("inference leaves others dynamic")
        };
        let place = match self.reference_as(object, &object.ty.clone()) {
            Rx::Ref(inner) => *inner,
            other => other,
        };
        let part = Rx::Field(Box::new(place), at.to_string());
        if e.ty.is_copy() {
            part
        } else {
            method(part, "clone", vec![])
        }
    }

    fn comprehension(
        &mut self,
        e: &Expr,
        kind: CompKind,
        clauses: &[Clause],
        key: &Option<Box<Expr>>,
        element: &Expr,
    ) -> Rx {
        let name = self.namer.take("result");
        let (key_ty, element_ty) = match &e.ty {
            Ty::List(element) | Ty::Set(element) => (Ty::Dyn, (**element).clone()),
            Ty::Dict(key, value) => ((**key).clone(), (**value).clone()),
            _ => (Ty::Dyn, Ty::Dyn),
        };
        let shown = self.names.types.rust_type(&element_ty);
        let made = match kind {
            CompKind::List | CompKind::Generator => call(&format!("Vec::<{shown}>::new"), vec![]),
            CompKind::Set => call(&format!("Set::<{shown}>::new"), vec![]),
            CompKind::Dict => call(
                &format!("Dict::<{}, {shown}>::new", self.names.types.rust_type(&key_ty)),
                vec![],
            ),
        };
        let mutable = matches!(kind, CompKind::List | CompKind::Generator);
        let pattern = if mutable { format!("mut {name}") } else { name.clone() };
        let mut stmts = vec![Rs::Let {
            pattern,
            ty: None,
            value: Some(made),
        }];
        let result = name.clone();
        // A set's order tells how it grew.
        let fills = mutable.then(|| Rx::RefMut(Box::new(text(&name))));
        let inner = self.clauses(e, clauses, fills, &mut |this: &mut Self| {
            let add = match key {
                Some(key) => {
                    let key = this.value_as(key, &key_ty);
                    let value = this.value_as(element, &element_ty);
                    let add = method(text(&result), "set", vec![key, value]);
                    this.attempt(add)
                }
                None if kind == CompKind::Set => {
                    let value = this.value_as(element, &element_ty);
                    let add = method(text(&result), "add", vec![value]);
                    this.attempt(add)
                }
                None => {
                    let value = this.value_as(element, &element_ty);
                    method(text(&result), "push", vec![value])
                }
            };
            vec![Rs::Do(add)]
        });
        stmts.extend(inner);
        let value = match (kind, &e.ty) {
            (CompKind::List | CompKind::Generator, Ty::List(_)) => call("List::from_vec", vec![text(name)]),
            (CompKind::Set, Ty::Set(_)) | (CompKind::Dict, Ty::Dict(..)) => text(name),
            (CompKind::List | CompKind::Generator, _) => call("Value::list", vec![text(name)]),
            (CompKind::Set, _) => call("Value::Set", vec![text(name)]),
            (CompKind::Dict, _) => call("Value::Dict", vec![text(name)]),
        };
        block(stmts, value)
    }

    /// The loops of a comprehension around `innermost`, which adds an item to the list `fills`.
    pub fn clauses(
        &mut self,
        e: &Expr,
        clauses: &[Clause],
        fills: Option<Rx>,
        innermost: &mut dyn FnMut(&mut Self) -> Vec<Rs>,
    ) -> Vec<Rs> {
        self.open_blocks.push(crate::passes::analyses::placement::comp_id(e));
        let loops = self.scoped(|this| this.clause(e, clauses, fills, innermost));
        self.open_blocks.pop();
        let mut out = Vec::new();
        // To CPython 3.11 a comprehension is a call.
        if self.world == super::World::Generic && super::depth::may_call(&[e]) {
            let entered = self.attempt(call("depth::enter", vec![]));
            out.push(super::function::depth_guard(entered));
        }
        out.extend(loops);
        out
    }

    fn clause(
        &mut self,
        e: &Expr,
        clauses: &[Clause],
        fills: Option<Rx>,
        innermost: &mut dyn FnMut(&mut Self) -> Vec<Rs>,
    ) -> Vec<Rs> {
        let Some((clause, rest)) = clauses.split_first() else {
            return innermost(self);
        };
        let header = crate::passes::analyses::placement::comp_id(e);
        let in_every_round = rest.is_empty() && clause.conds.is_empty();
        let filled = fills.iter().filter(|_| in_every_round).cloned().collect();
        let (mut out, head, mut body) = self.loop_head(&clause.iter, &clause.target, header, filled);
        // The first iterable is evaluated outside, by the function itself.
        self.comprehensions += 1;
        for id in self.bound_in_clause(header, clause, rest) {
            self.declare(id, &mut body);
        }
        let conds: Vec<Rx> = clause.conds.iter().map(|c| self.cond(c)).collect();
        let mut inner = self.clause(e, rest, fills, innermost);
        self.comprehensions -= 1;
        for cond in conds.into_iter().rev() {
            inner = vec![Rs::Do(Rx::If {
                cond: Box::new(cond),
                then: RBlock::of(inner),
                orelse: None,
            })];
        }
        body.extend(inner);
        out.push(Rs::Loop {
            head,
            body: RBlock::of(body),
        });
        out
    }
}

impl FnEmitter<'_> {
    /// What a comprehension binds beside its targets (`:=`, the middle of `a < b < c`) and this clause is the first to
    /// bind: its conditions, the next clause's iterable, or, in the last clause, the element.
    fn bound_in_clause(&self, header: usize, clause: &Clause, rest: &[Clause]) -> Vec<LocalId> {
        let mut own = self.due(header, crate::passes::analyses::placement::HEADER);
        rest.iter()
            .for_each(|later| later.target.locals(&mut |id| own.retain(|other| *other != id)));
        let Some(next) = rest.first() else { return own };
        let mut bound = rebinds(&next.iter);
        clause.conds.iter().for_each(|cond| bound.extend(rebinds(cond)));
        own.retain(|id| bound.contains(id));
        own
    }
}

/// The literal text of a format spec without replacement fields; `Some(None)` where there is no spec.
fn constant_spec(spec: &Option<Expr>) -> Option<Option<String>> {
    let Some(spec) = spec else { return Some(None) };
    match &spec.kind {
        ExprKind::Format(pieces) => {
            let mut whole = String::new();
            for piece in pieces {
                match piece {
                    Piece::Literal(text) => whole.push_str(text),
                    Piece::Value { .. } => return None,
                }
            }
            Some(Some(whole))
        }
        _ => None,
    }
}

fn is_part(object: &Expr, index: &Expr) -> bool {
    matches!(object.ty, Ty::Tuple(_)) && matches!(index.kind, ExprKind::Const(Const::Int(_)))
}

fn clone_of(reference: Rx, copy: bool) -> Rx {
    if copy {
        Rx::Deref(Box::new(reference))
    } else {
        method(reference, "clone", vec![])
    }
}

pub fn negate(e: Rx) -> Rx {
    match e {
        Rx::Unary("!", inner) => *inner,
        other => Rx::Unary("!", Box::new(other)),
    }
}

pub fn dynamic_constant(c: &Const) -> Rx {
    match c {
        Const::None => text("Value::None"),
        _ => convert::to_dyn(convert::constant(c), &convert::constant_type(c)),
    }
}

fn constant_truth(c: &Const) -> bool {
    match c {
        Const::None => false,
        Const::Bool(b) => *b,
        Const::Int(i) => i.sign() != num_bigint::Sign::NoSign,
        Const::Float(f) | Const::Imaginary(f) => *f != 0.0,
        Const::Str(s) => !s.is_empty(),
        Const::WideStr(_) | Const::Ellipsis | Const::NotImplemented => true,
        Const::Bytes(b) => !b.is_empty(),
    }
}

/// The locals that evaluating the expression rebinds.
pub fn rebinds(e: &Expr) -> HashSet<LocalId> {
    let mut found = HashSet::new();
    e.walk(&mut |inner| {
        if let ExprKind::Seq(stmts, _) = &inner.kind {
            for stmt in stmts {
                stmt.walk(&mut |s| match &s.kind {
                    StmtKind::Assign { target, .. } => target.locals(&mut |id| {
                        found.insert(id);
                    }),
                    StmtKind::Aug {
                        target: AugTarget::Local(id),
                        ..
                    } => {
                        found.insert(*id);
                    }
                    _ => {}
                });
            }
        }
    });
    found
}

pub fn binary_op(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "ops::add",
        BinOp::Sub => "ops::sub",
        BinOp::Mult => "ops::mul",
        BinOp::MatMult => "ops::matmul",
        BinOp::Div => "ops::truediv",
        BinOp::Mod => "ops::rem",
        BinOp::Pow => "ops::pow",
        BinOp::LShift => "ops::lshift",
        BinOp::RShift => "ops::rshift",
        BinOp::BitOr => "ops::bit_or",
        BinOp::BitXor => "ops::bit_xor",
        BinOp::BitAnd => "ops::bit_and",
        BinOp::FloorDiv => "ops::floordiv",
    }
}

fn rich_op(op: CmpOp) -> &'static str {
    match op {
        CmpOp::Eq => "ops::eq",
        CmpOp::NotEq => "ops::ne",
        CmpOp::Lt => "ops::lt",
        CmpOp::LtE => "ops::le",
        CmpOp::Gt => "ops::gt",
        CmpOp::GtE => "ops::ge",
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => unreachable!("these have no rich form"),
    }
}
