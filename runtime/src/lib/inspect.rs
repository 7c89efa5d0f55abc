//! The questions of `inspect` that CPython answers from a function's flags or an object's type.

use crate::args;
use crate::exc::Result;
use crate::function::{ASYNC_GENERATOR, COROUTINE, GENERATOR};
use crate::generator::{AsyncGenerator, Generator};
use crate::registry::{Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::support::make::has_method;
use crate::value::Value;

/// `inspect`
pub static MODULE: ModuleDef = ModuleDef {
    name: "inspect",
    items: &[
        ("isasyncgen", Item::Function(&IS_ASYNC_GENERATOR)),
        ("isasyncgenfunction", Item::Function(&IS_ASYNC_GENERATOR_FUNCTION)),
        ("isawaitable", Item::Function(&IS_AWAITABLE)),
        ("iscoroutine", Item::Function(&IS_COROUTINE)),
        ("iscoroutinefunction", Item::Function(&IS_COROUTINE_FUNCTION)),
        ("isgenerator", Item::Function(&IS_GENERATOR)),
        ("isgeneratorfunction", Item::Function(&IS_GENERATOR_FUNCTION)),
    ],
};

macro_rules! questions {
    ($($row:ident $name:literal $answer:expr;)*) => {
        $(
            static $row: NativeFn = {
                fn call(args: &[Value], kwargs: Kwargs) -> Result<Value> {
                    let [value] = args::exactly($name, args, kwargs)?;
                    let answer: fn(&Value) -> bool = $answer;
                    Ok(Value::Bool(answer(value)))
                }
                NativeFn { name: $name, effects: Effects::READS_ARGS, call }
            };
        )*
    };
}

questions! {
    IS_ASYNC_GENERATOR "isasyncgen" |value| value.downcast::<AsyncGenerator>().is_some();
    IS_ASYNC_GENERATOR_FUNCTION "isasyncgenfunction" |value| has_flag(value, ASYNC_GENERATOR);
    IS_AWAITABLE "isawaitable" |value| is_coroutine(value) || has_method(value, "__await__");
    IS_COROUTINE "iscoroutine" is_coroutine;
    IS_COROUTINE_FUNCTION "iscoroutinefunction" |value| has_flag(value, COROUTINE);
    IS_GENERATOR "isgenerator" |value| value.downcast::<Generator>().is_some_and(|it| !it.is_coroutine());
    IS_GENERATOR_FUNCTION "isgeneratorfunction" |value| has_flag(value, GENERATOR);
}

fn is_coroutine(value: &Value) -> bool {
    value.downcast::<Generator>().is_some_and(Generator::is_coroutine)
}

/// A function's flag, through methods and `partial`.
fn has_flag(value: &Value, flag: u32) -> bool {
    match value {
        Value::Function(function) => function.signature().flags & flag != 0,
        Value::Method(method) => has_flag(&method.function, flag),
        value => super::functools::partial::wrapped(value).is_some_and(|inner| has_flag(inner, flag)),
    }
}
