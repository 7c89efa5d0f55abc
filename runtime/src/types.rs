//! The builtin types, one row each.

use crate::builtins::construct;
pub use crate::complex::COMPLEX;
use crate::methods::{self, protocol};
use crate::registry::BuiltinType;
use crate::value::Value;

/// `__hash__` of types that compare by content and can change.
const UNHASHABLE: &[(&str, fn() -> Value)] = &[("__hash__", || Value::None)];

pub static OBJECT: BuiltinType = BuiltinType::new("object", "builtins", construct::object)
    .methods(methods::object::METHODS)
    .class_methods(methods::object::CLASS_METHODS)
    .fields(methods::object::FIELDS);
pub static TYPE: BuiltinType = BuiltinType::new("type", "builtins", construct::type_of)
    .methods(methods::type_::METHODS)
    .class_methods(methods::type_::CLASS_METHODS);

pub static NONE_TYPE: BuiltinType = BuiltinType::new("NoneType", "builtins", construct::none)
    .sealed()
    .protocols(&[protocol::EQUALITY, protocol::TRUTH]);
pub static ELLIPSIS: BuiltinType = BuiltinType::new("ellipsis", "builtins", construct::ellipsis).sealed();
pub static NOT_IMPLEMENTED: BuiltinType =
    BuiltinType::new("NotImplementedType", "builtins", construct::not_implemented).sealed();

pub static INT: BuiltinType = BuiltinType::new("int", "builtins", construct::int)
    .methods(methods::int::METHODS)
    .class_methods(methods::int::CLASS_METHODS)
    .fields(methods::int::FIELDS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::ORDER,
        protocol::TRUTH,
        protocol::NUMBER,
        protocol::INTEGER,
    ]);
pub static BOOL: BuiltinType = BuiltinType::new("bool", "builtins", construct::bool)
    .base(&INT)
    .sealed();
pub static FLOAT: BuiltinType = BuiltinType::new("float", "builtins", construct::float)
    .methods(methods::float::METHODS)
    .class_methods(methods::float::CLASS_METHODS)
    .fields(methods::float::FIELDS)
    .protocols(&[protocol::EQUALITY, protocol::ORDER, protocol::TRUTH, protocol::NUMBER]);

pub static STR: BuiltinType = BuiltinType::new("str", "builtins", construct::str)
    .methods(methods::str::METHODS)
    .class_methods(methods::str::CLASS_METHODS)
    .protocols(&[protocol::EQUALITY, protocol::ORDER, protocol::SEQUENCE, protocol::TEXT]);
pub static BYTES: BuiltinType = BuiltinType::new("bytes", "builtins", crate::bytes::make)
    .methods(methods::bytes::METHODS)
    .class_methods(methods::bytes::CLASS_METHODS)
    .protocols(&[protocol::EQUALITY, protocol::ORDER, protocol::SEQUENCE]);

pub static LIST: BuiltinType = BuiltinType::new("list", "builtins", construct::list)
    .methods(methods::list::METHODS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::ORDER,
        protocol::SEQUENCE,
        protocol::MUTABLE,
        protocol::GROWING,
    ])
    .attributes(UNHASHABLE);
pub static TUPLE: BuiltinType = BuiltinType::new("tuple", "builtins", construct::tuple)
    .methods(methods::tuple::METHODS)
    .protocols(&[protocol::EQUALITY, protocol::ORDER, protocol::SEQUENCE]);
pub static DICT: BuiltinType = BuiltinType::new("dict", "builtins", construct::dict)
    .methods(methods::dict::METHODS)
    .class_methods(methods::dict::CLASS_METHODS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::CONTAINER,
        protocol::ITEMS,
        protocol::MUTABLE,
        protocol::UNION,
        protocol::UNION_IN_PLACE,
    ])
    .attributes(UNHASHABLE);
pub static SET: BuiltinType = BuiltinType::new("set", "builtins", construct::set)
    .methods(methods::set::METHODS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::ORDER,
        protocol::CONTAINER,
        protocol::UNION,
        protocol::UNION_IN_PLACE,
        protocol::ALGEBRA,
        protocol::ALGEBRA_IN_PLACE,
    ])
    .attributes(UNHASHABLE);
pub static FROZENSET: BuiltinType = BuiltinType::new("frozenset", "builtins", construct::frozenset)
    .methods(methods::set::FROZEN_METHODS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::ORDER,
        protocol::CONTAINER,
        protocol::UNION,
        protocol::ALGEBRA,
    ]);
pub static RANGE: BuiltinType = BuiltinType::new("range", "builtins", construct::range)
    .methods(methods::range::METHODS)
    .fields(methods::range::FIELDS)
    .protocols(&[protocol::EQUALITY, protocol::CONTAINER, protocol::ITEMS])
    .sealed();
pub static SLICE: BuiltinType = BuiltinType::new("slice", "builtins", construct::slice)
    .methods(methods::slice::METHODS)
    .fields(methods::slice::FIELDS)
    .protocols(&[protocol::EQUALITY])
    .sealed();

pub static FUNCTION: BuiltinType =
    BuiltinType::closed("function", "builtins").protocols(&[protocol::CALL, methods::descriptors::GET]);
