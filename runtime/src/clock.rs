//! The clock, which a proof holds still.
//!
//! Under proof, every case begins at the same moment and every reading moves the clock on by one millisecond, on
//! CPython's side as on ours: programs that measure or print times then have one right outcome.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where the clock stands when a case begins: nanoseconds since 1970.
const EPOCH: i64 = 1_700_000_000_000_000_000;
/// How far a reading moves it.
const STEP: i64 = 1_000_000;

static HELD: AtomicBool = AtomicBool::new(false);
static PASSED: AtomicI64 = AtomicI64::new(0);
static START: OnceLock<Instant> = OnceLock::new();

/// Holds the clock from now on, at the beginning of a case; random numbers begin anew with it.
pub fn hold() {
    HELD.store(true, Ordering::Relaxed);
    PASSED.store(0, Ordering::Relaxed);
    crate::lib::random::start_case();
}

/// The clock is held.
pub fn is_held() -> bool {
    HELD.load(Ordering::Relaxed)
}

fn tick() -> i64 {
    PASSED.fetch_add(STEP, Ordering::Relaxed) + STEP
}

/// Nanoseconds since 1970: `time.time_ns()`.
pub fn wall() -> i64 {
    if is_held() {
        return EPOCH + tick();
    }
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_nanos() as i64
}

/// Nanoseconds since some moment of the past: `time.perf_counter_ns()` and `time.monotonic_ns()`.
pub fn monotonic() -> i64 {
    if is_held() {
        return tick();
    }
    START.get_or_init(Instant::now).elapsed().as_nanos() as i64
}

/// `time.sleep()`: moves a clock that is held, waits for one that is not.
pub fn sleep(time: Duration) {
    if is_held() {
        PASSED.fetch_add(time.as_nanos() as i64, Ordering::Relaxed);
    } else {
        std::thread::sleep(time);
    }
}
