//! The last step of shrinking: each int of a case is moved towards zero, to the place from which the two sides differ.
//!
//! Between a passing and a failing value the space is cut into many parts at once, since a batch of cases costs little
//! more than one. Where failing is not monotone this still ends at a failing value beside a passing one.

use std::io;

use num_bigint::BigInt;

use super::{BATCH, Fails};
use crate::parity::case::Case;
use crate::parity::form::Form;

/// Moves every int as close to zero as the failure allows; tells whether any moved.
pub fn settle(case: &mut Case, fails: &mut Fails) -> io::Result<bool> {
    let mut moved = false;
    for at in 0..ints(case).len() {
        let found = settle_one(case, at, fails)?;
        if ints(case)[at] != found {
            *case = with_int(case, at, &found);
            moved = true;
        }
    }
    Ok(moved)
}

fn settle_one(case: &Case, at: usize, fails: &mut Fails) -> io::Result<BigInt> {
    let mut failing = ints(case)[at].clone();
    let mut passing = BigInt::ZERO;
    loop {
        let points = between(&passing, &failing);
        if points.is_empty() {
            return Ok(failing);
        }
        let cases: Vec<Case> = points.iter().map(|point| with_int(case, at, point)).collect();
        let verdicts = fails(&cases)?;
        match verdicts.iter().position(|fails| *fails) {
            Some(0) => failing = points[0].clone(),
            Some(first) => {
                failing = points[first].clone();
                passing = points[first - 1].clone();
            }
            None => passing = points[points.len() - 1].clone(),
        }
    }
}

/// Evenly spread values strictly between the two, in order from the first.
fn between(passing: &BigInt, failing: &BigInt) -> Vec<BigInt> {
    let parts = BATCH as u64 + 1;
    let distance = failing - passing;
    let mut points: Vec<BigInt> = (1..parts).map(|part| passing + &distance * part / parts).collect();
    points.dedup();
    points.retain(|point| point != passing && point != failing);
    points
}

fn ints(case: &Case) -> Vec<BigInt> {
    let mut found = Vec::new();
    let args = case.args.iter().chain(case.kwargs.iter().map(|(_, value)| value));
    args.for_each(|arg| collect(arg, &mut found));
    found
}

fn collect(form: &Form, found: &mut Vec<BigInt>) {
    if let Form::Int(value) = form {
        found.push(value.clone());
    }
    form.for_each_part(&mut |part| collect(part, found));
}

fn with_int(case: &Case, at: usize, value: &BigInt) -> Case {
    let mut changed = case.clone();
    let mut left = at;
    let args = changed.args.iter_mut();
    args.chain(changed.kwargs.iter_mut().map(|(_, value)| value))
        .for_each(|arg| put(arg, &mut left, value));
    changed
}

/// Puts the value in the place of the int of this number, counted as [`collect`] counts.
fn put(form: &mut Form, left: &mut usize, value: &BigInt) {
    if let Form::Int(own) = form {
        if *left == 0 {
            *own = value.clone();
        }
        // Below zero it would be met again: it wraps round to a number that no case has.
        *left = left.wrapping_sub(1);
    }
    form.for_each_part_mut(&mut |part| put(part, left, value));
}
