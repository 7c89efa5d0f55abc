//! The types that inference works with: a lattice that only climbs, with shared slots for what containers hold.
//!
//! A list is mutable and shared, so everyone who holds it must agree on its element type: the element is a *slot*,
//! and two lists that meet get one slot (as in RPython's annotator). What meets with something of another kind
//! becomes `Dyn`, and then everything inside it is `Dyn` too.

use super::shapes::{ShapeId, Shapes};
use crate::ir::{ClassId, MapKind, Ty};

/// Index of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(u32);

#[derive(Clone, Debug, PartialEq)]
pub enum T {
    /// Nothing known to reach here yet.
    Never,
    None,
    Bool,
    Int,
    /// An int that may need more than 64 bits.
    Wide,
    Float,
    Str,
    Bytes,
    Tuple(Vec<T>),
    List(Slot),
    Dict(Slot, Slot),
    Set(Slot),
    /// A `collections.deque` of the program's own making.
    Deque(Slot),
    /// A `defaultdict` or `Counter` of the program's own making.
    Mapping(MapKind, Slot, Slot),
    /// A dict that always has just these constant keys, or has become an ordinary one since.
    Record(ShapeId),
    /// An instance of this class or one that derives from it; its attributes have slots of their own.
    Instance(ClassId),
    /// None or the other.
    Opt(Box<T>),
    Dyn,
}

/// Tuples inside tuples that native code carries.
const DEEPEST: usize = 4;

/// All slots, merged as containers meet.
#[derive(Debug, Default)]
pub struct Slots {
    parents: Vec<u32>,
    contents: Vec<T>,
    pub shapes: Shapes,
    /// The mappings made anywhere.
    mappings: Vec<(MapKind, Slot, Slot)>,
    /// Something changed since this was last cleared.
    pub changed: bool,
}

impl Slots {
    pub fn fresh(&mut self, content: T) -> Slot {
        let id = self.parents.len() as u32;
        self.parents.push(id);
        self.contents.push(content);
        Slot(id)
    }

