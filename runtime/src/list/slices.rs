//! Slices of lists: reading, assigning, deleting.

use super::List;
use crate::elem::Elem;
use crate::exc::{self, Result};
use crate::slice::Bounds;

impl<T: Elem> List<T> {
    /// `list[start:stop:step]`; missing parts are None.
    ///
    /// # Errors
    /// ValueError when the step is zero.
    #[inline]
    pub fn slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<List<T>> {
        Ok(self.slice_by(&Bounds::new(start, stop, step, self.len())?))
    }

    /// The items within these bounds, which were taken for this list's length.
    pub fn slice_by(&self, bounds: &Bounds) -> List<T> {
        // SAFETY: cloning items runs no code of the program.
        List::from_vec(bounds.pick(unsafe { self.as_slice() }))
    }

    /// `list[start:stop:step] = items`.
    ///
    /// # Errors
    /// ValueError when the step is zero, or not one and the number of items differs from the slice's length.
    pub fn set_slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>, items: Vec<T>) -> Result<()> {
        self.set_slice_by(&Bounds::new(start, stop, step, self.len())?, items)
    }

    /// Assigns within these bounds, which were taken for this list's length.
    ///
    /// # Errors
    /// ValueError when the step is not one and the lengths differ.
    pub fn set_slice_by(&self, bounds: &Bounds, items: Vec<T>) -> Result<()> {
        if bounds.step == 1 {
            drop(self.splice(bounds, items));
            return Ok(());
        }
        if items.len() != bounds.len {
            return Err(exc::value_error(&format!(
                "attempt to assign sequence of size {} to extended slice of size {}",
                items.len(),
                bounds.len
            )));
        }
        let mut old = Vec::with_capacity(items.len());
        // SAFETY: replaced items are dropped after the borrow.
        let slots = unsafe { self.as_vec() };
        for (position, item) in bounds.positions().zip(items) {
            if let Some(slot) = slots.get_mut(position) {
                old.push(std::mem::replace(slot, item));
            }
        }
        Ok(())
    }

    /// Replaces a contiguous stretch and answers what was there. The list may have shrunk since the bounds were taken.
    fn splice(&self, bounds: &Bounds, items: Vec<T>) -> Vec<T> {
        let start = (bounds.start as usize).min(self.len());
        // SAFETY: replaced items are handed out, not dropped.
        unsafe { self.as_vec() }
            .splice(start..(start + bounds.len).min(self.len()), items)
            .collect()
    }

    /// `del list[start:stop:step]`.
    ///
    /// # Errors
    /// ValueError when the step is zero.
    pub fn delete_slice(&self, start: Option<i64>, stop: Option<i64>, step: Option<i64>) -> Result<()> {
        self.delete_slice_by(&Bounds::new(start, stop, step, self.len())?);
        Ok(())
    }

    /// Deletes within these bounds, which were taken for this list's length.
    pub fn delete_slice_by(&self, bounds: &Bounds) {
        if bounds.step == 1 {
            drop(self.splice(bounds, Vec::new()));
            return;
        }
        let mut doomed = vec![false; self.len()];
        bounds.positions().for_each(|position| doomed[position] = true);
        let (mut kept, mut old) = (Vec::with_capacity(self.len() - bounds.len), Vec::new());
        for (item, dead) in self.take().into_iter().zip(doomed) {
            if dead { old.push(item) } else { kept.push(item) }
        }
        // SAFETY: the vector there is empty; deleted items are dropped after the borrow.
        unsafe { *self.as_vec() = kept };
    }
}
