//! What the locale says about the standard streams.

use std::sync::OnceLock;

/// True in the locales of no language (`C`, `POSIX`, `C.UTF-8`), where CPython lets bytes that are no UTF-8 through the
/// standard streams as lone surrogates.
pub(super) fn escapes_bytes() -> bool {
    static ESCAPES: OnceLock<bool> = OnceLock::new();
    *ESCAPES.get_or_init(|| {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        locale.is_none_or(|name| matches!(name.as_str(), "C" | "POSIX" | "C.UTF-8" | "C.utf8" | "UTF-8"))
    })
}
