//! Records and instances of the program's classes: their parts have types of their own.

use super::Infer;
use super::flow::Verdict;
use crate::ir::{Arg, Callee, Class, ClassId, Const, Expr, ExprKind, GlobalKind, RecordId, Stmt, StmtKind, Ty};
use crate::passes::classes::{NativeClass, class_made, wrapped_function};
use crate::source::Span;
use crate::syntax::ast::CmpOp;
use crate::types::lattice::T;
use crate::types::shapes::ShapeId;
use std::collections::BTreeMap;

/// Records of more keys than this are ordinary dicts.
const MOST_KEYS: usize = 24;
/// Digests whose text has a row of its own.
const DIGESTS: [&str; 5] = ["md5", "sha1", "sha256", "sha384", "sha512"];

/// The keys of a dict display that can make a record.
pub fn record_keys(items: &[(Option<Expr>, Expr)]) -> Option<Vec<String>> {
    if items.is_empty() || items.len() > MOST_KEYS {
        return None;
    }
    let mut keys: Vec<String> = Vec::new();
    for (key, _) in items {
        let key = constant_key(key.as_ref()?)?;
        if keys.iter().any(|k| k == key) {
            return None;
        }
        keys.push(key.to_owned());
    }
    Some(keys)
}

fn constant_key(e: &Expr) -> Option<&str> {
    match &e.kind {
        ExprKind::Const(Const::Str(text)) => Some(text),
        _ => None,
    }
}

/// Evaluating it twice is the same as once.
pub fn is_pure_path(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Local(..) => true,
        ExprKind::Attr { object, .. } | ExprKind::Field { object, .. } | ExprKind::Guard(object) => {
            is_pure_path(object)
        }
        _ => false,
    }
}

pub fn calls_something(e: &Expr) -> bool {
    let mut found = false;
    e.walk(&mut |inner| {
        found |= matches!(
            inner.kind,
            ExprKind::Call { .. }
                | ExprKind::Await(_)
                | ExprKind::Yield(_)
                | ExprKind::YieldFrom(_)
                | ExprKind::Seq(..)
        );
    });
    found
}

/// An answer that is known, once what is asked about has been evaluated.
fn answered(asked: Expr, answer: bool) -> (ExprKind, T) {
    let answer = ExprKind::Const(Const::Bool(answer));
    if matches!(asked.kind, ExprKind::Local(..)) {
        return (answer, T::Bool);
    }
    let span = asked.span;
    let evaluated = Stmt {
        kind: StmtKind::Expr(asked),
        span,
    };
    let answer = Expr::typed(answer, Ty::Bool, span);
    (ExprKind::Seq(vec![evaluated], Box::new(answer)), T::Bool)
}

