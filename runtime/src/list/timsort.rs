//! The merge sort of CPython 3.11's lists, comparison by comparison.
//!
//! Which pairs are compared, and in which order, shows: when `<` is no total order (NaN), when it has effects, and in
//! the state a failing comparison leaves. Algorithm: Tim Peters' listsort.txt, with the powersort merge policy of
//! Munro and Wild (2018). Items are positions into the keys, so a failed sort still leaves a permutation.

use crate::exc::Result;

/// Runs of this many wins in a row start galloping.
const MIN_GALLOP: usize = 7;

/// A sorted stretch waiting to be merged.
#[derive(Clone, Copy)]
struct Run {
    start: usize,
    len: usize,
    power: u32,
}

/// Sorts `order` by `less`, stably.
///
/// # Errors
/// The first error of `less`; `order` is then a permutation of what it was.
pub(super) fn sort(order: &mut [usize], less: impl FnMut(usize, usize) -> Result<bool>) -> Result<()> {
    if order.len() < 2 {
        return Ok(());
    }
    Sorter {
        less,
        min_gallop: MIN_GALLOP,
        pending: Vec::new(),
        spare: Vec::new(),
        total: order.len(),
    }
    .sort(order)
}

struct Sorter<F> {
    less: F,
    min_gallop: usize,
    pending: Vec<Run>,
    spare: Vec<usize>,
    total: usize,
}

/// How a merge's inner loops end.
enum Step {
    Gallop,
    Done,
}

impl<F: FnMut(usize, usize) -> Result<bool>> Sorter<F> {
    fn sort(&mut self, order: &mut [usize]) -> Result<()> {
        let min_run = min_run(order.len());
        let mut start = 0;
        while start < order.len() {
            let rest = &mut order[start..];
            let mut len = self.count_run(rest)?;
            if len < min_run {
                let forced = rest.len().min(min_run);
                self.binary_sort(&mut rest[..forced], len)?;
                len = forced;
            }
            self.found_run(order, start, len)?;
            start += len;
        }
        self.collapse(order)
    }

    /// The length of the run at the front; a descending one is reversed in place.
    fn count_run(&mut self, items: &mut [usize]) -> Result<usize> {
        if items.len() < 2 {
            return Ok(items.len());
        }
        let descending = (self.less)(items[1], items[0])?;
        let mut len = 2;
        while len < items.len() && (self.less)(items[len], items[len - 1])? == descending {
            len += 1;
        }
        if descending {
            items[..len].reverse();
        }
        Ok(len)
    }

