//! What can be sorted natively, and how instances say which of them comes first.

use super::Infer;
use super::rows::Meant;
use crate::ir::{ClassId, FuncId};
use crate::passes::analyses::{assigned, placement};
use crate::types::lattice::T;

impl Infer<'_> {
    /// What a row orders has an order in Rust: everything but records, dicts and sets.
    pub fn are_ordered(&mut self, meant: &[(char, Meant)]) -> bool {
        meant.iter().all(|(_, m)| match m {
            Meant::Slot(slot) => self.has_order(&self.slots.content(*slot)),
            Meant::Type(t) => self.has_order(t),
        })
    }

    pub fn has_order(&mut self, t: &T) -> bool {
        match t {
            T::Record(_) | T::Dict(..) | T::Mapping(..) | T::Deque(_) | T::Set(_) => false,
            T::Instance(class) => self.orders_itself(*class),
            // The first parts that differ decide, so they are compared as well.
            T::Tuple(parts) => parts.iter().all(|p| self.has_order(p) && !self.asks_to_compare(p)),
            T::List(slot) => {
                let content = self.slots.content(*slot);
                self.has_order(&content) && !self.asks_to_compare(&content)
            }
            T::Opt(inner) => self.has_order(inner),
            _ => true,
        }
    }

    /// The class's `__lt__` decides; or nothing does, and then sorting more than one of them raises.
    fn orders_itself(&mut self, class: ClassId) -> bool {
        let root = self.slots.shapes.family(class);
        let Some(known) = self.classes.get(&root) else {
            return false;
        };
        let (less, greater) = (known.names.contains("__lt__"), known.names.contains("__gt__"));
        if !less && !greater {
            return true;
        }
        // `max` asks for `>`.
        let Some(method) = known.methods.get("__lt__").copied() else {
            return false;
        };
        // What `@dataclass` writes declines only what is no such instance.
        let own_words = !known.written_order && (greater || self.may_decline(method));
        if own_words || self.rebinds_parameters(method) {
            return false;
        }
        let form = self.instance(method, &[T::Instance(root), T::Instance(root)]);
        self.ordered.insert(root, form);
        true
    }

    /// It takes copies of what it is given.
    pub fn rebinds_parameters(&self, method: FuncId) -> bool {
        let function = self.program.function(method);
        let facts = assigned::analyse(function, &placement::analyse(function));
        function.params.iter().any(|p| facts.rebound[p.local.index()])
    }
}
