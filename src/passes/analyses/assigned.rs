//! Definite assignment: which locals some path reads before they are bound, and which are bound more than once.
//!
//! The control flow followed is the one that the emitted Rust has, so that rustc agrees: a handler starts with what
//! was bound when its `try` began.

use crate::ir::visit::Part;
use crate::ir::{AugTarget, Block, Callee, Expr, ExprKind, Function, Label, LocalId, Stmt, StmtKind, Target};
use crate::passes::analyses::placement::{Place, block_id, comp_id};
use std::collections::HashMap;

/// What is known of each local, by its index.
#[derive(Debug)]
pub struct Assigned {
    pub maybe_unbound: Vec<bool>,
    /// Bound where it may have been bound before.
    pub rebound: Vec<bool>,
    pub read: Vec<bool>,
}

/// `places` says where each local is declared: a block that declares one starts with it unbound.
pub fn analyse(function: &Function, places: &[Option<Place>]) -> Assigned {
    let count = function.locals.len();
    let mut places = places.to_vec();
    for param in &function.params {
        places[param.local.index()] = None;
    }
    let mut flow = Flow {
        facts: Assigned {
            maybe_unbound: vec![false; count],
            rebound: vec![false; count],
            read: vec![false; count],
        },
        breaks: HashMap::new(),
        continues: HashMap::new(),
        places: &places,
    };
    let mut state = State {
        live: true,
        definite: vec![false; count],
        possible: vec![false; count],
    };
    for param in &function.params {
        state.definite[param.local.index()] = true;
        state.possible[param.local.index()] = true;
    }
    flow.block(&function.body, state);
    flow.facts
}

#[derive(Clone, Debug)]
struct State {
    live: bool,
    definite: Vec<bool>,
    possible: Vec<bool>,
}

impl State {
    fn dead(mut self) -> State {
        self.live = false;
        self
    }

    fn join(self, other: State) -> State {
        match (self.live, other.live) {
            (false, _) => other,
            (_, false) => self,
            _ => State {
                live: true,
                definite: zip(&self.definite, &other.definite, |a, b| a && b),
                possible: zip(&self.possible, &other.possible, |a, b| a || b),
            },
        }
    }
}

fn zip(a: &[bool], b: &[bool], f: fn(bool, bool) -> bool) -> Vec<bool> {
    a.iter().zip(b).map(|(a, b)| f(*a, *b)).collect()
}

struct Flow<'a> {
    facts: Assigned,
    breaks: HashMap<Label, Vec<State>>,
    continues: HashMap<Label, Vec<State>>,
    places: &'a [Option<Place>],
}

