//! abs, divmod, pow, round.

use crate::args::{self, Parameters};
use crate::exc::{self, Result};
use crate::float;
use crate::int::Int;
use crate::ops;
use crate::registry::Kwargs;
use crate::value::Value;

pub(super) fn abs(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [value] = args::exactly("abs", args, kwargs)?;
    ops::abs(value)
}

pub(super) fn divmod(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [a, b] = args::exactly("divmod", args, kwargs)?;
    ops::divmod(a, b)
}

const POW: Parameters<3> = Parameters {
    function: "pow",
    names: ["base", "exp", "mod"],
    positional_only: 0,
    positional: 3,
    required: 2,
};

pub(super) fn pow(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [base, exponent, modulus] = POW.bind(args, kwargs)?;
    let given = |value: Option<&Value>| value.cloned().unwrap_or(Value::None);
    ops::pow_mod(&given(base), &given(exponent), &given(modulus))
}

const ROUND: Parameters<2> = Parameters {
    function: "round",
    names: ["number", "ndigits"],
    positional_only: 0,
    positional: 2,
    required: 1,
};

pub(super) fn round(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [number, places] = ROUND.bind(args, kwargs)?;
    let number = number.unwrap_or(&Value::None);
    match number {
        Value::Float(value) => round_float(*value, places),
        Value::Int(_) | Value::BigInt(_) | Value::Bool(_) => round_int(&number.as_int().unwrap_or(Int::ZERO), places),
        _ => {
            let places: Vec<Value> = places
                .filter(|places| !matches!(places, Value::None))
                .cloned()
                .into_iter()
                .collect();
            ops::call_special(number, "__round__", &places)?
                .ok_or_else(|| exc::type_error(&format!("type {} doesn't define __round__ method", number.type_name())))
        }
    }
}

/// `round(float, places)`.
///
/// # Errors
/// ValueError or OverflowError for what has no integer; TypeError for places that are no integer.
pub fn round_float(value: f64, places: Option<&Value>) -> Result<Value> {
    match places {
        None | Some(Value::None) => float::round_to_int(value).map(Value::from),
        Some(places) => {
            let places = ops::saturate(&args::integer(places)?);
            float::round(value, places).map(Value::Float)
        }
    }
}

/// `round(int, places)`: to the nearest multiple of a power of ten, ties to the even one.
///
/// # Errors
/// TypeError for places that are no integer.
pub fn round_int(value: &Int, places: Option<&Value>) -> Result<Value> {
    let places = match places {
        None | Some(Value::None) => return Ok(Value::from(value.clone())),
        Some(places) => args::integer(places)?,
    };
    if !places.is_negative() {
        return Ok(Value::from(value.clone()));
    }
    let unit = Int::Small(10).pow(&places.neg())?;
    let (quotient, rest) = value.divmod(&unit)?;
    let twice = rest.add(&rest);
    let up = twice > unit || (twice == unit && quotient.is_odd());
    let quotient = if up { quotient.add(&Int::ONE) } else { quotient };
    Ok(Value::from(quotient.mul(&unit)))
}
