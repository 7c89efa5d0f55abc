//! [`Form`] to canonical bytes; docs/parity.md lists every tag.

use std::collections::HashMap;

use num_bigint::BigInt;

use super::{End, Form, Raised};

/// The canonical bytes of one value.
pub fn encode(form: &Form) -> Vec<u8> {
    let mut encoder = Encoder::default();
    encoder.put(form);
    encoder.out
}

/// Writes several values that may share objects into one run of bytes.
#[derive(Debug, Default)]
pub struct Encoder {
    pub out: Vec<u8>,
    /// How many numbered objects were written.
    numbered: u32,
    /// The number that each label's object got.
    labels: HashMap<u32, u32>,
}

impl Encoder {
    /// Appends the encoding of a value.
    pub fn put(&mut self, form: &Form) {
        match form {
            Form::None => self.out.push(b'N'),
            Form::Bool(value) => self.out.push(if *value { b'T' } else { b'F' }),
            Form::Int(value) => self.put_int(value),
            Form::Float(bits) => self.put_word(b'f', *bits),
            Form::Complex(real, imag) => {
                self.out.push(b'c');
                self.put_word(b'f', *real);
                self.put_word(b'f', *imag);
            }
            Form::Str(text) => self.put_body(b's', text),
            Form::Bytes(body) => self.put_body(b'b', body),
            Form::Bytearray(body) => {
                self.numbered += 1;
                self.put_body(b'a', body);
            }
            Form::Named(name) => self.put_body(b'n', name.as_bytes()),
            Form::Opaque(name) => self.put_body(b'?', name.as_bytes()),
            Form::Member { class, name } => {
                self.put_body(b'e', class.as_bytes());
                self.put_body(b's', name.as_bytes());
            }
            Form::Ellipsis => self.out.push(b'D'),
            Form::NotImplemented => self.out.push(b'M'),
            Form::Shared(label, inner) => self.put_shared(*label, inner),
            Form::Again(label) => self.put_reference(*label),
            _ => self.put_compound(form),
        }
    }

    fn put_compound(&mut self, form: &Form) {
        match form {
            Form::List(items) => self.put_numbered_items(b'l', items),
            Form::Set(items) => self.put_numbered_items(b'S', items),
            Form::Tuple(items) => self.put_items(b't', items),
            Form::Frozenset(items) => self.put_items(b'Z', items),
            Form::Dict(pairs) => {
                self.numbered += 1;
                self.put_pairs(pairs);
            }
            Form::Deque { longest, items } => {
                self.numbered += 1;
                self.out.push(b'q');
                self.put(longest);
                self.put_items(b'l', items);
            }
            Form::Range(parts) => self.put_parts(b'r', parts),
            Form::Slice(parts) => self.put_parts(b'L', parts),
            Form::View(kind, items) => {
                self.out.extend([b'v', *kind]);
                self.put_items(b'l', items);
            }
            Form::Iterator { items, end } => self.put_iterator(items, end),
            Form::Instance {
                class,
                payload,
                attributes,
            } => self.put_instance(class, payload, attributes),
            Form::Rebuilt { class, args } => {
                self.put_body(b'p', class.as_bytes());
                self.put(args);
            }
            Form::Exception(raised) => self.put_exception(raised),
            _ => unreachable!("every other form is written by `put`"),
        }
    }

    fn put_word(&mut self, tag: u8, word: u64) {
        self.out.push(tag);
        self.out.extend(word.to_le_bytes());
    }

    /// Appends a tag and a count; what is counted comes next.
    pub fn put_count(&mut self, tag: u8, count: usize) {
        self.out.push(tag);
        self.out.extend(
            u32::try_from(count)
                .expect("no part of a case has four thousand million parts")
                .to_le_bytes(),
        );
    }

    fn put_body(&mut self, tag: u8, body: &[u8]) {
        self.put_count(tag, body.len());
        self.out.extend(body);
    }

    fn put_int(&mut self, value: &BigInt) {
        match i64::try_from(value) {
            Ok(small) => self.put_word(b'i', small as u64),
            Err(_) => self.put_body(b'I', &value.to_signed_bytes_le()),
        }
    }

    /// Appends values that something without a number of its own is made of.
    pub fn put_items(&mut self, tag: u8, items: &[Form]) {
        self.put_count(tag, items.len());
        items.iter().for_each(|item| self.put(item));
    }

    fn put_numbered_items(&mut self, tag: u8, items: &[Form]) {
        self.numbered += 1;
        self.put_items(tag, items);
    }

    fn put_pairs(&mut self, pairs: &[(Form, Form)]) {
        self.put_count(b'd', pairs.len());
        for (key, value) in pairs {
            self.put(key);
            self.put(value);
        }
    }

    fn put_parts(&mut self, tag: u8, parts: &[Form; 3]) {
        self.out.push(tag);
        parts.iter().for_each(|part| self.put(part));
    }

    fn put_iterator(&mut self, items: &[Form], end: &End) {
        self.numbered += 1;
        self.put_items(b'g', items);
        match end {
            End::Exhausted => self.out.push(b'.'),
            End::Unread => self.put_body(b'?', b""),
            End::Raised(error) => self.put(error),
        }
    }

    /// The payload of an instance is part of it, so a container there has no number of its own.
    fn put_instance(&mut self, class: &str, payload: &Form, attributes: &[(String, Form)]) {
        self.numbered += 1;
        self.put_body(b'o', class.as_bytes());
        match payload {
            Form::List(items) => self.put_items(b'l', items),
            Form::Set(items) => self.put_items(b'S', items),
            Form::Dict(pairs) => self.put_pairs(pairs),
            Form::Bytearray(body) => self.put_body(b'a', body),
            other => self.put(other),
        }
        self.put_attributes(attributes);
    }

    fn put_exception(&mut self, raised: &Raised) {
        self.numbered += 1;
        self.put_body(b'x', raised.class.as_bytes());
        self.put(&raised.args);
        self.put_body(b's', &raised.message);
        self.put(&raised.cause);
        self.put_attributes(&raised.attributes);
    }

    fn put_attributes(&mut self, attributes: &[(String, Form)]) {
        self.put_count(b'A', attributes.len());
        for (name, value) in attributes {
            self.put_body(b's', name.as_bytes());
            self.put(value);
        }
    }

    fn put_shared(&mut self, label: u32, inner: &Form) {
        if !inner.has_identity() {
            self.put(inner);
        } else if self.labels.contains_key(&label) {
            self.put_reference(label);
        } else {
            self.labels.insert(label, self.numbered);
            self.put(inner);
        }
    }

    fn put_reference(&mut self, label: u32) {
        // A meeting without a first one is a case cut in two by shrinking: its object is gone.
        match self.labels.get(&label) {
            Some(number) => self.put_count(b'R', *number as usize),
            None => self.out.push(b'N'),
        }
    }
}
