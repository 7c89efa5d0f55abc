//! What `__init__` calls on the unfinished instance, taken into it: `super().__init__(...)`, `Base.__init__(self, ...)`
//! a dataclass's `self.__post_init__()`, and what binding a property runs, where they stand as statements of their own.

use super::constructor::{bound_attributes, is_self, returns};
use super::family::Meaning;
use crate::ir::bind::{Bound, bind};
use crate::ir::func::Storage;
use crate::ir::visit_mut::Rewrite;
use crate::ir::{
    Arg, AugTarget, Callee, ClassId, Expr, ExprKind, FuncId, Function, GlobalId, LocalId, Stmt, StmtKind, Target,
};

use std::borrow::Cow;

/// Finds the function that such a statement calls.
pub struct Called<'a> {
    /// The class that a module variable stands for.
    pub class: &'a dyn Fn(GlobalId) -> Option<ClassId>,
    /// What a name means to a class's instances.
    pub meaning: &'a dyn Fn(ClassId, &str) -> Option<Meaning>,
    pub base: &'a dyn Fn(ClassId) -> Option<ClassId>,
    /// The class whose instance is made.
    pub made: ClassId,
    pub function: &'a dyn Fn(FuncId) -> &'a Function,
}

impl Called<'_> {
    /// What a name means to the instance that is made.
    pub fn meaning_of(&self, name: &str) -> Option<Meaning> {
        (self.meaning)(self.made, name)
    }

    /// What a name of a class's instances calls.
    fn method(&self, class: ClassId, name: &str) -> Option<FuncId> {
        match (self.meaning)(class, name)? {
            Meaning::Method(func) => Some(func),
            _ => None,
        }
    }

    /// What binding a name of the instance calls.
    fn setter(&self, name: &str) -> Option<FuncId> {
        match self.meaning_of(name)? {
            Meaning::Property { set, .. } => set,
            _ => None,
        }
    }
}

/// How deep initializers may call each other.
const MAX_DEPTH: usize = 16;

/// The initializer with what it calls in its place. None where that cannot be followed.
pub fn inlined(init: &Function, called: &Called<'_>) -> Option<Function> {
    let mut out = Function {
        body: Vec::new(),
        ..init.clone()
    };
    let this = init.params[0].local;
    let mut taken = Taken {
        functions: Vec::new(),
        bound: bound_attributes(init, this),
    };
    take(&mut out, init.body.clone(), this, init.class?, called, &mut taken)?;
    Some(out)
}

/// What stands in the initializer by now.
struct Taken {
    functions: Vec<FuncId>,
    /// The attributes that it binds.
    bound: Vec<String>,
}

fn take(
    out: &mut Function,
    body: Vec<Stmt>,
    this: LocalId,
    class: ClassId,
    called: &Called<'_>,
    taken: &mut Taken,
) -> Option<()> {
    for stmt in body {
        let call = initializer_call(&stmt, this, class, called)
            .or_else(|| setter_call(&stmt, this, called))
            .or_else(|| binding_call(&stmt, this, called, taken));
        let Some(call) = call else {
            out.body.push(stmt);
            continue;
        };
        let Some(function) = call.function else {
            // `object` has nothing to initialize.
            (call.args.is_empty() && call.keywords.is_empty()).then_some(())?;
            continue;
        };
        // Labels and temporaries are a function's own: it can be taken once.
        if taken.functions.contains(&function) || taken.functions.len() == MAX_DEPTH {
            return None;
        }
        let inner = (called.function)(function);
        taken.functions.push(function);
        taken.bound.extend(bound_attributes(inner, inner.params.first()?.local));
        if returns(&inner.body) || inner.locals.iter().any(|l| l.storage != Storage::Plain) {
            return None;
        }
        let first = out.locals.len() as u32;
        out.locals.extend(inner.locals.iter().cloned());
        let own = inner.params.first()?.local;
        let moved = |local: LocalId| if local == own { this } else { LocalId(local.0 + first) };
        let bound = bind(&inner.params[1..], &call.args, call.keywords)?;
        for (bound, param) in bound.iter().zip(&inner.params[1..]) {
            let value = match bound {
                Bound::Given(e) => (*e).clone(),
                Bound::Default => param.default.clone()?,
                Bound::Rest(_) | Bound::NoKeywords => return None,
            };
            out.body.push(Stmt {
                kind: StmtKind::Assign {
                    value,
                    target: Target::Local(moved(param.local)),
                },
                span: stmt.span,
            });
        }
        let mut body = inner.body.clone();
        body.iter_mut().for_each(|s| Moved(&moved).stmt(s));
        take(out, body, this, inner.class?, called, taken)?;
    }
    Some(())
}

