//! Union, intersection, difference and their kin, each in the order in which CPython 3.11 fills the result.

use super::{Set, table::Table};
use crate::dict::Dict;
use crate::elem::Key;
use crate::exc::Result;

/// The other side of a set operation. CPython treats sets and dicts by their tables, anything else by iteration.
pub enum Other<'a, K> {
    Set(&'a Set<K>),
    /// Something that tells its size and iterates with hashes: a dict's keys.
    Dict(Vec<(i64, K)>),
    /// Any other iterable, run through already.
    Items(Vec<K>),
}

impl<K: Key> Other<'_, K> {
    /// The keys of a dict.
    pub fn of_dict<V: Clone>(dict: &Dict<K, V>) -> Other<'static, K> {
        let mut position = 0;
        Other::Dict(
            std::iter::from_fn(|| dict.entry_from(&mut position))
                .map(|(hash, key, _)| (hash, key))
                .collect(),
        )
    }

    /// Items with their hashes, in order.
    fn hashed(self) -> Result<Vec<(i64, K)>> {
        match self {
            Other::Set(set) => Ok(set.hashed_items()),
            Other::Dict(items) => Ok(items),
            Other::Items(items) => items.into_iter().map(|item| Ok((item.py_hash()?, item))).collect(),
        }
    }
}

impl<K: Key> Set<K> {
    /// Items with their hashes, in the table's order.
    fn hashed_items(&self) -> Vec<(i64, K)> {
        // SAFETY: cloning items runs no code of the program.
        unsafe { self.table() }
            .live()
            .map(|(hash, item)| (hash, item.clone()))
            .collect()
    }

    /// The set of these items converted one to one, in a table of the same order; None when one does not convert.
    pub(crate) fn converted<T: Key>(&self, convert: impl Fn(&K) -> Option<T>) -> Option<Set<T>> {
        let converted = Set::new();
        // SAFETY: converting items runs no code of the program.
        unsafe { converted.table_mut().mirror(self.table(), convert)? };
        Some(converted)
    }

    /// `set.copy`, `set(other_set)`.
    ///
    /// # Errors
    /// None in fact: copying compares nothing.
    pub fn copy(&self) -> Result<Set<K>> {
        let copy = Set::new();
        copy.merge(self)?;
        Ok(copy)
    }

    /// Adds all of another set, resizing at most once beforehand.
    fn merge(&self, other: &Set<K>) -> Result<()> {
        if self.same(other) || other.is_empty() {
            return Ok(());
        }
        self.make_room(other.len());
        // SAFETY: cloning items runs no code of the program, and these are two tables.
        let clean = unsafe { self.table_mut().absorb_clean(other.table()) };
        if clean {
            return Ok(());
        }
        other
            .hashed_items()
            .into_iter()
            .try_for_each(|(hash, item)| self.add_hashed(hash, item))
    }

    /// Resizes for this many more items, where they could fill three fifths.
    fn make_room(&self, more: usize) {
        // SAFETY: moving items runs no code of the program.
        let table = unsafe { self.table_mut() };
        if (table.fill_count() + more) * 5 >= table.mask() * 3 {
            table.resize((table.used() + more) * 2);
        }
    }

