//! One worker process: frames out, frames in, with a time limit on each answer.

use std::io::{self, Read, Write};
use std::os::fd::AsRawFd;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use super::protocol::abridged;

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    Answer(Vec<u8>),
    /// The process died; what the system says of its end.
    Died(String),
    /// No answer came in time, and the process was killed.
    TimedOut,
}

/// Bytes that a pipe takes without anyone reading: requests are sent in groups no larger than this, or alone, so
/// that the worker can always write its answers while we still write.
const PIPE: usize = 32 * 1024;
/// Bytes read from a worker at a time.
const CHUNK: usize = 1 << 16;
/// Answers longer than this are no answers.
const LONGEST_ANSWER: usize = 1 << 27;

/// What is held of an answer.
type Keep = fn(Vec<u8>) -> Vec<u8>;

/// Starts worker processes of one kind.
pub trait Launch: Sync {
    /// A command that serves frames on its standard input and output.
    ///
    /// # Errors
    /// When what the worker needs cannot be laid out.
    fn command(&self) -> io::Result<Command>;
}

/// A running worker.
pub struct Worker<'a> {
    launch: &'a dyn Launch,
    process: Option<Process>,
    /// Requests that have no answer and are to be repeated after a restart.
    prelude: Vec<u8>,
    limit: Duration,
}

struct Process {
    child: Child,
    requests: ChildStdin,
    answers: ChildStdout,
    /// Bytes that came and belong to answers not taken yet.
    arrived: Vec<u8>,
    /// How many of them are taken already.
    taken: usize,
    /// Where bytes are read to.
    chunk: Vec<u8>,
}

impl<'a> Worker<'a> {
    pub fn new(launch: &'a dyn Launch, limit: Duration) -> Worker<'a> {
        Worker {
            launch,
            process: None,
            prelude: Vec::new(),
            limit,
        }
    }

    /// Sends a request that has no answer, now and after every restart.
    pub fn prepare(&mut self, request: &[u8]) {
        self.prelude = framed(request);
        if let Some(process) = &mut self.process {
            // A worker that is gone shows it when the next answer does not come.
            let _ = process.requests.write_all(&self.prelude);
        }
    }

    /// One reply for each request, in order, long outcomes [`abridged`]. A worker that dies or hangs is started again for
    /// the rest.
    ///
    /// # Errors
    /// When the worker cannot be started at all.
    pub fn ask(&mut self, requests: &[Vec<u8>]) -> io::Result<Vec<Reply>> {
        self.ask_keeping(requests, abridged)
    }

    /// The same with long answers in full, for those who show them.
    ///
    /// # Errors
    /// When the worker cannot be started at all.
    pub fn ask_whole(&mut self, requests: &[Vec<u8>]) -> io::Result<Vec<Reply>> {
        self.ask_keeping(requests, |answer| answer)
    }

    fn ask_keeping(&mut self, requests: &[Vec<u8>], keep: Keep) -> io::Result<Vec<Reply>> {
        let mut replies = Vec::with_capacity(requests.len());
        let mut group_limit = PIPE;
        while replies.len() < requests.len() {
            let rest = &requests[replies.len()..];
            let group = &rest[..group_size(rest, group_limit)];
            let answers = self.ask_group(group, keep)?;
            let blamed = answers.iter().any(|reply| !matches!(reply, Reply::Answer(_)));
            if blamed && group.len() > 1 {
                // Answers are written together, so the one who failed is known only when asked alone.
                group_limit = 0;
                replies.extend(
                    answers
                        .into_iter()
                        .take_while(|reply| matches!(reply, Reply::Answer(_))),
                );
            } else {
                replies.extend(answers);
            }
        }
        Ok(replies)
    }

    /// Replies in order up to the first request that the worker dies of or hangs on, that one left out.
    ///
    /// # Errors
    /// When the worker cannot be started at all.
    pub fn ask_until_trouble(&mut self, requests: &[Vec<u8>]) -> io::Result<Vec<Reply>> {
        let mut replies = Vec::with_capacity(requests.len());
        while replies.len() < requests.len() {
            let rest = &requests[replies.len()..];
            for reply in self.ask_group(&rest[..group_size(rest, PIPE)], abridged)? {
                if !matches!(reply, Reply::Answer(_)) {
                    return Ok(replies);
                }
                replies.push(reply);
            }
        }
        Ok(replies)
    }

    fn ask_group(&mut self, group: &[Vec<u8>], keep: Keep) -> io::Result<Vec<Reply>> {
        let limit = self.limit;
        let process = self.started()?;
        let mut text = Vec::new();
        group.iter().for_each(|request| text.extend(framed(request)));
        let sent = process.requests.write_all(&text);
        let mut replies = Vec::with_capacity(group.len());
        while replies.len() < group.len() {
            let reply = match &sent {
                Ok(()) => process.answer(limit),
                Err(_) => Err(Trouble::Ended),
            };
            match reply {
                Ok(answer) => replies.push(Reply::Answer(keep(answer))),
                Err(trouble) => {
                    replies.push(self.end(trouble));
                    break;
                }
            }
        }
        Ok(replies)
    }

    fn started(&mut self) -> io::Result<&mut Process> {
        if self.process.is_none() {
            let mut process = Process::start(self.launch.command()?)?;
            let _ = process.requests.write_all(&self.prelude);
            self.process = Some(process);
        }
        Ok(self.process.as_mut().expect("just started"))
    }

    fn end(&mut self, trouble: Trouble) -> Reply {
        let Some(mut process) = self.process.take() else {
            return Reply::TimedOut;
        };
        match trouble {
            Trouble::Late => {
                process.kill();
                Reply::TimedOut
            }
            Trouble::Ended => Reply::Died(process.last_words()),
        }
    }
}

enum Trouble {
    Late,
    Ended,
}

impl Process {
    fn start(mut command: Command) -> io::Result<Process> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let requests = child.stdin.take().expect("piped");
        let answers = child.stdout.take().expect("piped");
        Ok(Process {
            child,
            requests,
            answers,
            arrived: Vec::new(),
            taken: 0,
            chunk: vec![0; CHUNK],
        })
    }

