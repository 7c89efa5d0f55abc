//! `Value`: any Python object, in sixteen bytes.

use num_bigint::BigInt;

use crate::bytes::Bytes;
use crate::class::Class;
use crate::dict::Dict;
use crate::exc::Exc;
use crate::function::{Bound, Function};
use crate::instance::Instance;
use crate::int::Int;
use crate::iter::IterObject;
use crate::list::List;
use crate::native::{Native, Object};
use crate::range::Range;
use crate::rc::{Count, Ref};
use crate::registry::{BuiltinType, NativeFn};
use crate::set::{FrozenSet, Set};
use crate::slice::Slice;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types;

/// Any Python object. Kinds without a variant of their own are `Object`s.
///
/// The tag is a whole word: compilers move a `Value` as two words then. With a tag of one byte they move the tag and
/// fifteen bytes that straddle words, and each such move waits for the one before it.
#[repr(C, u64)]
pub enum Value {
    // Kinds without a count come first: see `count`.
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Builtin(&'static NativeFn),
    Ellipsis,
    NotImplemented,
    /// An int that does not fit an `i64`: never one that does.
    BigInt(Ref<BigInt>),
    Str(Str),
    Bytes(Bytes),
    List(List<Value>),
    Tuple(Tuple),
    Dict(Dict<Value, Value>),
    Set(Set<Value>),
    FrozenSet(FrozenSet),
    Range(Ref<Range>),
    Slice(Ref<Slice>),
    Function(Function),
    Method(Ref<Bound>),
    Class(Class),
    Instance(Instance),
    Exception(Exc),
    Iter(IterObject),
    Object(Object),
}

const _: () = assert!(size_of::<Value>() == 16 && size_of::<Option<Value>>() == 16);
const _: () = assert!(size_of::<Result<Value, Exc>>() == 16);

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        if let Some(count) = self.count() {
            count.increment();
        }
        // SAFETY: the copy is counted where its kind is.
        unsafe { std::ptr::read(self) }
    }
}

impl Value {
    /// The count of those who hold the value; None for kinds that hold themselves, and for short text.
    #[inline(always)]
    fn count(&self) -> Option<&Count> {
        if let Value::None
        | Value::Bool(_)
        | Value::Int(_)
        | Value::Float(_)
        | Value::Builtin(_)
        | Value::Ellipsis
        | Value::NotImplemented = self
        {
            return None;
        }
        // SAFETY: the enum is laid out as in C, a word for the tag and one for what follows: of every other kind the
        // address of a block that starts with its count, or a word of short text, which is odd.
        unsafe {
            let content = *std::ptr::from_ref(self).cast::<*const Count>().add(1);
            (content.addr() & 1 == 0).then(|| &*content)
        }
    }

    /// A str of this text.
    pub fn str(text: &str) -> Value {
        Value::Str(Str::from(text))
    }

    /// A library object.
    pub fn object(native: impl Native) -> Value {
        Value::Object(Object::new(native))
    }

