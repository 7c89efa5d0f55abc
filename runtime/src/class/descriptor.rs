//! What stands in a class and gives something else when looked up on an instance.

use crate::class::Class;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::function::Bound;
use crate::native::{Native, Object};
use crate::ops;
use crate::rc::Ref;
use crate::registry::{BuiltinType, Field, Kwargs, Method};
use crate::str::Str;
use crate::types;
use crate::value::Value;

/// A library object that takes part in attribute access when it stands in a class.
pub trait Descriptor {
    /// `__get__`: the receiver is None where the class itself was asked.
    ///
    /// # Errors
    /// What the access raises.
    fn get(&self, this: &Object, receiver: Option<&Value>, class: &Class) -> Result<Value>;

    /// True when assignment and deletion go through the descriptor, so that it hides the instance's own attribute.
    fn is_data(&self) -> bool {
        false
    }

    /// `__set__`.
    ///
    /// # Errors
    /// AttributeError where assignment is not possible.
    fn set(&self, _receiver: &Value, _value: Value) -> Result<()> {
        Err(exc::attribute_error("__set__"))
    }

    /// `__delete__`.
    ///
    /// # Errors
    /// AttributeError where deletion is not possible.
    fn delete(&self, _receiver: &Value) -> Result<()> {
        Err(exc::attribute_error("__delete__"))
    }
}

/// A method of a builtin type, as it stands in the type.
pub struct MethodDescriptor {
    pub owner: &'static BuiltinType,
    pub row: &'static Method,
}

impl MethodDescriptor {
    /// Calls the method on a receiver of the right type; an instance that extends a builtin value passes that value.
    ///
    /// # Errors
    /// TypeError for a receiver of another type; what the method raises.
    pub fn call_on(&self, receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        if !receiver.is_of(self.owner) {
            return Err(self.wrong_receiver(receiver));
        }
        let inner = receiver.payload();
        let whole = std::ptr::eq(self.owner, &types::OBJECT) || !inner.is_of(self.owner);
        if !whole && matches!(receiver, Value::Instance(_)) {
            match self.row.name {
                "__getitem__" => return item_or_missing(self.row, receiver, inner, args, kwargs),
                "__format__" if is_empty_text(args) => return crate::text::str_of(receiver).map(Value::Str),
                "__repr__" => return shown_as(receiver, inner),
                _ => {}
            }
        }
        (self.row.call)(if whole { receiver } else { inner }, args, kwargs)
    }

    #[cold]
    fn wrong_receiver(&self, receiver: &Value) -> exc::Exc {
        let (name, owner, given) = (self.row.name, self.owner.name, receiver.type_name());
        exc::type_error(&if is_dunder(name) {
            format!("descriptor '{name}' requires a '{owner}' object but received a '{given}'")
        } else {
            format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{given}' object")
        })
    }
}

fn is_empty_text(args: &[Value]) -> bool {
    matches!(args, [Value::Str(text)] if text.is_empty())
}

/// `repr` of the builtin value inside; types that show their name show the class's.
fn shown_as(receiver: &Value, inner: &Value) -> Result<Value> {
    let shown = crate::text::repr(inner)?;
    let (class, builtin) = (receiver.class().name(), inner.builtin_type().name);
    let text = shown.to_rust_string();
    Ok(match (inner, text.strip_prefix(builtin)) {
        (Value::Set(items), _) if !items.is_empty() => Value::str(&format!("{class}({text})")),
        (Value::Set(_) | Value::FrozenSet(_) | Value::Object(_), Some(rest)) if rest.starts_with('(') => {
            Value::str(&format!("{class}{rest}"))
        }
        _ => Value::Str(shown),
    })
}

/// `__getitem__` of the builtin value inside; a class derived from dict may have `__missing__` say what is not there.
fn item_or_missing(row: &Method, receiver: &Value, inner: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    if let (Value::Dict(dict), [key]) = (inner, args)
        && receiver.class().lookup("__missing__").is_some()
        && !dict.contains(key)?
    {
        return ops::call_method(receiver, "__missing__", args);
    }
    (row.call)(inner, args, kwargs)
}

fn is_dunder(name: &str) -> bool {
    name.starts_with("__")
}

