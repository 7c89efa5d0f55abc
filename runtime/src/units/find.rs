//! Occurrences of a needle.

use super::Unit;

/// Where `needle` first stands in `hay`.
#[inline]
pub fn find<T: Unit>(hay: &[T], needle: &[T]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [unit] => T::find_one(hay, *unit),
        _ if needle.len() > hay.len() => None,
        _ => T::find_many(hay, needle),
    }
}

/// Where `needle` last stands in `hay`.
#[inline]
pub fn rfind<T: Unit>(hay: &[T], needle: &[T]) -> Option<usize> {
    match needle {
        [] => Some(hay.len()),
        [unit] => T::rfind_one(hay, *unit),
        _ if needle.len() > hay.len() => None,
        _ => T::rfind_many(hay, needle),
    }
}

/// How often `needle` stands in `hay`, without overlaps.
pub fn count<T: Unit>(hay: &[T], needle: &[T]) -> usize {
    match needle {
        [] => hay.len() + 1,
        [unit] => hay.iter().filter(|&other| other == unit).count(),
        _ => {
            let mut total = 0;
            T::each_match(hay, needle, |_| {
                total += 1;
                true
            });
            total
        }
    }
}
