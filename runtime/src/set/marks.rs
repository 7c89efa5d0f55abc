//! One byte a slot that tells what the slot holds, looked at sixteen at a time: a search reads a whole run of
//! neighbours at once, and touches only the items that may be the one.

/// How many slots a look covers; a run of neighbours is never longer.
pub(super) const GROUP: usize = 16;

pub(super) const EMPTY: u8 = 0;
/// An item was here.
pub(super) const DUMMY: u8 = 1;
/// The lowest mark of a slot that holds an item; the seven bits below come from the item's hash.
pub(super) const LIVE: u8 = 0x80;

pub(super) struct Marks {
    /// One a slot, and empty ones so that a group may start at any slot.
    bytes: Vec<u8>,
}

/// The mark of an item of this hash. CPython's hashes of small ints are the ints: spread them over the bits first.
#[inline(always)]
pub(super) fn live_mark(hash: i64) -> u8 {
    LIVE | ((hash as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57) as u8
}

impl Marks {
    /// Marks of that many empty slots.
    pub(super) fn new(slots: usize) -> Marks {
        Marks {
            bytes: vec![EMPTY; slots + GROUP - 1],
        }
    }

    /// How many slots there are: a power of two.
    #[inline(always)]
    pub(super) fn slots(&self) -> usize {
        self.bytes.len() - (GROUP - 1)
    }

    #[inline(always)]
    pub(super) fn get(&self, slot: usize) -> u8 {
        debug_assert!(slot < self.slots());
        // SAFETY: a slot's number is masked or counted below their number.
        unsafe { *self.bytes.get_unchecked(slot) }
    }

    #[inline(always)]
    pub(super) fn set(&mut self, slot: usize, mark: u8) {
        self.bytes[slot] = mark;
    }

    #[inline(always)]
    pub(super) fn is_live(&self, slot: usize) -> bool {
        self.get(slot) >= LIVE
    }

    /// The slots that hold items, from `start` on.
    pub(super) fn live_from(&self, start: usize) -> impl Iterator<Item = usize> + use<'_> {
        (start..self.slots()).filter(|&slot| self.is_live(slot))
    }

    /// The group that starts at a slot.
    #[inline(always)]
    pub(super) fn group(&self, slot: usize) -> Group {
        let bytes = self.bytes[slot..]
            .first_chunk()
            .expect("empty marks follow the last slot");
        Group(*bytes)
    }
}

/// Sixteen neighbouring marks.
#[derive(Clone, Copy)]
pub(super) struct Group([u8; GROUP]);

impl Group {
    /// One bit for each mark that is this one, the first in the lowest bit.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub(super) fn matching(self, mark: u8) -> u32 {
        use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_set1_epi8};
        // SAFETY: every x86-64 processor has SSE2, and the load is of sixteen bytes that are there.
        unsafe {
            let marks = _mm_loadu_si128(self.0.as_ptr().cast());
            _mm_movemask_epi8(_mm_cmpeq_epi8(marks, _mm_set1_epi8(mark as i8))) as u32
        }
    }

    /// One bit for each mark that is this one, the first in the lowest bit.
    #[cfg(not(target_arch = "x86_64"))]
    #[inline(always)]
    pub(super) fn matching(self, mark: u8) -> u32 {
        (0..GROUP).fold(0, |bits, at| bits | u32::from(self.0[at] == mark) << at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_matches_each_lane() {
        let mut marks = Marks::new(8);
        assert_eq!(marks.slots(), 8);
        for (slot, mark) in [(0, DUMMY), (3, 0x85), (7, 0x85)] {
            marks.set(slot, mark);
        }
        assert_eq!(marks.group(0).matching(0x85), 0b1000_1000);
        assert_eq!(marks.group(0).matching(DUMMY), 1);
        assert_eq!(marks.group(3).matching(0x85), 0b1_0001);
        assert_eq!(marks.group(7).matching(EMPTY), 0xfffe);
        assert_eq!(marks.live_from(1).collect::<Vec<_>>(), [3, 7]);
    }
}