impl Native for MethodDescriptor {
    fn native_type(&self) -> &'static BuiltinType {
        if is_dunder(self.row.name) {
            &types::WRAPPER_DESCRIPTOR
        } else {
            &types::METHOD_DESCRIPTOR
        }
    }

    fn repr(&self, _: &Object) -> Result<Str> {
        let kind = if is_dunder(self.row.name) {
            "slot wrapper"
        } else {
            "method"
        };
        Ok(Str::from(format!(
            "<{kind} '{}' of '{}' objects>",
            self.row.name, self.owner.name
        )))
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        match args {
            [receiver, rest @ ..] => self.call_on(receiver, rest, kwargs),
            [] if is_dunder(self.row.name) => Err(exc::type_error(&format!(
                "descriptor '{}' of '{}' object needs an argument",
                self.row.name, self.owner.name
            ))),
            [] => Err(exc::type_error(&format!(
                "unbound method {}.{}() needs an argument",
                self.owner.name, self.row.name
            ))),
        }
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(match name {
            "__name__" => Some(Value::str(self.row.name)),
            "__qualname__" => Some(Value::str(&format!("{}.{}", self.owner.name, self.row.name))),
            "__objclass__" => Some(Value::Class(self.owner.class().clone())),
            _ => None,
        })
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl Descriptor for MethodDescriptor {
    fn get(&self, this: &Object, receiver: Option<&Value>, _: &Class) -> Result<Value> {
        Ok(bound(Value::Object(this.clone()), receiver))
    }
}

/// `function` bound to a receiver, or as it is without one.
fn bound(function: Value, receiver: Option<&Value>) -> Value {
    match receiver {
        Some(receiver) => Value::Method(Ref::new(Bound {
            function,
            receiver: receiver.clone(),
        })),
        None => function,
    }
}

/// A class or static method of a builtin type: binds to the class.
struct ClassMethodDescriptor {
    owner: &'static BuiltinType,
    row: &'static Method,
}

impl Native for ClassMethodDescriptor {
    fn native_type(&self) -> &'static BuiltinType {
        &types::CLASS_METHOD_DESCRIPTOR
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        match args {
            [class, rest @ ..] => (self.row.call)(class, rest, kwargs),
            [] => Err(exc::type_error(&format!(
                "descriptor '{}' of '{}' object needs an argument",
                self.row.name, self.owner.name
            ))),
        }
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok((name == "__name__").then(|| Value::str(self.row.name)))
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl Descriptor for ClassMethodDescriptor {
    fn get(&self, this: &Object, _: Option<&Value>, class: &Class) -> Result<Value> {
        Ok(bound(Value::Object(this.clone()), Some(&Value::Class(class.clone()))))
    }
}

/// A field of a builtin type.
struct FieldDescriptor {
    owner: &'static BuiltinType,
    field: &'static Field,
}

impl Native for FieldDescriptor {
    fn native_type(&self) -> &'static BuiltinType {
        &types::GETSET_DESCRIPTOR
    }

    fn repr(&self, _: &Object) -> Result<Str> {
        Ok(Str::from(format!(
            "<attribute '{}' of '{}' objects>",
            self.field.name, self.owner.name
        )))
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl FieldDescriptor {
    /// What the field's functions get: the builtin value inside an instance, except for fields of `object`.
    fn subject<'a>(&self, receiver: &'a Value) -> &'a Value {
        let inner = receiver.payload();
        if std::ptr::eq(self.owner, &types::OBJECT) || !inner.is_of(self.owner) {
            receiver
        } else {
            inner
        }
    }
}

impl Descriptor for FieldDescriptor {
    fn get(&self, this: &Object, receiver: Option<&Value>, _: &Class) -> Result<Value> {
        match receiver {
            Some(receiver) => (self.field.get)(self.subject(receiver)),
            None => Ok(Value::Object(this.clone())),
        }
    }

    fn is_data(&self) -> bool {
        true
    }

    fn set(&self, receiver: &Value, value: Value) -> Result<()> {
        match self.field.set {
            Some(set) => set(self.subject(receiver), value),
            None => Err(exc::attribute_error(&format!(
                "attribute '{}' of '{}' objects is not writable",
                self.field.name, self.owner.name
            ))),
        }
    }
}

/// `__new__` of a builtin type.
pub struct NewMethod {
    pub owner: &'static BuiltinType,
}

impl Native for NewMethod {
    fn native_type(&self) -> &'static BuiltinType {
        &types::BUILTIN_FUNCTION
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        let owner = self.owner.name;
        match args {
            [] => Err(exc::type_error(&format!("{owner}.__new__(): not enough arguments"))),
            [Value::Class(class), rest @ ..] if class.is_subclass(self.owner.class()) => {
                class.make(self.owner, rest, kwargs)
            }
            [Value::Class(class), ..] => Err(exc::type_error(&format!(
                "{owner}.__new__({0}): {0} is not a subtype of {owner}",
                class.name()
            ))),
            [other, ..] => Err(exc::type_error(&format!(
                "{owner}.__new__(X): X is not a type object ({})",
                other.type_name()
            ))),
        }
    }
}

/// `staticmethod(function)`.
pub struct StaticMethod {
    pub function: Value,
}

