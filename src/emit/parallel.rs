//! Loops on several threads.

use super::function::FnEmitter;
use super::rust::{Rx, call, method, text};
use crate::ir::{Expr, ExprKind, Parallel, Source, Ty};

impl FnEmitter<'_> {
    /// The values of all rounds, in order, as a `Vec`.
    pub fn rounds(&mut self, map: &Parallel) -> Rx {
        let threshold = text(map.threshold.to_string());
        let (path, items) = match &map.source.kind {
            ExprKind::Source(Source::Range { start, stop, step }) => {
                let start = self.value_as(start, &Ty::Int);
                let stop = self.value_as(stop, &Ty::Int);
                let step = match step {
                    Some(step) => self.value_as(step, &Ty::Int),
                    None => text("1"),
                };
                ("fast::parallel::over_range", Rx::Tuple(vec![start, stop, step]))
            }
            ExprKind::Source(Source::Items(list)) => {
                ("fast::parallel::over_items", self.reference_as(list, &list.ty.clone()))
            }
            _ => unreachable!("only ranges and lists are divided"),
        };
        let round = self.program.function(map.round);
        let item_ty = &round.local(round.params[0].local).ty;
        let item = if item_ty.is_copy() {
            text("item")
        } else {
            super::rust::reference(text("item"))
        };
        let mut args = vec![item];
        for (shared, param) in map.shared.iter().zip(&round.params[1..]) {
            let ty = round.local(param.local).ty.clone();
            args.push(if ty.is_copy() {
                self.value_as(shared, &ty)
            } else {
                self.reference_as(shared, &ty)
            });
        }
        let mut body = call(self.names.function(map.round), args);
        if !map.optional {
            body = method(body, "map", vec![text("Some")]);
        }
        let closure = Rx::Closure {
            params: "item".to_owned(),
            body: Box::new(body),
            is_move: false,
        };
        self.attempt(call(path, vec![items, threshold, closure]))
    }

    /// `list.extend` of what the rounds give.
    pub fn extend_in_parallel(&mut self, args: &[Expr]) -> Rx {
        let [list, rounds] = args else {
            unreachable!("a list and what is added to it")
        };
        let ExprKind::Parallel(map) = &rounds.kind else {
            unreachable!("made by the pass for parallel loops only")
        };
        let place = match self.reference_as(list, &list.ty.clone()) {
            Rx::Ref(inner) => *inner,
            other => other,
        };
        let rounds = self.rounds(map);
        method(place, "extend_vec", vec![rounds])
    }
}
