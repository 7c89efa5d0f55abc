//! The rows of `math`.

use super::{float as f, integer, special, vector};
use crate::exc::{self, Result};
use crate::int::Int;
use crate::iter;
use crate::lib::convert::{float, index, int, special};
use crate::lib::params::{Params, between, no_keywords, one};
use crate::ops;
use crate::registry::{Effects, Item, ModuleDef, NativeFn};
use crate::value::Value;

const PURE: Effects = Effects::PURE;
const READS: Effects = Effects::READS_ARGS;

macro_rules! row {
    ($static:ident $name:literal $effects:expr, $call:expr) => {
        static $static: NativeFn = NativeFn {
            name: $name,
            effects: $effects,
            call: $call,
        };
    };
}

/// Rows for functions of one float whose result is a float.
macro_rules! of_float {
    ($($static:ident $name:literal $call:expr;)*) => {$(
        row!($static $name PURE, |args, kwargs| {
            let x = float(one(concat!("math.", $name), args, kwargs)?)?;
            Ok(Value::Float($call(x)?))
        });
    )*};
}

of_float! {
    ACOS "acos" f::acos; ACOSH "acosh" f::acosh; ASIN "asin" f::asin; ASINH "asinh" f::asinh; ATAN "atan" f::atan;
    ATANH "atanh" f::atanh; CBRT "cbrt" f::cbrt; COS "cos" f::cos; COSH "cosh" f::cosh; ERF "erf" f::erf;
    ERFC "erfc" f::erfc; EXP "exp" f::exp; EXP2 "exp2" f::exp2; EXPM1 "expm1" f::expm1; LOG1P "log1p" f::log1p;
    SIN "sin" f::sin; SINH "sinh" f::sinh; SQRT "sqrt" f::sqrt; TAN "tan" f::tan; TANH "tanh" f::tanh;
    GAMMA "gamma" special::gamma; LGAMMA "lgamma" special::lgamma;
    DEGREES "degrees" |x| Result::Ok(f::degrees(x)); RADIANS "radians" |x| Result::Ok(f::radians(x));
    FABS "fabs" |x: f64| Result::Ok(x.abs()); ULP "ulp" |x| Result::Ok(f::ulp(x));
}

/// Rows for questions about one float.
macro_rules! test_float {
    ($($static:ident $name:literal $call:expr;)*) => {$(
        row!($static $name PURE, |args, kwargs| {
            let x = float(one(concat!("math.", $name), args, kwargs)?)?;
            Ok(Value::Bool($call(x)))
        });
    )*};
}

test_float! { ISFINITE "isfinite" f64::is_finite; ISINF "isinf" f64::is_infinite; ISNAN "isnan" f64::is_nan; }

/// Rows for functions of two floats.
macro_rules! of_floats {
    ($($static:ident $name:literal $call:expr;)*) => {$(
        row!($static $name PURE, |args, kwargs| {
            between(concat!("math.", $name), args, kwargs, 2, 2)?;
            let (x, y) = (float(&args[0])?, float(&args[1])?);
            Ok(Value::Float($call(x, y)?))
        });
    )*};
}

of_floats! {
    ATAN2 "atan2" |y, x| Result::Ok(f::atan2(y, x)); COPYSIGN "copysign" |x: f64, y: f64| Result::Ok(x.copysign(y));
    FMOD "fmod" f::fmod; NEXTAFTER "nextafter" |x, y| Result::Ok(f::nextafter(x, y)); POW "pow" f::pow;
    REMAINDER "remainder" f::remainder;
}

row!(LOG "log" PURE, |args, kwargs| {
    if !kwargs.is_empty() {
        return Err(exc::type_error("log() takes no keyword arguments"));
    }
    match args {
        [x] => Ok(Value::Float(log_of(x, f::log)?)),
        [x, base] => {
            let (x, base) = (log_of(x, f::log)?, log_of(base, f::log)?);
            Ok(Value::Float(f::log_ratio(x, base)?))
        }
        _ => Err(exc::type_error("math.log requires 1 to 2 arguments")),
    }
});
row!(LOG2 "log2" PURE, |args, kwargs| Ok(Value::Float(log_of(one("math.log2", args, kwargs)?, f::log2)?)));
row!(LOG10 "log10" PURE, |args, kwargs| Ok(Value::Float(log_of(one("math.log10", args, kwargs)?, f::log10)?)));

