//! The source line by line with what each line became: what `pivot explain` shows.

use super::{EvolveError, Input, Request, Source, Watch, check_names, record, translate, translate_watched};
use crate::build::Interpreter;
use crate::compile::{Retreat, Stage};
use crate::ir::print;
use crate::source::SourceFile;
use crate::vessel::{FunctionEntry, Status};

/// A file with what became of its lines.
#[derive(Debug)]
pub struct Listing {
    pub file: SourceFile,
    /// One for each line of the file.
    pub lines: Vec<Line>,
}

/// What became of one line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// None outside of all functions.
    pub status: Option<Status>,
    /// A loop that begins here may run on several threads.
    pub parallel: bool,
    /// What there is to say under the line.
    pub notes: Vec<String>,
}

/// Compiles a file without building it, and lists it.
///
/// # Errors
/// The file cannot be read or is no Python, or lacks a function that was asked for.
pub fn explain(request: &Request, watch: &dyn Watch) -> Result<Listing, EvolveError> {
    let input = Input::read(&request.source)?;
    check_names(&input, &request.only)?;
    let python = Interpreter::find(&request.options.python).ok();
    let recording = python
        .as_ref()
        .and_then(|python| record(&input, request, python, watch));
    let source = Source {
        input: &input,
        request,
        python: python.as_ref(),
        recording: recording.as_ref(),
    };
    let compiled = translate(&source, &Retreat::default());
    let mut lines = vec![Line::default(); input.file.line_count() as usize];
    let mut functions: Vec<&FunctionEntry> = compiled.functions.iter().collect();
    // An inner function comes after the one around it and has the last word on its lines.
    functions.sort_by_key(|function| (function.lines.0, std::cmp::Reverse(function.lines.1)));
    for function in functions {
        mark(&mut lines, function);
    }
    Ok(Listing {
        file: input.file,
        lines,
    })
}

/// The program as it is after one step of the compiler, as text; empty where it does not come that far.
///
/// # Errors
/// As for [`explain`].
pub fn stage(request: &Request, stage: Stage, watch: &dyn Watch) -> Result<String, EvolveError> {
    let input = Input::read(&request.source)?;
    check_names(&input, &request.only)?;
    let python = Interpreter::find(&request.options.python).ok();
    let recording = python
        .as_ref()
        .and_then(|python| record(&input, request, python, watch));
    let source = Source {
        input: &input,
        request,
        python: python.as_ref(),
        recording: recording.as_ref(),
    };
    let mut text = String::new();
    let mut look = |reached: Stage, program: &crate::ir::Program| {
        if reached == stage {
            text = print::program(program);
        }
    };
    translate_watched(&source, &Retreat::default(), &mut look);
    Ok(text)
}

fn mark(lines: &mut [Line], function: &FunctionEntry) {
    let (first, last) = (function.lines.0 as usize, function.lines.1 as usize);
    let end = last.min(lines.len());
    for line in lines.get_mut(first.saturating_sub(1)..end).unwrap_or_default() {
        line.status = Some(function.status);
    }
    let about = match function.status {
        Status::Native => format!("native: {}", function.signature),
        Status::Generic => format!("generic: {}", function.signature),
        Status::Python => format!("left in Python: {}", function.reason),
    };
    note(lines, function.lines.0, about);
    for blocker in &function.blockers {
        note(lines, blocker.line, format!("{}: {}", blocker.code, blocker.message));
        if !blocker.help.is_empty() {
            note(lines, blocker.line, format!("help: {}", blocker.help));
        }
    }
    for number in &function.parallel_loops {
        note(lines, *number, "runs on several threads when it is long enough".into());
        if let Some(line) = lines.get_mut(*number as usize - 1) {
            line.parallel = true;
        }
    }
}

fn note(lines: &mut [Line], number: u32, text: String) {
    if let Some(line) = (number as usize).checked_sub(1).and_then(|at| lines.get_mut(at)) {
        line.notes.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vessel::{Blocker, TypeSpec};

    fn function(name: &str, status: Status, lines: (u32, u32)) -> FunctionEntry {
        FunctionEntry {
            name: name.into(),
            status,
            params: Vec::new(),
            returns: TypeSpec::Any,
            signature: "() -> int".into(),
            reason: "why".into(),
            blockers: Vec::new(),
            effects: Vec::new(),
            lines,
            touches_state: false,
            reads_paths: false,
            parallel_loops: Vec::new(),
            rust: Vec::new(),
        }
    }

    #[test]
    fn an_inner_function_has_the_last_word_on_its_lines() {
        let mut lines = vec![Line::default(); 5];
        mark(&mut lines, &function("outer", Status::Native, (1, 4)));
        let blocker = Blocker {
            code: "PV1".into(),
            line: 3,
            column: 1,
            message: "m".into(),
            help: "h".into(),
        };
        let inner = FunctionEntry {
            blockers: vec![blocker],
            ..function("outer.inner", Status::Python, (2, 3))
        };
        mark(&mut lines, &inner);
        let statuses: Vec<_> = lines.iter().map(|line| line.status).collect();
        let (native, python) = (Some(Status::Native), Some(Status::Python));
        assert_eq!(statuses, [native, python, python, native, None]);
        assert_eq!(lines[2].notes, ["PV1: m", "help: h"]);
        assert_eq!(lines[0].notes, ["native: () -> int"]);
    }
}
