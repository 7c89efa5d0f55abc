//! `range` objects.

use crate::exc::{self, Result};
use crate::int::Int;
use crate::slice::Slice;
use crate::str::{Str, StrBuf};
use crate::value::Value;

/// `range(start, stop, step)`; the step is never zero.
#[derive(Clone)]
pub struct Range {
    pub start: Int,
    pub stop: Int,
    pub step: Int,
    /// How many numbers it holds.
    pub len: Int,
}

impl Range {
    /// The range of these bounds.
    ///
    /// # Errors
    /// ValueError for a step of zero.
    pub fn new(start: Int, stop: Int, step: Int) -> Result<Range> {
        if step.is_zero() {
            return Err(exc::value_error("range() arg 3 must not be zero"));
        }
        let distance = if step.is_negative() {
            start.sub(&stop)
        } else {
            stop.sub(&start)
        };
        let len = if distance.is_negative() || distance.is_zero() {
            Int::ZERO
        } else {
            distance.sub(&Int::ONE).floordiv(&step.abs())?.add(&Int::ONE)
        };
        Ok(Range { start, stop, step, len })
    }

    /// `len(range)`.
    ///
    /// # Errors
    /// OverflowError when that does not fit.
    pub fn length(&self) -> Result<usize> {
        let len = self.len.as_i64().and_then(|len| usize::try_from(len).ok());
        len.ok_or_else(|| exc::overflow_error("Python int too large to convert to C ssize_t"))
    }

    /// The number at a position, which is in range.
    fn at(&self, position: &Int) -> Int {
        self.start.add(&position.mul(&self.step))
    }

    /// `range[index]`.
    ///
    /// # Errors
    /// IndexError when out of range.
    pub fn get(&self, index: &Int) -> Result<Int> {
        let position = if index.is_negative() {
            index.add(&self.len)
        } else {
            index.clone()
        };
        if position.is_negative() || position >= self.len {
            return Err(exc::index_error("range object index out of range"));
        }
        Ok(self.at(&position))
    }

    /// `range[slice]`.
    ///
    /// # Errors
    /// TypeError or ValueError for an unfit slice.
    pub fn slice(&self, slice: &Slice) -> Result<Range> {
        let [start, stop, step] = slice.indices(&self.len)?;
        Range::new(self.at(&start), self.at(&stop), self.step.mul(&step))
    }

    /// The position of a number; None when it is not in the range.
    pub fn position(&self, number: &Int) -> Option<Int> {
        let (low, high) = if self.step.is_negative() {
            (&self.stop, number)
        } else {
            (number, &self.stop)
        };
        let beyond = if self.step.is_negative() {
            *number > self.start
        } else {
            *number < self.start
        };
        if low >= high || beyond {
            return None;
        }
        let distance = number.sub(&self.start);
        let (position, rest) = distance.divmod(&self.step).ok()?;
        rest.is_zero().then_some(position)
    }

    /// `self == other`: the same numbers.
    pub fn equals(&self, other: &Range) -> bool {
        if self.len != other.len {
            return false;
        }
        self.len.is_zero() || (self.start == other.start && (self.len == Int::ONE || self.step == other.step))
    }

    /// `reversed(range)` as a range.
    pub fn reversed(&self) -> Range {
        let last = self.at(&self.len.sub(&Int::ONE));
        let stop = self.start.sub(&self.step);
        Range {
            start: last,
            stop,
            step: self.step.neg(),
            len: self.len.clone(),
        }
    }

    /// The tuple whose hash the range has: length, first number, step, as far as they matter.
    pub fn hash_key(&self) -> [Value; 3] {
        let start = if self.len.is_zero() {
            Value::None
        } else {
            Value::from(self.start.clone())
        };
        let step = if self.len.is_zero() || self.len == Int::ONE {
            Value::None
        } else {
            Value::from(self.step.clone())
        };
        [Value::from(self.len.clone()), start, step]
    }

    /// `repr(range)`.
    ///
    /// # Errors
    /// ValueError for ints beyond the limit of digits.
    pub fn repr(&self) -> Result<Str> {
        let mut out = StrBuf::new();
        out.push_ascii("range(");
        self.start.write(&mut out)?;
        out.push_ascii(", ");
        self.stop.write(&mut out)?;
        if self.step != Int::ONE {
            out.push_ascii(", ");
            self.step.write(&mut out)?;
        }
        out.push_ascii(")");
        Ok(out.finish())
    }
}