/// A logarithm of any number: ints beyond the floats are scaled by a power of two first.
fn log_of(value: &Value, log: fn(f64) -> Result<f64>) -> Result<f64> {
    let Value::BigInt(big) = value else {
        return log(float(value)?);
    };
    let n = Int::Big(big.clone());
    match n.to_f64() {
        Ok(x) => log(x),
        Err(_) if n.is_negative() => log(-1.0),
        Err(_) => {
            let (x, exponent) = integer::frexp(big);
            Ok(log(x)? + log(2.0)? * exponent as f64)
        }
    }
}

row!(FREXP "frexp" PURE, |args, kwargs| {
    let (mantissa, exponent) = super::libm::frexp(float(one("math.frexp", args, kwargs)?)?);
    Ok(Value::tuple(vec![Value::Float(mantissa), Value::Int(i64::from(exponent))]))
});
row!(MODF "modf" PURE, |args, kwargs| {
    let (fraction, whole) = f::modf(float(one("math.modf", args, kwargs)?)?);
    Ok(Value::tuple(vec![Value::Float(fraction), Value::Float(whole)]))
});
row!(LDEXP "ldexp" PURE, |args, kwargs| {
    between("math.ldexp", args, kwargs, 2, 2)?;
    let x = float(&args[0])?;
    let exponent = match &args[1] {
        Value::Int(exponent) => *exponent,
        Value::Bool(flag) => i64::from(*flag),
        Value::BigInt(big) if big.sign() == num_bigint::Sign::Minus => i64::MIN,
        Value::BigInt(_) => i64::MAX,
        _ => return Err(exc::type_error("Expected an int as second argument to ldexp.")),
    };
    Ok(Value::Float(f::ldexp(x, exponent)?))
});

/// `floor`, `ceil`, `trunc` of an object: an int for a float, the object's own method otherwise.
fn rounded(value: &Value, method: &str, round: fn(f64) -> f64) -> Result<Value> {
    match value {
        Value::Float(x) => whole(round(*x)),
        Value::Int(_) | Value::BigInt(_) => Ok(value.clone()),
        Value::Bool(flag) => Ok(Value::Int(i64::from(*flag))),
        _ => match special(value, method) {
            Some(function) => ops::call(&function, std::slice::from_ref(value)),
            None if method == "__trunc__" => {
                let name = value.type_name();
                Err(exc::type_error(&format!("type {name} doesn't define __trunc__ method")))
            }
            None => whole(round(float(value)?)),
        },
    }
}

/// A whole float as an int.
fn whole(x: f64) -> Result<Value> {
    match Int::from_f64(x) {
        Some(n) => Ok(int(n)),
        None if x.is_nan() => Err(exc::value_error("cannot convert float NaN to integer")),
        None => Err(exc::overflow_error("cannot convert float infinity to integer")),
    }
}

row!(FLOOR "floor" PURE, |args, kwargs| rounded(one("math.floor", args, kwargs)?, "__floor__", f64::floor));
row!(CEIL "ceil" PURE, |args, kwargs| rounded(one("math.ceil", args, kwargs)?, "__ceil__", f64::ceil));
row!(TRUNC "trunc" PURE, |args, kwargs| rounded(one("math.trunc", args, kwargs)?, "__trunc__", f64::trunc));

row!(ISCLOSE "isclose" PURE, |args, kwargs| {
    static PARAMS: Params = Params::new("isclose", &["a", "b", "rel_tol", "abs_tol"], 2).positional(2);
    let [a, b, rel_tol, abs_tol] = PARAMS.read(args, kwargs)?;
    let number = |value: Option<&Value>, default: f64| value.map_or(Ok(default), float);
    let close = f::isclose(number(a, 0.0)?, number(b, 0.0)?, number(rel_tol, 1e-9)?, number(abs_tol, 0.0)?)?;
    Ok(Value::Bool(close))
});

