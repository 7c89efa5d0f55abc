//! The table behind a dict: entries in order, and an index over them once there are more than a few.

use super::index::Index;
use crate::elem::{Kept, Key};

/// Up to this many entries (holes included) are searched without an index.
const UNINDEXED: usize = 8;

pub(super) struct Entry<K: Key, V> {
    kept: K::Kept,
    pub(super) key: K,
    pub(super) value: V,
}

impl<K: Key, V> Entry<K, V> {
    #[inline(always)]
    pub(super) fn hash(&self) -> i64 {
        self.kept.hash_of(&self.key)
    }
}

/// The answer of a search that would have to run the program's `==`.
pub(super) struct Undecided;

pub(super) struct Table<K: Key, V> {
    /// A hole is a deleted entry.
    slots: Vec<Option<Entry<K, V>>>,
    /// Positions in `slots`; empty while `slots` is short.
    index: Index,
    live: usize,
}

/// CPython's hashes of small ints are the ints: spread them over all bits, but for the lowest, so that the neighbours
/// of a run of ints stand in one line of the index.
#[inline(always)]
fn spread(hash: i64) -> u64 {
    const NEIGHBOURS: i64 = 7;
    let wide = ((hash | NEIGHBOURS) as u64 as u128) * 0x9e37_79b9_7f4a_7c15_u128;
    let mixed = (wide as u64) ^ (wide >> 64) as u64;
    (mixed & !(NEIGHBOURS as u64)) | (hash & NEIGHBOURS) as u64
}

impl<K: Key, V> Table<K, V> {
    pub(super) fn new() -> Table<K, V> {
        Table {
            slots: Vec::new(),
            index: Index::new(),
            live: 0,
        }
    }

    pub(super) fn with_capacity(room: usize) -> Table<K, V> {
        let index = if room > UNINDEXED {
            Index::with_capacity(room)
        } else {
            Index::new()
        };
        Table {
            slots: Vec::with_capacity(room),
            index,
            live: 0,
        }
    }

    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.live
    }

    /// One past the last position.
    pub(super) fn end(&self) -> usize {
        self.slots.len()
    }

    #[inline(always)]
    fn indexed(&self) -> bool {
        self.slots.len() > UNINDEXED
    }

    #[inline(always)]
    pub(super) fn value_at(&self, position: usize) -> &V {
        &self.slots[position]
            .as_ref()
            .expect("a found position holds an entry")
            .value
    }

    #[inline(always)]
    pub(super) fn value_at_mut(&mut self, position: usize) -> &mut V {
        &mut self.slots[position]
            .as_mut()
            .expect("a found position holds an entry")
            .value
    }

    pub(super) fn key_at(&self, position: usize) -> Option<&K> {
        self.slots.get(position)?.as_ref().map(|entry| &entry.key)
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry<K, V>> {
        self.slots.iter().flatten()
    }

    /// The first entry at or after `*position`, which moves past it.
    #[inline]
    pub(super) fn next_from(&self, position: &mut usize) -> Option<&Entry<K, V>> {
        while let Some(slot) = self.slots.get(*position) {
            *position += 1;
            if let Some(entry) = slot {
                return Some(entry);
            }
        }
        None
    }

    /// The last entry before `*position`, which moves onto it.
    pub(super) fn next_before(&self, position: &mut usize) -> Option<&Entry<K, V>> {
        *position = (*position).min(self.slots.len());
        while *position > 0 {
            *position -= 1;
            if let Some(entry) = &self.slots[*position] {
                return Some(entry);
            }
        }
        None
    }

    /// Adds an entry whose key is not there yet.
    #[inline]
    pub(super) fn push(&mut self, hash: i64, key: K, value: V) {
        if self.slots.len() == self.slots.capacity() && self.live * 2 < self.slots.len() {
            self.compact();
        }
        let position = self.slots.len();
        let kept = K::Kept::keep(hash);
        self.slots.push(Some(Entry { kept, key, value }));
        self.live += 1;
        if position >= UNINDEXED {
            if position == UNINDEXED {
                self.reindex()
            } else {
                self.index_position(hash, position)
            }
        }
    }

    #[inline]
    fn index_position(&mut self, hash: i64, position: usize) {
        let position = u32::try_from(position).expect("a dict holds fewer than 2**32 entries");
        self.index.insert(spread(hash), position);
    }

    /// Builds the index from the entries.
    #[cold]
    fn reindex(&mut self) {
        self.index = Index::with_capacity(self.slots.len().max(self.live * 2));
        for position in 0..self.slots.len() {
            if let Some(hash) = self.slots[position].as_ref().map(Entry::hash) {
                self.index_position(hash, position);
            }
        }
    }

    /// Closes the holes.
    #[cold]
    fn compact(&mut self) {
        self.slots.retain(Option::is_some);
        self.index = Index::new();
        if self.indexed() {
            self.reindex();
        }
    }

    /// Takes the entry at `position` out.
    pub(super) fn remove(&mut self, position: usize) -> (K, V) {
        let entry = self.slots[position].take().expect("a found position holds an entry");
        if self.indexed() {
            self.index.remove(spread(entry.hash()), position as u32);
        }
        self.live -= 1;
        self.drop_holes_at_end();
        (entry.key, entry.value)
    }

    /// Holes at the end serve nobody; an empty table starts afresh.
    fn drop_holes_at_end(&mut self) {
        let was_indexed = self.indexed();
        while let Some(None) = self.slots.last() {
            self.slots.pop();
        }
        if was_indexed && !self.indexed() {
            self.index = Index::new();
        }
    }

    pub(super) fn pop_last(&mut self) -> Option<(K, V)> {
        let last = self.slots.iter().rposition(Option::is_some)?;
        Some(self.remove(last))
    }
}

