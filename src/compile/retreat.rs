//! What is left out because rustc refused it: a bug in pivot must not cost the user the whole vessel.
//!
//! A native form that is refused is made hollow: it gives up at once, and the call goes the generic way. A function whose
//! generic form is refused stays in Python.

use crate::diagnostics::{Diagnostic, codes};
use crate::emit::World;
use crate::ir::{Const, Expr, ExprKind, FuncId, Function, Stmt, StmtKind, Ty};
use crate::source::Span;
use std::collections::BTreeSet;

/// Parts of a program that are not to be emitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retreat {
    /// No native form at all.
    pub without_native: bool,
    /// These native forms are hollow.
    pub hollow: BTreeSet<FuncId>,
    /// These functions stay in Python.
    functions: BTreeSet<FuncId>,
}

/// A function of an emitted file, for finding the one that rustc complains about.
#[derive(Clone, Debug)]
pub struct Emitted {
    pub world: World,
    pub id: FuncId,
    /// Its Rust name.
    pub name: String,
    /// The function of the Python file that it was made of.
    pub of: Option<String>,
}

/// An emitted file as rustc saw it, and the lines that its errors point at.
#[derive(Clone, Debug)]
pub struct Refused {
    pub world: World,
    pub text: String,
    pub lines: Vec<usize>,
}

impl Retreat {
    /// What to leave out next; None where nothing is left to give up.
    pub fn further(&self, refused: &[Refused], emitted: &[Emitted]) -> Option<Retreat> {
        let mut next = self.clone();
        for file in refused.iter().filter(|file| !file.lines.is_empty()) {
            let lines: Vec<&str> = file.text.lines().collect();
            let guilty = file.lines.iter().filter_map(|line| function_at(&lines, *line));
            let guilty = guilty.filter_map(|name| known(emitted, file.world, name));
            match file.world {
                World::Generic => next.functions.extend(guilty),
                World::Native => {
                    next.hollow.extend(guilty);
                    // No function is at fault that could still be made hollow: what stands around them is.
                    next.without_native |= next.hollow == self.hollow;
                }
            }
        }
        (next != *self).then_some(next)
    }

    /// The functions left out, with what the report says of them.
    pub fn refusals(&self) -> impl Iterator<Item = (FuncId, Diagnostic)> {
        self.functions.iter().map(|id| {
            let message = "rustc refused the Rust made of it: a bug in pivot";
            let diagnostic = Diagnostic::error(&codes::REFUSED_BY_RUSTC, message, Span::default());
            (*id, diagnostic.with_help("please report it with the function's source"))
        })
    }
}

fn known(emitted: &[Emitted], world: World, name: &str) -> Option<FuncId> {
    let called = |name: &str| emitted.iter().find(|e| e.world == world && e.name == name);
    // What lets callers in falls with the function.
    called(name)
        .or_else(|| called(name.strip_suffix("_gate")?))
        .map(|e| e.id)
}

/// The function in which a line stands.
fn function_at<'a>(lines: &[&'a str], line: usize) -> Option<&'a str> {
    let above = lines.get(..line)?.iter().rev();
    let head = above.filter_map(|l| l.strip_prefix("pub fn ")).next()?;
    head.split(['(', '<']).next()
}

/// Has the native form give up at once.
pub fn hollow_out(form: &mut Function) {
    let nothing = Expr::new(ExprKind::Const(Const::None), form.span);
    let given_up = Expr::typed(ExprKind::Guard(Box::new(nothing)), Ty::Never, form.span);
    form.body = vec![Stmt {
        kind: StmtKind::Return(given_up),
        span: form.span,
    }];
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "use x;\npub fn first(a: &Value) -> Result<Value> {\n    bad\n}\npub fn second() {\n}\npub fn \
                        first_gate() {\n    bad\n}\n";

    fn emitted() -> Vec<Emitted> {
        let one = |world, id, name: &str| Emitted {
            world,
            id: FuncId(id),
            name: name.to_owned(),
            of: None,
        };
        vec![
            one(World::Generic, 3, "first"),
            one(World::Generic, 4, "second"),
            one(World::Native, 8, "first"),
            one(World::Native, 9, "second"),
        ]
    }

    fn refused(world: World, line: usize) -> Vec<Refused> {
        vec![Refused {
            world,
            text: FILE.to_owned(),
            lines: vec![line],
        }]
    }

    #[test]
    fn the_native_form_at_fault_becomes_hollow_and_all_of_them_go_where_that_is_no_help() {
        let start = Retreat::default();
        for line in [3, 8] {
            let next = start.further(&refused(World::Native, line), &emitted());
            let next = next.expect("a form can be given up");
            assert_eq!(next.hollow.iter().collect::<Vec<_>>(), [&FuncId(8)]);
            assert!(!next.without_native && next.functions.is_empty());
            let last = next.further(&refused(World::Native, line), &emitted());
            assert!(last.is_some_and(|last| last.without_native));
        }
        let around = start.further(&refused(World::Native, 1), &emitted());
        assert!(around.is_some_and(|next| next.without_native));
    }

    #[test]
    fn a_generic_function_at_fault_stays_in_python() {
        let next = Retreat::default().further(&refused(World::Generic, 3), &emitted());
        let next = next.expect("a function can be given up");
        assert_eq!(next.functions.iter().collect::<Vec<_>>(), [&FuncId(3)]);
        assert!(next.further(&refused(World::Generic, 3), &emitted()).is_none());
    }

    #[test]
    fn where_no_line_is_at_fault_nothing_can_be_given_up() {
        assert!(Retreat::default().further(&[], &emitted()).is_none());
    }
}