impl Flow<'_> {
    /// What this block declares is new each time it is entered.
    fn enter(&self, block: usize, state: &mut State) {
        for (at, place) in self.places.iter().enumerate() {
            if place.is_some_and(|p| p.block == block) {
                state.possible[at] = false;
            }
        }
    }

    fn block(&mut self, block: &[Stmt], mut state: State) -> State {
        self.enter(block_id(block), &mut state);
        self.statements(block, state)
    }

    fn statements(&mut self, block: &[Stmt], mut state: State) -> State {
        for stmt in block {
            state = self.stmt(stmt, state);
        }
        state
    }

    fn stmt(&mut self, stmt: &Stmt, mut state: State) -> State {
        match &stmt.kind {
            StmtKind::If { cond, then, orelse } => {
                let (yes, no) = self.cond(cond, state);
                let yes = self.block(then, yes);
                let no = self.block(orelse, no);
                yes.join(no)
            }
            StmtKind::While {
                label,
                cond,
                body,
                orelse,
            } => self.while_loop(*label, cond, body, orelse, state),
            StmtKind::For {
                label,
                iter,
                target,
                body,
                orelse,
            } => {
                state = self.expr(iter, state);
                let entry = self.widened(state.clone(), |this, s| {
                    let mut s = s;
                    this.enter(block_id(body), &mut s);
                    let s = this.bind_target(target, s);
                    this.statements(body, s)
                });
                let mut head = entry.clone();
                self.enter(block_id(body), &mut head);
                let inside = self.bind_target(target, head);
                let end = self.statements(body, inside);
                self.continues.remove(label);
                let _ = end;
                let after = State {
                    live: state.live,
                    definite: state.definite,
                    possible: entry.possible,
                };
                let after = self.block(orelse, after);
                self.join_breaks(*label, after)
            }
            StmtKind::Break(label) => {
                self.breaks.entry(*label).or_default().push(state.clone());
                state.dead()
            }
            StmtKind::Continue(label) => {
                self.continues.entry(*label).or_default().push(state.clone());
                state.dead()
            }
            StmtKind::Return(value) => self.expr(value, state).dead(),
            StmtKind::Raise { .. } => self.direct(stmt, state).dead(),
            StmtKind::Reraise => state.dead(),
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finally,
            } => {
                let start = state.clone();
                let end = self.block(body, state);
                let mut caught = start;
                mark_assigned(body, &mut caught.possible);
                let mut after = self.block(orelse, end);
                let mut before_finally = caught.clone();
                mark_assigned(orelse, &mut before_finally.possible);
                for handler in handlers {
                    let mut entry = caught.clone();
                    self.enter(block_id(&handler.body), &mut entry);
                    if let Some(class) = &handler.class {
                        entry = self.expr(class, entry);
                    }
                    if let Some(name) = handler.name {
                        entry = self.bind(name, entry);
                    }
                    mark_assigned(&handler.body, &mut before_finally.possible);
                    let end = self.statements(&handler.body, entry);
                    after = after.join(end);
                }
                if finally.is_empty() {
                    return after;
                }
                self.block(finally, before_finally);
                self.block(finally, after)
            }
            StmtKind::With {
                manager, target, body, ..
            } => {
                state = self.expr(manager, state);
                let start = state.clone();
                if let Some(target) = target {
                    state = self.bind_target(target, state);
                }
                let end = self.block(body, state);
                if never_swallows(manager) {
                    return end;
                }
                // An exception that the manager swallows continues after the body.
                let mut swallowed = start;
                mark_assigned(body, &mut swallowed.possible);
                end.join(swallowed)
            }
            StmtKind::DelLocal(id) => {
                self.read(*id, &state);
                state.definite[id.index()] = false;
                self.facts.rebound[id.index()] = true;
                self.facts.maybe_unbound[id.index()] = true;
                state
            }
            _ => self.direct(stmt, state),
        }
    }

    fn while_loop(&mut self, label: Label, cond: &Expr, body: &Block, orelse: &Block, state: State) -> State {
        let entry = self.widened(state, |this, s| {
            let (yes, _) = this.cond(cond, s);
            this.block(body, yes)
        });
        let (yes, no) = self.cond(cond, entry);
        self.block(body, yes);
        self.continues.remove(&label);
        let forever = matches!(cond.kind, ExprKind::Const(crate::ir::Const::Bool(true))) || is_true(cond);
        let no = if forever { no.dead() } else { no };
        let after = self.block(orelse, no);
        self.join_breaks(label, after)
    }

    /// The state at the head of a loop: what the body may bind is possibly bound.
    fn widened(&mut self, state: State, body: impl Fn(&mut Self, State) -> State) -> State {
        let mut probe = Flow {
            facts: Assigned {
                maybe_unbound: vec![false; state.definite.len()],
                rebound: vec![false; state.definite.len()],
                read: vec![false; state.definite.len()],
            },
            breaks: HashMap::new(),
            continues: HashMap::new(),
            places: self.places,
        };
        let end = body(&mut probe, state.clone());
        let mut possible = zip(&state.possible, &end.possible, |a, b| a || b);
        for other in probe.breaks.values().chain(probe.continues.values()).flatten() {
            possible = zip(&possible, &other.possible, |a, b| a || b);
        }
        State {
            live: state.live,
            definite: state.definite,
            possible,
        }
    }

    fn join_breaks(&mut self, label: Label, after: State) -> State {
        self.breaks
            .remove(&label)
            .unwrap_or_default()
            .into_iter()
            .fold(after, State::join)
    }

    /// Statements without control flow of their own.
    fn direct(&mut self, stmt: &Stmt, mut state: State) -> State {
        match &stmt.kind {
            StmtKind::Assign { value, target } => {
                state = self.expr(value, state);
                self.bind_target(target, state)
            }
            StmtKind::Aug { target, value, .. } => {
                target.exprs(&mut |e| state = self.expr(e, state.clone()));
                if let AugTarget::Local(id) = target {
                    self.read(*id, &state);
                }
                state = self.expr(value, state);
                match target {
                    AugTarget::Local(id) => self.bind(*id, state),
                    _ => state,
                }
            }
            _ => {
                stmt.exprs(&mut |e| state = self.expr(e, state.clone()));
                state
            }
        }
    }

    fn bind_target(&mut self, target: &Target, mut state: State) -> State {
        target.exprs(&mut |e| state = self.expr(e, state.clone()));
        let mut bound = Vec::new();
        target.locals(&mut |id| bound.push(id));
        bound.into_iter().fold(state, |state, id| self.bind(id, state))
    }

    fn bind(&mut self, id: LocalId, mut state: State) -> State {
        if state.possible[id.index()] {
            self.facts.rebound[id.index()] = true;
        }
        state.definite[id.index()] = true;
        state.possible[id.index()] = true;
        state
    }

    fn read(&mut self, id: LocalId, state: &State) {
        self.facts.read[id.index()] = true;
        if state.live && !state.definite[id.index()] {
            self.facts.maybe_unbound[id.index()] = true;
        }
    }

    /// The states where the condition holds and where it does not.
    fn cond(&mut self, e: &Expr, state: State) -> (State, State) {
        match &e.kind {
            ExprKind::Not(inner) => {
                let (yes, no) = self.cond(inner, state);
                (no, yes)
            }
            ExprKind::And(left, right) => {
                let (yes, no) = self.cond(left, state);
                let (yes, right_no) = self.cond(right, yes);
                (yes, no.join(right_no))
            }
            ExprKind::Or(left, right) => {
                let (yes, no) = self.cond(left, state);
                let (right_yes, no) = self.cond(right, no);
                (yes.join(right_yes), no)
            }
            ExprKind::Truth(inner) => {
                let after = self.expr(inner, state);
                (after.clone(), after)
            }
            ExprKind::Seq(block, value) => {
                let state = self.block(block, state);
                self.cond(value, state)
            }
            _ => {
                let after = self.expr(e, state);
                (after.clone(), after)
            }
        }
    }

    fn expr(&mut self, e: &Expr, mut state: State) -> State {
        match &e.kind {
            ExprKind::Local(id, _) => {
                self.read(*id, &state);
                state
            }
            ExprKind::And(left, right) | ExprKind::Or(left, right) => {
                let after = self.expr(left, state);
                let right = self.expr(right, after.clone());
                after.join(right)
            }
            ExprKind::IfExp { cond, then, orelse } => {
                let (yes, no) = self.cond(cond, state);
                let yes = self.expr(then, yes);
                let no = self.expr(orelse, no);
                yes.join(no)
            }
            ExprKind::Comp {
                clauses, key, element, ..
            } => {
                let mut after = None;
                for clause in clauses {
                    state = self.expr(&clause.iter, state);
                    after.get_or_insert_with(|| state.clone());
                    self.enter(comp_id(e), &mut state);
                    state = self.bind_target(&clause.target, state);
                    for cond in &clause.conds {
                        state = self.cond(cond, state).0;
                    }
                }
                if let Some(key) = key {
                    state = self.expr(key, state);
                }
                state = self.expr(element, state);
                let after = after.unwrap_or_else(|| state.clone());
                State {
                    possible: state.possible,
                    ..after
                }
            }
            ExprKind::MakeClass { namespace, .. } => {
                namespace.iter().for_each(|(_, id)| self.facts.read[id.index()] = true);
                self.operands(e, state)
            }
            _ => self.operands(e, state),
        }
    }

    fn operands(&mut self, e: &Expr, state: State) -> State {
        let mut state = Some(state);
        e.parts(&mut |part| {
            let before = state.take().expect("put back after each part");
            state = Some(match part {
                Part::Expr(e) => self.expr(e, before),
                Part::Block(block) => self.block(block, before),
                Part::Target(target) => self.bind_target(target, before),
            });
        });
        state.expect("put back after each part")
    }
}

/// A context manager whose `__exit__` lets every exception pass: an open file.
pub fn never_swallows(manager: &Expr) -> bool {
    matches!(&manager.kind, ExprKind::Call { callee: Callee::Builtin(name), .. } if name == "open")
}

/// `while True`, `while 1`.
pub fn is_true(cond: &Expr) -> bool {
    match &cond.kind {
        ExprKind::Truth(inner) => match &inner.kind {
            ExprKind::Const(crate::ir::Const::Bool(value)) => *value,
            ExprKind::Const(crate::ir::Const::Int(value)) => value.sign() != num_bigint::Sign::NoSign,
            _ => false,
        },
        ExprKind::Const(crate::ir::Const::Bool(value)) => *value,
        _ => false,
    }
}

fn mark_assigned(block: &[Stmt], possible: &mut [bool]) {
    for stmt in block {
        stmt.walk(&mut |s| {
            let mut mark = |id: LocalId| possible[id.index()] = true;
            match &s.kind {
                StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => target.locals(&mut mark),
                StmtKind::With {
                    target: Some(target), ..
                } => target.locals(&mut mark),
                StmtKind::Aug {
                    target: AugTarget::Local(id),
                    ..
                } => mark(*id),
                _ => {}
            }
        });
    }
}
