//! Which operation a fault puts in the place of another.

use syn::BinOp;

/// Runtime functions and what is called instead, by the last part of their path. Both take and give the same types.
const CALLS: &[(&str, &str)] = &[
    ("add", "sub"),
    ("sub", "add"),
    ("mul", "add"),
    ("floordiv", "rem"),
    ("rem", "floordiv"),
    ("truediv", "floordiv"),
    ("pow", "mul"),
    ("iadd", "isub"),
    ("isub", "iadd"),
    ("imul", "iadd"),
    ("shl", "shr"),
    ("shr", "shl"),
    ("lshift", "rshift"),
    ("rshift", "lshift"),
    ("bit_and", "bit_or"),
    ("bit_or", "bit_and"),
    ("bit_xor", "bit_or"),
    ("eq", "ne"),
    ("ne", "eq"),
    ("lt", "le"),
    ("le", "lt"),
    ("gt", "ge"),
    ("ge", "gt"),
    ("eq_bool", "ne_bool"),
    ("ne_bool", "eq_bool"),
    ("lt_bool", "le_bool"),
    ("le_bool", "lt_bool"),
    ("gt_bool", "ge_bool"),
    ("ge_bool", "gt_bool"),
    ("int_lt", "int_le"),
    ("int_le", "int_lt"),
    ("int_gt", "int_ge"),
    ("int_ge", "int_gt"),
    ("min", "max"),
    ("max", "min"),
    ("floor", "ceil"),
    ("ceil", "floor"),
    ("keep_min", "keep_max"),
    ("keep_max", "keep_min"),
];

/// The function that takes another's place.
pub fn call(name: &str) -> Option<&'static str> {
    CALLS.iter().find(|(own, _)| *own == name).map(|(_, other)| *other)
}

/// 64-bit arithmetic that forgets to give up beyond 64 bits: the method of i64 that wraps.
pub fn wrapping(name: &str) -> Option<&'static str> {
    match name {
        "add" => Some("wrapping_add"),
        "sub" => Some("wrapping_sub"),
        "mul" => Some("wrapping_mul"),
        _ => None,
    }
}

/// The operator that takes another's place.
pub fn operator(op: &BinOp) -> Option<&'static str> {
    Some(match op {
        BinOp::Add(_) => "-",
        BinOp::Sub(_) => "+",
        BinOp::Mul(_) => "+",
        BinOp::Div(_) => "*",
        BinOp::Rem(_) => "/",
        BinOp::And(_) => "||",
        BinOp::Or(_) => "&&",
        BinOp::BitAnd(_) => "|",
        BinOp::BitOr(_) => "&",
        BinOp::BitXor(_) => "|",
        BinOp::Shl(_) => ">>",
        BinOp::Shr(_) => "<<",
        BinOp::Eq(_) => "!=",
        BinOp::Ne(_) => "==",
        BinOp::Lt(_) => "<=",
        BinOp::Le(_) => "<",
        BinOp::Gt(_) => ">=",
        BinOp::Ge(_) => ">",
        BinOp::AddAssign(_) => "-=",
        BinOp::SubAssign(_) => "+=",
        BinOp::MulAssign(_) => "+=",
        _ => return None,
    })
}