impl Native for StaticMethod {
    fn native_type(&self) -> &'static BuiltinType {
        &types::STATIC_METHOD
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        ops::call_kw(&self.function, args, kwargs)
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        wrapper_attr(&self.function, name)
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl Descriptor for StaticMethod {
    fn get(&self, _: &Object, _: Option<&Value>, _: &Class) -> Result<Value> {
        Ok(self.function.clone())
    }
}

/// `classmethod(function)`.
pub struct ClassMethod {
    pub function: Value,
}

impl Native for ClassMethod {
    fn native_type(&self) -> &'static BuiltinType {
        &types::CLASS_METHOD
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        wrapper_attr(&self.function, name)
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl Descriptor for ClassMethod {
    fn get(&self, _: &Object, _: Option<&Value>, class: &Class) -> Result<Value> {
        let receiver = Value::Class(class.clone());
        match bind(&self.function, Some(&receiver), class)? {
            Some(bound) => Ok(bound),
            None => Ok(bound(self.function.clone(), Some(&receiver))),
        }
    }
}

/// Attributes a method wrapper shares with its function.
fn wrapper_attr(function: &Value, name: &str) -> Result<Option<Value>> {
    match name {
        "__func__" | "__wrapped__" => Ok(Some(function.clone())),
        "__name__" | "__qualname__" | "__doc__" | "__module__" => ops::get_attr(function, name).map(Some),
        "__isabstractmethod__" => super::abstracts::is_marked(function).map(|marked| Some(Value::Bool(marked))),
        _ => Ok(None),
    }
}

/// `property(get, set, delete, doc)`.
#[derive(Clone)]
pub struct Property {
    pub get: Value,
    pub set: Value,
    pub delete: Value,
    pub doc: Value,
}

impl Property {
    /// "property 'x' of 'C' object has no setter", as far as names are known.
    #[cold]
    fn lacks(&self, receiver: &Value, what: &str) -> exc::Exc {
        let class = receiver.class().qualname();
        let name = match &self.get {
            Value::Function(function) => format!(" '{}'", function.name()),
            _ => String::new(),
        };
        exc::attribute_error(&format!("property{name} of '{class}' object has no {what}"))
    }
}

impl Native for Property {
    fn native_type(&self) -> &'static BuiltinType {
        &types::PROPERTY
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(match name {
            "fget" => Some(self.get.clone()),
            "fset" => Some(self.set.clone()),
            "fdel" => Some(self.delete.clone()),
            "__doc__" => Some(self.doc.clone()),
            "__isabstractmethod__" => {
                let mut marked = false;
                for function in [&self.get, &self.set, &self.delete] {
                    marked = marked || super::abstracts::is_marked(function)?;
                }
                Some(Value::Bool(marked))
            }
            _ => None,
        })
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl Descriptor for Property {
    fn get(&self, this: &Object, receiver: Option<&Value>, _: &Class) -> Result<Value> {
        match (receiver, &self.get) {
            (None, _) => Ok(Value::Object(this.clone())),
            (Some(receiver), Value::None) => Err(self.lacks(receiver, "getter")),
            (Some(receiver), get) => ops::call(get, std::slice::from_ref(receiver)),
        }
    }

    fn is_data(&self) -> bool {
        true
    }

    fn set(&self, receiver: &Value, value: Value) -> Result<()> {
        match &self.set {
            Value::None => Err(self.lacks(receiver, "setter")),
            set => ops::call(set, &[receiver.clone(), value]).map(drop),
        }
    }

    fn delete(&self, receiver: &Value) -> Result<()> {
        match &self.delete {
            Value::None => Err(self.lacks(receiver, "deleter")),
            delete => ops::call(delete, std::slice::from_ref(receiver)).map(drop),
        }
    }
}

/// What looking up `found` (which stands in a class) gives; None when it is no descriptor.
///
/// # Errors
/// What the descriptor raises.
#[inline]
pub fn bind(found: &Value, receiver: Option<&Value>, class: &Class) -> Result<Option<Value>> {
    match found {
        Value::Function(_) => Ok(Some(bound(found.clone(), receiver))),
        Value::Object(object) => match object.native().descriptor() {
            Some(descriptor) => descriptor.get(object, receiver, class).map(Some),
            None => Ok(None),
        },
        Value::Instance(instance) => match instance.class().lookup("__get__") {
            Some(get) => {
                let receiver = receiver.cloned().unwrap_or(Value::None);
                ops::call(&get, &[found.clone(), receiver, Value::Class(class.clone())]).map(Some)
            }
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

/// True when `found` hides an instance's own attribute of its name.
#[inline]
pub fn is_data(found: &Value) -> bool {
    match found {
        Value::Object(object) => object.native().descriptor().is_some_and(Descriptor::is_data),
        Value::Instance(instance) => {
            let class = instance.class();
            class.lookup("__set__").is_some() || class.lookup("__delete__").is_some()
        }
        _ => false,
    }
}

/// True when `found` is a method that this builtin type itself provides.
pub fn is_of(found: &Value, owner: &'static BuiltinType) -> bool {
    found
        .downcast::<MethodDescriptor>()
        .is_some_and(|method| std::ptr::eq(method.owner, owner))
}

/// The `__dict__` of a builtin type's class.
pub(super) fn namespace_of(owner: &'static BuiltinType) -> Dict<Value, Value> {
    let namespace = Dict::new();
    namespace.set_text("__new__", Value::object(NewMethod { owner }));
    for row in owner.own_methods() {
        if namespace.find_text(row.name).is_none() {
            namespace.set_text(row.name, Value::object(MethodDescriptor { owner, row }));
        }
    }
    for row in owner.class_methods {
        namespace.set_text(row.name, Value::object(ClassMethodDescriptor { owner, row }));
    }
    for field in owner.fields {
        namespace.set_text(field.name, Value::object(FieldDescriptor { owner, field }));
    }
    for (name, value) in owner.attributes {
        namespace.set_text(name, value());
    }
    namespace
}
