//! [`Form`] as CPython's own `marshal` reads it, for the plain values that most cases are made of: its C code rebuilds
//! them many times as fast as Python code can rebuild canonical bytes.
//!
//! The format is that of `Python/marshal.c` of CPython 3.11. An object that is met again carries a flag at its first
//! meeting; flagged objects are numbered as they are met.

use std::collections::HashMap;

use num_bigint::{BigInt, Sign};

use super::Form;

/// Set in the tag of an object that is met again.
const KEPT: u8 = 0x80;
/// Bits in a digit of a long int.
const DIGIT: u64 = 15;

/// Appends the bytes of a tuple: of the tuple of `args`, and `more`. `None` where some part is no plain value; what stands
/// in `out` is then of no use.
pub fn marshal(args: &[Form], more: [&Form; 2], out: &mut Vec<u8>) -> Option<()> {
    let mut writer = Writer {
        out,
        kept: HashMap::new(),
    };
    writer.put_count(b'(', 1 + more.len())?;
    writer.put_items(b'(', args)?;
    more.iter().try_for_each(|form| writer.put(form, 0))
}

struct Writer<'a> {
    out: &'a mut Vec<u8>,
    /// Numbers of the objects that are met again, by label.
    kept: HashMap<u32, u32>,
}

impl Writer<'_> {
    /// Writes the value with `flag` in its tag.
    fn put(&mut self, form: &Form, flag: u8) -> Option<()> {
        match form {
            Form::None => self.out.push(b'N'),
            Form::Bool(true) => self.out.push(b'T'),
            Form::Bool(false) => self.out.push(b'F'),
            Form::Ellipsis => self.out.push(b'.'),
            Form::Int(value) => self.put_int(value)?,
            Form::Float(bits) => self.put_words(b'g', &[*bits]),
            Form::Complex(real, imag) => self.put_words(b'y', &[*real, *imag]),
            Form::Str(text) => self.put_body(b'u', text)?,
            Form::Bytes(body) => self.put_body(b's', body)?,
            Form::List(items) => self.put_items(b'[' | flag, items)?,
            Form::Tuple(items) => self.put_items(b'(', items)?,
            Form::Set(items) => self.put_items(b'<' | flag, items)?,
            Form::Frozenset(items) => self.put_items(b'>', items)?,
            Form::Dict(pairs) => self.put_pairs(b'{' | flag, pairs)?,
            Form::Shared(label, inner) => self.put_shared(*label, inner)?,
            Form::Again(label) => self.put_again(*label)?,
            _ => return None,
        }
        Some(())
    }

    fn put_count(&mut self, tag: u8, count: usize) -> Option<()> {
        self.out.push(tag);
        self.out.extend(i32::try_from(count).ok()?.to_le_bytes());
        Some(())
    }

    fn put_body(&mut self, tag: u8, body: &[u8]) -> Option<()> {
        self.put_count(tag, body.len())?;
        self.out.extend(body);
        Some(())
    }

    fn put_words(&mut self, tag: u8, words: &[u64]) {
        self.out.push(tag);
        words.iter().for_each(|word| self.out.extend(word.to_le_bytes()));
    }

    fn put_int(&mut self, value: &BigInt) -> Option<()> {
        if let Ok(small) = i32::try_from(value) {
            self.out.push(b'i');
            self.out.extend(small.to_le_bytes());
            return Some(());
        }
        let digits = digits(value);
        let count = i32::try_from(digits.len()).ok()?;
        let signed = if value.sign() == Sign::Minus { -count } else { count };
        self.out.push(b'l');
        self.out.extend(signed.to_le_bytes());
        digits.iter().for_each(|digit| self.out.extend(digit.to_le_bytes()));
        Some(())
    }

    fn put_items(&mut self, tag: u8, items: &[Form]) -> Option<()> {
        self.put_count(tag, items.len())?;
        items.iter().try_for_each(|item| self.put(item, 0))
    }

    fn put_pairs(&mut self, tag: u8, pairs: &[(Form, Form)]) -> Option<()> {
        self.out.push(tag);
        for (key, value) in pairs {
            self.put(key, 0)?;
            self.put(value, 0)?;
        }
        // No key begins with this.
        self.out.push(b'0');
        Some(())
    }

    fn put_shared(&mut self, label: u32, inner: &Form) -> Option<()> {
        if !inner.has_identity() {
            return self.put(inner, 0);
        }
        if self.kept.contains_key(&label) {
            return self.put_again(label);
        }
        self.kept.insert(label, self.kept.len() as u32);
        self.put(inner, KEPT)
    }

    fn put_again(&mut self, label: u32) -> Option<()> {
        let number = *self.kept.get(&label)?;
        self.out.push(b'r');
        self.out.extend(number.to_le_bytes());
        Some(())
    }
}

