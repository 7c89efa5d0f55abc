//! A failing case made small: parts are dropped or replaced by simpler ones as long as the two sides still differ.

mod search;

use std::io;

use num_bigint::BigInt;

use super::case::Case;
use super::form::Form;

/// Smaller cases tried together.
const BATCH: usize = 48;
/// How many smaller cases are tried in all.
const MOST_TRIED: usize = 3_000;

/// Answers for several cases at once whether the two sides differ on them.
pub type Fails<'a> = dyn FnMut(&[Case]) -> io::Result<Vec<bool>> + 'a;

/// The smallest case found for which `fails` still holds.
///
/// # Errors
/// Those of `fails`.
pub fn shrink(case: Case, fails: &mut Fails) -> io::Result<Case> {
    let mut best = case;
    let mut tried = 0;
    loop {
        reduce(&mut best, &mut tried, fails)?;
        // A smaller int may make a further part needless; what moved nothing is the end.
        if tried >= MOST_TRIED || !search::settle(&mut best, fails)? {
            return Ok(best);
        }
    }
}

/// Takes simpler cases as long as there are any that fail.
fn reduce(best: &mut Case, tried: &mut usize, fails: &mut Fails) -> io::Result<()> {
    while *tried < MOST_TRIED {
        let weight = weight_of(best);
        let smaller = reductions(best).into_iter().filter(|case| weight_of(case) < weight);
        match first_failing(&smaller.collect::<Vec<_>>(), tried, fails)? {
            Some(found) => *best = found,
            None => break,
        }
    }
    Ok(())
}

fn first_failing(cases: &[Case], tried: &mut usize, fails: &mut Fails) -> io::Result<Option<Case>> {
    for batch in cases.chunks(BATCH) {
        *tried += batch.len();
        let verdicts = fails(batch)?;
        if let Some(at) = verdicts.iter().position(|fails| *fails) {
            return Ok(Some(batch[at].clone()));
        }
        if *tried >= MOST_TRIED {
            break;
        }
    }
    Ok(None)
}

/// How far a case is from the simplest: fewer values first, then shorter and smaller ones.
fn weight_of(case: &Case) -> u64 {
    let args = case.args.iter().chain(case.kwargs.iter().map(|(_, value)| value));
    let files: u64 = case.files.iter().map(|(_, content)| 40 + content.len() as u64).sum();
    args.map(|arg| weight(arg) + 20).sum::<u64>() + case.kwargs.len() as u64 + files
}

fn weight(form: &Form) -> u64 {
    let own = match form {
        Form::None => 1,
        Form::Bool(value) => 2 + u64::from(*value),
        Form::Int(value) => 4 + 2 * value.bits() + u64::from(*value < BigInt::ZERO),
        Form::Float(bits) => float_weight(f64::from_bits(*bits)),
        Form::Str(text) => {
            6 + 4 * text.len() as u64 + text.iter().filter(|byte| !byte.is_ascii_lowercase()).count() as u64
        }
        Form::Bytes(body) | Form::Bytearray(body) => 8 + body.len() as u64,
        Form::Shared(..) => 5,
        _ => 20,
    };
    let mut total = own;
    form.for_each_part(&mut |part| total += weight(part) + 4);
    total
}

fn float_weight(value: f64) -> u64 {
    let plain = value.is_finite() && value.fract() == 0.0 && value.abs() < 1e15;
    let size = if plain {
        (value.abs() as u64).ilog2_or_zero()
    } else {
        64
    };
    6 + 2 * size + u64::from(value.is_sign_negative())
}

trait Size {
    fn ilog2_or_zero(self) -> u64;
}

impl Size for u64 {
    fn ilog2_or_zero(self) -> u64 {
        self.checked_ilog2().map_or(0, |bits| u64::from(bits) + 1)
    }
}

