//! The table of CPython 3.11's sets: open addressing, short linear runs, then a perturbed jump.

/// The smallest table.
const MIN_SIZE: usize = 8;
/// How many neighbours of a slot are tried before jumping.
const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;

enum Slot<K> {
    Empty,
    /// An item was here.
    Dummy,
    Live(i64, K),
}

/// Where an item is.
pub(super) enum Search {
    Found(usize),
    /// Absent: it would go here.
    Vacant(usize),
    /// Only the program's `==` can tell.
    Undecided,
}

pub(super) struct Table<K> {
    slots: Vec<Slot<K>>,
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

    /// The current run of neighbours.
    #[inline(always)]
    fn run(&self) -> std::ops::RangeInclusive<usize> {
        let neighbours = if self.start + LINEAR_PROBES <= self.mask {
            LINEAR_PROBES
        } else {
            0
        };
        self.start..=self.start + neighbours
    }

    #[inline(always)]
    fn jump(&mut self) {
        self.perturb >>= PERTURB_SHIFT;
        self.start = self.start.wrapping_mul(5).wrapping_add(1).wrapping_add(self.perturb) & self.mask;
    }
}

impl<K> Table<K> {
    pub(super) fn new() -> Table<K> {
        Table {
            slots: empty_slots(MIN_SIZE),
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
        self.slots.len() - 1
    }

    pub(super) fn fill_count(&self) -> usize {
        self.fill
    }

    /// Makes the table empty and small, and answers what was in it. The finger of `pop` stays.
    pub(super) fn empty_out(&mut self) -> Table<K> {
        let finger = self.finger;
        std::mem::replace(self, Table { finger, ..Table::new() })
    }

    /// Takes over another table's content, keeping the finger of `pop`.
    pub(super) fn take_body(&mut self, other: Table<K>) -> Table<K> {
        let finger = self.finger;
        std::mem::replace(self, Table { finger, ..other })
    }

    /// Looks for an item; `equal` tells whether a candidate of the same hash is it.
    #[inline]
    pub(super) fn search(&self, hash: i64, mut equal: impl FnMut(&K) -> Option<bool>) -> Search {
        let mut probe = Probe::new(hash, self.mask());
        let mut free = None;
        loop {
            for at in probe.run() {
                match &self.slots[at] {
                    Slot::Empty => return Search::Vacant(free.unwrap_or(at)),
                    Slot::Dummy => free = Some(at),
                    Slot::Live(theirs, item) if *theirs == hash => match equal(item) {
                        Some(true) => return Search::Found(at),
                        Some(false) => {}
                        None => return Search::Undecided,
                    },
                    Slot::Live(..) => {}
                }
            }
            probe.jump();
        }
    }

    /// Puts a new item where `search` said, growing the table when three fifths are taken.
    #[inline]
    pub(super) fn fill(&mut self, at: usize, hash: i64, item: K) {
        let was_empty = matches!(self.slots[at], Slot::Empty);
        self.slots[at] = Slot::Live(hash, item);
        self.used += 1;
        if was_empty {
            self.fill += 1;
            if self.fill * 5 >= self.mask() * 3 {
                self.grow();
            }
        }
    }

    /// Resizes as an addition does.
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
        if size == MIN_SIZE && self.slots.len() == MIN_SIZE && self.fill == self.used {
            return;
        }
        let old = std::mem::replace(&mut self.slots, empty_slots(size));
        for slot in old {
            if let Slot::Live(hash, item) = slot {
                self.insert_clean(hash, item);
            }
        }
        self.fill = self.used;
    }

    /// Inserts an item known to be absent into a table without dummies; counts are the caller's.
    fn insert_clean(&mut self, hash: i64, item: K) {
        let mut probe = Probe::new(hash, self.mask());
        loop {
            for at in probe.run() {
                if let Slot::Empty = self.slots[at] {
                    self.slots[at] = Slot::Live(hash, item);
                    return;
                }
            }
            probe.jump();
        }
    }

    /// Takes the item out of a slot that `search` found.
    pub(super) fn remove(&mut self, at: usize) -> Option<K> {
        self.used -= 1;
        match std::mem::replace(&mut self.slots[at], Slot::Dummy) {
            Slot::Live(_, item) => Some(item),
            _ => None,
        }
    }

    pub(super) fn pop(&mut self) -> Option<K> {
        if self.used == 0 {
            return None;
        }
        let mut at = self.finger & self.mask();
        while !matches!(self.slots[at], Slot::Live(..)) {
            at = if at < self.mask() { at + 1 } else { 0 };
        }
        self.finger = at + 1;
        self.remove(at)
    }

    /// Items and their hashes, in the table's order.
    pub(super) fn live(&self) -> impl Iterator<Item = (i64, &K)> {
        self.slots.iter().filter_map(|slot| match slot {
            Slot::Live(hash, item) => Some((*hash, item)),
            _ => None,
        })
    }

    /// How many items stand at or after a slot.
    pub(super) fn live_from(&self, at: usize) -> usize {
        self.slots
            .iter()
            .skip(at)
            .filter(|slot| matches!(slot, Slot::Live(..)))
            .count()
    }

    /// The first item at or after `*at`, which moves past it.
    #[inline]
    pub(super) fn next_from(&self, at: &mut usize) -> Option<(i64, &K)> {
        while let Some(slot) = self.slots.get(*at) {
            *at += 1;
            if let Slot::Live(hash, item) = slot {
                return Some((*hash, item));
            }
        }
        None
    }
}

impl<K: Clone> Table<K> {
    /// Takes over all of `other` where that needs no comparison; false when this table holds something already.
    pub(super) fn absorb_clean(&mut self, other: &Table<K>) -> bool {
        if self.fill != 0 {
            return false;
        }
        if self.slots.len() == other.slots.len() && other.fill == other.used {
            for (mine, theirs) in self.slots.iter_mut().zip(&other.slots) {
                if let Slot::Live(hash, item) = theirs {
                    *mine = Slot::Live(*hash, item.clone());
                }
            }
        } else {
            for (hash, item) in other.live() {
                self.insert_clean(hash, item.clone());
            }
        }
        self.fill = other.used;
        self.used = other.used;
        true
    }
}

impl<K> Table<K> {
    /// Becomes `other` slot for slot, each item converted; None when one does not convert.
    pub(super) fn mirror<T>(&mut self, other: &Table<T>, convert: impl Fn(&T) -> Option<K>) -> Option<()> {
        let mut slots = Vec::with_capacity(other.slots.len());
        for slot in &other.slots {
            slots.push(match slot {
                Slot::Empty => Slot::Empty,
                Slot::Dummy => Slot::Dummy,
                Slot::Live(hash, item) => Slot::Live(*hash, convert(item)?),
            });
        }
        *self = Table {
            slots,
            fill: other.fill,
            used: other.used,
            finger: other.finger,
        };
        Some(())
    }
}

fn empty_slots<K>(size: usize) -> Vec<Slot<K>> {
    std::iter::repeat_with(|| Slot::Empty).take(size).collect()
}
