//! What pivot tells the user about a place in their Python: a value, rendered only at the edge.

pub mod codes;
pub mod pages;
mod render;

pub use codes::Code;
pub use render::render;

use crate::source::{SourceFile, Span};
use serde::{Deserialize, Serialize};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Note,
    Warning,
    Error,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One finding: which rule, where, what, and the next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: &'static Code,
    pub severity: Severity,
    pub message: String,
    /// Where in the file's decoded text; none where the whole file is meant.
    pub span: Option<Span>,
    /// What the user can do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    pub fn error(code: &'static Code, message: impl Into<String>, span: Span) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message: message.into(),
            span: Some(span),
            help: None,
        }
    }

    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The form that goes into reports, with places as people count them.
    pub fn to_record(&self, file: &SourceFile) -> Record {
        let start = self.span.map(|span| file.position(span.start));
        let end = self.span.map(|span| file.position(span.end));
        Record {
            code: self.code.id.to_owned(),
            severity: self.severity.name().to_owned(),
            message: self.message.clone(),
            line: start.map(|at| at.line),
            column: start.map(|at| at.column),
            end_line: end.map(|at| at.line),
            end_column: end.map(|at| at.column),
            help: self.help.clone(),
        }
    }
}

/// A diagnostic as reports write it: lines and columns from 1, columns in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub code: String,
    pub severity: String,
    pub message: String,
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub end_line: Option<u32>,
    pub end_column: Option<u32>,
    pub help: Option<String>,
}
