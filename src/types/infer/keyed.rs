//! `sorted`, `min`, `max` and `list.sort` with a key function of the program: called directly, with known types.

use super::Infer;
use crate::ir::func::{Flavor, Storage};
use crate::ir::{Arg, Callee, Const, Expr, ExprKind, FuncId, GlobalKind, Keyed};
use crate::types::lattice::{Slot, T};

impl Infer<'_> {
    /// `sorted(items, key=f, reverse=True)` and the like; None where types do not carry it.
    pub fn keyed_builtin(
        &mut self,
        e: &Expr,
        name: &str,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<(ExprKind, T)> {
        let what = match name {
            "sorted" => Keyed::Sorted,
            "min" => Keyed::Min,
            "max" => Keyed::Max,
            _ => return None,
        };
        let [Arg::One(items)] = args else { return None };
        let (key, reverse) = self.key_function(keywords, what)?;
        let (list, slot) = self.as_list(e, items)?;
        self.keyed(e, what, list, slot, key, reverse)
    }

    /// `items.sort(key=f)`
    pub fn keyed_sort(
        &mut self,
        e: &Expr,
        list: &Expr,
        slot: Slot,
        args: &[Arg],
        keywords: &[(Option<String>, Expr)],
    ) -> Option<(ExprKind, T)> {
        if !args.is_empty() {
            return None;
        }
        let (key, reverse) = self.key_function(keywords, Keyed::Sort)?;
        self.keyed(e, Keyed::Sort, list.clone(), slot, key, reverse)
    }

    fn keyed(
        &mut self,
        e: &Expr,
        what: Keyed,
        list: Expr,
        slot: Slot,
        key: FuncId,
        reverse: bool,
    ) -> Option<(ExprKind, T)> {
        let element = self.slots.content(slot);
        if self.slots.is_unsettled(&element) {
            return Some((ExprKind::Const(Const::None), T::Never));
        }
        let form = self.instance(key, std::slice::from_ref(&element));
        let key_type = self.slots.current(&self.instances[form].ret);
        if self.slots.is_unsettled(&key_type) {
            return Some((ExprKind::Const(Const::None), T::Never));
        }
        if !self.has_order(&key_type) {
            return None;
        }
        let t = match what {
            Keyed::Sorted => {
                let made = self.site(e, 5);
                self.slots.flow(made, &element);
                let content = self.slots.content(made);
                if content != T::Dyn && content != element {
                    self.slots.unify(made, slot);
                }
                T::List(made)
            }
            Keyed::Sort => T::None,
            Keyed::Min | Keyed::Max => element,
        };
        let own = list.ty.clone();
        let kind = ExprKind::Keyed {
            what,
            list: Box::new(list),
            key: FuncId(form as u32),
            reverse,
        };
        if what == Keyed::Sorted && self.slots.resolve(&t) != own {
            // The new list holds dynamic values.
            return Some((ExprKind::Convert(Box::new(Expr::typed(kind, own, e.span))), t));
        }
        Some((kind, t))
    }

    /// The key function and the direction that the keywords name.
    fn key_function(&self, keywords: &[(Option<String>, Expr)], what: Keyed) -> Option<(FuncId, bool)> {
        let mut key = None;
        let mut reverse = false;
        for (name, value) in keywords {
            match (name.as_deref(), &value.kind) {
                (Some("key"), _) => key = Some(self.plain_function(value)?),
                (Some("reverse"), ExprKind::Const(Const::Bool(set))) if matches!(what, Keyed::Sorted | Keyed::Sort) => {
                    reverse = *set;
                }
                _ => return None,
            }
        }
        Some((key?, reverse))
    }

    /// A function of one argument that can be called without its object.
    fn plain_function(&self, e: &Expr) -> Option<FuncId> {
        let func = match &e.kind {
            ExprKind::MakeFunction {
                func,
                defaults,
                kw_defaults,
            } if defaults.is_empty() && kw_defaults.iter().all(Option::is_none) => *func,
            ExprKind::Global(id) => match self.program.global(*id).kind {
                GlobalKind::Function(func) => func,
                _ => return None,
            },
            _ => return None,
        };
        let function = self.program.function(func);
        let own_cells = function.locals.iter().all(|l| l.storage != Storage::Cell);
        let plain = function.params.len() == 1 && function.flavor == Flavor::Plain && own_cells;
        (plain && (self.usable)(func)).then_some(func)
    }

    /// The items as a list: the list itself, or a new one of a native loop's items.
    fn as_list(&mut self, e: &Expr, items: &Expr) -> Option<(Expr, Slot)> {
        let slot = self.site(e, 6);
        let is_call = matches!(
            &items.kind,
            ExprKind::Comp { .. }
                | ExprKind::Call {
                    callee: Callee::Builtin(_) | Callee::Method { .. },
                    ..
                }
        );
        if !is_call {
            let (value, t) = self.expr(items);
            if let T::List(own) = t {
                return Some((value, own));
            }
            if t == T::Never {
                return Some((value, slot));
            }
        }
        self.taken(items, slot).map(|list| (list, slot))
    }
}
