//! Counting in dicts: `d[k] = d.get(k, 0) + 1`, and `d[k] += 1` where `k in d` with `d[k] = 1` where not, search the
//! dict once. Only where hashing and comparing the key run no code of the program, which could tell.

use super::function::FnEmitter;
use super::rust::{Rs, Rx, call, method, text};
use super::typed::pattern_of;
use crate::ir::rows::in_place;
use crate::ir::{AugTarget, Expr, ExprKind, Stmt, StmtKind, Target, Ty};

/// An entry of a dict that is changed where it is there, and made where it is not.
struct Counted<'e> {
    dict: &'e Expr,
    key: &'e Expr,
    /// The sign of the operation, and its right operand.
    operator: &'e str,
    operand: &'e Expr,
    absent: Absent<'e>,
}

/// What an entry becomes that is not there.
enum Absent<'e> {
    /// The operation's result on this.
    ChangedFrom(&'e Expr),
    Is(&'e Expr),
}

impl FnEmitter<'_> {
    /// `d[k] = d.get(k, default) op operand`
    pub fn counted_store(&mut self, value: &Expr, dict: &Expr, key: &Expr, out: &mut Vec<Rs>) -> bool {
        let ExprKind::Op { row, args } = &value.kind else {
            return false;
        };
        let [got, operand] = args.as_slice() else { return false };
        let ExprKind::Op {
            row: get,
            args: looked_up,
        } = &got.kind
        else {
            return false;
        };
        let [from, at, default] = looked_up.as_slice() else {
            return false;
        };
        let same = get.name == "dict.get" && is_same(from, dict) && is_same(at, key) && got.ty == value.ty;
        let counted = Counted {
            dict,
            key,
            operator: &row.name,
            operand,
            absent: Absent::ChangedFrom(default),
        };
        same && self.counted(&counted, &value.ty, out)
    }

    /// `if k in d: d[k] op= operand`, `else: d[k] = made`; or the other way round.
    pub fn counted_branches(&mut self, cond: &Expr, then: &[Stmt], orelse: &[Stmt], out: &mut Vec<Rs>) -> bool {
        let (cond, there, absent) = match &cond.kind {
            ExprKind::Not(inner) => (&**inner, orelse, then),
            _ => (cond, then, orelse),
        };
        let ExprKind::Op { row, args } = &cond.kind else {
            return false;
        };
        let ([key, dict], [changed], [made]) = (args.as_slice(), there, absent) else {
            return false;
        };
        let StmtKind::Aug {
            target: AugTarget::Item { object, index },
            op,
            value: operand,
        } = &changed.kind
        else {
            return false;
        };
        let StmtKind::Assign {
            value: made,
            target: Target::Item {
                object: into,
                index: at,
            },
        } = &made.kind
        else {
            return false;
        };
        let same = row.name == "in"
            && [object, into].into_iter().all(|e| is_same(e, dict))
            && [index, at].into_iter().all(|e| is_same(e, key));
        let counted = Counted {
            dict,
            key,
            operator: op.symbol(),
            operand,
            absent: Absent::Is(made),
        };
        same && self.is_simple(made) && self.counted(&counted, &made.ty, out)
    }

    fn counted(&mut self, counted: &Counted<'_>, result: &Ty, out: &mut Vec<Rs>) -> bool {
        let Ty::Dict(key_ty, content) = &counted.dict.ty else {
            return false;
        };
        let Some(row) = in_place(counted.operator, content, &counted.operand.ty) else {
            return false;
        };
        let (Absent::ChangedFrom(absent) | Absent::Is(absent)) = counted.absent;
        let simple = [counted.dict, counted.key, counted.operand, absent]
            .into_iter()
            .all(|e| self.is_simple(e));
        let known = **content == *result && counted.key.ty == **key_ty && is_plain(key_ty);
        if !simple || !known || row.ret != pattern_of(content) {
            return false;
        }
        let made = self.value_as(absent, content);
        let old = self.namer.take("old");
        let body = match counted.absent {
            Absent::ChangedFrom(_) => {
                let from = method(text(&old), "unwrap_or", vec![made]);
                self.changed(row, from, counted.operand)
            }
            Absent::Is(_) => {
                let change = self.change(row, counted.operand);
                method(text(&old), "map_or", vec![call("Ok", vec![made]), change])
            }
        };
        let change = Rx::Closure {
            params: old,
            body: Box::new(body),
            is_move: false,
        };
        let dict = self.named_place(counted.dict);
        let key = self.reference_as(counted.key, key_ty);
        let update = self.attempt(method(dict, "update_item", vec![key, change]));
        out.push(Rs::Do(update));
        true
    }
}

/// Both name one variable, or one attribute of one.
fn is_same(a: &Expr, b: &Expr) -> bool {
    match (&a.kind, &b.kind) {
        (ExprKind::Local(a, _), ExprKind::Local(b, _)) => a == b,
        (ExprKind::Field { object: a, name }, ExprKind::Field { object: b, name: other }) => {
            name == other && is_same(a, b)
        }
        _ => false,
    }
}

/// Keys that are hashed and compared without the program.
fn is_plain(ty: &Ty) -> bool {
    match ty {
        Ty::Int | Ty::Str | Ty::Bool | Ty::Bytes => true,
        Ty::Tuple(parts) => parts.iter().all(is_plain),
        _ => false,
    }
}
