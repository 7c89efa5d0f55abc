//! The format mini-language, `%` formatting and `str.format`.
