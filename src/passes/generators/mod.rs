//! Generators that are consumed on the spot run inside the loop that consumes them: where the generator would yield, the
//! loop's round stands.
//!
//! `for x in numbers(n): use(x)` becomes the statements of `numbers`, with variables of their own, in which `yield v` is
//! `x = v; use(x)`. Python switches between the same two frames, so what runs, and in which order, is the same. Builtins
//! that take a generator apart, and comprehensions over one, are written out as loops first.
//!
//! Only such generators are taken whose frame nobody could miss: no `yield` stands in `try` or `with` (leaving the loop
//! early would close the generator there) or has a value sent to it, no variable may be unbound when it is read, no
//! inner function shares one, and nothing called from it can let a StopIteration out, which the frame would turn into
//! another exception.
//!
//! Where a variable holds a generator until one later place consumes it, and where a generator is given to another that
//! loops over it once, the call moves to where it is consumed, and only its arguments are worked out where it stood.
//!
//! A method is taken where only one class of the program has a function of that name: the loop asks whether the object
//! is an instance of that class, and a loop over the generator remains for where it is not.

mod consume;
mod held;
mod place;
mod streams;
mod suited;

pub use streams::Streams;

use crate::ir::bind::{Bound, bind};
use crate::ir::func::{Local, Storage};
use crate::ir::visit_mut::Rewrite;
use crate::ir::{
    Arg, Block, Callee, Const, Expr, ExprKind, FuncId, Function, GlobalId, Label, LocalId, ModuleId, Program, Stmt,
    StmtKind, Target, Ty,
};
use crate::source::Span;
use std::collections::HashMap;
use suited::Suited;

/// Statements that may be added to one function.
const MOST_ADDED: usize = 2000;
/// A round's statements times the places where it would stand, where these are several.
const MOST_COPIED: usize = 150;

/// Expressions that are iterated and known to be instances of a class: its `__iter__`, and the variable that holds the
/// class.
pub type Iterated = HashMap<(ModuleId, Span), (FuncId, GlobalId)>;

/// Rewrites the program. `usable` says which functions can be translated. Generators that remain can be gone through by
/// the forms of them that are given.
pub fn run(program: &mut Program, iterated: &Iterated, usable: &dyn Fn(FuncId) -> bool) -> Streams {
    let suited = suited::find(program, usable);
    if suited.is_empty() {
        return Streams::new();
    }
    let streams = streams::declare(program, &suited);
    let mut next_label = 1 << 25;
    let has_lengths = (program.functions.iter()).any(|f| f.class.is_some() && f.name == "__len__");
    for function in &mut program.functions {
        let mut pass = Pass {
            suited: &suited,
            iterated,
            has_lengths,
            module: function.module,
            next_label: &mut next_label,
            open: vec![function.id],
            room: MOST_ADDED,
            locals: std::mem::take(&mut function.locals),
            kept: Default::default(),
        };
        pass.move_held(&mut function.body);
        function.body.iter_mut().for_each(|stmt| pass.stmt(stmt));
        function.locals = pass.locals;
    }
    streams
}

struct Pass<'a> {
    suited: &'a Suited,
    iterated: &'a Iterated,
    /// Some class says how long its instances are.
    has_lengths: bool,
    module: ModuleId,
    next_label: &'a mut u32,
    /// The function that is rewritten, and the generators in whose bodies we are.
    open: Vec<FuncId>,
    room: usize,
    locals: Vec<Local>,
    /// Variables that are bound once, before anything names them.
    kept: std::collections::HashSet<LocalId>,
}

/// A call of a generator that can run inside the loop over it.
struct Site<'a> {
    generator: &'a Function,
    /// What each parameter gets, in the order of evaluation.
    args: Vec<Expr>,
    /// The object whose method this is, to be asked for its class: evaluated first, and the first argument.
    receiver: Option<Receiver>,
}

struct Receiver {
    object: Expr,
    /// The class, as a value.
    class: Expr,
}

impl Rewrite for Pass<'_> {
    fn stmt(&mut self, stmt: &mut Stmt) {
        self.stmt_parts(stmt);
        if let Some(counted) = self.counted(stmt) {
            *stmt = counted;
        } else {
            self.inline(stmt);
        }
    }

    fn expr(&mut self, e: &mut Expr) {
        self.expr_parts(e);
        self.written_out(e);
    }
}

