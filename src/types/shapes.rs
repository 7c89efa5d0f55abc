//! Shapes: what is known of the parts of dicts with constant keys and of instances of the program's classes.
//!
//! A dict display with constant keys makes a *record*, which is carried by value as long as nothing changes it, asks
//! who it is, or uses it as a table. The first such use makes all records of its kind ordinary dicts. Attributes of a
//! class have one slot each for the whole program, until something uses its instances in a way that needs the class
//! object's own machinery: then the class is *open*, and its instances are carried dynamically.

use super::lattice::{Slot, Slots, T};
use crate::ir::{ClassId, MapKind, RecordId};
use std::collections::{HashMap, HashSet};

/// Index of a record's shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShapeId(u32);

#[derive(Debug)]
struct Shape {
    parent: u32,
    fields: Vec<(String, Slot)>,
    /// The slots of keys and values, once it is an ordinary dict.
    dict: Option<(Slot, Slot)>,
}

/// All shapes, merged as records meet.
#[derive(Debug, Default)]
pub struct Shapes {
    records: Vec<Shape>,
    open: HashSet<ClassId>,
    /// The base of each class that derives from another one.
    bases: HashMap<ClassId, ClassId>,
    attributes: HashMap<(ClassId, String), Slot>,
    /// Classes without a common base whose instances met.
    pub met: Vec<(ClassId, ClassId)>,
}

impl Shapes {
    fn root(&self, shape: ShapeId) -> usize {
        let mut at = shape.0;
        while self.records[at as usize].parent != at {
            at = self.records[at as usize].parent;
        }
        at as usize
    }

    /// The keys in order, each with the slot of its value.
    pub fn fields(&self, shape: ShapeId) -> &[(String, Slot)] {
        &self.records[self.root(shape)].fields
    }

    pub fn field(&self, shape: ShapeId, key: &str) -> Option<Slot> {
        self.fields(shape).iter().find(|(k, _)| k == key).map(|(_, slot)| *slot)
    }

    pub fn dict_of(&self, shape: ShapeId) -> Option<(Slot, Slot)> {
        self.records[self.root(shape)].dict
    }

    pub fn record_id(&self, shape: ShapeId) -> RecordId {
        RecordId(self.root(shape) as u32)
    }

    /// Every record that is still one.
    pub fn records(&self) -> Vec<ShapeId> {
        (0..self.records.len())
            .filter(|at| self.records[*at].parent as usize == *at && self.records[*at].dict.is_none())
            .map(|at| ShapeId(at as u32))
            .collect()
    }

    pub fn is_open(&self, class: ClassId) -> bool {
        self.open.contains(&self.family(class))
    }

    pub fn derive(&mut self, class: ClassId, base: ClassId) {
        self.bases.insert(class, base);
    }

    /// The class and its bases, the nearest first.
    fn lineage(&self, class: ClassId) -> impl Iterator<Item = ClassId> {
        std::iter::successors(Some(class), |at| self.bases.get(at).copied())
    }

    /// The class that all of its family derive from.
    pub fn family(&self, class: ClassId) -> ClassId {
        self.lineage(class).last().unwrap_or(class)
    }

    /// Instances of the one are instances of the other.
    pub fn derives(&self, class: ClassId, base: ClassId) -> bool {
        self.lineage(class).any(|at| at == base)
    }

    /// What the instances of the class's family hold.
    pub fn attributes_of(&self, class: ClassId) -> Vec<Slot> {
        let family = self.family(class);
        let of = self.attributes.iter().filter(|((of, _), _)| *of == family);
        of.map(|(_, slot)| *slot).collect()
    }

    /// What an attribute of the class's instances holds, where something is known of it.
    pub fn attribute(&self, class: ClassId, name: &str) -> Option<Slot> {
        self.attributes.get(&(self.family(class), name.to_owned())).copied()
    }

    /// The nearest class that both derive from.
    pub fn common_base(&self, a: ClassId, b: ClassId) -> Option<ClassId> {
        self.lineage(a).find(|at| self.derives(b, *at))
    }
}

