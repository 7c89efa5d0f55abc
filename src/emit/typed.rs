//! Operations on values of known type.

use super::convert::{convert, pinned};
use super::expr::negate;
use super::function::FnEmitter;
use super::rust::{Printer, RBlock, Rs, Rx, block, call, is_operation, method, reference, string_literal, text};
use super::table;
use crate::ir::func::Storage;
use crate::ir::rows::{Pattern, Row, in_place, late_operand};
use crate::ir::{Arg, Const, Expr, ExprKind, Target, Ty};
use crate::syntax::ast::{BinOp, CmpOp};

/// A set display that CPython makes when it compiles: three or more constants. Its order is another one.
pub fn is_folded(items: &[Arg]) -> bool {
    items.len() >= 3 && items.iter().all(|item| matches!(item, Arg::One(e) if is_constant(e)))
}

/// `[]`, `{}` or `set()`: making it is only ever told by its being there.
fn is_new_and_empty(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::List(items) | ExprKind::Set(items) => items.is_empty(),
        ExprKind::Dict(items) => items.is_empty(),
        _ => false,
    }
}

fn is_constant(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Const(_) => true,
        ExprKind::Tuple(items) => items.iter().all(|item| matches!(item, Arg::One(e) if is_constant(e))),
        ExprKind::Unary { operand: inner, .. } | ExprKind::Convert(inner) => is_constant(inner),
        ExprKind::Binary { left, right, .. } => is_constant(left) && is_constant(right),
        ExprKind::Op { row, args } => {
            let is_operator = !row.name.starts_with(|c: char| c.is_ascii_alphabetic()) || row.name == "neg";
            is_operator && args.iter().all(is_constant)
        }
        _ => false,
    }
}

