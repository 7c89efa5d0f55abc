//! Texts of instances.

use super::Infer;
use crate::ir::{ClassId, Expr, FuncId, Piece, Texts};
use crate::syntax::ast::Conversion;
use crate::types::lattice::{Slot, T};

impl Infer<'_> {
    /// A value of this type put into a text.
    pub fn formatted(&mut self, value: Expr, t: &T, conversion: Conversion, spec: Option<Expr>) -> Piece {
        let plain = spec.is_none() && matches!(conversion, Conversion::None | Conversion::Str | Conversion::Repr);
        if plain && let Some((text, _)) = self.text_call(&value, t, conversion == Conversion::Repr) {
            return Piece::Value {
                value: text,
                conversion: Conversion::None,
                spec: None,
            };
        }
        if !plain || !self.can_show(t) {
            self.observe(t);
        }
        Piece::Value {
            value,
            conversion,
            spec,
        }
    }

    /// The text of an instance as `str` makes it.
    pub fn text_call(&mut self, object: &Expr, t: &T, repr: bool) -> Option<(Expr, T)> {
        let T::Instance(class) = t else { return None };
        let names = &self.classes.get(class)?.names;
        let name = if !repr && names.contains("__str__") {
            "__str__"
        } else {
            "__repr__"
        };
        if names.contains("__format__") || name == "__repr__" && self.is_abridged(*class) {
            return None;
        }
        let (text, t) = self.dunder_call(name, object, t, &[])?;
        matches!(t, T::Str | T::Never).then_some((text, t))
    }

    /// What `@dataclass` wrote shows an instance inside itself with dots.
    fn is_abridged(&self, class: ClassId) -> bool {
        self.classes[&class].written_repr && self.leads_to_itself(class)
    }

    /// Where a value of this type is shown, the instances it holds make their texts as they are come to.
    pub fn can_show(&mut self, t: &T) -> bool {
        let found = std::cell::RefCell::new(Vec::new());
        self.holds(t, 0, &|_, held| {
            found.borrow_mut().push(held);
            false
        });
        let held = found.into_inner();
        let alone = match t {
            T::Instance(_) => true,
            T::Opt(inner) => matches!(**inner, T::Instance(_)),
            _ => false,
        };
        held.into_iter().all(|class| self.is_shown(class, alone))
    }

    /// Instances of the class can stand in a container that is shown; or themselves, where `alone`.
    fn is_shown(&mut self, class: ClassId, alone: bool) -> bool {
        let root = self.slots.shapes.family(class);
        let Some(known) = self.classes.get(&root) else {
            return false;
        };
        let as_str = alone && known.names.contains("__str__");
        let name = if as_str { "__str__" } else { "__repr__" };
        let Some(method) = known.methods.get(name).copied() else {
            return false;
        };
        let beyond = known.names.contains("__format__") || self.rebinds_parameters(method);
        if beyond || self.may_hold_itself(root) || !as_str && self.is_abridged(root) {
            return false;
        }
        let form = self.instance(method, &[T::Instance(root)]);
        let made = self.slots.current(&self.instances[form].ret);
        if !matches!(made, T::Str | T::Never) {
            return false;
        }
        let texts: &mut Texts = self.texts.entry(root).or_default();
        let text = if as_str { &mut texts.str } else { &mut texts.repr };
        *text = Some(FuncId(form as u32));
        true
    }

    /// Containers that an instance of the class holds may hold one of its own family, and so themselves. Python shows
    /// those with dots.
    pub fn may_hold_itself(&self, class: ClassId) -> bool {
        let family = self.slots.shapes.family(class);
        let reached = self.reached_from(family);
        let mut kept = reached
            .iter()
            .chain([&family])
            .flat_map(|at| self.held_classes(*at, true));
        kept.any(|held| {
            let held = self.slots.shapes.family(held);
            held == family || self.reached_from(held).contains(&family)
        })
    }

    /// An instance of the class may lead to one of its own family.
    pub fn leads_to_itself(&self, class: ClassId) -> bool {
        let family = self.slots.shapes.family(class);
        self.reached_from(family).contains(&family)
    }

    /// The families of the instances that those of a family lead to.
    fn reached_from(&self, family: ClassId) -> Vec<ClassId> {
        let mut seen = Vec::new();
        let mut open = vec![family];
        while let Some(at) = open.pop() {
            for held in self.held_classes(at, false) {
                let held = self.slots.shapes.family(held);
                if !seen.contains(&held) {
                    seen.push(held);
                    open.push(held);
                }
            }
        }
        seen
    }

    /// The classes of what the instances of a class hold; or only of what containers of theirs hold.
    fn held_classes(&self, class: ClassId, only_kept: bool) -> Vec<ClassId> {
        let found = std::cell::RefCell::new(Vec::new());
        for slot in self.slots.shapes.attributes_of(class) {
            let content = self.slots.content(slot);
            let alone = match &content {
                T::Instance(_) => true,
                T::Opt(inner) => matches!(**inner, T::Instance(_)),
                _ => false,
            };
            if !(alone && only_kept) {
                self.holds(&content, 0, &|_, held| {
                    found.borrow_mut().push(held);
                    false
                });
            }
        }
        found.into_inner()
    }

    /// An attribute of the instances themselves, of which all is known that it can hold.
    pub fn is_known_attribute(&self, class: ClassId, name: &str) -> bool {
        let shapes = &self.slots.shapes;
        let is_field = self.classes[&class].fields.iter().any(|field| field == name);
        is_field
            && (shapes.attribute(class, name)).is_some_and(|slot| !self.holds_anything(&self.slots.content(slot), 0))
    }

    /// Somewhere in it may be a value that nothing is known of.
    fn holds_anything(&self, t: &T, depth: usize) -> bool {
        let inside = |slot: &Slot| depth >= 12 || self.holds_anything(&self.slots.content(*slot), depth + 1);
        match self.slots.current(t) {
            T::List(slot) | T::Set(slot) | T::Deque(slot) => inside(&slot),
            T::Dict(key, value) | T::Mapping(_, key, value) => inside(&key) || inside(&value),
            T::Record(shape) => self.slots.shapes.fields(shape).iter().any(|(_, slot)| inside(slot)),
            T::Tuple(parts) => parts.iter().any(|part| self.holds_anything(part, depth + 1)),
            T::Opt(inner) => self.holds_anything(&inner, depth),
            T::Dyn => true,
            _ => false,
        }
    }
}