impl Slots {
    /// A record with these keys and new slots for their values.
    pub fn fresh_record(&mut self, keys: impl IntoIterator<Item = String>) -> ShapeId {
        let fields: Vec<(String, Slot)> = keys.into_iter().map(|key| (key, self.fresh(T::Never))).collect();
        let id = self.shapes.records.len() as u32;
        self.shapes.records.push(Shape {
            parent: id,
            fields,
            dict: None,
        });
        ShapeId(id)
    }

    /// What the type is by now: a record may have become a dict, an instance dynamic.
    pub fn current(&self, t: &T) -> T {
        match t {
            T::Record(shape) => match self.shapes.dict_of(*shape) {
                Some((key, value)) => T::Dict(key, value),
                None => t.clone(),
            },
            T::Instance(class) if self.shapes.is_open(*class) => T::Dyn,
            T::Deque(slot) if self.content(*slot) == T::Dyn => T::Dyn,
            T::Mapping(kind, key, value) if !self.is_native_mapping(*kind, *key, *value) => T::Dyn,
            T::Opt(inner) => match self.current(inner) {
                T::Dyn => T::Dyn,
                _ => t.clone(),
            },
            _ => t.clone(),
        }
    }

    /// Keys and values are known, and the values are such as the mapping makes for what it lacks.
    fn is_native_mapping(&self, kind: MapKind, key: Slot, value: Slot) -> bool {
        let made = match self.content(value) {
            T::Int | T::Never => true,
            T::Float | T::Bool | T::Str | T::List(_) | T::Set(_) | T::Dict(..) => kind == MapKind::Default,
            _ => false,
        };
        made && self.content(key) != T::Dyn
    }

    /// Makes the record and all of its kind ordinary dicts.
    pub fn as_dict(&mut self, shape: ShapeId) -> T {
        let root = self.shapes.root(shape);
        if let Some((key, value)) = self.shapes.records[root].dict {
            return T::Dict(key, value);
        }
        let (key, value) = (self.fresh(T::Str), self.fresh(T::Never));
        self.shapes.records[root].dict = Some((key, value));
        self.changed = true;
        for (_, slot) in self.shapes.records[root].fields.clone() {
            self.unify(slot, value);
        }
        T::Dict(key, value)
    }

    pub fn join_records(&mut self, a: ShapeId, b: ShapeId) -> T {
        let (x, y) = (self.shapes.root(a), self.shapes.root(b));
        if x == y {
            return T::Record(a);
        }
        let keys = |at: usize| self.shapes.records[at].fields.iter().map(|(key, _)| key.clone());
        if !keys(x).eq(keys(y)) {
            let (left, right) = (self.as_dict(a), self.as_dict(b));
            return self.join(&left, &right);
        }
        self.shapes.records[y].parent = x as u32;
        self.changed = true;
        let pairs: Vec<(Slot, Slot)> = (self.shapes.records[x].fields.iter())
            .zip(&self.shapes.records[y].fields)
            .map(|((_, left), (_, right))| (*left, *right))
            .collect();
        for (left, right) in pairs {
            self.unify(left, right);
        }
        T::Record(a)
    }

    /// The slot of an attribute of the class's instances.
    pub fn attribute(&mut self, class: ClassId, name: &str) -> Slot {
        if let Some(slot) = self.shapes.attribute(class, name) {
            return slot;
        }
        let key = (self.shapes.family(class), name.to_owned());
        let slot = self.fresh(T::Never);
        self.shapes.attributes.insert(key, slot);
        slot
    }

    /// The class's instances are carried dynamically from now on, and so is all they hold.
    pub fn give_up_class(&mut self, class: ClassId) {
        let class = self.shapes.family(class);
        if !self.shapes.open.insert(class) {
            return;
        }
        self.changed = true;
        let held: Vec<Slot> = (self.shapes.attributes.iter())
            .filter(|((of, _), _)| *of == class)
            .map(|(_, slot)| *slot)
            .collect();
        for slot in held {
            self.poison_slot(slot);
        }
    }
}
