//! Raising, chaining and matching.

use super::{Exc, Result, hierarchy::BASE_EXCEPTION, type_error};
use crate::class::Class;
use crate::ops;
use crate::value::Value;

impl Exc {
    /// `raise value`: a class is called first.
    #[cold]
    pub fn raise(value: &Value) -> Exc {
        to_exception(value, "exceptions must derive from BaseException").unwrap_or_else(|failure| failure)
    }

    /// `raise value from cause`.
    #[cold]
    pub fn raise_from(value: &Value, cause: &Value) -> Exc {
        let exception = Exc::raise(value);
        let cause = match cause {
            Value::None => Ok(None),
            cause => to_exception(cause, "exception causes must derive from BaseException").map(Some),
        };
        match cause {
            Ok(cause) => exception.set_cause(cause),
            Err(failure) => return failure,
        }
        exception
    }

    /// Marks the exception as raised while `handled` was being handled.
    #[cold]
    pub fn with_context(self, handled: &Exc) -> Exc {
        if Exc::same(&self, handled) || self.is_deopt() {
            return self;
        }
        // The chain of contexts must not come back to this exception.
        let mut link = handled.clone();
        while let Some(next) = link.context() {
            if Exc::same(&next, &self) {
                link.set_context(None);
                break;
            }
            link = next;
        }
        self.set_context(Some(handled.clone()));
        self
    }

    /// `except class_or_tuple`.
    ///
    /// # Errors
    /// TypeError for anything but exception classes.
    pub fn matches(&self, classes: &Value) -> Result<bool> {
        match classes {
            Value::Tuple(classes) => {
                for class in classes.iter() {
                    exception_class(class)?;
                }
                Ok(classes
                    .iter()
                    .any(|class| matches!(class, Value::Class(class) if self.is_instance(class))))
            }
            class => Ok(self.is_instance(exception_class(class)?)),
        }
    }

    /// True when the exception is of this class or one derived from it.
    pub fn is_instance(&self, class: &Class) -> bool {
        match (class.builtin(), self.user_class()) {
            (Some(builtin), None) => self.is(builtin),
            (_, Some(own)) => own.is_subclass(class),
            (None, None) => false,
        }
    }
}

fn exception_class(value: &Value) -> Result<&Class> {
    match value {
        Value::Class(class) if class.solid().derives_from(&BASE_EXCEPTION) => Ok(class),
        _ => Err(type_error(
            "catching classes that do not inherit from BaseException is not allowed",
        )),
    }
}

/// The exception that a raise statement's operand means.
fn to_exception(value: &Value, otherwise: &str) -> Result<Exc> {
    match value {
        Value::Exception(exception) => Ok(exception.clone()),
        Value::Class(class) if class.solid().derives_from(&BASE_EXCEPTION) => match ops::call(value, &[])? {
            Value::Exception(exception) => Ok(exception),
            other => Err(type_error(&format!(
                "calling {} should have returned an instance of BaseException, not {}",
                crate::text::repr(value)?,
                crate::text::repr(&Value::Class(other.class()))?
            ))),
        },
        _ => Err(type_error(otherwise)),
    }
}