/// The int without its sign in digits of fifteen bits, the smallest first.
fn digits(value: &BigInt) -> Vec<u16> {
    let mut digits = Vec::new();
    let (mut waiting, mut bits) = (0u64, 0);
    for word in value.iter_u32_digits() {
        waiting |= u64::from(word) << bits;
        bits += 32;
        while bits >= DIGIT {
            digits.push((waiting & ((1 << DIGIT) - 1)) as u16);
            waiting >>= DIGIT;
            bits -= DIGIT;
        }
    }
    digits.push(waiting as u16);
    while digits.last() == Some(&0) {
        digits.pop();
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parity::form::to_python;
    use std::io::Write;
    use std::process::{Command, Stdio};

    fn plain(form: &Form) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        marshal(std::slice::from_ref(form), [&Form::None, &Form::None], &mut out)?;
        Some(out)
    }

    /// What CPython reads from the bytes.
    fn read_back(form: &Form) -> String {
        let program = "import marshal, sys; v, _, _ = marshal.loads(sys.stdin.buffer.read()); print(ascii(v[0]))";
        let mut python = Command::new("python3")
            .args(["-c", program])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let bytes = plain(form).expect("plain");
        python.stdin.take().unwrap().write_all(&bytes).unwrap();
        let output = python.wait_with_output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim_end().to_string()
    }

    #[test]
    fn cpython_reads_back_what_was_written() {
        let big: BigInt = BigInt::from(1) << 64;
        let ints = [0, -1, 1 << 30, i64::from(i32::MAX) + 1, i64::MIN].map(Form::int);
        let values = Form::List(vec![
            Form::None,
            Form::Bool(true),
            Form::Ellipsis,
            Form::Tuple(ints.to_vec()),
            Form::Int(big),
            Form::Int(BigInt::from(1) - (BigInt::from(1) << 264)),
            Form::float(-0.0),
            Form::Complex(1.5f64.to_bits(), 0),
            Form::Bytes(b"\0a".to_vec()),
            Form::Dict(vec![(Form::str("k"), Form::Set(vec![Form::int(3)]))]),
        ]);
        let expected = to_python(&values).replace("...", "Ellipsis");
        assert_eq!(read_back(&values), expected.replace("complex(1.5, 0.0)", "(1.5+0j)"));
        let text = Form::Str(b"a\xED\xA0\x80\xC3\xA9".to_vec());
        assert_eq!(read_back(&text), r"'a\ud800\xe9'");
    }

    #[test]
    fn an_object_that_is_met_twice_is_one_object() {
        let shared = |label| Form::Shared(label, Box::new(Form::List(vec![Form::Again(label)])));
        let value = Form::Tuple(vec![shared(7), shared(9), shared(7)]);
        assert_eq!(read_back(&value), "([[...]], [[...]], [[...]])");
        let bytes = plain(&value).unwrap();
        assert!(bytes.ends_with(b"r\0\0\0\0NN"), "the third is the first");
        assert_eq!(bytes.iter().filter(|byte| **byte == b'[' | KEPT).count(), 2);
    }

    #[test]
    fn what_has_a_class_of_its_own_is_left_to_canonical_bytes() {
        assert_eq!(plain(&Form::Bytearray(Vec::new())), None);
        assert_eq!(plain(&Form::List(vec![Form::Named("abs".to_string())])), None);
    }
}
