//! The distributions over values of any kind: floats take the fast way, others go through operators as in CPython.

use super::state::Source;
use super::variates::Generator;
use crate::exc::{self, Result};
use crate::lib::convert::float;
use crate::lib::math;
use crate::lib::params::none;
use crate::lib::signature::PyParams;
use crate::ops;
use crate::registry::Kwargs;
use crate::value::Value;

/// The arguments of a method of `Random` with these parameters.
macro_rules! read {
    ($name:literal, $params:expr, $required:literal, $args:expr, $kwargs:expr) => {{
        static PARAMS: PyParams = PyParams::new(concat!("Random.", $name), &$params, $required).method();
        PARAMS.read($args, $kwargs)?
    }};
}

const NONE: &Value = &Value::None;

/// `base + z * scale`.
fn shifted(z: f64, base: Option<&Value>, scale: Option<&Value>) -> Result<Value> {
    let (base, scale) = (base.unwrap_or(&Value::Float(0.0)), scale.unwrap_or(&Value::Float(1.0)));
    ops::add(base, &ops::mul(&Value::Float(z), scale)?)
}

pub fn random(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("Random.random", args, kwargs)?;
    Ok(Value::Float(source.random()))
}

pub fn uniform(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [a, b] = read!("uniform", ["a", "b"], 2, args, kwargs).map(|value| value.unwrap_or(NONE));
    if let (Value::Float(a), Value::Float(b)) = (a, b) {
        return Ok(Value::Float(source.with(|generator| generator.uniform(*a, *b))));
    }
    let width = ops::sub(b, a)?;
    ops::add(a, &ops::mul(&width, &Value::Float(source.random()))?)
}

pub fn triangular(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [low, high, mode] = read!("triangular", ["low", "high", "mode"], 0, args, kwargs);
    let (mut low, mut high) = (low.unwrap_or(&Value::Float(0.0)), high.unwrap_or(&Value::Float(1.0)));
    let u = source.random();
    let c = match mode {
        None | Some(Value::None) => 0.5,
        Some(mode) => match ops::truediv(&ops::sub(mode, low)?, &ops::sub(high, low)?) {
            Ok(c) => float(&c)?,
            Err(raised) if raised.is(&exc::hierarchy::ZERO_DIVISION_ERROR) => return Ok(low.clone()),
            Err(raised) => return Err(raised),
        },
    };
    let share = if u > c {
        (low, high) = (high, low);
        math::sqrt((1.0 - u) * (1.0 - c))?
    } else {
        math::sqrt(u * c)?
    };
    ops::add(low, &ops::mul(&ops::sub(high, low)?, &Value::Float(share))?)
}

pub fn normalvariate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [mu, sigma] = read!("normalvariate", ["mu", "sigma"], 0, args, kwargs);
    shifted(source.with(Generator::standard_normal), mu, sigma)
}

pub fn gauss(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [mu, sigma] = read!("gauss", ["mu", "sigma"], 0, args, kwargs);
    shifted(source.with(Generator::standard_gauss), mu, sigma)
}

pub fn lognormvariate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [mu, sigma] = read!("lognormvariate", ["mu", "sigma"], 2, args, kwargs);
    let z = shifted(source.with(Generator::standard_normal), mu, sigma)?;
    Ok(Value::Float(math::exp(float(&z)?)?))
}

pub fn expovariate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [lambd] = read!("expovariate", ["lambd"], 1, args, kwargs);
    let z = source.with(Generator::standard_exponential);
    ops::truediv(&Value::Float(z), lambd.unwrap_or(NONE))
}

pub fn vonmisesvariate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [mu, kappa] = read!("vonmisesvariate", ["mu", "kappa"], 2, args, kwargs);
    let (mu, kappa) = (float(mu.unwrap_or(NONE))?, float(kappa.unwrap_or(NONE))?);
    let (angle, reduce) = source.with(|generator| generator.von_mises(mu, kappa));
    let angle = if reduce {
        crate::float::rem(angle, 2.0 * std::f64::consts::PI)?
    } else {
        angle
    };
    Ok(Value::Float(angle))
}

fn gamma(source: &Source, alpha: f64, beta: f64) -> Result<f64> {
    if alpha <= 0.0 || beta <= 0.0 {
        return Err(exc::value_error("gammavariate: alpha and beta must be > 0.0"));
    }
    match source.with(|generator| generator.standard_gamma(alpha)) {
        Some(x) => Ok(x * beta),
        None => Err(exc::zero_division("0.0 cannot be raised to a negative power")),
    }
}

pub fn gammavariate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [alpha, beta] = read!("gammavariate", ["alpha", "beta"], 2, args, kwargs);
    let (alpha, beta) = (float(alpha.unwrap_or(NONE))?, float(beta.unwrap_or(NONE))?);
    gamma(source, alpha, beta).map(Value::Float)
}

pub fn betavariate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [alpha, beta] = read!("betavariate", ["alpha", "beta"], 2, args, kwargs);
    let y = gamma(source, float(alpha.unwrap_or(NONE))?, 1.0)?;
    if y == 0.0 {
        return Ok(Value::Float(0.0));
    }
    let other = gamma(source, float(beta.unwrap_or(NONE))?, 1.0)?;
    Ok(Value::Float(y / (y + other)))
}

pub fn paretovariate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [alpha] = read!("paretovariate", ["alpha"], 1, args, kwargs);
    let u = Value::Float(1.0 - source.random());
    ops::pow(&u, &ops::truediv(&Value::Float(-1.0), alpha.unwrap_or(NONE))?)
}

pub fn weibullvariate(source: &Source, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [alpha, beta] = read!("weibullvariate", ["alpha", "beta"], 2, args, kwargs);
    let u = 1.0 - source.random();
    let exponent = ops::truediv(&Value::Float(1.0), beta.unwrap_or(NONE))?;
    ops::mul(
        alpha.unwrap_or(NONE),
        &ops::pow(&Value::Float(-math::log(u)?), &exponent)?,
    )
}
