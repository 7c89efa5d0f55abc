//! Library objects: every kind of Python object without a `Value` variant of its own implements `Native`.

use std::any::Any;

use crate::class::Class;
use crate::class::descriptor::Descriptor;
use crate::exc::{self, Result};
use crate::iter::Iter;
use crate::rc::Ref;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::Str;
use crate::value::Value;

/// A binary operator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operator {
    Add,
    Sub,
    Mul,
    TrueDiv,
    FloorDiv,
    Rem,
    Pow,
    MatMul,
    LShift,
    RShift,
    BitAnd,
    BitOr,
    BitXor,
}

/// A unary operator on numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unary {
    Neg,
    Pos,
    Invert,
}

/// A rich comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Comparison {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// Which operand the object is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Left,
    Right,
}

/// What a kind of library object does. Methods and fields stand in its `BuiltinType`; the hooks below are the
/// protocols. Each default is what CPython does with an object that lacks the protocol. `this` is the object's handle.
pub trait Native: Any {
    /// The object's Python type.
    fn native_type(&self) -> &'static BuiltinType;

    fn repr(&self, this: &Object) -> Result<Str> {
        let native_type = self.native_type();
        let dotted = native_type.dotted_name();
        Ok(Str::from(
            format!("<{dotted} object at {:#x}>", this.address()).as_str(),
        ))
    }

    fn str(&self, this: &Object) -> Result<Str> {
        self.repr(this)
    }

    /// `len()`: None when the object has none.
    fn len(&self) -> Option<Result<usize>> {
        None
    }

    fn truthy(&self) -> Result<bool> {
        self.len().map_or(Ok(true), |len| Ok(len? != 0))
    }

    fn hash(&self, this: &Object) -> Result<i64> {
        Ok((this.address() >> 4) as i64)
    }

    /// A comparison with the object on the left (the caller reflects it); None is NotImplemented.
    fn compare(&self, _op: Comparison, _other: &Value) -> Result<Option<Value>> {
        Ok(None)
    }

    /// A binary operator with the object on the given side; None is NotImplemented.
    fn binary(&self, _op: Operator, _other: &Value, _side: Side) -> Result<Option<Value>> {
        Ok(None)
    }

    /// An augmented assignment that changes the object itself; None falls back to the binary operator.
    fn in_place(&self, _this: &Object, _op: Operator, _other: &Value) -> Result<Option<Value>> {
        Ok(None)
    }

    fn unary(&self, _op: Unary) -> Result<Option<Value>> {
        Ok(None)
    }

    fn get_item(&self, _key: &Value) -> Result<Value> {
        Err(exc::type_error(&format!(
            "'{}' object is not subscriptable",
            self.native_type().message_name()
        )))
    }

    fn set_item(&self, _key: &Value, _value: Value) -> Result<()> {
        Err(exc::type_error(&format!(
            "'{}' object does not support item assignment",
            self.native_type().message_name()
        )))
    }

    fn del_item(&self, _key: &Value) -> Result<()> {
        Err(exc::type_error(&format!(
            "'{}' object doesn't support item deletion",
            self.native_type().message_name()
        )))
    }

    /// `item in self`; None falls back to iteration.
    fn contains(&self, _item: &Value) -> Result<Option<bool>> {
        Ok(None)
    }

    /// `iter(self)`; None when the object is not iterable. An iterator answers `Iter::Object(this.clone())`.
    fn iter(&self, _this: &Object) -> Result<Option<Iter>> {
        Ok(None)
    }

    /// True when the object is itself an iterator.
    fn is_iterator(&self) -> bool {
        false
    }

    /// `next(self)`; None is StopIteration.
    fn next(&self) -> Result<Option<Value>> {
        Err(exc::type_error(&format!(
            "'{}' object is not an iterator",
            self.native_type().message_name()
        )))
    }

    fn callable(&self) -> bool {
        false
    }

    fn call(&self, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
        Err(exc::type_error(&format!(
            "'{}' object is not callable",
            self.native_type().message_name()
        )))
    }

    /// An attribute found neither among the type's methods nor its fields.
    fn get_attr(&self, _name: &str) -> Result<Option<Value>> {
        Ok(None)
    }

    /// Sets an attribute that is not a field of the type; false when the object takes none of that name.
    fn set_attr(&self, _name: &str, _value: Value) -> Result<bool> {
        Ok(false)
    }

    /// Deletes an attribute; false when there is none of that name.
    fn del_attr(&self, _name: &str) -> Result<bool> {
        Ok(false)
    }

    /// The object's part in attribute access, when it stands in a class.
    fn descriptor(&self) -> Option<&dyn Descriptor> {
        None
    }

    /// Tells an object that stands in a new class under which name: `__set_name__`.
    fn set_name(&self, _class: &Class, _name: &Value) -> Result<()> {
        Ok(())
    }

    /// What makes a class that has this object among its bases, where that is nothing ordinary.
    fn class_maker(&self) -> Option<crate::class::Maker> {
        None
    }

    /// The builtin value this object extends, for types that derive from a builtin one: a defaultdict's dict.
    fn payload(&self) -> Option<&Value> {
        None
    }
}

/// A shared library object.
#[derive(Clone)]
pub struct Object(Ref<Box<dyn Native>>);

impl Object {
    pub fn new(native: impl Native) -> Object {
        Object(Ref::new(Box::new(native)))
    }

    pub fn native(&self) -> &dyn Native {
        &**self.0
    }

    /// The object as a `T`, if it is one.
    pub fn downcast<T: Native>(&self) -> Option<&T> {
        let any: &dyn Any = self.native();
        any.downcast_ref()
    }

    /// True when both are one object.
    pub fn same(a: &Object, b: &Object) -> bool {
        Ref::same(&a.0, &b.0)
    }

    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }
}
