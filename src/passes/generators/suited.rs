//! Which generators can run inside the loops that consume them.

use crate::ir::func::{Flavor, Local, ParamKind, Storage};
use crate::ir::{
    Arg, AugTarget, Block, Callee, ClassId, Expr, ExprKind, FuncId, Function, GlobalId, GlobalKind, Label, LocalId,
    Program, Stmt, StmtKind, Target, Ty,
};
use crate::passes::analyses::assigned;
use std::collections::{HashMap, HashSet};

/// Generators that can run inside the loops that consume them, made ready: `yield from` is a loop with a `yield`.
pub struct Suited {
    functions: HashMap<FuncId, Function>,
    /// Methods by name, where only one class has a function of that name; and the variable that holds the class.
    methods: HashMap<String, (FuncId, GlobalId)>,
}

impl Suited {
    pub fn is_empty(&self) -> bool {
        self.functions.is_empty()
    }

    /// All of them, in the order of the program.
    pub fn in_order(&self) -> impl Iterator<Item = (FuncId, &Function)> {
        let mut ids: Vec<FuncId> = self.functions.keys().copied().collect();
        ids.sort();
        ids.into_iter().map(|id| (id, &self.functions[&id]))
    }

    pub fn function(&self, id: FuncId) -> Option<&Function> {
        self.functions.get(&id).filter(|f| f.class.is_none())
    }

    /// A function or method.
    pub fn any(&self, id: FuncId) -> Option<&Function> {
        self.functions.get(&id)
    }

    pub fn method(&self, name: &str) -> Option<(&Function, GlobalId)> {
        let (id, class) = self.methods.get(name)?;
        Some((self.functions.get(id)?, *class))
    }
}

pub fn find(program: &Program, usable: &dyn Fn(FuncId) -> bool) -> Suited {
    let stops = Stops::of(program);
    let functions: HashMap<FuncId, Function> = (program.functions.iter())
        .filter(|f| f.flavor == Flavor::Generator && usable(f.id) && is_suited(f) && stops.never_leave(f.id))
        .map(|f| (f.id, ready(f)))
        .collect();
    let methods = if functions.is_empty() {
        HashMap::new()
    } else {
        methods(program, &functions)
    };
    Suited { functions, methods }
}

fn is_suited(function: &Function) -> bool {
    let whole = |kind| !matches!(kind, ParamKind::VarArgs | ParamKind::VarKeywords);
    let unbound = assigned::analyse(function, &vec![None; function.locals.len()]).maybe_unbound;
    function.params.iter().all(|p| whole(p.kind))
        && function.locals.iter().all(|l| l.storage == Storage::Plain)
        && !unbound.contains(&true)
        && yields_openly(&function.body)
}

/// Every `yield` is a statement outside `try` and `with`; nothing makes functions or classes, or asks for its frame.
fn yields_openly(block: &[Stmt]) -> bool {
    block.iter().all(|stmt| {
        let mut fine = true;
        match &stmt.kind {
            StmtKind::Try { .. } | StmtKind::With { .. } => stmt.walk_exprs(&mut |e| fine &= is_plain(e)),
            StmtKind::Expr(Expr {
                kind: ExprKind::Yield(value) | ExprKind::YieldFrom(value),
                ..
            }) => value.walk(&mut |e| fine &= is_plain(e)),
            _ => {
                stmt.exprs(&mut |e| e.walk(&mut |e| fine &= is_plain(e)));
                stmt.blocks(&mut |inner| fine &= yields_openly(inner));
            }
        }
        fine
    })
}

fn is_plain(e: &Expr) -> bool {
    if let ExprKind::Seq(stmts, _) = &e.kind {
        // The operand of a chained comparison, or an assignment expression.
        return stmts.iter().all(|stmt| {
            matches!(
                stmt.kind,
                StmtKind::Assign {
                    target: Target::Local(_),
                    ..
                }
            )
        });
    }
    !matches!(
        e.kind,
        ExprKind::Yield(_)
            | ExprKind::YieldFrom(_)
            | ExprKind::Await(_)
            | ExprKind::MakeFunction { .. }
            | ExprKind::MakeClass { .. }
            | ExprKind::Super { .. }
    )
}

/// The generator with each `yield from` written as a loop: who only takes values out cannot tell.
fn ready(function: &Function) -> Function {
    let mut made = function.clone();
    let mut labels = u32::MAX;
    let mut body = std::mem::take(&mut made.body);
    loops(&mut body, &mut made.locals, &mut labels);
    made.body = body;
    made
}

