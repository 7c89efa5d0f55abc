//! A line on stderr that says what is going on, for anything that takes over a second. None where stderr is no terminal.

use super::console::Console;
use std::io::{self, IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The line; it goes away when dropped.
pub struct Progress {
    shared: Arc<Shared>,
    painter: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    ended: Condvar,
}

#[derive(Default)]
struct State {
    label: String,
    done: u64,
    /// Where it is known how much there is to do.
    total: Option<u64>,
    note: String,
    started: Option<Instant>,
    drawn: bool,
    ended: bool,
}

/// Quicker work shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const FRAME: Duration = Duration::from_millis(120);
const WIDTH: usize = 24;

impl Progress {
    pub fn new(console: &Console) -> Self {
        let shared = Arc::new(Shared::default());
        let shown = !console.quiet && io::stderr().is_terminal();
        let painter = shown.then(|| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || shared.paint())
        });
        Progress { shared, painter }
    }

    /// Something else is being done from now on.
    pub fn begin(&self, label: &str) {
        self.change(|state| {
            let drawn = state.drawn;
            *state = State {
                label: label.to_string(),
                started: Some(Instant::now()),
                drawn,
                ..State::default()
            };
        });
    }

    /// It is this far.
    pub fn advance(&self, done: u64, total: Option<u64>, note: &str) {
        self.change(|state| {
            state.done = done;
            state.total = total;
            state.note = note.to_string();
        });
    }

    /// Takes the line away so that something else can be written; it comes back with the next frame.
    pub fn clear(&self) {
        self.change(State::erase);
    }

    fn change(&self, edit: impl FnOnce(&mut State)) {
        // The painter cannot panic while it holds the lock; should it, the line is not worth a crash.
        if let Ok(mut state) = self.shared.state.lock() {
            edit(&mut state);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.change(|state| {
            state.erase();
            state.ended = true;
        });
        self.shared.ended.notify_all();
        if let Some(painter) = self.painter.take() {
            let _ = painter.join();
        }
    }
}

impl Shared {
    fn paint(&self) {
        let Ok(mut state) = self.state.lock() else { return };
        while !state.ended {
            state.draw();
            let Ok((next, _)) = self.ended.wait_timeout(state, FRAME) else {
                return;
            };
            state = next;
        }
    }
}

impl State {
    fn draw(&mut self) {
        let Some(elapsed) = self
            .started
            .map(|started| started.elapsed())
            .filter(|elapsed| *elapsed > PATIENCE)
        else {
            return;
        };
        self.drawn = true;
        let _ = write!(io::stderr().lock(), "\r\x1b[K{}", self.line(elapsed));
    }

    fn erase(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }

    fn line(&self, elapsed: Duration) -> String {
        let bar = match self.total {
            Some(total) if total > 0 => {
                let full = (self.done.min(total) as usize * WIDTH) / total as usize;
                format!(
                    " [{}{}] {}/{total}",
                    "#".repeat(full),
                    " ".repeat(WIDTH - full),
                    self.done
                )
            }
            _ => String::new(),
        };
        format!("{}{bar} {:.0}s {}", self.label, elapsed.as_secs_f64(), self.note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_as_work_is_done() {
        let mut state = State {
            label: "certifying".into(),
            done: 250,
            total: Some(1000),
            ..State::default()
        };
        assert_eq!(
            state.line(Duration::from_secs(2)),
            "certifying [######                  ] 250/1000 2s "
        );
        state.total = None;
        state.note = "sha2".into();
        assert_eq!(state.line(Duration::from_secs(2)), "certifying 2s sha2");
    }
}
