//! The proof of one function: cases are chosen, run on both sides, compared, and folded into one root hash a side.

use std::collections::BTreeMap;
use std::io;

use super::case::Case;
use super::cases::{Chosen, Plan, Pools, Source, choose};
use super::compare::{self, Difference, Verdict, compare, describe, first_difference};
use super::merkle::{self, Hash};
use super::mutants::Exhibit;
use super::oracle::Description;
use super::pool::Pool;
use super::protocol::{self, GENERIC, MORE_THREADS, RESET, TWO_THREADS, WATCH_FILES};
use super::shrink::shrink;
use super::worker::Reply;

/// Cases whose outcomes are held in memory at a time.
const ROUND: usize = 256;
/// Failing cases that are shrunk and shown; the others are counted.
const SHOWN: usize = 3;
/// Failing cases that are kept to choose from.
const HELD: usize = 100;
/// Cases that CPython runs a second time, to see whether it agrees with itself.
const REPEATED: usize = 128;

/// Both sides of a proof, ready to answer for any function of one source file.
pub struct Sides<'a> {
    pub oracle: Pool<'a>,
    pub subject: Pool<'a>,
    pub description: &'a Description,
}

impl Sides<'_> {
    /// From now on all requests are about this function.
    fn select(&mut self, plan: &Plan) {
        self.oracle.prepare(&protocol::select(&plan.name));
        self.subject.prepare(&protocol::select(&plan.name));
    }

    fn chosen_cases(&mut self, plan: &Plan, kept: &[Case], wanted: usize) -> io::Result<(Chosen, u8)> {
        self.subject.prepare(&protocol::select(&plan.name));
        let pools = (&mut self.oracle, Some(&self.subject));
        chosen_cases(plan, kept, wanted, self.description, pools)
    }
}

/// One way of running the vessel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode {
    pub name: &'static str,
    flags: u8,
}

/// The vessel as its users call it.
pub const AS_CALLED: Mode = Mode {
    name: "as called",
    flags: 0,
};
/// The generic version alone, which stands behind the native one.
pub const GENERIC_ONLY: Mode = Mode {
    name: "generic version",
    flags: GENERIC,
};
/// Parallel loops on two threads from the first item on; as called they run on one.
pub const ON_TWO_THREADS: Mode = Mode {
    name: "two threads",
    flags: TWO_THREADS,
};
/// Parallel loops on so many threads that they have to take turns.
pub const ON_MORE_THREADS: Mode = Mode {
    name: "more threads than cores",
    flags: MORE_THREADS,
};

/// What came out for one function.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    pub name: String,
    pub generated: usize,
    pub run: usize,
    pub compared: usize,
    /// Cases that differ.
    pub failures: usize,
    /// Candidates and cases that prove nothing, by reason.
    pub set_aside: BTreeMap<String, usize>,
    /// The first failing cases, shrunk.
    pub shown: Vec<Failure>,
    /// A case for which CPython did not agree with itself.
    pub undecided: Option<Undecided>,
    pub modes: Vec<&'static str>,
    /// Compared cases that the native version took to their end.
    pub natively: usize,
    pub reached: usize,
    pub branches: usize,
    /// Line and kind of the branches that no case took.
    pub missed: Vec<(u32, String)>,
    pub case_root: Hash,
    pub oracle_root: Hash,
    pub subject_root: Hash,
}

/// A case that the two sides do not agree on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The call, as Python that can be pasted.
    pub call: String,
    /// How the vessel was run.
    pub mode: &'static str,
    pub oracle: String,
    pub subject: String,
    pub difference: Option<Difference>,
    /// The case before and after shrinking.
    pub case: Case,
}

/// A call whose outcome CPython itself does not repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    pub call: String,
    pub first: String,
    pub second: String,
}

impl Proof {
    /// Whether the function is proven: something was compared, nothing differed, and CPython agreed with itself.
    pub fn certified(&self) -> bool {
        self.failures == 0 && self.compared > 0 && self.undecided.is_none()
    }
}

/// The cases of a function, and what CPython does on each where that is known already.
#[derive(Clone, Debug)]
pub struct Rehearsed {
    chosen: Chosen,
    flags: u8,
    expected: Vec<Reply>,
}

