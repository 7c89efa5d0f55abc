//! `collections.namedtuple`: classes of tuples whose items have names.

use std::cell::RefCell;

use crate::class::Class;
use crate::class::descriptor::{ClassMethod, Descriptor};
use crate::dict::Dict;
use crate::exc::{self, Exc, Result};
use crate::function::{Function, Signature};
use crate::instance::Instance;
use crate::iter;
use crate::lib::re::chars::is_identifier;
use crate::lib::signature::PyParams;
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::{BuiltinType, Effects, Kwargs, NativeFn};
use crate::str::{Str, StrBuf, unicode};
use crate::text;
use crate::tuple::Tuple;
use crate::types::TUPLE;
use crate::value::Value;

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

fn is_keyword(name: &Str) -> bool {
    KEYWORDS.iter().any(|keyword| *name == **keyword)
}

fn is_private(name: &Str) -> bool {
    !name.is_empty() && name.point(0) == u32::from(b'_')
}

/// The field names of `"x y"`, `"x, y"` or an iterable.
fn field_names(value: &Value) -> Result<Vec<Str>> {
    if let Value::Str(text) = value {
        let points = text.points();
        let names = points
            .split(|&c| c == u32::from(b',') || unicode::is_space(c))
            .filter(|name| !name.is_empty());
        return Ok(names.map(Str::from_code_points).collect());
    }
    iter::collect(value)?.iter().map(text::str_of).collect()
}

/// Puts `_1` in the place of a name that cannot be a field.
fn rename_unfit(names: &mut [Str]) {
    for index in 0..names.len() {
        let name = &names[index];
        let unfit = !is_identifier(&name.points()) || is_keyword(name) || is_private(name);
        if unfit || names[..index].contains(name) {
            names[index] = Str::from(format!("_{index}"));
        }
    }
}

fn check_names(type_name: &Str, names: &[Str], renamed: bool) -> Result<()> {
    for name in std::iter::once(type_name).chain(names) {
        if !is_identifier(&name.points()) {
            return Err(bad_name("Type names and field names must be valid identifiers: ", name));
        }
        if is_keyword(name) {
            return Err(bad_name("Type names and field names cannot be a keyword: ", name));
        }
    }
    for (index, name) in names.iter().enumerate() {
        if is_private(name) && !renamed {
            return Err(bad_name("Field names cannot start with an underscore: ", name));
        }
        if names[..index].contains(name) {
            return Err(bad_name("Encountered duplicate field name: ", name));
        }
    }
    Ok(())
}

#[cold]
fn bad_name(what: &str, name: &Str) -> Exc {
    exc::value_error(&format!("{what}{}", name.repr()))
}

fn namedtuple(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    const NAMES: &[&str] = &["typename", "field_names", "rename", "defaults", "module"];
    static PARAMS: PyParams = PyParams::new("namedtuple", NAMES, 2).positional(2);
    let [type_name, names, rename, defaults, module] = PARAMS.read(args, kwargs)?;
    let mut fields = field_names(names.unwrap_or(&Value::None))?;
    let type_name = text::str_of(type_name.unwrap_or(&Value::None))?;
    let rename = rename.map_or(Ok(false), ops::truthy)?;
    if rename {
        rename_unfit(&mut fields);
    }
    check_names(&type_name, &fields, rename)?;
    let defaults = match defaults {
        None | Some(Value::None) => Vec::new(),
        Some(defaults) => iter::collect(defaults)?,
    };
    if defaults.len() > fields.len() {
        return Err(exc::type_error("Got more default values than field names"));
    }
    let module = match module {
        Some(Value::Str(module)) => module.to_rust_string(),
        _ => "__main__".to_owned(),
    };
    build(&type_name, fields, defaults, &module)
}

