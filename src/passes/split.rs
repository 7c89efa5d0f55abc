//! One variable per type: a name that is bound anew, where nothing reads what it held before, becomes another variable.
//!
//! `line = line.split(",")` makes a list of what was a text. Reaching definitions (Aho et al., "Compilers", section
//! 9.2.4) tell which bindings can be read where; those that some reading shares belong together, and each such group,
//! a *web*, may have a type of its own. Webs whose types turn out the same are one variable again afterwards.
//!
//! Only what is bound by statements outside `try` and `with` is taken apart: there, control leaves at known places.

use crate::ir::func::{Flavor, Storage};
use crate::ir::visit_mut::Rewrite;
use crate::ir::{
    AugTarget, Callee, CompKind, Expr, ExprKind, FuncId, Function, Label, LocalId, Program, Stmt, StmtKind, Target,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// The variables that came out of each function's variables: the new one and the one that it was.
pub type Split = HashMap<FuncId, Vec<(LocalId, LocalId)>>;

/// Functions with more variables than this are left as they are: the analysis is quadratic in them.
const MOST_LOCALS: usize = 400;

/// Takes the variables of every function apart.
pub fn run(program: &mut Program) -> Split {
    let mut split = Split::new();
    let generators = (program.functions.iter())
        .filter(|function| function.flavor != Flavor::Plain)
        .map(|function| function.id)
        .collect();
    for function in &mut program.functions {
        let webs = Webs::of(function, &generators);
        let made = webs.take_apart(function);
        if !made.is_empty() {
            split.insert(function.id, made);
        }
    }
    split
}

/// Makes variables of one type one again. `forms` are the typed functions made of each original.
pub fn rejoin(program: &mut Program, forms: &HashMap<FuncId, Vec<FuncId>>, split: &Split) {
    for (original, pairs) in split {
        for form in forms.get(original).into_iter().flatten() {
            let function = &mut program.functions[form.index()];
            let mut moved: HashMap<LocalId, LocalId> = HashMap::new();
            for (at, (new, old)) in pairs.iter().enumerate() {
                let ty = &function.local(*new).ty;
                let before = pairs[..at]
                    .iter()
                    .filter(|(_, of)| of == old)
                    .map(|(earlier, _)| *earlier);
                let twin = std::iter::once(*old)
                    .chain(before)
                    .find(|other| function.local(*other).ty == *ty);
                moved.extend(twin.map(|twin| (*new, *moved.get(&twin).unwrap_or(&twin))));
            }
            if !moved.is_empty() {
                let mut renamer = Renamer {
                    of_place: &|_, id| moved.get(&id).copied(),
                };
                function.body.iter_mut().for_each(|stmt| renamer.stmt(stmt));
            }
        }
    }
}

/// The definitions that may have bound each variable, by variable.
type State = Vec<BTreeSet<u32>>;
/// Where an expression, a target or a statement stands in memory.
type Place = usize;

fn place<T>(part: &T) -> Place {
    std::ptr::from_ref(part) as usize
}

/// Bindings and readings of a function's variables. Definition `n`, for `n` below the number of variables, is what the
/// variable `n` is at the start.
struct Webs {
    splittable: Vec<bool>,
    /// Union-find over definitions.
    parents: Vec<u32>,
    /// The variable that each definition binds.
    bound: Vec<LocalId>,
    definitions: HashMap<Place, u32>,
    readings: HashMap<Place, u32>,
    /// Variables that something reads as they are at the start.
    read_at_start: HashSet<LocalId>,
    breaks: HashMap<Label, State>,
    continues: HashMap<Label, State>,
}

impl Webs {
    fn of(function: &Function, generators: &HashSet<FuncId>) -> Webs {
        let count = function.locals.len();
        let mut webs = Webs {
            splittable: splittable(function, generators),
            parents: (0..count as u32).collect(),
            bound: (0..count as u32).map(LocalId).collect(),
            definitions: HashMap::new(),
            readings: HashMap::new(),
            read_at_start: HashSet::new(),
            breaks: HashMap::new(),
            continues: HashMap::new(),
        };
        if webs.splittable.contains(&true) {
            let start = (0..count as u32).map(|at| BTreeSet::from([at])).collect();
            webs.block(&function.body, Some(start));
        }
        webs
    }

    fn find(&self, definition: u32) -> u32 {
        let mut at = definition;
        while self.parents[at as usize] != at {
            at = self.parents[at as usize];
        }
        at
    }

    fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        // The earliest stands for all.
        self.parents[a.max(b) as usize] = a.min(b);
    }

    fn is_splittable(&self, id: LocalId) -> bool {
        self.splittable[id.index()]
    }

    /// Something reads the variable: whatever may have bound it belongs together.
    fn read(&mut self, id: LocalId, at: Place, state: &State) {
        let reaching = &state[id.index()];
        let Some(first) = reaching.first().copied() else { return };
        for other in reaching.iter().skip(1) {
            self.unite(first, *other);
        }
        if reaching.contains(&id.0) {
            self.read_at_start.insert(id);
        }
        self.readings.insert(at, first);
    }

    fn reads(&mut self, e: &Expr, state: &State) {
        e.walk(&mut |e| {
            if let ExprKind::Local(id, _) = e.kind
                && self.is_splittable(id)
            {
                self.read(id, place(e), state);
            }
        });
    }

    fn definition(&mut self, id: LocalId, at: Place) -> u32 {
        let next = self.parents.len() as u32;
        let definition = *self.definitions.entry(at).or_insert(next);
        if definition == next {
            self.parents.push(next);
            self.bound.push(id);
        }
        definition
    }

    fn bind(&mut self, target: &Target, state: &mut State) {
        match target {
            Target::Local(id) if self.is_splittable(*id) => {
                let definition = self.definition(*id, place(target));
                state[id.index()] = BTreeSet::from([definition]);
            }
            Target::Unpack { parts, .. } => parts.iter().for_each(|p| self.bind(p, state)),
            other => other.exprs(&mut |e| self.reads(e, state)),
        }
    }

    fn block(&mut self, block: &[Stmt], mut state: Option<State>) -> Option<State> {
        for stmt in block {
            state = self.stmt(stmt, state?);
        }
        state
    }

    /// The state after the statement; None where nothing comes after it.
    fn stmt(&mut self, stmt: &Stmt, mut state: State) -> Option<State> {
        match &stmt.kind {
            StmtKind::Assign { value, target } => {
                self.reads(value, &state);
                self.bind(target, &mut state);
            }
            StmtKind::Aug { target, value, .. } => {
                target.exprs(&mut |e| self.reads(e, &state));
                self.reads(value, &state);
                if let AugTarget::Local(id) = target
                    && self.is_splittable(*id)
                {
                    self.read(*id, place(stmt), &state);
                }
            }
            StmtKind::If { cond, then, orelse } => {
                self.reads(cond, &state);
                let after_then = self.block(then, Some(state.clone()));
                let after_else = self.block(orelse, Some(state));
                return joined(after_then, after_else);
            }
            StmtKind::While {
                label,
                cond,
                body,
                orelse,
            } => {
                return self.repeated(*label, state, orelse, |this, state| {
                    this.reads(cond, state);
                    this.block(body, Some(state.clone()))
                });
            }
            StmtKind::For {
                label,
                iter,
                target,
                body,
                orelse,
            } => {
                self.reads(iter, &state);
                return self.repeated(*label, state, orelse, |this, state| {
                    let mut state = state.clone();
                    this.bind(target, &mut state);
                    this.block(body, Some(state))
                });
            }
            StmtKind::Break(label) => {
                merge(self.breaks.entry(*label).or_default(), state);
                return None;
            }
            StmtKind::Continue(label) => {
                merge(self.continues.entry(*label).or_default(), state);
                return None;
            }
            StmtKind::Return(_) | StmtKind::Raise { .. } | StmtKind::Reraise => {
                stmt.exprs(&mut |e| self.reads(e, &state));
                return None;
            }
            // What these bind is not taken apart: the state is the same wherever control leaves them.
            StmtKind::Try { .. } | StmtKind::With { .. } => {
                stmt.exprs(&mut |e| self.reads(e, &state));
                if let StmtKind::With {
                    target: Some(target), ..
                } = &stmt.kind
                {
                    target.exprs(&mut |e| self.reads(e, &state));
                }
                stmt.blocks(&mut |block| {
                    self.block(block, Some(state.clone()));
                });
            }
            _ => stmt.exprs(&mut |e| self.reads(e, &state)),
        }
        Some(state)
    }

    /// A loop: `round` is one of its rounds.
    fn repeated(
        &mut self,
        label: Label,
        mut state: State,
        orelse: &[Stmt],
        mut round: impl FnMut(&mut Self, &State) -> Option<State>,
    ) -> Option<State> {
        loop {
            let before = state.clone();
            if let Some(end) = round(self, &state) {
                merge(&mut state, end);
            }
            if let Some(continued) = self.continues.get(&label) {
                merge(&mut state, continued.clone());
            }
            if state == before {
                break;
            }
        }
        let after = self.block(orelse, Some(state));
        joined(after, self.breaks.get(&label).cloned())
    }

    /// Gives every web but one of each variable a variable of its own.
    fn take_apart(&self, function: &mut Function) -> Vec<(LocalId, LocalId)> {
        let count = self.splittable.len() as u32;
        let params: HashSet<LocalId> = function.params.iter().map(|p| p.local).collect();
        let mut kept: HashMap<LocalId, u32> = HashMap::new();
        for id in &params {
            kept.insert(*id, self.find(id.0));
        }
        for id in &self.read_at_start {
            kept.entry(*id).or_insert_with(|| self.find(id.0));
        }
        let mut made: HashMap<u32, LocalId> = HashMap::new();
        let mut split = Vec::new();
        for definition in count..self.parents.len() as u32 {
            let id = self.bound[definition as usize];
            let web = self.find(definition);
            if *kept.entry(id).or_insert(web) == web || made.contains_key(&web) {
                continue;
            }
            let new = LocalId(function.locals.len() as u32);
            function.locals.push(function.local(id).clone());
            made.insert(web, new);
            split.push((new, id));
        }
        if !split.is_empty() {
            let of = |at: Place| {
                let definition = self.definitions.get(&at).or_else(|| self.readings.get(&at))?;
                made.get(&self.find(*definition)).copied()
            };
            let mut renamer = Renamer {
                of_place: &|at, _| of(at),
            };
            function.body.iter_mut().for_each(|stmt| renamer.stmt(stmt));
        }
        split
    }
}

