//! Loops over native sources.

use super::convert::convert;
use super::function::FnEmitter;
use super::rust::{Printer, Rs, Rx, block, call, method, text};
use crate::ir::rows::{self, Pattern, Row};
use crate::ir::{CompKind, Expr, ExprKind, Source, Target, Ty};

impl FnEmitter<'_> {
    /// What stands before the loop, its head, and the statements that start its body.
    pub fn source_loop(
        &mut self,
        source: &Source,
        element: &Ty,
        target: &Target,
        header: usize,
        fills: Vec<Rx>,
    ) -> (Vec<Rs>, String, Vec<Rs>) {
        if source.is_plain() {
            let iterator = fills
                .into_iter()
                .rev()
                .fold(self.plain_iterator(source), |items, list| {
                    call("fast::iter::filling", vec![list, items])
                });
            let (pattern, after) = self.source_pattern(source, element, target, header);
            return (Vec::new(), format!("for {pattern} in {}", print(&iterator)), after);
        }
        let (open, step) = match source {
            Source::DictKeys(e) | Source::DictValues(e) | Source::DictItems(e) => {
                let dict = self.reference_as(e, &e.ty.clone());
                (method(unreference(dict), "iter", vec![]), "next_entry")
            }
            Source::WatchedItems(e) => {
                let set = self.reference_as(e, &e.ty.clone());
                (method(unreference(set), "iter", vec![]), "next_item")
            }
            Source::Stream(call) => (self.value(call), "next_given"),
            _ => unreachable!("the others are plain"),
        };
        let name = self.namer.take("entries");
        let before = vec![Rs::Let {
            pattern: format!("mut {name}"),
            ty: None,
            value: Some(open),
        }];
        let next = self.attempt(method(text(name), step, vec![]));
        let (pattern, after) = match source {
            Source::DictKeys(_) => {
                let (key, after) = self.part_pattern(target, element, Some(header));
                (format!("({key}, _)"), after)
            }
            Source::DictValues(_) => {
                let (value, after) = self.part_pattern(target, element, Some(header));
                (format!("(_, {value})"), after)
            }
            _ => self.part_pattern(target, element, Some(header)),
        };
        (before, format!("while let Some({pattern}) = {}", print(&next)), after)
    }

    /// A Rust iterator over the source.
    pub fn plain_iterator(&mut self, source: &Source) -> Rx {
        match source {
            Source::Range {
                start,
                stop,
                step: None,
            } => {
                let (start, stop) = (self.value(start), self.value(stop));
                let (start, stop) = (bound(&start), bound(&stop));
                // Two bare literals leave the type to the loop's body, which may take any.
                let is_bare = |end: &str| end.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit());
                let suffix = if is_bare(&start) && is_bare(&stop) { "_i64" } else { "" };
                text(format!("{start}..{stop}{suffix}"))
            }
            Source::Range {
                start,
                stop,
                step: Some(step),
            } => {
                let args = vec![self.value(start), self.value(stop), self.value(step)];
                self.attempt(call("fast::iter::range", args))
            }
            Source::Items(e) if matches!(e.ty, Ty::Tuple(_)) => self.tuple_items(e),
            Source::Items(e) if one_by_one(e).is_some() => {
                let (row, args) = one_by_one(e).expect("asked before");
                self.op(row, args)
            }
            Source::Items(e) if is_fresh(e) => match self.value(e) {
                // A list display that only this loop sees.
                Rx::Call(_, mut parts) if matches!(e.kind, ExprKind::List(_)) && parts.len() == 1 => {
                    match parts.remove(0) {
                        Rx::Macro("vec", items) => Rx::Array(items),
                        other => call("fast::iter::owned", vec![call("List::from_vec", vec![other])]),
                    }
                }
                list => call("fast::iter::owned", vec![list]),
            },
            Source::Items(e) => {
                let items = self.reference_as(e, &e.ty.clone());
                let path = match e.ty {
                    Ty::Str => "fast::iter::chars",
                    Ty::Bytes => "fast::iter::octets",
                    _ => "fast::iter::items",
                };
                call(path, vec![items])
            }
            Source::Reversed(e) => {
                let items = self.reference_as(e, &e.ty.clone());
                call("fast::iter::reversed", vec![items])
            }
            Source::Enumerate { start, inner } => {
                let inner = self.plain_iterator(inner);
                let start = super::convert::pinned(self.value(start), &start.ty);
                method(text(format!("({}..)", bound(&start))), "zip", vec![inner])
            }
            Source::Zip(parts) => {
                let mut iterators = parts
                    .iter()
                    .map(|p| self.plain_iterator(p))
                    .collect::<Vec<_>>()
                    .into_iter();
                let first = match iterators.next() {
                    // An array becomes an iterator by itself only where one is asked for.
                    Some(array @ (Rx::Array(_) | Rx::Block { .. })) => method(array, "into_iter", vec![]),
                    Some(iterator) => iterator,
                    None => call("std::iter::empty::<()>", vec![]),
                };
                iterators.fold(parenthesised_range(first), |chain, next| {
                    method(chain, "zip", vec![next])
                })
            }
            _ => unreachable!("not a plain source"),
        }
    }

    /// The parts of a tuple, one after the other.
    fn tuple_items(&mut self, e: &Expr) -> Rx {
        let Ty::Tuple(types) = &e.ty else {
            unreachable!("asked only of tuples")
        };
        let value = match self.value(e) {
            Rx::Tuple(parts) => return Rx::Array(parts),
            value => value,
        };
        let names: Vec<String> = types.iter().map(|_| self.namer.take("part")).collect();
        let comma = if names.len() == 1 { "," } else { "" };
        let bind = Rs::Let {
            pattern: format!("({}{comma})", names.join(", ")),
            ty: None,
            value: Some(value),
        };
        block(vec![bind], Rx::Array(names.into_iter().map(text).collect()))
    }

    fn source_pattern(&mut self, source: &Source, element: &Ty, target: &Target, header: usize) -> (String, Vec<Rs>) {
        match (source, element, target) {
            // `a.zip(b).zip(c)` gives `((a, b), c)`.
            (Source::Zip(sources), Ty::Tuple(types), Target::Unpack { parts, star: None })
                if sources.len() > 2 && parts.len() == types.len() =>
            {
                let mut patterns = Vec::new();
                let mut after = Vec::new();
                for ((source, part), ty) in sources.iter().zip(parts).zip(types) {
                    let (pattern, more) = self.source_pattern(source, ty, part, header);
                    patterns.push(pattern);
                    after.extend(more);
                }
                let nested = patterns
                    .into_iter()
                    .reduce(|chain, next| format!("({chain}, {next})"))
                    .unwrap_or_default();
                (nested, after)
            }
            (Source::Zip(sources), Ty::Tuple(_), _) if sources.len() > 2 => {
                let names: Vec<String> = sources.iter().map(|_| self.namer.take("part")).collect();
                let nested = names
                    .iter()
                    .cloned()
                    .reduce(|chain, next| format!("({chain}, {next})"))
                    .unwrap_or_default();
                let whole = Rx::Tuple(names.into_iter().map(text).collect());
                let mut after = Vec::new();
                self.bind_typed(target, whole, element, &mut after);
                (nested, after)
            }
            (Source::Enumerate { inner, .. }, Ty::Tuple(types), Target::Unpack { parts, star: None })
                if parts.len() == 2 =>
            {
                let (index, mut after) = self.part_pattern(&parts[0], &types[0], Some(header));
                let (item, more) = self.source_pattern(inner, &types[1], &parts[1], header);
                after.extend(more);
                (format!("({index}, {item})"), after)
            }
            _ => self.part_pattern(target, element, Some(header)),
        }
    }

    /// The source's items as a list of type `to`.
    pub fn collected_source(&mut self, source: &Source, element: &Ty, to: &Ty) -> Rx {
        if let Source::Items(e) = source
            && is_fresh(e)
            && e.ty == *to
        {
            return self.value(e);
        }
        let pair;
        let wanted = match to {
            Ty::List(wanted) => wanted,
            Ty::Dict(key, value) => {
                pair = Ty::Tuple(vec![(**key).clone(), (**value).clone()]);
                &pair
            }
            _ => element,
        };
        let made = |items: Rx| match to {
            Ty::Dict(..) => call("Dict::from_items", vec![items]),
            _ => call("List::from_vec", vec![items]),
        };
        let boxed = |items: Rx| {
            if element == wanted {
                return items;
            }
            let body = convert(text("item"), element, wanted);
            let closure = Rx::Closure {
                params: "item".to_owned(),
                body: Box::new(body),
                is_move: false,
            };
            method(items, "map", vec![closure])
        };
        if source.is_plain() {
            let iterator = parenthesised_range(self.plain_iterator(source));
            let chained = match source {
                Source::Zip(parts) if parts.len() == 3 => {
                    method(iterator, "map", vec![text("|((a, b), c)| (a, b, c)")])
                }
                Source::Zip(parts) if parts.len() == 4 => {
                    method(iterator, "map", vec![text("|(((a, b), c), d)| (a, b, c, d)")])
                }
                _ => iterator,
            };
            let items = boxed(chained);
            if matches!(to, Ty::Dict(..)) {
                return self.attempt_dict(made(items), to);
            }
            return made(method(items, "collect", vec![]));
        }
        let (e, name) = match source {
            Source::Stream(call) => {
                let stream = self.value(call);
                let items = self.attempt(method(stream, "all", vec![]));
                let items = match element == wanted {
                    true => items,
                    false => method(boxed(method(items, "into_iter", vec![])), "collect", vec![]),
                };
                return self.attempt_dict(made(items), to);
            }
            Source::DictKeys(e) => (e, "keys"),
            Source::DictValues(e) => (e, "values"),
            Source::DictItems(e) | Source::WatchedItems(e) => (e, "items"),
            _ => unreachable!("the others are plain"),
        };
        let table = self.reference_as(e, &e.ty.clone());
        let mut items = method(unreference(table), name, vec![]);
        if element != wanted {
            items = method(boxed(method(items, "into_iter", vec![])), "collect", vec![]);
        }
        self.attempt_dict(made(items), to)
    }

    /// Making a dict hashes its keys, which may raise.
    fn attempt_dict(&mut self, made: Rx, to: &Ty) -> Rx {
        if matches!(to, Ty::Dict(..)) {
            self.attempt(made)
        } else {
            made
        }
    }

    /// An expression converted to the type wanted.
    pub fn converted(&mut self, inner: &Expr, to: &Ty) -> Rx {
        if let crate::ir::ExprKind::Source(source) = &inner.kind {
            return self.collected_source(source, &inner.ty, to);
        }
        if let (crate::ir::ExprKind::Call { callee, args, keywords }, Ty::Dyn, Ty::Bool) = (&inner.kind, &inner.ty, to)
            && let Some(truth) = self.call_truth(callee, args, keywords)
        {
            return truth;
        }
        let value = self.value(inner);
        convert(value, &inner.ty, to)
    }
}

