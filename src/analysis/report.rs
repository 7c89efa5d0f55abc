//! The ANALYZED report as it is written: its keys are documented and described by `docs/schemas/analyze.json`.

use crate::diagnostics::Record;
use serde::Serialize;

/// The version of the report's form; it grows when a key changes its meaning or goes.
pub const SCHEMA_VERSION: u32 = 1;

/// One analysed file.
#[derive(Clone, Debug, Serialize)]
pub struct Analysis {
    pub status: &'static str,
    pub source: &'static str,
    pub functions: Vec<FunctionReport>,
    pub schema_version: u32,
    pub path: String,
}

/// One function.
#[derive(Clone, Debug, Serialize)]
pub struct FunctionReport {
    /// `function`, `Class.method` or `outer.inner`.
    pub name: String,
    pub complexity: u32,
    pub has_loops: bool,
    pub crypto_ops: u32,
    pub io_ops: u32,
    pub target: Target,
    pub reason: String,
    /// The name with its module before it.
    pub qualified_name: String,
    pub line: u32,
    pub end_line: u32,
    pub cyclomatic: u32,
    pub cognitive: u32,
    pub loops: u32,
    pub loop_depth: u32,
    pub arithmetic_ops: u32,
    pub calls: Vec<String>,
    pub is_async: bool,
    pub is_generator: bool,
    pub recursive: bool,
    pub pure: bool,
    /// The lines of the loops whose iterations are independent.
    pub parallel_loops: Vec<u32>,
    pub translatable: bool,
    pub blockers: Vec<BlockerReport>,
    /// Share of the measured run time, callees included; null without `--profile-data`.
    pub share: Option<f64>,
    /// Share of the measured run time spent in the function itself.
    pub own_share: Option<f64>,
}

/// What stands in the way of a function's translation.
#[derive(Clone, Debug, Serialize)]
pub struct BlockerReport {
    /// Where it is met first.
    #[serde(flatten)]
    pub record: Record,
    /// How often the function has it.
    pub times: u32,
}

/// Where a function should run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Target {
    Rust,
    Python,
}

impl Target {
    pub fn name(self) -> &'static str {
        match self {
            Target::Rust => "RUST",
            Target::Python => "PYTHON",
        }
    }
}

/// A file that could not be analysed.
#[derive(Clone, Debug, Serialize)]
pub struct Failed {
    pub status: &'static str,
    pub error: ErrorReport,
    pub schema_version: u32,
    pub path: String,
}

/// What is wrong with it.
#[derive(Clone, Debug, Serialize)]
pub struct ErrorReport {
    /// CPython's exception class, or `IOError` where the file could not be read.
    pub kind: String,
    #[serde(flatten)]
    pub record: Record,
    /// The source line at fault.
    pub text: Option<String>,
}

impl Failed {
    pub fn new(path: String, error: ErrorReport) -> Self {
        Failed {
            status: "error",
            error,
            schema_version: SCHEMA_VERSION,
            path,
        }
    }
}

/// What became of one file.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum FileReport {
    Analysed(Analysis),
    Failed(Failed),
}
