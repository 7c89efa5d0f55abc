//! The choice of a row for operands of known types.

use super::Infer;
use crate::ir::rows::{self, Pattern, Row};
use crate::ir::{Expr, ExprKind, MapKind, Ty};
use crate::source::Span;
use crate::types::lattice::{Slot, T};

/// What a capital letter of a row stands for at the call at hand.
#[derive(Clone, Debug)]
pub enum Meant {
    Slot(Slot),
    Type(T),
}

impl Infer<'_> {
    /// The first row of this name that takes such operands. Where an operand is not known yet, the result is not.
    pub fn row(&mut self, name: &str, operands: Vec<(Expr, T)>, span: Span) -> Option<(Expr, T)> {
        let operands = self.searched(name, operands);
        if compares(name) && operands.iter().any(|(_, t)| self.asks_to_compare(t)) {
            return None;
        }
        if let ("==", [(_, a), (_, b)]) = (name, operands.as_slice())
            && self.is_unlike(a, b)
        {
            return None;
        }
        if operands.iter().any(|(_, t)| *t == T::Never) {
            if rows::named(name).is_empty() {
                return None;
            }
            let args = operands.into_iter().map(|(e, _)| e).collect();
            let row = &rows::named(name)[0];
            return Some((Expr::typed(ExprKind::Op { row, args }, Ty::Never, span), T::Never));
        }
        let operands_again = operands.clone();
        for row in rows::named(name) {
            let Some(meant) = self.matches(row, &operands) else {
                continue;
            };
            let args = operands
                .into_iter()
                .zip(&row.params)
                .map(|((e, t), pattern)| self.operand(e, t, pattern, &meant))
                .collect();
            let t = self.result(row, &row.ret, &meant, span);
            let ty = self.slots.resolve(&t);
            if !self.is_as_declared(row, &t, &meant, span) {
                // A new list: nobody has seen it yet, so it may become one of dynamic values on the spot.
                let made = Expr::typed(ExprKind::Op { row, args }, declared(&row.ret)?, span);
                return Some((Expr::typed(ExprKind::Convert(Box::new(made)), ty, span), t));
            }
            return Some((Expr::typed(ExprKind::Op { row, args }, ty, span), t));
        }
        if rows::named(name)
            .iter()
            .any(|row| row.params.len() == operands_again.len())
            && operands_again.iter().any(|(_, t)| self.slots.is_unsettled(t))
        {
            let args = operands_again.into_iter().map(|(e, _)| e).collect();
            let row = &rows::named(name)[0];
            return Some((Expr::typed(ExprKind::Op { row, args }, Ty::Never, span), T::Never));
        }
        self.row_of_guarded(name, operands_again, span)
    }

    /// An operation that None does not have, on what may be None: where it is, native code gives up.
    fn row_of_guarded(&mut self, name: &str, operands: Vec<(Expr, T)>, span: Span) -> Option<(Expr, T)> {
        let asks_none = matches!(name, "==" | "in" | "truth" | "bool" | "str" | "repr" | "list.append");
        if asks_none || name == "is" {
            return None;
        }
        if let Some((value, _)) = operands.iter().find(|(_, t)| *t == T::None) {
            let given_up = self.guarded(value.clone(), &T::Never);
            return Some((given_up, T::Never));
        }
        if operands.iter().any(|(_, t)| *t == T::Wide) {
            // What takes ints of 64 bits only: an index, a count.
            let narrowed = operands.into_iter().map(|(e, t)| match t {
                T::Wide => (self.guarded(e, &T::Int), T::Int),
                t => (e, t),
            });
            let narrowed = narrowed.collect();
            return self.row(name, narrowed, span);
        }
        if !operands.iter().any(|(_, t)| matches!(t, T::Opt(_))) {
            return None;
        }
        let operands = operands
            .into_iter()
            .map(|(e, t)| match t {
                T::Opt(inner) => (self.guarded(e, &inner), *inner),
                t => (e, t),
            })
            .collect();
        self.row(name, operands, span)
    }

    pub fn guarded(&mut self, value: Expr, t: &T) -> Expr {
        let span = value.span;
        Expr::typed(ExprKind::Guard(Box::new(value)), self.slots.resolve(t), span)
    }

    fn matches(&mut self, row: &Row, operands: &[(Expr, T)]) -> Option<Vec<(char, Meant)>> {
        if row.params.len() != operands.len() {
            return None;
        }
        if gives_an_operand(&row.name) && !self.is_exact(row, operands) {
            return None;
        }
        let mut meant = Vec::new();
        // First whether the kinds fit, without touching anything.
        for ((_, t), pattern) in operands.iter().zip(&row.params) {
            if !self.fits(pattern, t, &mut meant) {
                return None;
            }
        }
        if !self.has_option(row, &meant) || (orders(&row.name) && !self.are_ordered(&meant)) {
            return None;
        }
        // Then what flows where.
        for ((_, t), pattern) in operands.iter().zip(&row.params) {
            self.flow_pattern(pattern, t, &meant);
        }
        Some(meant)
    }

    /// No operand is a bool that the row would take for an int.
    fn is_exact(&self, row: &Row, operands: &[(Expr, T)]) -> bool {
        let taken = |((_, t), pattern): (&(Expr, T), &Pattern)| *t == T::Bool && *pattern != Pattern::Bool;
        !operands.iter().zip(&row.params).any(taken)
    }

    /// A container that the row makes holds what the row says: it has not become dynamic since.
    fn is_as_declared(&mut self, row: &Row, t: &T, meant: &[(char, Meant)], span: Span) -> bool {
        match (&row.ret, t) {
            (Pattern::List(inner), T::List(slot)) | (Pattern::Set(inner), T::Set(slot)) => {
                matches!(**inner, Pattern::Var(_)) || self.result(row, inner, meant, span) == self.slots.content(*slot)
            }
            _ => true,
        }
    }

    /// `opt[A]` has a Rust form of its own only where `A` is neither optional nor dynamic.
    fn has_option(&self, row: &Row, meant: &[(char, Meant)]) -> bool {
        let Pattern::Opt(inner) = &row.ret else { return true };
        let Pattern::Var(name) = **inner else { return true };
        let content = meant.iter().find(|(n, _)| *n == name).map(|(_, m)| match m {
            Meant::Slot(slot) => self.slots.content(*slot),
            Meant::Type(t) => t.clone(),
        });
        !matches!(content, Some(T::Opt(_) | T::None | T::Dyn))
    }

    fn fits(&self, pattern: &Pattern, t: &T, meant: &mut Vec<(char, Meant)>) -> bool {
        match (pattern, t) {
            (Pattern::None, T::None)
            | (Pattern::Bool, T::Bool)
            | (Pattern::Int, T::Int | T::Bool)
            | (Pattern::Float, T::Float)
            | (Pattern::AsFloat, T::Float | T::Int | T::Bool)
            | (Pattern::Wide, T::Wide)
            | (Pattern::AsWide, T::Wide | T::Int | T::Bool)
            | (Pattern::Str, T::Str)
            | (Pattern::Bytes, T::Bytes)
            | (Pattern::Dyn, _) => true,
            (Pattern::Opt(inner), T::None) => !matches!(**inner, Pattern::Var(_)),
            (Pattern::Opt(inner), T::Opt(t)) => self.fits(inner, t, meant),
            (Pattern::Opt(inner), t) => self.fits(inner, t, meant),
            (Pattern::List(inner), T::List(slot))
            | (Pattern::Set(inner), T::Set(slot))
            | (Pattern::Deque(inner), T::Deque(slot))
            | (Pattern::Counter(inner), T::Mapping(MapKind::Counter, slot, _)) => self.fits_slot(inner, *slot, meant),
            (Pattern::Dict(key, value), T::Dict(k, v) | T::Mapping(_, k, v))
            | (Pattern::DefaultDict(key, value), T::Mapping(MapKind::Default, k, v)) => {
                self.fits_slot(key, *k, meant) && self.fits_slot(value, *v, meant)
            }
            (Pattern::Tuple(patterns), T::Tuple(parts)) => {
                patterns.len() == parts.len() && patterns.iter().zip(parts).all(|(p, t)| self.fits(p, t, meant))
            }
            (Pattern::Var(name), t) => match meant.iter().find(|(n, _)| n == name).map(|(_, m)| m.clone()) {
                // A slot takes what flows into it, if need be by becoming dynamic.
                Some(Meant::Slot(_)) => true,
                Some(Meant::Type(known)) => known == *t && self.comparable(t),
                None => {
                    meant.push((*name, Meant::Type(t.clone())));
                    true
                }
            },
            _ => false,
        }
    }

    fn fits_slot(&self, pattern: &Pattern, slot: Slot, meant: &mut Vec<(char, Meant)>) -> bool {
        match pattern {
            Pattern::Var(name) => {
                let known = meant.iter().position(|(n, _)| n == name);
                match known {
                    Some(at) if matches!(meant[at].1, Meant::Type(_)) => meant[at].1 = Meant::Slot(slot),
                    Some(_) => {}
                    None => meant.push((*name, Meant::Slot(slot))),
                }
                true
            }
            other => {
                let content = self.slots.content(slot);
                exactly(other, &content)
            }
        }
    }

    /// Two values of this type can be compared without running code of the program.
    fn comparable(&self, t: &T) -> bool {
        match t {
            T::Int | T::Wide | T::Bool | T::Str | T::Bytes | T::None => true,
            T::Float => false,
            T::Tuple(parts) => parts.iter().all(|p| self.comparable(p)),
            T::List(slot) | T::Set(slot) => self.comparable(&self.slots.content(*slot)),
            T::Dict(key, value) => {
                self.comparable(&self.slots.content(*key)) && self.comparable(&self.slots.content(*value))
            }
            T::Opt(inner) => self.comparable(inner),
            T::Record(shape) => {
                let fields = self.slots.shapes.fields(*shape);
                fields
                    .iter()
                    .all(|(_, slot)| self.comparable(&self.slots.content(*slot)))
            }
            T::Instance(_) => !self.asks_to_compare(t),
            T::Mapping(..) | T::Deque(_) | T::Dyn | T::Never => false,
        }
    }

    fn flow_pattern(&mut self, pattern: &Pattern, t: &T, meant: &[(char, Meant)]) {
        let slot_of = |name: &char| {
            meant.iter().find(|(n, _)| n == name).and_then(|(_, m)| match m {
                Meant::Slot(slot) => Some(*slot),
                Meant::Type(_) => None,
            })
        };
        match (pattern, t) {
            (Pattern::Var(name), t) => {
                if let Some(slot) = slot_of(name) {
                    self.slots.flow(slot, t);
                }
            }
            (Pattern::Dyn, t) => self.slots.poison(t),
            (Pattern::List(inner), T::List(slot))
            | (Pattern::Set(inner), T::Set(slot))
            | (Pattern::Deque(inner), T::Deque(slot))
            | (Pattern::Counter(inner), T::Mapping(_, slot, _)) => {
                if let Pattern::Var(name) = **inner
                    && let Some(shared) = slot_of(&name)
                {
                    self.slots.unify(shared, *slot);
                }
            }
            (Pattern::Dict(key, value) | Pattern::DefaultDict(key, value), T::Dict(k, v) | T::Mapping(_, k, v)) => {
                for (pattern, slot) in [(key, k), (value, v)] {
                    if let Pattern::Var(name) = **pattern
                        && let Some(shared) = slot_of(&name)
                    {
                        self.slots.unify(shared, *slot);
                    }
                }
            }
            (Pattern::Tuple(patterns), T::Tuple(parts)) => {
                patterns
                    .iter()
                    .zip(parts)
                    .for_each(|(p, t)| self.flow_pattern(p, t, meant));
            }
            _ => {}
        }
    }

    /// The operand as the row takes it.
    fn operand(&mut self, e: Expr, t: T, pattern: &Pattern, meant: &[(char, Meant)]) -> Expr {
        let wanted = match pattern {
            Pattern::AsFloat => Ty::Float,
            Pattern::AsWide => Ty::Wide,
            Pattern::Dyn => Ty::Dyn,
            Pattern::Int => Ty::Int,
            Pattern::Opt(inner) => match **inner {
                Pattern::Int => Ty::Option(Box::new(Ty::Int)),
                _ => return e,
            },
            Pattern::Var(name) => match meant.iter().find(|(n, _)| n == name) {
                Some((_, Meant::Slot(slot))) => match self.slots.resolve(&self.slots.content(*slot)) {
                    Ty::Never => return e,
                    ty => ty,
                },
                _ => return e,
            },
            _ => return e,
        };
        let own = self.slots.resolve(&t);
        if own == wanted {
            return e;
        }
        let span = e.span;
        Expr::typed(ExprKind::Convert(Box::new(e)), wanted, span)
    }

    fn result(&mut self, row: &Row, pattern: &Pattern, meant: &[(char, Meant)], span: Span) -> T {
        match pattern {
            Pattern::None => T::None,
            Pattern::Bool => T::Bool,
            Pattern::Int => T::Int,
            Pattern::Wide | Pattern::AsWide => T::Wide,
            Pattern::Float | Pattern::AsFloat => T::Float,
            Pattern::Str => T::Str,
            Pattern::Bytes => T::Bytes,
            Pattern::Dyn => T::Dyn,
            Pattern::Var(name) => match meant.iter().find(|(n, _)| n == name) {
                Some((_, Meant::Slot(slot))) => self.slots.content(*slot),
                Some((_, Meant::Type(t))) => t.clone(),
                None => T::Dyn,
            },
            Pattern::Tuple(parts) => T::Tuple(parts.iter().map(|p| self.result(row, p, meant, span)).collect()),
            Pattern::List(inner) => T::List(self.result_slot(row, inner, meant, span)),
            Pattern::Set(inner) => {
                let slot = self.result_slot(row, inner, meant, span);
                self.key_slots.push(slot);
                T::Set(slot)
            }
            Pattern::Dict(key, value) => {
                let key = self.result_slot(row, key, meant, span);
                T::Dict(key, self.result_slot(row, value, meant, span))
            }
            Pattern::Deque(inner) => T::Deque(self.result_slot(row, inner, meant, span)),
            Pattern::DefaultDict(..) | Pattern::Counter(_) => unreachable!("no row makes one"),
            Pattern::Opt(inner) => {
                let inner = self.result(row, inner, meant, span);
                crate::types::lattice::optional(inner)
            }
        }
    }

    /// What a new container of the result holds: the operands' own slot, or one that belongs to this call.
    fn result_slot(&mut self, row: &Row, pattern: &Pattern, meant: &[(char, Meant)], span: Span) -> Slot {
        if let Pattern::Var(name) = pattern
            && let Some((_, Meant::Slot(slot))) = meant.iter().find(|(n, _)| n == name)
        {
            return *slot;
        }
        let content = self.result(row, pattern, meant, span);
        let place = ((span.start as usize) << 32) | span.end as usize;
        let part = std::ptr::from_ref(pattern) as usize;
        let slot = self.site_of((self.current, place, part));
        self.slots.flow(slot, &content);
        slot
    }
}

