//! The builtin exception types.

use super::{Exc, Result, fields};
use crate::registry::{BuiltinType, Field, Kwargs, Method};
use crate::tuple::Tuple;
use crate::value::Value;

/// What `Type(args)` does for the builtin exception types.
fn construct(builtin: &'static BuiltinType, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let exception = Exc::plain(fields::refined(builtin, args), Tuple::from_slice(args));
    fields::initialise(&exception, args, kwargs)?;
    Ok(exception.value())
}

/// Declares exception types, each after the one it derives from, and the list of all.
macro_rules! exceptions {
    ($($constant:ident $name:literal $base:expr;)*) => {
        $(
            pub static $constant: BuiltinType = {
                fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
                    construct(&$constant, args, kwargs)
                }
                BuiltinType::new($name, "builtins", new).base($base)
            };
        )*

        /// Every builtin exception type below BaseException.
        pub static DERIVED: &[&BuiltinType] = &[&BASE_EXCEPTION_GROUP, &EXCEPTION_GROUP, $(&$constant),*];
    };
}

/// The root of all exceptions.
pub static BASE_EXCEPTION: BuiltinType = {
    fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
        construct(&BASE_EXCEPTION, args, kwargs)
    }
    BuiltinType::new("BaseException", "builtins", new)
        .base(&crate::types::OBJECT)
        .methods(BASE_METHODS)
        .fields(BASE_FIELDS)
};

/// Several exceptions as one.
pub static BASE_EXCEPTION_GROUP: BuiltinType = {
    fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
        construct(&BASE_EXCEPTION_GROUP, args, kwargs)
    }
    BuiltinType::new("BaseExceptionGroup", "builtins", new)
        .base(&BASE_EXCEPTION)
        .methods(super::group::METHODS)
        .sealed()
};

/// Several exceptions that derive from Exception, as one that does.
pub static EXCEPTION_GROUP: BuiltinType = {
    fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
        construct(&EXCEPTION_GROUP, args, kwargs)
    }
    BuiltinType::new("ExceptionGroup", "builtins", new)
        .base(&BASE_EXCEPTION_GROUP)
        .mixed_in(&EXCEPTION)
        .sealed()
};

static BASE_METHODS: &[Method] = fields::METHODS;
static BASE_FIELDS: &[Field] = fields::FIELDS;

/// The internal signal that native code gave up; derives from nothing, so no handler matches it.
pub static DEOPT: BuiltinType = BuiltinType::new("deopt", "builtins", |_, _| Ok(Value::None));

