//! Methods that stay in Python while the rest of their class does not.
//!
//! Such a method is one that only code naming it can come to: no builtin type has a method of its name, and no operation
//! of the language asks for it. Whatever names it is refused like a caller; in the class stands a stub that ends the
//! process, for the ways that are left: a name put together at run time, and the library's own code. What a class of the
//! library lacks is asked for by the program, and by the module that has the class; other modules of the library use
//! such names for their own.

use super::blocked::Blocked;
use crate::ir::func::Flavor;
use crate::ir::{Arg, Callee, Const, Expr, ExprKind, FuncId, Function, ModuleId, Program, Stmt, StmtKind};
use crate::resolve::library;
use std::collections::HashMap;

/// Special methods that nothing asks for but code that names them, or tools that vessels do not have.
const ON_REQUEST: [&str; 7] = [
    "__dir__",
    "__getnewargs__",
    "__getstate__",
    "__reduce__",
    "__setstate__",
    "__signature__",
    "__sizeof__",
];

/// The methods that stay behind alone, by the name under which code asks for them.
#[derive(Default)]
pub struct Apart {
    by_name: HashMap<String, Vec<Missing>>,
    methods: Vec<FuncId>,
}

/// A method that stays behind.
struct Missing {
    id: FuncId,
    /// The module of the library whose class has it.
    library: Option<ModuleId>,
}

impl Apart {
    /// Those among what is blocked.
    pub fn of(program: &Program, blocked: &Blocked) -> Apart {
        let mut found = Apart::default();
        let candidates = program.functions.iter().filter(|f| blocked.contains_key(&f.id));
        for function in candidates {
            if let Some(name) = asked_by(program, function) {
                let missing = Missing {
                    id: function.id,
                    library: program.is_library(function.module).then_some(function.module),
                };
                found.by_name.entry(name).or_default().push(missing);
                found.methods.push(function.id);
            }
        }
        found
    }

    pub fn contains(&self, id: FuncId) -> bool {
        self.methods.contains(&id)
    }

    /// The method that this expression of a module may lead to.
    pub fn named_by(&self, e: &Expr, module: ModuleId, program: &Program) -> Option<FuncId> {
        let name = match &e.kind {
            ExprKind::Attr { name, .. } => name,
            ExprKind::Call {
                callee: Callee::Method { name, .. },
                ..
            } => name,
            ExprKind::Call {
                callee: Callee::Builtin(builtin),
                args,
                ..
            } if builtin == "getattr" => match args.get(1).map(Arg::expr).map(|e| &e.kind) {
                Some(ExprKind::Const(Const::Str(text))) => text,
                _ => return None,
            },
            _ => return None,
        };
        let is_library = program.is_library(module);
        let asks = |missing: &&Missing| !is_library || missing.library == Some(module);
        self.by_name.get(name)?.iter().find(asks).map(|missing| missing.id)
    }

    /// Puts the stubs where the methods' code was.
    pub fn cut(&self, program: &mut Program) {
        for id in &self.methods {
            let function = &mut program.functions[id.index()];
            let (name, span) = (Expr::str(&function.qualname, function.span), function.span);
            let call = ExprKind::Call {
                callee: Callee::Builtin(".stays_in_python".to_owned()),
                args: vec![Arg::One(name)],
                keywords: Vec::new(),
            };
            function.flavor = Flavor::Plain;
            function.body = vec![Stmt {
                kind: StmtKind::Expr(Expr::new(call, span)),
                span,
            }];
        }
    }
}

/// The name by which code comes to the method; None where it can come to it otherwise.
fn asked_by(program: &Program, function: &Function) -> Option<String> {
    let class = program.class(function.class?);
    let name = &function.name;
    let special = name.starts_with("__") && name.ends_with("__");
    if special && !ON_REQUEST.contains(&name.as_str()) || library::is_builtin_method(name) {
        return None;
    }
    let is_private = name.starts_with("__") && !special;
    Some(if is_private {
        format!("_{}{name}", class.name.trim_start_matches('_'))
    } else {
        name.clone()
    })
}
