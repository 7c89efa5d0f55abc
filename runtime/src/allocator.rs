//! The allocator of vessels. Python programs make and drop many small objects: mimalloc is about twice as fast at that as the
//! C library's.

use core::alloc::{GlobalAlloc, Layout};

use libmimalloc_sys::{
    mi_free, mi_malloc, mi_malloc_aligned, mi_realloc, mi_realloc_aligned, mi_zalloc, mi_zalloc_aligned,
};

/// What every block is aligned to that is at least as large.
const USUAL_ALIGNMENT: usize = 16;

pub struct Allocator;

/// The plain calls find a block sooner than those that are told an alignment.
const fn is_usual(layout: Layout) -> bool {
    layout.align() <= USUAL_ALIGNMENT && layout.align() <= layout.size()
}

// SAFETY: blocks are of the size that was asked for, and aligned: by the call where the plain one does not do it.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: any size may be asked for.
        unsafe {
            match is_usual(layout) {
                true => mi_malloc(layout.size()),
                false => mi_malloc_aligned(layout.size(), layout.align()),
            }
        }
        .cast()
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        unsafe {
            match is_usual(layout) {
                true => mi_zalloc(layout.size()),
                false => mi_zalloc_aligned(layout.size(), layout.align()),
            }
        }
        .cast()
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: the block came from here.
        unsafe { mi_free(block.cast()) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the block came from here.
        unsafe {
            match layout.align() <= USUAL_ALIGNMENT && layout.align() <= size {
                true => mi_realloc(block.cast(), size),
                false => mi_realloc_aligned(block.cast(), size, layout.align()),
            }
        }
        .cast()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_aligned_at_every_size() {
        for align in [1, 2, 4, 8, 16, 32, 4096] {
            for size in [1, 7, 8, 9, 16, 17, 24, 40, 100, 1000, 5000, 100_000, 5_000_000] {
                let layout = Layout::from_size_align(size, align).unwrap();
                // SAFETY: each block is used within its size and freed with its layout.
                unsafe {
                    let mut block = Allocator.alloc(layout);
                    assert_eq!(block.addr() % align, 0, "{layout:?}");
                    block.write(7);
                    block = Allocator.realloc(block, layout, size * 3);
                    assert_eq!((block.addr() % align, block.read()), (0, 7), "{layout:?}");
                    Allocator.dealloc(block, Layout::from_size_align(size * 3, align).unwrap());
                    let zeroed = Allocator.alloc_zeroed(layout);
                    assert_eq!(
                        (zeroed.addr() % align, zeroed.add(size - 1).read()),
                        (0, 0),
                        "{layout:?}"
                    );
                    Allocator.dealloc(zeroed, layout);
                }
            }
        }
    }
}