pub static METHOD: BuiltinType = BuiltinType::closed("method", "builtins").protocols(&[protocol::CALL]);
pub static BUILTIN_FUNCTION: BuiltinType =
    BuiltinType::closed("builtin_function_or_method", "builtins").protocols(&[protocol::CALL]);
pub static METHOD_DESCRIPTOR: BuiltinType = BuiltinType::closed("method_descriptor", "builtins");
pub static WRAPPER_DESCRIPTOR: BuiltinType = BuiltinType::closed("wrapper_descriptor", "builtins");
pub static CLASS_METHOD_DESCRIPTOR: BuiltinType = BuiltinType::closed("classmethod_descriptor", "builtins");
pub static GETSET_DESCRIPTOR: BuiltinType = BuiltinType::closed("getset_descriptor", "builtins");
pub static MEMBER_DESCRIPTOR: BuiltinType = BuiltinType::closed("member_descriptor", "builtins");
pub static STATIC_METHOD: BuiltinType =
    BuiltinType::new("staticmethod", "builtins", construct::static_method).protocols(&[methods::descriptors::GET]);
pub static CLASS_METHOD: BuiltinType =
    BuiltinType::new("classmethod", "builtins", construct::class_method).protocols(&[methods::descriptors::GET]);
pub static PROPERTY: BuiltinType = BuiltinType::new("property", "builtins", construct::property)
    .methods(methods::property::METHODS)
    .protocols(&[methods::descriptors::DATA]);
pub static SUPER: BuiltinType = BuiltinType::new("super", "builtins", construct::super_).sealed();
pub static MAPPING_PROXY: BuiltinType =
    BuiltinType::new("mappingproxy", "builtins", construct::mapping_proxy).protocols(&[protocol::OWN_TEXT]);
pub static MODULE: BuiltinType = BuiltinType::closed("module", "builtins");
pub static GENERIC_ALIAS: BuiltinType = BuiltinType::new("GenericAlias", "types", crate::class::generic::construct)
    .fields(crate::class::generic::FIELDS)
    .protocols(&[protocol::EQUALITY])
    .in_c();

/// Declares types of iterators.
macro_rules! iterators {
    ($($constant:ident $name:literal;)*) => {
        $(pub static $constant: BuiltinType = BuiltinType::closed($name, "builtins").methods(methods::iterator::METHODS);)*
    };
}

iterators! {
    LIST_ITERATOR "list_iterator";
    LIST_REVERSE_ITERATOR "list_reverseiterator";
    TUPLE_ITERATOR "tuple_iterator";
    STR_ITERATOR "str_iterator";
    STR_ASCII_ITERATOR "str_ascii_iterator";
    BYTES_ITERATOR "bytes_iterator";
    RANGE_ITERATOR "range_iterator";
    LONG_RANGE_ITERATOR "longrange_iterator";
    DICT_KEY_ITERATOR "dict_keyiterator";
    DICT_VALUE_ITERATOR "dict_valueiterator";
    DICT_ITEM_ITERATOR "dict_itemiterator";
    DICT_REVERSE_KEY_ITERATOR "dict_reversekeyiterator";
    DICT_REVERSE_VALUE_ITERATOR "dict_reversevalueiterator";
    DICT_REVERSE_ITEM_ITERATOR "dict_reverseitemiterator";
    SET_ITERATOR "set_iterator";
    SEQUENCE_ITERATOR "iterator";
    CALLABLE_ITERATOR "callable_iterator";
}

pub static GENERATOR: BuiltinType = BuiltinType::closed("generator", "builtins")
    .methods(methods::generator::METHODS)
    .fields(methods::generator::FIELDS);
pub static ENUMERATE: BuiltinType =
    BuiltinType::new("enumerate", "builtins", construct::enumerate).methods(methods::iterator::LAZY_METHODS);
pub static ZIP: BuiltinType =
    BuiltinType::new("zip", "builtins", construct::zip).methods(methods::iterator::LAZY_METHODS);
pub static MAP: BuiltinType =
    BuiltinType::new("map", "builtins", construct::map).methods(methods::iterator::LAZY_METHODS);
pub static FILTER: BuiltinType =
    BuiltinType::new("filter", "builtins", construct::filter).methods(methods::iterator::LAZY_METHODS);
pub static REVERSED: BuiltinType =
    BuiltinType::new("reversed", "builtins", construct::reversed).methods(methods::iterator::METHODS);

pub static DICT_KEYS: BuiltinType = BuiltinType::closed("dict_keys", "builtins")
    .methods(methods::views::SET_METHODS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::CONTAINER,
        protocol::ALGEBRA,
        protocol::UNION,
    ]);
pub static DICT_VALUES: BuiltinType = BuiltinType::closed("dict_values", "builtins")
    .methods(methods::views::METHODS)
    .protocols(&[protocol::CONTAINER]);
pub static DICT_ITEMS: BuiltinType = BuiltinType::closed("dict_items", "builtins")
    .methods(methods::views::SET_METHODS)
    .protocols(&[
        protocol::EQUALITY,
        protocol::CONTAINER,
        protocol::ALGEBRA,
        protocol::UNION,
    ]);
