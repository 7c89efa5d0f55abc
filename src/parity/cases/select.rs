//! The choice of cases: candidates are tried in the reporting copy of the user's module, and those that reach new
//! branches are kept and built upon.

use std::collections::{BTreeMap, HashSet};
use std::io;

use super::calls::{Plan, Source};
use crate::parity::case::Case;
use crate::parity::pool::Pool;
use crate::parity::protocol::{self, Outcome, SHORT, Trail};
use crate::parity::worker::Reply;

/// Candidates tried together.
const ROUND: usize = 250;
/// Candidates tried first, to learn what the function is like.
const FIRST_ROUND: usize = 40;
/// Candidates tried for each case wanted, before fewer cases are accepted.
const MOST_TRIED: usize = 6;
/// Rounds beyond the wanted number that are spent on branches not reached, as long as they keep finding some.
const EXTRA_ROUNDS: usize = 4;
/// Steps that all cases of a function may take together: a bound on the time of a proof that does not depend on
/// the speed of the machine.
const ALL_STEPS: u64 = 10_000_000;
/// However often a function runs away, it gets numbers up to this.
const MOST_TAME: i64 = 6;
/// Cases of the native version that returned something are built upon, up to so many.
const MOST_NATIVE_SEEDS: usize = 60;
/// A case of no more steps than this is always affordable.
const CHEAP: u64 = 2_000;

/// The cases to run, and how they were found.
#[derive(Clone, Debug, Default)]
pub struct Chosen {
    pub cases: Vec<(Source, Case)>,
    pub coverage: Coverage,
    /// Candidates not taken, by reason.
    pub set_aside: BTreeMap<String, usize>,
    pub generated: usize,
    /// Some case opened a file.
    pub opened_files: bool,
}

/// Branches of the Python function, by number in the reporting copy.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    pub reached: HashSet<u16>,
}

/// Chooses `wanted` cases for the function that the pool's workers were prepared for.
///
/// # Errors
/// When a worker cannot be started.
pub fn choose(plan: &Plan, first: &[(Source, Case)], wanted: usize, flags: u8, pools: Pools) -> io::Result<Chosen> {
    let mut choice = Choice::new(plan, wanted, flags, pools);
    choice.take_round(first.to_vec())?;
    while choice.wants_more() {
        let (kept, reached) = (choice.found.cases.len(), choice.reached());
        let round = choice.next_round();
        choice.take_round(round)?;
        let new = choice.reached() != reached;
        choice.quiet = if new { 0 } else { choice.quiet + 1 };
        let barren = !new && choice.found.cases.len() == kept;
        choice.barren = if barren { choice.barren + 1 } else { 0 };
    }
    Ok(choice.finish())
}

/// Both sides: CPython tells branches, the vessel whether its native version went through.
#[derive(Clone, Copy)]
pub struct Pools<'a, 'p> {
    pub oracle: &'a Pool<'p>,
    /// None before there is a vessel; then only functions without a native version can be prepared.
    pub subject: Option<&'a Pool<'p>>,
}

struct Choice<'a, 'p> {
    plan: &'a Plan,
    wanted: usize,
    flags: u8,
    pools: Pools<'a, 'p>,
    found: Chosen,
    /// Encoded cases known already.
    known: HashSet<Vec<u8>>,
    /// Cases worth building on: recorded ones and those that reached something new.
    seeds: Vec<Case>,
    /// The same, of those that the native version took.
    native_seeds: Vec<Case>,
    /// Branches reached by them.
    native_reached: HashSet<u16>,
    /// Kept cases that the native version took.
    natively: usize,
    /// Kinds of ending seen, natively or not.
    ends: HashSet<(String, bool)>,
    /// Cases that reached something new after the wanted number was there.
    late: Vec<(Source, Case)>,
    steps: u64,
    /// Steps of those that were tried and not taken, because they cost too much.
    wasted: u64,
    slow: usize,
    /// The last rounds that reached nothing new.
    quiet: usize,
    /// Of these, those that gave no case either.
    barren: usize,
    /// The smallest number that was the largest of a case that ran away.
    limit: i64,
    next: u64,
}

impl<'a, 'p> Choice<'a, 'p> {
    fn new(plan: &'a Plan, wanted: usize, flags: u8, pools: Pools<'a, 'p>) -> Choice<'a, 'p> {
        Choice {
            plan,
            wanted,
            flags,
            pools,
            found: Chosen::default(),
            known: HashSet::new(),
            seeds: plan.recorded.iter().chain(&plan.rehearsed).cloned().collect(),
            native_seeds: Vec::new(),
            native_reached: HashSet::new(),
            natively: 0,
            ends: HashSet::new(),
            late: Vec::new(),
            steps: 0,
            wasted: 0,
            slow: 0,
            quiet: 0,
            barren: 0,
            limit: i64::MAX,
            next: 0,
        }
    }

    /// Counts all that can be reached: branches, natively or not, and kinds of ending.
    fn reached(&self) -> (usize, usize) {
        let branches = self.found.coverage.reached.len() + self.native_reached.len();
        (branches, self.ends.len())
    }

    /// Too few cases, or branches to look for. Where none is left, quiet rounds on the way count too.
    fn wants_more(&self) -> bool {
        let tried = self.found.generated;
        if self.found.cases.len() < self.wanted {
            if self.wasted > ALL_STEPS / 2 {
                return false;
            }
            return self.barren < 4 && tried < self.wanted * MOST_TRIED + 4 * ROUND;
        }
        let left = self
            .plan
            .branches
            .iter()
            .any(|one| !self.found.coverage.reached.contains(one));
        let waited = if left { self.barren } else { self.quiet };
        waited < 2 && tried < self.wanted * 2 + EXTRA_ROUNDS * ROUND
    }