/// All that CPython alone has to say in the proof of a function: the proof itself goes on from here once there is a vessel.
/// Not for functions with a native version, whose cases are chosen with the help of the vessel.
///
/// # Errors
/// When a worker cannot be started.
pub fn rehearse(plan: &Plan, wanted: usize, oracle: &mut Pool, description: &Description) -> io::Result<Rehearsed> {
    let (chosen, flags) = chosen_cases(plan, &[], wanted, description, (oracle, None))?;
    let all: Vec<&Case> = chosen.cases.iter().map(|(_, case)| case).collect();
    let expected = oracle.ask(&to_oracle(&all, flags))?;
    Ok(Rehearsed {
        chosen,
        flags,
        expected,
    })
}

/// What a proof of one function begins with.
pub enum Start<'a> {
    /// Cases of earlier failures, which come first.
    Kept(&'a [Case]),
    Rehearsed(&'a Rehearsed),
}

/// Proves one function in every mode. `tell` hears how many cases are done.
///
/// # Errors
/// When a worker cannot be started.
pub fn prove(
    plan: &Plan,
    start: Start,
    wanted: usize,
    modes: &[Mode],
    sides: &mut Sides,
    tell: &dyn Fn(usize),
) -> io::Result<Proof> {
    let (chosen, flags, known) = match start {
        Start::Kept(kept) => {
            let (chosen, flags) = sides.chosen_cases(plan, kept, wanted)?;
            (chosen, flags, &[][..])
        }
        Start::Rehearsed(rehearsed) => {
            sides.select(plan);
            (rehearsed.chosen.clone(), rehearsed.flags, &rehearsed.expected[..])
        }
    };
    let mut run = Run::new(plan, sides, modes, flags, &chosen);
    run.known = known;
    for round in chosen.cases.chunks(ROUND) {
        run.round(round)?;
        tell(run.proof.run);
    }
    run.repeat(&chosen)?;
    run.show_failures()?;
    Ok(run.finish(&chosen))
}

/// The cases of a function, and the flags to run them with.
fn chosen_cases<'p>(
    plan: &Plan,
    kept: &[Case],
    wanted: usize,
    description: &Description,
    (oracle, subject): (&mut Pool<'p>, Option<&Pool<'p>>),
) -> io::Result<(Chosen, u8)> {
    oracle.prepare(&protocol::select(&plan.name));
    let reset = if description.remembers { RESET } else { 0 };
    let watch = if plan.files { WATCH_FILES } else { 0 };
    let recorded = plan.recorded.iter().map(|case| (Source::Recorded, case.clone()));
    let first: Vec<_> = kept
        .iter()
        .map(|case| (Source::Kept, case.clone()))
        .chain(recorded)
        .chain(plan.rehearsed.iter().map(|case| (Source::Typed, case.clone())))
        .collect();
    let pools = Pools { oracle, subject };
    let chosen = choose(plan, &first, wanted, reset | watch, pools)?;
    let watch = if chosen.opened_files { WATCH_FILES } else { watch };
    Ok((chosen, reset | watch))
}

/// The same cases that [`prove`] takes, with what CPython does on each.
///
/// # Errors
/// When a worker cannot be started.
pub fn exhibit(plan: &Plan, kept: &[Case], wanted: usize, modes: &[Mode], sides: &mut Sides) -> io::Result<Exhibit> {
    let (chosen, flags) = sides.chosen_cases(plan, kept, wanted)?;
    let cases: Vec<Case> = chosen.cases.into_iter().map(|(_, case)| case).collect();
    let all: Vec<&Case> = cases.iter().collect();
    Ok(Exhibit {
        function: plan.name.clone(),
        expected: sides.oracle.ask(&to_oracle(&all, flags))?,
        cases,
        modes: modes.iter().map(|mode| mode.flags | flags).collect(),
    })
}

/// A failing case before it is shrunk.
struct Failing {
    /// Which of the chosen cases it is.
    number: usize,
    case: Case,
    mode: Mode,
    /// How the two sides ended: failures of one kind are most likely one fault.
    kind: (String, String),
}

struct Run<'a, 'p> {
    plan: &'a Plan,
    sides: &'a Sides<'p>,
    modes: &'a [Mode],
    flags: u8,
    /// What CPython does on the cases that were not run yet, as far as that is known already.
    known: &'a [Reply],
    proof: Proof,
    /// For each case that was run, the leaf of CPython's outcome; none where it was set aside.
    first: Vec<Option<Hash>>,
    cases: Vec<Hash>,
    expected: Vec<Hash>,
    found: Vec<Hash>,
    /// Failing cases, of which some are shown.
    failing: Vec<Failing>,
}

