//! The table of CPython 3.11's sets: open addressing, short linear runs, then a perturbed jump.

use std::mem::MaybeUninit;

use super::marks::{DUMMY, EMPTY, GROUP, LIVE, Marks, live_mark};
use super::near::Near;
use crate::elem::Key;

/// The smallest table.
const MIN_SIZE: usize = 8;
/// How many neighbours of a slot are tried before jumping.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;

/// Where an item is.
pub(super) enum Search {
    Found(usize),
    /// Absent: it would go here.
    Vacant(usize),
    /// Only the program's `==` can tell.
    Undecided,
}

pub(super) struct Table<K> {
    marks: Marks,
    near: Near,
    /// An item and its hash where the mark says so.
    cells: Vec<MaybeUninit<(i64, K)>>,
    /// Slots that are not empty: live ones and dummies.
    fill: usize,
    used: usize,
    /// Where the next `pop` starts.
    finger: usize,
}

/// The slots to look at for a hash, in order.
struct Probe {
    mask: usize,
    start: usize,
    perturb: usize,
}

impl Probe {
    #[inline(always)]
    fn new(hash: i64, mask: usize) -> Probe {
        Probe {
            mask,
            start: hash as usize & mask,
            perturb: hash as usize,
        }
    }

    /// The current run of neighbours, a bit for each from `start` on.
    #[inline(always)]
    fn run(&self) -> u32 {
        if self.start + LINEAR_PROBES <= self.mask {
            (2 << LINEAR_PROBES) - 1
        } else {
            1
        }
    }

    #[inline(always)]
    fn jump(&mut self) {
        self.perturb >>= PERTURB_SHIFT;
        self.start = self.start.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb) & self.mask;
    }
}

impl<K> Table<K> {
    pub(super) fn new() -> Table<K> {
        Table::with_slots(MIN_SIZE)
    }

    fn with_slots(slots: usize) -> Table<K> {
        Table {
            marks: Marks::new(slots),
            near: Near::default(),
            cells: std::iter::repeat_with(MaybeUninit::uninit).take(slots).collect(),
            fill: 0,
            used: 0,
            finger: 0,
        }
    }

    #[inline(always)]
    pub(super) fn used(&self) -> usize {
        self.used
    }

    #[inline(always)]
    pub(super) fn mask(&self) -> usize {
        self.marks.slots() - 1
    }

    pub(super) fn fill_count(&self) -> usize {
        self.fill
    }

    /// The cell of a live slot.
    #[inline(always)]
    fn cell(&self, slot: usize) -> &(i64, K) {
        debug_assert!(self.marks.is_live(slot));
        // SAFETY: callers saw a live mark, and a live slot's cell is filled.
        unsafe { self.cells.get_unchecked(slot).assume_init_ref() }
    }

    #[inline(always)]
    fn put(&mut self, slot: usize, hash: i64, item: K) {
        self.marks.set(slot, live_mark(hash));
        self.cells[slot].write((hash, item));
    }

    /// Takes the content of a slot, which gets another mark.
    #[inline(always)]
    fn take(&mut self, slot: usize, mark: u8) -> Option<(i64, K)> {
        let live = self.marks.is_live(slot);
        self.marks.set(slot, mark);
        // SAFETY: a live slot's cell is filled, and the mark no longer says that it is.
        live.then(|| unsafe { self.cells[slot].assume_init_read() })
    }

    /// Makes the table empty and small, and answers what was in it. The finger of `pop` stays.
    pub(super) fn empty_out(&mut self) -> Table<K> {
        self.take_body(Table::new())
    }

    /// Takes over another table's content, keeping the finger of `pop`.
    pub(super) fn take_body(&mut self, mut other: Table<K>) -> Table<K> {
        other.finger = self.finger;
        std::mem::replace(self, other)
    }