impl FnEmitter<'_> {
    /// A row's template with its operands in place.
    pub fn op(&mut self, row: &Row, args: &[Expr]) -> Rx {
        let row = match late_operand(row) {
            Some(late) if args.last().is_some_and(is_new_and_empty) => late,
            _ => row,
        };
        if let Some(at) = args.iter().position(|arg| arg.ty == Ty::Never) {
            return self.up_to_never(&args[..=at]);
        }
        let uses = placeholders(&row.template);
        let in_order = uses.windows(2).all(|w| w[0].0 < w[1].0);
        let rebinding = args.iter().any(contains_seq);
        let keep = (rebinding || !in_order) && args.iter().any(|a| !self.is_simple(a));
        let mut stmts = Vec::new();
        let kept: Vec<Option<String>> = args
            .iter()
            .map(|arg| {
                // What is simple is the same whenever it is read, unless an operand rebinds it.
                if !keep || matches!(arg.kind, ExprKind::Const(_)) || (!rebinding && self.is_simple(arg)) {
                    return None;
                }
                let name = self.namer.take("operand");
                let value = self.value(arg);
                stmts.push(Rs::Let {
                    pattern: name.clone(),
                    ty: None,
                    value: Some(value),
                });
                Some(name)
            })
            .collect();
        // Nothing else says of which width `!36` is.
        let only_literals = args
            .iter()
            .all(|arg| matches!(arg.kind, ExprKind::Const(Const::Int(_))));
        let mut out = String::new();
        let mut rest = row.template.as_str();
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let close = rest.find('}').expect("a placeholder ends");
            let (at, mode) = placeholder(&rest[open + 1..close]);
            let operand = match &kept[at] {
                Some(name) => kept_operand(name, &args[at].ty, mode),
                None if only_literals => pinned(self.operand_in(&args[at], mode), &args[at].ty),
                None => self.operand_in(&args[at], mode),
            };
            let follows = &rest[close + 1..];
            out.push_str(&printed(&operand, mode, out.ends_with('('), follows));
            rest = follows;
        }
        out.push_str(rest);
        let result = text(out);
        let result = if row.raises { self.attempt(result) } else { result };
        block(stmts, result)
    }

    /// The operation does not come about: its operands up to the one that never comes to be.
    fn up_to_never(&mut self, args: &[Expr]) -> Rx {
        let mut operands: Vec<Rx> = args.iter().map(|arg| self.value(arg)).collect();
        let last = operands.pop().expect("the operand that never comes to be");
        let keep = |value| Rs::Let {
            pattern: "_".to_owned(),
            ty: None,
            value: Some(value),
        };
        let mut stmts: Vec<Rs> = operands.into_iter().map(keep).collect();
        if matches!(last, Rx::Block { .. }) {
            return block(stmts, last);
        }
        stmts.push(Rs::Do(last));
        block(stmts, Rx::Macro("unreachable", vec![text("\"nothing reaches here\"")]))
    }

    fn operand_in(&mut self, e: &Expr, mode: Mode) -> Rx {
        match mode {
            Mode::Reference => self.reference_as(e, &e.ty.clone()),
            Mode::Owned => self.value(e),
            Mode::Place if e.ty.is_copy() => self.value(e),
            Mode::Place => match self.reference_as(e, &e.ty.clone()) {
                Rx::Ref(inner) => *inner,
                other => other,
            },
        }
    }

    /// `[a, b]` of known element type.
    pub fn typed_list(&mut self, items: &[Arg], element: &Ty) -> Rx {
        if items.is_empty() {
            return call(&format!("List::<{}>::new", self.names.types.rust_type(element)), vec![]);
        }
        if let Some(items) = table::items(items, element, &self.names.types.rust_type(element)) {
            return call("List::from_vec", vec![items]);
        }
        let items = self.pinned_values(items, element);
        call("List::from_vec", vec![Rx::Macro("vec", items)])
    }

    /// The values of a display; the first says of which type all are.
    fn pinned_values(&mut self, items: &[Arg], element: &Ty) -> Vec<Rx> {
        let values = items.iter().map(|a| self.value_as(a.expr(), element));
        let mut values: Vec<Rx> = values.collect();
        if let Some(first) = values.first_mut() {
            *first = pinned(first.clone(), element);
        }
        values
    }

    pub fn typed_set(&mut self, items: &[Arg], element: &Ty) -> Rx {
        if items.is_empty() {
            return call(&format!("Set::<{}>::new", self.names.types.rust_type(element)), vec![]);
        }
        let path = if is_folded(items) {
            "Set::from_constants"
        } else {
            "Set::from_items"
        };
        let items = self.pinned_values(items, element);
        self.attempt(call(path, vec![Rx::Macro("vec", items)]))
    }

    pub fn typed_dict(&mut self, items: &[(Option<Expr>, Expr)], key: &Ty, value: &Ty) -> Rx {
        if items.is_empty() {
            return call(
                &format!(
                    "Dict::<{}, {}>::new",
                    self.names.types.rust_type(key),
                    self.names.types.rust_type(value)
                ),
                vec![],
            );
        }
        let types = [key, value].map(|ty| self.names.types.rust_type(ty));
        if let Some(pairs) = table::pairs(items, (key, value), (&types[0], &types[1])) {
            return self.attempt(call("Dict::from_items", vec![pairs]));
        }
        let pairs = items
            .iter()
            .map(|(k, v)| {
                let own = self.value_as(k.as_ref().expect("inference leaves unpacking dynamic"), key);
                let content = self.value_as(v, value);
                Rx::Tuple(vec![pinned(own, key), pinned(content, value)])
            })
            .collect();
        self.attempt(call("Dict::from_items", vec![Rx::Macro("vec", pairs)]))
    }

    /// `x is None` of an optional.
    pub fn is_none_test(&mut self, op: CmpOp, left: &Expr) -> Option<Rx> {
        let name = if op == CmpOp::Is { "is_none" } else { "is_some" };
        match &left.ty {
            Ty::Option(_) => {
                let place = self.operand_in(left, Mode::Place);
                Some(method(place, name, vec![]))
            }
            Ty::None => Some(super::convert::after(
                self.value(left),
                text((op == CmpOp::Is).to_string()),
            )),
            _ => None,
        }
    }

    /// The truth of a value whose type has no row for it.
    pub fn typed_truth(&mut self, e: &Expr) -> Option<Rx> {
        match &e.ty {
            Ty::None => Some(super::convert::after(self.value(e), text("false"))),
            Ty::Tuple(parts) => {
                let filled = text((!parts.is_empty()).to_string());
                Some(super::convert::after(self.value(e), filled))
            }
            Ty::Option(_) | Ty::Instance(_) => {
                let value = self.reference_as(e, &e.ty.clone());
                Some(self.attempt(call("fast::truthy", vec![value])))
            }
            _ => None,
        }
    }

    /// `object[index] = value` of known types.
    pub fn typed_store(&mut self, value: &Expr, object: &Expr, index: &Expr, out: &mut Vec<Rs>) -> bool {
        let (index_ty, content) = match (&object.ty, &index.ty) {
            (Ty::List(content) | Ty::Deque(content), Ty::Int) => (Ty::Int, (**content).clone()),
            (Ty::Dict(key, content) | Ty::Mapping(_, key, content), _) => ((**key).clone(), (**content).clone()),
            _ => return false,
        };
        if self.counted_store(value, object, index, out) {
            return true;
        }
        let simple = self.is_simple(object) && self.is_simple(index);
        let mut value_rx = self.value_as(value, &content);
        if !simple && !matches!(value.kind, ExprKind::Const(_)) {
            let name = self.namer.take("value");
            out.push(Rs::Let {
                pattern: name.clone(),
                ty: None,
                value: Some(value_rx),
            });
            value_rx = text(name);
        }
        let place = self.operand_in(object, Mode::Place);
        let index = self.value_as(index, &index_ty);
        let set = self.attempt(method(place, "set", vec![index, value_rx]));
        out.push(Rs::Do(set));
        true
    }

    /// `object[index] = value` where the value, of type `ty`, is at hand.
    pub fn typed_store_value(&mut self, value: Rx, ty: &Ty, object: &Expr, index: &Expr, out: &mut Vec<Rs>) -> bool {
        let (index_ty, content) = match (&object.ty, &index.ty) {
            (Ty::List(content) | Ty::Deque(content), Ty::Int) => (Ty::Int, (**content).clone()),
            (Ty::Dict(key, content) | Ty::Mapping(_, key, content), _) => ((**key).clone(), (**content).clone()),
            _ => return false,
        };
        let place = self.operand_in(object, Mode::Place);
        let index = self.value_as(index, &index_ty);
        let set = self.attempt(method(place, "set", vec![index, convert(value, ty, &content)]));
        out.push(Rs::Do(set));
        true
    }

    /// `object[index] op= value` of known types.
    pub fn typed_augmented(&mut self, object: &Expr, index: &Expr, op: BinOp, value: &Expr, out: &mut Vec<Rs>) -> bool {
        let (index_ty, content) = match (&object.ty, &index.ty) {
            (Ty::List(content) | Ty::Deque(content), Ty::Int) => (Ty::Int, (**content).clone()),
            (Ty::Dict(key, content) | Ty::Mapping(_, key, content), _) => ((**key).clone(), (**content).clone()),
            _ => return false,
        };
        let row = in_place(op.symbol(), &content, &value.ty);
        if row.is_none() && content != Ty::Dyn {
            return false;
        }
        let object = self.kept_typed(object, out);
        let index = self.kept_converted(index, &index_ty, out);
        let index_ref = if index_ty.is_copy() && matches!(object.1, Ty::List(_)) {
            index.clone()
        } else {
            reference(index.clone())
        };
        if let Some(row) = row
            && object.1.as_mapping().is_some()
            && row.ret == pattern_of(&content)
            && self.is_simple(value)
        {
            let change = self.change(row, value);
            let change = self.attempt(method(object.0, "change_item", vec![index_ref, change]));
            out.push(Rs::Do(change));
            return true;
        }
        let get = if matches!(object.1, Ty::Mapping(..)) {
            "item"
        } else {
            "get"
        };
        let old = self.attempt(method(object.0.clone(), get, vec![index_ref]));
        let old_name = self.namer.take("old");
        out.push(Rs::Let {
            pattern: old_name.clone(),
            ty: None,
            value: Some(old),
        });
        let new = match row {
            Some(row) => self.changed_item(row, old_name, value, &content),
            None => {
                let value = self.reference_as(value, &Ty::Dyn);
                let operands = vec![reference(text(old_name)), value];
                self.attempt(call(crate::ir::inplace::path(op), operands))
            }
        };
        let index = if index_ty.is_copy() {
            index
        } else {
            method(index, "clone", vec![])
        };
        let set = self.attempt(method(object.0, "set", vec![index, new]));
        out.push(Rs::Do(set));
        true
    }

    fn changed_item(&mut self, row: &Row, old: String, value: &Expr, content: &Ty) -> Rx {
        let value = self.second_operand(row, value);
        let new = filled(row, &[text(old), value]);
        let new = if row.raises { self.attempt(new) } else { new };
        if row.ret == Pattern::Int {
            convert(new, &Ty::Int, content)
        } else {
            new
        }
    }

    fn second_operand(&mut self, row: &Row, value: &Expr) -> Rx {
        let ty = match row.params[1] {
            Pattern::AsFloat => Ty::Float,
            Pattern::AsWide => Ty::Wide,
            Pattern::Int => Ty::Int,
            _ => value.ty.clone(),
        };
        self.value_as(value, &ty)
    }

    /// A closure from the old value to the new one; `value` is one that nothing changes meanwhile.
    pub fn change(&mut self, row: &Row, value: &Expr) -> Rx {
        let old = self.namer.take("old");
        let body = self.changed(row, text(&old), value);
        Rx::Closure {
            params: old,
            body: Box::new(body),
            is_move: false,
        }
    }

    /// The outcome of a row's operation on an old value.
    pub fn changed(&mut self, row: &Row, old: Rx, value: &Expr) -> Rx {
        let value = self.second_operand(row, value);
        let new = filled(row, &[old, value]);
        if row.raises { new } else { call("Ok", vec![new]) }
    }

    /// A simple expression as the place that it names.
    pub fn named_place(&mut self, e: &Expr) -> Rx {
        self.operand_in(e, Mode::Place)
    }

    fn kept_typed(&mut self, e: &Expr, out: &mut Vec<Rs>) -> (Rx, Ty) {
        if self.is_simple(e) {
            return (self.operand_in(e, Mode::Place), e.ty.clone());
        }
        let value = self.value(e);
        let name = self.namer.take("place");
        out.push(Rs::Let {
            pattern: name.clone(),
            ty: None,
            value: Some(value),
        });
        (text(name), e.ty.clone())
    }

    fn kept_converted(&mut self, e: &Expr, ty: &Ty, out: &mut Vec<Rs>) -> Rx {
        if self.is_simple(e) && ty.is_copy() {
            return self.value_as(e, ty);
        }
        let value = self.value_as(e, ty);
        let name = self.namer.take("key");
        out.push(Rs::Let {
            pattern: name.clone(),
            ty: None,
            value: Some(value),
        });
        text(name)
    }

    /// Takes a value of known type apart; false where the type has no native way.
    pub fn typed_unpack(&mut self, value: &Expr, parts: &[Target], star: Option<usize>, out: &mut Vec<Rs>) -> bool {
        if star.is_some() {
            return false;
        }
        match &value.ty {
            Ty::Tuple(items) if items.len() == parts.len() => {
                let items = items.clone();
                let rx = self.value(value);
                let (pattern, after) = self.tuple_pattern(parts, &items, None);
                out.push(Rs::Let {
                    pattern,
                    ty: None,
                    value: Some(rx),
                });
                out.extend(after);
                true
            }
            Ty::List(element) => {
                let (list, path) = if super::source::is_fresh(value) {
                    (self.value(value), "unpack_owned")
                } else {
                    (self.reference_as(value, &value.ty.clone()), "unpack")
                };
                let taken = call(&format!("fast::list::{path}::<_, {}>", parts.len()), vec![list]);
                self.unpack_list(taken, element, parts, out);
                true
            }
            Ty::Instance(_) => {
                let value_ty = value.ty.clone();
                let named = self.value(value);
                self.unpack_named(named, &value_ty, parts, out);
                true
            }
            _ => false,
        }
    }

    /// Binds the parts of a named tuple.
    fn unpack_named(&mut self, value: Rx, ty: &Ty, parts: &[Target], out: &mut Vec<Rs>) {
        let name = self.namer.take("named");
        out.push(Rs::Let {
            pattern: name.clone(),
            ty: None,
            value: Some(value),
        });
        let (items, types) = self.items_of(&name, ty).into_iter().unzip::<Rx, Ty, Vec<_>, Vec<_>>();
        let (pattern, after) = self.tuple_pattern(parts, &types, None);
        out.push(Rs::Let {
            pattern,
            ty: None,
            value: Some(Rx::Tuple(items)),
        });
        out.extend(after);
    }

    /// A pattern for a tuple, and what binds the parts that the pattern cannot bind itself.
    pub fn tuple_pattern(&mut self, parts: &[Target], types: &[Ty], header: Option<usize>) -> (String, Vec<Rs>) {
        let (patterns, after) = self.part_patterns(parts.iter().zip(types), header);
        let comma = if patterns.len() == 1 { "," } else { "" };
        (format!("({}{comma})", patterns.join(", ")), after)
    }

    /// Binds the parts of a list, taken apart by the call, whose items are of type `element`.
    fn unpack_list(&mut self, taken: Rx, element: &Ty, parts: &[Target], out: &mut Vec<Rs>) {
        let taken = self.attempt(taken);
        let (patterns, after) = self.part_patterns(parts.iter().map(|part| (part, element)), None);
        out.push(Rs::Let {
            pattern: format!("[{}]", patterns.join(", ")),
            ty: None,
            value: Some(taken),
        });
        out.extend(after);
    }

    fn part_patterns<'t>(
        &mut self,
        parts: impl Iterator<Item = (&'t Target, &'t Ty)>,
        header: Option<usize>,
    ) -> (Vec<String>, Vec<Rs>) {
        let mut after = Vec::new();
        let patterns = parts.map(|(part, ty)| {
            let (pattern, more) = self.part_pattern(part, ty, header);
            after.extend(more);
            pattern
        });
        (patterns.collect(), after)
    }

    /// The pattern that binds one part; `header` is the block in whose header it stands.
    pub fn part_pattern(&mut self, part: &Target, ty: &Ty, header: Option<usize>) -> (String, Vec<Rs>) {
        if let Target::Local(id) = part {
            let local = self.function.local(*id);
            let fresh = match header {
                Some(block) => self.declared_in_header(*id, block),
                None => {
                    !self.declared.contains(id)
                        && self
                            .place(*id)
                            .is_some_and(|p| self.open_blocks.last() == Some(&p.block))
                }
            };
            if fresh && local.ty == *ty && local.storage == Storage::Plain && !self.is_optional(*id) {
                self.declared.insert(*id);
                let keyword = if self.facts.rebound[id.index()] { "mut " } else { "" };
                return (format!("{keyword}{}", self.local_name(*id)), Vec::new());
            }
        }
        if let (Target::Unpack { parts, star: None }, Ty::Tuple(items)) = (part, ty)
            && items.len() == parts.len()
        {
            return self.tuple_pattern(parts, items, header);
        }
        let wish = match part {
            Target::Local(id) => self.local_name(*id).to_owned(),
            _ => "item".to_owned(),
        };
        let name = self.namer.take(&wish);
        let mut after = Vec::new();
        self.bind_typed(part, text(&name), ty, &mut after);
        (name, after)
    }

    /// Binds a target to a value of type `ty` at hand.
    pub fn bind_typed(&mut self, target: &Target, value: Rx, ty: &Ty, out: &mut Vec<Rs>) {
        match target {
            Target::Local(id) => {
                let wanted = self.function.local(*id).ty.clone();
                self.set_local(*id, convert(value, ty, &wanted), out);
            }
            Target::Global(id) => {
                let wanted = self.program.global(*id).ty.clone();
                let value = convert(value, ty, &wanted);
                out.push(Rs::Do(method(text(self.names.global(*id)), "set", vec![value])));
            }
            Target::Unpack { parts, star: None } if matches!(ty, Ty::Tuple(items) if items.len() == parts.len()) => {
                let Ty::Tuple(items) = ty else {
                    unreachable!("matched above")
                };
                let (pattern, after) = self.tuple_pattern(parts, items, None);
                out.push(Rs::Let {
                    pattern,
                    ty: None,
                    value: Some(value),
                });
                out.extend(after);
            }
            Target::Unpack { parts, star: None } if matches!(ty, Ty::Instance(_)) => {
                self.unpack_named(value, ty, parts, out);
            }
            Target::Unpack { parts, star: None } if matches!(ty, Ty::List(_)) => {
                let Ty::List(element) = ty else {
                    unreachable!("matched above")
                };
                let path = format!("fast::list::unpack::<_, {}>", parts.len());
                self.unpack_list(call(&path, vec![super::rust::reference(value)]), element, parts, out);
            }
            Target::Item { object, index } if self.typed_store_value(value.clone(), ty, object, index, out) => {}
            Target::Attr { object, name } if self.store_field(object, name, value.clone(), ty, out) => {}
            _ => self.bind_target(target, convert(value, ty, &Ty::Dyn), out),
        }
    }

    /// One piece of an f-string of known type; None where it is dynamic.
    pub fn typed_piece(&mut self, buffer: &str, value: &Expr, spec: Option<&str>) -> Option<Rx> {
        let push = |name: &str, arg: Rx| method(text(buffer), name, vec![arg]);
        match (&value.ty, spec) {
            (Ty::Int, None | Some("")) => {
                let value = self.value(value);
                Some(push("push_i64", value))
            }
            (Ty::Float, None | Some("")) => {
                let value = self.value(value);
                Some(push("push_f64", value))
            }
            (Ty::Str, None | Some("")) => {
                let value = self.reference_as(value, &Ty::Str);
                Some(push("push_str", value))
            }
            (Ty::Float, Some(spec)) if fixed_places(spec).is_some() => {
                let places = fixed_places(spec)?;
                let value = self.value(value);
                let buffer = Rx::RefMut(Box::new(text(buffer)));
                Some(call(
                    "fast::text::push_fixed",
                    vec![buffer, value, text(places.to_string())],
                ))
            }
            (Ty::Int | Ty::Float | Ty::Str, Some(spec)) => {
                let name = match value.ty {
                    Ty::Int => "fast::spec::push_int",
                    Ty::Float => "fast::spec::push_float",
                    _ => "fast::spec::push_str",
                };
                let value = if value.ty.is_copy() {
                    self.value(value)
                } else {
                    self.reference_as(value, &Ty::Str)
                };
                let buffer = Rx::RefMut(Box::new(text(buffer)));
                let spec = Rx::Macro("spec", vec![text(string_literal(spec))]);
                Some(self.attempt(call(name, vec![buffer, value, spec])))
            }
            _ => None,
        }
    }

    /// `and`, `or` of known type.
    pub fn typed_decide(&mut self, left: &Expr, right: &Expr, is_and: bool, ty: &Ty) -> Rx {
        if left.ty == Ty::None {
            let value = self.value(left);
            let chosen = match is_and {
                true => convert(text("()"), &Ty::None, ty),
                false => self.value_as(right, ty),
            };
            return super::convert::after(value, chosen);
        }
        let name = self.namer.take("left");
        let value = self.value(left);
        let kept = Expr {
            kind: left.kind.clone(),
            ..left.clone()
        };
        let truth = self.truth_of_named(&name, &kept.ty);
        let right = self.value_as(right, ty);
        let left_value = convert(text(&name), &left.ty, ty);
        let (then, orelse) = if is_and {
            (right, left_value)
        } else {
            (left_value, right)
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
                value: Some(value),
            }],
            chosen,
        )
    }

    fn truth_of_named(&mut self, name: &str, ty: &Ty) -> Rx {
        match ty {
            Ty::Bool => text(name),
            Ty::None => text("false"),
            Ty::Int | Ty::Wide => text(format!("{name} != 0")),
            Ty::Float => text(format!("{name} != 0.0")),
            Ty::Str | Ty::Bytes | Ty::List(_) | Ty::Deque(_) | Ty::Dict(..) | Ty::Mapping(..) | Ty::Set(_) => {
                negate(method(text(name), "is_empty", vec![]))
            }
            Ty::Dyn => self.attempt(call("ops::truthy", vec![reference(text(name))])),
            _ => self.attempt(call("fast::truthy", vec![reference(text(name))])),
        }
    }
}

