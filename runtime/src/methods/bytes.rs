//! Methods of bytes.

use crate::registry::Method;

pub static METHODS: &[Method] = &[];
pub static CLASS_METHODS: &[Method] = &[];
