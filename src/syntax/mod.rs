//! Python text to syntax tree: a tokenizer, a parser and the checks that CPython's compiler makes later.
//!
//! Everything else in pivot sees only [`ast`]. A text is taken exactly where CPython 3.11's `compile` takes it.

pub mod ast;
mod check;
mod children;
mod error;
mod lexer;
mod literal;
mod parser;
mod token;
pub mod walk;

pub use error::{ErrorKind, SyntaxError};

use std::cell::Cell;

/// A stack on which a tree of the greatest depth taken can be built, walked and dropped, unoptimised builds included.
const DEEP_STACK: usize = 1 << 29;

thread_local! {
    /// Whether this thread has such a stack.
    static IS_DEEP: Cell<bool> = const { Cell::new(false) };
}

/// Parses the decoded text of one file.
///
/// # Errors
/// The first fault, where CPython's `compile` would raise `SyntaxError` or a class below it, or would run out
/// of its own recursion limit.
pub fn parse(text: &str) -> Result<ast::Module, SyntaxError> {
    with_deep_stack(|| {
        let tokens = lexer::tokenize(text);
        let module = parser::Parser::new(text, &tokens).module()?;
        match check::check(&module) {
            Ok(()) => Ok(module),
            Err(error) => {
                // A tree that is too deep may be too deep to drop as well; there is one a file at most.
                if error.kind == ErrorKind::Recursion {
                    std::mem::forget(module);
                }
                Err(error)
            }
        }
    })
}

/// The word is one of the language's own, which nothing can be named by.
pub fn is_keyword(word: &str) -> bool {
    token::Tok::keyword(word).is_some()
}

/// Parses the text of one expression, such as a quoted annotation; its spans count from the text's start.
///
/// # Errors
/// As for [`parse`]; text that is more than an expression is an error too.
pub fn parse_expression(text: &str) -> Result<ast::Expr, SyntaxError> {
    let module = parse(text)?;
    match <[ast::Stmt; 1]>::try_from(module.body) {
        Ok(
            [
                ast::Stmt {
                    kind: ast::StmtKind::Expr(e),
                    ..
                },
            ],
        ) => Ok(e),
        _ => Err(SyntaxError::new("invalid syntax", crate::source::Span::default())),
    }
}

/// Runs `work` where walking the deepest tree that `parse` gives cannot overflow the stack.
pub fn with_deep_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    if IS_DEEP.get() {
        return work();
    }
    let work = || {
        IS_DEEP.set(true);
        work()
    };
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(DEEP_STACK);
        let handle = builder.spawn_scoped(scope, work).expect("a thread can be started");
        handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// The line, from 1, of a byte offset.
fn line_of(text: &str, offset: usize) -> u32 {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let ends = before
        .iter()
        .enumerate()
        .filter(|&(at, &byte)| byte == b'\n' || (byte == b'\r' && text.as_bytes().get(at + 1) != Some(&b'\n')));
    ends.count() as u32 + 1
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
