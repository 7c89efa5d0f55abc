//! Which code changes nothing that other code can see: it may run on another thread, and in another order.
//!
//! Such code binds only variables of its own, changes only containers that it made itself, and calls only code of the
//! same kind. Exceptions are no effect.

use crate::ir::func::Storage;
use crate::ir::rows::Row;
use crate::ir::{
    AugTarget, Callee, Expr, ExprKind, FuncId, Function, GlobalKind, Keyed, LocalId, MapKind, Program, Stmt, StmtKind,
    Target, Ty,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Rows that change their first operand.
const CHANGES: [&str; 38] = [
    "counter.update",
    "deque.append",
    "deque.appendleft",
    "deque.clear",
    "deque.extend",
    "deque.extendleft",
    "deque.pop",
    "deque.popleft",
    "deque.reverse",
    "deque.rotate",
    "heapq.heapify",
    "heapq.heappop",
    "heapq.heappush",
    "heapq.heappushpop",
    "heapq.heapreplace",
    "list.append",
    "list.pop",
    "list.insert",
    "list.extend",
    "list.remove",
    "list.reverse",
    "list.sort",
    "list.clear",
    "dict.pop",
    "dict.setdefault",
    "dict.update",
    "dict.clear",
    "set.add",
    "set.remove",
    "set.discard",
    "set.clear",
    "set.pop",
    "set.update",
    "+=",
    "|=",
    "&=",
    "-=",
    "^=",
];
/// The operation changes its first operand.
pub fn changes_first(row: &Row, args: &[Expr]) -> bool {
    // Looking into a dict with defaults makes what it lacks.
    let makes = row.name == "item" && matches!(args.first().map(|a| &a.ty), Some(Ty::Mapping(MapKind::Default, ..)));
    makes || CHANGES.contains(&row.name.as_str())
}

/// Builtins that only compute.
const BUILTINS: [&str; 26] = [
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "bool",
    "chr",
    "divmod",
    "float",
    "format",
    "hash",
    "hex",
    "int",
    "isinstance",
    "len",
    "max",
    "min",
    "oct",
    "ord",
    "pow",
    "repr",
    "round",
    "sorted",
    "str",
    "sum",
    "callable",
];
/// Library functions that only compute.
const LIBRARY: [&str; 9] = [
    "json.loads",
    "json.dumps",
    "hashlib.md5",
    "hashlib.sha1",
    "hashlib.sha224",
    "hashlib.sha256",
    "hashlib.sha384",
    "hashlib.sha512",
    "binascii.crc32",
];
/// Methods of builtin values that change nothing.
const METHODS: [&str; 37] = [
    "get",
    "items",
    "keys",
    "values",
    "copy",
    "count",
    "index",
    "split",
    "rsplit",
    "splitlines",
    "strip",
    "lstrip",
    "rstrip",
    "lower",
    "upper",
    "title",
    "capitalize",
    "swapcase",
    "casefold",
    "replace",
    "startswith",
    "endswith",
    "find",
    "rfind",
    "join",
    "format",
    "zfill",
    "encode",
    "decode",
    "hexdigest",
    "digest",
    "isdigit",
    "isalpha",
    "isalnum",
    "isspace",
    "partition",
    "bit_length",
];

/// Answers for the functions of one program.
pub struct Purity<'a> {
    program: &'a Program,
    known: HashMap<FuncId, bool>,
    /// No value of a class of the program exists, so operators and methods of dynamic values are builtin ones.
    builtin_values: bool,
}

