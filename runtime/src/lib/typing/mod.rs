//! `typing`: the names that annotations are made of. Annotations are read as text; as values these names only exist,
//! take subscripts and print.

mod named;

use crate::class::descriptor::ClassMethod;
use crate::class::{Class, generic};
use crate::exc::{self, Result};
use crate::lib::signature::PyParams;
use crate::native::{Native, Object, Operator, Side};
use crate::registry::{BuiltinType, Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::{Str, StrBuf};
use crate::text;
use crate::types;
use crate::value::Value;

/// A name of the module, with its subscript where it has one.
struct Name {
    name: &'static str,
    parameters: Option<Vec<Value>>,
}

impl Native for Name {
    fn native_type(&self) -> &'static BuiltinType {
        if self.parameters.is_some() { &ALIAS } else { &FORM }
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push_ascii("typing.");
        out.push_ascii(self.name);
        let Some(parameters) = &self.parameters else {
            return Ok(out.finish());
        };
        if ["Union", "Optional", "Callable", "Literal", "Annotated"].contains(&self.name) {
            return Err(exc::not_implemented_error(
                "repr() of this alias of typing is not supported",
            ));
        }
        out.push_ascii("[");
        for (at, parameter) in parameters.iter().enumerate() {
            if at > 0 {
                out.push_ascii(", ");
            }
            match parameter {
                Value::Class(class) => out.push_str(&shown(class)),
                other => text::repr_into(other, &mut out)?,
            }
        }
        out.push_ascii("]");
        Ok(out.finish())
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        if op != Operator::BitOr {
            return Ok(None);
        }
        let this = Value::object(Name {
            name: self.name,
            parameters: self.parameters.clone(),
        });
        let parameters = match side {
            Side::Left => vec![this, other.clone()],
            Side::Right => vec![other.clone(), this],
        };
        Ok(Some(Value::object(Name {
            name: "Union",
            parameters: Some(parameters),
        })))
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(match (name, &self.parameters) {
            ("__mro_entries__", _) => origin(self.name).map(|class| Value::object(Entries(class))),
            ("__origin__", Some(_)) => origin(self.name),
            ("__args__", Some(parameters)) => Some(Value::tuple(parameters.clone())),
            _ => None,
        })
    }

    fn callable(&self) -> bool {
        origin(self.name).is_some()
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        match origin(self.name) {
            Some(class) => crate::ops::call_kw(&class, args, kwargs),
            None => Err(exc::type_error(&format!("Cannot instantiate typing.{}", self.name))),
        }
    }

    fn get_item(&self, key: &Value) -> Result<Value> {
        let parameters = match key {
            Value::Tuple(parameters) => parameters.to_vec(),
            one => vec![one.clone()],
        };
        Ok(Value::object(Name {
            name: self.name,
            parameters: Some(parameters),
        }))
    }
}

/// The class that a name of the module stands for.
fn origin(name: &str) -> Option<Value> {
    let builtin = match name {
        "List" => &types::LIST,
        "Dict" => &types::DICT,
        "Set" => &types::SET,
        "FrozenSet" => &types::FROZENSET,
        "Tuple" => &types::TUPLE,
        "Type" => &types::TYPE,
        _ => {
            let plain = match name {
                "Deque" => "deque",
                "DefaultDict" => "defaultdict",
                "Counter" | "OrderedDict" | "ChainMap" => name,
                _ => return None,
            };
            return crate::modules::member(&super::collections::MODULE, plain);
        }
    };
    Some(Value::Class(builtin.class().clone()))
}

/// `name.__mro_entries__`.
struct Entries(Value);

impl Native for Entries {
    fn native_type(&self) -> &'static BuiltinType {
        &types::BUILTIN_FUNCTION
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
        Ok(Value::tuple(vec![self.0.clone()]))
    }
}

/// `typing.Generic` and `typing.Protocol`: classes that do nothing but take arguments.
fn bare_class(name: &'static str) -> Value {
    static SUBSCRIPT: NativeFn = NativeFn {
        name: "__class_getitem__",
        effects: Effects::PURE,
        call: |args, kwargs| {
            let [class, key] = crate::args::exactly("__class_getitem__", args, kwargs)?;
            match class {
                Value::Class(class) => Ok(generic::alias(class, key)),
                other => Err(exc::type_error(&format!("{} is no class", other.type_name()))),
            }
        },
    };
    let subscript = ClassMethod {
        function: Value::Builtin(&SUBSCRIPT),
    };
    let body = vec![
        (Str::from("__slots__"), Value::tuple(Vec::new())),
        (Str::from("__class_getitem__"), Value::object(subscript)),
    ];
    Class::build(name, name, "typing", &[], body, &[]).expect("a plain class can be built")
}

/// The class is `typing.Generic`.
pub(crate) fn is_generic(class: &Class) -> bool {
    let generic = crate::modules::attr("typing", "Generic");
    matches!(&generic, Some(Value::Class(known)) if Class::same(known, class))
}

/// A class as a parameter shows it.
fn shown(class: &Class) -> Str {
    class.full_name()
}

/// `typing.TypeVar`.
struct TypeVar(Str);