impl<'a> Pass<'a> {
    /// The generator that a loop over this expression consumes, where it can run inside the loop.
    fn site(&self, iter: &Expr) -> Option<Site<'a>> {
        if let Some((id, class)) = self.iterated.get(&(self.module, iter.span)) {
            return self.iterated_site(iter, *id, *class);
        }
        let ExprKind::Call { callee, args, keywords } = &iter.kind else {
            return None;
        };
        let (generator, receiver) = match callee {
            Callee::Function(id) => (self.suited.function(*id)?, None),
            Callee::Method { object, name } => {
                let (generator, class) = self.suited.method(name)?;
                let class = Expr::new(ExprKind::Global(class), iter.span);
                let object = (**object).clone();
                (generator, Some(Receiver { object, class }))
            }
            _ => return None,
        };
        if self.open.contains(&generator.id) {
            return None;
        }
        let params = &generator.params[usize::from(receiver.is_some())..];
        let bound = bind(params, args, keywords)?;
        let args = bound.into_iter().zip(params).map(|(bound, param)| match bound {
            Bound::Given(e) => Some(e.clone()),
            Bound::Default => param.default.clone(),
            Bound::Rest(_) | Bound::NoKeywords => None,
        });
        Some(Site {
            generator,
            args: args.collect::<Option<_>>()?,
            receiver,
        })
    }

    /// A loop over an instance consumes the generator that its `__iter__` is.
    fn iterated_site(&self, object: &Expr, generator: FuncId, class: GlobalId) -> Option<Site<'a>> {
        let generator = self.suited.any(generator)?;
        let class = Expr::new(ExprKind::Global(class), object.span);
        let object = object.clone();
        let fresh = !self.open.contains(&generator.id) && generator.params.len() == 1;
        fresh.then_some(Site {
            generator,
            args: Vec::new(),
            receiver: Some(Receiver { object, class }),
        })
    }

    /// Puts the generator that a loop consumes in the loop's place.
    fn inline(&mut self, stmt: &mut Stmt) {
        let StmtKind::For { iter, body, .. } = &stmt.kind else {
            return;
        };
        let Some(site) = self.site(iter) else { return };
        let (own, round) = (place::size(&site.generator.body), place::size(body));
        let copies = place::yields(&site.generator.body);
        let added = own + round * copies;
        if added > self.room || copies > 1 && round * copies > MOST_COPIED {
            return;
        }
        self.room -= added;
        let span = stmt.span;
        let mut block = Block::new();
        match site.receiver {
            None => self.expand(site.generator, site.args, stmt, &mut block),
            Some(receiver) => {
                let object = self.held(receiver.object, &mut block);
                let mut args = vec![object.clone()];
                args.extend(site.args);
                let mut then = Block::new();
                self.expand(site.generator, args, stmt, &mut then);
                let mut otherwise = stmt.clone();
                if let StmtKind::For { iter, .. } = &mut otherwise.kind {
                    let place = if self.iterated.contains_key(&(self.module, iter.span)) {
                        Some(iter)
                    } else {
                        called_on(iter)
                    };
                    place.into_iter().for_each(|place| *place = object.clone());
                }
                let mut orelse = vec![otherwise];
                self.fresh_labels(&mut orelse);
                let cond = is_instance(object, receiver.class, span);
                let kind = StmtKind::If { cond, then, orelse };
                block.push(Stmt { kind, span });
            }
        }
        *stmt = grouped(block, span);
    }

    /// The value of an expression under a name that nothing binds anew while the loop runs.
    fn held(&mut self, value: Expr, out: &mut Block) -> Expr {
        let span = value.span;
        let local = self.fresh("given");
        self.kept.insert(local);
        out.push(assign(local, value, span));
        Expr::local(local, span)
    }

    /// The statements of the generator with the loop's rounds in them.
    fn expand(&mut self, generator: &Function, args: Vec<Expr>, looped: &Stmt, out: &mut Block) {
        let first = self.locals.len() as u32;
        self.locals.extend(generator.locals.iter().cloned());
        let mut body = generator.body.clone();
        place::renumber(&mut body, first);
        for (param, value) in generator.params.iter().zip(args) {
            let local = LocalId(param.local.0 + first);
            let piped = self.does_nothing_yet(&value);
            match place::only_loop(&mut body, local).filter(|_| piped) {
                Some(iter) => *iter = self.begun(value, out),
                None => out.push(assign(local, value, looped.span)),
            }
        }
        self.fresh_labels(&mut body);
        self.open.push(generator.id);
        body.iter_mut().for_each(|stmt| self.stmt(stmt));
        self.open.pop();
        self.placed(body, looped, out);
    }

    /// A call of a generator whose arguments are worked out now; the generator itself does nothing until it is asked.
    fn begun(&mut self, mut call: Expr, out: &mut Block) -> Expr {
        if self.iterated.contains_key(&(self.module, call.span)) {
            let span = call.span;
            let held = self.held(call, out);
            return Expr { span, ..held };
        }
        if let ExprKind::Call { callee, args, keywords } = &mut call.kind {
            if let Callee::Method { object, .. } = callee {
                **object = self.held((**object).clone(), out);
            }
            let args = args.iter_mut().map(Arg::expr_mut);
            for value in args.chain(keywords.iter_mut().map(|(_, e)| e)) {
                if self.does_nothing_yet(value) {
                    *value = self.begun(value.clone(), out);
                } else if !self.is_held(value) {
                    *value = self.held(value.clone(), out);
                }
            }
        }
        call
    }

    fn fresh(&mut self, name: &str) -> LocalId {
        self.locals.push(Local {
            name: name.to_owned(),
            storage: Storage::Plain,
            ty: Ty::Dyn,
            maybe_unbound: false,
            temporary: true,
        });
        LocalId(self.locals.len() as u32 - 1)
    }

    fn fresh_label(&mut self) -> Label {
        *self.next_label += 1;
        Label(*self.next_label)
    }
}

/// The object whose method a call calls.
fn called_on(call: &mut Expr) -> Option<&mut Expr> {
    match &mut call.kind {
        ExprKind::Call {
            callee: Callee::Method { object, .. },
            ..
        } => Some(object),
        _ => None,
    }
}

fn assign(local: LocalId, value: Expr, span: Span) -> Stmt {
    let target = Target::Local(local);
    Stmt {
        kind: StmtKind::Assign { value, target },
        span,
    }
}

fn truth() -> Expr {
    Expr::typed(ExprKind::Const(Const::Bool(true)), Ty::Bool, Span::default())
}

/// Several statements in the place of one.
fn grouped(block: Block, span: Span) -> Stmt {
    let kind = StmtKind::If {
        cond: truth(),
        then: block,
        orelse: Block::new(),
    };
    Stmt { kind, span }
}

fn is_instance(object: Expr, class: Expr, span: Span) -> Expr {
    let call = ExprKind::Call {
        callee: Callee::Builtin("isinstance".to_owned()),
        args: vec![Arg::One(object), Arg::One(class)],
        keywords: Vec::new(),
    };
    Expr::typed(ExprKind::Truth(Box::new(Expr::new(call, span))), Ty::Bool, span)
}
