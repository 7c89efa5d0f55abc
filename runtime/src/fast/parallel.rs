//! Independent rounds of a loop on several threads.
//!
//! The compiler proves that rounds change nothing that others see; so only their results and the first exception, in
//! the order of the rounds, matter. Both are what one thread would have given.

use std::collections::BTreeMap;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

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
    let threads = match settings::mode() {
        Mode::Sequential => 1,
        // A loop inside a round of another one stays on its thread.
        _ if rc::parallel() => 1,
        Mode::Auto if count < threshold => 1,
        Mode::Auto | Mode::Parallel => settings::workers().unwrap_or_else(cores),
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

/// How many threads the machine runs at once. Asked once: the answer is read out of files of the kernel, which costs
/// more than a short loop.
fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| std::thread::available_parallelism().map_or(1, usize::from))
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

/// What one batch did: how many values it wrote from its start on, and how it ended.
type Done = Crossing<(usize, Result<()>)>;

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
    // Every batch writes where its values belong, so that nothing is copied afterwards.
    let mut places: Vec<MaybeUninit<R>> = Vec::with_capacity(count);
    let start = Crossing(places.as_mut_ptr());
    let work = |number: usize| -> Done {
        let own = depth::current();
        depth::adopt(nesting);
        let first = number * size;
        let mut written = 0;
        let mut outcome = Ok(());
        if failed.load(Ordering::Relaxed) >= number {
            outcome = (first..count.min(first + size)).try_for_each(|at| {
                if let Some(value) = round.get()(at)? {
                    // SAFETY: within the capacity; no other batch writes between this batch's start and its end.
                    unsafe { (*start.get()).add(first + written).write(MaybeUninit::new(value)) };
                    written += 1;
                }
                Ok(())
            });
        }
        if outcome.is_err() {
            failed.fetch_min(number, Ordering::Relaxed);
        }
        depth::adopt(own);
        Crossing((written, outcome))
    };
    let batches: Vec<Done> =
        rc::while_parallel(|| pool.install(|| (0..count.div_ceil(size)).into_par_iter().map(work).collect()));
    gathered(places, size, batches)
}

/// The values of all batches in order, or the first exception.
fn gathered<R>(mut places: Vec<MaybeUninit<R>>, size: usize, batches: Vec<Done>) -> Result<Vec<R>> {
    let start = places.as_mut_ptr().cast::<R>();
    let mut kept = 0;
    let mut outcome = Ok(());
    for (number, Crossing((written, ended))) in batches.into_iter().enumerate() {
        // SAFETY: the batch wrote so many values from its first place on; where earlier rounds gave none, they move
        // down to the end of what is kept, which lies before them.
        unsafe { std::ptr::copy(start.add(number * size), start.add(kept), written) };
        kept += written;
        outcome = outcome.and(ended);
    }
    let mut places = std::mem::ManuallyDrop::new(places);
    // SAFETY: the first `kept` places hold values; an `R` and a `MaybeUninit<R>` are laid out alike.
    let values = unsafe { Vec::from_raw_parts(places.as_mut_ptr().cast::<R>(), kept, places.capacity()) };
    outcome.map(|()| values)
}

/// The threads of parallel loops, made when the first loop with so many runs; None where the system refuses them. Only a
/// worker of the parity proof ever has more than one such number.
fn pool(threads: usize) -> Option<&'static ThreadPool> {
    static POOLS: Mutex<BTreeMap<usize, Option<&'static ThreadPool>>> = Mutex::new(BTreeMap::new());
    let start = |stack| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .stack_size(stack)
            .build()
    };
    let made = || STACKS.into_iter().find_map(|stack| start(stack).ok());
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    *(pools.entry(threads)).or_insert_with(|| made().map(|pool| &*Box::leak(Box::new(pool))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gaps(at: usize) -> Result<Option<String>> {
        Ok((!at.is_multiple_of(3)).then(|| at.to_string()))
    }

    #[test]
    fn batches_give_what_one_thread_gives() {
        let pool = pool(2).expect("two threads start");
        let expected: Vec<String> = (0..1000).filter_map(|at| gaps(at).ok().flatten()).collect();
        for size in [1, 7, 64, 999, 5000] {
            assert_eq!(
                in_batches(1000, size, pool, &gaps).ok(),
                Some(expected.clone()),
                "size {size}"
            );
        }
    }

    #[test]
    fn the_first_exception_in_order_counts() {
        let pool = pool(2).expect("two threads start");
        let round = |at: usize| match at {
            300 | 700 => Err(exc::value_error(&at.to_string())),
            _ => gaps(at),
        };
        let raised = in_batches(1000, 10, pool, &round)
            .err()
            .map(|e| e.message().to_rust_string());
        assert_eq!(raised.as_deref(), Some("300"));
    }
}
