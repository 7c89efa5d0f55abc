//! Operations on numbers.

use crate::item::{Answer, Item};
use pivot_runtime::complex::Complex;
use pivot_runtime::format::{self, Spec};
use pivot_runtime::int::{self, Int};
use pivot_runtime::str::{Str, StrBuf};
use pivot_runtime::{bytes::Bytes, float, hash};
use std::cmp::Ordering;

fn number(value: impl Into<Int>) -> Item {
    Item::Int(value.into())
}

fn pair<T>(values: (T, T), item: impl Fn(T) -> Item) -> Item {
    Item::Tuple(vec![item(values.0), item(values.1)])
}

/// Native and unbounded arithmetic must agree wherever the native one gives an answer.
fn agree(narrow: pivot_runtime::Result<i64>, wide: pivot_runtime::Result<Int>) -> Answer {
    match (&narrow, &wide) {
        (Ok(narrow), Ok(wide)) => assert_eq!(Some(*narrow), wide.as_i64()),
        (Err(fault), Ok(wide)) => {
            assert!(fault.is_deopt());
            assert!(wide.as_i64().is_none(), "gave up on {wide:?}");
        }
        (Err(narrow), Err(wide)) => assert_eq!(narrow.message(), wide.message()),
        (Ok(narrow), Err(_)) => panic!("{narrow} for a failure"),
    }
    wide.map(Item::Int)
}

pub fn int(operation: &str, args: &[Item]) -> Answer {
    match operation {
        "parse" => return Int::parse(args[0].str(), args[1].small()).map(Item::Int),
        "from_bytes" => {
            let little = int::is_little(&args[1].str().to_rust_string())?;
            return Ok(Item::Int(Int::from_bytes(
                args[0].bytes().as_slice(),
                little,
                *args[2].flag(),
            )));
        }
        _ => {}
    }
    let a = args[0].int();
    match args {
        [_] => int_unary(operation, a),
        [_, Item::Int(b)] => int_binary(operation, a, b),
        [_, Item::Float(x)] => Ok(compared(a, *x)),
        [_, length, order, signed] => {
            let little = int::is_little(&order.str().to_rust_string())?;
            a.to_bytes(length.small(), little, *signed.flag()).map(Item::Bytes)
        }
        [_, b, c] => a.modpow(b.int(), c.int()).map(Item::Int),
        _ => panic!("arguments of {operation}"),
    }
}

fn int_unary(operation: &str, a: &Int) -> Answer {
    Ok(match operation {
        "neg" => Item::Int(a.neg()),
        "invert" => Item::Int(a.invert()),
        "abs" => Item::Int(a.abs()),
        "bit_length" => number(a.bit_length()),
        "bit_count" => number(a.bit_count()),
        "float" => Item::Float(a.to_f64()?),
        "isqrt" => Item::Int(a.isqrt()?),
        "str" => Item::Str(a.to_decimal()?),
        "bin" => Item::Str(a.to_prefixed(2)),
        "oct" => Item::Str(a.to_prefixed(8)),
        "hex" => Item::Str(a.to_prefixed(16)),
        "hash" => number(hash::of_int(a)),
        _ => panic!("unknown operation {operation}"),
    })
}

fn int_binary(operation: &str, a: &Int, b: &Int) -> Answer {
    use int::i64ops;
    let narrow = a.as_i64().zip(b.as_i64());
    let both = |native: fn(i64, i64) -> pivot_runtime::Result<i64>, wide: pivot_runtime::Result<Int>| match narrow {
        Some((a, b)) => agree(native(a, b), wide),
        None => wide.map(Item::Int),
    };
    match operation {
        "add" => both(i64ops::add, Ok(a.add(b))),
        "sub" => both(i64ops::sub, Ok(a.sub(b))),
        "mul" => both(i64ops::mul, Ok(a.mul(b))),
        "floordiv" => both(i64ops::floordiv, a.floordiv(b)),
        "rem" => both(i64ops::rem, a.rem(b)),
        "pow" => both(i64ops::pow, a.pow(b)),
        "lshift" => both(i64ops::lshift, a.lshift(b)),
        "rshift" => both(i64ops::rshift, a.rshift(b)),
        "divmod" => a.divmod(b).map(|both| pair(both, Item::Int)),
        "truediv" => {
            if let Some((a, b)) = narrow {
                return i64ops::truediv(a, b).map(Item::Float);
            }
            a.truediv(b).map(Item::Float)
        }
        "and" => Ok(Item::Int(a.bit_and(b))),
        "or" => Ok(Item::Int(a.bit_or(b))),
        "xor" => Ok(Item::Int(a.bit_xor(b))),
        "gcd" => Ok(Item::Int(a.gcd(b))),
        "less" => Ok(Item::Bool(a < b)),
        _ => panic!("unknown operation {operation}"),
    }
}

fn compared(a: &Int, x: f64) -> Item {
    let order = a.partial_cmp_f64(x);
    Item::List(vec![
        Item::Bool(order == Some(Ordering::Less)),
        Item::Bool(a.eq_f64(x)),
        Item::Bool(order == Some(Ordering::Greater)),
    ])
}

pub fn float(operation: &str, args: &[Item]) -> Answer {
    match operation {
        "parse" => return float::parse(args[0].str()).map(Item::Float),
        "from_hex" => return float::from_hex(args[0].str()).map(Item::Float),
        _ => {}
    }
    let x = *args[0].float();
    match args {
        [_] => float_unary(operation, x),
        [_, Item::Float(y)] => float_binary(operation, x, *y),
        [_, Item::Int(_)] if operation == "fixed" => Ok(Item::Str(float::fixed(x, args[1].small() as usize))),
        [_, Item::Int(_)] => float::round(x, args[1].small()).map(Item::Float),
        _ => panic!("arguments of {operation}"),
    }
}

