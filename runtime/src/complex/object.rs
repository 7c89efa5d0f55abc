//! Complex numbers as Python objects.

use super::Complex;
use crate::args;
use crate::exc::{self, Result};
use crate::format;
use crate::hash;
use crate::int::Int;
use crate::methods::{pure, str::spec_argument};
use crate::native::{Comparison, Native, Object, Operator, Side, Unary};
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

fn make(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let (mut real, mut imag) = (args.first(), args.get(1));
    for (name, value) in kwargs {
        match name.as_ascii() {
            Some("real") if real.is_none() => real = Some(value),
            Some("imag") if imag.is_none() => imag = Some(value),
            _ => {
                return Err(exc::type_error(&format!(
                    "complex() got an unexpected keyword argument '{name}'"
                )));
            }
        }
    }
    if args.len() > 2 {
        let given = args.len() + kwargs.len();
        return Err(exc::type_error(&format!(
            "complex() takes at most 2 arguments ({given} given)"
        )));
    }
    build(real, imag).map(Value::object)
}

fn build(real: Option<&Value>, imag: Option<&Value>) -> Result<Complex> {
    match (real, imag) {
        (Some(Value::Str(text)), None) => return Complex::parse(text),
        (Some(Value::Str(_)), Some(_)) => {
            return Err(exc::type_error("complex() can't take second arg if first is a string"));
        }
        (_, Some(Value::Str(_))) => return Err(exc::type_error("complex() second arg can't be a string")),
        _ => {}
    }
    let Some(imag) = imag else {
        return part(real, "complex() first argument must be a string or a number");
    };
    let real = part(real, "complex() first argument must be a string or a number")?;
    let whole = imag.downcast::<Complex>().is_some();
    let imag = part(Some(imag), "complex() second argument must be a number")?;
    // A complex second argument is turned by a right angle; a real one leaves the signs of zeros alone.
    Ok(Complex::new(
        if whole { real.re - imag.im } else { real.re },
        imag.re + real.im,
    ))
}

fn part(value: Option<&Value>, message: &str) -> Result<Complex> {
    let Some(value) = value else { return Ok(Complex::ZERO) };
    from_number(value).unwrap_or_else(|| Err(exc::type_error(&format!("{message}, not '{}'", value.type_name()))))
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