    /// Functions that run away on large numbers get smaller ones than any they ran away on.
    fn tame(&self) -> Option<i64> {
        (self.slow > 2 && self.slow * 20 > self.found.generated).then_some(self.limit)
    }

    fn ran_away(&mut self, case: &Case) {
        self.slow += 1;
        if let Some(largest) = case.largest_int() {
            self.limit = self.limit.min(largest.max(MOST_TAME));
        }
        self.set_aside("ran too long");
    }

    fn next_round(&mut self) -> Vec<(Source, Case)> {
        let start = self.next;
        self.next += if start == 0 { FIRST_ROUND } else { ROUND } as u64;
        let tame = self.tame();
        // Where few cases take the native version, every other one grows from those that do.
        let few = self.natively * 2 < self.found.cases.len() && !self.native_seeds.is_empty();
        (start..self.next)
            .map(|number| match few && number % 2 == 0 {
                true => self.plan.candidate(number, tame, &self.native_seeds),
                false => self.plan.candidate(number, tame, &self.seeds),
            })
            .collect()
    }

    fn take_round(&mut self, candidates: Vec<(Source, Case)>) -> io::Result<()> {
        self.found.generated += candidates.len();
        let mut fresh = Vec::new();
        for (source, case) in candidates {
            if self.known.insert(case.encode()) {
                fresh.push((source, case));
            } else {
                self.set_aside("the same call again");
            }
        }
        let flags = if self.slow > 4 { self.flags | SHORT } else { self.flags };
        let requests: Vec<Vec<u8>> = fresh.iter().map(|(_, case)| protocol::guide(case, flags)).collect();
        let replies = self.pools.oracle.ask(&requests)?;
        let natively = self.taken_natively(&fresh, &replies)?;
        for (((source, case), reply), natively) in fresh.into_iter().zip(replies).zip(natively) {
            self.judge(source, case, reply, natively);
        }
        Ok(())
    }

    /// Which of the cases the native version takes to its end; what CPython gives up is not tried.
    fn taken_natively(&self, cases: &[(Source, Case)], replies: &[Reply]) -> io::Result<Vec<bool>> {
        let mut taken = vec![false; cases.len()];
        let Some(subject) = self.pools.subject.filter(|_| self.plan.native) else {
            return Ok(taken);
        };
        let ends = |reply: &Reply| matches!(reply, Reply::Answer(answer) if Trail::of_answer(answer).is_some_and(|trail| !trail.too_long()));
        let tried: Vec<usize> = (0..cases.len()).filter(|at| ends(&replies[*at])).collect();
        let requests: Vec<Vec<u8>> = tried
            .iter()
            .map(|at| protocol::call(&cases[*at].1, self.flags))
            .collect();
        for (at, reply) in tried.into_iter().zip(subject.ask(&requests)?) {
            taken[at] =
                matches!(reply, Reply::Answer(answer) if Outcome::of_answer(&answer).is_ok_and(|one| one.natively));
        }
        Ok(taken)
    }

    fn judge(&mut self, source: Source, case: Case, reply: Reply, natively: bool) {
        let trail = match reply {
            Reply::Answer(answer) => Trail::of_answer(&answer),
            Reply::Died(_) => return self.set_aside("CPython itself died"),
            Reply::TimedOut => return self.ran_away(&case),
        };
        let Some(trail) = trail else {
            return self.set_aside("no such call can be made");
        };
        self.found.opened_files |= trail.opened_files;
        if trail.too_long() {
            return self.ran_away(&case);
        }
        if trail.end == "MemoryError" {
            return self.set_aside("ran out of memory");
        }
        self.accept(source, case, &trail, natively);
    }

    fn accept(&mut self, source: Source, case: Case, trail: &Trail, natively: bool) {
        let steps = u64::from(trail.steps);
        let affordable = steps <= CHEAP.max((ALL_STEPS - self.steps.min(ALL_STEPS)) / 100);
        let mut new = self.ends.insert((trail.end.clone(), natively));
        new |= grows(&mut self.found.coverage.reached, &trail.branches);
        if natively {
            new |= grows(&mut self.native_reached, &trail.branches);
        }
        if new {
            self.seeds.push(case.clone());
        }
        if natively && (new || trail.end.is_empty() && self.native_seeds.len() < MOST_NATIVE_SEEDS) {
            self.native_seeds.push(case.clone());
        }
        if !affordable && !new {
            self.wasted += steps;
            return self.set_aside("costs more than its share of the time");
        }
        self.steps += steps;
        if self.found.cases.len() < self.wanted {
            self.natively += usize::from(natively);
            self.found.cases.push((source, case));
        } else if new {
            self.late.push((source, case));
        }
    }

    fn set_aside(&mut self, reason: &str) {
        *self.found.set_aside.entry(reason.to_string()).or_default() += 1;
    }

    /// Late finds take the place of the last ordinary cases.
    fn finish(mut self) -> Chosen {
        let mut place = self.found.cases.len();
        for late in self.late {
            while place > 0 && matches!(self.found.cases[place - 1].0, Source::Recorded | Source::Kept) {
                place -= 1;
            }
            if place == 0 {
                break;
            }
            place -= 1;
            self.found.cases[place] = late;
        }
        self.found
    }
}

/// Adds the branches; tells whether any was new.
fn grows(reached: &mut HashSet<u16>, branches: &[u16]) -> bool {
    let before = reached.len();
    reached.extend(branches);
    reached.len() > before
}
