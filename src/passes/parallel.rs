//! Loops whose rounds are independent run on several threads.
//!
//! Two forms qualify: `for x in items: ...; out.append(value)`, and `[value for x in items]`, over a range or a list.
//! A round may read what lies outside it and must change nothing there (see `purity`); what it binds must be bound anew
//! in every round and used by no one afterwards. Then the rounds' values, put together in order, and the first
//! exception in order are what the loop gives, however many threads run it. The body becomes a function of its own.

use crate::ir::func::{Flavor, Local, Storage};
use crate::ir::{
    Clause, CompKind, Const, Expr, ExprKind, FuncId, Function, Label, LocalId, Parallel, Param, ParamKind, Program,
    Source, Stmt, StmtKind, Target, Ty, Use,
};
use crate::passes::analyses::purity::Purity;
use crate::passes::analyses::{assigned, placement};
use crate::source::Span;
use std::collections::{BTreeSet, HashMap};

/// The loops that were made parallel, by function.
pub type Loops = HashMap<FuncId, Vec<Span>>;

/// Makes loops of the program parallel. `threshold` is the number of rounds from which threads pay.
pub fn run(program: &mut Program, threshold: u64) -> Loops {
    let mut loops = Loops::new();
    for at in 0..program.functions.len() {
        let id = FuncId(at as u32);
        if program.functions[at].flavor != Flavor::Plain {
            continue;
        }
        let mut pass = Pass {
            program,
            function: id,
            threshold,
            found: Vec::new(),
        };
        let mut body = std::mem::take(&mut pass.program.functions[at].body);
        // Analyses look at the whole function.
        pass.program.functions[at].body.clone_from(&body);
        pass.block(&mut body);
        let found = pass.found;
        program.functions[at].body = body;
        if !found.is_empty() {
            loops.insert(id, found);
        }
    }
    loops
}

struct Pass<'a> {
    program: &'a mut Program,
    function: FuncId,
    threshold: u64,
    found: Vec<Span>,
}

impl Pass<'_> {
    fn block(&mut self, block: &mut [Stmt]) {
        for stmt in block {
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &mut Stmt) {
        if let Some(made) = self.loop_as_map(stmt) {
            self.found.push(stmt.span);
            *stmt = made;
            return;
        }
        match &mut stmt.kind {
            StmtKind::Assign { value, .. } | StmtKind::Return(value) => self.comprehension(value),
            StmtKind::If { then, orelse, .. } => {
                self.block(then);
                self.block(orelse);
            }
            StmtKind::While { body, orelse, .. } | StmtKind::For { body, orelse, .. } => {
                self.block(body);
                self.block(orelse);
            }
            // An exception half-way would show what was appended until then.
            _ => {}
        }
    }

    /// `for x in items: ...; out.append(value)`
    fn loop_as_map(&mut self, stmt: &Stmt) -> Option<Stmt> {
        let StmtKind::For {
            label,
            iter,
            target,
            body,
            orelse,
        } = &stmt.kind
        else {
            return None;
        };
        if !orelse.is_empty() || !is_divisible(iter) || !is_worth_it(body) {
            return None;
        }
        let (last, rest) = body.split_last()?;
        let (out, value) = appended(last)?;
        let function = self.program.function(self.function).clone();
        if !is_local_list(&function, out) || mentions(rest, out) || mentions_in(value, out) || mentions_in(iter, out) {
            return None;
        }
        let mut pure = Purity::new(self.program);
        if !pure.block(&function, rest) || !pure.expr(&function, value) || leaves(rest, *label) {
            return None;
        }
        let mut round = rest.to_vec();
        let optional = skips(&mut round, *label);
        round.push(Stmt {
            kind: StmtKind::Return(value.clone()),
            span: last.span,
        });
        let map = self.outlined(&function, iter, target, round, value, optional, stmt)?;
        let extend = crate::ir::rows::named("list.extend_new").first()?;
        let list = Expr::typed(
            ExprKind::Local(out, Use::Shared),
            function.local(out).ty.clone(),
            stmt.span,
        );
        let kind = ExprKind::Op {
            row: extend,
            args: vec![list, map],
        };
        Some(Stmt {
            kind: StmtKind::Expr(Expr::typed(kind, Ty::None, stmt.span)),
            span: stmt.span,
        })
    }

    /// `[value for x in items]`
    fn comprehension(&mut self, e: &mut Expr) {
        let ExprKind::Comp {
            kind: CompKind::List,
            clauses,
            element,
            ..
        } = &e.kind
        else {
            return;
        };
        let [
            Clause {
                iter, target, conds, ..
            },
        ] = clauses.as_slice()
        else {
            return;
        };
        let heavy = is_heavy(element);
        if !conds.is_empty() || !is_divisible(iter) || !heavy {
            return;
        }
        let function = self.program.function(self.function).clone();
        if !Purity::new(self.program).expr(&function, element) {
            return;
        }
        let span = e.span;
        let round = vec![Stmt {
            kind: StmtKind::Return((**element).clone()),
            span,
        }];
        let whole = Stmt {
            kind: StmtKind::Expr(e.clone()),
            span,
        };
        if let Some(map) = self.outlined(&function, iter, target, round, element, false, &whole) {
            self.found.push(span);
            *e = map;
        }
    }

    /// The round as a function, and the map over the items that calls it.
    #[allow(clippy::too_many_arguments, reason = "the parts of one loop")]
    fn outlined(
        &mut self,
        function: &Function,
        iter: &Expr,
        target: &Target,
        round: Vec<Stmt>,
        value: &Expr,
        optional: bool,
        whole: &Stmt,
    ) -> Option<Expr> {
        let Ty::List(element) = list_of(value) else { return None };
        let mut bound = BTreeSet::new();
        target.locals(&mut |id| {
            bound.insert(id);
        });
        let item = match target {
            Target::Local(id) => *id,
            _ => return None,
        };
        round.iter().for_each(|stmt| bound_in(stmt, &mut bound));
        if !private(function, whole, &bound) {
            return None;
        }
        let shared = read_in(&round, &bound);
        let facts = assigned::analyse(function, &placement::analyse(function));
        if shared
            .iter()
            .any(|id| facts.maybe_unbound[id.index()] || function.local(*id).storage != Storage::Plain)
        {
            return None;
        }
        let param = |local: LocalId, locals: &[Local]| Param {
            name: locals[local.index()].name.clone(),
            kind: ParamKind::Positional,
            local,
            default: None,
            default_span: None,
            annotation: None,
        };
        let (taken, locals, round) = taken_item(function, item, iter, round);
        let outlined = Function {
            id: FuncId(self.program.functions.len() as u32),
            name: format!("{}_round", function.name),
            qualname: format!("{}_round", function.qualname),
            doc: None,
            params: std::iter::once(taken)
                .chain(shared.iter().copied())
                .map(|local| param(local, &locals))
                .collect(),
            locals: locals.clone(),
            body: round,
            ret: if optional {
                Ty::option((*element).clone())
            } else {
                (*element).clone()
            },
            span: whole.span,
            class: None,
            ..function.clone()
        };
        if optional && matches!(*element, Ty::Option(_) | Ty::None | Ty::Dyn) {
            return None;
        }
        let facts = assigned::analyse(&outlined, &placement::analyse(&outlined));
        // What a round reads before it binds it comes from the round before.
        if bound.iter().any(|id| facts.maybe_unbound[id.index()]) {
            return None;
        }
        let round = outlined.id;
        self.program.functions.push(outlined);
        let shared = shared
            .iter()
            .map(|id| {
                let ty = function.local(*id).ty.clone();
                Expr::typed(ExprKind::Local(*id, Use::Shared), ty, whole.span)
            })
            .collect();
        let map = Parallel {
            source: Box::new(iter.clone()),
            round,
            shared,
            optional,
            threshold: self.threshold,
        };
        Some(Expr::typed(ExprKind::Parallel(map), Ty::List(element), whole.span))
    }
}

