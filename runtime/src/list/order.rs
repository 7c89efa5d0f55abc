//! `list.sort`.

use super::{List, timsort};
use crate::elem::{Elem, Sortable};
use crate::exc::{self, Result};

impl<T: Sortable> List<T> {
    /// `list.sort(reverse=reverse)`.
    ///
    /// # Errors
    /// What `<` raises; ValueError when it changed the list.
    pub fn sort(&self, reverse: bool) -> Result<()> {
        self.replace_sorted(|items| sort_items(items, reverse))
    }
}

impl<T: Elem> List<T> {
    /// `list.sort(key=key, reverse=reverse)`.
    ///
    /// # Errors
    /// What `key` and `<` raise; ValueError when they changed the list.
    pub fn sort_by_key<K: Sortable>(&self, key: impl FnMut(&T) -> Result<K>, reverse: bool) -> Result<()> {
        self.replace_sorted(|items| sort_items_by_key(items, key, reverse))
    }

    /// Takes the items out while they are sorted, so that the program sees an empty list, as CPython shows it.
    fn replace_sorted(&self, sort: impl FnOnce(&mut Vec<T>) -> Result<()>) -> Result<()> {
        let mut items = self.take();
        let result = sort(&mut items);
        // SAFETY: what the program put there meanwhile is dropped after the borrow.
        let meddled = unsafe { std::mem::replace(self.as_vec(), items) };
        if result.is_ok() && meddled.capacity() > 0 && size_of::<T>() > 0 {
            return Err(exc::value_error("list modified during sort"));
        }
        result
    }
}

/// Sorts items as `list.sort` does; after an error they are a permutation of what they were.
///
/// # Errors
/// What `<` raises.
pub fn sort_items<T: Sortable>(items: &mut Vec<T>, reverse: bool) -> Result<()> {
    if let Some(order) = T::total_order(items) {
        forward(items, reverse, |items| items.sort_by(order));
        return Ok(());
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    let result = sort_order(items, &mut order, reverse);
    permute(items, &order);
    result
}

/// Sorts items by keys computed first, in order.
///
/// # Errors
/// What `key` and `<` raise.
pub fn sort_items_by_key<T, K: Sortable>(
    items: &mut Vec<T>,
    key: impl FnMut(&T) -> Result<K>,
    reverse: bool,
) -> Result<()> {
    let keys = items.iter().map(key).collect::<Result<Vec<K>>>()?;
    let mut order: Vec<usize> = (0..items.len()).collect();
    let result = match K::total_order(&keys) {
        Some(compare) => {
            forward(&mut order, reverse, |order| {
                order.sort_by(|&a, &b| compare(&keys[a], &keys[b]))
            });
            Ok(())
        }
        None => sort_order(&keys, &mut order, reverse),
    };
    permute(items, &order);
    result
}

/// Sorts positions by their keys.
fn sort_order<K: Sortable>(keys: &[K], order: &mut [usize], reverse: bool) -> Result<()> {
    forward(order, reverse, |order| {
        timsort::sort(order, |a, b| keys[a].py_lt(&keys[b]))
    })
}

/// Sorts in either direction by sorting forwards: the reverse of what the sorted reverse is keeps equals in their order,
/// and one copy of the sort is enough.
fn forward<T, R>(items: &mut [T], reverse: bool, sort: impl FnOnce(&mut [T]) -> R) -> R {
    if reverse {
        items.reverse();
    }
    let result = sort(items);
    if reverse {
        items.reverse();
    }
    result
}

/// Rearranges `items` so that position `i` holds what stood at `order[i]`.
fn permute<T>(items: &mut Vec<T>, order: &[usize]) {
    let mut old: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.iter().filter_map(|&from| old[from].take()));
}
