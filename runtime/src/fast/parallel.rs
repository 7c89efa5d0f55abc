//! Independent rounds of a loop on several threads.
//!
//! The compiler proves that rounds change nothing that others see; so only their results and the first exception, in
//! the order of the rounds, matter. Both are what one thread would have given.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::elem::Elem;
use crate::exc::{self, Result};
use crate::list::List;
use crate::settings::{self, Mode};
use crate::{depth, rc};

/// Each worker's share is cut into this many batches, so that none waits long for another.
const BATCHES_PER_WORKER: usize = 8;
/// What a worker's stack may take, since rounds may recurse deeply; less where memory is limited.
const STACKS: [usize; 2] = [256 << 20, 32 << 20];

/// What goes from one thread to another under the compiler's proof.
struct Crossing<T>(T);

// SAFETY: rounds share only what none of them changes, and counts are atomic meanwhile (see `rc`).
unsafe impl<T> Send for Crossing<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Crossing<T> {}

impl<T> Crossing<T> {
    fn get(&self) -> &T {
        &self.0
    }
}

/// `[round(i) for i in range(start, stop, step)]`, without the rounds that give nothing.
///
/// # Errors
/// The first exception in the order of the rounds.
pub fn over_range<R>(
    (start, stop, step): (i64, i64, i64),
    threshold: usize,
    round: impl Fn(i64) -> Result<Option<R>>,
) -> Result<Vec<R>> {
    if step == 0 {
        return Err(exc::value_error("range() arg 3 must not be zero"));
    }
    let span = i128::from(stop) - i128::from(start);
    let step_wide = i128::from(step);
    let count = if (span > 0) == (step > 0) && span != 0 {
        (span.abs() + step_wide.abs() - 1) / step_wide.abs()
    } else {
        0
    };
    let count = usize::try_from(count).map_err(|_| exc::deopt())?;
    let item = |at: usize| start.wrapping_add((at as i64).wrapping_mul(step));
    rounds(count, threshold, |at| round(item(at)))
}

/// `[round(item) for item in items]`, without the rounds that give nothing.
///
/// # Errors
/// The first exception in the order of the rounds.
pub fn over_items<T: Elem, R>(
    items: &List<T>,
    threshold: usize,
    round: impl Fn(T) -> Result<Option<R>>,
) -> Result<Vec<R>> {
    // No round changes the list, so that its length holds.
    rounds(items.len(), threshold, |at| match items.at(at) {
        Some(item) => round(item),
        None => Ok(None),
    })
}

fn rounds<R>(count: usize, threshold: usize, round: impl Fn(usize) -> Result<Option<R>>) -> Result<Vec<R>> {
    let workers = settings::workers().unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from));
    let threads = match settings::mode() {
        Mode::Sequential => 1,
        // A loop inside a round of another one stays on its thread.
        _ if rc::parallel() => 1,
        Mode::Auto if count < threshold => 1,
        Mode::Auto | Mode::Parallel => workers,
    };
    let pool = if threads < 2 || count < 2 { None } else { pool(threads) };
    let Some(pool) = pool else {
        let mut results = Vec::with_capacity(count);
        return batch(0..count, &round, &mut results).map(|()| results);
    };
    let size = settings::batch_size()
        .unwrap_or_else(|| count.div_ceil(threads * BATCHES_PER_WORKER))
        .max(1);
    in_batches(count, size, pool, &round)
}

fn batch<R>(
    range: std::ops::Range<usize>,
    round: &impl Fn(usize) -> Result<Option<R>>,
    results: &mut Vec<R>,
) -> Result<()> {
    for at in range {
        results.extend(round(at)?);
    }
    Ok(())
}

fn in_batches<R>(
    count: usize,
    size: usize,
    pool: &ThreadPool,
    round: &impl Fn(usize) -> Result<Option<R>>,
) -> Result<Vec<R>> {
    let round = Crossing(round);
    let nesting = depth::current();
    // Batches after the first that failed need not run.
    let failed = AtomicUsize::new(usize::MAX);
    let work = |number: usize| {
        let own = depth::current();
        depth::adopt(nesting);
        let range = number * size..count.min((number + 1) * size);
        let mut results = Vec::with_capacity(range.len());
        let outcome = if failed.load(Ordering::Relaxed) < number {
            Ok(())
        } else {
            batch(range, round.get(), &mut results)
        };
        if outcome.is_err() {
            failed.fetch_min(number, Ordering::Relaxed);
        }
        depth::adopt(own);
        Crossing((results, outcome))
    };
    let batches: Vec<Crossing<(Vec<R>, Result<()>)>> =
        rc::while_parallel(|| pool.install(|| (0..count.div_ceil(size)).into_par_iter().map(work).collect()));
    let mut all = Vec::with_capacity(count);
    for Crossing((results, outcome)) in batches {
        outcome?;
        all.extend(results);
    }
    Ok(all)
}

/// The threads of parallel loops, made when the first one runs; None where the system refuses them.
fn pool(threads: usize) -> Option<&'static ThreadPool> {
    static POOL: OnceLock<Option<ThreadPool>> = OnceLock::new();
    let start = |stack| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .stack_size(stack)
            .build()
    };
    POOL.get_or_init(|| STACKS.into_iter().find_map(|stack| start(stack).ok()))
        .as_ref()
}
