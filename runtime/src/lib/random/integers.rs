//! `randrange`, `randint`, `getrandbits` and `randbytes`.

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::state::Source;
use crate::bytes::Bytes;
use crate::exc::{self, Exc, Result};
use crate::int::Int;
use crate::lib::convert::{index, size};
use crate::lib::params::one;
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::Kwargs;
use crate::types::INT;
use crate::value::Value;

const NONE: &Value = &Value::None;

/// An argument of `randrange`: an int, or a number equal to one.
fn whole(value: &Value, which: &str) -> Result<Int> {
    if let Some(int) = ops::try_index(value)? {
        return Ok(int);
    }
    let cut = ops::call(&Value::Class(INT.class().clone()), std::slice::from_ref(value))?;
    if !ops::eq_bool(&cut, value)? {
        return Err(exc::value_error(&format!("non-integer {which} for randrange()")));
    }
    index(&cut)
}

/// `_randbelow(n)` for any n at least 1.
fn below_big(source: &Source, n: &BigInt) -> BigInt {
    if let Some(small) = n.to_u64() {
        return BigInt::from(source.below(small));
    }
    loop {
        let digits = source.with(|generator| generator.twister.digits(n.bits()));
        let r = BigInt::from(BigUint::new(digits));
        if r < *n {
            return r;
        }
    }
}

fn empty() -> Exc {
    exc::value_error("empty range for randrange()")
}

/// A number of `range(start, stop, step)`.
fn from_range(source: &Source, start: Int, stop: Option<Int>, step: Int) -> Result<Value> {
    if let (Some(lo), Some(hi), Some(1)) = (
        start.as_i64(),
        stop.as_ref().map_or(Some(0), Int::as_i64),
        step.as_i64(),
    ) && let (lo, hi) = if stop.is_some() { (lo, hi) } else { (0, lo) }
        && let Some(width) = hi.checked_sub(lo)
        && width > 0
    {
        return Ok(Value::Int(lo + source.below(width as u64) as i64));
    }
    let Some(stop) = stop else {
        return if start.signum() > 0 {
            pick_big(source, &start)
        } else {
            Err(empty())
        };
    };
    let (start, stop, step) = (start.to_big(), stop.to_big(), step.to_big());
    let width = &stop - &start;
    if step.is_one() {
        if width.is_positive() {
            return Ok(Value::from(Int::from_big(start + below_big(source, &width))));
        }
        return Err(exc::value_error(&format!(
            "empty range for randrange() ({start}, {stop}, {width})"
        )));
    }
    if step.is_zero() {
        return Err(exc::value_error("zero step for randrange()"));
    }
    let count = (width + &step - step.signum()).div_floor(&step);
    if !count.is_positive() {
        return Err(empty());
    }
    Ok(Value::from(Int::from_big(start + step * below_big(source, &count))))
}

fn pick_big(source: &Source, n: &Int) -> Result<Value> {
    Ok(Value::from(Int::from_big(below_big(source, &n.to_big()))))
}

pub fn randrange(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.randrange", &["start", "stop", "step"], 1).method();
    let [start, stop, step] = PARAMS.read(args, kwargs)?;
    let start = whole(start.unwrap_or(NONE), "arg 1")?;
    let Some(stop) = stop.filter(|stop| !matches!(stop, Value::None)) else {
        if step.is_some_and(|step| !matches!(step, Value::Int(1))) {
            return Err(exc::type_error("Missing a non-None stop argument"));
        }
        return from_range(source, start, None, Int::ONE);
    };
    let stop = whole(stop, "stop")?;
    let step = step.map_or(Ok(Int::ONE), |step| whole(step, "step"))?;
    from_range(source, start, Some(stop), step)
}

pub fn randint(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.randint", &["a", "b"], 2).method();
    let [a, b] = PARAMS.read(args, kwargs)?.map(|value| value.unwrap_or(NONE));
    let past = ops::add(b, &Value::Int(1))?;
    let start = whole(a, "arg 1")?;
    from_range(source, start, Some(whole(&past, "stop")?), Int::ONE)
}

pub fn getrandbits(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let k = size(one("Random.getrandbits", args, kwargs)?)?;
    match u64::try_from(k) {
        Err(_) => Err(exc::value_error("number of bits must be non-negative")),
        Ok(0) => Ok(Value::Int(0)),
        Ok(k @ 1..=64) => Ok(Value::from(Int::from(
            source.with(|generator| generator.twister.bits(k as u32)),
        ))),
        Ok(k) => {
            let digits = source.with(|generator| generator.twister.digits(k));
            Ok(Value::from(Int::from_big(BigInt::from(BigUint::new(digits)))))
        }
    }
}

pub fn randbytes(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.randbytes", &["n"], 1).method();
    let [n] = PARAMS.read(args, kwargs)?;
    let Ok(n) = usize::try_from(size(n.unwrap_or(NONE))?) else {
        return Err(exc::value_error("number of bits must be non-negative"));
    };
    let digits = source.with(|generator| generator.twister.digits(8 * n as u64));
    let mut bytes: Vec<u8> = digits.iter().flat_map(|digit| digit.to_le_bytes()).collect();
    bytes.truncate(n);
    Ok(Value::Bytes(Bytes::from(bytes)))
}
