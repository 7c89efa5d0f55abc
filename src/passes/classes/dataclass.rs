//! The methods that `@dataclass` writes, as functions of the program.

use super::statement::{Data, DataField, Default};
use crate::ir::func::{Flavor, Local, Storage};
use crate::ir::{
    Callee, Class, ClassId, Const, Expr, ExprKind, FuncId, Function, LocalId, ModuleId, Param, ParamKind, Piece, Stmt,
    StmtKind, Target, Ty,
};
use crate::source::Span;
use crate::syntax::ast::{CmpOp, Conversion};

/// A function whose body is being written.
struct Draft {
    function: Function,
}

impl Draft {
    fn new(name: &str, class: &Class, id: ClassId) -> Draft {
        let mut draft = Draft {
            function: Function {
                id: FuncId(u32::MAX),
                name: name.to_owned(),
                qualname: format!("{}.{name}", class.qualname),
                module: ModuleId(class.module.0),
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

    fn span(&self) -> Span {
        self.function.span
    }

    fn param(&mut self, name: &str, default: Option<Expr>) -> LocalId {
        let local = LocalId(self.function.locals.len() as u32);
        self.function.locals.push(Local {
            name: name.to_owned(),
            storage: Storage::Plain,
            ty: Ty::Dyn,
            maybe_unbound: false,
            temporary: false,
        });
        self.function.params.push(Param {
            name: name.to_owned(),
            kind: ParamKind::Positional,
            local,
            default,
            default_span: None,
            annotation: None,
        });
        local
    }

    fn push(&mut self, kind: StmtKind) {
        let span = self.span();
        self.function.body.push(Stmt { kind, span });
    }

    fn attribute(&self, of: LocalId, name: &str) -> Expr {
        let object = Box::new(Expr::local(of, self.span()));
        let name = name.to_owned();
        Expr::new(ExprKind::Attr { object, name }, self.span())
    }
}

const THIS: LocalId = LocalId(0);

/// `__init__`: every field bound in order, then `__post_init__` where there is one. What factories make is passed by
/// the callers.
pub fn init(data: &Data, class: &Class, id: ClassId, has_post_init: bool) -> Option<Function> {
    let mut draft = Draft::new("__init__", class, id);
    let mut defaults = false;
    for field in &data.fields {
        let value = match (&field.default, field.init) {
            (default, true) => {
                let default = match default {
                    Default::Value(value) => Some(value.clone()),
                    Default::None | Default::Made(_) => None,
                };
                let has_default = !matches!(field.default, Default::None);
                if defaults && !has_default {
                    // CPython refuses the class.
                    return None;
                }
                defaults |= has_default;
                let param = draft.param(&field.name, default);
                Expr::local(param, draft.span())
            }
            (Default::Value(value) | Default::Made(value), false) => value.clone(),
            // `__post_init__` binds it.
            (Default::None, false) => continue,
        };
        let object = Expr::local(THIS, draft.span());
        let name = field.name.clone();
        draft.push(StmtKind::Assign {
            value,
            target: Target::Attr { object, name },
        });
    }
    if has_post_init {
        let callee = Callee::Method {
            object: Box::new(Expr::local(THIS, draft.span())),
            name: "__post_init__".to_owned(),
        };
        let call = ExprKind::Call {
            callee,
            args: Vec::new(),
            keywords: Vec::new(),
        };
        let call = Expr::new(call, draft.span());
        draft.push(StmtKind::Expr(call));
    }
    Some(draft.function)
}

/// What calls pass for the fields that they leave to a factory.
pub fn factories(data: &Data) -> Vec<(String, Expr)> {
    let made = |field: &DataField| match &field.default {
        Default::Made(value) if field.init => Some((field.name.clone(), value.clone())),
        _ => None,
    };
    data.fields.iter().filter_map(made).collect()
}

/// `__repr__`: `Name(field=..., ...)`
pub fn repr(data: &Data, class: &Class, id: ClassId) -> Function {
    let mut draft = Draft::new("__repr__", class, id);
    let mut pieces = vec![Piece::Literal(format!("{}(", class.qualname))];
    for (at, field) in data.fields.iter().filter(|f| f.repr).enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        pieces.push(Piece::Literal(format!("{comma}{}=", field.name)));
        pieces.push(Piece::Value {
            value: draft.attribute(THIS, &field.name),
            conversion: Conversion::Repr,
            spec: None,
        });
    }
    pieces.push(Piece::Literal(")".to_owned()));
    let text = Expr::new(ExprKind::Format(pieces), draft.span());
    draft.push(StmtKind::Return(text));
    draft.function
}

/// `__eq__` of two instances of the class: field by field, as the tuples of the fields compare, where what is the same
/// object counts as equal. Of what native code holds in fields, only NaN is not equal to itself.
pub fn eq(data: &Data, class: &Class, id: ClassId) -> Function {
    let mut draft = Draft::new("__eq__", class, id);
    let other = draft.param("other", None);
    let span = draft.span();
    let mut equal = Expr::typed(ExprKind::Const(Const::Bool(true)), Ty::Bool, span);
    for (at, field) in data.fields.iter().filter(|f| f.compare).enumerate() {
        let pair = |op: CmpOp, left: LocalId, right: LocalId| {
            let kind = ExprKind::Compare {
                op,
                left: Box::new(draft.attribute(left, &field.name)),
                right: Box::new(draft.attribute(right, &field.name)),
            };
            truth(Expr::new(kind, span))
        };
        let not_itself = |of: LocalId| pair(CmpOp::NotEq, of, of);
        let both_nan = both(not_itself(THIS), not_itself(other));
        let same = Expr::typed(
            ExprKind::Or(Box::new(pair(CmpOp::Eq, THIS, other)), Box::new(both_nan)),
            Ty::Bool,
            span,
        );
        equal = if at == 0 { same } else { both(equal, same) };
    }
    draft.push(StmtKind::Return(equal));
    draft.function
}

fn truth(e: Expr) -> Expr {
    let span = e.span;
    Expr::typed(ExprKind::Truth(Box::new(e)), Ty::Bool, span)
}

fn both(left: Expr, right: Expr) -> Expr {
    let span = left.span;
    Expr::typed(ExprKind::And(Box::new(left), Box::new(right)), Ty::Bool, span)
}

/// An `__init__` that binds nothing.
pub fn empty_init(class: &Class, id: ClassId) -> Function {
    Draft::new("__init__", class, id).function
}
