//! Lists of known element type.

use crate::elem::{Elem, Sortable};
use crate::exc::{self, Result};
use crate::list::List;
use crate::value::Value;

/// `min(items)`
///
/// # Errors
/// ValueError where there is none; what comparing raises.
pub fn min<T: Sortable>(items: &List<T>) -> Result<T> {
    min_of(items.to_vec())
}

/// `max(items)`
///
/// # Errors
/// ValueError where there is none; what comparing raises.
pub fn max<T: Sortable>(items: &List<T>) -> Result<T> {
    max_of(items.to_vec())
}

/// The least of these.
///
/// # Errors
/// As for `min`.
pub fn min_of<T: Sortable>(items: Vec<T>) -> Result<T> {
    let mut best = None;
    for item in items {
        super::keep_min(&mut best, item)?;
    }
    best.ok_or_else(|| exc::value_error("min() arg is an empty sequence"))
}

/// The greatest of these.
///
/// # Errors
/// As for `max`.
pub fn max_of<T: Sortable>(items: Vec<T>) -> Result<T> {
    let mut best = None;
    for item in items {
        super::keep_max(&mut best, item)?;
    }
    best.ok_or_else(|| exc::value_error("max() arg is an empty sequence"))
}

/// `sum(items)` of ints.
///
/// # Errors
/// Gives up where a sum leaves 64 bits.
pub fn sum_int(items: &List<i64>) -> Result<i64> {
    // SAFETY: adding ints runs no code of the program.
    let items = unsafe { items.as_slice() };
    let mut total = 0i64;
    for item in items {
        total = super::int::add(total, *item)?;
    }
    Ok(total)
}

/// `sum(items)` of floats, in order.
///
/// # Errors
/// Gives up where there are none: the sum is an int then.
pub fn sum_float(items: &List<f64>) -> Result<f64> {
    // SAFETY: adding floats runs no code of the program.
    let items = unsafe { items.as_slice() };
    if items.is_empty() {
        return Err(exc::deopt());
    }
    Ok(items.iter().fold(0.0, |total, item| total + item))
}

/// `sorted(items, key=key, reverse=reverse)`
///
/// # Errors
/// What `key` and comparing raise.
pub fn sorted_by<T: Elem, K: Sortable>(
    items: &List<T>,
    key: impl FnMut(&T) -> Result<K>,
    reverse: bool,
) -> Result<List<T>> {
    let sorted = items.copy();
    sorted.sort_by_key(key, reverse)?;
    Ok(sorted)
}

/// `min(items, key=key)`
///
/// # Errors
/// ValueError where there is none; what `key` and comparing raise.
pub fn min_by<T: Elem, K: Sortable>(items: &List<T>, key: impl FnMut(&T) -> Result<K>) -> Result<T> {
    extreme_by(items, key, "min", K::py_lt)
}

/// `max(items, key=key)`
///
/// # Errors
/// ValueError where there is none; what `key` and comparing raise.
pub fn max_by<T: Elem, K: Sortable>(items: &List<T>, key: impl FnMut(&T) -> Result<K>) -> Result<T> {
    extreme_by(items, key, "max", K::py_gt)
}

fn extreme_by<T: Elem, K: Sortable>(
    items: &List<T>,
    mut key: impl FnMut(&T) -> Result<K>,
    name: &str,
    better: impl Fn(&K, &K) -> Result<bool>,
) -> Result<T> {
    let mut best: Option<(K, T)> = None;
    let mut position = 0;
    // The key function may change the list: CPython looks at what is there each time.
    while let Some(item) = items.at(position) {
        position += 1;
        let weight = key(&item)?;
        let wins = match &best {
            None => true,
            Some((old, _)) => better(&weight, old)?,
        };
        if wins {
            best = Some((weight, item));
        }
    }
    super::found(best.map(|(_, item)| item), name)
}

/// `sorted(items)`
///
/// # Errors
/// What comparing raises.
pub fn sorted<T: Sortable>(items: &List<T>) -> Result<List<T>> {
    sorted_vec(items.to_vec())
}

/// The items in order, as a list.
///
/// # Errors
/// What comparing raises.
pub fn sorted_vec<T: Sortable>(mut items: Vec<T>) -> Result<List<T>> {
    crate::list::order::sort_items(&mut items, false)?;
    Ok(List::from_vec(items))
}

/// `list(reversed(items))`
pub fn reversed<T: crate::elem::Elem>(items: &List<T>) -> List<T> {
    let mut items = items.to_vec();
    items.reverse();
    List::from_vec(items)
}

/// `items += others`: the same list, longer.
pub fn extended<T: crate::elem::Elem>(items: &List<T>, others: &List<T>) -> List<T> {
    items.extend_list(others);
    items.clone()
}

/// `a, b = items`
///
/// # Errors
/// ValueError where there are more or fewer.
pub fn unpack<T: Elem, const N: usize>(items: &List<T>) -> Result<[T; N]> {
    unpack_vec(items.to_vec())
}

/// The items of a list that nobody else holds, or copies of them.
#[inline]
pub fn into_vec<T: Elem>(list: List<T>) -> Vec<T> {
    if list.is_unique() { list.take() } else { list.to_vec() }
}

/// `a, b = items` of a list that nobody else holds.
///
/// # Errors
/// ValueError for another number of items.
#[inline]
pub fn unpack_owned<T: Elem, const N: usize>(items: List<T>) -> Result<[T; N]> {
    unpack_vec(into_vec(items))
}

fn unpack_vec<T, const N: usize>(items: Vec<T>) -> Result<[T; N]> {
    let count = items.len();
    items.try_into().map_err(|_| {
        if count > N {
            exc::value_error(&format!("too many values to unpack (expected {N})"))
        } else {
            exc::value_error(&format!("not enough values to unpack (expected {N}, got {count})"))
        }
    })
}

/// A new list of the same items, each with its type tag.
pub fn boxed<T: Elem>(list: &List<T>) -> List<Value> {
    list.to_vec().iter().map(Elem::to_value).collect()
}