impl Infer<'_> {
    /// The record kinds of the program, once types have settled.
    pub fn records(&self) -> BTreeMap<RecordId, Vec<(String, Ty)>> {
        let mut records = BTreeMap::new();
        for shape in self.slots.shapes.records() {
            let fields = self.slots.shapes.fields(shape);
            let typed = fields.iter().map(|(key, slot)| {
                let ty = match self.slots.resolve(&self.slots.content(*slot)) {
                    Ty::Never => Ty::Dyn,
                    ty => ty,
                };
                (key.clone(), ty)
            });
            records.insert(self.slots.shapes.record_id(shape), typed.collect());
        }
        records
    }

    /// The attributes of the instances of a family with their types.
    pub fn layout(&mut self, root: ClassId) -> Vec<(String, Ty)> {
        let mut family: Vec<&ClassId> = self.classes.keys().filter(|c| self.classes[c].root == root).collect();
        family.sort();
        let mut fields: Vec<&String> = Vec::new();
        for field in family.into_iter().flat_map(|class| &self.classes[class].fields) {
            if !fields.contains(&field) {
                fields.push(field);
            }
        }
        let typed = fields.into_iter().map(|name| {
            let slot = self.slots.attribute(root, name);
            let ty = match self.slots.resolve(&self.slots.content(slot)) {
                Ty::Never => Ty::Dyn,
                ty => ty,
            };
            (name.clone(), ty)
        });
        typed.collect()
    }

    pub fn record_display(&mut self, e: &Expr, keys: Vec<String>, items: &[(Option<Expr>, Expr)]) -> (ExprKind, T) {
        let place = (self.current, std::ptr::from_ref(e) as usize);
        let shape = match self.record_sites.get(&place) {
            Some(shape) => *shape,
            None => {
                let shape = self.slots.fresh_record(keys.iter().cloned());
                self.record_sites.insert(place, shape);
                shape
            }
        };
        let mut rebuilt = Vec::new();
        for ((key, value), name) in items.iter().zip(&keys) {
            let (value, t) = self.expr(value);
            if let Some(slot) = self.slots.shapes.field(shape, name) {
                self.slots.flow(slot, &t);
            }
            let key = key.as_ref().map(|k| self.expr(k).0);
            rebuilt.push((key, value));
        }
        (ExprKind::Dict(rebuilt), self.slots.current(&T::Record(shape)))
    }

    fn field(&self, shape: ShapeId, object: &Expr, key: &str) -> Option<(ExprKind, T)> {
        let slot = self.slots.shapes.field(shape, key)?;
        let kind = ExprKind::Field {
            object: Box::new(object.clone()),
            name: key.to_owned(),
        };
        Some((kind, self.slots.content(slot)))
    }

    /// `record["key"]`
    pub fn record_item(&mut self, shape: ShapeId, object: &Expr, index: &Expr) -> Option<(ExprKind, T)> {
        self.field(shape, object, constant_key(index)?)
    }

    /// `record.get("key", default)` and other looks at a record; None makes it a dict.
    pub fn record_method(&mut self, shape: ShapeId, object: &Expr, name: &str, args: &[Arg]) -> Option<(ExprKind, T)> {
        let ("get", [Arg::One(key), rest @ ..]) = (name, args) else {
            return None;
        };
        let plain_default = match rest {
            [] => true,
            [Arg::One(default)] => matches!(default.kind, ExprKind::Const(_) | ExprKind::Local(..)),
            _ => false,
        };
        let key = constant_key(key)?;
        if !plain_default {
            return None;
        }
        if let Some(found) = self.field(shape, object, key) {
            return Some(found);
        }
        if !is_pure_path(object) {
            return None;
        }
        match rest {
            [Arg::One(default)] => {
                let (value, t) = self.expr(default);
                Some((value.kind, t))
            }
            _ => Some((ExprKind::Const(Const::None), T::None)),
        }
    }

    /// How many items the instances of the class have, where they are named tuples.
    pub fn named_items(&self, class: ClassId) -> Option<usize> {
        let known = self.classes.get(&class)?;
        known.is_tuple.then_some(known.fields.len())
    }

    /// The types of the items of a named tuple.
    pub fn item_types(&mut self, class: ClassId) -> Vec<T> {
        let classes = self.classes;
        let types = classes[&class].fields.iter().map(|name| {
            let slot = self.slots.attribute(class, name);
            self.slots.content(slot)
        });
        types.collect()
    }

    /// `point[1]` of a named tuple.
    pub fn named_item(&mut self, object: &Expr, class: ClassId, index: &Expr) -> Option<(ExprKind, T)> {
        let length = self.named_items(class)? as i64;
        let ExprKind::Const(Const::Int(at)) = &index.kind else {
            return None;
        };
        let at = i64::try_from(at).ok()?;
        let at = usize::try_from(if at < 0 { at + length } else { at }).ok()?;
        let name = self.classes[&class].fields.get(at)?.clone();
        let slot = self.slots.attribute(class, &name);
        let kind = ExprKind::Field {
            object: Box::new(object.clone()),
            name,
        };
        Some((kind, self.slots.content(slot)))
    }

    /// `point._replace(y=2)` as a new instance, where everything that is read is there anyway.
    pub fn replaced(
        &mut self,
        object: &Expr,
        name: &str,
        keywords: &[(Option<String>, Expr)],
        span: Span,
    ) -> Option<(ExprKind, T)> {
        if name != "_replace" || !is_pure_path(object) || keywords.len() > 1 {
            return None;
        }
        let T::Instance(class) = self.expr(object).1 else {
            return None;
        };
        self.named_items(class)?;
        let fields = &self.classes[&class].fields;
        let known = keywords
            .iter()
            .all(|(keyword, _)| keyword.as_ref().is_some_and(|k| fields.contains(k)));
        if !known {
            return None;
        }
        let item = |field: &String| {
            let given = keywords.iter().find(|(keyword, _)| keyword.as_ref() == Some(field));
            let kept = || {
                let kind = ExprKind::Attr {
                    object: Box::new(object.clone()),
                    name: field.clone(),
                };
                Expr::new(kind, object.span)
            };
            Arg::One(given.map_or_else(kept, |(_, value)| value.clone()))
        };
        let items: Vec<Arg> = fields.iter().map(item).collect();
        self.construction(class, &items, &[], span)
    }

    /// `"key" in record`
    pub fn record_contains(&self, op: CmpOp, key: &Expr, object: &Expr, t: &T) -> Option<(Expr, T)> {
        let (T::Record(shape), CmpOp::In | CmpOp::NotIn) = (t, op) else {
            return None;
        };
        let key = constant_key(key)?;
        if !is_pure_path(object) {
            return None;
        }
        let found = self.slots.shapes.field(*shape, key).is_some();
        let kind = ExprKind::Const(Const::Bool(found));
        Some((Expr::typed(kind, Ty::Bool, object.span), T::Bool))
    }

    /// The class that the expression names, where its instances are native.
    pub fn closed_class(&self, e: &Expr) -> Option<ClassId> {
        let ExprKind::Global(id) = &e.kind else { return None };
        let GlobalKind::Class(class) = self.program.global(*id).kind else {
            return None;
        };
        self.is_closed(class).then_some(class)
    }

    fn is_closed(&self, class: ClassId) -> bool {
        self.classes.contains_key(&class) && !self.slots.shapes.is_open(class)
    }

    /// The statement only helps to make the object of a class that native code does without.
    pub fn is_needless(&self, value: &Expr) -> bool {
        let class = class_made(value).or_else(|| self.program.function(wrapped_function(value)?).class);
        class.is_some_and(|class| self.is_closed(class)) || self.makes_needless_member(value)
    }

    /// A member of an enumeration that is carried dynamically is there already.
    fn makes_needless_member(&self, value: &Expr) -> bool {
        let ExprKind::Call {
            callee: Callee::Function(maker),
            ..
        } = &value.kind
        else {
            return false;
        };
        let makes = |known: &NativeClass| known.enumeration.as_ref().is_some_and(|e| e.maker == *maker);
        (self.classes.iter()).any(|(class, known)| makes(known) && !self.is_closed(*class))
    }

    /// `Color["RED"]`
    pub fn member_by_name(&mut self, class: &Expr, name: &Expr) -> Option<(ExprKind, T)> {
        let class = self.closed_class(class)?;
        let by_name = self.classes[&class].enumeration.as_ref()?.by_name;
        let given = self.operands(&[name]);
        Some(self.function_call(None, by_name, given))
    }

    /// The variable belongs to the body of such a class.
    pub fn is_needless_local(&self, id: crate::ir::LocalId) -> bool {
        let place = (self.instances[self.current].function, id);
        (self.classes.iter()).any(|(class, known)| known.namespace.contains(&place) && self.is_closed(*class))
    }

    pub fn new_instance_of(&mut self, class: ClassId, fields: &[(String, Expr)]) -> (ExprKind, T) {
        let fields = fields
            .iter()
            .map(|(name, value)| {
                let (value, t) = self.expr(value);
                let slot = self.slots.attribute(class, name);
                self.slots.flow(slot, &t);
                (name.clone(), value)
            })
            .collect();
        let t = self.slots.current(&T::Instance(class));
        let class = self.slots.shapes.family(class);
        (ExprKind::New { class, fields }, t)
    }

    /// `isinstance(x, Class)` for a class with native instances.
    pub fn is_instance_of(&self, t: &T, class: &Expr) -> Option<Verdict> {
        let wanted = self.closed_class(class)?;
        match t {
            T::Instance(own) if self.slots.shapes.derives(*own, wanted) => Some(Verdict::Always),
            T::Instance(own) if self.slots.shapes.derives(wanted, *own) => Some(Verdict::Either),
            T::Dyn | T::Opt(_) => None,
            T::Never => Some(Verdict::Unknown),
            _ => Some(Verdict::Never),
        }
    }

    /// `isinstance(x, (A, B))` with native classes among them, as one test after the other.
    pub fn instance_tests(&self, args: &[Arg]) -> Option<Expr> {
        let [Arg::One(value), Arg::One(classes)] = args else {
            return None;
        };
        let ExprKind::Tuple(classes) = &classes.kind else {
            return None;
        };
        let closed = |class: &Arg| self.closed_class(class.expr()).is_some();
        if !is_pure_path(value) || !classes.iter().any(closed) {
            return None;
        }
        let test = |class: &Arg| {
            let call = ExprKind::Call {
                callee: Callee::Builtin("isinstance".to_owned()),
                args: vec![Arg::One(value.clone()), class.clone()],
                keywords: Vec::new(),
            };
            let asked = Box::new(Expr::new(call, value.span));
            Expr::typed(ExprKind::Truth(asked), Ty::Bool, value.span)
        };
        let either = |a, b| Expr::typed(ExprKind::Or(Box::new(a), Box::new(b)), Ty::Bool, value.span);
        classes.iter().map(test).reduce(either)
    }

    /// `isinstance(x, Class)` of an instance of a family: its tag says.
    pub fn instance_test(&mut self, args: &[Arg]) -> Option<(ExprKind, T)> {
        let [Arg::One(value), Arg::One(class)] = args else {
            return None;
        };
        let wanted = self.closed_class(class)?;
        let (asked, t) = self.expr(value);
        let shapes = &self.slots.shapes;
        let optional = matches!(t, T::Opt(_));
        let own = match &t {
            T::Opt(inner) => &**inner,
            own => own,
        };
        match own {
            T::Dyn => return None,
            // A later round will tell.
            T::Never => return Some((asked.kind, T::Never)),
            T::Instance(own) if shapes.derives(wanted, *own) && *own != wanted => {}
            T::Instance(own) if shapes.derives(*own, wanted) => {
                if !optional {
                    return Some(answered(asked, true));
                }
                let (left, right) = (Box::new(asked), Box::new(Expr::none(value.span)));
                let op = CmpOp::IsNot;
                return Some((ExprKind::Compare { op, left, right }, T::Bool));
            }
            _ => return Some(answered(asked, false)),
        }
        if optional || !is_pure_path(value) {
            return None;
        }
        let mut tags: Vec<ClassId> = self.classes.keys().copied().collect();
        tags.retain(|class| self.slots.shapes.derives(*class, wanted));
        tags.sort();
        let test = |tag: ClassId| {
            let object = Box::new(value.clone());
            let name = Class::TAG.to_owned();
            let left = Box::new(Expr::new(ExprKind::Attr { object, name }, value.span));
            let right = Box::new(Expr::int(i64::from(tag.0), value.span));
            let op = CmpOp::Eq;
            Expr::typed(ExprKind::Compare { op, left, right }, Ty::Bool, value.span)
        };
        let either = |a: Expr, b: Expr| Expr::typed(ExprKind::Or(Box::new(a), Box::new(b)), Ty::Bool, value.span);
        let test = tags.into_iter().map(test).reduce(either)?;
        let (test, t) = self.expr(&test);
        Some((test.kind, t))
    }

    /// `a is b` of instances.
    pub fn identity(&mut self, op: CmpOp, left: Expr, right: Expr, span: Span) -> (ExprKind, T) {
        let row = &crate::ir::rows::named("is")[0];
        let same = ExprKind::Op {
            row,
            args: vec![left, right],
        };
        if op == CmpOp::Is {
            (same, T::Bool)
        } else {
            (ExprKind::Not(Box::new(Expr::typed(same, Ty::Bool, span))), T::Bool)
        }
    }

    /// `hashlib.sha256(data).hexdigest()`: the digest object is never seen.
    pub fn digest_call(
        &mut self,
        e: &Expr,
        object: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<(ExprKind, T)> {
        let ExprKind::Call {
            callee: Callee::Library {
                module,
                name: algorithm,
            },
            args: data,
            keywords: options,
        } = &object.kind
        else {
            return None;
        };
        let plain = args.is_empty() && keywords.is_empty() && options.is_empty();
        let ([Arg::One(data)], true) = (data.as_slice(), plain) else {
            return None;
        };
        if module != "hashlib" || !DIGESTS.contains(&algorithm.as_str()) || !matches!(name, "hexdigest" | "digest") {
            return None;
        }
        let (data, t) = self.expr(data);
        if !matches!(t, T::Bytes | T::Never) {
            return None;
        }
        // The bytes of a text are digested where they lie.
        let (data, t) = match data.kind {
            ExprKind::Op { row, mut args } if name == "hexdigest" && row.name == "str.encode" && args.len() == 1 => {
                (args.remove(0), T::Str)
            }
            kind => (Expr { kind, ..data }, t),
        };
        let (value, t) = self.row(&format!("hashlib.{algorithm}.{name}"), vec![(data, t)], e.span)?;
        Some((value.kind, t))
    }
}
