//! The methods that `@dataclass` writes, as functions of the program.

use super::draft::{Draft, THIS, both, truth};
use super::options::{DataField, Default};
use crate::ir::{Callee, Class, ClassId, Const, Expr, ExprKind, LocalId, Piece, StmtKind, Target, Ty};
use crate::syntax::ast::{CmpOp, Conversion};

/// What `order=True` adds.
pub const ORDERINGS: [(&str, CmpOp); 4] = [
    ("__lt__", CmpOp::Lt),
    ("__le__", CmpOp::LtE),
    ("__gt__", CmpOp::Gt),
    ("__ge__", CmpOp::GtE),
];

/// `__init__`: every field bound in order, then `__post_init__` where there is one. What factories make is passed by
/// the callers.
pub fn init(fields: &[DataField], class: &Class, id: ClassId, has_post_init: bool) -> Option<Draft> {
    let mut draft = Draft::new("__init__", class, id);
    let mut defaults = false;
    for field in fields {
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
                draft.local(param)
            }
            (Default::Value(value) | Default::Made(value), false) => value.clone(),
            // `__post_init__` binds it.
            (Default::None, false) => continue,
        };
        let object = draft.local(THIS);
        let name = field.name.clone();
        draft.push(StmtKind::Assign {
            value,
            target: Target::Attr { object, name },
        });
    }
    if has_post_init {
        let callee = Callee::Method {
            object: Box::new(draft.local(THIS)),
            name: "__post_init__".to_owned(),
        };
        let call = draft.expr(ExprKind::Call {
            callee,
            args: Vec::new(),
            keywords: Vec::new(),
        });
        draft.push(StmtKind::Expr(call));
    }
    Some(draft)
}

/// What calls pass for the fields that they leave to a factory.
pub fn factories(fields: &[DataField]) -> Vec<(String, Expr)> {
    let made = |field: &DataField| match &field.default {
        Default::Made(value) if field.init => Some((field.name.clone(), value.clone())),
        _ => None,
    };
    fields.iter().filter_map(made).collect()
}

/// `__repr__`: `Name(field=..., ...)`
pub fn repr(fields: &[DataField], class: &Class, id: ClassId) -> Draft {
    let mut draft = Draft::new("__repr__", class, id);
    let mut pieces = vec![Piece::Literal(format!("{}(", class.qualname))];
    for (at, field) in fields.iter().filter(|f| f.repr).enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        pieces.push(Piece::Literal(format!("{comma}{}=", field.name)));
        pieces.push(Piece::Value {
            value: draft.attribute(THIS, &field.name),
            conversion: Conversion::Repr,
            spec: None,
        });
    }
    pieces.push(Piece::Literal(")".to_owned()));
    let text = draft.expr(ExprKind::Format(pieces));
    draft.push(StmtKind::Return(text));
    draft
}

/// `__eq__`: of two instances of the very same class, field by field, as the tuples of the fields compare, where what
/// is the same object counts as equal. Of what native code holds in fields, only NaN is not equal to itself. Others are
/// unequal, which is what Python makes of the `NotImplemented` that CPython's method gives.
pub fn eq(fields: &[DataField], class: &Class, id: ClassId, own: Expr, tagged: bool) -> Draft {
    let mut draft = Draft::new("__eq__", class, id);
    let other = draft.param("other", None);
    let mut equal = truth_value(&draft, true);
    if tagged {
        equal = compared(&draft, CmpOp::Eq, (THIS, other), Class::TAG);
    }
    for field in fields.iter().filter(|f| f.compare) {
        let not_itself = |of: LocalId| compared(&draft, CmpOp::NotEq, (of, of), &field.name);
        let both_nan = both(not_itself(THIS), not_itself(other));
        let alike = compared(&draft, CmpOp::Eq, (THIS, other), &field.name);
        let same = Expr::typed(
            ExprKind::Or(Box::new(alike), Box::new(both_nan)),
            Ty::Bool,
            draft.span(),
        );
        equal = if matches!(equal.kind, ExprKind::Const(_)) {
            same
        } else {
            both(equal, same)
        };
    }
    let ours = draft.is_instance(other, own);
    let when = draft.when(ours, StmtKind::Return(equal));
    draft.push(when);
    let no = truth_value(&draft, false);
    draft.push(StmtKind::Return(no));
    draft
}

/// `<` and its kind: the fields of two instances compared as tuples.
pub fn orderings(fields: &[DataField], class: &Class, id: ClassId, own: &Expr) -> Vec<Draft> {
    let ordering = |(name, op): &(&str, CmpOp)| {
        let mut draft = Draft::new(name, class, id);
        let other = draft.param("other", None);
        let values = |of: LocalId| {
            let compared = fields.iter().filter(|f| f.compare);
            let items = compared.map(|f| crate::ir::Arg::One(draft.attribute(of, &f.name)));
            Box::new(draft.expr(ExprKind::Tuple(items.collect())))
        };
        let (left, right) = (values(THIS), values(other));
        let ordered = truth(draft.expr(ExprKind::Compare { op: *op, left, right }));
        let ours = draft.is_instance(other, own.clone());
        let when = draft.when(ours, StmtKind::Return(ordered));
        draft.push(when);
        let declined = draft.expr(ExprKind::Const(Const::NotImplemented));
        draft.push(StmtKind::Return(declined));
        draft
    };
    ORDERINGS.iter().map(ordering).collect()
}

/// An attribute of one instance compared with the same one of another.
fn compared(draft: &Draft, op: CmpOp, (left, right): (LocalId, LocalId), name: &str) -> Expr {
    let left = Box::new(draft.attribute(left, name));
    let right = Box::new(draft.attribute(right, name));
    truth(draft.expr(ExprKind::Compare { op, left, right }))
}

fn truth_value(draft: &Draft, value: bool) -> Expr {
    Expr::typed(ExprKind::Const(Const::Bool(value)), Ty::Bool, draft.span())
}
