//! Texts of instances.

use super::Infer;
use crate::ir::{ClassId, Expr, ExprKind, FuncId, Piece, Program, StmtKind};
use crate::types::lattice::{Slot, T};

impl Infer<'_> {
    /// The text of an instance as `str` makes it.
    pub fn text_call(&mut self, object: &Expr, t: &T, repr: bool) -> Option<(Expr, T)> {
        let T::Instance(class) = t else { return None };
        let names = &self.classes.get(class)?.names;
        let name = if !repr && names.contains("__str__") {
            "__str__"
        } else {
            "__repr__"
        };
        let written = self.classes.get(class)?.written_repr;
        if names.contains("__format__") || written && name == "__repr__" && self.may_hold_itself(*class) {
            return None;
        }
        let (text, t) = self.dunder_call(name, object, t, &[])?;
        matches!(t, T::Str | T::Never).then_some((text, t))
    }

    /// The text of the class's instances is put together from their attributes, and nothing else happens.
    pub fn has_plain_text(&self, class: ClassId) -> bool {
        self.is_plain_below(class, &mut Vec::new())
    }

    fn is_plain_below(&self, class: ClassId, above: &mut Vec<ClassId>) -> bool {
        if above.contains(&class) {
            return false;
        }
        let made: Vec<ClassId> = (self.classes.iter())
            .filter(|(at, known)| self.slots.shapes.derives(**at, class) && known.constructor.is_some())
            .map(|(at, _)| *at)
            .collect();
        if made.is_empty() || !made.into_iter().all(|class| self.has_plain_methods(class)) {
            return false;
        }
        above.push(class);
        let fine = self
            .held_classes(class)
            .into_iter()
            .all(|held| self.is_plain_below(held, above));
        above.pop();
        fine
    }

    /// What makes the text of the class's own instances does no more than that.
    fn has_plain_methods(&self, class: ClassId) -> bool {
        let known = &self.classes[&class];
        let own = ["__str__", "__repr__"].map(|name| known.own_methods.get(name));
        let is_plain = |method: &FuncId| {
            let shown = attributes_shown(self.program, *method);
            shown.is_some_and(|names| names.into_iter().all(|name| self.is_plain_attribute(class, name)))
        };
        let mut written = own.iter().flatten().peekable();
        written.peek().is_some() && written.all(|method| is_plain(method)) && !known.names.contains("__format__")
    }

    /// An attribute of the instances themselves, whose text is known to run nothing else.
    pub fn is_plain_attribute(&self, class: ClassId, name: &str) -> bool {
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

    /// Showing a value of this type runs no code of the program that could tell when: where it holds instances, their
    /// texts are made at once.
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
        let has_str = known.names.contains("__str__");
        let Some(method) = known.methods.get("__repr__").copied() else {
            return false;
        };
        if alone && has_str || !self.has_plain_text(root) || self.may_hold_itself(root) {
            return false;
        }
        let form = self.instance(method, &[T::Instance(root)]);
        let made = self.slots.current(&self.instances[form].ret);
        if !matches!(made, T::Str | T::Never) {
            return false;
        }
        self.shown.insert(root, form);
        true
    }

    /// An instance of the class may hold one of its own family, and so itself.
    pub fn may_hold_itself(&self, class: ClassId) -> bool {
        let family = self.slots.shapes.family(class);
        let mut seen = vec![class];
        let mut at = 0;
        while at < seen.len() {
            for held in self.held_classes(seen[at]) {
                if self.slots.shapes.family(held) == family {
                    return true;
                }
                if !seen.contains(&held) {
                    seen.push(held);
                }
            }
            at += 1;
        }
        false
    }

    /// The classes of what the instances of a class hold.
    fn held_classes(&self, class: ClassId) -> Vec<ClassId> {
        let found = std::cell::RefCell::new(Vec::new());
        for slot in self.slots.shapes.attributes_of(class) {
            self.holds(&self.slots.content(slot), 0, &|_, held| {
                found.borrow_mut().push(held);
                false
            });
        }
        found.into_inner()
    }
}

/// The attributes of `self` that `return f"...{self.name}..."` shows, where the method does no more than that.
fn attributes_shown(program: &Program, method: FuncId) -> Option<Vec<&str>> {
    let function = program.function(method);
    let [stmt] = function.body.as_slice() else { return None };
    let StmtKind::Return(text) = &stmt.kind else {
        return None;
    };
    let of_self = |e: &ExprKind| matches!(e, ExprKind::Local(id, _) if *id == function.params[0].local);
    let shown = |piece| match piece {
        &Piece::Literal(_) => Some(None),
        Piece::Value { value, spec: None, .. } => match &value.kind {
            ExprKind::Attr { object, name } if of_self(&object.kind) => Some(Some(name.as_str())),
            _ => None,
        },
        Piece::Value { .. } => None,
    };
    match &text.kind {
        ExprKind::Const(_) => Some(Vec::new()),
        ExprKind::Format(pieces) => {
            let all: Option<Vec<Option<&str>>> = pieces.iter().map(shown).collect();
            all.map(|all| all.into_iter().flatten().collect())
        }
        _ => None,
    }
}
