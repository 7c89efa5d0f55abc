//! Calls: what is called decides the form.

use super::Lowerer;
use super::cycles::Asks;
use super::names::Meaning;
use crate::diagnostics::codes;
use crate::ir::{Arg, Callee, Expr, ExprKind, GlobalKind, Stmt, StmtKind, Target};
use crate::resolve::library;
use crate::resolve::scope::ScopeKind;
use crate::source::Span;
use crate::syntax::ast;

/// Builtins that look into frames or compile text: nothing a vessel can do exactly.
const FRAME_BUILTINS: [&str; 6] = ["eval", "exec", "compile", "globals", "locals", "__import__"];

impl Lowerer<'_, '_> {
    pub fn call(&mut self, func: &ast::Expr, args: &[ast::Expr], keywords: &[ast::Keyword], span: Span) -> Expr {
        let callee = self.callee(func, args.len() + keywords.len(), span);
        if let Err(value) = callee {
            return value;
        }
        let Ok(callee) = callee else {
            unreachable!("checked above")
        };
        self.check_attribute_question(&callee, args, span);
        let mut args = self.args(args);
        let first = self.kept_first(&callee, &mut args);
        let keywords = keywords
            .iter()
            .map(|k| (k.arg.as_ref().map(|a| a.name.clone()), self.expr(&k.value)))
            .collect();
        let call = Expr::new(ExprKind::Call { callee, args, keywords }, span);
        match first {
            Some(keep) => Expr::new(ExprKind::Seq(vec![keep], Box::new(call)), span),
            None => call,
        }
    }

    /// `f(*g())`: what `g` gives goes into a variable first, whose items types can be found of one by one.
    fn kept_first(&mut self, callee: &Callee, args: &mut [Arg]) -> Option<Stmt> {
        let Some(Arg::Star(first)) = args.first_mut() else {
            return None;
        };
        let is_call = matches!(first.kind, ExprKind::Call { .. });
        let is_fixed = match callee {
            Callee::Function(_) | Callee::Builtin(_) | Callee::Library { .. } => true,
            Callee::Value(value) => match value.kind {
                ExprKind::Global(id) => matches!(self.shared.program.global(id).kind, GlobalKind::Class(_)),
                _ => false,
            },
            Callee::Method { .. } => false,
        };
        if !is_call || !is_fixed {
            return None;
        }
        let temp = self.temp();
        let span = first.span;
        let value = std::mem::replace(first, Expr::local(temp, span));
        Some(Stmt {
            kind: StmtKind::Assign {
                value,
                target: Target::Local(temp),
            },
            span,
        })
    }

    /// What is called; or the whole call's value, where the call is one of a kind.
    fn callee(&mut self, func: &ast::Expr, arity: usize, span: Span) -> Result<Callee, Expr> {
        match &func.kind {
            ast::ExprKind::Name(name) => match self.meaning(name) {
                Meaning::Builtin(name) => self.builtin_callee(name, arity, span),
                Meaning::Unknown if FRAME_BUILTINS.contains(&name.as_str()) => {
                    self.builtin_callee(name.clone(), arity, span)
                }
                Meaning::Global(id) => Ok(match self.shared.program.global(id).kind {
                    GlobalKind::Function(func) => Callee::Function(func),
                    _ => Callee::Value(Box::new(self.read_module_name(id, name, func.span))),
                }),
                Meaning::Library { module, name } => Ok(Callee::Library { module, name }),
                _ => Ok(Callee::Value(Box::new(self.read_name(name, func.span)))),
            },
            ast::ExprKind::Attribute { value, attr } => match self.dotted_meaning(value, &attr.name) {
                Some(Meaning::Library { module, name }) => Ok(Callee::Library { module, name }),
                Some(Meaning::Global(id)) => Ok(self.global_callee(id, func.span)),
                Some(Meaning::Builtin(name)) => self.builtin_callee(name, arity, span),
                Some(_) => Ok(Callee::Value(Box::new(self.expr(func)))),
                None => {
                    let object = Box::new(self.expr(value));
                    Ok(Callee::Method {
                        object,
                        name: self.mangle(&attr.name),
                    })
                }
            },
            _ => Ok(Callee::Value(Box::new(self.expr(func)))),
        }
    }