    /// A list of these values.
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(List::from_vec(items))
    }

    /// A tuple of these values.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(Tuple::from_vec(items))
    }

    /// The library object of type `T` this value is, if it is one.
    pub fn downcast<T: Native>(&self) -> Option<&T> {
        match self {
            Value::Object(object) => object.downcast(),
            _ => None,
        }
    }

    /// The builtin type the value is of; for an instance of a class of the program, the one it rests on.
    pub fn builtin_type(&self) -> &'static BuiltinType {
        match self {
            Value::None => &types::NONE_TYPE,
            Value::Bool(_) => &types::BOOL,
            Value::Int(_) | Value::BigInt(_) => &types::INT,
            Value::Float(_) => &types::FLOAT,
            Value::Str(_) => &types::STR,
            Value::Bytes(_) => &types::BYTES,
            Value::List(_) => &types::LIST,
            Value::Tuple(_) => &types::TUPLE,
            Value::Dict(_) => &types::DICT,
            Value::Set(_) => &types::SET,
            Value::FrozenSet(_) => &types::FROZENSET,
            Value::Range(_) => &types::RANGE,
            Value::Slice(_) => &types::SLICE,
            Value::Function(_) => &types::FUNCTION,
            Value::Builtin(_) => &types::BUILTIN_FUNCTION,
            Value::Method(method) => method.builtin_type(),
            Value::Class(class) => class.metatype(),
            Value::Instance(instance) => instance.class().solid(),
            Value::Exception(exception) => exception.builtin(),
            Value::Iter(iter) => iter.kind(),
            Value::Object(object) => object.native().native_type(),
            Value::Ellipsis => &types::ELLIPSIS,
            Value::NotImplemented => &types::NOT_IMPLEMENTED,
        }
    }

    /// `type(value)`.
    pub fn class(&self) -> Class {
        match self {
            Value::Instance(instance) => instance.class(),
            Value::Exception(exception) => exception.class(),
            Value::Class(class) => class.meta(),
            other => other.builtin_type().class().clone(),
        }
    }

    /// The class, when it is one of the program's; for a class, the metaclass where that is no ordinary one.
    #[inline]
    pub fn user_class(&self) -> Option<Class> {
        match self {
            Value::Instance(instance) => Some(instance.class()),
            Value::Exception(exception) => exception.user_class().cloned(),
            Value::Class(class) => class.special_meta().cloned(),
            _ => None,
        }
    }

    /// The name of the value's type, as messages show it.
    pub fn type_name(&self) -> String {
        match self.user_class() {
            Some(class) => class.message_name(),
            None => self.builtin_type().message_name(),
        }
    }

    /// True when the value is an instance of this builtin type or of one derived from it.
    pub fn is_of(&self, builtin: &'static BuiltinType) -> bool {
        self.builtin_type().derives_from(builtin)
            || self
                .user_class()
                .is_some_and(|class| class.is_subclass(builtin.class()))
    }

    /// The builtin value inside an instance of a class that extends a builtin type; any other value as it is.
    #[inline]
    pub fn payload(&self) -> &Value {
        match self {
            Value::Instance(instance) => instance.payload().unwrap_or(self),
            Value::Object(object) => object.native().payload().unwrap_or(self),
            _ => self,
        }
    }

    /// The int this is, bools and instances of classes derived from int included.
    pub fn as_int(&self) -> Option<Int> {
        match self {
            Value::Int(value) => Some(Int::Small(*value)),
            Value::Bool(value) => Some(Int::Small(*value as i64)),
            Value::BigInt(big) => Some(Int::Big(big.clone())),
            Value::Instance(instance) => instance.payload()?.as_int(),
            Value::Object(object) => object.native().payload()?.as_int(),
            _ => None,
        }
    }

    /// The str this is, instances of classes derived from str included.
    pub fn as_str(&self) -> Option<&Str> {
        match self.payload() {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The dict this is, objects that extend one included.
    pub fn as_dict(&self) -> Option<&Dict<Value, Value>> {
        match self.payload() {
            Value::Dict(dict) => Some(dict),
            _ => None,
        }
    }

    /// The items of a set or frozenset, objects that extend one included.
    pub fn as_set(&self) -> Option<&Set<Value>> {
        match self.payload() {
            Value::Set(set) => Some(set),
            Value::FrozenSet(set) => Some(set.items()),
            _ => None,
        }
    }
}

impl From<Int> for Value {
    fn from(value: Int) -> Value {
        match value {
            Int::Small(small) => Value::Int(small),
            Int::Big(big) => Value::BigInt(big),
        }
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<Str> for Value {
    fn from(value: Str) -> Value {
        Value::Str(value)
    }
}

/// For tests and messages of bugs: `repr()`, or what stopped it.
impl std::fmt::Debug for Value {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match crate::text::repr(self) {
            Ok(text) => write!(out, "{text}"),
            Err(exception) => write!(out, "<{} object, repr failed: {exception:?}>", self.type_name()),
        }
    }
}
