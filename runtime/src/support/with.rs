//! The `with` statement.

use crate::exc::{self, Result};
use crate::ops;
use crate::value::Value;

use super::flow::Flow;

/// A context manager that was entered.
pub struct Manager(Value);

/// Enters a context manager; gives it and what `__enter__` returned.
///
/// # Errors
/// TypeError for an object that is no context manager; what `__enter__` raises.
pub fn enter(manager: Value) -> Result<(Manager, Value)> {
    for name in ["__enter__", "__exit__"] {
        if !super::make::has_method(&manager, name) {
            let kind = manager.type_name();
            let hint = if name == "__exit__" {
                " (missed __exit__ method)"
            } else {
                ""
            };
            return Err(exc::type_error(&format!(
                "'{kind}' object does not support the context manager protocol{hint}"
            )));
        }
    }
    let entered = ops::call_method(&manager, "__enter__", &[])?;
    Ok((Manager(manager), entered))
}

impl Manager {
    /// The body reached its end.
    ///
    /// # Errors
    /// What `__exit__` raises.
    pub fn leave(&self) -> Result<()> {
        ops::call_method(&self.0, "__exit__", &[Value::None, Value::None, Value::None])?;
        Ok(())
    }

    /// The body was left otherwise; an exception may be swallowed.
    ///
    /// # Errors
    /// What `__exit__` raises.
    pub fn leave_with<T>(&self, flow: Flow<T>) -> Result<Flow<T>> {
        let Flow::Raise(raised) = flow else {
            self.leave()?;
            return Ok(flow);
        };
        if raised.is_deopt() {
            return Ok(Flow::Raise(raised));
        }
        let value = raised.value();
        let class = Value::Class(value.class());
        let swallowed =
            ops::call_method(&self.0, "__exit__", &[class, value, Value::None]).map_err(|e| e.with_context(&raised))?;
        Ok(if ops::truthy(&swallowed)? {
            Flow::Next
        } else {
            Flow::Raise(raised)
        })
    }
}