    /// `hasattr(module, name)` and `getattr(module, name)`: vessels carry modules in part, so that the answer is right
    /// only for names they have, and for those that the interpreter does not have either.
    fn check_attribute_question(&mut self, callee: &Callee, args: &[ast::Expr], span: Span) {
        let Callee::Builtin(builtin) = callee else { return };
        let (true, [object, name, ..]) = (matches!(builtin.as_str(), "hasattr" | "getattr"), args) else {
            return;
        };
        let meaning = match &object.kind {
            ast::ExprKind::Name(name) => self.meaning(name),
            ast::ExprKind::Attribute { value, attr } => match self.dotted_meaning(value, &attr.name) {
                Some(meaning) => meaning,
                None => return,
            },
            _ => return,
        };
        let Meaning::Module(module) = meaning else { return };
        let known = match &name.kind {
            ast::ExprKind::Constant(ast::Constant::Str(name)) => {
                library::has_member(&module, name) || self.import_failure(&module, Some(name)).is_some()
            }
            _ => false,
        };
        if !known {
            let message = format!("what `{module}` has in the interpreter is not all that a vessel carries");
            self.refuse(&codes::UNKNOWN_MEMBER, span, message, "name the member: `module.name`");
        }
    }

    fn global_callee(&mut self, id: crate::ir::GlobalId, span: Span) -> Callee {
        match self.shared.program.global(id).kind {
            GlobalKind::Function(func) => Callee::Function(func),
            _ => Callee::Value(Box::new(self.read_of_module(id, Asks::Attribute, span))),
        }
    }

    fn builtin_callee(&mut self, name: String, arity: usize, span: Span) -> Result<Callee, Expr> {
        if FRAME_BUILTINS.contains(&name.as_str()) || arity == 0 && matches!(name.as_str(), "vars" | "dir") {
            self.refuse(
                &codes::FRAME_ACCESS,
                span,
                format!("`{name}()` looks into the running interpreter"),
                "pass what is needed as an argument",
            );
            return Err(Expr::none(span));
        }
        if name == "super" && arity == 0 {
            return Err(self.zero_argument_super(span));
        }
        Ok(Callee::Builtin(name))
    }

    /// `super()`: the class in whose body the function stands, and the function's first argument.
    fn zero_argument_super(&mut self, span: Span) -> Expr {
        let scope = self.context().scope;
        if self.scopes.get(scope).kind != ScopeKind::Function {
            // To CPython 3.11 a comprehension is a function whose first argument is an iterator.
            let message = "super(type, obj): obj must be an instance or subtype of type";
            return self.raised("TypeError", message, span);
        }
        let Some(first) = self.context().first_param.clone() else {
            return self.raised("RuntimeError", "super(): no arguments", span);
        };
        let object = Box::new(Expr::local(self.local_of(scope, &first), span));
        match self.enclosing_class(span) {
            Some(class) => Expr::new(
                ExprKind::Super {
                    class: Box::new(class),
                    object,
                },
                span,
            ),
            None => self.raised("RuntimeError", "super(): __class__ cell not found", span),
        }
    }

    /// An expression that raises.
    pub fn raised(&mut self, class: &str, message: &str, span: Span) -> Expr {
        self.raised_with(class, message, Vec::new(), span)
    }

    pub fn raised_with(
        &mut self,
        class: &str,
        message: &str,
        keywords: Vec<(Option<String>, Expr)>,
        span: Span,
    ) -> Expr {
        let kind = ExprKind::Call {
            callee: Callee::Builtin(class.to_owned()),
            args: vec![Arg::One(Expr::str(message, span))],
            keywords,
        };
        let exc = Expr::new(kind, span);
        let raise = Stmt {
            kind: StmtKind::Raise { exc, cause: None },
            span,
        };
        Expr::new(ExprKind::Seq(vec![raise], Box::new(Expr::none(span))), span)
    }
}
