//! One run of one contender: wall time, processor time, peak memory, energy, and what it printed.

use super::energy::Meter;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// What one run cost.
#[derive(Clone, Debug)]
pub struct Run {
    pub wall_ms: f64,
    /// Processor time of the process and its children, user and system.
    pub cpu_ms: f64,
    pub peak_bytes: Option<u64>,
    /// The last `Time: 12.34ms` on stderr.
    pub printed_ms: Option<f64>,
    pub joules: Option<f64>,
    pub stdout: Vec<u8>,
}

impl Run {
    pub fn cpu_percent(&self) -> f64 {
        100.0 * self.cpu_ms / self.wall_ms
    }
}

/// Why a run gave no figures.
#[derive(Debug)]
pub enum RunError {
    Start {
        program: String,
        error: io::Error,
    },
    Failed {
        program: String,
        status: String,
        words: String,
    },
    Late {
        program: String,
        limit: Duration,
    },
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Start { program, error } => write!(f, "{program} could not be started: {error}"),
            RunError::Failed { program, status, words } => write!(f, "{program} failed ({status}): {words}"),
            RunError::Late { program, limit } => write!(f, "{program} took longer than {} s", limit.as_secs()),
        }
    }
}

impl std::error::Error for RunError {}

/// Runs a command to its end. Its output is read, never shown.
///
/// # Errors
/// It cannot be started, ends with another status than 0, or takes longer than `limit` and is killed.
pub fn run(command: &[OsString], limit: Duration) -> Result<Run, RunError> {
    let program = command
        .first()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let start_error = |error| RunError::Start {
        program: program.clone(),
        error,
    };
    let meter = Meter::open();
    let before = meter.as_ref().and_then(Meter::read);
    let started = Instant::now();
    let mut child = Command::new(&command[0])
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(start_error)?;
    let (stdout, stderr) = (collect(child.stdout.take()), collect(child.stderr.take()));
    let end = wait(&mut child, limit).map_err(start_error)?;
    let wall_ms = started.elapsed().as_secs_f64() * 1000.0;
    let joules = before.and_then(|before| meter.as_ref()?.since(before));
    let words = String::from_utf8_lossy(&stderr.join().unwrap_or_default()).into_owned();
    let stdout = stdout.join().unwrap_or_default();
    if end.late {
        return Err(RunError::Late { program, limit });
    }
    if !end.success {
        let last = words.trim().lines().last().unwrap_or("it said nothing").to_string();
        return Err(RunError::Failed {
            program,
            status: end.status,
            words: last,
        });
    }
    Ok(Run {
        wall_ms,
        cpu_ms: end.cpu_ms,
        peak_bytes: end.peak_bytes,
        printed_ms: printed_time(&words),
        joules,
        stdout,
    })
}

fn collect(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            let _ = stream.read_to_end(&mut bytes);
        }
        bytes
    })
}

/// How a process ended and what it used.
struct End {
    success: bool,
    status: String,
    late: bool,
    cpu_ms: f64,
    peak_bytes: Option<u64>,
}

/// Waits for the end; a second thread kills the process when its time is over.
fn wait(child: &mut Child, limit: Duration) -> io::Result<End> {
    let pid = child.id();
    let (done, ended) = mpsc::channel::<()>();
    let guard = thread::spawn(move || match ended.recv_timeout(limit) {
        Err(RecvTimeoutError::Timeout) => {
            kill(pid);
            true
        }
        _ => false,
    });
    let end = reap(child);
    drop(done);
    let late = guard.join().unwrap_or(false);
    end.map(|end| End { late, ..end })
}

#[cfg(unix)]
fn kill(pid: u32) {
    // SAFETY: plain system call; the process has not been waited for yet, so the number is still its own.
    unsafe {
        libc::kill(pid as libc::pid_t, libc::SIGKILL);
    }
}

#[cfg(not(unix))]
fn kill(_: u32) {}

/// Waits for the process and asks the system what it used.
#[cfg(unix)]
fn reap(child: &mut Child) -> io::Result<End> {
    use std::os::unix::process::ExitStatusExt;
    let mut status = 0;
    // SAFETY: an all-zero rusage is a valid value of that plain C struct.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both pointers are to live locals; the process is our child and nobody else waits for it.
        let waited = unsafe { libc::wait4(child.id() as libc::pid_t, &mut status, 0, &mut usage) };
        if waited >= 0 {
            break;
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
    let ms = |time: libc::timeval| time.tv_sec as f64 * 1000.0 + time.tv_usec as f64 / 1000.0;
    let status = std::process::ExitStatus::from_raw(status);
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    Ok(End {
        success: status.success(),
        status: status.to_string(),
        late: false,
        cpu_ms: ms(usage.ru_utime) + ms(usage.ru_stime),
        peak_bytes: Some(usage.ru_maxrss as u64 * unit),
    })
}

#[cfg(not(unix))]
fn reap(child: &mut Child) -> io::Result<End> {
    let status = child.wait()?;
    Ok(End {
        success: status.success(),
        status: status.to_string(),
        late: false,
        cpu_ms: f64::NAN,
        peak_bytes: None,
    })
}

/// The figure of the last line `Time: 12.34ms`.
fn printed_time(stderr: &str) -> Option<f64> {
    let figure = |line: &str| {
        line.trim()
            .strip_prefix("Time:")?
            .trim()
            .strip_suffix("ms")?
            .trim()
            .parse()
            .ok()
    };
    stderr.lines().rev().find_map(figure)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str, limit: Duration) -> Result<Run, RunError> {
        run(&["sh".into(), "-c".into(), script.into()], limit)
    }

    #[test]
    fn what_a_run_prints_and_uses_is_measured() {
        let run = shell(
            "echo out; echo 'Time: 12.50ms' >&2; echo 'Time: 13.5 ms' >&2",
            Duration::from_secs(10),
        )
        .unwrap();
        assert_eq!(
            (run.stdout.as_slice(), run.printed_ms),
            (b"out\n".as_slice(), Some(13.5))
        );
        assert!(run.wall_ms > 0.0 && run.peak_bytes.is_some_and(|bytes| bytes > 100_000));
    }

    #[test]
    fn a_run_that_fails_says_its_last_words() {
        let error = shell("echo first >&2; echo last >&2; exit 3", Duration::from_secs(10)).unwrap_err();
        assert!(
            error.to_string().contains("last") && error.to_string().contains('3'),
            "{error}"
        );
    }

    #[test]
    fn a_run_that_never_ends_is_killed() {
        let error = run(&["sleep".into(), "60".into()], Duration::from_millis(100)).unwrap_err();
        assert!(matches!(error, RunError::Late { .. }), "{error}");
    }

    #[test]
    fn a_program_that_is_not_there() {
        let error = run(&["/no/such/program".into()], Duration::from_secs(1)).unwrap_err();
        assert!(matches!(error, RunError::Start { .. }), "{error}");
    }
}