impl<'a> Purity<'a> {
    pub fn new(program: &'a Program) -> Purity<'a> {
        Purity {
            program,
            known: HashMap::new(),
            builtin_values: program.classes.iter().all(|class| class.layout.is_some()),
        }
    }

    /// The code of the block of `function` is pure.
    pub fn block(&mut self, function: &Function, block: &[Stmt]) -> bool {
        let own = own_containers(block);
        let mut calls = BTreeSet::new();
        let pure = block.iter().all(|stmt| self.stmt(function, stmt, &own, &mut calls));
        pure && calls.into_iter().all(|id| self.function(id))
    }

    pub fn expr(&mut self, function: &Function, e: &Expr) -> bool {
        let mut calls = BTreeSet::new();
        self.parts(function, e, &HashSet::new(), &mut calls) && calls.into_iter().all(|id| self.function(id))
    }

    fn function(&mut self, id: FuncId) -> bool {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        // A recursive call is as pure as the rest.
        self.known.insert(id, true);
        let function = self.program.function(id);
        let plain = function.flavor == crate::ir::func::Flavor::Plain;
        let pure = plain && self.block(function, &function.body);
        self.known.insert(id, pure);
        pure
    }

    fn stmt(&self, function: &Function, stmt: &Stmt, own: &HashSet<LocalId>, calls: &mut BTreeSet<FuncId>) -> bool {
        let mut pure = true;
        stmt.walk(&mut |s| {
            pure &= match &s.kind {
                StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => {
                    // A variable that inner functions share can be seen from elsewhere.
                    let mut plain = true;
                    target.locals(&mut |id| plain &= function.local(id).storage == Storage::Plain);
                    plain && stores_privately(target, own)
                }
                StmtKind::Aug { target, .. } => match target {
                    AugTarget::Local(id) => function.local(*id).storage == Storage::Plain,
                    AugTarget::Item { object, .. } => is_own(object, own),
                    AugTarget::Global(_) | AugTarget::Attr { .. } => false,
                },
                StmtKind::DelItem { object, .. } => is_own(object, own),
                StmtKind::DelGlobal(_) | StmtKind::DelAttr { .. } | StmtKind::With { .. } => false,
                _ => true,
            };
        });
        stmt.walk_exprs(&mut |e| pure &= self.step(function, e, own, calls));
        pure
    }

    fn parts(&self, function: &Function, e: &Expr, own: &HashSet<LocalId>, calls: &mut BTreeSet<FuncId>) -> bool {
        let mut pure = true;
        e.walk(&mut |inner| pure &= self.step(function, inner, own, calls));
        pure
    }

    /// What this expression does itself, apart from its parts.
    fn step(&self, function: &Function, e: &Expr, own: &HashSet<LocalId>, calls: &mut BTreeSet<FuncId>) -> bool {
        match &e.kind {
            ExprKind::Const(_) | ExprKind::Builtin(_) | ExprKind::Library { .. } => true,
            ExprKind::Local(id, _) => function.local(*id).storage == Storage::Plain,
            // Nobody changes a module variable meanwhile.
            ExprKind::Global(id) => !matches!(self.program.global(*id).kind, GlobalKind::Function(_)),
            ExprKind::Op { row, args } => !changes_first(row, args) || args.first().is_some_and(|a| is_own(a, own)),
            ExprKind::Keyed { what, list, key, .. } => {
                calls.insert(*key);
                *what != Keyed::Sort || is_own(list, own)
            }
            ExprKind::Call { callee, .. } => self.callee(callee, calls),
            ExprKind::Yield(_)
            | ExprKind::YieldFrom(_)
            | ExprKind::Await(_)
            | ExprKind::MakeFunction { .. }
            | ExprKind::MakeClass { .. }
            | ExprKind::Super { .. }
            | ExprKind::ModuleValue(_)
            | ExprKind::CurrentException
            | ExprKind::Attr { .. } => false,
            ExprKind::Unary { .. }
            | ExprKind::Binary { .. }
            | ExprKind::Compare { .. }
            | ExprKind::Item { .. }
            | ExprKind::Truth(_)
            | ExprKind::Format(_) => self.builtin_values,
            ExprKind::Comp { clauses, .. } => {
                self.builtin_values || clauses.iter().all(|c| matches!(c.iter.kind, ExprKind::Source(_)))
            }
            _ => true,
        }
    }

    fn callee(&self, callee: &Callee, calls: &mut BTreeSet<FuncId>) -> bool {
        match callee {
            Callee::Function(id) => {
                calls.insert(*id);
                true
            }
            Callee::Builtin(name) => {
                let plain = name.strip_prefix(".ops::").unwrap_or(name);
                self.builtin_values && (BUILTINS.contains(&plain) || is_exception(plain))
            }
            Callee::Library { module, name } => {
                self.builtin_values && (module == "math" || LIBRARY.contains(&format!("{module}.{name}").as_str()))
            }
            Callee::Method { name, .. } => self.builtin_values && METHODS.contains(&name.as_str()),
            Callee::Value(_) => false,
        }
    }
}

fn is_exception(name: &str) -> bool {
    name.ends_with("Error") || name == "Exception"
}

fn stores_privately(target: &Target, own: &HashSet<LocalId>) -> bool {
    match target {
        Target::Local(_) => true,
        Target::Item { object, .. } => is_own(object, own),
        Target::Unpack { parts, .. } => parts.iter().all(|p| stores_privately(p, own)),
        Target::Global(_) | Target::Attr { .. } => false,
    }
}

fn is_own(e: &Expr, own: &HashSet<LocalId>) -> bool {
    match &e.kind {
        ExprKind::Local(id, _) => own.contains(id),
        // A container that is made on the spot.
        ExprKind::Op { row, args } if row.name == "dict.setdefault" => args.first().is_some_and(|a| is_own(a, own)),
        _ => is_fresh(e),
    }
}

/// The variables that only ever hold containers made in the block itself.
fn own_containers(block: &[Stmt]) -> HashSet<LocalId> {
    let mut fresh = HashSet::new();
    let mut other = HashSet::new();
    for stmt in block {
        stmt.walk(&mut |s| match &s.kind {
            StmtKind::Assign {
                value,
                target: Target::Local(id),
            } if is_fresh(value) => {
                fresh.insert(*id);
            }
            StmtKind::Assign { target, .. } | StmtKind::For { target, .. } => target.locals(&mut |id| {
                other.insert(id);
            }),
            StmtKind::Aug {
                target: AugTarget::Local(id),
                ..
            } => {
                other.insert(*id);
            }
            _ => {}
        });
    }
    fresh.difference(&other).copied().collect()
}

/// Evaluating it makes a new container.
fn is_fresh(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::List(_) | ExprKind::Dict(_) | ExprKind::Set(_) | ExprKind::Comp { .. } => true,
        ExprKind::Op { row, .. } => {
            matches!(
                row.name.as_str(),
                "sorted" | "list" | "list.copy" | "dict.copy" | "set.copy" | "slice" | "str.split"
            ) || matches!(row.name.as_str(), "*" | "+") && matches!(e.ty, Ty::List(_))
        }
        ExprKind::Convert(inner) => matches!(inner.kind, ExprKind::Source(_)) || is_fresh(inner),
        _ => false,
    }
}