impl<'a, 'p> Run<'a, 'p> {
    fn new(plan: &'a Plan, sides: &'a Sides<'p>, modes: &'a [Mode], flags: u8, chosen: &Chosen) -> Run<'a, 'p> {
        let proof = Proof {
            name: plan.name.clone(),
            generated: chosen.generated,
            set_aside: chosen.set_aside.clone(),
            modes: modes.iter().map(|mode| mode.name).collect(),
            ..Proof::default()
        };
        Run {
            plan,
            sides,
            modes,
            flags,
            known: &[],
            proof,
            first: Vec::new(),
            cases: Vec::new(),
            expected: Vec::new(),
            found: Vec::new(),
            failing: Vec::new(),
        }
    }

    fn round(&mut self, round: &[(Source, Case)]) -> io::Result<()> {
        let cases: Vec<&Case> = round.iter().map(|(_, case)| case).collect();
        let (expected, found) = self.both(&cases)?;
        for (at, case) in cases.iter().enumerate() {
            let replies: Vec<&Reply> = found.iter().map(|mode| &mode[at]).collect();
            self.judge(case, &expected[at], &replies);
        }
        Ok(())
    }

    /// The replies of CPython, and those of the vessel by mode. One side after the other: each has workers for all cores.
    fn both(&mut self, cases: &[&Case]) -> io::Result<(Vec<Reply>, Vec<Vec<Reply>>)> {
        let expected = match self.known.split_at_checked(cases.len()) {
            Some((known, rest)) => {
                self.known = rest;
                known.to_vec()
            }
            None => self.sides.oracle.ask(&to_oracle(cases, self.flags))?,
        };
        let found = self
            .modes
            .iter()
            .map(|mode| self.sides.subject.ask(&to_subject(cases, self.flags | mode.flags)));
        Ok((expected, found.collect::<io::Result<_>>()?))
    }

    fn judge(&mut self, case: &Case, expected: &Reply, found: &[&Reply]) {
        self.proof.run += 1;
        let verdicts: Vec<Verdict> = found.iter().map(|reply| compare(expected, reply)).collect();
        let differing = verdicts.iter().position(|verdict| *verdict == Verdict::Different);
        let shown = differing.unwrap_or(0);
        match (&verdicts[shown], differing) {
            (Verdict::SetAside(reason), _) => {
                *self.proof.set_aside.entry(reason.clone()).or_default() += 1;
                self.first.push(None);
                return;
            }
            (_, Some(at)) => {
                self.proof.failures += 1;
                if self.failing.len() < HELD {
                    let kind = (compare::kind(expected), compare::kind(found[at]));
                    self.failing.push(Failing {
                        number: self.first.len(),
                        case: case.clone(),
                        mode: self.modes[at],
                        kind,
                    });
                }
            }
            _ => {}
        }
        self.proof.compared += 1;
        if compare::outcome(found[0]).is_ok_and(|outcome| outcome.natively) {
            self.proof.natively += 1;
        }
        let bytes = case.encode();
        self.cases.push(merkle::leaf(&[&bytes]));
        let leaf = leaf_of(&bytes, expected);
        self.first.push(Some(leaf));
        self.expected.push(leaf);
        self.found.push(leaf_of(&bytes, found[shown]));
    }

    /// Runs some cases a second time in CPython, in the other order, and compares it with itself. What was set aside has
    /// shown nothing that could be repeated.
    fn repeat(&mut self, chosen: &Chosen) -> io::Result<()> {
        let step = chosen.cases.len().div_ceil(REPEATED).max(1);
        let some = (0..chosen.cases.len()).rev().step_by(step);
        let failing = self.failing.iter().take(REPEATED).map(|failing| failing.number);
        let numbers: Vec<usize> = failing.chain(some).filter(|at| self.first[*at].is_some()).collect();
        let cases: Vec<&Case> = numbers.iter().map(|at| &chosen.cases[*at].1).collect();
        let again = self.sides.oracle.ask(&to_oracle(&cases, self.flags))?;
        for ((number, case), again) in numbers.iter().zip(cases).zip(&again) {
            let silent = match compare::outcome(again) {
                Ok(outcome) => outcome.tells_address() || matches!(compare(again, again), Verdict::SetAside(_)),
                Err(_) => true,
            };
            if !silent && self.first[*number] != Some(leaf_of(&case.encode(), again)) {
                return self.show_undecided(case, again);
            }
        }
        Ok(())
    }