/// A row's template with these operands, which have names or are constants.
fn filled(row: &Row, operands: &[Rx]) -> Rx {
    let mut out = row.template.clone();
    for (at, operand) in operands.iter().enumerate() {
        let mut printer = Printer::new(0);
        printer.operand(operand);
        let shown = printer.finish();
        out = out.replace(&format!("{{{at}}}"), &shown);
        out = out
            .replace(&format!("{{&{at}}}"), &format!("&{shown}"))
            .replace(&format!("{{={at}}}"), &shown);
    }
    text(out)
}

/// The pattern of just this type, where it is a scalar.
pub fn pattern_of(ty: &Ty) -> Pattern {
    match ty {
        Ty::Int => Pattern::Int,
        Ty::Float => Pattern::Float,
        Ty::Str => Pattern::Str,
        _ => Pattern::None,
    }
}

/// How a template takes an operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Place,
    Reference,
    Owned,
}

fn placeholder(inside: &str) -> (usize, Mode) {
    let (mode, digits) = match inside.as_bytes()[0] {
        b'&' => (Mode::Reference, &inside[1..]),
        b'=' => (Mode::Owned, &inside[1..]),
        _ => (Mode::Place, inside),
    };
    (digits.parse().expect("a placeholder is a number"), mode)
}