    /// The slot of an item in a small table, whatever its place in the order of probes: all marks are looked at, so
    /// that nothing but the answer has to be guessed by the processor.
    #[inline(always)]
    fn find_among_all(&self, hash: i64, equal: impl Fn(&K) -> bool) -> Option<usize> {
        let mark = live_mark(hash);
        let mut bits = 0_u64;
        for start in (0..self.cells.len()).step_by(GROUP) {
            bits |= u64::from(self.marks.group(start).matching(mark)) << start;
        }
        while bits != 0 {
            let at = bits.trailing_zeros() as usize;
            if equal(&self.cell(at).1) {
                return Some(at);
            }
            bits &= bits - 1;
        }
        None
    }

    /// The slot of an item; `equal` tells whether a candidate is it, and runs no code of the program.
    #[inline(always)]
    pub(super) fn find(&self, hash: i64, equal: impl Fn(&K) -> bool) -> Option<usize> {
        if self.cells.len() <= u64::BITS as usize {
            return self.find_among_all(hash, equal);
        }
        match self.search(hash, |item| Some(equal(item))) {
            Search::Found(at) => Some(at),
            _ => None,
        }
    }

    /// Looks for an item; `equal` tells whether a candidate of the same hash is it.
    ///
    /// Most searches end at the slot that the hash points at.
    #[inline(always)]
    pub(super) fn search(&self, hash: i64, mut equal: impl FnMut(&K) -> Option<bool>) -> Search {
        let home = hash as usize & self.mask();
        let mark = self.marks.get(home);
        if mark == EMPTY {
            return Search::Vacant(home);
        }
        if mark >= LIVE {
            let (theirs, item) = self.cell(home);
            if *theirs == hash && equal(item) == Some(true) {
                return Search::Found(home);
            }
        }
        self.search_run(hash, equal)
    }

    /// The whole search, run by run.
    fn search_run(&self, hash: i64, mut equal: impl FnMut(&K) -> Option<bool>) -> Search {
        let mark = live_mark(hash);
        let mut probe = Probe::new(hash, self.mask());
        let mut free = None;
        loop {
            let group = self.marks.group(probe.start);
            let run = probe.run();
            let empty = group.matching(EMPTY) & run;
            // The bits below the first empty slot's; all of the run where none is empty.
            let before = empty.wrapping_sub(1) & !empty & run;
            let mut candidates = group.matching(mark) & before;
            while candidates != 0 {
                let at = probe.start + candidates.trailing_zeros() as usize;
                let (theirs, item) = self.cell(at);
                if *theirs == hash {
                    match equal(item) {
                        Some(true) => return Search::Found(at),
                        Some(false) => {}
                        None => return Search::Undecided,
                    }
                }
                candidates &= candidates - 1;
            }
            let dummies = group.matching(DUMMY) & before;
            if dummies != 0 {
                free = Some(probe.start + dummies.ilog2() as usize);
            }
            if empty != 0 {
                let at = probe.start + empty.trailing_zeros() as usize;
                return Search::Vacant(free.unwrap_or(at));
            }
            probe.jump();
        }
    }

    /// Resizes as an addition does.
    #[cold]
    pub(super) fn grow(&mut self) {
        self.resize(if self.used > 50_000 {
            self.used * 2
        } else {
            self.used * 4
        });
    }

    /// Rebuilds the table with the least power of two above `min_used`, without dummies.
    pub(super) fn resize(&mut self, min_used: usize) {
        let mut size = MIN_SIZE;
        while size <= min_used {
            size <<= 1;
        }
        if size == MIN_SIZE && self.cells.len() == MIN_SIZE && self.fill == self.used {
            return;
        }
        let mut old = std::mem::replace(self, Table::with_slots(size));
        for slot in 0..old.cells.len() {
            if let Some((hash, item)) = old.take(slot, EMPTY) {
                self.insert_clean(hash, item);
            }
        }
        (self.fill, self.used, self.finger) = (old.used, old.used, old.finger);
        self.near = old.near;
    }

    /// Inserts an item known to be absent into a table without dummies; counts are the caller's.
    #[inline]
    fn insert_clean(&mut self, hash: i64, item: K) {
        let mut probe = Probe::new(hash, self.mask());
        loop {
            let empty = self.marks.group(probe.start).matching(EMPTY) & probe.run();
            if empty != 0 {
                return self.put(probe.start + empty.trailing_zeros() as usize, hash, item);
            }
            probe.jump();
        }
    }