fn loops(block: &mut Block, locals: &mut Vec<Local>, labels: &mut u32) {
    for stmt in block {
        let span = stmt.span;
        if let StmtKind::Expr(Expr {
            kind: ExprKind::YieldFrom(iter),
            ..
        }) = &stmt.kind
        {
            locals.push(Local {
                name: "item".to_owned(),
                storage: Storage::Plain,
                ty: Ty::Dyn,
                maybe_unbound: false,
                temporary: true,
            });
            let item = LocalId(locals.len() as u32 - 1);
            let value = Expr::new(ExprKind::Yield(Box::new(Expr::local(item, span))), span);
            *labels -= 1;
            stmt.kind = StmtKind::For {
                label: Label(*labels),
                iter: (**iter).clone(),
                target: Target::Local(item),
                body: vec![Stmt {
                    kind: StmtKind::Expr(value),
                    span,
                }],
                orelse: Block::new(),
            };
        } else {
            stmt.blocks_mut(&mut |inner| loops(inner, locals, labels));
        }
    }
}

/// Names by which a program could give an object another method, or another class, than its class statement says.
const MEDDLERS: [&str; 8] = [
    "__getattribute__",
    "__instancecheck__",
    "__class__",
    "__dict__",
    "register",
    "setattr",
    "vars",
    "type",
];

/// Methods that nothing else in the program could be taken for, once the object is known to be of the class.
fn methods(program: &Program, functions: &HashMap<FuncId, Function>) -> HashMap<String, (FuncId, GlobalId)> {
    let mut bound: HashMap<&str, HashSet<ClassId>> = HashMap::new();
    let mut named: HashSet<&str> = HashSet::new();
    for function in &program.functions {
        named.insert(&function.name);
        for stmt in &function.body {
            stmt.walk(&mut |s| stores(s, &mut named));
            stmt.walk_exprs(&mut |e| match &e.kind {
                ExprKind::MakeClass { class, namespace, .. } => {
                    for (name, _) in namespace {
                        bound.entry(name).or_default().insert(*class);
                    }
                }
                // With one argument it only asks.
                ExprKind::Call {
                    callee: Callee::Builtin(name),
                    args,
                    ..
                } if name == "type" && matches!(args.as_slice(), [Arg::One(_)]) => {}
                ExprKind::Builtin(name)
                | ExprKind::Attr { name, .. }
                | ExprKind::Call {
                    callee: Callee::Builtin(name) | Callee::Method { name, .. },
                    ..
                } if MEDDLERS.contains(&name.as_str()) => {
                    named.insert(name);
                }
                _ => {}
            });
        }
    }
    let mut found = HashMap::new();
    if MEDDLERS.iter().any(|name| named.contains(name)) {
        return found;
    }
    let mut stored: HashSet<&str> = HashSet::new();
    for stmt in program.functions.iter().flat_map(|f| &f.body) {
        stmt.walk(&mut |s| stores(s, &mut stored));
    }
    for function in &program.functions {
        for (class, name, id) in bound_by_def(program, function) {
            let alone = program.functions.iter().filter(|f| f.name == name).count() == 1;
            let once = bound.get(name).is_some_and(|classes| classes.len() == 1);
            if functions.contains_key(&id) && alone && once && !stored.contains(name) {
                found.insert(name.to_owned(), (id, class));
            }
        }
    }
    found
}

/// Attributes that a statement sets or deletes by name.
fn stores<'s>(stmt: &'s Stmt, found: &mut HashSet<&'s str>) {
    match &stmt.kind {
        StmtKind::Assign { target, .. }
        | StmtKind::For { target, .. }
        | StmtKind::With {
            target: Some(target), ..
        } => stored(target, found),
        StmtKind::Aug {
            target: AugTarget::Attr { name, .. },
            ..
        }
        | StmtKind::DelAttr { name, .. } => {
            found.insert(name);
        }
        _ => {}
    }
}

fn stored<'t>(target: &'t Target, found: &mut HashSet<&'t str>) {
    match target {
        Target::Attr { name, .. } => {
            found.insert(name);
        }
        Target::Unpack { parts, .. } => parts.iter().for_each(|part| stored(part, found)),
        _ => {}
    }
}

