//! The containers of `collections` that the program makes: deques, dicts with defaults, counters.

use super::Infer;
use crate::ir::{Arg, Callee, Expr, ExprKind, MapKind};
use crate::types::lattice::T;

impl Infer<'_> {
    /// `collections.NAME(...)`, where its result can be carried natively.
    pub fn collection_call(
        &mut self,
        e: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<(ExprKind, T)> {
        if !keywords.is_empty() {
            return None;
        }
        let args: Vec<&Expr> = args
            .iter()
            .map(|arg| match arg {
                Arg::One(e) => Some(e),
                Arg::Star(_) => None,
            })
            .collect::<Option<_>>()?;
        let (content, t) = match (name, args.as_slice()) {
            ("deque", [] | [_]) => {
                let slot = self.site(e, 0);
                (slot, self.slots.current(&T::Deque(slot)))
            }
            ("Counter", [] | [_]) => {
                let (key, value) = (self.site(e, 0), self.site(e, 1));
                self.key_slots.push(key);
                self.slots.flow(value, &T::Int);
                (key, self.slots.mapping(MapKind::Counter, key, value))
            }
            ("defaultdict", [factory]) => {
                let (key, value) = (self.site(e, 0), self.site(e, 1));
                self.key_slots.push(key);
                let made = self.made_by(e, factory)?;
                self.slots.flow(value, &made);
                (key, self.slots.mapping(MapKind::Default, key, value))
            }
            _ => return None,
        };
        let items = match (name, args.as_slice()) {
            ("Counter", [items]) if self.gives_counts(items) => return None,
            ("deque" | "Counter", [items]) => Some(self.taken(items, content)?),
            _ => None,
        };
        if t == T::Dyn {
            return None;
        }
        let callee = Callee::Library {
            module: "collections".to_owned(),
            name: name.to_owned(),
        };
        let call = ExprKind::Call {
            callee,
            args: items.into_iter().map(Arg::One).collect(),
            keywords: Vec::new(),
        };
        Some((call, t))
    }

    /// What a factory makes: the empty value of a builtin type.
    fn made_by(&mut self, e: &Expr, factory: &Expr) -> Option<T> {
        let ExprKind::Builtin(name) = &factory.kind else {
            return None;
        };
        Some(match name.as_str() {
            "int" => T::Int,
            "float" => T::Float,
            "bool" => T::Bool,
            "str" => T::Str,
            "list" => T::List(self.site(e, 2)),
            "set" => {
                let slot = self.site(e, 2);
                self.key_slots.push(slot);
                T::Set(slot)
            }
            "dict" => {
                let (key, value) = (self.site(e, 2), self.site(e, 3));
                self.key_slots.push(key);
                T::Dict(key, value)
            }
            _ => return None,
        })
    }

    /// A counter made of a dict takes its values for counts.
    fn gives_counts(&mut self, items: &Expr) -> bool {
        !matches!(items.kind, ExprKind::Call { .. } | ExprKind::Comp { .. })
            && self.expr(items).1.as_mapping().is_some()
            || matches!(&items.kind, ExprKind::Call { callee, .. } if !matches!(callee, Callee::Method { .. } | Callee::Builtin(_)))
    }
}
