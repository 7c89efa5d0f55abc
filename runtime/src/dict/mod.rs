//! `Dict<K, V>`: Python's dict as a shared handle, in insertion order.
//!
//! Entries stand in a vector in the order they came; a deleted one leaves a hole until the next compaction. Up to
//! eight entries are searched by their hashes alone, beyond that a hash table holds their positions.

mod index;
mod table;
mod text;
mod views;

use std::cell::UnsafeCell;

use crate::elem::{Elem, Key};
use crate::exc::{self, Result};
use crate::rc::Ref;
use crate::value::Value;
use table::Table;
pub use views::DictIter;

/// A shared, mutable dict.
pub struct Dict<K: Key, V>(Ref<UnsafeCell<Table<K, V>>>);

impl<K: Key, V> Clone for Dict<K, V> {
    #[inline(always)]
    fn clone(&self) -> Dict<K, V> {
        Dict(self.0.clone())
    }
}

impl<K: Key, V> Default for Dict<K, V> {
    fn default() -> Dict<K, V> {
        Dict::new()
    }
}

impl<K: Key, V> Dict<K, V> {
    #[inline]
    pub fn new() -> Dict<K, V> {
        Dict::from_table(Table::new())
    }

    /// An empty dict with room for this many entries.
    pub fn with_capacity(room: usize) -> Dict<K, V> {
        Dict::from_table(Table::with_capacity(room))
    }

    fn from_table(table: Table<K, V>) -> Dict<K, V> {
        Dict(Ref::new(UnsafeCell::new(table)))
    }

    /// The table behind the handle.
    ///
    /// # Safety
    /// Nothing may change the dict while the reference lives: no code of the program may run.
    #[inline(always)]
    unsafe fn table(&self) -> &Table<K, V> {
        // SAFETY: the caller's promise.
        unsafe { &*self.0.get() }
    }

    /// The table behind the handle, to change.
    ///
    /// # Safety
    /// Nothing else may look at the dict while the reference lives: no code of the program may run.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    unsafe fn table_mut(&self) -> &mut Table<K, V> {
        // SAFETY: the caller's promise.
        unsafe { &mut *self.0.get() }
    }

    /// True when both are one dict.
    #[inline(always)]
    pub fn same(&self, other: &Dict<K, V>) -> bool {
        Ref::same(&self.0, &other.0)
    }

    /// The dict's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        // SAFETY: a look at the length.
        unsafe { self.table().len() }
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `dict.clear`.
    pub fn clear(&self) {
        // SAFETY: the entries are dropped after the borrow.
        drop(unsafe { std::mem::replace(self.table_mut(), Table::new()) });
    }
}

impl<K: Key, V: Clone> Dict<K, V> {
    /// The position of `key`'s entry.
    #[inline]
    fn find(&self, hash: i64, key: &K) -> Result<Option<usize>> {
        // SAFETY: `find_quick` runs no code of the program.
        match unsafe { self.table() }.find_quick(hash, key) {
            Ok(found) => Ok(found),
            Err(table::Undecided) => self.find_slow(hash, key),
        }
    }