impl Infer<'_> {
    /// The operands, where what is asked for its keys is no record.
    fn searched(&mut self, name: &str, mut operands: Vec<(Expr, T)>) -> Vec<(Expr, T)> {
        let asks = matches!(name, "in" | "len" | "list" | "sorted" | "min" | "max" | "set");
        if let Some((value, T::Record(shape))) = operands.last()
            && asks
        {
            let dict = self.dict_instead(value.clone(), *shape);
            operands.pop();
            operands.push(dict);
        }
        operands
    }
}

/// The row compares items with `<`.
fn orders(name: &str) -> bool {
    matches!(name, "sorted" | "min" | "max" | "list.sort" | "<" | ">") || name.starts_with("heapq.")
}

/// The row asks whether items are equal.
fn compares(name: &str) -> bool {
    matches!(
        name,
        "==" | "in" | "list.index" | "list.remove" | "list.count" | "deque.index" | "deque.remove" | "deque.count"
    )
}

/// The type of a list that a row makes, where the row alone says it.
fn declared(pattern: &Pattern) -> Option<Ty> {
    let Pattern::List(inner) = pattern else { return None };
    Some(Ty::list(match **inner {
        Pattern::Int => Ty::Int,
        Pattern::Float => Ty::Float,
        Pattern::Str => Ty::Str,
        Pattern::Bool => Ty::Bool,
        Pattern::Bytes => Ty::Bytes,
        _ => return None,
    }))
}

/// The content of a container is just what the row says.
fn exactly(pattern: &Pattern, content: &T) -> bool {
    matches!(
        (pattern, content),
        (Pattern::Int, T::Int)
            | (Pattern::Float, T::Float)
            | (Pattern::Str, T::Str)
            | (Pattern::Bool, T::Bool)
            | (Pattern::Bytes, T::Bytes)
            | (Pattern::Dyn, T::Dyn)
    )
}

/// The result is one of the operands as it is: `max(0, True)` is True.
fn gives_an_operand(name: &str) -> bool {
    matches!(name, "min" | "max")
}