/// The parameter that takes the item: the loop's variable, or one of its own where that variable holds other types too.
fn taken_item(
    function: &Function,
    item: LocalId,
    iter: &Expr,
    mut round: Vec<Stmt>,
) -> (LocalId, Vec<Local>, Vec<Stmt>) {
    let mut locals = function.locals.clone();
    if locals[item.index()].ty == iter.ty {
        return (item, locals, round);
    }
    let taken = LocalId(locals.len() as u32);
    locals.push(Local {
        name: locals[item.index()].name.clone(),
        ty: iter.ty.clone(),
        storage: Storage::Plain,
        maybe_unbound: false,
        temporary: true,
    });
    let value = Expr::typed(ExprKind::Local(taken, Use::Shared), iter.ty.clone(), iter.span);
    let bind = StmtKind::Assign {
        value,
        target: Target::Local(item),
    };
    round.insert(
        0,
        Stmt {
            kind: bind,
            span: iter.span,
        },
    );
    (taken, locals, round)
}

fn list_of(value: &Expr) -> Ty {
    Ty::list(value.ty.clone())
}

/// A range or a list: its items can be had in any order.
fn is_divisible(iter: &Expr) -> bool {
    matches!(&iter.kind, ExprKind::Source(Source::Range { .. } | Source::Items(_)))
        && !matches!(&iter.kind, ExprKind::Source(Source::Items(e)) if !matches!(e.ty, Ty::List(_)))
}

/// `out.append(value)`
fn appended(stmt: &Stmt) -> Option<(LocalId, &Expr)> {
    let StmtKind::Expr(e) = &stmt.kind else { return None };
    match &e.kind {
        ExprKind::Op { row, args } if row.name == "list.append" => match args.as_slice() {
            [
                Expr {
                    kind: ExprKind::Local(out, _),
                    ..
                },
                value,
            ] => Some((*out, value)),
            _ => None,
        },
        _ => None,
    }
}

/// The variable holds only lists made by this function, which no one else has when the loop starts.
fn is_local_list(function: &Function, out: LocalId) -> bool {
    let mut fresh = function.params.iter().all(|p| p.local != out);
    for stmt in &function.body {
        stmt.walk(&mut |s| {
            if let StmtKind::Assign { value, target } = &s.kind {
                target.locals(&mut |id| fresh &= id != out || matches!(value.kind, ExprKind::List(_)));
            }
        });
    }
    fresh && function.local(out).storage == Storage::Plain
}

