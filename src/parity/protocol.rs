//! What pivot asks a worker, and what it answers: the bodies of the frames of docs/parity.md.

use sha2::{Digest, Sha256};

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
/// Oracle only: the case is written as CPython's `marshal` reads it.
const BRIEF: u8 = 64;

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

/// Vessel only: a request to run one case; the answer is its outcome.
pub fn call(case: &Case, flags: u8) -> Vec<u8> {
    let mut body = vec![b'c', flags];
    body.extend(case.encode());
    body
}

/// Oracle only: a request to run one case; the answer is its outcome.
pub fn decide(case: &Case, flags: u8) -> Vec<u8> {
    to_oracle(b'c', case, flags)
}

/// Oracle only: a request to run one case in the reporting copy; the answer is a [`Trail`].
pub fn guide(case: &Case, flags: u8) -> Vec<u8> {
    to_oracle(b'g', case, flags)
}

/// Oracle only: a request to call the selected class with the case's arguments; the answer is the instance.
pub fn construct(case: &Case) -> Vec<u8> {
    to_oracle(b'n', case, 0)
}

/// Oracle only: a request to run one case and to note what it calls; the answer are its arguments afterwards.
pub fn rehearse(case: &Case) -> Vec<u8> {
    to_oracle(b'r', case, 0)
}

/// The arguments in an answer to [`rehearse`], where they can be made again.
pub fn left(answer: &[u8]) -> Option<Vec<Form>> {
    let form = decode(answer.strip_prefix(b"r")?).ok()?;
    match form {
        Form::Tuple(args) if !args.iter().any(Form::has_opaque) => Some(args),
        _ => None,
    }
}

/// Oracle only: a request for what was noted since the last such request; the answer is JSON.
pub fn noticed() -> Vec<u8> {
    b"k".to_vec()
}

fn to_oracle(kind: u8, case: &Case, flags: u8) -> Vec<u8> {
    let mut body = vec![kind, flags | BRIEF];
    if case.marshal(&mut body).is_none() {
        body = vec![kind, flags];
        body.extend(case.encode());
    }
    body
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

/// Marks that an answer carries before its outcome.
const OPAQUE: u8 = 1;
const NATIVELY: u8 = 2;
/// Set here, in what is held of a long outcome.
const ADDRESS: u8 = 4;

/// Outcomes of more bytes than this are held by their digest: a proof has thousands of them.
const HELD: usize = 1 << 12;

/// A long outcome by its digest and length, as workers write those that are too long to be sent; any other answer as it is.
pub fn abridged(answer: Vec<u8>) -> Vec<u8> {
    let [b'o', marks, kind, ..] = answer[..] else {
        return answer;
    };
    if answer.len() <= HELD || kind == b'H' {
        return answer;
    }
    // How the answer came about is no part of the outcome.
    let mut hasher = Sha256::new();
    hasher.update([b'o', marks & OPAQUE]);
    hasher.update(&answer[2..]);
    let address = if tells_address(&answer) { ADDRESS } else { 0 };
    let mut short = vec![b'o', marks | address, b'H'];
    short.extend(hasher.finalize());
    short.extend((answer.len() as u64).to_le_bytes());
    short
}

/// Whether there is something like ` at 0x7f83dc294410` in the bytes.
fn tells_address(bytes: &[u8]) -> bool {
    const BEFORE: &[u8] = b" at 0x";
    const LEAST: usize = 8;
    let places = bytes
        .windows(BEFORE.len())
        .enumerate()
        .filter(|(_, window)| *window == BEFORE);
    let mut after = places.map(|(at, _)| &bytes[at + BEFORE.len()..]);
    after.any(|rest| rest.len() >= LEAST && rest[..LEAST].iter().all(u8::is_ascii_hexdigit))
}

/// What a call did, as its canonical bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Some part could not be looked into: equal bytes then prove nothing.
    pub opaque: bool,
    /// The vessel's native version went through to its end.
    pub natively: bool,
    /// It was found to tell an address before it was abridged.
    address: bool,
    pub bytes: Vec<u8>,
}

impl Outcome {
    /// Some text in it tells where an object stands in memory, as the `repr` of an object without one of its own does:
    /// no two runs agree on it.
    pub fn tells_address(&self) -> bool {
        self.address || tells_address(&self.bytes)
    }

    /// The outcome in an answer.
    ///
    /// # Errors
    /// When the answer is none.
    pub fn of_answer(answer: &[u8]) -> Result<Outcome, Malformed> {
        match answer {
            [b'o', marks, rest @ ..] => Ok(Outcome {
                opaque: *marks & OPAQUE != 0,
                natively: *marks & NATIVELY != 0,
                address: *marks & ADDRESS != 0,
                bytes: rest.to_vec(),
            }),
            _ => Err(Malformed { at: 0 }),
        }
    }

    /// Bytes of the outcome as the worker wrote it; a long one is held as its digest and its length.
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
    /// Iterations and calls: how much work it was.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_from_other_text() {
        let tells = |text: &str, length: usize| {
            let answer = [b"o\0Vs", text.as_bytes(), &vec![b' '; length]].concat();
            Outcome::of_answer(&abridged(answer)).unwrap().tells_address()
        };
        for length in [0, 5000] {
            assert!(tells("<shop.Item object at 0x7f83dc294410>", length));
            assert!(!tells("the byte at 0x7f is odd", length));
        }
    }

    #[test]
    fn long_answers_are_held_by_their_digest_and_marks_do_not_change_it() {
        let answer = |marks: u8, length: usize| [&[b'o', marks, b'V'][..], &vec![7; length]].concat();
        assert_eq!(abridged(answer(NATIVELY, 10)), answer(NATIVELY, 10));
        let [plain, natively] = [0, NATIVELY].map(|marks| Outcome::of_answer(&abridged(answer(marks, 5000))).unwrap());
        assert_eq!((&plain.bytes, plain.size()), (&natively.bytes, 5003));
        assert!(natively.natively && natively.bytes.len() < 50);
        let other = Outcome::of_answer(&abridged(answer(0, 5001))).unwrap();
        assert_ne!(plain.bytes, other.bytes);
        assert_eq!(abridged(vec![b'{'; 9000]).len(), 9000, "no outcome");
    }
}
