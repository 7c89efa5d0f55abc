//! The program between one step and the next: where it can be looked at, and where its rules are checked.

use crate::ir::{Program, print, verify};

/// A point in the making of a vessel, named by the step that was done last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Python's own operations, every value dynamic.
    Lower,
    /// `map` and `filter` that are consumed on the spot are generator expressions.
    Comprehend,
    /// Inner functions that are only called are called directly.
    Inner,
    /// Generators that a loop consumes on the spot run inside it.
    Generators,
    /// Names bound anew are variables of their own.
    Split,
    /// Classes that can be carried natively are known.
    Classes,
    /// A form of each function for each kind of arguments, operations as rows of the table.
    Types,
    /// Independent rounds of loops are functions of their own.
    Parallel,
}

impl Stage {
    pub const ALL: [Stage; 8] = [
        Stage::Lower,
        Stage::Comprehend,
        Stage::Inner,
        Stage::Generators,
        Stage::Split,
        Stage::Classes,
        Stage::Types,
        Stage::Parallel,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Stage::Lower => "lower",
            Stage::Comprehend => "comprehend",
            Stage::Inner => "inner",
            Stage::Generators => "generators",
            Stage::Split => "split",
            Stage::Classes => "classes",
            Stage::Types => "types",
            Stage::Parallel => "parallel",
        }
    }

    pub fn named(name: &str) -> Option<Stage> {
        Stage::ALL.into_iter().find(|stage| stage.name() == name)
    }

    fn is_typed(self) -> bool {
        matches!(self, Stage::Types | Stage::Parallel)
    }
}

/// Lines of a function that are shown with its faults.
const MOST_LINES: usize = 60;

/// Is shown the program after each step.
pub type Watch<'a> = dyn FnMut(Stage, &Program) + 'a;

/// Shows the program to whoever watches; in builds for development its rules are checked.
pub fn reached(stage: Stage, program: &Program, watch: &mut Watch<'_>) {
    if cfg!(debug_assertions) {
        let faults = verify::faults(program, stage.is_typed());
        if let Some(first) = faults.first() {
            let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
            let function = program
                .functions
                .iter()
                .find(|f| print::function_name(program, f.id) == first.function);
            let text = function.map_or(String::new(), |f| print::function(program, f));
            let text = text.lines().take(MOST_LINES).collect::<Vec<_>>().join("\n");
            panic!("after {}: {}\n{text}", stage.name(), shown.join("\n"));
        }
    }
    watch(stage, program);
}
