//! Complex numbers as Python objects.

use super::Complex;
use crate::args::{self, Parameters};
use crate::exc::{self, Exc, Result};
use crate::float;
use crate::format;
use crate::hash;
use crate::int::Int;
use crate::methods::{pure, str::spec_argument};
use crate::native::{Comparison, Native, Object, Operator, Side, Unary};
use crate::ops;
use crate::registry::{BuiltinType, Field, Kwargs, Method};
use crate::str::Str;
use crate::value::Value;

/// A complex number as a Python object.
pub fn value(re: f64, im: f64) -> Value {
    Value::object(Complex { re, im })
}

/// The type `complex`.
pub static COMPLEX: BuiltinType = BuiltinType::new("complex", "builtins", make)
    .methods(METHODS)
    .fields(FIELDS);

const METHODS: &[Method] = &[
    pure("conjugate", |this, args, kwargs| {
        let [] = args::exactly("complex.conjugate", args, kwargs)?;
        Ok(Value::object(of(this).conjugate()))
    }),
    pure("__complex__", |this, args, kwargs| {
        let [] = args::exactly("complex.__complex__", args, kwargs)?;
        Ok(Value::object(of(this)))
    }),
    pure("__format__", |this, args, kwargs| {
        let [spec] = args::exactly("complex.__format__", args, kwargs)?;
        format::complex_spec(of(this), spec_argument(spec)?).map(Value::Str)
    }),
];

const FIELDS: &[Field] = &[
    Field {
        name: "real",
        get: |this| Ok(Value::Float(of(this).re)),
        set: None,
    },
    Field {
        name: "imag",
        get: |this| Ok(Value::Float(of(this).im)),
        set: None,
    },
];

fn of(value: &Value) -> Complex {
    *value
        .payload()
        .downcast::<Complex>()
        .expect("the receiver is a complex number")
}

/// The complex number a number is; `None` for anything else.
fn from_number(value: &Value) -> Option<Result<Complex>> {
    Some(Ok(match value {
        Value::Bool(flag) => Complex::real(*flag as u8 as f64),
        Value::Int(int) => Complex::real(*int as f64),
        Value::BigInt(int) => return Some(Int::Big(int.clone()).to_f64().map(Complex::real)),
        Value::Float(float) => Complex::real(*float),
        _ => *value.downcast::<Complex>()?,
    }))
}

const PARAMETERS: Parameters<2> = Parameters {
    function: "complex",
    names: ["real", "imag"],
    positional_only: 0,
    positional: 2,
    required: 0,
};

fn make(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [real, imag] = PARAMETERS.bind(args, kwargs)?;
    build(real, imag).map(Value::object)
}

fn build(real: Option<&Value>, imag: Option<&Value>) -> Result<Complex> {
    if let Some(text) = real.and_then(Value::as_str) {
        return match imag {
            None => Complex::parse(text),
            Some(_) => Err(exc::type_error("complex() can't take second arg if first is a string")),
        };
    }
    if imag.is_some_and(|imag| imag.as_str().is_some()) {
        return Err(exc::type_error("complex() second arg can't be a string"));
    }
    let real = match real {
        None => Part::Real(0.0),
        Some(value) => special(value)?.ok_or_else(|| unfit("first argument must be a string or a number", value))?,
    };
    let Some(imag) = imag else { return Ok(real.whole()) };
    let imag = plain(imag)?.ok_or_else(|| unfit("second argument must be a number", imag))?;
    Ok(combine(real, imag))
}

/// A part of a complex number, which may be complex itself.
enum Part {
    Real(f64),
    Complex(Complex),
}

impl Part {
    fn whole(&self) -> Complex {
        match self {
            Part::Real(real) => Complex::real(*real),
            Part::Complex(complex) => *complex,
        }
    }
}

/// `real + imag * 1j`, where real parts leave the signs of zeros alone.
fn combine(real: Part, imag: Part) -> Complex {
    let (a, b) = (real.whole(), imag.whole());
    let re = if let Part::Complex(_) = imag { a.re - b.im } else { a.re };
    let im = if let Part::Complex(_) = real { b.re + a.im } else { b.re };
    Complex::new(re, im)
}

/// What `__complex__` answers, or else the number the value is.
fn special(value: &Value) -> Result<Option<Part>> {
    if let (Value::Instance(_), Some(answer)) = (value, ops::call_special(value, "__complex__", &[])?) {
        return match answer.payload().downcast::<Complex>() {
            Some(complex) => Ok(Some(Part::Complex(*complex))),
            None => {
                let kind = answer.type_name();
                Err(exc::type_error(&format!(
                    "__complex__ returned non-complex (type {kind})"
                )))
            }
        };
    }
    plain(value)
}

fn plain(value: &Value) -> Result<Option<Part>> {
    match value.payload().downcast::<Complex>() {
        Some(complex) => Ok(Some(Part::Complex(*complex))),
        None => Ok(float::try_real(value)?.map(Part::Real)),
    }
}

#[cold]
fn unfit(message: &str, value: &Value) -> Exc {
    exc::type_error(&format!("complex() {message}, not '{}'", value.type_name()))
}

impl Native for Complex {
    fn native_type(&self) -> &'static BuiltinType {
        &COMPLEX
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        Ok(Complex::repr(*self))
    }

    fn truthy(&self) -> Result<bool> {
        Ok(Complex::truthy(*self))
    }

    fn hash(&self, _this: &Object) -> Result<i64> {
        Ok(hash::complex(self.re, self.im))
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        let equal = match other {
            Value::Int(_) | Value::BigInt(_) => self.im == 0.0 && int_of(other).is_some_and(|int| int.eq_f64(self.re)),
            _ => match from_number(other) {
                Some(other) => *self == other?,
                None => return Ok(None),
            },
        };
        Ok(match op {
            Comparison::Eq => Some(Value::Bool(equal)),
            Comparison::Ne => Some(Value::Bool(!equal)),
            _ => None,
        })
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        if !matches!(
            op,
            Operator::Add | Operator::Sub | Operator::Mul | Operator::TrueDiv | Operator::Pow
        ) {
            return Ok(None);
        }
        let Some(other) = from_number(other) else {
            return Ok(None);
        };
        let (a, b) = match side {
            Side::Left => (*self, other?),
            Side::Right => (other?, *self),
        };
        Ok(Some(Value::object(match op {
            Operator::Add => a + b,
            Operator::Sub => a - b,
            Operator::Mul => a * b,
            Operator::TrueDiv => a.truediv(b)?,
            _ => a.pow(b)?,
        })))
    }

    fn unary(&self, op: Unary) -> Result<Option<Value>> {
        Ok(match op {
            Unary::Neg => Some(Value::object(-*self)),
            Unary::Pos => Some(Value::object(*self)),
            Unary::Invert => None,
        })
    }
}

fn int_of(value: &Value) -> Option<Int> {
    match value {
        Value::Int(int) => Some(Int::Small(*int)),
        Value::BigInt(int) => Some(Int::Big(int.clone())),
        _ => None,
    }
}
