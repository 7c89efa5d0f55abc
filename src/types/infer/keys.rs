//! What native tables can be keyed by, and how instances compare in containers.

use super::Infer;
use crate::ir::{ClassId, Compared};
use crate::passes::classes::{Equality, Hashed};
use crate::types::lattice::{Slot, T};

impl Infer<'_> {
    /// Floats (NaN is found by identity) and mutable things cannot key a native table.
    pub fn check_keys(&mut self) {
        for at in 0..self.key_slots.len() {
            let slot = self.key_slots[at];
            let content = self.slots.content(slot);
            if !self.is_key(&content) {
                self.slots.flow(slot, &T::Dyn);
                self.slots.poison(&content);
            }
        }
    }

    /// Compared and hashed without running code of the program.
    fn is_key(&self, t: &T) -> bool {
        match t {
            T::Never | T::Int | T::Wide | T::Str | T::Bool | T::Bytes | T::Dyn => true,
            T::Tuple(parts) => parts.iter().all(|p| self.is_key(p) && *p != T::Dyn),
            T::Instance(class) => self.is_keyed(*class),
            _ => false,
        }
    }

    fn is_keyed(&self, class: ClassId) -> bool {
        let Some(known) = self.classes.get(&class) else {
            return false;
        };
        if !known.names.contains("__eq__") {
            return !known.names.contains("__hash__");
        }
        self.compared(class).is_some_and(|equality| equality.hashed.is_some())
    }

    /// Two of these are equal only where code of the program says so.
    pub fn asks_to_compare(&self, t: &T) -> bool {
        self.asks(t, 0, false)
    }

    /// `optional`: it may be None as well.
    fn asks(&self, t: &T, depth: usize, optional: bool) -> bool {
        let inside = |slot: &Slot| depth < 12 && self.asks(&self.slots.content(*slot), depth + 1, false);
        match self.slots.current(t) {
            T::Instance(class) => {
                let known = self.classes.get(&class);
                known.is_none_or(|known| known.names.contains("__eq__"))
                    && self
                        .compared(class)
                        .is_none_or(|equality| optional && !equality.guarded)
            }
            T::List(slot) | T::Set(slot) | T::Deque(slot) => inside(&slot),
            T::Dict(key, value) | T::Mapping(_, key, value) => inside(&key) || inside(&value),
            T::Record(shape) => self.slots.shapes.fields(shape).iter().any(|(_, slot)| inside(slot)),
            T::Tuple(parts) => parts.iter().any(|part| self.asks(part, depth + 1, false)),
            T::Opt(inner) => self.asks(&inner, depth, true),
            _ => false,
        }
    }

    /// Two lists of instances that are compared hold the same kind of them.
    pub fn hold_the_same(&mut self, a: &T, b: &T) {
        let (T::List(a), T::List(b)) = (a, b) else { return };
        let holds = |slot: &Slot| matches!(self.slots.content(*slot), T::Instance(_));
        if holds(a) && holds(b) {
            self.slots.unify(*a, *b);
        }
    }

    /// An instance is asked for attributes that the other operand has not.
    pub fn is_unlike(&self, a: &T, b: &T) -> bool {
        let unguarded = |t: &T| match t {
            T::Instance(class) => self.compared(*class).is_some_and(|equality| !equality.guarded),
            _ => false,
        };
        a != b && (unguarded(a) || unguarded(b))
    }

    /// The attributes by which instances of the class are equal, where comparing those runs no code of the program.
    pub fn compared(&self, class: ClassId) -> Option<&Equality> {
        let equality = self.classes.get(&class)?.equality.as_ref()?;
        if self.leads_to_itself(class) {
            return None;
        }
        let plain =
            |name: &String| self.is_known_attribute(class, name) && self.is_compared_alike(class, name, equality);
        let keys = |names: &[String]| names.iter().all(|name| self.is_key_attribute(class, name));
        let hashed = match &equality.hashed {
            None => true,
            Some(Hashed::One(name)) => keys(std::slice::from_ref(name)),
            Some(Hashed::Tuple(names)) => keys(names),
        };
        (equality.compared.iter().all(plain) && hashed).then_some(equality)
    }

    /// Only NaN tells whether attributes are compared by `==`, or as tuples compare their items.
    fn is_compared_alike(&self, class: ClassId, name: &str, equality: &Equality) -> bool {
        let slot = self.slots.shapes.attribute(class, name);
        let content = slot.map(|slot| self.slots.content(slot));
        let asks = content.as_ref().is_some_and(|t| self.asks_to_compare(t));
        !asks && (equality.as_tuples || !content.is_some_and(|t| self.holds_float(&t)))
    }

    fn holds_float(&self, t: &T) -> bool {
        match self.slots.current(t) {
            T::Float => true,
            T::Opt(inner) => self.holds_float(&inner),
            // Containers compare their items as tuples do.
            _ => false,
        }
    }

    fn is_key_attribute(&self, class: ClassId, name: &str) -> bool {
        let slot = self.slots.shapes.attribute(class, name);
        slot.is_some_and(|slot| match self.slots.content(slot) {
            T::Dyn => false,
            T::Instance(_) => false,
            t => self.is_key(&t),
        })
    }

    /// What the typed program says of it.
    pub fn how_compared(&self, class: ClassId) -> Option<Compared> {
        let equality = self.compared(class)?;
        Some(Compared {
            by: equality.compared.clone(),
            hashed: equality.hashed.as_ref().map(|hashed| match hashed {
                Hashed::One(name) => (false, vec![name.clone()]),
                Hashed::Tuple(names) => (true, names.clone()),
            }),
        })
    }
}