/// The class of these fields; the last ones have defaults.
pub fn build(type_name: &Str, fields: Vec<Str>, defaults: Vec<Value>, module: &str) -> Result<Value> {
    let names = Value::tuple(fields.iter().cloned().map(Value::Str).collect());
    let field_defaults = Dict::new();
    for (name, default) in fields[fields.len() - defaults.len()..].iter().zip(&defaults) {
        field_defaults.set(Value::Str(name.clone()), default.clone())?;
    }
    let listed = fields.iter().map(Str::to_rust_string).collect::<Vec<_>>().join(", ");
    let comma = if fields.len() == 1 { "," } else { "" };
    let row = |name: &str, value: Value| (Str::from(name), value);
    let shared = Shared {
        type_name: type_name.clone(),
        fields,
    };
    let mut namespace = vec![
        row("__doc__", Value::str(&format!("{type_name}({listed}{comma})"))),
        row("__slots__", Value::tuple(Vec::new())),
        row("_fields", names.clone()),
        row("_field_defaults", Value::Dict(field_defaults)),
        row("__new__", shared.constructor(defaults)),
        row("_make", shared.make()),
        row("_replace", shared.replace()),
        row("__repr__", shared.repr()),
        row("_asdict", shared.as_dict()),
        row("__match_args__", names),
    ];
    for (index, field) in shared.fields.iter().enumerate() {
        namespace.push((
            field.clone(),
            Value::object(FieldGetter {
                index,
                doc: RefCell::new(None),
            }),
        ));
    }
    let name = type_name.to_rust_string();
    Class::build(
        &name,
        &name,
        module,
        &[Value::Class(TUPLE.class().clone())],
        namespace,
        &[],
    )
}

/// What the methods of one class know.
#[derive(Clone)]
struct Shared {
    type_name: Str,
    fields: Vec<Str>,
}