row!(HYPOT "hypot" PURE, |args, kwargs| {
    no_keywords("math.hypot", kwargs)?;
    let mut coordinates = args.iter().map(float).collect::<Result<Vec<f64>>>()?;
    Ok(Value::Float(vector::hypot(&mut coordinates)))
});
row!(DIST "dist" READS, |args, kwargs| {
    between("math.dist", args, kwargs, 2, 2)?;
    let (p, q) = (iter::collect(&args[0])?, iter::collect(&args[1])?);
    if p.len() != q.len() {
        return Err(exc::value_error("both points must have the same number of dimensions"));
    }
    let (mut differences, mut pairs) = (Vec::with_capacity(p.len()), p.iter().zip(&q));
    pairs.try_for_each(|(a, b)| {
        differences.push(float(a)? - float(b)?);
        Result::Ok(())
    })?;
    Ok(Value::Float(vector::hypot(&mut differences)))
});
row!(FSUM "fsum" READS, |args, kwargs| {
    let mut values = iter::iter(one("math.fsum", args, kwargs)?)?;
    let mut sum = vector::ExactSum::default();
    while let Some(value) = values.next()? {
        sum.add(float(&value)?)?;
    }
    Ok(Value::Float(sum.finish()?))
});
row!(PROD "prod" READS, |args, kwargs| {
    static PARAMS: Params = Params::new("prod", &["iterable", "start"], 1).posonly(1).positional(1);
    let [iterable, start] = PARAMS.read(args, kwargs)?;
    let mut values = iter::iter(iterable.unwrap_or(&Value::None))?;
    let mut product = start.cloned().unwrap_or(Value::Int(1));
    while let Some(value) = values.next()? {
        product = ops::mul(&product, &value)?;
    }
    Ok(product)
});

/// Folds `gcd` or `lcm` over all arguments.
fn fold(args: &[Value], start: i64, combine: fn(&Int, &Int) -> Int) -> Result<Value> {
    let mut result = Int::Small(start);
    for (position, arg) in args.iter().enumerate() {
        let n = index(arg)?;
        result = if position == 0 { n.abs() } else { combine(&result, &n) };
    }
    Ok(int(result))
}

row!(GCD "gcd" PURE, |args, kwargs| {
    no_keywords("math.gcd", kwargs)?;
    fold(args, 0, Int::gcd)
});
row!(LCM "lcm" PURE, |args, kwargs| {
    no_keywords("math.lcm", kwargs)?;
    fold(args, 1, |a, b| Int::from_big(integer::lcm(&a.to_big(), &b.to_big())))
});
row!(ISQRT "isqrt" PURE, |args, kwargs| {
    let n = index(one("math.isqrt", args, kwargs)?)?;
    Ok(int(match n {
        Int::Small(n) => Int::Small(integer::isqrt_i64(n)?),
        Int::Big(n) => Int::from_big(integer::isqrt(&n)?),
    }))
});
row!(FACTORIAL "factorial" PURE, |args, kwargs| {
    let n = index(one("math.factorial", args, kwargs)?)?;
    match n.as_i64() {
        Some(n) => Ok(int(Int::from_big(integer::factorial(n)?))),
        None if n.is_negative() => Err(super::Raised::NegativeFactorial.raise()),
        None => Err(exc::overflow_error("factorial() argument should not exceed 9223372036854775807")),
    }
});
row!(COMB "comb" PURE, |args, kwargs| {
    between("math.comb", args, kwargs, 2, 2)?;
    let (n, k) = (index(&args[0])?.to_big(), index(&args[1])?.to_big());
    Ok(int(Int::from_big(integer::comb(&n, &k)?)))
});
row!(PERM "perm" PURE, |args, kwargs| {
    between("math.perm", args, kwargs, 1, 2)?;
    match args {
        [n, k] if !matches!(k, Value::None) => {
            let (n, k) = (index(n)?.to_big(), index(k)?.to_big());
            Ok(int(Int::from_big(integer::perm(&n, &k)?)))
        }
        _ => (FACTORIAL.call)(&args[..1], kwargs),
    }
});

macro_rules! functions {
    ($($static:ident)*) => {
        &[
            $(($static.name, Item::Function(&$static)),)*
            ("e", Item::Value(|| Value::Float(std::f64::consts::E))),
            ("pi", Item::Value(|| Value::Float(std::f64::consts::PI))),
            ("tau", Item::Value(|| Value::Float(std::f64::consts::TAU))),
            ("inf", Item::Value(|| Value::Float(f64::INFINITY))),
            ("nan", Item::Value(|| Value::Float(f64::NAN))),
        ]
    };
}

/// The module `math`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "math",
    items: functions! {
        ACOS ACOSH ASIN ASINH ATAN ATAN2 ATANH CBRT CEIL COMB COPYSIGN COS COSH DEGREES DIST ERF ERFC EXP EXP2 EXPM1
        FABS FACTORIAL FLOOR FMOD FREXP FSUM GAMMA GCD HYPOT ISCLOSE ISFINITE ISINF ISNAN ISQRT LCM LDEXP LGAMMA LOG
        LOG10 LOG1P LOG2 MODF NEXTAFTER PERM POW PROD RADIANS REMAINDER SIN SINH SQRT TAN TANH TRUNC ULP
    },
};
