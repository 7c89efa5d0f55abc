//! Several workers of one kind, and a way to spread requests over them without the spread showing in the replies.

use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::worker::{Launch, Reply, Worker};

/// Requests that a worker takes at a time.
const SHARE: usize = 64;

/// Workers that answer the same requests the same way.
pub struct Pool<'a> {
    workers: Vec<Mutex<Worker<'a>>>,
}

impl<'a> Pool<'a> {
    /// A pool of `count` workers; they start when first needed.
    pub fn new(launch: &'a dyn Launch, count: usize, limit: Duration) -> Pool<'a> {
        Pool {
            workers: (0..count.max(1))
                .map(|_| Mutex::new(Worker::new(launch, limit)))
                .collect(),
        }
    }

    /// Sends a request without an answer to every worker, now and after every restart.
    pub fn prepare(&mut self, request: &[u8]) {
        for worker in &mut self.workers {
            worker
                .get_mut()
                .expect("a worker's lock is never poisoned: asking does not panic")
                .prepare(request);
        }
    }

    /// One reply for each request, in the order of the requests, long outcomes abridged.
    ///
    /// # Errors
    /// When a worker cannot be started.
    pub fn ask(&self, requests: &[Vec<u8>]) -> io::Result<Vec<Reply>> {
        if let [only] = &self.workers[..] {
            return only.lock().expect("asking does not panic").ask(requests);
        }
        let next = AtomicUsize::new(0);
        let done: Vec<io::Result<Vec<(usize, Vec<Reply>)>>> = std::thread::scope(|scope| {
            let handles: Vec<_> = self
                .workers
                .iter()
                .map(|worker| scope.spawn(|| take_shares(worker, requests, &next)))
                .collect();
            handles
                .into_iter()
                .map(|handle| handle.join().expect("asking does not panic"))
                .collect()
        });
        let mut shares = Vec::new();
        for found in done {
            shares.extend(found?);
        }
        shares.sort_by_key(|(start, _)| *start);
        Ok(shares.into_iter().flat_map(|(_, replies)| replies).collect())
    }

    /// The same with long outcomes in full, for those who show them.
    ///
    /// # Errors
    /// When a worker cannot be started.
    pub fn ask_whole(&self, requests: &[Vec<u8>]) -> io::Result<Vec<Reply>> {
        let first = &self.workers[0];
        first.lock().expect("asking does not panic").ask_whole(requests)
    }
}

fn take_shares(
    worker: &Mutex<Worker<'_>>,
    requests: &[Vec<u8>],
    next: &AtomicUsize,
) -> io::Result<Vec<(usize, Vec<Reply>)>> {
    let mut worker = worker.lock().expect("asking does not panic");
    let mut shares = Vec::new();
    loop {
        let start = next.fetch_add(SHARE, Ordering::Relaxed);
        if start >= requests.len() {
            return Ok(shares);
        }
        let end = requests.len().min(start + SHARE);
        shares.push((start, worker.ask(&requests[start..end])?));
    }
}