/// Puts other variables in the places of some.
struct Renamer<'a> {
    of_place: &'a dyn Fn(Place, LocalId) -> Option<LocalId>,
}

impl Renamer<'_> {
    fn rename(&self, at: Place, id: &mut LocalId) {
        if let Some(new) = (self.of_place)(at, *id) {
            *id = new;
        }
    }
}

impl Rewrite for Renamer<'_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        let at = place(stmt);
        if let StmtKind::Aug {
            target: AugTarget::Local(id),
            ..
        } = &mut stmt.kind
        {
            self.rename(at, id);
        }
        self.stmt_parts(stmt);
    }

    fn target(&mut self, target: &mut Target) {
        let at = place(target);
        if let Target::Local(id) = target {
            self.rename(at, id);
        }
        self.target_parts(target);
    }

    fn expr(&mut self, e: &mut Expr) {
        let at = place(e);
        if let ExprKind::Local(id, _) = &mut e.kind {
            self.rename(at, id);
        }
        self.expr_parts(e);
    }
}

fn joined(a: Option<State>, b: Option<State>) -> Option<State> {
    match (a, b) {
        (Some(mut a), Some(b)) => {
            merge(&mut a, b);
            Some(a)
        }
        (a, b) => a.or(b),
    }
}

fn merge(into: &mut State, other: State) {
    if into.is_empty() {
        *into = other;
        return;
    }
    for (into, mut other) in into.iter_mut().zip(other) {
        into.append(&mut other);
    }
}

