//! Comparisons.

use std::cmp::Ordering;

use super::number::{Number, number};
use super::{call_special, is};
use crate::class::Class;
use crate::depth;
use crate::elem::{Elem, Sortable};
use crate::exc::{self, Result};
use crate::native::Comparison;
use crate::set::Set;
use crate::value::Value;

impl Comparison {
    /// The comparison with its operands exchanged.
    pub fn reflected(self) -> Comparison {
        match self {
            Comparison::Eq => Comparison::Eq,
            Comparison::Ne => Comparison::Ne,
            Comparison::Lt => Comparison::Gt,
            Comparison::Le => Comparison::Ge,
            Comparison::Gt => Comparison::Lt,
            Comparison::Ge => Comparison::Le,
        }
    }

    pub fn method(self) -> &'static str {
        match self {
            Comparison::Eq => "__eq__",
            Comparison::Ne => "__ne__",
            Comparison::Lt => "__lt__",
            Comparison::Le => "__le__",
            Comparison::Gt => "__gt__",
            Comparison::Ge => "__ge__",
        }
    }

    pub fn symbol(self) -> &'static str {
        match self {
            Comparison::Eq => "==",
            Comparison::Ne => "!=",
            Comparison::Lt => "<",
            Comparison::Le => "<=",
            Comparison::Gt => ">",
            Comparison::Ge => ">=",
        }
    }

    /// What the comparison says of two things in this order.
    #[inline]
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            Comparison::Eq => order.is_eq(),
            Comparison::Ne => order.is_ne(),
            Comparison::Lt => order.is_lt(),
            Comparison::Le => order.is_le(),
            Comparison::Gt => order.is_gt(),
            Comparison::Ge => order.is_ge(),
        }
    }
}

