//! A file with buffers for reading and writing.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};

/// Reads are made in blocks of this size, and writes gathered up to it.
const BLOCK: usize = 8192;

/// An open file. What has been read ahead and what waits to be written never exist at once.
pub struct Raw {
    file: File,
    ahead: Vec<u8>,
    next: usize,
    waiting: Vec<u8>,
}

type Io<T> = std::io::Result<T>;

impl Raw {
    pub fn new(file: File) -> Raw {
        Raw {
            file,
            ahead: Vec::new(),
            next: 0,
            waiting: Vec::new(),
        }
    }

    pub fn file(&self) -> &File {
        &self.file
    }

    /// The next block of bytes; empty at the end of the file.
    pub fn block(&mut self) -> Io<Vec<u8>> {
        self.flush()?;
        if self.next < self.ahead.len() {
            let rest = self.ahead.split_off(self.next);
            self.forget();
            return Ok(rest);
        }
        let mut block = vec![0; BLOCK];
        let count = self.read_some(&mut block)?;
        block.truncate(count);
        Ok(block)
    }

    fn read_some(&mut self, buffer: &mut [u8]) -> Io<usize> {
        loop {
            match self.file.read(buffer) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                result => return result,
            }
        }
    }

    fn fill(&mut self) -> Io<bool> {
        if self.next >= self.ahead.len() {
            self.ahead = self.block()?;
            self.next = 0;
        }
        Ok(self.next < self.ahead.len())
    }

    /// Up to `most` bytes; fewer only at the end of the file.
    pub fn read(&mut self, most: usize) -> Io<Vec<u8>> {
        let mut out = Vec::new();
        while out.len() < most && self.fill()? {
            let end = self.ahead.len().min(self.next.saturating_add(most - out.len()));
            out.extend(&self.ahead[self.next..end]);
            self.next = end;
        }
        Ok(out)
    }

    /// Everything that is left.
    pub fn read_all(&mut self) -> Io<Vec<u8>> {
        self.flush()?;
        let mut out = self.ahead.split_off(self.next.min(self.ahead.len()));
        self.forget();
        self.file.read_to_end(&mut out)?;
        Ok(out)
    }

    /// A line with its end, of at most `most` bytes.
    pub fn line(&mut self, most: usize) -> Io<Vec<u8>> {
        let mut out = Vec::new();
        while out.len() < most && self.fill()? {
            let window = &self.ahead[self.next..self.ahead.len().min(self.next.saturating_add(most - out.len()))];
            let newline = window.iter().position(|&byte| byte == b'\n');
            let take = newline.map_or(window.len(), |at| at + 1);
            out.extend(&window[..take]);
            self.next += take;
            if newline.is_some() {
                break;
            }
        }
        Ok(out)
    }

    /// Takes bytes to be written.
    pub fn write(&mut self, bytes: &[u8]) -> Io<()> {
        if self.next < self.ahead.len() {
            let back = self.ahead.len() - self.next;
            self.file.seek(SeekFrom::Current(-(back as i64)))?;
        }
        self.forget();
        self.waiting.extend(bytes);
        if self.waiting.len() > BLOCK {
            self.flush()
        } else {
            Ok(())
        }
    }

    /// Writes out what waits.
    pub fn flush(&mut self) -> Io<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.waiting);
        self.file.write_all(&waiting)
    }

    fn forget(&mut self) {
        self.ahead.clear();
        self.next = 0;
    }

    /// Goes to a place; gives it counted from the start.
    pub fn seek(&mut self, to: SeekFrom) -> Io<u64> {
        let to = match to {
            SeekFrom::Current(by) => SeekFrom::Start((self.tell()? as i64 + by).max(0) as u64),
            to => to,
        };
        self.flush()?;
        self.forget();
        self.file.seek(to)
    }

    /// The place that the program sees.
    pub fn tell(&mut self) -> Io<u64> {
        let place = self.file.stream_position()?;
        Ok(place - (self.ahead.len() - self.next) as u64 + self.waiting.len() as u64)
    }

    /// Cuts the file, or makes it longer.
    pub fn truncate(&mut self, size: u64) -> Io<()> {
        self.flush()?;
        self.file.set_len(size)
    }
}

impl Drop for Raw {
    /// A file that was not closed is written out when the last name for it goes.
    fn drop(&mut self) {
        let _lost = self.flush();
    }
}
