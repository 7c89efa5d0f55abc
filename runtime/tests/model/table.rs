//! Runs a table: each line is a call with its outcome, and its arguments as they are afterwards.

use pivot_runtime::exc::Result;
use pivot_runtime::iter;
use pivot_runtime::str::Str;
use pivot_runtime::{Exc, Value, builtins, ops, text};

use crate::literal;

/// Checks every line of a table, and shows those that differ.
pub fn check(name: &str, table: &str) {
    let (mut wrong, mut lines) = (Vec::new(), 0);
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        lines += 1;
        if let Some(difference) = difference(line) {
            wrong.push(difference);
        }
    }
    assert!(lines > 0, "{name} is empty");
    assert!(
        wrong.is_empty(),
        "{} of {lines} lines of {name} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(400)].join("\n")
    );
}

fn difference(line: &str) -> Option<String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [kind, name, args, kwargs, outcome, after] = fields[..] else {
        panic!("malformed line {line:?}")
    };
    let args = sequence(&literal::read(args));
    let kwargs = keywords(&literal::read(kwargs));
    let result = run(kind, name, &args, &kwargs).and_then(shown);
    let got = match &result {
        Ok(text) => format!("= {text}"),
        Err(failure) => raised(failure),
    };
    if got != outcome {
        return Some(format!("{line}\n    got {got}"));
    }
    let now = text::repr(&Value::tuple(args)).map_or_else(|failure| raised(&failure), |text| text.to_rust_string());
    (now != after).then(|| format!("{line}\n    arguments are now {now}"))
}

fn raised(failure: &Exc) -> String {
    format!("! {}: {}", failure.type_name(), failure.message())
}

fn sequence(value: &Value) -> Vec<Value> {
    iter::collect(value).expect("a row of arguments")
}

fn keywords(value: &Value) -> Vec<(Str, Value)> {
    let Value::Dict(dict) = value else {
        panic!("keywords are a dict")
    };
    let name = |key: Value| key.as_str().cloned().expect("keywords have names");
    dict.items()
        .into_iter()
        .map(|(key, value)| (name(key), value))
        .collect()
}

fn run(kind: &str, name: &str, args: &[Value], kwargs: &[(Str, Value)]) -> Result<Value> {
    match kind {
        "call" => ops::call_kw(
            &builtins::get(name).unwrap_or_else(|| panic!("no builtin {name}")),
            args,
            kwargs,
        ),
        "method" => ops::call_method_kw(&args[0], name, &args[1..], kwargs),
        "attr" => ops::get_attr(&args[0], name),
        "op" => operate(name, args),
        _ => panic!("unknown kind {kind}"),
    }
}

fn operate(name: &str, args: &[Value]) -> Result<Value> {
    let done = |()| Value::None;
    match (name, args) {
        ("add", [a, b]) => ops::add(a, b),
        ("sub", [a, b]) => ops::sub(a, b),
        ("mul", [a, b]) => ops::mul(a, b),
        ("truediv", [a, b]) => ops::truediv(a, b),
        ("floordiv", [a, b]) => ops::floordiv(a, b),
        ("mod", [a, b]) => ops::rem(a, b),
        ("pow", [a, b]) => ops::pow(a, b),
        ("lshift", [a, b]) => ops::lshift(a, b),
        ("rshift", [a, b]) => ops::rshift(a, b),
        ("and_", [a, b]) => ops::bit_and(a, b),
        ("or_", [a, b]) => ops::bit_or(a, b),
        ("xor", [a, b]) => ops::bit_xor(a, b),
        ("iadd", [a, b]) => ops::iadd(a, b),
        ("isub", [a, b]) => ops::isub(a, b),
        ("imul", [a, b]) => ops::imul(a, b),
        ("ipow", [a, b]) => ops::ipow(a, b),
        ("iand", [a, b]) => ops::ibit_and(a, b),
        ("ior", [a, b]) => ops::ibit_or(a, b),
        ("ixor", [a, b]) => ops::ibit_xor(a, b),
        ("eq", [a, b]) => ops::eq(a, b),
        ("ne", [a, b]) => ops::ne(a, b),
        ("lt", [a, b]) => ops::lt(a, b),
        ("le", [a, b]) => ops::le(a, b),
        ("gt", [a, b]) => ops::gt(a, b),
        ("ge", [a, b]) => ops::ge(a, b),
        ("neg", [a]) => ops::neg(a),
        ("pos", [a]) => ops::pos(a),
        ("invert", [a]) => ops::invert(a),
        ("truth", [a]) => ops::truthy(a).map(Value::Bool),
        ("contains", [a, b]) => ops::contains(a, b).map(Value::Bool),
        ("getitem", [a, b]) => ops::get_item(a, b),
        ("setitem", [a, b, c]) => ops::set_item(a, b, c.clone()).map(done),
        ("delitem", [a, b]) => ops::del_item(a, b).map(done),
        ("unpack2", [a]) => iter::unpack::<2>(a).map(|items| Value::tuple(items.to_vec())),
        ("unpack_star", [a]) => iter::unpack_star(a, 1, 1).map(|(before, middle, after)| {
            Value::tuple(vec![Value::list(before), Value::List(middle), Value::list(after)])
        }),
        _ => panic!("unknown operation {name} of {}", args.len()),
    }
}

/// The `repr` of a result; iterators are run through.
fn shown(value: Value) -> Result<String> {
    let is_iterator = match &value {
        Value::Iter(_) => true,
        Value::Object(object) => object.native().is_iterator(),
        _ => false,
    };
    let value = if is_iterator {
        Value::list(iter::collect(&value)?)
    } else {
        value
    };
    text::repr(&value).map(|text| text.to_rust_string())
}
