//! `choice`, `choices`, `sample` and `shuffle`.

use std::collections::HashSet;

use super::state::Source;
use crate::exc::{self, Result};
use crate::int::Int;
use crate::iter;
use crate::lib::convert::{float, size};
use crate::lib::math::libm;
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::Kwargs;
use crate::value::Value;

const NONE: &Value = &Value::None;

fn item(sequence: &Value, place: u64) -> Result<Value> {
    ops::get_item(sequence, &Value::Int(place as i64))
}

pub fn choice(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.choice", &["seq"], 1).method();
    let [sequence] = PARAMS.read(args, kwargs)?;
    let sequence = sequence.unwrap_or(NONE);
    match ops::len(sequence)? {
        0 => Err(exc::index_error("Cannot choose from an empty sequence")),
        len => item(sequence, source.below(len as u64)),
    }
}

pub fn shuffle(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.shuffle", &["x"], 1).method();
    let [sequence] = PARAMS.read(args, kwargs)?;
    let sequence = sequence.unwrap_or(NONE);
    for i in (1..ops::len(sequence)? as u64).rev() {
        let j = source.below(i + 1);
        let (a, b) = (item(sequence, j)?, item(sequence, i)?);
        ops::set_item(sequence, &Value::Int(i as i64), a)?;
        ops::set_item(sequence, &Value::Int(j as i64), b)?;
    }
    Ok(Value::None)
}

/// True for what `collections.abc.Sequence` counts among sequences.
fn is_sequence(value: &Value) -> bool {
    match value.payload() {
        Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::Range(_) => true,
        other => ["deque", "bytearray", "array"].contains(&other.builtin_type().name),
    }
}

pub fn sample(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("Random.sample", &["population", "k", "counts"], 2)
        .positional(2)
        .method();
    let [population, k, counts] = PARAMS.read(args, kwargs)?;
    let (population, k) = (population.unwrap_or(NONE), k.unwrap_or(NONE));
    if !is_sequence(population) {
        return Err(exc::type_error(
            "Population must be a sequence.  For dicts or sets, use sorted(d).",
        ));
    }
    let n = ops::len(population)?;
    let places = match counts.filter(|counts| !matches!(counts, Value::None)) {
        None => places(source, n as u64, k)?,
        Some(counts) => counted_places(source, n, counts, k)?,
    };
    Ok(Value::list(
        places
            .into_iter()
            .map(|place| item(population, place))
            .collect::<Result<_>>()?,
    ))
}

/// `k` different places below `n`: from a pool where that is small, else by trying again.
fn places(source: &Source, n: u64, k: &Value) -> Result<Vec<u64>> {
    let wrong = || exc::value_error("Sample larger than population or is negative");
    let k = u64::try_from(size(k)?).map_err(|_| wrong())?;
    if k > n {
        return Err(wrong());
    }
    let mut set_size = 21.0;
    if k > 5 {
        set_size += libm::pow(4.0, (libm::log((k * 3) as f64) / libm::log(4.0)).ceil());
    }
    let mut result = Vec::with_capacity(k as usize);
    if n as f64 <= set_size {
        let mut pool: Vec<u64> = (0..n).collect();
        for i in 0..k {
            let j = source.below(n - i) as usize;
            result.push(pool[j]);
            pool[j] = pool[(n - i - 1) as usize];
        }
        return Ok(result);
    }
    let mut selected = HashSet::new();
    for _ in 0..k {
        let mut j = source.below(n);
        while !selected.insert(j) {
            j = source.below(n);
        }
        result.push(j);
    }
    Ok(result)
}

