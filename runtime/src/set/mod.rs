//! `Set<K>` and `FrozenSet`: Python's sets, in CPython's order.
//!
//! A set iterates in the order of its table, so the table is CPython 3.11's slot for slot, and every operation fills
//! its result's table in the order CPython does.

mod algebra;
mod marks;
pub mod near;
mod table;

use std::cell::{Cell, UnsafeCell};

use crate::elem::Key;
use crate::exc::{self, Result};
use crate::hash::FrozenSetHasher;
use crate::rc::Ref;
use crate::value::Value;
pub use algebra::Other;
use table::{Search, Table};

/// A shared, mutable set.
pub struct Set<K>(Ref<UnsafeCell<Table<K>>>);

impl<K> Clone for Set<K> {
    #[inline(always)]
    fn clone(&self) -> Set<K> {
        Set(self.0.clone())
    }
}

impl<K> Default for Set<K> {
    fn default() -> Set<K> {
        Set::new()
    }
}

impl<K> Set<K> {
    #[inline]
    pub fn new() -> Set<K> {
        Set(Ref::new(UnsafeCell::new(Table::new())))
    }

    /// The table behind the handle.
    ///
    /// # Safety
    /// Nothing may change the set while the reference lives: no code of the program may run.
    #[inline(always)]
    unsafe fn table(&self) -> &Table<K> {
        // SAFETY: the caller's promise.
        unsafe { &*self.0.get() }
    }

    /// The table behind the handle, to change.
    ///
    /// # Safety
    /// Nothing else may look at the set while the reference lives: no code of the program may run.
    #[inline(always)]
    #[allow(clippy::mut_from_ref)]
    unsafe fn table_mut(&self) -> &mut Table<K> {
        // SAFETY: the caller's promise.
        unsafe { &mut *self.0.get() }
    }

    /// True when both are one set.
    #[inline(always)]
    pub fn same(&self, other: &Set<K>) -> bool {
        Ref::same(&self.0, &other.0)
    }

    /// The set's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        // SAFETY: a look at the length.
        unsafe { self.table() }.used()
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `set.clear`.
    pub fn clear(&self) {
        // SAFETY: the items are dropped after the borrow.
        drop(unsafe { self.table_mut() }.empty_out());
    }
}

impl<K: Key> Set<K> {
    /// `set.add`, with the hash already known.
    ///
    /// # Errors
    /// What `==` of items raises.
    #[inline]
    pub fn add_hashed(&self, hash: i64, item: K) -> Result<()> {
        if self.holds_near(&item) == Some(true) {
            return Ok(());
        }
        if let Search::Vacant(slot) = self.find_slot(hash, &item)? {
            // SAFETY: filling a slot runs no code of the program.
            unsafe { self.table_mut() }.fill(slot, hash, item);
        }
        Ok(())
    }

    /// `set.add`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    #[inline]
    pub fn add(&self, item: K) -> Result<()> {
        self.add_hashed(item.py_hash()?, item)
    }

    /// Whether an item is there, where that can be told without a search.
    #[inline(always)]
    fn holds_near(&self, item: &K) -> Option<bool> {
        // SAFETY: a look at bits.
        unsafe { self.table() }.holds_near(item)
    }

    /// Where an item is.
    #[inline(always)]
    fn slot_of(&self, hash: i64, item: &K) -> Result<Option<usize>> {
        if K::PLAIN {
            // SAFETY: comparing plain items runs no code of the program.
            return Ok(unsafe { self.table() }.find(hash, |candidate| candidate.quick_eq(item) == Some(true)));
        }
        Ok(match self.find_slot(hash, item)? {
            Search::Found(slot) => Some(slot),
            _ => None,
        })
    }

    /// Where an item is, or would go.
    #[inline]
    fn find_slot(&self, hash: i64, item: &K) -> Result<Search> {
        // SAFETY: `quick_eq` runs no code of the program.
        let found = unsafe { self.table() }.search(hash, |candidate| candidate.quick_eq(item));
        if let Search::Undecided = found {
            self.find_slot_slowly(hash, item)
        } else {
            Ok(found)
        }
    }

    /// The search when `==` is the program's: it may change the set, which starts the search again. Comparisons made
    /// in one attempt are remembered by slot.
    #[cold]
    fn find_slot_slowly(&self, hash: i64, item: &K) -> Result<Search> {
        let mut different: Vec<K> = Vec::new();
        loop {
            let mut open = None;
            // SAFETY: comparing by identity runs no code of the program.
            let found = unsafe { self.table() }.search(hash, |candidate| {
                if different.iter().any(|known| known.same(candidate)) {
                    return Some(false);
                }
                let quick = candidate.quick_eq(item);
                if quick.is_none() {
                    open = Some(candidate.clone());
                }
                quick
            });
            let Some(candidate) = open else { return Ok(found) };
            if candidate.py_eq(item)? {
                // SAFETY: as above.
                let again = unsafe { self.table() }.search(hash, |now| Some(now.same(&candidate)));
                if let Search::Found(_) = again {
                    return Ok(again);
                }
            } else {
                different.push(candidate);
            }
        }
    }

    /// `item in set`, with the hash already known.
    ///
    /// # Errors
    /// What `==` of items raises.
    #[inline]
    pub fn contains_hashed(&self, hash: i64, item: &K) -> Result<bool> {
        Ok(self.slot_of(hash, item)?.is_some())
    }

