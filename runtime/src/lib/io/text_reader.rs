//! Decoding a file block by block, with the ends of lines put right.

use super::raw::Raw;
use crate::codec;
use crate::exc::Result;
use crate::lib::io::system_error;
use crate::str::{Str, StrBuf};

/// How line ends are read: `open`'s `newline`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Newlines {
    /// `None`: every kind ends a line and is read as `\n`.
    Universal,
    /// `''`: every kind ends a line and is read as it stands.
    Kept,
    /// `'\n'`, `'\r'`, `'\r\n'`: only this ends a line.
    Only(&'static str),
}

/// Decoded text that the program has not read yet.
pub struct TextReader {
    pub encoding: String,
    pub errors: String,
    pub newlines: Newlines,
    text: Vec<u32>,
    next: usize,
    /// The bytes that `text` came from, and what follows them undecoded.
    bytes: Vec<u8>,
    rest: Vec<u8>,
    ended: bool,
}

impl TextReader {
    pub fn new(encoding: String, errors: String, newlines: Newlines) -> TextReader {
        TextReader {
            encoding,
            errors,
            newlines,
            text: Vec::new(),
            next: 0,
            bytes: Vec::new(),
            rest: Vec::new(),
            ended: false,
        }
    }

    /// True for encodings whose characters may be cut by a block in ways only a whole decode can mend.
    fn is_whole(&self) -> bool {
        let plain: String = self.encoding.to_lowercase().replace(['-', '_'], "");
        !["utf8", "ascii", "usascii", "latin1", "iso88591", "cp1252"].contains(&plain.as_str())
    }

    fn is_utf8(&self) -> bool {
        self.encoding.to_lowercase().replace(['-', '_'], "") == "utf8"
    }

    /// Forgets what was read ahead.
    pub fn clear(&mut self) {
        self.text.clear();
        self.bytes.clear();
        self.rest.clear();
        (self.next, self.ended) = (0, false);
    }

    /// How many bytes of the file were taken but not yet read by the program; None where that cannot be told.
    pub fn unread_bytes(&self) -> Option<usize> {
        if self.is_whole() {
            return None;
        }
        Some(self.bytes.len() - self.bytes_of(self.next) + self.rest.len())
    }

    /// How many bytes the first `count` characters of the block took.
    fn bytes_of(&self, count: usize) -> usize {
        if count == self.text.len() {
            return self.bytes.len();
        }
        let mut place = 0;
        for _ in 0..count {
            let first = self.bytes[place];
            let pair =
                first == b'\r' && self.newlines == Newlines::Universal && self.bytes.get(place + 1) == Some(&b'\n');
            place += match first {
                _ if pair => 2,
                0xc0..=0xdf if self.is_utf8() => 2,
                0xe0..=0xef if self.is_utf8() => 3,
                0xf0..=0xff if self.is_utf8() => 4,
                _ => 1,
            };
        }
        place
    }