fn leaked(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn tuple_of(value: &Value) -> Result<&Tuple> {
    match value.payload() {
        Value::Tuple(tuple) => Ok(tuple),
        _ => Err(exc::type_error("descriptor requires a 'tuple' object")),
    }
}

/// An instance of the named tuple's class.
fn instance(class: &Value, items: Vec<Value>) -> Result<Value> {
    match class {
        Value::Class(class) => {
            let payload = Value::tuple(items);
            Ok(Value::Instance(Instance::new(class.clone(), Some(payload))))
        }
        _ => Err(exc::type_error("tuple.__new__(X): X is not a type object")),
    }
}

impl Shared {
    /// A method: its signature lives as long as the program, like the class.
    fn method(
        &self,
        name: &'static str,
        args: Vec<&'static str>,
        varkw: Option<&'static str>,
        defaults: Vec<Value>,
        body: impl Fn(&Shared, &[Value]) -> Result<Value> + 'static,
    ) -> Value {
        let signature = Box::leak(Box::new(Signature {
            name,
            qualname: leaked(format!("{}.{name}", self.type_name)),
            module: "collections",
            posonly: usize::from(varkw.is_some()),
            args: Vec::leak(args),
            kwonly: &[],
            varargs: None,
            varkw,
            doc: None,
            flags: 0,
        }));
        let shared = self.clone();
        Function::new(signature, defaults, Vec::new(), move |args| body(&shared, args))
    }

    fn constructor(&self, defaults: Vec<Value>) -> Value {
        let mut names = vec!["_cls"];
        names.extend(self.fields.iter().map(|field| leaked(field.to_rust_string())));
        self.method("__new__", names, None, defaults, |_, args| {
            instance(&args[0], args[1..].to_vec())
        })
    }

    fn make(&self) -> Value {
        let function = self.method("_make", vec!["cls", "iterable"], None, Vec::new(), |shared, args| {
            shared.checked(&args[0], iter::collect(&args[1])?)
        });
        Value::object(ClassMethod { function })
    }

    fn checked(&self, class: &Value, items: Vec<Value>) -> Result<Value> {
        let (wanted, given) = (self.fields.len(), items.len());
        if wanted != given {
            return Err(exc::type_error(&format!("Expected {wanted} arguments, got {given}")));
        }
        instance(class, items)
    }

    fn replace(&self) -> Value {
        self.method("_replace", vec!["self"], Some("kwds"), Vec::new(), |shared, args| {
            let Value::Dict(changes) = &args[1] else {
                return Ok(Value::None);
            };
            let mut items = Vec::with_capacity(shared.fields.len());
            for (field, item) in shared.fields.iter().zip(tuple_of(&args[0])?.iter()) {
                items.push(changes.pop_or(&Value::Str(field.clone()), item.clone())?);
            }
            if !changes.is_empty() {
                let strangers = text::repr(&Value::list(changes.keys()))?;
                return Err(exc::value_error(&format!("Got unexpected field names: {strangers}")));
            }
            shared.checked(&Value::Class(args[0].class()), items)
        })
    }

    fn repr(&self) -> Value {
        self.method("__repr__", vec!["self"], None, Vec::new(), |shared, args| {
            let mut out = StrBuf::new();
            out.push_str(&args[0].class().name());
            out.push_ascii("(");
            for (at, (field, item)) in shared.fields.iter().zip(tuple_of(&args[0])?.iter()).enumerate() {
                if at > 0 {
                    out.push_ascii(", ");
                }
                out.push_str(field);
                out.push_ascii("=");
                text::repr_into(item, &mut out)?;
            }
            out.push_ascii(")");
            Ok(Value::Str(out.finish()))
        })
    }

    fn as_dict(&self) -> Value {
        self.method("_asdict", vec!["self"], None, Vec::new(), |shared, args| {
            let dict = Dict::new();
            for (field, item) in shared.fields.iter().zip(tuple_of(&args[0])?.iter()) {
                dict.set(Value::Str(field.clone()), item.clone())?;
            }
            Ok(Value::Dict(dict))
        })
    }
}

/// What stands in the class for a field: `_collections._tuplegetter`.
struct FieldGetter {
    index: usize,
    /// What was assigned to `__doc__`.
    doc: RefCell<Option<Value>>,
}

impl Native for FieldGetter {
    fn native_type(&self) -> &'static BuiltinType {
        &FIELD_GETTER
    }

    fn repr(&self, _this: &Object) -> Result<Str> {
        let index = self.index;
        Ok(Str::from(format!(
            "_tuplegetter({index}, 'Alias for field number {index}')"
        )))
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        let plain = || Value::str(&format!("Alias for field number {}", self.index));
        Ok((name == "__doc__").then(|| self.doc.borrow().clone().unwrap_or_else(plain)))
    }

    fn set_attr(&self, name: &str, value: Value) -> Result<bool> {
        if name != "__doc__" {
            return Ok(false);
        }
        self.doc.replace(Some(value));
        Ok(true)
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl Descriptor for FieldGetter {
    fn get(&self, this: &Object, receiver: Option<&Value>, _: &Class) -> Result<Value> {
        match receiver {
            None => Ok(Value::Object(this.clone())),
            Some(receiver) => match tuple_of(receiver)?.iter().as_slice().get(self.index) {
                Some(item) => Ok(item.clone()),
                None => Err(exc::index_error("tuple index out of range")),
            },
        }
    }

    fn is_data(&self) -> bool {
        true
    }

    fn set(&self, _: &Value, _: Value) -> Result<()> {
        Err(exc::attribute_error("can't set attribute"))
    }

    fn delete(&self, _: &Value) -> Result<()> {
        Err(exc::attribute_error("can't delete attribute"))
    }
}

static FIELD_GETTER: BuiltinType = BuiltinType::closed("_tuplegetter", "_collections").in_c();
pub static NAMEDTUPLE: NativeFn = NativeFn {
    name: "namedtuple",
    effects: Effects::READS_ARGS,
    call: namedtuple,
};
