//! `map` and `filter` that are consumed on the spot become generator expressions: `sum(map(f, xs))` is
//! `sum(f(x) for x in xs)`. Both call `f` on one item after the other, as the consumer asks for them.

use crate::ir::func::{Flavor, Local, Storage};
use crate::ir::visit_mut::Rewrite;
use crate::ir::{
    Arg, Callee, Clause, CompKind, Expr, ExprKind, FuncId, Function, GlobalKind, Label, LocalId, Program, Stmt,
    StmtKind, Target, Ty,
};

/// Builtins that take an iterable apart before they return.
const CONSUMERS: [&str; 9] = ["list", "tuple", "set", "sum", "min", "max", "sorted", "any", "all"];
/// Builtins that have no effect beyond their result, whatever they are called with natively.
const MAPPED: [&str; 8] = ["int", "float", "str", "len", "abs", "ord", "chr", "bool"];

pub fn run(program: &mut Program) {
    let callable: Vec<bool> = program.functions.iter().map(is_callable).collect();
    let globals: Vec<Option<FuncId>> = (program.globals.iter())
        .map(|g| match g.kind {
            GlobalKind::Function(func) => Some(func),
            _ => None,
        })
        .collect();
    let mut next_label = 1 << 24;
    for function in &mut program.functions {
        let mut pass = Pass {
            callable: &callable,
            globals: &globals,
            locals: &mut function.locals,
            next_label: &mut next_label,
        };
        function.body.iter_mut().for_each(|stmt| pass.stmt(stmt));
    }
}

/// Takes one argument and can be called without its object.
fn is_callable(function: &Function) -> bool {
    let own_cells = function.locals.iter().all(|l| l.storage != Storage::Cell);
    function.params.len() == 1 && function.flavor == Flavor::Plain && own_cells
}

struct Pass<'a> {
    callable: &'a [bool],
    globals: &'a [Option<FuncId>],
    locals: &'a mut Vec<Local>,
    next_label: &'a mut u32,
}

impl Rewrite for Pass<'_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        match &mut stmt.kind {
            StmtKind::For { iter, .. } => self.rewrite(iter),
            StmtKind::Assign {
                value,
                target: Target::Unpack { star: None, .. },
            } => self.unpacked(value),
            _ => {}
        }
        self.stmt_parts(stmt);
    }

    fn expr(&mut self, e: &mut Expr) {
        if let ExprKind::Call { callee, args, .. } = &mut e.kind {
            let consumes = match callee {
                Callee::Builtin(name) => CONSUMERS.contains(&name.as_str()),
                Callee::Method { name, .. } => name == "join",
                _ => false,
            };
            if let ([Arg::One(only)], true) = (args.as_mut_slice(), consumes) {
                self.rewrite(only);
            }
        }
        self.expr_parts(e);
    }
}

impl Pass<'_> {
    /// `a, b = map(f, xs)` takes everything before it binds anything.
    fn unpacked(&mut self, value: &mut Expr) {
        self.rewrite(value);
        if let ExprKind::Comp { kind, .. } = &mut value.kind
            && *kind == CompKind::Generator
        {
            *kind = CompKind::List;
        }
    }

    fn rewrite(&mut self, e: &mut Expr) {
        let ExprKind::Call {
            callee: Callee::Builtin(name),
            args,
            keywords,
        } = &e.kind
        else {
            return;
        };
        let ([Arg::One(function), Arg::One(items)], true) = (args.as_slice(), keywords.is_empty()) else {
            return;
        };
        let is_map = match name.as_str() {
            "map" => true,
            "filter" => false,
            _ => return,
        };
        let Some(callee) = self.direct(function) else { return };
        let span = e.span;
        let local = self.fresh();
        let item = || Expr::local(local, span);
        let call = Expr::new(
            ExprKind::Call {
                callee,
                args: vec![Arg::One(item())],
                keywords: Vec::new(),
            },
            span,
        );
        let (element, conds) = if is_map {
            (call, Vec::new())
        } else {
            let truth = Expr::typed(ExprKind::Truth(Box::new(call)), Ty::Bool, span);
            (item(), vec![truth])
        };
        *self.next_label += 1;
        let clause = Clause {
            label: Label(*self.next_label),
            iter: items.clone(),
            target: Target::Local(local),
            conds,
        };
        e.kind = ExprKind::Comp {
            kind: CompKind::Generator,
            clauses: vec![clause],
            key: None,
            element: Box::new(element),
        };
    }

    fn direct(&self, function: &Expr) -> Option<Callee> {
        match &function.kind {
            ExprKind::Builtin(name) if MAPPED.contains(&name.as_str()) => Some(Callee::Builtin(name.clone())),
            ExprKind::MakeFunction {
                func,
                defaults,
                kw_defaults,
            } if defaults.is_empty() && kw_defaults.is_empty() && self.callable[func.index()] => {
                Some(Callee::Function(*func))
            }
            ExprKind::Global(id) => {
                let func = self.globals[id.index()]?;
                self.callable[func.index()].then_some(Callee::Function(func))
            }
            _ => None,
        }
    }

    fn fresh(&mut self) -> LocalId {
        self.locals.push(Local {
            name: "item".to_owned(),
            storage: Storage::Plain,
            ty: Ty::Dyn,
            maybe_unbound: false,
            temporary: true,
        });
        LocalId(self.locals.len() as u32 - 1)
    }
}