    /// Decodes the next block; false at the end of the file.
    fn fill(&mut self, raw: &mut Raw) -> Result<bool> {
        while !self.ended {
            let block = if self.is_whole() { raw.read_all() } else { raw.block() };
            let block = block.map_err(|error| system_error(&error, None))?;
            self.ended = block.is_empty() || self.is_whole();
            let mut bytes = std::mem::take(&mut self.rest);
            bytes.extend(block);
            self.rest = self.split_incomplete(&mut bytes);
            let text = codec::decode(&bytes, &self.encoding, &self.errors)?;
            if !text.is_empty() {
                self.text.drain(..self.next);
                let read = self.bytes_of_kept();
                self.bytes.drain(..read);
                self.next = 0;
                self.text.extend(translated(text.points(), self.newlines));
                self.bytes.extend(bytes);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The bytes of the characters already dropped from `text`.
    fn bytes_of_kept(&self) -> usize {
        if self.text.is_empty() { self.bytes.len() } else { 0 }
    }

    /// Takes off what the end of a block may have cut: part of a character, the first half of `\r\n`.
    fn split_incomplete(&self, bytes: &mut Vec<u8>) -> Vec<u8> {
        if self.ended {
            return Vec::new();
        }
        let mut keep = bytes.len();
        if self.is_utf8() {
            let start = (1..=3.min(keep)).find(|back| bytes[keep - back] & 0xc0 != 0x80);
            if let Some(back) = start {
                let needed = match bytes[keep - back] {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    0xf0..=0xf4 => 4,
                    _ => 1,
                };
                if needed > back {
                    keep -= back;
                }
            }
        }
        if keep == bytes.len() && bytes.last() == Some(&b'\r') && self.newlines != Newlines::Only("\r") {
            keep -= 1;
        }
        bytes.split_off(keep)
    }

    /// Up to `most` characters; all where `most` is None.
    pub fn read(&mut self, raw: &mut Raw, most: Option<usize>) -> Result<Str> {
        if most.is_none() && self.next == self.text.len() && !self.ended {
            return self.read_rest(raw);
        }
        let mut out = StrBuf::new();
        loop {
            let left = self.text.len() - self.next;
            let take = most.map_or(left, |most| left.min(most - out.len()));
            out.push_points(&self.text[self.next..self.next + take]);
            self.next += take;
            if most.is_some_and(|most| out.len() >= most) || !self.fill(raw)? {
                return Ok(out.finish());
            }
        }
    }

    /// All the rest in one decode, as CPython reads it: places in complaints count from here.
    fn read_rest(&mut self, raw: &mut Raw) -> Result<Str> {
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend(raw.read_all().map_err(|error| system_error(&error, None))?);
        self.clear();
        self.ended = true;
        let text = codec::decode(&bytes, &self.encoding, &self.errors)?;
        if self.newlines != Newlines::Universal || !text.points().contains(&13) {
            return Ok(text);
        }
        Ok(Str::from_code_points(&translated(text.points(), self.newlines)))
    }

    /// The next line with its end, of at most `most` characters; empty at the end of the file.
    pub fn line(&mut self, raw: &mut Raw, most: usize) -> Result<Str> {
        let mut out: Vec<u32> = Vec::new();
        loop {
            let window = &self.text[self.next..];
            let end = line_end(window, self.newlines);
            let take = end.unwrap_or(window.len()).min(most - out.len());
            out.extend(&window[..take]);
            self.next += take;
            let done = end == Some(take) || out.len() >= most;
            if done || !self.fill(raw)? {
                return Ok(Str::from_code_points(&out));
            }
        }
    }
}

/// How many characters the first line takes, its end included; None where no end is in sight.
pub fn line_end(text: &[u32], newlines: Newlines) -> Option<usize> {
    match newlines {
        Newlines::Universal | Newlines::Only("\n") => text.iter().position(|&c| c == 10).map(|at| at + 1),
        Newlines::Kept => {
            let at = text.iter().position(|&c| c == 10 || c == 13)?;
            Some(if text[at] == 13 && text.get(at + 1) == Some(&10) {
                at + 2
            } else {
                at + 1
            })
        }
        Newlines::Only("\r") => text.iter().position(|&c| c == 13).map(|at| at + 1),
        Newlines::Only(_) => text.windows(2).position(|pair| pair == [13, 10]).map(|at| at + 2),
    }
}

/// Text with every kind of line end as `\n`, where that is asked for.
pub fn translated(text: Vec<u32>, newlines: Newlines) -> Vec<u32> {
    if newlines != Newlines::Universal || !text.contains(&13) {
        return text;
    }
    let mut out = Vec::with_capacity(text.len());
    let mut before = 0;
    for c in text {
        match c {
            13 => out.push(10),
            10 if before == 13 => {}
            c => out.push(c),
        }
        before = c;
    }
    out
}