/// Simpler cases, the greatest steps first.
fn reductions(case: &Case) -> Vec<Case> {
    let mut found = Vec::new();
    for at in 0..case.files.len() {
        let mut smaller = case.clone();
        smaller.files.remove(at);
        found.push(smaller);
    }
    for at in (0..case.kwargs.len()).rev() {
        let mut smaller = case.clone();
        let (_, value) = smaller.kwargs.remove(at);
        found.push(smaller.clone());
        // An argument passed by its name says no more than one passed by its place.
        smaller.args.push(value);
        found.push(smaller);
    }
    if !case.args.is_empty() {
        let mut smaller = case.clone();
        smaller.args.pop();
        found.push(smaller);
    }
    for at in 0..case.args.len() {
        for form in simpler(&case.args[at]) {
            let mut smaller = case.clone();
            smaller.args[at] = form;
            found.push(smaller);
        }
    }
    for at in 0..case.kwargs.len() {
        for form in simpler(&case.kwargs[at].1) {
            let mut smaller = case.clone();
            smaller.kwargs[at].1 = form;
            found.push(smaller);
        }
    }
    found
}

/// Simpler values of the same kind, the greatest steps first.
fn simpler(form: &Form) -> Vec<Form> {
    match form {
        Form::Int(value) => simpler_int(value),
        Form::Float(bits) => simpler_float(f64::from_bits(*bits)),
        Form::Bool(true) => vec![Form::Bool(false)],
        Form::Str(text) => simpler_text(text),
        Form::Bytes(body) => halves(body).into_iter().map(Form::Bytes).collect(),
        Form::Bytearray(body) => halves(body).into_iter().map(Form::Bytearray).collect(),
        Form::List(items) => simpler_items(items, Form::List),
        Form::Tuple(items) => simpler_items(items, Form::Tuple),
        Form::Set(items) => simpler_items(items, Form::Set),
        Form::Frozenset(items) => simpler_items(items, Form::Frozenset),
        Form::Deque { longest, items } => simpler_items(items, |items| Form::Deque {
            longest: longest.clone(),
            items,
        }),
        Form::Iterator { items, end } => simpler_items(items, |items| Form::Iterator {
            items,
            end: end.clone(),
        }),
        Form::Dict(pairs) => simpler_dict(pairs),
        Form::Instance {
            class,
            payload,
            attributes,
        } => simpler_instance(class, payload, attributes),
        Form::Shared(label, inner) => {
            let inside = simpler(inner)
                .into_iter()
                .map(|smaller| Form::Shared(*label, Box::new(smaller)));
            std::iter::once((**inner).clone()).chain(inside).collect()
        }
        _ => Vec::new(),
    }
}

fn simpler_int(value: &BigInt) -> Vec<Form> {
    let mut found = vec![BigInt::ZERO, BigInt::from(1), -value, value / 1_000_000_007, value / 2];
    if value.bits() > 64 {
        found.push(BigInt::from(1) << 64);
        found.push(BigInt::from(1) << 63);
    }
    if value.bits() > 20 {
        found.push(BigInt::from(1) << (value.bits() - 1));
    }
    found.push(if *value < BigInt::ZERO { value + 1 } else { value - 1 });
    found.into_iter().map(Form::Int).collect()
}

fn simpler_float(value: f64) -> Vec<Form> {
    let candidates = [
        0.0,
        1.0,
        -value,
        value.trunc(),
        value / 2.0,
        (value * 4.0).round() / 4.0,
        value - 1.0,
    ];
    candidates
        .into_iter()
        .filter(|candidate| !candidate.is_nan())
        .map(Form::float)
        .collect()
}

fn simpler_text(text: &[u8]) -> Vec<Form> {
    let Ok(known) = std::str::from_utf8(text) else {
        return vec![Form::Str(Vec::new())];
    };
    let characters: Vec<char> = known.chars().collect();
    let mut found = vec![String::new()];
    found.extend(halves(&characters).into_iter().map(|part| part.into_iter().collect()));
    for at in 0..characters.len().min(24) {
        if !characters[at].is_ascii_lowercase() {
            let mut plain = characters.clone();
            plain[at] = 'a';
            found.push(plain.into_iter().collect());
        }
    }
    found.into_iter().map(|text| Form::Str(text.into_bytes())).collect()
}

