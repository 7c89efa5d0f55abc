//! Types that a program makes for itself: records, which are dicts with constant keys carried by value, and objects,
//! which are instances of its classes with typed attributes.

use std::cell::UnsafeCell;

use crate::exc::{self, Result};
use crate::native::{self, Native};
use crate::rc::Ref;
use crate::registry::BuiltinType;
use crate::str::Str;
use crate::value::Value;

/// The attributes of an instance, shared by all that hold it.
pub struct Object<T>(Ref<UnsafeCell<T>>);

impl<T> Clone for Object<T> {
    #[inline(always)]
    fn clone(&self) -> Object<T> {
        Object(self.0.clone())
    }
}

impl<T> Object<T> {
    #[inline]
    pub fn new(attributes: T) -> Object<T> {
        Object(Ref::new(UnsafeCell::new(attributes)))
    }

    /// `is`
    #[inline(always)]
    pub fn same(&self, other: &Object<T>) -> bool {
        Ref::same(&self.0, &other.0)
    }

    /// The attributes, to borrow one that is never stored into or to store into another.
    #[inline(always)]
    pub fn attributes(&self) -> *mut T {
        self.0.get()
    }
}

/// Makes a text when it is asked for; None where nobody asks.
pub type Text = Option<Box<dyn Fn() -> Result<Str>>>;

pub fn text(make: impl Fn() -> Result<Str> + 'static) -> Text {
    Some(Box::new(make))
}

/// What stands for an instance of a native class where values are only shown: it is printed, or a container of it is.
pub struct Shown {
    pub repr: Text,
    pub str: Text,
}

static SHOWN: BuiltinType = BuiltinType::closed("object", "builtins");

impl Native for Shown {
    fn native_type(&self) -> &'static BuiltinType {
        &SHOWN
    }

    fn repr(&self, _: &native::Object) -> Result<Str> {
        self.repr.as_ref().map_or_else(|| Err(exc::deopt()), |text| text())
    }

    fn str(&self, this: &native::Object) -> Result<Str> {
        self.str.as_ref().map_or_else(|| self.repr(this), |text| text())
    }
}

impl Shown {
    pub fn value(self) -> Value {
        Value::object(self)
    }
}