    /// `item in set`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    #[inline]
    pub fn contains(&self, item: &K) -> Result<bool> {
        if let Some(holds) = self.holds_near(item) {
            return Ok(holds);
        }
        self.contains_hashed(item.py_hash()?, item)
    }

    /// `set.discard`; true when the item was there.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn discard(&self, item: &K) -> Result<bool> {
        if self.holds_near(item) == Some(false) {
            return Ok(false);
        }
        self.discard_hashed(item.py_hash()?, item)
    }

    fn discard_hashed(&self, hash: i64, item: &K) -> Result<bool> {
        match self.slot_of(hash, item)? {
            Some(slot) => {
                // SAFETY: the item is handed out, and dropped after the borrow.
                drop(unsafe { self.table_mut() }.remove(slot));
                Ok(true)
            }
            None => Ok(false),
        }
    }

    /// `set.remove`.
    ///
    /// # Errors
    /// KeyError when absent; what hashing and `==` of items raise.
    pub fn remove(&self, item: &K) -> Result<()> {
        if self.discard(item)? {
            Ok(())
        } else {
            Err(exc::key_error(&item.to_value()))
        }
    }

    /// `set.pop`: the first item from where the last pop stopped.
    ///
    /// # Errors
    /// KeyError when empty.
    pub fn pop(&self) -> Result<K> {
        // SAFETY: the item is handed out.
        let item = unsafe { self.table_mut() }.pop();
        item.ok_or_else(|| exc::key_error(&Value::str("pop from an empty set")))
    }

    /// The items, in the order of the table.
    pub fn items(&self) -> Vec<K> {
        // SAFETY: cloning items runs no code of the program.
        unsafe { self.table() }.live().map(|(_, item)| item.clone()).collect()
    }

    /// The first item at or after `*slot`, which moves past it, and its hash.
    #[inline]
    pub fn item_from(&self, slot: &mut usize) -> Option<(i64, K)> {
        // SAFETY: cloning an item runs no code of the program.
        unsafe { self.table() }
            .next_from(slot)
            .map(|(hash, item)| (hash, item.clone()))
    }

    /// The set of these items, added one by one: a display `{a, b}`, a comprehension, `set(iterable)`.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn from_items(items: impl IntoIterator<Item = K>) -> Result<Set<K>> {
        let set = Set::new();
        for item in items {
            set.add(item)?;
        }
        Ok(set)
    }

    /// A display of three or more constants: CPython folds them into a frozenset, makes that anew when it gathers the
    /// constants of the code, and fills the set from it.
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn from_constants(items: impl IntoIterator<Item = K>) -> Result<Set<K>> {
        let folded = Set::from_items(items)?;
        Set::from_items(folded.items())?.copy()
    }

    /// The items, watching for changes of the set's size.
    pub fn iter(&self) -> SetIter<K> {
        SetIter {
            set: Some(self.clone()),
            slot: 0,
            len: self.len(),
        }
    }
}

/// A walk over a set's items.
pub struct SetIter<K> {
    /// None once the walk is over.
    set: Option<Set<K>>,
    slot: usize,
    /// The set's length at the start; `usize::MAX` after an error, which then repeats.
    len: usize,
}

impl<K: Key> SetIter<K> {
    /// The next item.
    ///
    /// # Errors
    /// RuntimeError when the set changed its size since the walk began.
    #[inline]
    pub fn next_item(&mut self) -> Result<Option<K>> {
        let Some(set) = &self.set else { return Ok(None) };
        if set.len() != self.len {
            self.len = usize::MAX;
            return Err(exc::runtime_error("Set changed size during iteration"));
        }
        let item = set.item_from(&mut self.slot).map(|(_, item)| item);
        if item.is_none() {
            self.set = None;
        }
        Ok(item)
    }
}

impl<K> SetIter<K> {
    /// `operator.length_hint`.
    pub fn remaining(&self) -> usize {
        match &self.set {
            // SAFETY: a look at the slots left.
            Some(set) if set.len() == self.len => unsafe { set.table() }.live_from(self.slot),
            _ => 0,
        }
    }
}

/// An immutable set of values.
#[derive(Clone)]
pub struct FrozenSet(Ref<Frozen>);

struct Frozen {
    items: Set<Value>,
    hash: Cell<Option<i64>>,
}

impl FrozenSet {
    /// Freezes a set that nobody else holds.
    pub fn from_set(items: Set<Value>) -> FrozenSet {
        FrozenSet(Ref::new(Frozen {
            items,
            hash: Cell::new(None),
        }))
    }

    /// The items as a set, only to be read.
    #[inline(always)]
    pub fn items(&self) -> &Set<Value> {
        &self.0.items
    }

    /// True when both are one object.
    pub fn same(&self, other: &FrozenSet) -> bool {
        Ref::same(&self.0, &other.0)
    }

    /// The set's `id()`.
    pub fn address(&self) -> usize {
        Ref::address(&self.0)
    }

    /// `hash(frozenset)`: the same for any order of the items.
    pub fn hash(&self) -> i64 {
        if let Some(hash) = self.0.hash.get() {
            return hash;
        }
        let mut hasher = FrozenSetHasher::new();
        let mut slot = 0;
        while let Some((hash, _)) = self.0.items.item_from(&mut slot) {
            hasher.add(hash);
        }
        let hash = hasher.finish();
        self.0.hash.set(Some(hash));
        hash
    }
}