    /// `set.update(other)`, `self |= other`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn update(&self, other: Other<K>) -> Result<()> {
        match other {
            Other::Set(set) => self.merge(set),
            Other::Dict(items) => {
                if !items.is_empty() {
                    self.make_room(items.len());
                }
                items
                    .into_iter()
                    .try_for_each(|(hash, item)| self.add_hashed(hash, item))
            }
            Other::Items(items) => items.into_iter().try_for_each(|item| self.add(item)),
        }
    }

    /// `self | other`, `set.union(other)`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn union(&self, other: Other<K>) -> Result<Set<K>> {
        let union = self.copy()?;
        union.update(other)?;
        Ok(union)
    }

    /// `self & other`, `set.intersection(other)`: the smaller of two sets is walked.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn intersection(&self, other: Other<K>) -> Result<Set<K>> {
        let (walked, kept) = match other {
            Other::Set(set) if self.same(set) => return self.copy(),
            Other::Set(set) if set.len() > self.len() => (self.hashed_items(), set),
            other => (other.hashed()?, self),
        };
        let result = Set::new();
        for (hash, item) in walked {
            if kept.contains_hashed(hash, &item)? {
                result.add_hashed(hash, item)?;
            }
        }
        Ok(result)
    }

    /// `self &= other`, `set.intersection_update(other)`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn intersection_update(&self, other: Other<K>) -> Result<()> {
        let result = self.intersection(other)?;
        self.become_set(result);
        Ok(())
    }

    /// Takes over the content of a set nobody else holds.
    pub(crate) fn become_set(&self, other: Set<K>) {
        // SAFETY: items are handed over, and the old ones dropped after the borrow.
        let old: Table<K> = unsafe { self.table_mut().take_body(other.table_mut().empty_out()) };
        drop(old);
    }

    /// `self - other`, `set.difference(other)`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn difference(&self, other: Other<K>) -> Result<Set<K>> {
        let size = match &other {
            Other::Set(set) => set.len(),
            Other::Dict(items) => items.len(),
            Other::Items(_) => 0,
        };
        if matches!(other, Other::Items(_)) || self.len() >> 2 > size {
            let result = self.copy()?;
            result.difference_update(other)?;
            return Ok(result);
        }
        match other {
            Other::Set(set) => self.without(set),
            other => self.without(&Set::from_hashed(other.hashed()?)?),
        }
    }

    fn from_hashed(items: Vec<(i64, K)>) -> Result<Set<K>> {
        let set = Set::new();
        items
            .into_iter()
            .try_for_each(|(hash, item)| set.add_hashed(hash, item))?;
        Ok(set)
    }

    /// The items absent from `other`, added in order.
    fn without(&self, other: &Set<K>) -> Result<Set<K>> {
        let result = Set::new();
        for (hash, item) in self.hashed_items() {
            if !other.contains_hashed(hash, &item)? {
                result.add_hashed(hash, item)?;
            }
        }
        Ok(result)
    }

    /// `self -= other`, `set.difference_update(other)`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn difference_update(&self, other: Other<K>) -> Result<()> {
        match other {
            Other::Set(set) if self.same(set) => {
                self.clear();
                return Ok(());
            }
            Other::Set(set) if set.len() >> 3 > self.len() => {
                self.discard_all(set.intersection(Other::Set(self))?.hashed_items())?;
            }
            other => self.discard_all(other.hashed()?)?,
        }
        // SAFETY: moving items runs no code of the program.
        let table = unsafe { self.table_mut() };
        if table.fill_count() - table.used() > table.mask() / 4 {
            table.grow();
        }
        Ok(())
    }

    fn discard_all(&self, items: Vec<(i64, K)>) -> Result<()> {
        items
            .into_iter()
            .try_for_each(|(hash, item)| self.discard_hashed(hash, &item).map(drop))
    }

    /// `self ^ other`, `set.symmetric_difference(other)`: starts from the other side.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn symmetric_difference(&self, other: Other<K>) -> Result<Set<K>> {
        let result = Set::new();
        result.update(other)?;
        result.symmetric_difference_update(Other::Set(self))?;
        Ok(result)
    }

    /// `self ^= other`, `set.symmetric_difference_update(other)`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn symmetric_difference_update(&self, other: Other<K>) -> Result<()> {
        let items = match other {
            Other::Set(set) if self.same(set) => {
                self.clear();
                return Ok(());
            }
            Other::Items(items) => Set::from_items(items)?.hashed_items(),
            other => other.hashed()?,
        };
        for (hash, item) in items {
            if !self.discard_hashed(hash, &item)? {
                self.add_hashed(hash, item)?;
            }
        }
        Ok(())
    }

    /// `set.isdisjoint(other)`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn is_disjoint(&self, other: Other<K>) -> Result<bool> {
        let (walked, kept) = match other {
            Other::Set(set) if self.same(set) => return Ok(self.is_empty()),
            Other::Set(set) if set.len() > self.len() => (self.hashed_items(), set),
            other => (other.hashed()?, self),
        };
        for (hash, item) in walked {
            if kept.contains_hashed(hash, &item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `self <= other`, `set.issubset(other)`.
    ///
    /// # Errors
    /// What `==` of items raises.
    pub fn is_subset(&self, other: &Set<K>) -> Result<bool> {
        if self.len() > other.len() {
            return Ok(false);
        }
        for (hash, item) in self.hashed_items() {
            if !other.contains_hashed(hash, &item)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// `self == other`.
    ///
    /// # Errors
    /// What `==` of items raises.
    pub fn equals(&self, other: &Set<K>) -> Result<bool> {
        Ok(self.len() == other.len() && self.is_subset(other)?)
    }
}
