//! Constant ints: what is folded, what stands in module variables, and what masks and moduli say of the ints before them.

use super::Infer;
use crate::ir::{AugTarget, Const, Expr, ExprKind, GlobalId, Program, StmtKind, Target, Ty};
use crate::syntax::ast::BinOp;
use crate::types::lattice::T;
use num_bigint::BigInt;
use std::collections::HashMap;

impl Infer<'_> {
    /// `& (2**n - 1)` or `% 2**n`: the result depends on the low bits of the left operand only.
    pub fn keeps_low_bits(&self, op: BinOp, right: &Expr) -> bool {
        let value = match (&right.kind, &folded(right).kind) {
            (ExprKind::Global(id), _) => self.constants.get(id).cloned(),
            (_, ExprKind::Const(Const::Int(value))) => Some(value.clone()),
            _ => None,
        };
        let Some(value) = value else { return false };
        let power = if op == BinOp::BitAnd { value + 1 } else { value };
        let one = BigInt::from(1);
        power > one && power.bits() <= 120 && (&power & (&power - &one)) == BigInt::ZERO
    }

    /// A number so large that a product below its square may pass 64 bits.
    pub fn is_large(&self, e: &Expr) -> bool {
        match &e.kind {
            ExprKind::Global(id) => {
                let constant = self.constants.get(id).is_some_and(|value| value.bits() > 31);
                constant || self.globals[id.index()] == T::Wide
            }
            ExprKind::Local(id, _) => self.read_type(*id) == T::Wide,
            _ => matches!(&folded(e).kind, ExprKind::Const(Const::Int(i)) if i.bits() > 31),
        }
    }

    /// A mask or modulus so large that what is shifted below it passes 64 bits as a matter of course.
    pub fn is_far(&self, e: &Expr) -> bool {
        let bits = match &e.kind {
            ExprKind::Global(id) => self.constants.get(id).map(BigInt::bits),
            _ => match &folded(e).kind {
                ExprKind::Const(Const::Int(i)) => Some(i.bits()),
                _ => None,
            },
        };
        bits.is_some_and(|bits| bits > 48)
    }
}

/// `a * b % m`, as modular powers have it: nothing is known of `m`, and the product may pass 64 bits.
pub fn reduces_product(left: &Expr, right: &Expr) -> bool {
    let has_product = |e: &Expr| match &e.kind {
        ExprKind::Binary {
            op: BinOp::Mult,
            left,
            right,
        } => [left, right].iter().all(|e| !is_constant(e)),
        _ => false,
    };
    let sums = match &left.kind {
        ExprKind::Binary {
            op: BinOp::Add | BinOp::Sub,
            left,
            right,
        } => has_product(left) || has_product(right),
        _ => has_product(left),
    };
    sums && !is_constant(right)
}

fn is_constant(e: &Expr) -> bool {
    matches!(folded(e).kind, ExprKind::Const(Const::Int(_)))
}

/// Fits 127 bits with room to spare: what is computed with it may still fit.
fn is_wide(i: &BigInt) -> bool {
    i.bits() <= 96
}

pub fn constant_type(c: &Const) -> T {
    match c {
        Const::None => T::None,
        Const::Bool(_) => T::Bool,
        Const::Int(i) if i64::try_from(i).is_ok() => T::Int,
        Const::Int(i) if is_wide(i) => T::Wide,
        Const::Float(_) => T::Float,
        Const::Str(_) | Const::WideStr(_) => T::Str,
        Const::Bytes(_) => T::Bytes,
        Const::Int(_) | Const::Imaginary(_) | Const::Ellipsis | Const::NotImplemented => T::Dyn,
    }
}

/// The module variables that every assignment binds to the same constant int.
pub fn constant_globals(program: &Program) -> HashMap<GlobalId, BigInt> {
    let mut found: HashMap<_, Option<BigInt>> = HashMap::new();
    let mut bind = |id: GlobalId, value: Option<BigInt>| {
        found
            .entry(id)
            .and_modify(|known| *known = known.take().filter(|known| Some(known) == value.as_ref()))
            .or_insert(value);
    };
    for stmt in program.functions.iter().flat_map(|f| &f.body) {
        stmt.walk(&mut |s| match &s.kind {
            StmtKind::Assign { value, target } => bound_globals(target, &mut |id, whole| {
                let value = match &folded(value).kind {
                    ExprKind::Const(Const::Int(value)) if whole => Some(value.clone()),
                    _ => None,
                };
                bind(id, value);
            }),
            StmtKind::For { target, .. } => bound_globals(target, &mut |id, _| bind(id, None)),
            StmtKind::With {
                target: Some(target), ..
            } => {
                bound_globals(target, &mut |id, _| bind(id, None));
            }
            StmtKind::Aug {
                target: AugTarget::Global(id),
                ..
            } => bind(*id, None),
            _ => {}
        });
    }
    found.into_iter().filter_map(|(id, value)| Some((id, value?))).collect()
}

fn bound_globals(target: &Target, visit: &mut dyn FnMut(GlobalId, bool)) {
    match target {
        Target::Global(id) => visit(*id, true),
        Target::Unpack { parts, .. } => {
            parts
                .iter()
                .for_each(|p| bound_globals(p, &mut |id, _| visit(id, false)));
        }
        _ => {}
    }
}

/// An expression of constants as its value.
pub fn folded(e: &Expr) -> Expr {
    if let ExprKind::Binary { op, left, right } = &e.kind
        && let (ExprKind::Const(Const::Int(a)), ExprKind::Const(Const::Int(b))) =
            (&folded(left).kind, &folded(right).kind)
        && let Some(value) = fold(*op, a, b)
    {
        return Expr::typed(ExprKind::Const(Const::Int(value)), Ty::Dyn, e.span);
    }
    match &e.kind {
        ExprKind::Const(_) => e.clone(),
        _ => Expr::none(e.span),
    }
}

/// `a op b` of constants, where it is an int that native code can carry.
pub fn fold(op: BinOp, a: &BigInt, b: &BigInt) -> Option<BigInt> {
    let small = || u32::try_from(b).ok().filter(|n| *n <= 96);
    let value = match op {
        BinOp::Add => a + b,
        BinOp::Sub => a - b,
        BinOp::Mult => a * b,
        BinOp::LShift => a << small()?,
        BinOp::Pow if a.bits() <= 64 => a.pow(small()?),
        _ => return None,
    };
    is_wide(&value).then_some(value)
}
