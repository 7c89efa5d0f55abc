//! `pivot analyze`: what every function of a file costs, does and is worth, measured on the syntax tree alone.

mod blockers;
mod cognitive;
mod cyclomatic;
mod functions;
mod loops;
mod marshal;
mod names;
mod operations;
mod parallel;
pub mod profile;
mod purity;
mod recursion;
pub mod report;
mod tables;
mod verdict;

pub use blockers::Translator;
pub use functions::{FoundFunction, find_functions};

use crate::source::SourceFile;
use crate::syntax::ast::Module;
use names::ModuleNames;
use profile::Profile;
use report::{Analysis, FunctionReport, SCHEMA_VERSION};

/// Analyses one parsed file. `translator` knows what stands in the way of each function.
pub fn analyse(file: &SourceFile, module: &Module, translator: &dyn Translator, profile: Option<&Profile>) -> Analysis {
    let functions = find_functions(module);
    let names = ModuleNames::of(module, &functions);
    let facts = functions
        .iter()
        .enumerate()
        .map(|(at, function)| operations::measure(function, at, &names))
        .collect::<Vec<_>>();
    let recursive = recursion::recursive(&facts);
    let pure = purity::pure_functions(&functions, &facts, &names);
    let module_name = file
        .path()
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let blockers = translator.blockers(file, module, &functions);
    let reports = functions.iter().enumerate().map(|(at, function)| {
        let facts = &facts[at];
        let loops = loops::measure(&function.def.body);
        let cyclomatic = cyclomatic::of_function(function.def);
        let parallel = parallel::parallel_loops(function, at, &names, &pure);
        let blockers = &blockers[at];
        let verdict = verdict::decide(&verdict::Evidence {
            facts,
            loops: &loops,
            parallel_loops: parallel.len(),
            blockers,
            cyclomatic,
        });
        let share = profile.and_then(|profile| profile.share(file, function));
        FunctionReport {
            name: function.name.clone(),
            complexity: cyclomatic + 2 * loops.count + 4 * facts.crypto_ops + facts.io_ops + facts.arithmetic_ops,
            has_loops: loops.count > 0,
            crypto_ops: facts.crypto_ops,
            io_ops: facts.io_ops,
            target: verdict.target,
            reason: verdict.reason,
            qualified_name: format!("{module_name}.{}", function.name),
            line: file.line(function.span.start),
            end_line: file.line(function.span.end),
            cyclomatic,
            cognitive: cognitive::of_function(function.def, file.text()),
            loops: loops.count,
            loop_depth: loops.depth,
            arithmetic_ops: facts.arithmetic_ops,
            calls: facts.calls.clone(),
            is_async: function.def.is_async,
            is_generator: facts.yields,
            recursive: recursive[at],
            pure: pure[at],
            parallel_loops: parallel.iter().map(|&offset| file.line(offset)).collect(),
            translatable: blockers.is_empty(),
            blockers: blockers::reported(blockers, file),
            share: share.map(|share| share.total),
            own_share: share.map(|share| share.own),
        }
    });
    Analysis {
        status: "ANALYZED",
        source: "PYTHON",
        functions: reports.collect(),
        schema_version: SCHEMA_VERSION,
        path: file.path().display().to_string(),
    }
}
