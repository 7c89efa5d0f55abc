//! Functions proven side by side: each lane has workers of its own on both sides and takes the next function that nobody
//! has begun. What comes out for a function does not depend on the lane.

use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::oracle::Description;
use super::pool::Pool;
use super::prove::Sides;
use super::worker::Launch;

/// What lanes are made of.
pub struct Lanes<'a> {
    pub oracle: &'a dyn Launch,
    pub subject: &'a dyn Launch,
    pub description: &'a Description,
    /// Workers on each side, in all lanes together.
    pub jobs: usize,
    /// How long one case may take.
    pub limit: Duration,
}

impl Lanes<'_> {
    /// What `work` gives for each item, in the order of the items.
    ///
    /// # Errors
    /// That of the first item that has one.
    pub fn each<I, T>(
        &self,
        items: &[I],
        work: impl Fn(usize, &I, &mut Sides) -> io::Result<T> + Sync,
    ) -> io::Result<Vec<T>>
    where
        I: Sync,
        T: Send,
    {
        let next = AtomicUsize::new(0);
        let lanes = self.jobs.min(items.len()).max(1);
        let done: Vec<Mutex<Option<io::Result<T>>>> = items.iter().map(|_| Mutex::new(None)).collect();
        let lane = || {
            let mut sides = self.sides(self.jobs.div_ceil(lanes));
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(at) else { return };
                let result = work(at, item, &mut sides);
                *done[at].lock().expect("nothing panics while it holds this lock") = Some(result);
            }
        };
        std::thread::scope(|scope| {
            (1..lanes).for_each(|_| drop(scope.spawn(lane)));
            lane();
        });
        let result = |one: Mutex<Option<io::Result<T>>>| {
            let found = one.into_inner().expect("nothing panics while it holds this lock");
            found.expect("every item was taken by a lane")
        };
        done.into_iter().map(result).collect()
    }

    fn sides(&self, workers: usize) -> Sides<'_> {
        Sides {
            oracle: Pool::new(self.oracle, workers, self.limit),
            subject: Pool::new(self.subject, workers, self.limit),
            description: self.description,
        }
    }
}