/// The operation by which the items of a new list come one after the other.
fn one_by_one(e: &Expr) -> Option<(&'static Row, &[Expr])> {
    match &e.kind {
        ExprKind::Op { row, args } => Some((rows::one_by_one(row)?, args)),
        _ => None,
    }
}

/// A list that nobody else holds.
pub fn is_fresh(e: &Expr) -> bool {
    let made = match &e.kind {
        ExprKind::Op { row, .. } => matches!(row.ret, Pattern::List(_)),
        ExprKind::List(items) => !items.is_empty(),
        ExprKind::Comp { kind, .. } => *kind == CompKind::List,
        _ => false,
    };
    made && matches!(e.ty, Ty::List(_))
}

fn print(e: &Rx) -> String {
    let mut printer = Printer::new(0);
    printer.expr(e);
    printer.finish()
}

/// A bound of a range.
fn bound(e: &Rx) -> String {
    let mut printer = Printer::new(0);
    printer.operand(e);
    printer.finish()
}

fn parenthesised_range(e: Rx) -> Rx {
    match &e {
        Rx::Text(s) if s.contains("..") => text(format!("({s})")),
        _ => e,
    }
}

fn unreference(e: Rx) -> Rx {
    match e {
        Rx::Ref(inner) => *inner,
        other => other,
    }
}