/// The variables that may be taken apart, for every variable of the function.
fn splittable(function: &Function, generators: &HashSet<FuncId>) -> Vec<bool> {
    let is_own = |l: &crate::ir::func::Local| l.storage == Storage::Plain && !l.temporary;
    let mut splittable: Vec<bool> = function.locals.iter().map(is_own).collect();
    if function.locals.len() > MOST_LOCALS {
        splittable.fill(false);
        return splittable;
    }
    let mut keep = |id: LocalId| splittable[id.index()] = false;
    for stmt in &function.body {
        stmt.walk(&mut |s| match &s.kind {
            StmtKind::DelLocal(id) => keep(*id),
            StmtKind::Assign {
                value,
                target: Target::Local(id),
            } if shows_its_end(value, generators) => keep(*id),
            StmtKind::Try { handlers, .. } => {
                handlers.iter().filter_map(|h| h.name).for_each(&mut keep);
                s.blocks(&mut |block| bound_in(block, &mut keep));
            }
            StmtKind::With { target, .. } => {
                target.iter().for_each(|t| t.locals(&mut keep));
                s.blocks(&mut |block| bound_in(block, &mut keep));
            }
            _ => {}
        });
        stmt.walk_exprs(&mut |e| match &e.kind {
            ExprKind::Seq(block, _) => bound_in(block, &mut keep),
            ExprKind::Comp { clauses, .. } => clauses.iter().for_each(|c| c.target.locals(&mut keep)),
            ExprKind::MakeClass { namespace, .. } => namespace.iter().for_each(|(_, id)| keep(*id)),
            _ => {}
        });
    }
    splittable
}

/// What happens when the value is let go can be seen: binding the name anew is when.
fn shows_its_end(value: &Expr, generators: &HashSet<FuncId>) -> bool {
    match &value.kind {
        ExprKind::Comp { kind, .. } => *kind == CompKind::Generator,
        ExprKind::Call { callee, .. } => match callee {
            Callee::Function(id) => generators.contains(id),
            Callee::Builtin(name) => matches!(name.as_str(), "open" | "iter" | "map" | "filter" | "zip" | "enumerate"),
            Callee::Method { name, .. } => name == "open",
            Callee::Library { name, .. } => name == "open",
            Callee::Value(_) => false,
        },
        _ => false,
    }
}

/// Everything that the statements of a block bind, however deep.
fn bound_in(block: &[Stmt], keep: &mut dyn FnMut(LocalId)) {
    for stmt in block {
        stmt.walk(&mut |s| match &s.kind {
            StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => target.locals(keep),
            StmtKind::Aug {
                target: AugTarget::Local(id),
                ..
            } => keep(*id),
            _ => {}
        });
    }
}
