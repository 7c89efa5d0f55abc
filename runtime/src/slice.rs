//! `slice` objects and the positions they mean.

use crate::exc::{self, Result};
use crate::int::Int;
use crate::ops;
use crate::tuple::Tuple;
use crate::value::Value;

/// `slice(start, stop, step)`, as given.
pub struct Slice {
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}

impl Slice {
    /// The positions this slice means in a sequence of `len` items.
    ///
    /// # Errors
    /// TypeError for bounds that are no integers, ValueError for a step of zero.
    pub fn bounds(&self, len: usize) -> Result<Bounds> {
        let step = bound(&self.step)?;
        let start = bound(&self.start)?;
        let stop = bound(&self.stop)?;
        Bounds::new(start, stop, step, len)
    }

    /// The parts clamped to a sequence of this length, of any size.
    ///
    /// # Errors
    /// TypeError for bounds that are no integers, ValueError for a step of zero.
    pub fn indices(&self, length: &Int) -> Result<[Int; 3]> {
        let step = whole_bound(&self.step)?.unwrap_or(Int::ONE);
        if step.is_zero() {
            return Err(exc::value_error("slice step cannot be zero"));
        }
        let backwards = step.is_negative();
        let (low, high) = if backwards {
            (Int::Small(-1), length.sub(&Int::ONE))
        } else {
            (Int::ZERO, length.clone())
        };
        let clamp = |part: Int| {
            let part = if part.is_negative() { part.add(length) } else { part };
            if part < low {
                low.clone()
            } else if part > high {
                high.clone()
            } else {
                part
            }
        };
        let (first, last) = if backwards { (&high, &low) } else { (&low, &high) };
        let start = whole_bound(&self.start)?.map_or_else(|| first.clone(), clamp);
        let stop = whole_bound(&self.stop)?.map_or_else(|| last.clone(), clamp);
        Ok([start, stop, step])
    }

    /// The parts as a tuple: slices compare as these do.
    pub fn as_tuple(&self) -> Value {
        Value::Tuple(Tuple::from_array([
            self.start.clone(),
            self.stop.clone(),
            self.step.clone(),
        ]))
    }
}

/// A slice's part as an integer.
fn whole_bound(part: &Value) -> Result<Option<Int>> {
    match part {
        Value::None => Ok(None),
        _ => match ops::try_index(part)? {
            Some(index) => Ok(Some(index)),
            None => Err(exc::type_error(
                "slice indices must be integers or None or have an __index__ method",
            )),
        },
    }
}

/// A slice's part as an integer; one beyond 64 bits means the far end of any sequence.
fn bound(part: &Value) -> Result<Option<i64>> {
    match part {
        Value::None => Ok(None),
        Value::Int(value) => Ok(Some(*value)),
        _ => Ok(whole_bound(part)?.map(|index| ops::saturate(&index))),
    }
}

/// The positions a slice means in a sequence of known length: `start`, then `len - 1` steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
    pub len: usize,
}

impl Bounds {
    /// Clamps the parts to a sequence of `length` items, as `slice.indices` does.
    ///
    /// # Errors
    /// ValueError for a step of zero.
    #[inline]
    pub fn new(start: Option<i64>, stop: Option<i64>, step: Option<i64>, length: usize) -> Result<Bounds> {
        let length = length as i64;
        let step = step.unwrap_or(1).max(-i64::MAX);
        if step == 0 {
            return Err(exc::value_error("slice step cannot be zero"));
        }
        let (low, high) = if step < 0 { (-1, length - 1) } else { (0, length) };
        let clamp = |part: i64| {
            if part < 0 {
                (part.saturating_add(length)).max(low)
            } else {
                part.min(high)
            }
        };
        let start = start.map_or(if step < 0 { high } else { low }, clamp);
        let stop = stop.map_or(if step < 0 { low } else { high }, clamp);
        Ok(Bounds {
            start,
            stop,
            step,
            len: count(start, stop, step),
        })
    }

    /// The positions in order.
    pub fn positions(&self) -> impl Iterator<Item = usize> + use<> {
        let Bounds { start, step, len, .. } = *self;
        (0..len as i64).map(move |index| (start + index * step) as usize)
    }

    /// The items at these positions.
    pub fn pick<T: Clone>(&self, items: &[T]) -> Vec<T> {
        if self.step == 1 {
            let start = self.start as usize;
            return items[start..start + self.len].to_vec();
        }
        self.positions().map(|position| items[position].clone()).collect()
    }
}

/// How many steps lead from `start` to before `stop`.
fn count(start: i64, stop: i64, step: i64) -> usize {
    let distance = if step < 0 { start - stop } else { stop - start };
    if distance <= 0 {
        0
    } else {
        ((distance - 1) / step.abs() + 1) as usize
    }
}