    /// Items and their hashes, in the table's order.
    pub(super) fn live(&self) -> impl Iterator<Item = (i64, &K)> {
        self.marks.live_from(0).map(|slot| {
            let (hash, item) = self.cell(slot);
            (*hash, item)
        })
    }

    /// How many items stand at or after a slot.
    pub(super) fn live_from(&self, at: usize) -> usize {
        self.marks.live_from(at).count()
    }

    /// The first item at or after `*at`, which moves past it.
    #[inline]
    pub(super) fn next_from(&self, at: &mut usize) -> Option<(i64, &K)> {
        let slot = self.marks.live_from(*at).next();
        *at = slot.map_or(self.cells.len(), |slot| slot + 1);
        let (hash, item) = self.cell(slot?);
        Some((*hash, item))
    }
}

impl<K: Key> Table<K> {
    /// Whether an int that has a bit of its own is there; None where only a search can tell.
    #[inline(always)]
    pub(super) fn holds_near(&self, item: &K) -> Option<bool> {
        self.near.holds(item.near())
    }

    /// Puts a new item where `search` said, growing the table when three fifths are taken.
    #[inline]
    pub(super) fn fill(&mut self, at: usize, hash: i64, item: K) {
        let was_empty = self.marks.get(at) == EMPTY;
        self.near.add(item.near());
        self.put(at, hash, item);
        self.used += 1;
        if was_empty {
            self.fill += 1;
            if self.fill * 5 >= self.mask() * 3 {
                self.grow();
            }
        }
    }

    /// Takes the item out of a slot that `search` found.
    #[inline]
    pub(super) fn remove(&mut self, at: usize) -> Option<K> {
        self.used -= 1;
        let (_, item) = self.take(at, DUMMY)?;
        self.near.remove(item.near());
        Some(item)
    }

    pub(super) fn pop(&mut self) -> Option<K> {
        if self.used == 0 {
            return None;
        }
        let mut at = self.finger & self.mask();
        while !self.marks.is_live(at) {
            at = if at < self.mask() { at + 1 } else { 0 };
        }
        self.finger = at + 1;
        self.remove(at)
    }
}

impl<K> Drop for Table<K> {
    fn drop(&mut self) {
        if std::mem::needs_drop::<K>() {
            (0..self.cells.len()).for_each(|slot| drop(self.take(slot, EMPTY)));
        }
    }
}

impl<K: Clone> Table<K> {
    /// Takes over all of `other` where that needs no comparison; false when this table holds something already.
    pub(super) fn absorb_clean(&mut self, other: &Table<K>) -> bool {
        if self.fill != 0 {
            return false;
        }
        if self.cells.len() == other.cells.len() && other.fill == other.used {
            for slot in other.marks.live_from(0) {
                let (hash, item) = other.cell(slot);
                self.put(slot, *hash, item.clone());
            }
        } else {
            for (hash, item) in other.live() {
                self.insert_clean(hash, item.clone());
            }
        }
        self.fill = other.used;
        self.used = other.used;
        self.near = other.near;
        true
    }
}

impl<K: Key> Table<K> {
    /// Becomes `other` slot for slot, each item converted; None when one does not convert.
    pub(super) fn mirror<T>(&mut self, other: &Table<T>, convert: impl Fn(&T) -> Option<K>) -> Option<()> {
        let mut mirror = Table::with_slots(other.cells.len());
        for slot in 0..other.cells.len() {
            if other.marks.is_live(slot) {
                let (hash, item) = other.cell(slot);
                let item = convert(item)?;
                mirror.near.add(item.near());
                mirror.put(slot, *hash, item);
            } else {
                mirror.marks.set(slot, other.marks.get(slot));
            }
        }
        (mirror.fill, mirror.used, mirror.finger) = (other.fill, other.used, other.finger);
        *self = mirror;
        Some(())
    }
}
