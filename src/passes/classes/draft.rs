//! A function of a class that is written here, statement by statement.

use crate::ir::func::{Flavor, Local, Storage};
use crate::ir::{
    Arg, Callee, Class, ClassId, Expr, ExprKind, FuncId, Function, LocalId, Param, ParamKind, Program, Stmt, StmtKind,
    Ty,
};
use crate::source::Span;

/// The first parameter.
pub const THIS: LocalId = LocalId(0);

pub struct Draft {
    function: Function,
}

impl Draft {
    /// A method that takes `self`.
    pub fn new(name: &str, class: &Class, id: ClassId) -> Draft {
        let mut draft = Draft {
            function: Function {
                id: FuncId(u32::MAX),
                name: name.to_owned(),
                qualname: format!("{}.{name}", class.qualname),
                module: class.module,
                parent: None,
                class: Some(id),
                span: class.span,
                doc: None,
                params: Vec::new(),
                locals: Vec::new(),
                body: Vec::new(),
                flavor: Flavor::Plain,
                ret: Ty::Dyn,
            },
        };
        draft.param("self", None);
        draft
    }

    /// A function that no name of the class stands for, after such a name.
    pub fn helper(name: &str, class: &Class, id: ClassId) -> Draft {
        let mut draft = Draft::new(name, class, id);
        draft.function.name = format!("{}_{name}", class.name);
        draft
    }

    pub fn name(&self) -> &str {
        &self.function.name
    }

    pub fn span(&self) -> Span {
        self.function.span
    }

    pub fn params(&self) -> &[Param] {
        &self.function.params
    }

    pub fn param(&mut self, name: &str, default: Option<Expr>) -> LocalId {
        self.add_param(Param {
            name: name.to_owned(),
            kind: ParamKind::Positional,
            local: THIS,
            default,
            default_span: None,
            annotation: None,
        })
    }

    /// A parameter like one of another function.
    pub fn add_param(&mut self, param: Param) -> LocalId {
        let local = LocalId(self.function.locals.len() as u32);
        self.function.locals.push(Local {
            name: param.name.clone(),
            storage: Storage::Plain,
            ty: Ty::Dyn,
            maybe_unbound: false,
            temporary: false,
        });
        self.function.params.push(Param { local, ..param });
        local
    }

    pub fn push(&mut self, kind: StmtKind) {
        let stmt = self.stmt(kind);
        self.function.body.push(stmt);
    }

    pub fn stmt(&self, kind: StmtKind) -> Stmt {
        Stmt {
            kind,
            span: self.span(),
        }
    }

    pub fn expr(&self, kind: ExprKind) -> Expr {
        Expr::new(kind, self.span())
    }

    pub fn local(&self, id: LocalId) -> Expr {
        Expr::local(id, self.span())
    }

    pub fn attribute(&self, of: LocalId, name: &str) -> Expr {
        let object = Box::new(self.local(of));
        let name = name.to_owned();
        self.expr(ExprKind::Attr { object, name })
    }

    /// `if cond: then`
    pub fn when(&self, cond: Expr, then: StmtKind) -> StmtKind {
        StmtKind::If {
            cond,
            then: vec![self.stmt(then)],
            orelse: Vec::new(),
        }
    }

    /// `isinstance(object, Class)`, by the name of the class.
    pub fn is_instance(&self, object: LocalId, class: Expr) -> Expr {
        let test = ExprKind::Call {
            callee: Callee::Builtin("isinstance".to_owned()),
            args: vec![Arg::One(self.local(object)), Arg::One(class)],
            keywords: Vec::new(),
        };
        truth(self.expr(test))
    }

    pub fn done(self) -> Function {
        self.function
    }

    /// Gives the function its place in the program.
    pub fn add_to(self, program: &mut Program) -> FuncId {
        add(program, self.function)
    }
}

pub fn add(program: &mut Program, function: Function) -> FuncId {
    let id = FuncId(program.functions.len() as u32);
    program.functions.push(Function { id, ..function });
    id
}

pub fn truth(e: Expr) -> Expr {
    let span = e.span;
    Expr::typed(ExprKind::Truth(Box::new(e)), Ty::Bool, span)
}

pub fn not(e: Expr) -> Expr {
    let span = e.span;
    Expr::typed(ExprKind::Not(Box::new(e)), Ty::Bool, span)
}

pub fn both(left: Expr, right: Expr) -> Expr {
    let span = left.span;
    Expr::typed(ExprKind::And(Box::new(left), Box::new(right)), Ty::Bool, span)
}
