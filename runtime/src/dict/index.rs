//! The index over a dict's entries: open addressing with linear probing (Knuth, TAOCP 3, 6.4, algorithms L and R), so
//! that a search touches one line of the index and one entry.
//!
//! A cell holds an entry's position and 32 bits of its hash; those bits also say where the cell belongs, so that the
//! index grows and closes gaps without a look at the entries.

/// Positions are kept one higher: zero is an empty cell.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Cell(u64);

const EMPTY: Cell = Cell(0);

impl Cell {
    #[inline(always)]
    fn new(tag: u32, position: u32) -> Cell {
        Cell((u64::from(tag) << 32) | u64::from(position + 1))
    }

    #[inline(always)]
    fn tag(self) -> u32 {
        (self.0 >> 32) as u32
    }

    #[inline(always)]
    fn position(self) -> u32 {
        (self.0 as u32).wrapping_sub(1)
    }
}

#[derive(Default)]
pub(super) struct Index {
    /// A power of two of them, at most two thirds in use; or none.
    cells: Vec<Cell>,
    used: usize,
}

impl Index {
    pub(super) const fn new() -> Index {
        Index {
            cells: Vec::new(),
            used: 0,
        }
    }

    pub(super) fn with_capacity(room: usize) -> Index {
        let cells = (room + room / 2 + 1).next_power_of_two().max(16);
        Index {
            cells: vec![EMPTY; cells],
            used: 0,
        }
    }

    #[inline(always)]
    fn home(&self, tag: u32) -> usize {
        tag as usize & (self.cells.len() - 1)
    }

    #[inline(always)]
    fn after(&self, at: usize) -> usize {
        (at + 1) & (self.cells.len() - 1)
    }

    /// Adds a position that is not there yet.
    #[inline]
    pub(super) fn insert(&mut self, hash: u64, position: u32) {
        if self.used * 3 >= self.cells.len() * 2 {
            self.grow();
        }
        self.used += 1;
        self.place(Cell::new(hash as u32, position));
    }

    #[inline(always)]
    fn place(&mut self, cell: Cell) {
        let mut at = self.home(cell.tag());
        while self.cells[at] != EMPTY {
            at = self.after(at);
        }
        self.cells[at] = cell;
    }

    #[cold]
    fn grow(&mut self) {
        let cells = (self.cells.len() * 2).max(16);
        for cell in std::mem::replace(&mut self.cells, vec![EMPTY; cells]) {
            if cell != EMPTY {
                self.place(cell);
            }
        }
    }

    /// The first position of this hash that `is_it` accepts.
    #[inline(always)]
    pub(super) fn find(&self, hash: u64, is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        self.cell_of(hash, is_it).map(|at| self.cells[at].position())
    }

    #[inline(always)]
    fn cell_of(&self, hash: u64, mut is_it: impl FnMut(u32) -> bool) -> Option<usize> {
        if self.cells.is_empty() {
            return None;
        }
        let tag = hash as u32;
        let mut at = self.home(tag);
        loop {
            let cell = self.cells[at];
            if cell == EMPTY {
                return None;
            }
            if cell.tag() == tag && is_it(cell.position()) {
                return Some(at);
            }
            at = self.after(at);
        }
    }

    /// The positions whose hash has the same bits.
    pub(super) fn candidates(&self, hash: u64) -> Vec<u32> {
        let mut found = Vec::new();
        self.find(hash, |position| {
            found.push(position);
            false
        });
        found
    }

    /// Takes a position out and closes the gap.
    pub(super) fn remove(&mut self, hash: u64, position: u32) {
        let Some(mut gap) = self.cell_of(hash, |at| at == position) else {
            return;
        };
        self.used -= 1;
        let mut at = self.after(gap);
        while self.cells[at] != EMPTY {
            let home = self.home(self.cells[at].tag());
            // The cell may move back unless its home lies between the gap and itself.
            let mask = self.cells.len() - 1;
            if (at.wrapping_sub(home) & mask) >= (at.wrapping_sub(gap) & mask) {
                self.cells[gap] = self.cells[at];
                gap = at;
            }
            at = self.after(at);
        }
        self.cells[gap] = EMPTY;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_found_until_they_are_removed() {
        // Few distinct hashes, so that runs of cells grow together and gaps close over wrapped runs.
        let hash = |position: u32| u64::from(position % 7) * 0x1_0000_0003 + 0xffff_fffc;
        let mut index = Index::new();
        for position in 0..200 {
            index.insert(hash(position), position);
        }
        for gone in (0..200).step_by(3) {
            index.remove(hash(gone), gone);
        }
        for position in 0..200 {
            let found = index.find(hash(position), |at| at == position);
            assert_eq!(found.is_some(), position % 3 != 0, "position {position}");
        }
        assert_eq!(index.used, 133);
    }

    #[test]
    fn an_empty_index_finds_nothing() {
        assert_eq!(Index::new().find(5, |_| true), None);
        assert_eq!(Index::with_capacity(100).find(0, |_| true), None);
    }
}
