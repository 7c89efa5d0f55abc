//! `functools.singledispatch` over classes (abstract base classes and annotations are refused).

use std::cell::RefCell;

use super::wrapper::UPDATE_WRAPPER;
use crate::class::Class;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::lib::signature::PyParams;
use crate::native::Native;
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, Method, NativeFn};
use crate::types::OBJECT;
use crate::value::Value;

/// A function with one body for each class of its first argument.
struct Dispatcher {
    name: String,
    bodies: RefCell<Vec<(Class, Value)>>,
    attrs: Dict<Value, Value>,
}

impl Dispatcher {
    fn body(&self, class: &Class) -> Option<Value> {
        let bodies = self.bodies.borrow();
        let of = |class: &Class| {
            bodies
                .iter()
                .find(|(known, _)| Class::same(known, class))
                .map(|(_, body)| body.clone())
        };
        of(class).or_else(|| class.mro().find_map(of))
    }
}

impl Native for Dispatcher {
    fn native_type(&self) -> &'static BuiltinType {
        &DISPATCHER
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let Some(first) = args.first() else {
            return Err(exc::type_error(&format!(
                "{} requires at least 1 positional argument",
                self.name
            )));
        };
        match self.body(&first.class()) {
            Some(body) => ops::call_kw(&body, args, kwargs),
            None => Err(exc::type_error("no implementation")),
        }
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(match name {
            "__dict__" => Some(Value::Dict(self.attrs.clone())),
            _ => self.attrs.find_text(name),
        })
    }

    fn set_attr(&self, name: &str, value: Value) -> Result<bool> {
        self.attrs.set_text(name, value);
        Ok(true)
    }
}

fn singledispatch(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("singledispatch", &["func"], 1);
    let [function] = PARAMS.read(args, kwargs)?;
    let function = function.cloned().unwrap_or(Value::None);
    let name = match crate::attr::get_attr_or_none(&function, "__name__")? {
        Some(name) => crate::text::str_of(&name)?.to_rust_string(),
        None => "singledispatch function".to_owned(),
    };
    let bodies = RefCell::new(vec![(OBJECT.class().clone(), function.clone())]);
    let dispatcher = Value::object(Dispatcher {
        name,
        bodies,
        attrs: Dict::new(),
    });
    (UPDATE_WRAPPER.call)(&[dispatcher, function], &[])
}

fn this(receiver: &Value) -> Result<&Dispatcher> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("a singledispatch function is wanted"))
}

fn register(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("singledispatch.<locals>.register", &["cls", "func"], 1);
    let [class, function] = PARAMS.read(args, kwargs)?;
    let Some(Value::Class(class)) = class else {
        return Err(exc::not_implemented_error(
            "singledispatch registration by annotation is not supported",
        ));
    };
    if class.builtin().is_some_and(|builtin| builtin.instance_check.is_some()) {
        return Err(exc::not_implemented_error(
            "singledispatch on an abstract base class is not supported",
        ));
    }
    match function {
        None => {
            let register = crate::attr::get_attr(receiver, "register")?;
            Ok(super::partial::Partial::value(
                register,
                vec![Value::Class(class.clone())],
                Vec::new(),
            ))
        }
        Some(function) => {
            let mut bodies = this(receiver)?.bodies.borrow_mut();
            bodies.retain(|(known, _)| !Class::same(known, class));
            bodies.push((class.clone(), function.clone()));
            Ok(function.clone())
        }
    }
}

fn dispatch(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("singledispatch.<locals>.dispatch", &["cls"], 1);
    match PARAMS.read(args, kwargs)? {
        [Some(Value::Class(class))] => Ok(this(receiver)?.body(class).unwrap_or(Value::None)),
        _ => Err(exc::type_error("dispatch() takes a class")),
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "register",
        effects: Effects::MUTATES_ARGS,
        call: register,
    },
    Method {
        name: "dispatch",
        effects: Effects::READS_ARGS,
        call: dispatch,
    },
];

static DISPATCHER: BuiltinType = BuiltinType::closed("function", "builtins").methods(METHODS);
pub static SINGLEDISPATCH: NativeFn = NativeFn {
    name: "singledispatch",
    effects: Effects::READS_ARGS,
    call: singledispatch,
};