fn placeholders(template: &str) -> Vec<(usize, Mode)> {
    template
        .match_indices('{')
        .map(|(at, _)| {
            let close = template[at..].find('}').expect("a placeholder ends") + at;
            placeholder(&template[at + 1..close])
        })
        .collect()
}

fn kept_operand(name: &str, ty: &Ty, mode: Mode) -> Rx {
    match mode {
        Mode::Reference => reference(text(name)),
        Mode::Owned if !ty.is_copy() => method(text(name), "clone", vec![]),
        _ => text(name),
    }
}

/// The operand's text, parenthesised where what stands around it would bind tighter.
fn printed(operand: &Rx, mode: Mode, is_argument: bool, follows: &str) -> String {
    let mut printer = Printer::new(0);
    let alone = is_argument && (follows.starts_with([',', ')']));
    if alone
        || mode == Mode::Reference && !matches!(operand, Rx::Binary(..))
        || follows.starts_with(')')
        || follows.starts_with(", ")
    {
        printer.expr(operand);
    } else {
        printer.operand(operand);
    }
    let shown = printer.finish();
    let compound = matches!(operand, Rx::Text(s) if is_operation(s)) && !alone;
    let already = shown.starts_with('(');
    if compound && !already {
        format!("({shown})")
    } else {
        shown
    }
}

fn contains_seq(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |inner| found |= matches!(inner.kind, ExprKind::Seq(..)));
    found
}

/// `.2f`
fn fixed_places(spec: &str) -> Option<usize> {
    spec.strip_prefix('.')?
        .strip_suffix('f')?
        .parse()
        .ok()
        .filter(|places| *places < 100)
}
