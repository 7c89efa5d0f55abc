//! Which of the ints around zero a set of ints holds, a bit each: whether such an int is there takes no search.

/// The ints from `-REACH` up to `REACH` have a bit.
const REACH: i64 = 64;

/// What has no bit in any set.
pub const FAR: i64 = i64::MAX;

#[derive(Clone, Copy, Default)]
pub(super) struct Near([u64; 2]);

/// The word and the bit of an int that has one.
#[inline(always)]
fn place(int: i64) -> Option<(usize, u64)> {
    let at = int.wrapping_add(REACH) as u64;
    (at < 2 * REACH as u64).then(|| ((at >> 6) as usize, 1 << (at & 63)))
}

impl Near {
    /// Whether the set holds the int; None where only a search can tell.
    #[inline(always)]
    pub(super) fn holds(&self, int: i64) -> Option<bool> {
        place(int).map(|(word, bit)| self.0[word] & bit != 0)
    }

    #[inline(always)]
    pub(super) fn add(&mut self, int: i64) {
        if let Some((word, bit)) = place(int) {
            self.0[word] |= bit;
        }
    }

    #[inline(always)]
    pub(super) fn remove(&mut self, int: i64) {
        if let Some((word, bit)) = place(int) {
            self.0[word] &= !bit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_known() {
        let mut near = Near::default();
        for int in [i64::MIN, -65, -64, -1, 0, 63, 64, FAR] {
            let known = (-REACH..REACH).contains(&int);
            assert_eq!(near.holds(int), known.then_some(false), "{int}");
            near.add(int);
            assert_eq!(near.holds(int), known.then_some(true), "{int}");
            near.remove(int);
            assert_eq!(near.holds(int), known.then_some(false), "{int}");
        }
    }
}
