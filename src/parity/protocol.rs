//! What pivot asks a worker, and what it answers: the bodies of the frames of docs/parity.md.

use super::case::Case;
use super::form::{Decoder, Form, Malformed, decode, share};

/// Run the case in a module that no earlier case has touched.
pub const RESET: u8 = 1;
/// Lay out the case's files first, and make the files found afterwards part of the outcome.
pub const WATCH_FILES: u8 = 2;
/// Vessel only: call the generic version, whatever the arguments are.
pub const GENERIC: u8 = 4;
/// Vessel only: run parallel loops on two threads, however short they are.
pub const TWO_THREADS: u8 = 8;
/// Vessel only: run parallel loops on one thread more than there are cores, however short they are.
pub const MORE_THREADS: u8 = 32;
/// Oracle only: give a guided call up early.
pub const SHORT: u8 = 16;

/// A request to describe the module; the answer is JSON.
pub fn describe() -> Vec<u8> {
    b"h".to_vec()
}

/// A request to make the next cases calls of this function; there is no answer.
pub fn select(function: &str) -> Vec<u8> {
    let mut body = b"f".to_vec();
    body.extend(function.as_bytes());
    body
}

/// A request to run one case; the answer is its outcome.
pub fn call(case: &Case, flags: u8) -> Vec<u8> {
    request(b'c', case, flags)
}

/// Oracle only: a request to run one case in the reporting copy; the answer is a [`Trail`].
pub fn guide(case: &Case, flags: u8) -> Vec<u8> {
    request(b'g', case, flags)
}

/// Oracle only: a request to call the selected class with the case's arguments; the answer is the instance.
pub fn construct(case: &Case) -> Vec<u8> {
    request(b'n', case, 0)
}

/// The instance in an answer to [`construct`]; `None` where none could be made.
pub fn constructed(answer: &[u8]) -> Option<Form> {
    let form = decode(answer.strip_prefix(b"v")?).ok()?;
    (!form.has_opaque()).then_some(form)
}

/// Vessel only: a request to run one case of the JSON case format; the answer is its outcome as JSON.
pub fn plain_call(line: &str) -> Vec<u8> {
    let mut body = vec![b'j', RESET];
    body.extend(line.as_bytes());
    body
}

fn request(kind: u8, case: &Case, flags: u8) -> Vec<u8> {
    let mut body = vec![kind, flags];
    body.extend(case.encode());
    body
}

/// Marks that an answer carries before its outcome.
const OPAQUE: u8 = 1;
const NATIVELY: u8 = 2;

/// What a call did, as its canonical bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Some part could not be looked into: equal bytes then prove nothing.
    pub opaque: bool,
    /// The vessel's native version went through to its end.
    pub natively: bool,
    pub bytes: Vec<u8>,
}

impl Outcome {
    /// The outcome in an answer.
    ///
    /// # Errors
    /// When the answer is none.
    pub fn of_answer(answer: &[u8]) -> Result<Outcome, Malformed> {
        match answer {
            [b'o', marks, rest @ ..] => Ok(Outcome {
                opaque: *marks & OPAQUE != 0,
                natively: *marks & NATIVELY != 0,
                bytes: rest.to_vec(),
            }),
            _ => Err(Malformed { at: 0 }),
        }
    }

    /// Bytes of the outcome as the worker wrote it; one too long to be sent comes as its digest and its length.
    pub fn size(&self) -> u64 {
        match self.bytes.as_slice() {
            [b'H', digest @ ..] => digest.last_chunk().map_or(0, |length| u64::from_le_bytes(*length)),
            bytes => bytes.len() as u64,
        }
    }

    /// The parts of the outcome.
    ///
    /// # Errors
    /// When the bytes are no outcome, or one that was too long to be sent whole.
    pub fn parts(&self) -> Result<Parts, Malformed> {
        let mut decoder = Decoder::new(&self.bytes);
        let ended = decoder.byte()?;
        if !matches!(ended, b'V' | b'X') {
            return Err(Malformed { at: 0 });
        }
        let value = decoder.value()?;
        let args = decoder.value()?;
        let kwargs = decoder.value()?;
        let printed = decoder.value()?;
        let complained = decoder.value()?;
        let files = if decoder.at < self.bytes.len() {
            decoder.value()?
        } else {
            Form::None
        };
        // One numbering runs through all parts, so sharing is resolved over all of them together.
        let Form::Tuple(parts) = share(Form::Tuple(vec![value, args, kwargs, printed, complained, files])) else {
            unreachable!("sharing keeps a tuple a tuple");
        };
        let [value, args, kwargs, printed, complained, files] = <[Form; 6]>::try_from(parts).expect("six parts");
        Ok(Parts {
            raised: ended == b'X',
            value,
            args,
            kwargs,
            printed,
            complained,
            files,
        })
    }
}

/// An outcome taken apart, for showing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    pub raised: bool,
    /// The result, or the exception.
    pub value: Form,
    pub args: Form,
    pub kwargs: Form,
    pub printed: Form,
    pub complained: Form,
    pub files: Form,
}

/// How a guided call went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trail {
    /// Branches, iterations and calls: how much work it was.
    pub steps: u32,
    pub opened_files: bool,
    /// Empty for a result, the exception's class otherwise, `!slow` for a call that was given up.
    pub end: String,
    /// Branches taken, by number.
    pub branches: Vec<u16>,
}

impl Trail {
    /// The trail in an answer; `None` when the answer is none.
    pub fn of_answer(answer: &[u8]) -> Option<Trail> {
        let rest = answer.strip_prefix(b"g")?;
        let (steps, rest) = rest.split_first_chunk::<4>()?;
        let ([opened, length], rest) = rest.split_first_chunk::<2>()?;
        let (end, rest) = rest.split_at_checked(*length as usize)?;
        Some(Trail {
            steps: u32::from_le_bytes(*steps),
            opened_files: *opened != 0,
            end: String::from_utf8_lossy(end).into_owned(),
            branches: rest
                .chunks_exact(2)
                .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
                .collect(),
        })
    }

    pub fn too_long(&self) -> bool {
        self.end == "!slow"
    }
}