/// Methods that the class statements among a module's own statements bind by `def` alone, and the class's variable. Only
/// such classes as are there before any code of the program is called, which could ask for them too early.
fn bound_by_def<'p>(program: &'p Program, function: &'p Function) -> Vec<(GlobalId, &'p str, FuncId)> {
    let mut values: HashMap<LocalId, Vec<&Expr>> = HashMap::new();
    let mut classes = Vec::new();
    for stmt in function.body.iter().take_while(|stmt| !calls(stmt)) {
        let StmtKind::Assign { value, target } = &stmt.kind else {
            continue;
        };
        match (target, &value.kind) {
            (Target::Local(local), _) => values.entry(*local).or_default().push(value),
            (Target::Global(global), ExprKind::MakeClass { class, namespace, .. })
                if program.global(*global).kind == GlobalKind::Class(*class) =>
            {
                classes.push((*global, namespace));
            }
            _ => {}
        }
    }
    let mut methods = Vec::new();
    for (global, namespace) in classes {
        for (name, local) in namespace {
            if let Some([value]) = values.get(local).map(Vec::as_slice)
                && let ExprKind::MakeFunction { func, .. } = &value.kind
            {
                methods.push((global, name.as_str(), *func));
            }
        }
    }
    methods
}

/// Something that may be the program's is called.
fn calls(stmt: &Stmt) -> bool {
    let mut found = false;
    stmt.walk_exprs(&mut |e| {
        found |= matches!(
            e.kind,
            ExprKind::Call {
                callee: Callee::Function(_) | Callee::Method { .. } | Callee::Value(_),
                ..
            }
        );
    });
    found
}

/// Where StopIteration may come from.
struct Stops<'p> {
    program: &'p Program,
    sources: HashSet<FuncId>,
    /// Operators of instances may raise it.
    anywhere: bool,
    method_names: HashSet<&'p str>,
}

/// Builtins that call nothing of the program but what their operands' classes define.
const QUIET: [&str; 28] = [
    "range",
    "len",
    "enumerate",
    "zip",
    "int",
    "float",
    "str",
    "ord",
    "chr",
    "min",
    "max",
    "abs",
    "sum",
    "sorted",
    "list",
    "set",
    "dict",
    "tuple",
    "print",
    "isinstance",
    "reversed",
    "divmod",
    "round",
    "bool",
    "repr",
    "any",
    "all",
    "pow",
];

impl<'p> Stops<'p> {
    fn of(program: &'p Program) -> Stops<'p> {
        let mut sources = HashSet::new();
        for function in program.functions.iter().filter(|f| !program.is_library(f.module)) {
            let mut found = false;
            let mut see = |e: &Expr| found |= is_source(e);
            function.body.iter().for_each(|stmt| stmt.walk_exprs(&mut see));
            if found {
                sources.insert(function.id);
            }
        }
        let is_operator = |id: &FuncId| {
            let function = program.function(*id);
            function.class.is_some() && function.name.starts_with("__") && function.name != "__next__"
        };
        Stops {
            program,
            anywhere: sources.iter().any(is_operator),
            sources,
            method_names: (program.functions.iter())
                .filter(|f| f.class.is_some())
                .map(|f| f.name.as_str())
                .collect(),
        }
    }

    /// No StopIteration leaves what the generator calls, or raises itself.
    fn never_leave(&self, generator: FuncId) -> bool {
        if self.sources.is_empty() {
            return true;
        }
        if self.anywhere {
            return false;
        }
        let mut seen = HashSet::new();
        let mut open = vec![generator];
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let mut known = !self.sources.contains(&id);
            let mut see = |e: &Expr| match &e.kind {
                ExprKind::Call { callee, keywords, .. } => match callee {
                    Callee::Function(next) => open.push(*next),
                    Callee::Builtin(name) => known &= QUIET.contains(&name.as_str()) && keywords.is_empty(),
                    Callee::Library { module, .. } => known &= module == "math",
                    Callee::Method { name, .. } => known &= !self.method_names.contains(name.as_str()),
                    Callee::Value(_) => known = false,
                },
                ExprKind::MakeFunction { func, .. } => open.push(*func),
                ExprKind::Global(global) => {
                    if let GlobalKind::Function(func) = self.program.global(*global).kind {
                        open.push(func);
                    }
                }
                // Properties, and whatever runs when an attribute is read.
                ExprKind::Attr { name, .. } => known &= !self.method_names.contains(name.as_str()),
                _ => {}
            };
            (self.program.function(id).body.iter()).for_each(|stmt| stmt.walk_exprs(&mut see));
            if !known {
                return false;
            }
        }
        true
    }
}

/// Names StopIteration, or takes one value out of an iterator, which raises it.
fn is_source(e: &Expr) -> bool {
    match &e.kind {
        ExprKind::Builtin(name) => matches!(name.as_str(), "StopIteration" | "next"),
        ExprKind::Call { callee, args, .. } => match callee {
            Callee::Builtin(name) => name == "StopIteration" || name == "next" && args.len() != 2,
            Callee::Method { name, .. } => matches!(name.as_str(), "__next__" | "send" | "throw"),
            _ => false,
        },
        ExprKind::Attr { name, .. } => matches!(name.as_str(), "__next__" | "send" | "throw"),
        _ => false,
    }
}