    /// The search when `==` of keys is the program's: it may change the dict, which starts the search again.
    #[cold]
    fn find_slow(&self, hash: i64, key: &K) -> Result<Option<usize>> {
        'search: loop {
            // SAFETY: listing candidates runs no code of the program.
            for (position, candidate) in unsafe { self.table() }.candidates(hash) {
                let equal = candidate.item_eq(key)?;
                // SAFETY: a look at one entry.
                let still = unsafe { self.table() }
                    .key_at(position)
                    .is_some_and(|now| now.same(&candidate));
                if !still {
                    continue 'search;
                }
                if equal {
                    return Ok(Some(position));
                }
            }
            return Ok(None);
        }
    }

    /// `dict.get(key)`: None when absent.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    #[inline]
    pub fn find_value(&self, key: &K) -> Result<Option<V>> {
        self.find_hashed(key.py_hash()?, key)
    }

    /// `find_value` with the key's hash already known.
    ///
    /// # Errors
    /// What `==` of keys raises.
    #[inline]
    pub fn find_hashed(&self, hash: i64, key: &K) -> Result<Option<V>> {
        let found = self.find(hash, key)?;
        // SAFETY: cloning a value runs no code of the program.
        Ok(found.map(|position| unsafe { self.table() }.value_at(position).clone()))
    }

    /// `dict[key]`.
    ///
    /// # Errors
    /// KeyError when absent; what hashing and `==` of keys raise.
    #[inline]
    pub fn get(&self, key: &K) -> Result<V> {
        self.find_value(key)?.ok_or_else(|| missing(key))
    }

    /// `dict.get(key, default)`.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    #[inline]
    pub fn get_or(&self, key: &K, default: V) -> Result<V> {
        Ok(self.find_value(key)?.unwrap_or(default))
    }

    /// `key in dict`.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    #[inline]
    pub fn contains(&self, key: &K) -> Result<bool> {
        Ok(self.find(key.py_hash()?, key)?.is_some())
    }

    /// `dict[key] = value`; an equal key that is there already stays.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    #[inline]
    pub fn set(&self, key: K, value: V) -> Result<()> {
        let hash = key.py_hash()?;
        self.set_hashed(hash, key, value)
    }

    /// `set` with the key's hash already known.
    ///
    /// # Errors
    /// What `==` of keys raises.
    #[inline]
    pub fn set_hashed(&self, hash: i64, key: K, value: V) -> Result<()> {
        match self.find(hash, &key)? {
            Some(position) => {
                // SAFETY: the old value is dropped after the borrow.
                let old = std::mem::replace(unsafe { self.table_mut() }.value_at_mut(position), value);
                drop(old);
            }
            // SAFETY: pushing runs no code of the program.
            None => unsafe { self.table_mut() }.push(hash, key, value),
        }
        Ok(())
    }

    /// Adds an entry whose key the caller knows to be absent.
    pub(crate) fn push_new(&self, hash: i64, key: K, value: V) {
        // SAFETY: pushing runs no code of the program.
        unsafe { self.table_mut() }.push(hash, key, value);
    }

    /// Changes the value of `key` in place (`default()` when absent): the counting idiom in one search.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise; what `change` raises.
    #[inline]
    pub fn update_value(&self, key: K, default: V, change: impl FnOnce(V) -> Result<V>) -> Result<()> {
        let hash = key.py_hash()?;
        match self.find_hashed(hash, &key)? {
            Some(value) => self.set_hashed(hash, key, change(value)?),
            None => self.set_hashed(hash, key, change(default)?),
        }
    }

    /// `dict[key] = change(dict[key])` in one search, where the key is there; else `change` is handed back.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise; what `change` raises.
    #[inline]
    pub fn change_if_there<F: FnOnce(V) -> Result<V>>(&self, key: &K, change: F) -> Result<Option<F>> {
        let hash = key.py_hash()?;
        let Some(position) = self.find(hash, key)? else {
            return Ok(Some(change));
        };
        // SAFETY: cloning a value runs no code of the program.
        let old = unsafe { self.table() }.value_at(position).clone();
        let new = change(old)?;
        // SAFETY: the caller's `change` left the dict alone; the old value is dropped after the borrow.
        drop(std::mem::replace(
            unsafe { self.table_mut() }.value_at_mut(position),
            new,
        ));
        Ok(None)
    }

    /// `dict[key]` becomes what `change`, which leaves the dict alone, makes of it; or of None where it is absent.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise; what `change` raises.
    #[inline]
    pub fn update_item(&self, key: &K, change: impl FnOnce(Option<V>) -> Result<V>) -> Result<()> {
        let hash = key.py_hash()?;
        let Some(position) = self.find(hash, key)? else {
            let made = change(None)?;
            // SAFETY: pushing runs no code of the program.
            unsafe { self.table_mut() }.push(hash, key.clone(), made);
            return Ok(());
        };
        // SAFETY: cloning a value runs no code of the program.
        let old = unsafe { self.table() }.value_at(position).clone();
        let new = change(Some(old))?;
        // SAFETY: the caller's `change` left the dict alone; the old value is dropped after the borrow.
        drop(std::mem::replace(
            unsafe { self.table_mut() }.value_at_mut(position),
            new,
        ));
        Ok(())
    }

    /// `dict[key] = change(dict[key])`, where `change` leaves the dict alone.
    ///
    /// # Errors
    /// KeyError when absent; what hashing and `==` of keys raise; what `change` raises.
    #[inline]
    pub fn change_item(&self, key: &K, change: impl FnOnce(V) -> Result<V>) -> Result<()> {
        match self.change_if_there(key, change)? {
            None => Ok(()),
            Some(_) => Err(missing(key)),
        }
    }

    /// `dict[key]`, which becomes `make()` where it is absent.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    #[inline]
    pub fn item_or_insert(&self, key: &K, make: impl FnOnce() -> V) -> Result<V> {
        let hash = key.py_hash()?;
        if let Some(value) = self.find_hashed(hash, key)? {
            return Ok(value);
        }
        let made = make();
        // SAFETY: pushing runs no code of the program.
        unsafe { self.table_mut() }.push(hash, key.clone(), made.clone());
        Ok(made)
    }

    /// `dict.setdefault`.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    #[inline]
    pub fn set_default(&self, key: K, default: V) -> Result<V> {
        let hash = key.py_hash()?;
        if let Some(value) = self.find_hashed(hash, &key)? {
            return Ok(value);
        }
        // SAFETY: pushing runs no code of the program.
        unsafe { self.table_mut() }.push(hash, key, default.clone());
        Ok(default)
    }

    /// Takes `key`'s entry out; None when absent.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    pub fn take(&self, key: &K) -> Result<Option<(K, V)>> {
        let found = self.find(key.py_hash()?, key)?;
        // SAFETY: the entry is moved out, not dropped.
        Ok(found.map(|position| unsafe { self.table_mut() }.remove(position)))
    }

    /// `dict.pop(key)`.
    ///
    /// # Errors
    /// KeyError when absent; what hashing and `==` of keys raise.
    pub fn pop(&self, key: &K) -> Result<V> {
        self.take(key)?.map(|(_, value)| value).ok_or_else(|| missing(key))
    }

    /// `dict.pop(key, default)`.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    pub fn pop_or(&self, key: &K, default: V) -> Result<V> {
        Ok(self.take(key)?.map_or(default, |(_, value)| value))
    }

    /// `del dict[key]`.
    ///
    /// # Errors
    /// KeyError when absent; what hashing and `==` of keys raise.
    pub fn delete(&self, key: &K) -> Result<()> {
        self.pop(key).map(drop)
    }

    /// `dict.popitem`: the entry that came last.
    ///
    /// # Errors
    /// KeyError when empty.
    pub fn popitem(&self) -> Result<(K, V)> {
        // SAFETY: the entry is moved out, not dropped.
        let last = unsafe { self.table_mut() }.pop_last();
        last.ok_or_else(|| exc::key_error(&Value::str("popitem(): dictionary is empty")))
    }

    /// `dict.copy`.
    pub fn copy(&self) -> Dict<K, V> {
        // SAFETY: cloning entries runs no code of the program.
        Dict::from_table(unsafe { self.table() }.compact_copy())
    }

    /// `dict.update` by a dict.
    ///
    /// # Errors
    /// What `==` of keys raises; RuntimeError when that changes `other`.
    pub fn update(&self, other: &Dict<K, V>) -> Result<()> {
        if self.same(other) {
            return Ok(());
        }
        let mut position = 0;
        let len = other.len();
        while let Some((hash, key, value)) = other.entry_from(&mut position) {
            self.set_hashed(hash, key, value)?;
            if other.len() != len {
                return Err(exc::runtime_error("dict mutated during update"));
            }
        }
        Ok(())
    }

    /// `self | other`.
    ///
    /// # Errors
    /// What `==` of keys raises.
    pub fn merged(&self, other: &Dict<K, V>) -> Result<Dict<K, V>> {
        let merged = self.copy();
        merged.update(other)?;
        Ok(merged)
    }

    /// The first entry at or after `*position`, which moves past it.
    #[inline]
    pub fn entry_from(&self, position: &mut usize) -> Option<(i64, K, V)> {
        // SAFETY: cloning an entry runs no code of the program.
        let entry = unsafe { self.table() }.next_from(position)?;
        Some((entry.hash(), entry.key.clone(), entry.value.clone()))
    }

    /// The last entry before `*position`, which moves onto it.
    pub fn entry_before(&self, position: &mut usize) -> Option<(K, V)> {
        // SAFETY: cloning an entry runs no code of the program.
        let entry = unsafe { self.table() }.next_before(position)?;
        Some((entry.key.clone(), entry.value.clone()))
    }

    /// One past the last position of an entry.
    pub fn end_position(&self) -> usize {
        // SAFETY: a look at the length.
        unsafe { self.table() }.end()
    }

    /// The keys, in order.
    pub fn keys(&self) -> Vec<K> {
        // SAFETY: cloning keys runs no code of the program.
        unsafe { self.table() }
            .entries()
            .map(|entry| entry.key.clone())
            .collect()
    }

    /// The values, in order.
    pub fn values(&self) -> Vec<V> {
        // SAFETY: cloning values runs no code of the program.
        unsafe { self.table() }
            .entries()
            .map(|entry| entry.value.clone())
            .collect()
    }

    /// The entries, in order.
    pub fn items(&self) -> Vec<(K, V)> {
        // SAFETY: cloning entries runs no code of the program.
        unsafe { self.table() }
            .entries()
            .map(|entry| (entry.key.clone(), entry.value.clone()))
            .collect()
    }

    /// A dict of these entries; of equal keys the first stays, with the last value.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    pub fn from_items(items: impl IntoIterator<Item = (K, V)>) -> Result<Dict<K, V>> {
        let items = items.into_iter();
        let dict = Dict::with_capacity(items.size_hint().0.min(1 << 16));
        for (key, value) in items {
            dict.set(key, value)?;
        }
        Ok(dict)
    }
}

impl<K: Key, V: Elem> Dict<K, V> {
    /// `self == other`: same keys, equal values; order is no matter.
    ///
    /// # Errors
    /// What `==` of keys and values raises.
    pub fn equals(&self, other: &Dict<K, V>) -> Result<bool> {
        if self.len() != other.len() {
            return Ok(false);
        }
        let mut position = 0;
        while let Some((hash, key, value)) = self.entry_from(&mut position) {
            match other.find_hashed(hash, &key)? {
                Some(theirs) if value.item_eq(&theirs)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }
}

#[cold]
fn missing<K: Elem>(key: &K) -> exc::Exc {
    exc::key_error(&key.to_value())
}
