//! Operations on text and bytes.

use crate::item::{Answer, Item, show_item};
use pivot_runtime::elem::Key;
use pivot_runtime::str::Str;
use pivot_runtime::{Value, builtins, codec, hash, ops, text, types};

pub fn chars(operation: &str, args: &[Item]) -> Answer {
    let start = args[0].small() as u32;
    let mut shown = String::new();
    for point in start..start + 256 {
        let a = u32::from(b'a');
        for text in [vec![point], vec![a, point, u32::from(b'A')], vec![point, 0x3a3, point]] {
            shown += &show_item(&of_text(operation, &Str::from_code_points(&text)));
            shown.push('\n');
        }
    }
    Ok(Item::Int(hash::bytes(shown.as_bytes()).into()))
}

fn of_text(operation: &str, text: &Str) -> Item {
    match operation {
        "capitalize" => Item::Str(text.capitalize()),
        "casefold" => Item::Str(text.casefold()),
        "lower" => Item::Str(text.lower()),
        "upper" => Item::Str(text.upper()),
        "swapcase" => Item::Str(text.swapcase()),
        "title" => Item::Str(text.title()),
        "repr" => Item::Str(text.repr()),
        "isalnum" => Item::Bool(text.is_alnum()),
        "isalpha" => Item::Bool(text.is_alpha()),
        "isascii" => Item::Bool(text.is_ascii()),
        "isdecimal" => Item::Bool(text.is_decimal()),
        "isdigit" => Item::Bool(text.is_digit()),
        "isidentifier" => Item::Bool(text.is_identifier()),
        "islower" => Item::Bool(text.is_lower()),
        "isnumeric" => Item::Bool(text.is_numeric()),
        "isprintable" => Item::Bool(text.is_printable()),
        "isspace" => Item::Bool(text.is_space()),
        "istitle" => Item::Bool(text.is_title()),
        "isupper" => Item::Bool(text.is_upper()),
        _ => panic!("unknown operation {operation}"),
    }
}

pub fn codec(operation: &str, args: &[Item]) -> Answer {
    let name = |at: usize, default: &str| {
        args.get(at)
            .map_or(default.to_owned(), |item| item.str().to_rust_string())
    };
    let (encoding, errors) = (name(1, "utf-8"), name(2, "strict"));
    match operation {
        "encode" => codec::encode(args[0].str(), &encoding, &errors).map(Item::Bytes),
        _ => codec::decode(args[0].bytes().as_slice(), &encoding, &errors).map(Item::Str),
    }
}

/// What a case asks of a str or of bytes: an operator, or a method by its name.
pub fn sequence(group: &str, operation: &str, args: &[Item]) -> Answer {
    let values: Vec<Value> = args.iter().map(Item::to_value).collect();
    let (this, rest) = values.split_first().expect("a case has a receiver");
    let text = |text: Str| Ok(Item::Str(text));
    match (operation, rest) {
        ("repr", []) => text(text::repr(this)?),
        ("ascii", []) => text(text::ascii(this)?),
        ("hash", []) => Ok(Item::Int(this.py_hash()?.into())),
        ("compare", [other]) => {
            let both = [ops::lt(this, other)?, ops::eq(this, other)?, ops::add(this, other)?];
            Ok(Item::List(both.iter().map(Item::from_value).collect()))
        }
        ("contains", [part]) => Ok(Item::Bool(ops::contains(this, part)?)),
        ("item", [index]) => ops::get_item(this, index).map(|value| Item::from_value(&value)),
        ("slice", [start, stop, step]) => {
            let slice = ops::slice(start.clone(), stop.clone(), step.clone());
            ops::get_item(this, &slice).map(|value| Item::from_value(&value))
        }
        ("repeat", [count]) => ops::mul(this, count).map(|value| Item::from_value(&value)),
        ("fromhex" | "maketrans", _) => {
            let kind = if group == "str" { &types::STR } else { &types::BYTES };
            let class = Value::Class(kind.class().clone());
            ops::call_method(&class, operation, &values).map(|value| Item::from_value(&value))
        }
        _ => ops::call_method(this, operation, rest).map(|value| Item::from_value(&value)),
    }
}

/// A builtin by its name, or a method of the first argument.
pub fn called(group: &str, operation: &str, args: &[Item]) -> Answer {
    let values: Vec<Value> = args.iter().map(Item::to_value).collect();
    let made = match group {
        "builtin" => ops::call(&builtins::get(operation).expect("a builtin"), &values)?,
        _ => ops::call_method(&values[0], operation, &values[1..])?,
    };
    Ok(Item::from_value(&made))
}
