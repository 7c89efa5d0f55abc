//! [`Form`] as Python text that can be pasted.

use super::{End, Form, Raised};

/// Text longer than this is cut, with the number of characters left out.
const LONGEST: usize = 4_000;

/// A Python expression for the value. Shared objects are written out at each meeting; parts that no expression
/// makes are written in angle brackets.
pub fn to_python(form: &Form) -> String {
    let mut out = String::new();
    write(form, &mut out);
    if out.len() > LONGEST {
        let cut = (0..=LONGEST).rev().find(|at| out.is_char_boundary(*at)).unwrap_or(0);
        let left = out[cut..].chars().count();
        out.truncate(cut);
        out.push_str(&format!("... ({left} more characters)"));
    }
    out
}

fn write(form: &Form, out: &mut String) {
    if out.len() > LONGEST {
        return;
    }
    match form {
        Form::None => out.push_str("None"),
        Form::Bool(value) => out.push_str(if *value { "True" } else { "False" }),
        Form::Int(value) => out.push_str(&value.to_string()),
        Form::Float(bits) => out.push_str(&float(f64::from_bits(*bits))),
        Form::Complex(real, imag) => write_complex(*real, *imag, out),
        Form::Str(text) => write_str(text, out),
        Form::Bytes(body) => write_bytes(body, out),
        Form::Bytearray(body) => wrapped("bytearray(", ")", out, |out| write_bytes(body, out)),
        Form::Named(name) => out.push_str(name.trim_start_matches('.')),
        Form::Member { class, name } => out.push_str(&format!("{}.{name}", class.trim_start_matches('.'))),
        Form::Ellipsis => out.push_str("..."),
        Form::NotImplemented => out.push_str("NotImplemented"),
        Form::Opaque(name) => out.push_str(&format!("<{name}>")),
        Form::Shared(_, inner) => write(inner, out),
        Form::Again(_) => out.push_str("<itself>"),
        _ => write_compound(form, out),
    }
}

fn write_compound(form: &Form, out: &mut String) {
    match form {
        Form::List(items) => wrapped("[", "]", out, |out| write_items(items, out)),
        Form::Tuple(items) if items.len() == 1 => wrapped("(", ",)", out, |out| write_items(items, out)),
        Form::Tuple(items) => wrapped("(", ")", out, |out| write_items(items, out)),
        Form::Set(items) if items.is_empty() => out.push_str("set()"),
        Form::Set(items) => wrapped("{", "}", out, |out| write_items(items, out)),
        Form::Frozenset(items) => wrapped("frozenset([", "])", out, |out| write_items(items, out)),
        Form::Dict(pairs) => wrapped("{", "}", out, |out| write_pairs(pairs, out)),
        Form::Deque { longest, items } => {
            wrapped("collections.deque(", ")", out, |out| write_deque(longest, items, out))
        }
        Form::Range(parts) => wrapped("range(", ")", out, |out| write_items(&parts[..], out)),
        Form::Slice(parts) => wrapped("slice(", ")", out, |out| write_items(&parts[..], out)),
        Form::View(kind, items) => {
            let name = [("k", "keys"), ("v", "values"), ("i", "items")];
            let name = name
                .iter()
                .find(|(letter, _)| letter.as_bytes()[0] == *kind)
                .map_or("view", |(_, name)| name);
            wrapped(&format!("dict_{name}(["), "])", out, |out| write_items(items, out));
        }
        Form::Iterator { items, end } => wrapped("iter([", "])", out, |out| {
            write_items(items, out);
            write_end(end, out);
        }),
        Form::Instance {
            class,
            payload,
            attributes,
        } => write_instance(class, payload, attributes, out),
        Form::Rebuilt { class, args } => {
            out.push_str(class.trim_start_matches('.'));
            write(args, out);
        }
        Form::Exception(raised) => write_exception(raised, out),
        _ => unreachable!("every other form is written by `write`"),
    }
}

fn wrapped(open: &str, close: &str, out: &mut String, inside: impl FnOnce(&mut String)) {
    out.push_str(open);
    inside(out);
    out.push_str(close);
}

fn write_items(items: &[Form], out: &mut String) {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write(item, out);
    }
}

fn write_pairs(pairs: &[(Form, Form)], out: &mut String) {
    for (i, (key, value)) in pairs.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write(key, out);
        out.push_str(": ");
        write(value, out);
    }
}

fn write_deque(longest: &Form, items: &[Form], out: &mut String) {
    wrapped("[", "]", out, |out| write_items(items, out));
    if *longest != Form::None {
        out.push_str(", ");
        write(longest, out);
    }
}

fn write_end(end: &End, out: &mut String) {
    match end {
        End::Exhausted => {}
        End::Unread => out.push_str(", ..."),
        End::Raised(error) => {
            out.push_str(", <raises ");
            write(error, out);
            out.push('>');
        }
    }
}