/// The rich comparison and its truth, for each operator.
macro_rules! comparisons {
    ($($(#[$doc:meta])* $name:ident $truth:ident $operator:ident $symbol:tt;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Errors
            /// TypeError when the operands have no order; what their methods raise.
            #[inline]
            pub fn $name(a: &Value, b: &Value) -> Result<Value> {
                match (a, b) {
                    (Value::Int(x), Value::Int(y)) => Ok(Value::Bool(x $symbol y)),
                    (Value::Float(x), Value::Float(y)) => Ok(Value::Bool(x $symbol y)),
                    (Value::Str(x), Value::Str(y)) => Ok(Value::Bool(x $symbol y)),
                    _ => compare(Comparison::$operator, a, b),
                }
            }

            $(#[$doc])*
            /// As a condition.
            ///
            /// # Errors
            /// TypeError when the operands have no order; what their methods raise.
            #[inline]
            pub fn $truth(a: &Value, b: &Value) -> Result<bool> {
                match (a, b) {
                    (Value::Int(x), Value::Int(y)) => Ok(x $symbol y),
                    (Value::Float(x), Value::Float(y)) => Ok(x $symbol y),
                    (Value::Str(x), Value::Str(y)) => Ok(x $symbol y),
                    _ => compare_bool(Comparison::$operator, a, b),
                }
            }
        )*
    };
}

comparisons! {
    /// `a == b`.
    eq eq_bool Eq ==;
    /// `a != b`.
    ne ne_bool Ne !=;
    /// `a < b`.
    lt lt_bool Lt <;
    /// `a <= b`.
    le le_bool Le <=;
    /// `a > b`.
    gt gt_bool Gt >;
    /// `a >= b`.
    ge ge_bool Ge >=;
}

fn compare_bool(op: Comparison, a: &Value, b: &Value) -> Result<bool> {
    match compare(op, a, b)? {
        Value::Bool(answer) => Ok(answer),
        other => super::truthy(&other),
    }
}

/// `a op b` in full.
///
/// # Errors
/// TypeError when the operands have no order; what their methods raise.
pub fn compare(op: Comparison, a: &Value, b: &Value) -> Result<Value> {
    let answer = match (a.user_class(), b.user_class()) {
        (None, None) => builtin_or_library(op, a, b)?,
        (left, right) => user_compare(op, a, left, b, right)?,
    };
    match (answer, op) {
        (Some(answer), _) => Ok(answer),
        (None, Comparison::Eq) => Ok(Value::Bool(is(a, b))),
        (None, Comparison::Ne) => Ok(Value::Bool(!is(a, b))),
        (None, _) => Err(exc::type_error(&format!(
            "'{}' not supported between instances of '{}' and '{}'",
            op.symbol(),
            a.type_name(),
            b.type_name()
        ))),
    }
}

/// A comparison where at least one operand is of a class of the program: a subclass on the right is asked first.
fn user_compare(
    op: Comparison,
    a: &Value,
    left: Option<Class>,
    b: &Value,
    right: Option<Class>,
) -> Result<Option<Value>> {
    let left_class = left.clone().unwrap_or_else(|| a.class());
    let right_first = right
        .as_ref()
        .is_some_and(|right| !Class::same(right, &left_class) && right.is_subclass(&left_class));
    if right_first && let Some(answer) = ask(op.reflected(), b, a)? {
        return Ok(Some(answer));
    }
    if let Some(answer) = ask(op, a, b)? {
        return Ok(Some(answer));
    }
    if right_first {
        Ok(None)
    } else {
        ask(op.reflected(), b, a)
    }
}

/// One operand's own answer; None for NotImplemented.
fn ask(op: Comparison, a: &Value, b: &Value) -> Result<Option<Value>> {
    match a.user_class() {
        None => builtin_one_sided(op, a, b.payload()),
        Some(class) => match (op, class.lookup_own(op.method())) {
            (Comparison::Ne, None) => not_equal(a, b, &class),
            (_, None) => Ok(None),
            (_, Some(_)) => {
                let answer = call_special(a, op.method(), std::slice::from_ref(b))?;
                Ok(answer.filter(|answer| !matches!(answer, Value::NotImplemented)))
            }
        },
    }
}

/// `object.__ne__`: the opposite of `__eq__`, where that answers.
fn not_equal(a: &Value, b: &Value, class: &Class) -> Result<Option<Value>> {
    if class.lookup_own("__eq__").is_none() {
        return Ok(None);
    }
    match call_special(a, "__eq__", std::slice::from_ref(b))? {
        None | Some(Value::NotImplemented) => Ok(None),
        Some(equal) => Ok(Some(Value::Bool(!super::truthy(&equal)?))),
    }
}

/// Builtin and library operands: the left one is asked, then the right one.
fn builtin_or_library(op: Comparison, a: &Value, b: &Value) -> Result<Option<Value>> {
    if let Some(answer) = builtin_one_sided(op, a, b)? {
        return Ok(Some(answer));
    }
    match b {
        Value::Object(_) => builtin_one_sided(op.reflected(), b, a),
        _ => Ok(None),
    }
}

/// What a builtin or library type on the left answers.
fn builtin_one_sided(op: Comparison, a: &Value, b: &Value) -> Result<Option<Value>> {
    match a {
        Value::Object(object) => match object.native().compare(op, b)? {
            None => match object.native().payload() {
                Some(inner) => builtin_one_sided(op, inner, b.payload()),
                None => Ok(None),
            },
            answer => Ok(answer),
        },
        _ => Ok(builtin_compare(op, a, b.payload())?.map(Value::Bool)),
    }
}

/// A comparison between values of builtin types; None when they have none.
///
/// # Errors
/// What comparing items raises.
pub fn builtin_compare(op: Comparison, a: &Value, b: &Value) -> Result<Option<bool>> {
    Ok(match (a, b) {
        (Value::Str(a), Value::Str(b)) => Some(op.holds(a.cmp(b))),
        (Value::Bytes(a), Value::Bytes(b)) => Some(op.holds(a.cmp(b))),
        (Value::List(x), Value::List(y)) => {
            let _guard = depth::enter_while(" in comparison")?;
            if x.len() != y.len() && matches!(op, Comparison::Eq | Comparison::Ne) {
                return Ok(Some(op == Comparison::Ne));
            }
            let at = x.first_difference(y)?;
            Some(decide(op, at.map(|at| (x.at(at), y.at(at))), x.len().cmp(&y.len()))?)
        }
        (Value::Tuple(x), Value::Tuple(y)) => {
            let _guard = depth::enter_while(" in comparison")?;
            let at = x.first_difference(y)?;
            let items = at.map(|at| (Some(x[at].clone()), Some(y[at].clone())));
            Some(decide(op, items, x.len().cmp(&y.len()))?)
        }
        (Value::Dict(x), Value::Dict(y)) => equality(op, || {
            let _guard = depth::enter_while(" in comparison")?;
            x.equals(y)
        })?,
        (Value::Set(_) | Value::FrozenSet(_), _) => match (a.as_set(), b.as_set()) {
            (Some(x), Some(y)) => Some(compare_sets(op, x, y)?),
            _ => None,
        },
        (Value::Range(x), Value::Range(y)) => equality(op, || Ok(x.equals(y)))?,
        (Value::Slice(x), Value::Slice(y)) => builtin_compare(op, &x.as_tuple(), &y.as_tuple())?,
        (Value::Method(x), Value::Method(y)) => equality(op, || {
            Ok(is(&x.receiver, &y.receiver) && x.function.item_eq(&y.function)?)
        })?,
        _ => compare_numbers(op, a, b),
    })
}

/// `==` or `!=` from an equality; None for an order.
fn equality(op: Comparison, equal: impl FnOnce() -> Result<bool>) -> Result<Option<bool>> {
    match op {
        Comparison::Eq => equal().map(Some),
        Comparison::Ne => equal().map(|equal| Some(!equal)),
        _ => Ok(None),
    }
}

/// The comparison of two sequences: by the first items that differ, or else by their lengths.
fn decide(op: Comparison, differing: Option<(Option<Value>, Option<Value>)>, lengths: Ordering) -> Result<bool> {
    match (op, differing) {
        (_, None) => Ok(op.holds(lengths)),
        (Comparison::Eq, _) => Ok(false),
        (Comparison::Ne, _) => Ok(true),
        (_, Some((Some(a), Some(b)))) => compare_bool_fast(op, &a, &b),
        _ => Ok(op.holds(lengths)),
    }
}

fn compare_bool_fast(op: Comparison, a: &Value, b: &Value) -> Result<bool> {
    match op {
        Comparison::Lt => a.py_lt(b),
        _ => compare_bool(op, a, b),
    }
}

/// Orders of sets are about inclusion.
fn compare_sets(op: Comparison, a: &Set<Value>, b: &Set<Value>) -> Result<bool> {
    match op {
        Comparison::Eq => a.equals(b),
        Comparison::Ne => a.equals(b).map(|equal| !equal),
        Comparison::Le => a.is_subset(b),
        Comparison::Ge => b.is_subset(a),
        Comparison::Lt => Ok(a.len() < b.len() && a.is_subset(b)?),
        Comparison::Gt => Ok(b.len() < a.len() && b.is_subset(a)?),
    }
}

fn compare_numbers(op: Comparison, a: &Value, b: &Value) -> Option<bool> {
    let order = match (number(a)?, number(b)?) {
        (Number::Int(x), Number::Int(y)) => Some(x.cmp(&y)),
        (Number::Float(x), Number::Float(y)) => x.partial_cmp(&y),
        (Number::Int(x), Number::Float(y)) => x.partial_cmp_f64(y),
        (Number::Float(x), Number::Int(y)) => y.partial_cmp_f64(x).map(Ordering::reverse),
    };
    Some(order.map_or(op == Comparison::Ne, |order| op.holds(order)))
}
