//! Dicts of known key type.

use crate::dict::Dict;
use crate::elem::Key;
use crate::exc::Result;
use crate::value::Value;

/// `table.get(key)` where values are dynamic.
///
/// # Errors
/// What hashing raises.
#[inline]
pub fn get_or_none<K: Key>(table: &Dict<K, Value>, key: &K) -> Result<Value> {
    Ok(table.find_value(key)?.unwrap_or(Value::None))
}