fn write_instance(class: &str, payload: &Form, attributes: &[(String, Form)], out: &mut String) {
    out.push_str(class.trim_start_matches('.'));
    out.push('(');
    if *payload != Form::None {
        write(payload, out);
    }
    for (i, (name, value)) in attributes.iter().enumerate() {
        if i > 0 || *payload != Form::None {
            out.push_str(", ");
        }
        out.push_str(name);
        out.push('=');
        write(value, out);
    }
    out.push(')');
}

fn write_exception(raised: &Raised, out: &mut String) {
    out.push_str(raised.class.trim_start_matches('.'));
    match &raised.args {
        args @ Form::Tuple(items) if items.len() != 1 => write(args, out),
        Form::Tuple(items) => wrapped("(", ")", out, |out| write_items(items, out)),
        args => write(args, out),
    }
}

/// CPython's `repr` of a float; infinities and NaN as the calls that make them.
fn float(value: f64) -> String {
    if value.is_nan() {
        return "float('nan')".to_string();
    }
    if value.is_infinite() {
        return format!("float('{}inf')", if value < 0.0 { "-" } else { "" });
    }
    let text = format!("{value:?}");
    // Rust leaves out what Python writes: the sign of a positive exponent and its second digit.
    let Some((digits, exponent)) = text.split_once('e') else {
        return text;
    };
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    let (sign, number) = exponent
        .strip_prefix('-')
        .map_or(('+', exponent), |number| ('-', number));
    format!("{digits}e{sign}{number:0>2}")
}

fn write_complex(real: u64, imag: u64, out: &mut String) {
    out.push_str(&format!(
        "complex({}, {})",
        float(f64::from_bits(real)),
        float(f64::from_bits(imag))
    ));
}

fn write_str(text: &[u8], out: &mut String) {
    out.push('\'');
    for part in text.utf8_chunks() {
        part.valid().chars().for_each(|character| write_char(character, out));
        // What is no UTF-8 is a lone surrogate, three bytes of which the chunks give one or two at a time.
        write_surrogate(part.invalid(), text, out);
    }
    out.push('\'');
}

fn write_char(character: char, out: &mut String) {
    match character {
        '\'' => out.push_str("\\'"),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        c if (c as u32) < 0x20 || (0x7F..0xA0).contains(&(c as u32)) => out.push_str(&format!("\\x{:02x}", c as u32)),
        c if c.is_ascii() || c.is_alphanumeric() => out.push(c),
        c if (c as u32) < 0x1_0000 => out.push_str(&format!("\\u{:04x}", c as u32)),
        c => out.push_str(&format!("\\U{:08x}", c as u32)),
    }
}

fn write_surrogate(invalid: &[u8], text: &[u8], out: &mut String) {
    if invalid.first() != Some(&0xED) {
        return;
    }
    let at = invalid.as_ptr() as usize - text.as_ptr() as usize;
    if let Some([first, second, third]) = text.get(at..at + 3) {
        let code = (u32::from(first & 0xF) << 12) | (u32::from(second & 0x3F) << 6) | u32::from(third & 0x3F);
        out.push_str(&format!("\\u{code:04x}"));
    }
}

fn write_bytes(body: &[u8], out: &mut String) {
    out.push_str("b'");
    for byte in body {
        match byte {
            b'\'' => out.push_str("\\'"),
            b'\\' => out.push_str("\\\\"),
            0x20..=0x7E => out.push(*byte as char),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte => out.push_str(&format!("\\x{byte:02x}")),
        }
    }
    out.push('\'');
}

#[cfg(test)]
mod tests {
    use super::super::{decode, encode};
    use super::*;

    fn check(form: Form, expected: &str) {
        assert_eq!(to_python(&form), expected);
        assert_eq!(
            decode(&encode(&form)).as_ref(),
            Ok(&form),
            "{expected} comes back from its bytes"
        );
    }

    #[test]
    fn values_read_as_python() {
        check(Form::float(1e22), "1e+22");
        check(Form::float(1.5e-7), "1.5e-07");
        check(Form::float(-0.0), "-0.0");
        check(Form::float(f64::NAN), "float('nan')");
        check(Form::Str(b"a'\xed\xa0\x80\n".to_vec()), "'a\\'\\ud800\\n'");
        check(Form::Tuple(vec![Form::Bool(true)]), "(True,)");
        check(
            Form::Dict(vec![(Form::str("k"), Form::List(vec![Form::None]))]),
            "{'k': [None]}",
        );
        check(
            Form::Deque {
                longest: Box::new(Form::int(3)),
                items: vec![],
            },
            "collections.deque([], 3)",
        );
    }

    #[test]
    fn sharing_survives_the_bytes() {
        let inner = Form::Shared(1, Box::new(Form::List(vec![Form::int(1)])));
        check(Form::List(vec![inner.clone(), inner]), "[[1], [1]]");
        let cycle = Form::Shared(0, Box::new(Form::List(vec![Form::Again(0)])));
        check(cycle, "[<itself>]");
    }

    #[test]
    fn cut_bytes_are_refused() {
        let whole = encode(&Form::List(vec![Form::str("abc"), Form::int(1i64 << 40)]));
        for end in 0..whole.len() {
            assert!(decode(&whole[..end]).is_err());
        }
    }
}