fn mentions(block: &[Stmt], local: LocalId) -> bool {
    let mut found = false;
    for stmt in block {
        stmt.walk_exprs(&mut |e| found |= matches!(e.kind, ExprKind::Local(id, _) if id == local));
        let mut bound = BTreeSet::new();
        bound_in(stmt, &mut bound);
        found |= bound.contains(&local);
    }
    found
}

fn mentions_in(e: &Expr, local: LocalId) -> bool {
    let mut found = false;
    e.walk(&mut |inner| found |= matches!(inner.kind, ExprKind::Local(id, _) if id == local));
    found
}

fn bound_in(stmt: &Stmt, bound: &mut BTreeSet<LocalId>) {
    stmt.walk(&mut |s| match &s.kind {
        StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => target.locals(&mut |id| {
            bound.insert(id);
        }),
        StmtKind::Aug {
            target: crate::ir::AugTarget::Local(id),
            ..
        }
        | StmtKind::DelLocal(id) => {
            bound.insert(*id);
        }
        StmtKind::Try { handlers, .. } => bound.extend(handlers.iter().filter_map(|h| h.name)),
        _ => {}
    });
    stmt.walk_exprs(&mut |e| {
        if let ExprKind::Comp { clauses, .. } = &e.kind {
            clauses.iter().for_each(|c| {
                c.target.locals(&mut |id| {
                    bound.insert(id);
                });
            });
        }
    });
}

/// The variables read in the round that the round does not bind.
fn read_in(round: &[Stmt], bound: &BTreeSet<LocalId>) -> BTreeSet<LocalId> {
    let mut read = BTreeSet::new();
    for stmt in round {
        stmt.walk_exprs(&mut |e| {
            if let ExprKind::Local(id, _) = e.kind
                && !bound.contains(&id)
            {
                read.insert(id);
            }
        });
    }
    read
}

/// Nothing outside the loop names what a round binds.
fn private(function: &Function, whole: &Stmt, bound: &BTreeSet<LocalId>) -> bool {
    let occurrences = |stmts: &[Stmt]| {
        let mut count = 0;
        for stmt in stmts {
            stmt.walk_exprs(&mut |e| {
                count += usize::from(matches!(e.kind, ExprKind::Local(id, _) if bound.contains(&id)))
            });
            stmt.walk(&mut |s| {
                if let StmtKind::Assign { target, .. } | StmtKind::For { target, .. } = &s.kind {
                    target.locals(&mut |id| count += usize::from(bound.contains(&id)));
                }
                if let StmtKind::DelLocal(id) = &s.kind {
                    count += usize::from(bound.contains(id));
                }
            });
        }
        count
    };
    let params = function.params.iter().any(|p| bound.contains(&p.local));
    let plain = bound.iter().all(|id| function.local(*id).storage == Storage::Plain);
    !params && plain && occurrences(&function.body) == occurrences(std::slice::from_ref(whole))
}

/// Some statement leaves the loop other than by going on with its next round.
fn leaves(body: &[Stmt], label: Label) -> bool {
    let mut found = false;
    for stmt in body {
        stmt.walk(&mut |s| {
            found |= match &s.kind {
                StmtKind::Return(_) => true,
                StmtKind::Break(l) => *l == label,
                _ => false,
            };
        });
    }
    found
}

/// Makes `continue` the end of the round; true where there is one.
fn skips(body: &mut [Stmt], label: Label) -> bool {
    let mut found = false;
    for stmt in body {
        if matches!(stmt.kind, StmtKind::Continue(l) if l == label) {
            stmt.kind = StmtKind::Return(Expr::typed(ExprKind::Const(Const::None), Ty::None, stmt.span));
            found = true;
        }
        stmt.parts_mut(&mut |part| {
            if let crate::ir::visit_mut::PartMut::Stmt(inner) = part {
                found |= skips(std::slice::from_mut(inner), label);
            }
        });
    }
    found
}

/// Enough happens in a round that handing it to a thread can pay.
fn is_worth_it(body: &[Stmt]) -> bool {
    let mut worth = false;
    for stmt in body {
        stmt.walk(&mut |s| {
            worth |= matches!(
                s.kind,
                StmtKind::For { .. } | StmtKind::While { .. } | StmtKind::Try { .. }
            )
        });
        stmt.walk_exprs(&mut |e| worth |= is_costly(e));
    }
    worth
}

fn is_heavy(e: &Expr) -> bool {
    let mut heavy = false;
    e.walk(&mut |inner| heavy |= is_costly(inner));
    heavy
}

fn is_costly(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Call { .. } | ExprKind::Comp { .. } | ExprKind::Format(_) | ExprKind::Keyed { .. } => true,
        ExprKind::Op { row, .. } => {
            row.name.starts_with("hashlib.") || row.name.starts_with("str.") || row.name.starts_with("json.")
        }
        _ => false,
    }
}
