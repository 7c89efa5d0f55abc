//! `operator`: operators as functions.

mod getters;

use crate::exc::{self, Result};
use crate::iter;
use crate::lib::convert::size;
use crate::lib::params::{between, one};
use crate::ops;
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::value::Value;

const EFFECTS: Effects = Effects::READS_ARGS.union(Effects::CALLS_BACK);
const CHANGES: Effects = Effects::MUTATES_ARGS.union(Effects::CALLS_BACK);

/// Rows for operators of two operands, under their plain and their dunder name.
macro_rules! binary {
    ($($static:ident $name:literal $effects:ident $call:expr;)*) => {$(
        static $static: NativeFn = NativeFn {
            name: $name,
            effects: $effects,
            call: |args, kwargs| {
                between(concat!("_operator.", $name), args, kwargs, 2, 2)?;
                $call(&args[0], &args[1])
            },
        };
    )*};
}

binary! {
    ADD "add" EFFECTS ops::add; SUB "sub" EFFECTS ops::sub; MUL "mul" EFFECTS ops::mul;
    TRUEDIV "truediv" EFFECTS ops::truediv; FLOORDIV "floordiv" EFFECTS ops::floordiv; MOD "mod" EFFECTS ops::rem;
    POW "pow" EFFECTS ops::pow; MATMUL "matmul" EFFECTS ops::matmul; LSHIFT "lshift" EFFECTS ops::lshift;
    RSHIFT "rshift" EFFECTS ops::rshift; AND "and_" EFFECTS ops::bit_and; OR "or_" EFFECTS ops::bit_or;
    XOR "xor" EFFECTS ops::bit_xor;
    IADD "iadd" CHANGES ops::iadd; ISUB "isub" CHANGES ops::isub; IMUL "imul" CHANGES ops::imul;
    ITRUEDIV "itruediv" CHANGES ops::itruediv; IFLOORDIV "ifloordiv" CHANGES ops::ifloordiv;
    IMOD "imod" CHANGES ops::irem; IPOW "ipow" CHANGES ops::ipow; IMATMUL "imatmul" CHANGES ops::imatmul;
    ILSHIFT "ilshift" CHANGES ops::ilshift; IRSHIFT "irshift" CHANGES ops::irshift;
    IAND "iand" CHANGES ops::ibit_and; IOR "ior" CHANGES ops::ibit_or; IXOR "ixor" CHANGES ops::ibit_xor;
    EQ "eq" EFFECTS ops::eq; NE "ne" EFFECTS ops::ne; LT "lt" EFFECTS ops::lt; LE "le" EFFECTS ops::le;
    GT "gt" EFFECTS ops::gt; GE "ge" EFFECTS ops::ge;
    IS "is_" EFFECTS |a, b| Result::Ok(Value::Bool(ops::is(a, b)));
    IS_NOT "is_not" EFFECTS |a, b| Result::Ok(Value::Bool(!ops::is(a, b)));
    CONTAINS "contains" EFFECTS |a, b| ops::contains(a, b).map(Value::Bool);
    GETITEM "getitem" EFFECTS ops::get_item;
    DELITEM "delitem" CHANGES |a, b| ops::del_item(a, b).map(|()| Value::None);
    CONCAT "concat" EFFECTS |a, b| sequence(a).and_then(|()| ops::add(a, b));
    ICONCAT "iconcat" CHANGES |a, b| sequence(a).and_then(|()| ops::iadd(a, b));
    COUNT_OF "countOf" EFFECTS count_of;
    INDEX_OF "indexOf" EFFECTS index_of;
}

/// Concatenation wants a sequence on the left.
fn sequence(value: &Value) -> Result<()> {
    if value.class().lookup("__getitem__").is_some() {
        return Ok(());
    }
    let name = value.type_name();
    Err(exc::type_error(&format!("'{name}' object can't be concatenated")))
}

fn iterable(value: &Value) -> Result<iter::Iter> {
    iter::iter(value).map_err(|raised| match raised.is(&exc::hierarchy::TYPE_ERROR) {
        true => exc::type_error(&format!("argument of type '{}' is not iterable", value.type_name())),
        false => raised,
    })
}

fn count_of(sequence: &Value, item: &Value) -> Result<Value> {
    let (mut items, mut count) = (iterable(sequence)?, 0);
    while let Some(candidate) = items.next()? {
        count += i64::from(ops::is(&candidate, item) || ops::eq_bool(&candidate, item)?);
    }
    Ok(Value::Int(count))
}