/// Defines a record: a struct that stands for a dict with these keys.
#[macro_export]
macro_rules! record {
    ($(#[$doc:meta])* pub struct $name:ident { $($key:literal: $field:ident: $ty:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name { $(pub $field: $ty),+ }

        impl $crate::elem::Elem for $name {
            const PLAIN: bool = true $(&& <$ty as $crate::elem::Elem>::PLAIN)+;

            fn to_value(&self) -> $crate::value::Value {
                let dict = $crate::dict::Dict::new();
                $(dict.set_text($key, $crate::elem::Elem::to_value(&self.$field));)+
                $crate::value::Value::Dict(dict)
            }
            fn from_value(value: &$crate::value::Value) -> Option<Self> {
                let mut items = $crate::support::record::items_of(value, &[$($key),+])?.into_iter();
                Some($name { $($field: <$ty as $crate::elem::Elem>::from_value(&items.next()?)?),+ })
            }
            fn py_eq(&self, other: &Self) -> $crate::exc::Result<bool> {
                Ok(true $(&& $crate::elem::Elem::item_eq(&self.$field, &other.$field)?)+)
            }
            fn py_repr(&self, out: &mut $crate::str::StrBuf) -> $crate::exc::Result<()> {
                $crate::elem::Elem::py_repr(&$crate::elem::Elem::to_value(self), out)
            }
            fn truthy(&self) -> $crate::exc::Result<bool> {
                Ok(true)
            }
            fn same(&self, other: &Self) -> bool {
                true $(&& $crate::elem::Elem::same(&self.$field, &other.$field))+
            }
            fn quick_eq(&self, other: &Self) -> Option<bool> {
                $(if !$crate::elem::Elem::quick_eq(&self.$field, &other.$field)? {
                    return Some(false);
                })+
                Some(true)
            }
        }

        impl $crate::support::boundary::Cross for $name {
            fn enter(
                value: &$crate::value::Value,
                crossing: &mut $crate::support::boundary::Crossing,
            ) -> Option<Self> {
                let mut items = $crate::support::record::items_of(value, &[$($key),+])?.into_iter();
                Some($name { $($field: <$ty as $crate::support::boundary::Cross>::enter(&items.next()?, crossing)?),+ })
            }
            fn leave(&self, crossing: &mut $crate::support::boundary::Crossing) -> $crate::value::Value {
                let dict = $crate::dict::Dict::new();
                $(dict.set_text($key, $crate::support::boundary::Cross::leave(&self.$field, crossing));)+
                $crate::value::Value::Dict(dict)
            }
        }
    };
}

/// The values of a dict that has just these keys in this order.
pub fn items_of(value: &crate::value::Value, keys: &[&str]) -> Option<Vec<crate::value::Value>> {
    let crate::value::Value::Dict(dict) = value else {
        return None;
    };
    if dict.len() != keys.len() {
        return None;
    }
    let mut position = 0;
    let mut items = Vec::with_capacity(keys.len());
    for wanted in keys {
        let (_, key, item) = dict.entry_from(&mut position)?;
        match key {
            crate::value::Value::Str(text) if text == **wanted => items.push(item),
            _ => return None,
        }
    }
    Some(items)
}

/// What reads an attribute, and what writes it: nothing does where it is `fixed`, and then reading gives a reference.
#[macro_export]
macro_rules! attribute {
    ($field:ident fixed: $ty:ty) => {
        #[inline(always)]
        pub fn $field(&self) -> &$ty {
            // SAFETY: nothing is ever stored into this attribute.
            unsafe { &*(&raw const (*self.0.attributes()).$field) }
        }
    };
    ($field:ident $set:ident: $ty:ty) => {
        #[inline(always)]
        pub fn $field(&self) -> $ty {
            // SAFETY: nothing is stored while one attribute is copied.
            unsafe { (*(&raw const (*self.0.attributes()).$field)).clone() }
        }
        #[inline(always)]
        pub fn $set(&self, value: $ty) {
            // SAFETY: references to other attributes may live, none to this one does.
            let old = unsafe { std::ptr::replace(&raw mut (*self.0.attributes()).$field, value) };
            drop(old);
        }
    };
}

/// An instance as a dynamic value: what it shows as, where only that is asked for.
#[macro_export]
macro_rules! instance_value {
    ($this:ident) => {
        unreachable!("the compiler keeps instances of this class native")
    };
    ($this:ident $(repr $repr:path)? $(, str $str:path)?) => {
        $crate::support::record::Shown {
            repr: $crate::instance_text!($this $($repr)?),
            str: $crate::instance_text!($this $($str)?),
        }
        .value()
    };
}

/// A text of an instance, made when it is asked for.
#[macro_export]
macro_rules! instance_text {
    ($this:ident) => {
        None
    };
    ($this:ident $text:path) => {
        $crate::support::record::text({
            let this = $this.clone();
            move || $text(&this)
        })
    };
}

/// An attribute where it lies. Only for code that stores nothing meanwhile.
#[macro_export]
macro_rules! attribute_ref {
    ($object:expr, $field:ident) => {
        // SAFETY: comparing and hashing plain values stores nothing.
        unsafe { &*(&raw const (*$object.0.attributes()).$field) }
    };
}

/// What instances are equal by: themselves, or some of their attributes.
#[macro_export]
macro_rules! instance_equality {
    () => {
        fn py_eq(&self, other: &Self) -> $crate::exc::Result<bool> {
            Ok(self.0.same(&other.0))
        }
        #[inline]
        fn quick_eq(&self, other: &Self) -> Option<bool> {
            Some(self.0.same(&other.0))
        }
    };
    ($($field:ident)+) => {
        fn py_eq(&self, other: &Self) -> $crate::exc::Result<bool> {
            $(if !$crate::elem::Elem::item_eq(
                $crate::attribute_ref!(self, $field),
                $crate::attribute_ref!(other, $field),
            )? {
                return Ok(false);
            })+
            Ok(true)
        }
        #[inline]
        fn quick_eq(&self, other: &Self) -> Option<bool> {
            if self.0.same(&other.0) {
                return Some(true);
            }
            $(if !$crate::elem::Elem::quick_eq(
                $crate::attribute_ref!(self, $field),
                $crate::attribute_ref!(other, $field),
            )? {
                return Some(false);
            })+
            Some(true)
        }
    };
}

/// What instances hash as: their identity, one of their attributes, or a tuple of them; or they do not.
#[macro_export]
macro_rules! instance_key {
    ($name:ident by) => {
        impl $crate::elem::Key for $name {
            type Kept = ();

            #[inline]
            fn py_hash(&self) -> $crate::exc::Result<i64> {
                Ok($crate::hash::pointer(self.0.attributes() as usize))
            }
        }
    };
    ($name:ident by ($($by:ident),*)) => {};
    ($name:ident by ($($by:ident),*) one ($field:ident)) => {
        impl $crate::elem::Key for $name {
            type Kept = i64;

            #[inline]
            fn py_hash(&self) -> $crate::exc::Result<i64> {
                $crate::elem::Key::py_hash($crate::attribute_ref!(self, $field))
            }
        }
    };
    ($name:ident by ($($by:ident),*) tuple ($($field:ident),*)) => {
        impl $crate::elem::Key for $name {
            type Kept = i64;

            #[inline]
            fn py_hash(&self) -> $crate::exc::Result<i64> {
                let mut hasher = $crate::hash::TupleHasher::new();
                $(hasher.add($crate::elem::Key::py_hash($crate::attribute_ref!(self, $field))?);)*
                Ok(hasher.finish())
            }
        }
    };
}

/// Which of two instances comes first. Where nobody says so, Python raises: that is for generic code to do.
#[macro_export]
macro_rules! instance_order {
    ($this:ident, $other:ident) => {{
        let _ = $other;
        Err($crate::exc::deopt())
    }};
    ($this:ident, $other:ident, $ordered:path) => {
        $crate::elem::Elem::truthy(&$ordered($this, $other)?)
    };
}

/// Defines the instances of a class: a shared struct of typed attributes, with a reader and a writer for each. `repr by`
/// and `str by` name the functions that make their texts, `compared by` the attributes that make two of them equal, and `hashed
/// as` those of their hash; `ordered by` the function that says which of two comes first.
#[macro_export]
macro_rules! object {
    ($(#[$doc:meta])* pub struct $name:ident of $attributes:ident $(compared by ($($by:ident),*))? $(hashed as $kind:ident ($($part:ident),*))? $(, ordered by $ordered:path)? $(, repr by $repr:path)? $(, str by $str:path)? { $($field:ident $set:tt: $ty:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name($crate::support::record::Object<$attributes>);

        /// Their attributes.
        pub struct $attributes { $($field: $ty),* }

        impl $name {
            #[allow(clippy::too_many_arguments, reason = "as many as the class has attributes")]
            #[inline]
            pub fn new($($field: $ty),*) -> $name {
                $name($crate::support::record::Object::new($attributes { $($field),* }))
            }
            $($crate::attribute!($field $set: $ty);)*
        }

        impl $crate::elem::Elem for $name {
            const PLAIN: bool = true;

            fn to_value(&self) -> $crate::value::Value {
                $crate::instance_value!(self $(repr $repr)? $(, str $str)?)
            }
            fn from_value(_: &$crate::value::Value) -> Option<Self> {
                None
            }
            $crate::instance_equality!($($($by)*)?);
            fn py_repr(&self, _: &mut $crate::str::StrBuf) -> $crate::exc::Result<()> {
                Err($crate::exc::deopt())
            }
            fn truthy(&self) -> $crate::exc::Result<bool> {
                Ok(true)
            }
            #[inline]
            fn same(&self, other: &Self) -> bool {
                self.0.same(&other.0)
            }
        }

        impl $crate::elem::Sortable for $name {
            fn py_lt(&self, other: &Self) -> $crate::exc::Result<bool> {
                $crate::instance_order!(self, other $(, $ordered)?)
            }
        }

        $crate::instance_key!($name by $(($($by),*))? $($kind ($($part),*))?);

        // What holds instances stays inside native code: nothing enters, and nothing leaves but what shows them.
        impl $crate::support::boundary::Cross for $name {
            fn enter(_: &$crate::value::Value, _: &mut $crate::support::boundary::Crossing) -> Option<Self> {
                None
            }
            fn leave(&self, _: &mut $crate::support::boundary::Crossing) -> $crate::value::Value {
                $crate::elem::Elem::to_value(self)
            }
        }
    };
}