/// The value is a type variable.
pub(crate) fn is_variable(value: &Value) -> bool {
    value.downcast::<TypeVar>().is_some()
}

impl Native for TypeVar {
    fn native_type(&self) -> &'static BuiltinType {
        &TYPE_VAR
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        Ok(Str::from(format!("~{}", self.0)))
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok((name == "__name__").then(|| Value::Str(self.0.clone())))
    }
}

fn type_var(args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    match args.first().and_then(Value::as_str) {
        Some(name) => Ok(Value::object(TypeVar(name.clone()))),
        None => Err(exc::type_error("TypeVar() takes a name")),
    }
}

/// A decorator that gives back what it is given.
fn same(args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    match args {
        [value] => Ok(value.clone()),
        _ => Err(exc::type_error("a decorator of typing takes one argument")),
    }
}

/// `typing.overload`: what it decorates is never called.
fn overload(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static DUMMY: NativeFn = NativeFn {
        name: "_overload_dummy",
        effects: Effects::PURE,
        call: |_, _| {
            Err(exc::not_implemented_error(
                "You should not call an overloaded function. A series of @overload-decorated functions outside a stub \
                 module should always be followed by an implementation that is not @overload-ed.",
            ))
        },
    };
    let [_] = crate::args::exactly("overload", args, kwargs)?;
    Ok(Value::Builtin(&DUMMY))
}

/// `typing.NewType(name, type)`: calls give their argument.
fn new_type(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [name, _] = crate::args::exactly("NewType", args, kwargs)?;
    match name.as_str() {
        Some(name) => Ok(Value::object(Distinct(name.clone()))),
        None => Err(exc::type_error("NewType() takes a name")),
    }
}

struct Distinct(Str);

impl Native for Distinct {
    fn native_type(&self) -> &'static BuiltinType {
        &NEW_TYPE
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        Ok(Str::from(format!("__main__.{}", self.0)))
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok((name == "__name__").then(|| Value::Str(self.0.clone())))
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], _kwargs: Kwargs) -> Result<Value> {
        same(args, &[])
    }
}

fn cast(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("cast", &["typ", "val"], 2);
    let [_, value] = PARAMS.read(args, kwargs)?;
    Ok(value.cloned().unwrap_or(Value::None))
}

static FORM: BuiltinType = BuiltinType::closed("_SpecialForm", "typing");
static ALIAS: BuiltinType = BuiltinType::closed("_GenericAlias", "typing");
static TYPE_VAR: BuiltinType = BuiltinType::new("TypeVar", "typing", type_var).sealed();
static NEW_TYPE: BuiltinType = BuiltinType::new("NewType", "typing", new_type).sealed();
static SAME: NativeFn = NativeFn {
    name: "decorator",
    effects: Effects::PURE,
    call: same,
};
static OVERLOAD: NativeFn = NativeFn {
    name: "overload",
    effects: Effects::PURE,
    call: overload,
};
static CAST: NativeFn = NativeFn {
    name: "cast",
    effects: Effects::PURE,
    call: cast,
};

macro_rules! names {
    ($($name:literal)*) => {
        &[
            $(($name, Item::Value(|| Value::object(Name { name: $name, parameters: None }))),)*
            ("TYPE_CHECKING", Item::Value(|| Value::Bool(false))),
            ("TypeVar", Item::Type(&TYPE_VAR)),
            ("Generic", Item::Value(|| bare_class("Generic"))),
            ("NamedTuple", Item::Value(named::named_tuple)),
            ("NewType", Item::Type(&NEW_TYPE)),
            ("ParamSpec", Item::Type(&TYPE_VAR)),
            ("Protocol", Item::Value(|| bare_class("Protocol"))),
            ("TypedDict", Item::Value(named::typed_dict)),
            ("cast", Item::Function(&CAST)),
            ("final", Item::Function(&SAME)),
            ("no_type_check", Item::Function(&SAME)),
            ("overload", Item::Function(&OVERLOAD)),
            ("runtime_checkable", Item::Function(&SAME)),
        ]
    };
}

/// The module `typing`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "typing",
    items: names! {
        "AbstractSet" "Annotated" "Any" "AnyStr" "AsyncGenerator" "AsyncIterable" "AsyncIterator" "Awaitable" "ByteString" "Callable" "ChainMap" "ClassVar" "Concatenate" "ContextManager" "Collection"
        "Container" "Coroutine" "Counter" "DefaultDict" "Deque" "Dict" "Final" "FrozenSet" "Generator" "Hashable" "IO"
        "ItemsView" "Iterable" "Iterator" "KeysView" "List" "Literal" "LiteralString" "Mapping" "Match" "MutableMapping" "MutableSequence" "MutableSet"
        "Never" "NoReturn" "NotRequired" "Optional" "OrderedDict" "Pattern" "Required" "Reversible" "Self" "Sequence" "Set" "Sized" "SupportsAbs" "SupportsBytes"
        "SupportsComplex" "SupportsFloat" "SupportsIndex" "SupportsInt" "SupportsRound" "Text" "TextIO" "BinaryIO"
        "Tuple" "Type" "TypeAlias" "TypeGuard" "Union" "Unpack" "ValuesView"
    },
};
