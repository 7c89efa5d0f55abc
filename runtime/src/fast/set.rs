//! Sets of known item type against each other and against lists.

use crate::elem::Key;
use crate::exc::Result;
use crate::list::List;
use crate::set::{Other, Set};

/// `a | b`
///
/// # Errors
/// What hashing and `==` of items raise; the same for the operations below.
pub fn union<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<Set<K>> {
    a.union(Other::Set(b))
}

/// `a & b`
pub fn intersection<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<Set<K>> {
    a.intersection(Other::Set(b))
}

/// `a - b`
pub fn difference<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<Set<K>> {
    a.difference(Other::Set(b))
}

/// `a ^ b`
pub fn symmetric_difference<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<Set<K>> {
    a.symmetric_difference(Other::Set(b))
}

/// `a |= b`: the same set, larger.
pub fn united<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<Set<K>> {
    a.update(Other::Set(b))?;
    Ok(a.clone())
}

/// `a &= b`
pub fn intersected<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<Set<K>> {
    a.intersection_update(Other::Set(b))?;
    Ok(a.clone())
}

/// `a -= b`
pub fn reduced<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<Set<K>> {
    a.difference_update(Other::Set(b))?;
    Ok(a.clone())
}

/// `a ^= b`
pub fn toggled<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<Set<K>> {
    a.symmetric_difference_update(Other::Set(b))?;
    Ok(a.clone())
}

/// `a.isdisjoint(b)`
pub fn is_disjoint<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<bool> {
    a.is_disjoint(Other::Set(b))
}

/// `a.update(b)`
pub fn update<K: Key>(a: &Set<K>, b: &Set<K>) -> Result<()> {
    a.update(Other::Set(b))
}

/// `a.union(items)`
pub fn union_with<K: Key>(a: &Set<K>, items: &List<K>) -> Result<Set<K>> {
    a.union(Other::Items(items.to_vec()))
}

/// `a.intersection(items)`
pub fn intersection_with<K: Key>(a: &Set<K>, items: &List<K>) -> Result<Set<K>> {
    a.intersection(Other::Items(items.to_vec()))
}

/// `a.difference(items)`
pub fn difference_with<K: Key>(a: &Set<K>, items: &List<K>) -> Result<Set<K>> {
    a.difference(Other::Items(items.to_vec()))
}

/// `a.update(items)`
pub fn update_with<K: Key>(a: &Set<K>, items: &List<K>) -> Result<()> {
    a.update(Other::Items(items.to_vec()))
}
