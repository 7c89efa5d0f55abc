//! `%` formatting and `str.format`.

use crate::item::{Answer, Item};
use pivot_runtime::str::Str;
use pivot_runtime::{Value, ops};

pub fn call(group: &str, args: &[Item]) -> Answer {
    let made = match group {
        "percent" => ops::rem(&args[0].to_value(), &args[1].to_value())?,
        _ => {
            let given: Vec<Value> = args[1].items().iter().map(Item::to_value).collect();
            let named: Vec<(Str, Value)> = args[2]
                .pairs()
                .iter()
                .map(|(name, value)| (name.str().clone(), value.to_value()))
                .collect();
            ops::call_method_kw(&args[0].to_value(), "format", &given, &named)?
        }
    };
    Ok(Item::from_value(&made))
}
