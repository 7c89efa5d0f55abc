//! The library modules, one file each.

use crate::registry::ModuleDef;

/// Every library module there is.
pub static MODULES: &[&ModuleDef] = &[];