    /// Binary insertion; the first `sorted` items are in order already.
    fn binary_sort(&mut self, items: &mut [usize], sorted: usize) -> Result<()> {
        for start in sorted.max(1)..items.len() {
            let pivot = items[start];
            let (mut low, mut high) = (0, start);
            while low < high {
                let middle = low + (high - low) / 2;
                if (self.less)(pivot, items[middle])? {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            items[low..=start].rotate_right(1);
        }
        Ok(())
    }

    /// Merges what the powersort policy says before the new run is pushed.
    fn found_run(&mut self, order: &mut [usize], start: usize, len: usize) -> Result<()> {
        if let Some(last) = self.pending.last() {
            let power = power(last.start, last.len, len, self.total);
            while self.pending.len() > 1 && self.pending[self.pending.len() - 2].power > power {
                self.merge_at(order, self.pending.len() - 2)?;
            }
            let top = self.pending.len() - 1;
            self.pending[top].power = power;
        }
        self.pending.push(Run { start, len, power: 0 });
        Ok(())
    }

    /// Merges all runs left.
    fn collapse(&mut self, order: &mut [usize]) -> Result<()> {
        while self.pending.len() > 1 {
            let mut at = self.pending.len() - 2;
            if at > 0 && self.pending[at - 1].len < self.pending[at + 1].len {
                at -= 1;
            }
            self.merge_at(order, at)?;
        }
        Ok(())
    }

    /// Merges the pending runs `at` and `at + 1`.
    fn merge_at(&mut self, order: &mut [usize], at: usize) -> Result<()> {
        let (a, b) = (self.pending[at], self.pending[at + 1]);
        self.pending[at].len = a.len + b.len;
        self.pending.remove(at + 1);
        let items = &mut order[a.start..b.start + b.len];
        // Items of `a` before the first of `b` and items of `b` after the last of `a` are in place.
        let skip = self.gallop_right(items[a.len], &items[..a.len], 0)?;
        if skip == a.len {
            return Ok(());
        }
        let keep = self.gallop_left(items[a.len - 1], &items[a.len..], b.len - 1)?;
        if keep == 0 {
            return Ok(());
        }
        let items = &mut items[skip..a.len + keep];
        let len = a.len - skip;
        if len <= keep {
            self.merge_low(items, len)
        } else {
            self.merge_high(items, len)
        }
    }

    /// Where `key` belongs in `items`, before its equals; the search starts at `hint`.
    fn gallop_left(&mut self, key: usize, items: &[usize], hint: usize) -> Result<usize> {
        let (mut last, mut offset) = (0, 1);
        let (mut low, mut high);
        if (self.less)(items[hint], key)? {
            let max = items.len() - hint;
            while offset < max && (self.less)(items[hint + offset], key)? {
                last = offset;
                offset = offset * 2 + 1;
            }
            (low, high) = (hint + last + 1, hint + offset.min(max));
        } else {
            let max = hint + 1;
            while offset < max && !(self.less)(items[hint - offset], key)? {
                last = offset;
                offset = offset * 2 + 1;
            }
            (low, high) = (hint + 1 - offset.min(max), hint - last);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if (self.less)(items[middle], key)? {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(high)
    }

    /// Where `key` belongs in `items`, after its equals; the search starts at `hint`.
    fn gallop_right(&mut self, key: usize, items: &[usize], hint: usize) -> Result<usize> {
        let (mut last, mut offset) = (0, 1);
        let (mut low, mut high);
        if (self.less)(key, items[hint])? {
            let max = hint + 1;
            while offset < max && (self.less)(key, items[hint - offset])? {
                last = offset;
                offset = offset * 2 + 1;
            }
            (low, high) = (hint + 1 - offset.min(max), hint - last);
        } else {
            let max = items.len() - hint;
            while offset < max && !(self.less)(key, items[hint + offset])? {
                last = offset;
                offset = offset * 2 + 1;
            }
            (low, high) = (hint + last + 1, hint + offset.min(max));
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if (self.less)(key, items[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Ok(high)
    }

    /// Merges `items[..len]` with the rest, the first part being the shorter: it moves aside, filling goes upwards.
    fn merge_low(&mut self, items: &mut [usize], len: usize) -> Result<()> {
        let mut spare = std::mem::take(&mut self.spare);
        spare.clear();
        spare.extend_from_slice(&items[..len]);
        let mut merge = Low {
            dest: 0,
            a: 0,
            na: len,
            b: len,
            nb: items.len() - len,
        };
        let result = self.run_low(items, &spare, &mut merge);
        // What is left of the first part goes last; whatever is left of the second stands where it belongs.
        items[merge.dest..merge.dest + merge.na].copy_from_slice(&spare[merge.a..merge.a + merge.na]);
        self.spare = spare;
        result
    }

    fn run_low(&mut self, items: &mut [usize], spare: &[usize], merge: &mut Low) -> Result<()> {
        merge.take_b(items);
        if merge.finished(items) {
            return Ok(());
        }
        let mut min_gallop = self.min_gallop;
        loop {
            if let Step::Done = self.one_by_one_low(items, spare, merge, min_gallop)? {
                return Ok(());
            }
            min_gallop += 1;
            loop {
                min_gallop -= (min_gallop > 1) as usize;
                self.min_gallop = min_gallop;
                let won_a = self.gallop_right(items[merge.b], &spare[merge.a..merge.a + merge.na], 0)?;
                merge.take_many_a(items, spare, won_a);
                if won_a > 0 && merge.finished(items) {
                    return Ok(());
                }
                merge.take_b(items);
                if merge.nb == 0 {
                    return Ok(());
                }
                let won_b = self.gallop_left(spare[merge.a], &items[merge.b..merge.b + merge.nb], 0)?;
                merge.take_many_b(items, won_b);
                if merge.nb == 0 {
                    return Ok(());
                }
                merge.take_many_a(items, spare, 1);
                if merge.finished(items) {
                    return Ok(());
                }
                if won_a < MIN_GALLOP && won_b < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// Takes the smaller front item until one side won `min_gallop` times in a row.
    fn one_by_one_low(
        &mut self,
        items: &mut [usize],
        spare: &[usize],
        merge: &mut Low,
        min_gallop: usize,
    ) -> Result<Step> {
        let (mut won_a, mut won_b) = (0, 0);
        loop {
            if (self.less)(items[merge.b], spare[merge.a])? {
                merge.take_b(items);
                (won_a, won_b) = (0, won_b + 1);
                if merge.nb == 0 {
                    return Ok(Step::Done);
                }
            } else {
                merge.take_many_a(items, spare, 1);
                (won_a, won_b) = (won_a + 1, 0);
                if merge.finished(items) {
                    return Ok(Step::Done);
                }
            }
            if won_a >= min_gallop || won_b >= min_gallop {
                return Ok(Step::Gallop);
            }
        }
    }

    /// Merges `items[..len]` with the rest, the rest being the shorter: it moves aside, filling goes downwards.
    fn merge_high(&mut self, items: &mut [usize], len: usize) -> Result<()> {
        let mut spare = std::mem::take(&mut self.spare);
        spare.clear();
        spare.extend_from_slice(&items[len..]);
        let mut merge = High {
            dest: items.len(),
            na: len,
            nb: items.len() - len,
        };
        let result = self.run_high(items, &spare, &mut merge);
        // What is left of the second part goes first; whatever is left of the first stands where it belongs.
        items[merge.dest - merge.nb..merge.dest].copy_from_slice(&spare[..merge.nb]);
        self.spare = spare;
        result
    }

    fn run_high(&mut self, items: &mut [usize], spare: &[usize], merge: &mut High) -> Result<()> {
        merge.take_many_a(items, 1);
        if merge.finished(items) {
            return Ok(());
        }
        let mut min_gallop = self.min_gallop;
        loop {
            if let Step::Done = self.one_by_one_high(items, spare, merge, min_gallop)? {
                return Ok(());
            }
            min_gallop += 1;
            loop {
                min_gallop -= (min_gallop > 1) as usize;
                self.min_gallop = min_gallop;
                let kept_a = self.gallop_right(spare[merge.nb - 1], &items[..merge.na], merge.na - 1)?;
                let won_a = merge.na - kept_a;
                merge.take_many_a(items, won_a);
                if merge.na == 0 {
                    return Ok(());
                }
                merge.take_many_b(items, spare, 1);
                if merge.finished(items) {
                    return Ok(());
                }
                let kept_b = self.gallop_left(items[merge.na - 1], &spare[..merge.nb], merge.nb - 1)?;
                let won_b = merge.nb - kept_b;
                merge.take_many_b(items, spare, won_b);
                if won_b > 0 && merge.finished(items) {
                    return Ok(());
                }
                merge.take_many_a(items, 1);
                if merge.na == 0 {
                    return Ok(());
                }
                if won_a < MIN_GALLOP && won_b < MIN_GALLOP {
                    break;
                }
            }
            min_gallop += 1;
            self.min_gallop = min_gallop;
        }
    }

    /// Takes the larger last item until one side won `min_gallop` times in a row.
    fn one_by_one_high(
        &mut self,
        items: &mut [usize],
        spare: &[usize],
        merge: &mut High,
        min_gallop: usize,
    ) -> Result<Step> {
        let (mut won_a, mut won_b) = (0, 0);
        loop {
            if (self.less)(spare[merge.nb - 1], items[merge.na - 1])? {
                merge.take_many_a(items, 1);
                (won_a, won_b) = (won_a + 1, 0);
                if merge.na == 0 {
                    return Ok(Step::Done);
                }
            } else {
                merge.take_many_b(items, spare, 1);
                (won_a, won_b) = (0, won_b + 1);
                if merge.finished(items) {
                    return Ok(Step::Done);
                }
            }
            if won_a >= min_gallop || won_b >= min_gallop {
                return Ok(Step::Gallop);
            }
        }
    }
}

/// A merge filling upwards: `na` items from `a` of the spare room, `nb` items from `b` in place.
struct Low {
    dest: usize,
    a: usize,
    na: usize,
    b: usize,
    nb: usize,
}

impl Low {
    fn take_b(&mut self, items: &mut [usize]) {
        self.take_many_b(items, 1);
    }

    fn take_many_b(&mut self, items: &mut [usize], count: usize) {
        items.copy_within(self.b..self.b + count, self.dest);
        self.dest += count;
        self.b += count;
        self.nb -= count;
    }

    fn take_many_a(&mut self, items: &mut [usize], spare: &[usize], count: usize) {
        items[self.dest..self.dest + count].copy_from_slice(&spare[self.a..self.a + count]);
        self.dest += count;
        self.a += count;
        self.na -= count;
    }

    /// One item left of `a` belongs after all of `b`; true as well when a side is used up.
    fn finished(&mut self, items: &mut [usize]) -> bool {
        if self.na == 1 && self.nb > 0 {
            self.take_many_b(items, self.nb);
        }
        self.nb == 0 || self.na == 0
    }
}

/// A merge filling downwards: the first `na` items in place, the first `nb` of the spare room.
struct High {
    dest: usize,
    na: usize,
    nb: usize,
}

impl High {
    fn take_many_a(&mut self, items: &mut [usize], count: usize) {
        items.copy_within(self.na - count..self.na, self.dest - count);
        self.dest -= count;
        self.na -= count;
    }

    fn take_many_b(&mut self, items: &mut [usize], spare: &[usize], count: usize) {
        items[self.dest - count..self.dest].copy_from_slice(&spare[self.nb - count..self.nb]);
        self.dest -= count;
        self.nb -= count;
    }

    /// One item left of `b` belongs before all of `a`; true as well when a side is used up.
    fn finished(&mut self, items: &mut [usize]) -> bool {
        if self.nb == 1 && self.na > 0 {
            self.take_many_a(items, self.na);
        }
        self.na == 0 || self.nb == 0
    }
}

/// The shortest run worth merging in a list of `len`.
fn min_run(mut len: usize) -> usize {
    let mut odd = 0;
    while len >= 64 {
        odd |= len & 1;
        len >>= 1;
    }
    len + odd
}

/// The depth of the boundary between two adjacent runs in the ideal merge tree.
fn power(start: usize, len: usize, next_len: usize, total: usize) -> u32 {
    let mut a = 2 * start + len;
    let mut b = a + len + next_len;
    let mut result = 0;
    loop {
        result += 1;
        if a >= total {
            a -= total;
            b -= total;
        } else if b >= total {
            return result;
        }
        a <<= 1;
        b <<= 1;
    }
}