/// Places in a population whose items count several times.
fn counted_places(source: &Source, n: usize, counts: &Value, k: &Value) -> Result<Vec<u64>> {
    let mut cumulative = accumulated(counts)?;
    if cumulative.len() != n {
        return Err(exc::value_error("The number of counts does not match the population"));
    }
    let Some(total) = cumulative.pop() else {
        return Err(exc::index_error("pop from empty list"));
    };
    let Some(total) = total.as_int() else {
        return Err(exc::type_error("Counts must be integers"));
    };
    if total.signum() <= 0 {
        return Err(exc::value_error("Total of counts must be greater than zero"));
    }
    let total = total.as_i64().unwrap_or(i64::MAX) as u64;
    let last = cumulative.len();
    let find = |place: u64| right_of(&cumulative, &Value::from(Int::from(place)), last).map(|at| at as u64);
    places(source, total, k)?.into_iter().map(find).collect()
}

/// `list(itertools.accumulate(weights))`.
fn accumulated(weights: &Value) -> Result<Vec<Value>> {
    let mut sums: Vec<Value> = Vec::new();
    let mut items = iter::iter(weights)?;
    while let Some(weight) = items.next()? {
        let sum = match sums.last() {
            None => weight,
            Some(last) => ops::add(last, &weight)?,
        };
        sums.push(sum);
    }
    Ok(sums)
}

/// `bisect.bisect(sums, x, 0, hi)`.
fn right_of(sums: &[Value], x: &Value, hi: usize) -> Result<usize> {
    let (mut lo, mut hi) = (0, hi);
    while lo < hi {
        let middle = (lo + hi) / 2;
        if ops::lt_bool(x, &sums[middle])? {
            hi = middle;
        } else {
            lo = middle + 1;
        }
    }
    Ok(lo)
}

pub fn choices(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    const NAMES: &[&str] = &["population", "weights", "cum_weights", "k"];
    static PARAMS: PyParams = PyParams::new("Random.choices", NAMES, 1).positional(2).method();
    let [population, weights, cumulative, k] = PARAMS.read(args, kwargs)?;
    let given = |value: Option<&Value>| value.filter(|value| !matches!(value, Value::None)).cloned();
    let population = population.unwrap_or(NONE);
    let n = ops::len(population)?;
    let sums = match (given(weights), given(cumulative)) {
        (None, None) => return evenly(source, population, n, k),
        (Some(_), Some(_)) => return Err(exc::type_error("Cannot specify both weights and cumulative weights")),
        (None, Some(cumulative)) => iter::collect(&cumulative)?,
        (Some(weights), None) => accumulated(&weights).map_err(|raised| match weights.as_int() {
            Some(_) if raised.is(&exc::hierarchy::TYPE_ERROR) => not_a_count(&weights),
            _ => raised,
        })?,
    };
    if sums.len() != n {
        return Err(exc::value_error("The number of weights does not match the population"));
    }
    let Some(last) = sums.last() else {
        return Err(exc::index_error("list index out of range"));
    };
    let total = float(&ops::add(last, &Value::Float(0.0))?)?;
    if total <= 0.0 {
        return Err(exc::value_error("Total of weights must be greater than zero"));
    }
    if !total.is_finite() {
        return Err(exc::value_error("Total of weights must be finite"));
    }
    let draw = |_| {
        let at = right_of(&sums, &Value::Float(source.random() * total), n - 1)?;
        item(population, at as u64)
    };
    Ok(Value::list((0..count_of(k)?).map(draw).collect::<Result<_>>()?))
}

fn not_a_count(weights: &Value) -> exc::Exc {
    let shown = crate::text::repr(weights).map_or_else(|_| String::new(), |shown| shown.to_rust_string());
    exc::type_error(&format!("The number of choices must be a keyword argument: k={shown}"))
}

fn count_of(k: Option<&Value>) -> Result<i64> {
    k.map_or(Ok(1), size)
}

fn evenly(source: &Source, population: &Value, n: usize, k: Option<&Value>) -> Result<Value> {
    let draw = |_| item(population, (source.random() * n as f64).floor() as u64);
    Ok(Value::list((0..count_of(k)?).map(draw).collect::<Result<_>>()?))
}
