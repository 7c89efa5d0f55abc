//! Python text to syntax tree: the only module that knows the parser crate.

pub mod ast;
mod convert;
mod error;

pub use error::{ErrorKind, SyntaxError};

use crate::source::Span;
use rustpython_parser::Parse;

/// Parses the decoded text of one file.
///
/// # Errors
/// The first fault, where CPython's `compile` would raise `SyntaxError` or a class below it.
pub fn parse(text: &str) -> Result<ast::Module, SyntaxError> {
    let body = rustpython_parser::ast::Suite::parse(text, "<file>").map_err(|error| {
        let at = u32::from(error.offset).min(text.len() as u32);
        SyntaxError::new(error.error.to_string(), Span::new(at, at))
    })?;
    Ok(ast::Module {
        body: convert::Converter { text }.body(body),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_keeps_its_statements_in_order() {
        let module = parse("def f(a, b=1):\n    return a + b\n\nprint(f(2))\n").expect("valid");
        assert_eq!(module.body.len(), 2);
    }
}