impl<K: Key, V> Table<K, V> {
    /// The position of `key`'s entry, found without running code of the program.
    #[inline]
    pub(super) fn find_quick(&self, hash: i64, key: &K) -> Result<Option<usize>, Undecided> {
        if self.indexed() {
            self.find_indexed(hash, key)
        } else {
            self.find_scanning(hash, key)
        }
    }

    #[inline]
    fn find_scanning(&self, hash: i64, key: &K) -> Result<Option<usize>, Undecided> {
        for (position, slot) in self.slots.iter().enumerate() {
            if let Some(entry) = slot
                && entry.kept.may_be(hash)
                && entry.key.quick_eq(key).ok_or(Undecided)?
            {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    #[inline]
    fn find_indexed(&self, hash: i64, key: &K) -> Result<Option<usize>, Undecided> {
        let mut undecided = false;
        let found = self.index.find(spread(hash), |at| {
            let Some(entry) = &self.slots[at as usize] else {
                return false;
            };
            entry.kept.may_be(hash)
                && entry.key.quick_eq(key).unwrap_or_else(|| {
                    undecided = true;
                    false
                })
        });
        match found {
            _ if undecided => Err(Undecided),
            Some(at) => Ok(Some(at as usize)),
            None => Ok(None),
        }
    }

    /// The position of the entry of this hash whose key `is_it` accepts.
    pub(super) fn find_where(&self, hash: impl FnOnce() -> i64, is_it: impl Fn(&K) -> bool) -> Option<usize> {
        if !self.indexed() {
            return self
                .slots
                .iter()
                .position(|slot| slot.as_ref().is_some_and(|entry| is_it(&entry.key)));
        }
        let matches = |at: u32| self.slots[at as usize].as_ref().is_some_and(|entry| is_it(&entry.key));
        self.index.find(spread(hash()), matches).map(|at| at as usize)
    }

    /// The entries of this hash, as positions and keys.
    pub(super) fn candidates(&self, hash: i64) -> Vec<(usize, K)> {
        let same_hash = |(position, slot): (usize, &Option<Entry<K, V>>)| {
            slot.as_ref()
                .filter(|entry| entry.kept.may_be(hash))
                .map(|entry| (position, entry.key.clone()))
        };
        if !self.indexed() {
            return self.slots.iter().enumerate().filter_map(same_hash).collect();
        }
        let mut positions: Vec<usize> = (self.index.candidates(spread(hash)).into_iter())
            .map(|at| at as usize)
            .collect();
        positions.sort_unstable();
        positions
            .into_iter()
            .filter_map(|at| same_hash((at, &self.slots[at])))
            .collect()
    }
}

impl<K: Key, V: Clone> Table<K, V> {
    /// A copy without holes.
    pub(super) fn compact_copy(&self) -> Table<K, V> {
        let mut copy = Table::with_capacity(self.live);
        for entry in self.entries() {
            copy.push(entry.hash(), entry.key.clone(), entry.value.clone());
        }
        copy
    }
}