    fn show_undecided(&mut self, case: &Case, other: &Reply) -> io::Result<()> {
        let known = describe(other);
        let mut first = known.clone();
        // What it did at first was not kept; it will not be long until it does something else again.
        for _ in 0..REPEATED {
            if first == known {
                let replies = self.sides.oracle.ask_whole(&to_oracle(&[case], self.flags))?;
                first = describe(&replies[0]);
            }
        }
        self.proof.undecided = Some(Undecided {
            call: case.to_python(&self.plan.name),
            first,
            second: known,
        });
        Ok(())
    }

    fn show_failures(&mut self) -> io::Result<()> {
        if self.proof.undecided.is_some() {
            return Ok(());
        }
        for Failing { case, mode, .. } in representative(std::mem::take(&mut self.failing)) {
            let failure = self.show(case, mode)?;
            if !self.proof.shown.iter().any(|known| known.call == failure.call) {
                self.proof.shown.push(failure);
            }
        }
        Ok(())
    }

    fn show(&self, case: Case, mode: Mode) -> io::Result<Failure> {
        let case = shrink(case, &mut |cases| self.differ(cases, mode))?;
        let expected = to_oracle(&[&case], self.flags);
        let expected = self.sides.oracle.ask_whole(&expected)?.remove(0);
        let found = to_subject(&[&case], self.flags | mode.flags);
        let found = self.sides.subject.ask_whole(&found)?.remove(0);
        Ok(Failure {
            call: case.to_python(&self.plan.name),
            mode: mode.name,
            oracle: describe(&expected),
            subject: describe(&found),
            difference: first_difference(&expected, &found),
            case,
        })
    }

    fn differ(&self, cases: &[Case], mode: Mode) -> io::Result<Vec<bool>> {
        let cases: Vec<&Case> = cases.iter().collect();
        let expected = self.sides.oracle.ask(&to_oracle(&cases, self.flags))?;
        let found = self.sides.subject.ask(&to_subject(&cases, self.flags | mode.flags))?;
        Ok(expected
            .iter()
            .zip(&found)
            .map(|(a, b)| compare(a, b) == Verdict::Different)
            .collect())
    }

    fn finish(mut self, chosen: &Chosen) -> Proof {
        let own = self.sides.description.branches_of(&self.plan.name);
        let missed = own.iter().filter(|branch| !chosen.coverage.reached.contains(branch));
        self.proof.missed = missed
            .map(|branch| &self.sides.description.branches[*branch as usize])
            .map(|branch| (branch.line, branch.what.clone()))
            .collect();
        self.proof.branches = own.len();
        self.proof.reached = own.len() - self.proof.missed.len();
        self.proof.case_root = merkle::root(&self.cases);
        self.proof.oracle_root = merkle::root(&self.expected);
        self.proof.subject_root = merkle::root(&self.found);
        self.proof
    }
}

/// One failure of each kind, those first in which CPython gives a result.
fn representative(mut failing: Vec<Failing>) -> Vec<Failing> {
    failing.sort_by_key(|failing| !failing.kind.0.is_empty());
    let mut kinds = std::collections::HashSet::new();
    failing.retain(|failing| kinds.insert(failing.kind.clone()));
    failing.truncate(SHOWN);
    failing
}

fn to_oracle(cases: &[&Case], flags: u8) -> Vec<Vec<u8>> {
    cases.iter().map(|case| protocol::decide(case, flags)).collect()
}

fn to_subject(cases: &[&Case], flags: u8) -> Vec<Vec<u8>> {
    cases.iter().map(|case| protocol::call(case, flags)).collect()
}

