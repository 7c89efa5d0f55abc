//! The runtime's names of in-place operations.

use crate::syntax::ast::BinOp;

/// The path of the function that does `a op= b`.
pub fn path(op: BinOp) -> &'static str {
    match op {
        BinOp::Add => "ops::iadd",
        BinOp::Sub => "ops::isub",
        BinOp::Mult => "ops::imul",
        BinOp::MatMult => "ops::imatmul",
        BinOp::Div => "ops::itruediv",
        BinOp::Mod => "ops::irem",
        BinOp::Pow => "ops::ipow",
        BinOp::LShift => "ops::ilshift",
        BinOp::RShift => "ops::irshift",
        BinOp::BitOr => "ops::ibit_or",
        BinOp::BitXor => "ops::ibit_xor",
        BinOp::BitAnd => "ops::ibit_and",
        BinOp::FloorDiv => "ops::ifloordiv",
    }
}
