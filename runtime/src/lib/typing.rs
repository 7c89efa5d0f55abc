//! `typing`: the names that annotations are made of. Annotations are read as text; as values these names only exist,
//! take subscripts and print. What classes derive from (Generic, NamedTuple, Protocol) is not here.

use crate::class::Class;
use crate::exc::{self, Result};
use crate::lib::signature::PyParams;
use crate::native::{Native, Object};
use crate::registry::{BuiltinType, Effects, Item, Kwargs, ModuleDef, NativeFn};
use crate::str::{Str, StrBuf};
use crate::text;
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

/// A class as a parameter shows it.
fn shown(class: &Class) -> Str {
    class.full_name()
}

/// `typing.TypeVar`.
struct TypeVar(Str);

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

fn cast(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("cast", &["typ", "val"], 2);
    let [_, value] = PARAMS.read(args, kwargs)?;
    Ok(value.cloned().unwrap_or(Value::None))
}

static FORM: BuiltinType = BuiltinType::closed("_SpecialForm", "typing");
static ALIAS: BuiltinType = BuiltinType::closed("_GenericAlias", "typing");
static TYPE_VAR: BuiltinType = BuiltinType::new("TypeVar", "typing", type_var).sealed();
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
            ("cast", Item::Function(&CAST)),
        ]
    };
}

/// The module `typing`.
pub static MODULE: ModuleDef = ModuleDef {
    name: "typing",
    items: names! {
        "Any" "AnyStr" "AsyncGenerator" "AsyncIterable" "AsyncIterator" "Awaitable" "Callable" "ClassVar" "Collection"
        "Container" "Coroutine" "Counter" "DefaultDict" "Deque" "Dict" "Final" "FrozenSet" "Generator" "Hashable" "IO"
        "Iterable" "Iterator" "List" "Literal" "Mapping" "Match" "MutableMapping" "MutableSequence" "MutableSet"
        "NoReturn" "Optional" "OrderedDict" "Pattern" "Reversible" "Self" "Sequence" "Set" "Sized" "TextIO" "BinaryIO"
        "Tuple" "Type" "Union"
    },
};