    fn answer(&mut self, limit: Duration) -> Result<Vec<u8>, Trouble> {
        let end = Instant::now() + limit;
        loop {
            if let Some(answer) = self.take_arrived()? {
                return Ok(answer);
            }
            if !readable(&self.answers, end.saturating_duration_since(Instant::now())) {
                return Err(Trouble::Late);
            }
            match self.answers.read(&mut self.chunk) {
                Ok(0) => return Err(Trouble::Ended),
                Ok(count) => self.arrived.extend(&self.chunk[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return Err(Trouble::Ended),
            }
        }
    }

    fn take_arrived(&mut self) -> Result<Option<Vec<u8>>, Trouble> {
        let Some((length, rest)) = self.arrived[self.taken..].split_first_chunk::<4>() else {
            return Ok(self.forget_taken());
        };
        let length = u32::from_le_bytes(*length) as usize;
        if length > LONGEST_ANSWER {
            return Err(Trouble::Late);
        }
        if rest.len() < length {
            return Ok(self.forget_taken());
        }
        let answer = rest[..length].to_vec();
        self.taken += length + 4;
        Ok(Some(answer))
    }

    /// Makes room before more is read.
    fn forget_taken(&mut self) -> Option<Vec<u8>> {
        self.arrived.drain(..self.taken);
        self.taken = 0;
        None
    }

    fn kill(&mut self) {
        // Neither can fail in a way that we could mend: the process is gone already, or about to be.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn last_words(&mut self) -> String {
        let end = Instant::now() + Duration::from_secs(1);
        while Instant::now() < end {
            if let Ok(Some(status)) = self.child.try_wait() {
                return status.to_string();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        self.kill();
        "closed its output".to_string()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn framed(request: &[u8]) -> Vec<u8> {
    let length = u32::try_from(request.len()).expect("requests are far below four gigabytes");
    let mut frame = length.to_le_bytes().to_vec();
    frame.extend(request);
    frame
}

/// How many requests fit into `limit` bytes together; one at least.
fn group_size(requests: &[Vec<u8>], limit: usize) -> usize {
    let mut total = 0;
    let fitting = requests.iter().take_while(|request| {
        total += request.len() + 4;
        total <= limit
    });
    fitting.count().max(1)
}

/// Waits until the pipe has something to read, or its other end is closed; false when the time is over first.
fn readable(pipe: &ChildStdout, wait: Duration) -> bool {
    let mut poll = libc::pollfd {
        fd: pipe.as_raw_fd(),
        events: libc::POLLIN,
        revents: 0,
    };
    let wait = i32::try_from(wait.as_millis()).unwrap_or(i32::MAX);
    // SAFETY: one valid pollfd is passed, and it lives through the call.
    let ready = unsafe { libc::poll(&raw mut poll, 1, wait) };
    // An interrupted wait is tried again by the caller's loop: the read would block, but only until the answer.
    ready != 0
}
