//! Makes a program smaller as long as it keeps its fault.

use super::program::Program;
use super::trial::{Bench, Fault};

/// The smallest program found in so many trials, with its fault.
pub fn shrink(bench: &Bench, program: Program, fault: Fault, trials: usize) -> (Program, Fault) {
    let mut search = Search {
        bench,
        best: program,
        fault,
        left: trials,
    };
    search.halves();
    search.units();
    search.lines();
    search.calls();
    (search.best, search.fault)
}

struct Search<'a> {
    bench: &'a Bench,
    best: Program,
    fault: Fault,
    left: usize,
}

impl Search<'_> {
    /// Takes the candidate where it has a fault of the same kind.
    fn keeps(&mut self, candidate: Program) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        match self.bench.trial(&candidate.text()).fault {
            Some(fault) if fault.kind() == self.fault.kind() => {
                self.best = candidate;
                self.fault = fault;
                true
            }
            _ => false,
        }
    }

    /// The story names the function that differs: it and what stands before it may be all that is needed.
    fn halves(&mut self) {
        loop {
            let count = self.best.units.len();
            let mut ends = [count / 2, count * 3 / 4]
                .into_iter()
                .filter(|end| *end > 0 && *end < count);
            let kept = ends.any(|end| {
                let mut candidate = self.best.clone();
                candidate.units.truncate(end);
                self.keeps(candidate)
            });
            if !kept {
                return;
            }
        }
    }

    fn units(&mut self) {
        let mut at = self.best.units.len();
        while at > 0 {
            at -= 1;
            let name = self.best.units[at].name.clone();
            let used = self.best.units.iter().filter(|unit| unit.name != name).any(|unit| {
                unit.lines
                    .iter()
                    .chain(&unit.calls)
                    .any(|line| line.contains(&format!("{name}(")))
            });
            if !used {
                let mut candidate = self.best.clone();
                candidate.units.remove(at);
                self.keeps(candidate);
            }
        }
    }

    /// Takes out a line and all that stands further in below it; the first line of a unit stays.
    fn lines(&mut self) {
        for unit in (0..self.best.units.len()).rev() {
            let mut at = 1;
            while at < self.best.units[unit].lines.len() && self.left > 0 {
                let lines = &self.best.units[unit].lines;
                let end = at
                    + 1
                    + lines[at + 1..]
                        .iter()
                        .take_while(|line| indent(line) > indent(&lines[at]))
                        .count();
                let whole = end - at == lines.len() - 1;
                let mut candidate = self.best.clone();
                let filler = format!("{}pass", " ".repeat(indent(&lines[at])));
                candidate.units[unit].lines.splice(at..end, whole.then_some(filler));
                if whole || !self.keeps(candidate) {
                    at += 1;
                }
            }
        }
    }

    fn calls(&mut self) {
        for unit in 0..self.best.units.len() {
            let mut at = self.best.units[unit].calls.len();
            while at > 0 {
                at -= 1;
                let mut candidate = self.best.clone();
                candidate.units[unit].calls.remove(at);
                self.keeps(candidate);
            }
        }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