exceptions! {
    EXCEPTION "Exception" &BASE_EXCEPTION;
    GENERATOR_EXIT "GeneratorExit" &BASE_EXCEPTION;
    KEYBOARD_INTERRUPT "KeyboardInterrupt" &BASE_EXCEPTION;
    SYSTEM_EXIT "SystemExit" &BASE_EXCEPTION;

    ARITHMETIC_ERROR "ArithmeticError" &EXCEPTION;
    FLOATING_POINT_ERROR "FloatingPointError" &ARITHMETIC_ERROR;
    OVERFLOW_ERROR "OverflowError" &ARITHMETIC_ERROR;
    ZERO_DIVISION_ERROR "ZeroDivisionError" &ARITHMETIC_ERROR;
    ASSERTION_ERROR "AssertionError" &EXCEPTION;
    ATTRIBUTE_ERROR "AttributeError" &EXCEPTION;
    BUFFER_ERROR "BufferError" &EXCEPTION;
    EOF_ERROR "EOFError" &EXCEPTION;
    IMPORT_ERROR "ImportError" &EXCEPTION;
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" &IMPORT_ERROR;
    LOOKUP_ERROR "LookupError" &EXCEPTION;
    INDEX_ERROR "IndexError" &LOOKUP_ERROR;
    KEY_ERROR "KeyError" &LOOKUP_ERROR;
    MEMORY_ERROR "MemoryError" &EXCEPTION;
    NAME_ERROR "NameError" &EXCEPTION;
    UNBOUND_LOCAL_ERROR "UnboundLocalError" &NAME_ERROR;

    OS_ERROR "OSError" &EXCEPTION;
    BLOCKING_IO_ERROR "BlockingIOError" &OS_ERROR;
    CHILD_PROCESS_ERROR "ChildProcessError" &OS_ERROR;
    CONNECTION_ERROR "ConnectionError" &OS_ERROR;
    BROKEN_PIPE_ERROR "BrokenPipeError" &CONNECTION_ERROR;
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError" &CONNECTION_ERROR;
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError" &CONNECTION_ERROR;
    CONNECTION_RESET_ERROR "ConnectionResetError" &CONNECTION_ERROR;
    FILE_EXISTS_ERROR "FileExistsError" &OS_ERROR;
    FILE_NOT_FOUND_ERROR "FileNotFoundError" &OS_ERROR;
    INTERRUPTED_ERROR "InterruptedError" &OS_ERROR;
    IS_A_DIRECTORY_ERROR "IsADirectoryError" &OS_ERROR;
    NOT_A_DIRECTORY_ERROR "NotADirectoryError" &OS_ERROR;
    PERMISSION_ERROR "PermissionError" &OS_ERROR;
    PROCESS_LOOKUP_ERROR "ProcessLookupError" &OS_ERROR;
    TIMEOUT_ERROR "TimeoutError" &OS_ERROR;

    REFERENCE_ERROR "ReferenceError" &EXCEPTION;
    RUNTIME_ERROR "RuntimeError" &EXCEPTION;
    NOT_IMPLEMENTED_ERROR "NotImplementedError" &RUNTIME_ERROR;
    RECURSION_ERROR "RecursionError" &RUNTIME_ERROR;
    STOP_ASYNC_ITERATION "StopAsyncIteration" &EXCEPTION;
    STOP_ITERATION "StopIteration" &EXCEPTION;
    SYNTAX_ERROR "SyntaxError" &EXCEPTION;
    INDENTATION_ERROR "IndentationError" &SYNTAX_ERROR;
    TAB_ERROR "TabError" &INDENTATION_ERROR;
    SYSTEM_ERROR "SystemError" &EXCEPTION;
    TYPE_ERROR "TypeError" &EXCEPTION;
    VALUE_ERROR "ValueError" &EXCEPTION;
    UNICODE_ERROR "UnicodeError" &VALUE_ERROR;
    UNICODE_DECODE_ERROR "UnicodeDecodeError" &UNICODE_ERROR;
    UNICODE_ENCODE_ERROR "UnicodeEncodeError" &UNICODE_ERROR;
    UNICODE_TRANSLATE_ERROR "UnicodeTranslateError" &UNICODE_ERROR;

    WARNING "Warning" &EXCEPTION;
    BYTES_WARNING "BytesWarning" &WARNING;
    DEPRECATION_WARNING "DeprecationWarning" &WARNING;
    ENCODING_WARNING "EncodingWarning" &WARNING;
    FUTURE_WARNING "FutureWarning" &WARNING;
    IMPORT_WARNING "ImportWarning" &WARNING;
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" &WARNING;
    RESOURCE_WARNING "ResourceWarning" &WARNING;
    RUNTIME_WARNING "RuntimeWarning" &WARNING;
    SYNTAX_WARNING "SyntaxWarning" &WARNING;
    UNICODE_WARNING "UnicodeWarning" &WARNING;
    USER_WARNING "UserWarning" &WARNING;
}

/// The builtin exception type of this name; `EnvironmentError` and `IOError` are `OSError`.
pub fn by_name(name: &str) -> Option<&'static BuiltinType> {
    match name {
        "BaseException" => Some(&BASE_EXCEPTION),
        "EnvironmentError" | "IOError" => Some(&OS_ERROR),
        _ => DERIVED.iter().copied().find(|builtin| builtin.name == name),
    }
}
