//! Small changes to a value that a function is known to take.

use num_bigint::BigInt;

use super::boundary;
use super::generate::Generator;
use crate::parity::form::Form;

/// Changes one part of the value, chosen anywhere inside it.
pub fn mutate(form: &mut Form, make: &mut Generator) {
    let target = make.rng.below(form.size());
    at(form, target, &mut |part| change(part, make));
}

/// Calls `visit` with the part of this number, counting each value before the ones inside it.
fn at(form: &mut Form, target: usize, visit: &mut dyn FnMut(&mut Form)) {
    if target == 0 {
        visit(form);
        return;
    }
    let mut next = 1;
    let mut found = false;
    form.for_each_part_mut(&mut |part| {
        let size = part.size();
        if !found && target < next + size {
            found = true;
            at(part, target - next, visit);
        }
        next += size;
    });
}

fn change(part: &mut Form, make: &mut Generator) {
    if make.rng.percent(6) {
        *part = make.anything(3);
        return;
    }
    match part {
        Form::Int(value) => *value = changed_int(value, make),
        Form::Float(bits) => *bits = changed_float(f64::from_bits(*bits), make),
        Form::Bool(value) => *value = !*value,
        Form::Str(text) => change_text(text, make),
        Form::Bytes(body) | Form::Bytearray(body) => change_bytes(body, make),
        Form::List(items) | Form::Tuple(items) | Form::Deque { items, .. } => change_items(items, make),
        Form::Set(items) | Form::Frozenset(items) => change_set(items, make),
        Form::Dict(pairs) => change_dict(pairs, make),
        Form::Iterator { items, .. } => change_items(items, make),
        Form::None => *part = make.anything(3),
        _ => {}
    }
}

fn changed_int(value: &BigInt, make: &mut Generator) -> BigInt {
    match make.rng.below(8) {
        0 => value + 1,
        1 => value - 1,
        2 => -value,
        3 => value * 2,
        4 if make.tame.is_none() => boundary::int(&mut make.rng),
        5 => BigInt::from(0),
        6 => value / 2,
        _ => make.int(),
    }
}

fn changed_float(value: f64, make: &mut Generator) -> u64 {
    let changed = match make.rng.below(6) {
        0 => value.next_up(),
        1 => -value,
        2 => value.trunc(),
        3 => *make.rng.pick(boundary::FLOATS),
        _ => make.float(),
    };
    let Form::Float(bits) = Form::float(changed) else {
        unreachable!("a float is a float")
    };
    bits
}

/// Texts are changed character by character; one with a lone surrogate is left as it is.
fn change_text(text: &mut Vec<u8>, make: &mut Generator) {
    let Ok(known) = std::str::from_utf8(text) else { return };
    let mut characters: Vec<char> = known.chars().collect();
    let place = make.rng.below(characters.len() + 1);
    match make.rng.below(7) {
        0 => characters.insert(place, char::from(make.rng.between(0x20, 0x7E) as u8)),
        1 if place < characters.len() => {
            characters.remove(place);
        }
        2 if place < characters.len() => characters[place] = *make.rng.pick(&['0', 'a', 'Z', ' ', '\u{e9}', '-']),
        3 if place < characters.len() => characters.insert(place, characters[place]),
        4 if !make.material.texts.is_empty() => {
            let added = make.rng.pick(&make.material.texts).clone();
            characters.splice(place..place, added.chars());
        }
        5 => characters.reverse(),
        _ => characters.truncate(place),
    }
    *text = characters.into_iter().collect::<String>().into_bytes();
}

fn change_bytes(body: &mut Vec<u8>, make: &mut Generator) {
    let place = make.rng.below(body.len() + 1);
    match make.rng.below(3) {
        0 => body.insert(place, make.rng.next() as u8),
        1 if place < body.len() => body[place] ^= 1 << make.rng.below(8),
        _ => body.truncate(place),
    }
}

fn change_items(items: &mut Vec<Form>, make: &mut Generator) {
    let place = make.rng.below(items.len() + 1);
    let other = make.rng.below(items.len().max(1));
    match make.rng.below(7) {
        0 if place < items.len() => {
            items.remove(place);
        }
        1 if place < items.len() => items.insert(place, items[place].clone()),
        2 if place < items.len() => items.swap(place, other),
        3 if place < items.len() => {
            // The same object twice, as a shared reference would make it.
            items[place] = make.shared(items[place].clone());
            items.insert(other, items[place].clone());
        }
        4 => items.insert(place, make.anything(3)),
        5 => items.reverse(),
        _ => items.truncate(place),
    }
}

fn change_set(items: &mut Vec<Form>, make: &mut Generator) {
    let place = make.rng.below(items.len() + 1);
    match make.rng.below(3) {
        0 if place < items.len() => {
            items.remove(place);
        }
        1 => items.insert(place, Form::Int(make.int())),
        _ => items.reverse(),
    }
}

fn change_dict(pairs: &mut Vec<(Form, Form)>, make: &mut Generator) {
    let place = make.rng.below(pairs.len() + 1);
    let other = make.rng.below(pairs.len().max(1));
    match make.rng.below(5) {
        0 if place < pairs.len() => {
            pairs.remove(place);
        }
        1 if place < pairs.len() => pairs.swap(place, other),
        2 if place < pairs.len() => pairs[place].1 = make.anything(3),
        3 if place < pairs.len() && place != other => pairs[place].1 = pairs[other].1.clone(),
        _ => {
            let key = match make.material.texts.is_empty() {
                true => Form::Int(make.int()),
                false => Form::str(make.rng.pick::<String>(&make.material.texts)),
            };
            if !pairs.iter().any(|(known, _)| *known == key) {
                pairs.push((key, make.anything(3)));
            }
        }
    }
}