struct Call<'a> {
    /// None where it is `object`'s.
    function: Option<FuncId>,
    args: Cow<'a, [Arg]>,
    keywords: &'a [(Option<String>, Expr)],
}

/// The statement calls an initializer of the instance at hand.
fn initializer_call<'a>(stmt: &'a Stmt, this: LocalId, class: ClassId, called: &Called<'_>) -> Option<Call<'a>> {
    let StmtKind::Expr(Expr {
        kind:
            ExprKind::Call {
                callee: Callee::Method { object, name },
                args,
                keywords,
            },
        ..
    }) = &stmt.kind
    else {
        return None;
    };
    let (from, args) = match &object.kind {
        ExprKind::Super { class: of, object } if is_self(object, this) => {
            let of = global_class(of, called)?;
            (of == class).then_some(((called.base)(of), args.as_slice()))?
        }
        ExprKind::Global(id) => match args.as_slice() {
            [Arg::One(first), rest @ ..] if is_self(first, this) => (Some((called.class)(*id)?), rest),
            _ => return None,
        },
        ExprKind::Local(..) if is_self(object, this) && name == "__post_init__" => (Some(called.made), args.as_slice()),
        _ => return None,
    };
    if !matches!(name.as_str(), "__init__" | "__post_init__") {
        return None;
    }
    Some(Call {
        function: from.and_then(|class| called.method(class, name)),
        args: Cow::Borrowed(args),
        keywords,
    })
}

/// The statement calls a method that binds attributes which nothing else in the initializer does: `self.reset()`.
fn binding_call<'a>(stmt: &'a Stmt, this: LocalId, called: &Called<'_>, taken: &Taken) -> Option<Call<'a>> {
    let StmtKind::Expr(Expr {
        kind:
            ExprKind::Call {
                callee: Callee::Method { object, name },
                args,
                keywords,
            },
        ..
    }) = &stmt.kind
    else {
        return None;
    };
    let func = is_self(object, this).then(|| called.method(called.made, name))??;
    let function = (called.function)(func);
    let plain = function.locals.iter().all(|l| l.storage == Storage::Plain) && !returns(&function.body);
    let binds = bound_attributes(function, function.params.first()?.local);
    let binds_new = binds.iter().any(|name| !taken.bound.contains(name));
    (plain && binds_new && !taken.functions.contains(&func)).then_some(Call {
        function: Some(func),
        args: Cow::Borrowed(args),
        keywords,
    })
}

/// The statement binds a property of the instance at hand.
fn setter_call<'a>(stmt: &'a Stmt, this: LocalId, called: &Called<'_>) -> Option<Call<'a>> {
    let StmtKind::Assign {
        value,
        target: Target::Attr { object, name },
    } = &stmt.kind
    else {
        return None;
    };
    let function = is_self(object, this).then(|| called.setter(name))??;
    Some(Call {
        function: Some(function),
        args: Cow::Owned(vec![Arg::One(value.clone())]),
        keywords: &[],
    })
}

fn global_class(e: &Expr, called: &Called<'_>) -> Option<ClassId> {
    match &e.kind {
        ExprKind::Global(id) => (called.class)(*id),
        _ => None,
    }
}

/// Gives every variable its place in another function.
struct Moved<'a>(&'a dyn Fn(LocalId) -> LocalId);

impl Moved<'_> {
    fn local(&self, id: &mut LocalId) {
        *id = (self.0)(*id);
    }
}

impl Rewrite for Moved<'_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        match &mut stmt.kind {
            StmtKind::Aug {
                target: AugTarget::Local(id),
                ..
            }
            | StmtKind::DelLocal(id) => self.local(id),
            StmtKind::Try { handlers, .. } => {
                handlers
                    .iter_mut()
                    .filter_map(|h| h.name.as_mut())
                    .for_each(|id| self.local(id));
            }
            _ => {}
        }
        self.stmt_parts(stmt);
    }

    fn target(&mut self, target: &mut Target) {
        if let Target::Local(id) = target {
            self.local(id);
        }
        self.target_parts(target);
    }

    fn expr(&mut self, e: &mut Expr) {
        match &mut e.kind {
            ExprKind::Local(id, _) => self.local(id),
            ExprKind::MakeClass { namespace, .. } => namespace.iter_mut().for_each(|(_, id)| self.local(id)),
            _ => {}
        }
        self.expr_parts(e);
    }
}