    pub fn find(&self, slot: Slot) -> Slot {
        let mut at = slot.0;
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
        }
        Slot(at)
    }

    pub fn content(&self, slot: Slot) -> T {
        self.current(&self.contents[self.find(slot).0 as usize])
    }

    /// A value of this type goes into the slot.
    pub fn flow(&mut self, slot: Slot, value: &T) {
        let old = self.content(slot);
        let new = self.join(&old, value);
        self.set(slot, new);
    }

    fn set(&mut self, slot: Slot, new: T) {
        let at = self.find(slot).0 as usize;
        if self.contents[at] != new {
            self.contents[at] = new;
            self.changed = true;
        }
    }

    /// Both slots become one.
    pub fn unify(&mut self, a: Slot, b: Slot) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let (left, right) = (self.content(a), self.content(b));
        self.parents[b.0 as usize] = a.0;
        self.changed = true;
        let joined = self.join(&left, &right);
        self.set(a, joined);
    }

    /// The least type that both fit; dynamic where tuples would nest without an end, as trees of them do.
    pub fn join(&mut self, a: &T, b: &T) -> T {
        let joined = self.joined(a, b);
        if nesting(&joined) > DEEPEST {
            self.poison(&joined);
            return T::Dyn;
        }
        joined
    }

    fn joined(&mut self, a: &T, b: &T) -> T {
        let (a, b) = (&self.current(a), &self.current(b));
        match (a, b) {
            (T::Never, other) | (other, T::Never) => other.clone(),
            (T::Record(x), T::Record(y)) => self.join_records(*x, *y),
            (T::Record(x), T::Dict(..)) => {
                let dict = self.as_dict(*x);
                self.join(&dict, b)
            }
            (T::Dict(..), T::Record(y)) => {
                let dict = self.as_dict(*y);
                self.join(a, &dict)
            }
            (T::List(x), T::List(y)) | (T::Set(x), T::Set(y)) | (T::Deque(x), T::Deque(y)) => {
                self.unify(*x, *y);
                a.clone()
            }
            (T::Mapping(kind, k1, v1), T::Mapping(other, k2, v2)) if kind == other => {
                self.unify(*k1, *k2);
                self.unify(*v1, *v2);
                self.current(a)
            }
            (T::Dict(k1, v1), T::Dict(k2, v2)) => {
                self.unify(*k1, *k2);
                self.unify(*v1, *v2);
                a.clone()
            }
            (T::Tuple(x), T::Tuple(y)) if x.len() == y.len() => {
                T::Tuple(x.iter().zip(y).map(|(x, y)| self.join(x, y)).collect())
            }
            (T::Opt(x), T::Opt(y)) => {
                let inner = self.join(x, y);
                optional(inner)
            }
            (T::None, T::Opt(_)) => b.clone(),
            (T::Opt(_), T::None) => a.clone(),
            (T::Opt(x), y) | (y, T::Opt(x)) if *y != T::Dyn => {
                let inner = self.join(x, y);
                optional(inner)
            }
            (T::Int, T::Wide) | (T::Wide, T::Int) => T::Wide,
            (T::Instance(x), T::Instance(y)) if let Some(base) = self.shapes.common_base(*x, *y) => T::Instance(base),
            _ if a == b => a.clone(),
            (T::None, other) | (other, T::None) if *other != T::Dyn => optional(other.clone()),
            _ => {
                if let (T::Instance(x), T::Instance(y)) = (a, b) {
                    self.shapes.met.push((*x, *y));
                }
                self.poison(a);
                self.poison(b);
                T::Dyn
            }
        }
    }

    /// A value of this type is carried dynamically somewhere: what it holds must be dynamic too.
    pub fn poison(&mut self, t: &T) {
        match t {
            T::List(s) | T::Set(s) | T::Deque(s) => self.poison_slot(*s),
            T::Dict(k, v) | T::Mapping(_, k, v) => {
                self.poison_slot(*k);
                self.poison_slot(*v);
            }
            T::Tuple(parts) => parts.iter().for_each(|p| self.poison(p)),
            T::Opt(inner) => self.poison(inner),
            T::Record(shape) => {
                let dict = self.as_dict(*shape);
                self.poison(&dict);
            }
            T::Instance(class) => self.give_up_class(*class),
            _ => {}
        }
    }

    pub fn poison_slot(&mut self, slot: Slot) {
        let old = self.content(slot);
        if old != T::Dyn {
            self.set(slot, T::Dyn);
            self.poison(&old);
        }
    }

    /// The final type; what nothing ever reached is dynamic.
    pub fn resolve(&self, t: &T) -> Ty {
        self.resolve_at(t, 0)
    }

    fn resolve_at(&self, t: &T, depth: usize) -> Ty {
        if depth > 12 {
            return Ty::Dyn;
        }
        let slot = |s: &Slot| match self.resolve_at(&self.content(*s), depth + 1) {
            Ty::Never => Ty::Dyn,
            other => other,
        };
        match &self.current(t) {
            T::Never => Ty::Never,
            T::None => Ty::None,
            T::Bool => Ty::Bool,
            T::Int => Ty::Int,
            T::Wide => Ty::Wide,
            T::Float => Ty::Float,
            T::Str => Ty::Str,
            T::Bytes => Ty::Bytes,
            T::Tuple(parts) => Ty::Tuple(parts.iter().map(|p| self.resolve_at(p, depth + 1)).collect()),
            T::List(s) => Ty::List(Box::new(slot(s))),
            T::Set(s) => Ty::Set(Box::new(slot(s))),
            T::Deque(s) => Ty::Deque(Box::new(slot(s))),
            T::Mapping(kind, k, v) => Ty::Mapping(*kind, Box::new(slot(k)), Box::new(slot(v))),
            T::Dict(k, v) => Ty::Dict(Box::new(slot(k)), Box::new(slot(v))),
            T::Record(shape) => match self.shapes.dict_of(*shape) {
                Some((k, v)) => Ty::Dict(Box::new(slot(&k)), Box::new(slot(&v))),
                None => Ty::Record(self.shapes.record_id(*shape)),
            },
            T::Instance(class) if self.shapes.is_open(*class) => Ty::Dyn,
            T::Instance(class) => Ty::Instance(self.shapes.family(*class)),
            T::Opt(inner) => Ty::option(self.resolve_at(inner, depth + 1)),
            T::Dyn => Ty::Dyn,
        }
    }

    /// Some container holds itself, or nests deeper than a Rust type can: those must be dynamic.
    pub fn break_cycles(&mut self) {
        for id in 0..self.parents.len() as u32 {
            let slot = Slot(id);
            if self.depth(&self.content(slot), 0) > 10 {
                self.poison_slot(slot);
            }
        }
    }

    fn depth(&self, t: &T, at: usize) -> usize {
        if at > 12 {
            return at;
        }
        match t {
            T::List(s) | T::Set(s) | T::Deque(s) => self.depth(&self.content(*s), at + 1),
            T::Dict(k, v) | T::Mapping(_, k, v) => self
                .depth(&self.content(*k), at + 1)
                .max(self.depth(&self.content(*v), at + 1)),
            T::Tuple(parts) => parts.iter().map(|p| self.depth(p, at + 1)).max().unwrap_or(at),
            T::Opt(inner) => self.depth(inner, at + 1),
            T::Record(shape) => match self.shapes.dict_of(*shape) {
                Some((k, v)) => self.depth(&T::Dict(k, v), at),
                None => (self.shapes.fields(*shape).iter())
                    .map(|(_, slot)| self.depth(&self.content(*slot), at + 1))
                    .max()
                    .unwrap_or(at),
            },
            _ => at,
        }
    }

    /// A mapping of this kind that the program makes.
    pub fn mapping(&mut self, kind: MapKind, key: Slot, value: Slot) -> T {
        if !self.mappings.contains(&(kind, key, value)) {
            self.mappings.push((kind, key, value));
        }
        self.current(&T::Mapping(kind, key, value))
    }

    /// Mappings that cannot be carried natively any more hold dynamic values.
    pub fn give_up_mappings(&mut self) {
        for at in 0..self.mappings.len() {
            let (kind, key, value) = self.mappings[at];
            if self.current(&T::Mapping(kind, key, value)) == T::Dyn {
                self.poison_slot(key);
                self.poison_slot(value);
            }
        }
    }

    /// Slots that nothing was ever put into.
    pub fn settle_empty(&mut self) {
        for at in 0..self.parents.len() {
            if self.parents[at] as usize == at && self.contents[at] == T::Never {
                self.contents[at] = T::Dyn;
                self.changed = true;
            }
        }
    }

    /// Something that it holds is not known yet.
    pub fn is_unsettled(&self, t: &T) -> bool {
        match t {
            T::Never => true,
            T::List(slot) | T::Set(slot) | T::Deque(slot) => self.is_unsettled(&self.content(*slot)),
            T::Dict(key, value) | T::Mapping(_, key, value) => {
                self.is_unsettled(&self.content(*key)) || self.is_unsettled(&self.content(*value))
            }
            T::Tuple(parts) => parts.iter().any(|p| self.is_unsettled(p)),
            _ => false,
        }
    }

    /// A caller with such an argument can use an instance with such a parameter. What is not known yet fits only what
    /// is not known either: it may turn out to be something else.
    pub fn compatible(&self, param: &T, arg: &T) -> bool {
        let (param, arg) = (&self.current(param), &self.current(arg));
        match (param, arg) {
            (T::Record(a), T::Record(b)) => {
                let (a, b) = (self.shapes.fields(*a), self.shapes.fields(*b));
                a.len() == b.len()
                    && (a.iter().zip(b))
                        .all(|((k, x), (l, y))| k == l && self.compatible(&self.content(*x), &self.content(*y)))
            }
            (T::List(a), T::List(b)) | (T::Set(a), T::Set(b)) | (T::Deque(a), T::Deque(b)) => {
                self.find(*a) == self.find(*b) || self.compatible(&self.content(*a), &self.content(*b))
            }
            (T::Mapping(kind, ..), T::Mapping(other, ..)) if kind != other => false,
            (T::Dict(k1, v1), T::Dict(k2, v2)) | (T::Mapping(_, k1, v1), T::Mapping(_, k2, v2)) => {
                self.compatible(&self.content(*k1), &self.content(*k2))
                    && self.compatible(&self.content(*v1), &self.content(*v2))
            }
            (T::Tuple(a), T::Tuple(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| self.compatible(a, b)),
            (T::Wide, T::Int) => true,
            (T::Instance(a), T::Instance(b)) => self.shapes.derives(*b, *a),
            (T::Opt(a), T::Opt(b)) => self.compatible(a, b),
            (T::Opt(_), T::None) | (T::None, T::Opt(_)) => true,
            (T::Opt(a), b) | (b, T::Opt(a)) if *b != T::Dyn => self.compatible(a, b),
            (T::None, other) | (other, T::None) => *other != T::Dyn,
            _ => param == arg,
        }
    }
}

impl T {
    /// The slots of a dict of any kind.
    pub fn as_mapping(&self) -> Option<(Slot, Slot)> {
        match self {
            T::Dict(key, value) | T::Mapping(_, key, value) => Some((*key, *value)),
            _ => None,
        }
    }
}

/// How many tuples stand inside each other.
fn nesting(t: &T) -> usize {
    match t {
        T::Tuple(parts) => 1 + parts.iter().map(nesting).max().unwrap_or(0),
        T::Opt(inner) => nesting(inner),
        _ => 0,
    }
}

/// None or a value of this type.
pub fn optional(inner: T) -> T {
    match inner {
        T::Never | T::None => T::None,
        T::Dyn | T::Opt(_) => inner,
        other => T::Opt(Box::new(other)),
    }
}