/// Nothing, each half, and (for up to two dozen items) everything but one item.
fn halves<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    let middle = items.len() / 2;
    let mut found = vec![Vec::new()];
    if items.len() > 2 {
        found.extend([items[..middle].to_vec(), items[middle..].to_vec()]);
    }
    for at in 0..items.len().min(24) {
        let mut fewer = items.to_vec();
        fewer.remove(at);
        found.push(fewer);
    }
    found
}

fn simpler_items(items: &[Form], make: impl Fn(Vec<Form>) -> Form) -> Vec<Form> {
    let mut found: Vec<Form> = halves(items).into_iter().map(&make).collect();
    for at in 0..items.len().min(24) {
        for smaller in simpler(&items[at]) {
            let mut items = items.to_vec();
            items[at] = smaller;
            found.push(make(items));
        }
    }
    found
}

fn simpler_dict(pairs: &[(Form, Form)]) -> Vec<Form> {
    let mut found: Vec<Form> = halves(pairs).into_iter().map(Form::Dict).collect();
    for at in 0..pairs.len().min(24) {
        for smaller in simpler(&pairs[at].1) {
            let mut pairs = pairs.to_vec();
            pairs[at].1 = smaller;
            found.push(Form::Dict(pairs));
        }
    }
    found
}

fn simpler_instance(class: &str, payload: &Form, attributes: &[(String, Form)]) -> Vec<Form> {
    let mut found = Vec::new();
    for at in 0..attributes.len() {
        for smaller in simpler(&attributes[at].1) {
            let mut attributes = attributes.to_vec();
            attributes[at].1 = smaller;
            found.push(Form::Instance {
                class: class.to_string(),
                payload: Box::new(payload.clone()),
                attributes,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(case: Vec<Form>, fails: fn(&Case) -> bool, expected: &str) {
        let shrunk = shrink(Case::of_args(case), &mut |cases| Ok(cases.iter().map(fails).collect())).unwrap();
        assert_eq!(shrunk.to_python("f"), expected);
    }

    fn first_list(case: &Case) -> Option<&[Form]> {
        match case.args.first() {
            Some(Form::List(items)) => Some(items),
            _ => None,
        }
    }

    #[test]
    fn one_guilty_item_is_found_in_a_long_list() {
        let mut items: Vec<Form> = (0..200).map(Form::int).collect();
        items[137] = Form::int(1i128 << 80);
        let guilty = |case: &Case| {
            let big = |item: &Form| matches!(item, Form::Int(value) if value.bits() > 63);
            first_list(case).is_some_and(|items| items.iter().any(big))
        };
        check(
            vec![Form::List(items), Form::str("some text")],
            guilty,
            "f([9223372036854775808])",
        );
    }

    #[test]
    fn an_int_is_moved_to_the_very_place_where_the_failure_begins() {
        let guilty = |case: &Case| {
            let beyond =
                |form: &Form| matches!(form, Form::Int(value) if *value >= BigInt::from(9_000_000_123_456_789_i64));
            first_list(case).is_some_and(|items| items.iter().any(beyond))
        };
        let items = vec![Form::int(7), Form::int(1i128 << 90)];
        check(vec![Form::List(items)], guilty, "f([9000000123456789])");
        let below = |case: &Case| matches!(case.args.first(), Some(Form::Int(value)) if *value <= BigInt::from(-4711));
        check(vec![Form::int(-1_000_000)], below, "f(-4711)");
    }

    #[test]
    fn text_shrinks_to_the_character_that_matters() {
        let guilty = |case: &Case| matches!(case.args.first(), Some(Form::Str(text)) if text.contains(&b'%'));
        check(vec![Form::str("Hello 100% World")], guilty, "f('%')");
    }
}
