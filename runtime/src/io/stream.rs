//! A standard output stream: buffered, or captured.

use std::io::{IsTerminal, Write};

use super::locale;
use crate::exc::{self, Exc, Result};
use crate::str::{Str, Text};
use crate::value::Value;

/// Buffered bytes go out from this size on.
const FULL: usize = 1 << 16;

/// What the program wrote to one stream and has not yet left the process.
pub(super) struct Stream {
    buffer: Vec<u8>,
    /// True while output is kept instead of written.
    captured: bool,
    /// Length of the buffer when a run that may give up began.
    trial: Option<usize>,
    /// Bytes that left the process since then.
    written: usize,
    /// Bytes still to come that left the process before: the run that gave up wrote them.
    skip: usize,
    /// Whether every line goes out at once: on a terminal, and always on stderr. Found out at the first write.
    by_line: Option<bool>,
    target: Target,
}

/// Where a stream's bytes go.
#[derive(Clone, Copy)]
pub(super) enum Target {
    Stdout,
    Stderr,
}

impl Target {
    fn write(self, bytes: &[u8]) -> std::io::Result<()> {
        fn all(mut out: impl Write, bytes: &[u8]) -> std::io::Result<()> {
            out.write_all(bytes)?;
            out.flush()
        }
        match self {
            Target::Stdout => all(std::io::stdout().lock(), bytes),
            Target::Stderr => all(std::io::stderr().lock(), bytes),
        }
    }

    fn is_by_line(self) -> bool {
        match self {
            Target::Stdout => std::io::stdout().is_terminal(),
            Target::Stderr => true,
        }
    }
}

impl Stream {
    pub(super) const fn new(target: Target) -> Stream {
        Stream {
            buffer: Vec::new(),
            captured: false,
            trial: None,
            written: 0,
            skip: 0,
            by_line: None,
            target,
        }
    }

    /// Appends text as UTF-8: all of it, or nothing.
    ///
    /// # Errors
    /// UnicodeEncodeError for lone surrogates; OSError when writing out fails.
    pub(super) fn write(&mut self, text: &Str) -> Result<()> {
        match text.text() {
            Text::Ascii(bytes) => self.write_bytes(bytes),
            Text::Wide(points) => {
                let escapes = !self.captured && locale::escapes_bytes();
                let unfit = |&point: &u32| is_surrogate(point) && !(escapes && is_escaped_byte(point));
                if let Some(start) = points.iter().position(unfit) {
                    return Err(not_encodable(text, points, start));
                }
                for &point in points {
                    if is_escaped_byte(point) { self.buffer.push(point as u8) } else { self.push_point(point) }
                }
                self.settle(points.contains(&10))
            }
        }
    }

    /// Appends text as UTF-8, lone surrogates as backslash escapes.
    pub(super) fn write_escaped(&mut self, text: &Str) {
        match text.text() {
            Text::Ascii(bytes) => self.buffer.extend_from_slice(bytes),
            Text::Wide(points) => points.iter().for_each(|&point| self.push_point(point)),
        }
        // A message that cannot be shown is lost, as in CPython.
        let _lost = self.settle(true);
    }

    /// Appends bytes as they are.
    ///
    /// # Errors
    /// OSError when writing out fails.
    #[inline]
    pub(super) fn write_bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() < FULL && self.by_line == Some(false) {
            return Ok(());
        }
        self.settle(bytes.contains(&b'\n'))
    }

    fn push_point(&mut self, point: u32) {
        let mut room = [0; 4];
        match char::from_u32(point) {
            Some(char) => self.buffer.extend_from_slice(char.encode_utf8(&mut room).as_bytes()),
            None => self.buffer.extend_from_slice(format!("\\u{point:04x}").as_bytes()),
        }
    }

    /// Remembers output from here on.
    pub(super) fn begin_trial(&mut self) {
        let _lost = self.flush();
        self.trial = Some(self.buffer.len());
        self.written = 0;
    }

    /// Takes back what can be taken back; the rest is not written a second time.
    pub(super) fn restart_trial(&mut self) {
        if let Some(start) = self.trial.take() {
            self.buffer.truncate(start);
            self.skip = self.written;
        }
    }

    pub(super) fn end_trial(&mut self) {
        self.trial = None;
    }

    /// Decides whether what was appended goes out now.
    fn settle(&mut self, has_line_end: bool) -> Result<()> {
        let target = self.target;
        let by_line = *self.by_line.get_or_insert_with(|| target.is_by_line());
        if self.buffer.len() >= FULL || by_line && has_line_end {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Writes out what is buffered; what could not be written is dropped.
    ///
    /// # Errors
    /// OSError when writing fails.
    pub(super) fn flush(&mut self) -> Result<()> {
        if self.captured || self.buffer.is_empty() {
            return Ok(());
        }
        let skipped = self.skip.min(self.buffer.len());
        self.skip -= skipped;
        self.buffer.drain(..skipped);
        self.written += self.buffer.len();
        let result = self.target.write(&self.buffer);
        self.buffer.clear();
        result.map_err(|failure| {
            let message = failure.to_string();
            let text = message.split(" (os error").next().unwrap_or_default();
            exc::os_error(failure.raw_os_error().unwrap_or(0), text, None)
        })
    }

    /// Starts keeping output.
    pub(super) fn capture(&mut self) {
        let _lost = self.flush();
        self.captured = true;
    }

    /// Stops keeping output and answers what was kept.
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.captured = false;
        std::mem::take(&mut self.buffer)
    }
}

fn is_surrogate(point: u32) -> bool {
    (0xd800..0xe000).contains(&point)
}

/// A byte that was no UTF-8 when it was read.
fn is_escaped_byte(point: u32) -> bool {
    (0xdc80..0xdd00).contains(&point)
}

/// The error of the codec for the run of surrogates from `start` on.
#[cold]
fn not_encodable(text: &Str, points: &[u32], start: usize) -> Exc {
    let run = points[start..].iter().take_while(|&&point| is_surrogate(point)).count();
    let args = vec![
        Value::str("utf-8"),
        Value::Str(text.clone()),
        Value::Int(start as i64),
        Value::Int((start + run) as i64),
        Value::str("surrogates not allowed"),
    ];
    exc::of_kind("UnicodeEncodeError", args)
}
