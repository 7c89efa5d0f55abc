//! Evaluating trees on the runtime.

use std::rc::Rc;

use crate::tokens::{Token, text};
use crate::tree::Tree;
use pivot_runtime::bytes::Bytes;
use pivot_runtime::complex::Complex;
use pivot_runtime::dict::Dict;
use pivot_runtime::exc::{self, Result};
use pivot_runtime::function::{Function, Signature};
use pivot_runtime::int::Int;
use pivot_runtime::set::Set;
use pivot_runtime::str::Str;
use pivot_runtime::{Value, builtins, modules, ops};

/// The variables of the functions around an expression, the innermost last.
type Names = Rc<Vec<(String, Value)>>;

/// The value of an expression.
///
/// # Errors
/// What the expression raises.
pub fn evaluate(tree: &Tree) -> Result<Value> {
    eval(tree, &Names::default())
}

fn eval(tree: &Tree, names: &Names) -> Result<Value> {
    let all = |trees: &[Tree]| {
        trees
            .iter()
            .map(|tree| eval(tree, names))
            .collect::<Result<Vec<Value>>>()
    };
    match tree {
        Tree::Literal(token) => literal(token),
        Tree::Name(name) => named(name, names),
        Tree::List(items) => all(items).map(Value::list),
        Tree::Tuple(items) => all(items).map(Value::tuple),
        Tree::Set(items) => Set::from_items(all(items)?).map(Value::Set),
        Tree::Dict(entries) => {
            let dict = Dict::new();
            for (key, value) in entries {
                let key = eval(key, names)?;
                dict.set(key, eval(value, names)?)?;
            }
            Ok(Value::Dict(dict))
        }
        Tree::Unary(mark, operand) => unary(mark, &eval(operand, names)?),
        Tree::Binary(mark, left, right) => binary(mark, left, right, names),
        Tree::Attribute(object, name) => ops::get_attr(&eval(object, names)?, name),
        Tree::Item(object, index) => {
            let object = eval(object, names)?;
            ops::get_item(&object, &eval(index, names)?)
        }
        Tree::Slice(parts) => {
            let part = |at: usize| {
                parts
                    .get(at)
                    .and_then(Option::as_ref)
                    .map_or(Ok(Value::None), |tree| eval(tree, names))
            };
            Ok(ops::slice(part(0)?, part(1)?, part(2)?))
        }
        Tree::Call(callee, args, named) => call(callee, args, named, names),
        Tree::Lambda(parameters, body) => Ok(lambda(parameters, body, names)),
    }
}

fn literal(token: &Token) -> Result<Value> {
    Ok(match token {
        Token::Int(digits) => Int::parse(&Str::from(digits.as_str()), 10)?.into(),
        Token::Float(value) => Value::Float(*value),
        Token::Imaginary(value) => Value::object(Complex::new(0.0, *value)),
        Token::Text(points) => Value::Str(text(points)),
        Token::Bytes(bytes) => Value::Bytes(Bytes::from(bytes.clone())),
        other => panic!("{other:?} is no literal"),
    })
}

fn named(name: &str, names: &Names) -> Result<Value> {
    match name {
        "None" => return Ok(Value::None),
        "True" => return Ok(Value::Bool(true)),
        "False" => return Ok(Value::Bool(false)),
        _ => {}
    }
    let local = names
        .iter()
        .rev()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.clone());
    modules::link(pivot_runtime::lib::EVERYTHING);
    let found = local.or_else(|| builtins::get(name)).or_else(|| modules::get(name));
    found.ok_or_else(|| exc::name_error(&format!("name '{name}' is not defined")))
}

fn unary(mark: &str, operand: &Value) -> Result<Value> {
    match mark {
        "-" => ops::neg(operand),
        "+" => ops::pos(operand),
        "~" => ops::invert(operand),
        _ => Ok(Value::Bool(!ops::truthy(operand)?)),
    }
}

fn binary(mark: &str, left: &Tree, right: &Tree, names: &Names) -> Result<Value> {
    let a = eval(left, names)?;
    match (mark, ()) {
        ("and", ()) if !ops::truthy(&a)? => return Ok(a),
        ("or", ()) if ops::truthy(&a)? => return Ok(a),
        _ => {}
    }
    let b = eval(right, names)?;
    match mark {
        "and" | "or" => Ok(b),
        "+" => ops::add(&a, &b),
        "-" => ops::sub(&a, &b),
        "*" => ops::mul(&a, &b),
        "/" => ops::truediv(&a, &b),
        "//" => ops::floordiv(&a, &b),
        "%" => ops::rem(&a, &b),
        "**" => ops::pow(&a, &b),
        "<<" => ops::lshift(&a, &b),
        ">>" => ops::rshift(&a, &b),
        "&" => ops::bit_and(&a, &b),
        "|" => ops::bit_or(&a, &b),
        "^" => ops::bit_xor(&a, &b),
        "==" => ops::eq(&a, &b),
        "!=" => ops::ne(&a, &b),
        "<" => ops::lt(&a, &b),
        "<=" => ops::le(&a, &b),
        ">" => ops::gt(&a, &b),
        ">=" => ops::ge(&a, &b),
        "in" => ops::contains(&b, &a).map(Value::Bool),
        "not in" => ops::contains(&b, &a).map(|found| Value::Bool(!found)),
        "is" => Ok(Value::Bool(ops::is(&a, &b))),
        "is not" => Ok(Value::Bool(!ops::is(&a, &b))),
        other => panic!("no operator {other}"),
    }
}

/// A call; of an attribute, as a method call.
fn call(callee: &Tree, args: &[Tree], named: &[(String, Tree)], names: &Names) -> Result<Value> {
    let (object, method) = match callee {
        Tree::Attribute(object, name) => (eval(object, names)?, Some(name)),
        other => (eval(other, names)?, None),
    };
    let args = args
        .iter()
        .map(|arg| eval(arg, names))
        .collect::<Result<Vec<Value>>>()?;
    let mut kwargs = Vec::new();
    for (name, value) in named {
        kwargs.push((Str::from(name.as_str()), eval(value, names)?));
    }
    match method {
        Some(name) => ops::call_method_kw(&object, name, &args, &kwargs),
        None => ops::call_kw(&object, &args, &kwargs),
    }
}

fn lambda(parameters: &[String], body: &Tree, names: &Names) -> Value {
    let leaked: Vec<&'static str> = parameters.iter().map(|name| &*name.clone().leak()).collect();
    let signature = Box::leak(Box::new(Signature {
        name: "<lambda>",
        qualname: "<lambda>",
        module: "__main__",
        posonly: 0,
        args: leaked.leak(),
        kwonly: &[],
        varargs: None,
        varkw: None,
        doc: None,
        flags: 0,
    }));
    let (parameters, body, outer) = (parameters.to_vec(), body.clone(), names.clone());
    Function::new(signature, Vec::new(), Vec::new(), move |args| {
        let mut inner = (*outer).clone();
        inner.extend(parameters.iter().cloned().zip(args.iter().cloned()));
        eval(&body, &Rc::new(inner))
    })
}