/// A case with its outcome; a side that gave none is a leaf of its own.
fn leaf_of(case: &[u8], reply: &Reply) -> Hash {
    match compare::outcome(reply) {
        Ok(outcome) => merkle::leaf(&[case, &outcome.bytes]),
        Err(_) => merkle::leaf(&[case, b"", describe(reply).as_bytes()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parity::cases::Material;
    use crate::parity::oracle::Oracle;
    use crate::parity::scratch::Scratch;
    use crate::vessel::{Param, ParamKind, TypeSpec};
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    fn oracle(folder: &Scratch, side: &str, source: &str) -> Oracle {
        let folder = folder.path().join(side);
        fs::create_dir(&folder).unwrap();
        let path = folder.join("sample.py");
        fs::write(&path, source).unwrap();
        Oracle::new(Path::new("python3"), &path).unwrap()
    }

    /// Proves `f` of one Python file against `f` of another, which plays the vessel.
    fn proof(right: &str, other: &str, params: &[(&str, TypeSpec)]) -> Proof {
        let folder = Scratch::new("prove-test").unwrap();
        let (oracle, subject) = (oracle(&folder, "right", right), oracle(&folder, "other", other));
        let limit = Duration::from_secs(2);
        let description = oracle.describe(limit).unwrap();
        let mut sides = Sides {
            oracle: Pool::new(&oracle, 2, limit),
            subject: Pool::new(&subject, 2, limit),
            description: &description,
        };
        let param = |(name, ty): &(&str, TypeSpec)| Param {
            name: name.to_string(),
            kind: ParamKind::PositionalOrKeyword,
            default: None,
            ty: ty.clone(),
        };
        let plan = Plan {
            name: "f".to_string(),
            params: params.iter().map(param).collect(),
            material: Material::new(&description.constants("f"), &[]),
            files: description.deals_in_files("f"),
            ..Plan::default()
        };
        prove(&plan, Start::Kept(&[]), 300, &[AS_CALLED], &mut sides, &|_| {}).unwrap()
    }

    fn certified(source: &str, params: &[(&str, TypeSpec)]) -> Proof {
        let proof = proof(source, source, params);
        assert!(proof.certified(), "{proof:#?}");
        assert_eq!(proof.oracle_root, proof.subject_root);
        proof
    }

    fn refuted(right: &str, wrong: &str, params: &[(&str, TypeSpec)], call: &str) {
        let proof = proof(right, wrong, params);
        assert!(!proof.certified(), "{proof:#?}");
        assert_ne!(proof.oracle_root, proof.subject_root);
        assert!(
            proof.shown.iter().any(|failure| failure.call == call),
            "{:#?}",
            proof.shown
        );
    }

    #[test]
    fn a_function_is_equal_to_itself_and_its_branches_are_reached() {
        let source = "def f(items, flag):\n    total = 0\n    for x in items:\n        if x > 9000:\n            total += 1\n        elif x == 4711:\n            total -= 1\n    return (total, items) if flag else None\n";
        let proof = certified(
            source,
            &[("items", TypeSpec::list(TypeSpec::Int)), ("flag", TypeSpec::Bool)],
        );
        assert_eq!(
            (proof.run, proof.branches, proof.reached),
            (300, 9, 9),
            "{:?}",
            proof.missed
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_roots_on_any_number_of_workers() {
        let source = "def f(a, b):\n    return a // b\n";
        let params = [("a", TypeSpec::Int), ("b", TypeSpec::Float)];
        assert_eq!(
            certified(source, &params).oracle_root,
            certified(source, &params).oracle_root
        );
    }

    #[test]
    fn wrong_arithmetic_at_a_boundary_is_refuted_with_the_smallest_call() {
        let wrong = "def f(n):\n    return n + 1 if isinstance(n, int) and n >= 2**63 + 4711 else n\n";
        refuted(
            "def f(n):\n    return n\n",
            wrong,
            &[("n", TypeSpec::Int)],
            "f(9223372036854780519)",
        );
    }

    #[test]
    fn a_lost_mutation_is_refuted() {
        let right = "def f(xs):\n    xs.append(0)\n    return len(xs)\n";
        let wrong = "def f(xs):\n    return len(xs) + 1\n";
        refuted(right, wrong, &[("xs", TypeSpec::list(TypeSpec::Int))], "f([])");
    }

    #[test]
    fn lost_aliasing_is_refuted() {
        let right = "def f(xs):\n    return [xs, xs]\n";
        let wrong = "def f(xs):\n    return [xs, list(xs)]\n";
        refuted(right, wrong, &[("xs", TypeSpec::list(TypeSpec::Int))], "f([])");
    }

    #[test]
    fn another_message_is_refuted() {
        let right = "def f(x):\n    return x['a']\n";
        let wrong =
            "def f(x):\n    try:\n        return x['a']\n    except KeyError:\n        raise KeyError('b') from None\n";
        let params = [("x", TypeSpec::dict(TypeSpec::Str, TypeSpec::Int))];
        refuted(right, wrong, &params, "f({})");
    }

    #[test]
    fn the_sign_of_zero_and_printed_text_count() {
        refuted(
            "def f(x):\n    return x * 0.0\n",
            "def f(x):\n    return abs(x * 0.0)\n",
            &[("x", TypeSpec::Int)],
            "f(-1)",
        );
        refuted(
            "def f(x):\n    print(x)\n",
            "def f(x):\n    print(x, end='')\n",
            &[("x", TypeSpec::Bool)],
            "f(False)",
        );
    }

    #[test]
    fn a_subject_that_hangs_or_dies_is_refuted() {
        let right = "def f(n):\n    return n\n";
        let dies = "import os\ndef f(n):\n    return n if n != 7 else os._exit(9)\n";
        refuted(right, dies, &[("n", TypeSpec::Int)], "f(7)");
    }

    #[test]
    fn what_python_does_not_repeat_is_not_certified() {
        let source = "import os\ndef f(n):\n    return os.urandom(4)\n";
        let proof = proof(source, source, &[("n", TypeSpec::Int)]);
        assert!(!proof.certified());
        assert!(proof.undecided.is_some());
    }

    #[test]
    fn state_kept_between_calls_does_not_reach_the_next_case() {
        certified(
            "seen = []\ndef f(n):\n    seen.append(n)\n    return len(seen)\n",
            &[("n", TypeSpec::Int)],
        );
    }

    #[test]
    fn addresses_in_memory_prove_nothing() {
        let source = "class C:\n    pass\n\ndef f(n):\n    return n if n < 5 else repr(C())\n";
        let proof = certified(source, &[("n", TypeSpec::Int)]);
        assert!(
            proof.set_aside.keys().any(|reason| reason.contains("address")),
            "{:?}",
            proof.set_aside
        );
        let wrong = source.replace("repr(C())", "'C'");
        refuted(source, &wrong, &[("n", TypeSpec::Int)], "f(5)");
    }

    #[test]
    fn the_order_of_a_set_that_rests_on_addresses_proves_nothing() {
        let source = "def f(n):\n    return {None, n} if n > 0 else {n, 1}\n";
        let proof = certified(source, &[("n", TypeSpec::Int)]);
        assert!(proof.compared < proof.run, "{:?}", proof.set_aside);
    }

    #[test]
    fn which_part_of_cpython_noticed_that_a_recursion_is_too_deep_does_not_count() {
        let source = "def f(n):\n    return None if n == 0 else (f(n - 1), n)\n";
        certified(source, &[("n", TypeSpec::Int)]);
        let other = source.replace("return", "if n < 0: raise RecursionError('deep')\n    return");
        assert!(!proof(source, &other, &[("n", TypeSpec::Int)]).certified());
    }

    #[test]
    fn random_numbers_begin_anew_with_every_case_wherever_they_are_imported() {
        for import in ["import random\ndef f(n):\n", "def f(n):\n    import random\n"] {
            let source = format!("{import}    return random.random(), random.gauss(n, 1)\n");
            certified(&source, &[("n", TypeSpec::Bool)]);
            let other = source.replace("random.gauss", "random.random(); random.gauss");
            refuted(&source, &other, &[("n", TypeSpec::Bool)], "f(False)");
        }
    }

    #[test]
    fn long_outcomes_are_held_by_their_digests_and_shown_in_full() {
        let right = "def f(n):\n    return [n % 9] * 4000\n";
        let wrong = "def f(n):\n    return [n % 9] * 3999 + [n % 8]\n";
        certified(right, &[("n", TypeSpec::Int)]);
        let proof = proof(right, wrong, &[("n", TypeSpec::Int)]);
        let failure = &proof.shown[0];
        let place = failure.difference.as_ref().map(|found| found.path.as_str());
        assert_eq!((failure.call.as_str(), place), ("f(8)", Some("result[3999]")));
    }

    #[test]
    fn calls_that_never_end_are_set_aside() {
        let proof = certified(
            "def f(n):\n    while n > 3:\n        pass\n    return n\n",
            &[("n", TypeSpec::Int)],
        );
        assert!(proof.set_aside.contains_key("ran too long"), "{:?}", proof.set_aside);
    }

    #[test]
    fn files_read_and_written_are_part_of_the_case() {
        let right = "def f(path):\n    with open(path) as h:\n        text = h.read()\n    with open('out.txt', 'w') as h:\n        h.write(text.upper())\n    return len(text)\n";
        let wrong = &right.replace("text.upper()", "text");
        certified(right, &[("path", TypeSpec::Path)]);
        let proof = proof(right, wrong, &[("path", TypeSpec::Path)]);
        assert!(proof.failures > 0 && !proof.certified());
    }
}