fn index_of(sequence: &Value, item: &Value) -> Result<Value> {
    let (mut items, mut index) = (iterable(sequence)?, 0);
    while let Some(candidate) = items.next()? {
        if ops::is(&candidate, item) || ops::eq_bool(&candidate, item)? {
            return Ok(Value::Int(index));
        }
        index += 1;
    }
    Err(exc::value_error("sequence.index(x): x not in sequence"))
}

/// Rows for operators of one operand.
macro_rules! unary {
    ($($static:ident $name:literal $call:expr;)*) => {$(
        static $static: NativeFn = NativeFn {
            name: $name,
            effects: EFFECTS,
            call: |args, kwargs| $call(one(concat!("_operator.", $name), args, kwargs)?),
        };
    )*};
}

unary! {
    NEG "neg" ops::neg; POS "pos" ops::pos; INVERT "invert" ops::invert; INV "inv" ops::invert; ABS "abs" ops::abs;
    NOT "not_" |value| ops::truthy(value).map(|truth| Value::Bool(!truth));
    TRUTH "truth" |value| ops::truthy(value).map(Value::Bool);
    INDEX "index" |value| crate::lib::convert::index(value).map(Value::from);
}

fn setitem(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("_operator.setitem", args, kwargs, 3, 3)?;
    ops::set_item(&args[0], &args[1], args[2].clone())?;
    Ok(Value::None)
}

fn call(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args {
        [function, rest @ ..] => ops::call_kw(function, rest, kwargs),
        [] => Err(exc::type_error("call expected at least 1 argument, got 0")),
    }
}

/// `length_hint(obj, default)`: the length, or what the iterator says is left.
fn length_hint(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    between("_operator.length_hint", args, kwargs, 1, 2)?;
    let default = args.get(1).map_or(Ok(0), size)?;
    Ok(ops::length_hint(&args[0])?.unwrap_or(Value::Int(default)))
}

static SETITEM: NativeFn = NativeFn {
    name: "setitem",
    effects: CHANGES,
    call: setitem,
};
static CALL: NativeFn = NativeFn {
    name: "call",
    effects: CHANGES,
    call,
};
static LENGTH_HINT: NativeFn = NativeFn {
    name: "length_hint",
    effects: EFFECTS,
    call: length_hint,
};

macro_rules! module {
    ($($static:ident $($name:literal)*;)*) => {
        /// The module `operator`.
        pub static MODULE: ModuleDef = ModuleDef {
            name: "operator",
            items: &[
                $($(($name, Item::Function(&$static)),)*)*
                ("itemgetter", Item::Type(&getters::ITEMGETTER)),
                ("attrgetter", Item::Type(&getters::ATTRGETTER)),
                ("methodcaller", Item::Type(&getters::METHODCALLER)),
            ],
        };
    };
}

module! {
    ADD "add" "__add__"; SUB "sub" "__sub__"; MUL "mul" "__mul__"; TRUEDIV "truediv" "__truediv__";
    FLOORDIV "floordiv" "__floordiv__"; MOD "mod" "__mod__"; POW "pow" "__pow__"; MATMUL "matmul" "__matmul__";
    LSHIFT "lshift" "__lshift__"; RSHIFT "rshift" "__rshift__"; AND "and_" "__and__"; OR "or_" "__or__";
    XOR "xor" "__xor__"; IADD "iadd" "__iadd__"; ISUB "isub" "__isub__"; IMUL "imul" "__imul__";
    ITRUEDIV "itruediv" "__itruediv__"; IFLOORDIV "ifloordiv" "__ifloordiv__"; IMOD "imod" "__imod__";
    IPOW "ipow" "__ipow__"; IMATMUL "imatmul" "__imatmul__"; ILSHIFT "ilshift" "__ilshift__";
    IRSHIFT "irshift" "__irshift__"; IAND "iand" "__iand__"; IOR "ior" "__ior__"; IXOR "ixor" "__ixor__";
    EQ "eq" "__eq__"; NE "ne" "__ne__"; LT "lt" "__lt__"; LE "le" "__le__"; GT "gt" "__gt__"; GE "ge" "__ge__";
    IS "is_"; IS_NOT "is_not"; CONTAINS "contains" "__contains__"; GETITEM "getitem" "__getitem__";
    DELITEM "delitem" "__delitem__"; CONCAT "concat" "__concat__"; ICONCAT "iconcat" "__iconcat__";
    COUNT_OF "countOf"; INDEX_OF "indexOf"; NEG "neg" "__neg__"; POS "pos" "__pos__";
    INVERT "invert" "__invert__"; INV "inv" "__inv__"; ABS "abs" "__abs__"; NOT "not_" "__not__"; TRUTH "truth";
    INDEX "index" "__index__"; SETITEM "setitem" "__setitem__"; CALL "call" "__call__"; LENGTH_HINT "length_hint";
}
