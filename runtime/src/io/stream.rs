//! A standard output stream: buffered, or captured.

use std::io::Write;

use crate::str::{Str, Text};

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
    target: fn() -> Box<dyn Write>,
}

impl Stream {
    pub(super) const fn new(target: fn() -> Box<dyn Write>) -> Stream {
        Stream {
            buffer: Vec::new(),
            captured: false,
            trial: None,
            written: 0,
            skip: 0,
            target,
        }
    }

    /// Appends text as UTF-8; a lone surrogate is written as `\udcXX` bytes were read: escaped.
    pub(super) fn write(&mut self, text: &Str) {
        match text.text() {
            Text::Ascii(bytes) => self.buffer.extend_from_slice(bytes),
            Text::Wide(points) => points.iter().for_each(|&point| self.push_point(point)),
        }
        self.flush_when_full();
    }

    /// Appends bytes as they are.
    pub(super) fn write_bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        self.flush_when_full();
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
        self.flush();
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

    fn flush_when_full(&mut self) {
        if self.buffer.len() >= FULL && !self.captured {
            self.flush();
        }
    }

    /// Writes out what is buffered. A closed pipe swallows it, as at CPython's exit.
    pub(super) fn flush(&mut self) {
        if self.captured || self.buffer.is_empty() {
            return;
        }
        let skipped = self.skip.min(self.buffer.len());
        self.skip -= skipped;
        self.buffer.drain(..skipped);
        self.written += self.buffer.len();
        let mut target = (self.target)();
        let _closed_pipe = target.write_all(&self.buffer).and_then(|()| target.flush());
        self.buffer.clear();
    }

    /// Starts keeping output.
    pub(super) fn capture(&mut self) {
        self.flush();
        self.captured = true;
    }

    /// Stops keeping output and answers what was kept.
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.captured = false;
        std::mem::take(&mut self.buffer)
    }
}
