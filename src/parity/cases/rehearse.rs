//! A rehearsal before the proof. Functions of one file call each other, and a function that gets its arguments from another
//! one is seldom called with anything sensible otherwise; methods leave instances behind that no constructor makes. Both are
//! noticed while the functions are tried, and are what cases are made of later.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use super::calls::{Plan, Source};
use crate::parity::case::Case;
use crate::parity::oracle::Oracle;
use crate::parity::protocol;
use crate::parity::record::{self, Recorded};
use crate::parity::worker::{Reply, Worker};

/// Calls made of each function in a round.
const TRIED: u64 = 200;
/// In a second round methods meet the instances that the first one left.
const ROUNDS: u64 = 2;

/// What was noticed.
#[derive(Debug, Default)]
pub struct Noticed {
    /// Calls that functions made of others, by the function that was called.
    pub calls: BTreeMap<String, Recorded>,
    /// Arguments as calls left them; of use for the instances in them.
    pub left: Vec<Case>,
}

/// Tries candidates of each plan in the reporting copy. One worker does it all, so that what it notices does not depend on
/// how many there are.
///
/// # Errors
/// When the worker cannot be started.
pub fn rehearse(mut plans: Vec<Plan>, oracle: &Oracle, limit: Duration) -> io::Result<Noticed> {
    let mut worker = Worker::new(oracle, limit);
    let mut noticed = Noticed::default();
    for round in 0..ROUNDS {
        for plan in &mut plans {
            plan.material.learn(&noticed.left);
            worker.prepare(&protocol::select(&plan.name));
            let candidates = (0..TRIED).map(|number| plan.candidate(round * TRIED + number, None, &plan.recorded));
            let sensible = candidates.filter(|(source, _)| *source != Source::Wrong);
            let requests: Vec<Vec<u8>> = sensible.map(|(_, case)| protocol::rehearse(&case)).collect();
            let replies = worker.ask_until_trouble(&requests)?;
            noticed.left.extend(replies.iter().filter_map(left));
            // Where the worker was lost, so is what it had noticed.
            if let Reply::Answer(answer) = worker.ask_whole(&[protocol::noticed()])?.remove(0) {
                for (name, recorded) in record::of_json(&answer) {
                    noticed.calls.entry(name).or_default().merge_calls(recorded);
                }
            }
        }
    }
    Ok(noticed)
}

/// The arguments that a call left, where there are instances among them.
fn left(reply: &Reply) -> Option<Case> {
    let Reply::Answer(answer) = reply else { return None };
    let args = protocol::left(answer)?;
    args.iter().any(|arg| arg.has_instance()).then(|| Case::of_args(args))
}