fn float_unary(operation: &str, x: f64) -> Answer {
    Ok(match operation {
        "repr" => Item::Str(float::repr(x)),
        "hash" => number(if x.is_nan() { 0 } else { hash::float(x) }),
        "floor" => Item::Int(float::floor(x)?),
        "ceil" => Item::Int(float::ceil(x)?),
        "trunc" => Item::Int(float::trunc(x)?),
        "round" => Item::Int(float::round_to_int(x)?),
        "is_integer" => Item::Bool(float::is_integer(x)),
        "hex" => Item::Str(float::to_hex(x)),
        "ratio" => pair(float::as_integer_ratio(x)?, Item::Int),
        _ => panic!("unknown operation {operation}"),
    })
}

fn float_binary(operation: &str, x: f64, y: f64) -> Answer {
    Ok(match operation {
        "rem" => Item::Float(float::rem(x, y)?),
        "floordiv" => Item::Float(float::floordiv(x, y)?),
        "truediv" => Item::Float(float::truediv(x, y)?),
        "divmod" => pair(float::divmod(x, y)?, Item::Float),
        "pow" => match float::pow_real(x, y)? {
            Some(power) => Item::Float(power),
            None => Item::Complex(Complex::real(x).pow(Complex::real(y))?),
        },
        _ => panic!("unknown operation {operation}"),
    })
}

pub fn complex(operation: &str, args: &[Item]) -> Answer {
    if operation == "parse" {
        return Complex::parse(args[0].str()).map(Item::Complex);
    }
    let a = *args[0].complex();
    let b = args.get(1).map_or(Complex::ZERO, |b| *b.complex());
    Ok(match operation {
        "add" => Item::Complex(a + b),
        "sub" => Item::Complex(a - b),
        "mul" => Item::Complex(a * b),
        "truediv" => Item::Complex(a.truediv(b)?),
        "pow" => Item::Complex(a.pow(b)?),
        "repr" => Item::Str(a.repr()),
        "abs" => Item::Float(a.abs()?),
        "hash" if a.re.is_nan() || a.im.is_nan() => number(0),
        "hash" => number(hash::complex(a.re, a.im)),
        _ => panic!("unknown operation {operation}"),
    })
}

pub fn format(operation: &str, args: &[Item]) -> Answer {
    let text = args[1].str();
    if text.is_empty() && matches!(operation, "int" | "str") {
        return match operation {
            "int" => format::int_spec(args[0].int(), text).map(Item::Str),
            _ => format::str_spec(args[0].str(), text).map(Item::Str),
        };
    }
    let default = match operation {
        "int" => b'd',
        "str" => b's',
        _ => 0,
    };
    let spec = Spec::parse(text, operation, default)?;
    let mut out = StrBuf::new();
    match operation {
        "float" => format::push_float(&mut out, *args[0].float(), &spec)?,
        "complex" => format::push_complex(&mut out, *args[0].complex(), &spec)?,
        "str" => format::push_str(&mut out, args[0].str(), &spec)?,
        _ => match args[0].int() {
            Int::Small(value) => format::push_i64(&mut out, *value, &spec)?,
            value => format::push_int(&mut out, value, &spec)?,
        },
    }
    Ok(Item::Str(out.finish()))
}

pub fn hash(operation: &str, args: &[Item]) -> Answer {
    Ok(number(match operation {
        "tuple" => hash_of(&args[0]),
        "frozenset" => {
            let mut hasher = hash::FrozenSetHasher::new();
            args[0].items().iter().for_each(|item| hasher.add(hash_of(item)));
            hasher.finish()
        }
        "range" => {
            let (start, stop, step) = (args[0].small(), args[1].small(), args[2].small());
            let length = (stop - start + step - step.signum()) / step;
            hash::range(&Int::from(length), &Int::from(start), &Int::from(step))
        }
        _ => panic!("unknown operation {operation}"),
    }))
}

fn hash_of(item: &Item) -> i64 {
    match item {
        Item::Bool(flag) => hash::int(*flag as i64),
        Item::Int(value) => hash::of_int(value),
        Item::Float(value) => hash::float(*value),
        Item::Str(text) => Str::hash(text),
        Item::Bytes(data) => Bytes::hash(data),
        Item::Tuple(items) => hash::tuple(&items.iter().map(hash_of).collect::<Vec<_>>()),
        _ => panic!("no hash"),
    }
}

/// Many floats at once: the hash over what all of them look like.
pub fn bulk(operation: &str, args: &[Item]) -> Answer {
    let mut out = StrBuf::new();
    for (index, chunk) in args[0].bytes().as_slice().chunks(8).enumerate() {
        let value = f64::from_be_bytes(chunk.try_into().expect("eight bytes"));
        if index > 0 {
            out.push_ascii("\n");
        }
        match operation {
            "repr" => out.push_f64(value),
            "fixed" => float::write_fixed(&mut out, value, args[1].small() as usize),
            "round" => out.push_f64(float::round(value, args[1].small())?),
            "format" => format::push_float(&mut out, value, &Spec::parse(args[1].str(), "float", 0)?)?,
            "parse" => {
                let seventeen = Spec {
                    precision: Some(17),
                    kind: b'g' as u32,
                    ..Spec::PLAIN
                };
                let mut text = StrBuf::new();
                format::push_float(&mut text, value, &seventeen)?;
                out.push_f64(float::parse(&text.finish())?);
            }
            _ => panic!("unknown operation {operation}"),
        }
    }
    let text = out.finish();
    Ok(number(hash::bytes(
        text.as_ascii().expect("numbers are ASCII").as_bytes(),
    )))
}
