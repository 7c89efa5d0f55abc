//! The decorator `dataclass`.

use super::field::Spec;
use super::{methods, table};
use crate::class::Class;
use crate::exc::{self, Exc, Result};
use crate::lib::functools::partial::Partial;
use crate::lib::signature::PyParams;
use crate::native::Comparison;
use crate::ops;
use crate::registry::{Effects, Kwargs, NativeFn};
use crate::value::Value;

/// The decorator's arguments.
struct Options {
    init: bool,
    repr: bool,
    eq: bool,
    order: bool,
    unsafe_hash: bool,
    frozen: bool,
    match_args: bool,
    kw_only: bool,
}

const NAMES: &[&str] = &[
    "cls",
    "init",
    "repr",
    "eq",
    "order",
    "unsafe_hash",
    "frozen",
    "match_args",
    "kw_only",
    "slots",
    "weakref_slot",
];

/// Under which name a class keeps whether it is frozen.
const FROZEN: &str = "__dataclass_params__";

fn dataclass(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("dataclass", NAMES, 0).positional(1);
    let given: [Option<&Value>; 11] = PARAMS.read(args, kwargs)?;
    let Some(class) = given[0].filter(|class| !matches!(class, Value::None)) else {
        return Ok(Partial::value(Value::Builtin(&DATACLASS), Vec::new(), kwargs.to_vec()));
    };
    let Value::Class(this) = class else {
        return Err(exc::type_error("dataclass() takes a class"));
    };
    let flag = |at: usize, default: bool| given[at].map_or(Ok(default), ops::truthy);
    if flag(9, false)? || flag(10, false)? {
        return Err(exc::not_implemented_error(
            "dataclasses with slots=True are not supported",
        ));
    }
    let options = Options {
        init: flag(1, true)?,
        repr: flag(2, true)?,
        eq: flag(3, true)?,
        order: flag(4, false)?,
        unsafe_hash: flag(5, false)?,
        frozen: flag(6, false)?,
        match_args: flag(7, true)?,
        kw_only: flag(8, false)?,
    };
    process(this, &options)?;
    Ok(class.clone())
}

fn process(class: &Class, options: &Options) -> Result<()> {
    check_frozen(class, options)?;
    let specs = table::read(class, options.kw_only)?;
    if options.order && !options.eq {
        return Err(exc::value_error("eq must be true if order is true"));
    }
    let own = |name: &str| class.namespace().find_text(name);
    let explicit_hash = match own("__hash__") {
        None => false,
        Some(Value::None) => own("__eq__").is_none(),
        Some(_) => true,
    };
    class.set(table::FIELDS, table::to_value(&specs)?);
    class.set(FROZEN, Value::Bool(options.frozen));
    let add = |name: &str, make: &dyn Fn() -> Value| {
        if own(name).is_none() {
            class.set(name, make());
        }
    };
    if options.init {
        let init = methods::init(class, &specs, options.frozen)?;
        add("__init__", &|| init.clone());
    }
    let match_args = specs.iter().filter(|spec| spec.init && spec.kw_only == Some(false));
    let match_args = match_args.map(|spec| Value::Str(spec.name.clone())).collect();
    // From here on only what instances have.
    let specs: Vec<Spec> = specs.into_iter().filter(|spec| !spec.init_only).collect();
    if options.repr {
        add("__repr__", &|| methods::repr(class, &specs));
    }
    if options.eq {
        add("__eq__", &|| methods::comparison(class, &specs, Comparison::Eq));
    }
    if options.order {
        add_order(class, &specs)?;
    }
    if options.frozen {
        add_frozen(class, &specs)?;
    }
    settle_hash(class, &specs, options, explicit_hash)?;
    if options.match_args && own("__match_args__").is_none() {
        class.set("__match_args__", Value::tuple(match_args));
    }
    Ok(())
}

/// Frozen and other dataclasses do not inherit from one another.
fn check_frozen(class: &Class, options: &Options) -> Result<()> {
    for base in class.mro().skip(1) {
        match base.namespace().find_text(FROZEN) {
            Some(Value::Bool(true)) if !options.frozen => {
                return Err(exc::type_error("cannot inherit non-frozen dataclass from a frozen one"));
            }
            Some(Value::Bool(false)) if options.frozen => {
                return Err(exc::type_error("cannot inherit frozen dataclass from a non-frozen one"));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cold]
fn taken(class: &Class, name: &str, hint: &str) -> Exc {
    exc::type_error(&format!(
        "Cannot overwrite attribute {name} in class {}{hint}",
        class.name()
    ))
}

fn add_order(class: &Class, specs: &[Spec]) -> Result<()> {
    for op in [Comparison::Lt, Comparison::Le, Comparison::Gt, Comparison::Ge] {
        if class.namespace().find_text(op.method()).is_some() {
            return Err(taken(class, op.method(), ". Consider using functools.total_ordering"));
        }
        class.set(op.method(), methods::comparison(class, specs, op));
    }
    Ok(())
}

fn add_frozen(class: &Class, specs: &[Spec]) -> Result<()> {
    for (name, deletes) in [("__setattr__", false), ("__delattr__", true)] {
        if class.namespace().find_text(name).is_some() {
            return Err(taken(class, name, ""));
        }
        class.set(name, methods::frozen(class, specs, deletes));
    }
    Ok(())
}

/// What becomes of `__hash__`.
fn settle_hash(class: &Class, specs: &[Spec], options: &Options, explicit: bool) -> Result<()> {
    if options.unsafe_hash {
        if explicit {
            return Err(taken(class, "__hash__", ""));
        }
        class.set("__hash__", methods::hash(class, specs));
    } else if options.eq && !explicit {
        let hash = if options.frozen {
            methods::hash(class, specs)
        } else {
            Value::None
        };
        class.set("__hash__", hash);
    }
    Ok(())
}

pub static DATACLASS: NativeFn = NativeFn {
    name: "dataclass",
    effects: Effects::MUTATES_ARGS,
    call: dataclass,
};
