//! The layout behind `Str` and `Bytes`: one word. Up to seven bytes stand in the word itself; anything longer is one
//! counted allocation, a header and the units after it.
//!
//! The units are bytes, or `u32` code points for text that is not all ASCII. A block in a `static` (a literal) has an
//! immortal count and no spare room, so the code that grows or frees a block never touches it. What short content
//! costs to keep apart is that it has no identity of its own: equal short strings are one object.

use crate::rc::Count;
use std::alloc::{Layout, alloc, dealloc, handle_alloc_error, realloc};
use std::num::NonZeroUsize;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicI64, Ordering};

/// The value of a hash that has not been computed: no Python hash is -1.
pub const NO_HASH: i64 = -1;

#[repr(C)]
pub struct Header {
    count: Count,
    hash: AtomicI64,
    len: usize,
    /// Room in units, doubled; the lowest bit tells four-byte units.
    shape: usize,
}

const HEADER: usize = size_of::<Header>();
const ALIGN: usize = align_of::<Header>();

/// A block that lives in a `static`.
#[repr(C)]
pub struct Literal<T, const N: usize> {
    header: Header,
    units: [T; N],
}

impl<const N: usize> Literal<u8, N> {
    pub const fn bytes(units: [u8; N]) -> Literal<u8, N> {
        let hash = crate::hash::bytes(&units);
        Literal {
            header: Header::fixed(N, false, hash),
            units,
        }
    }

    #[inline(always)]
    pub const fn block(&'static self) -> Block {
        if N <= SHORT {
            return Block::short(&self.units);
        }
        Block(NonNull::from_ref(self).cast())
    }
}

impl<const N: usize> Literal<u32, N> {
    pub const fn wide(units: [u32; N]) -> Literal<u32, N> {
        Literal {
            header: Header::fixed(N, true, NO_HASH),
            units,
        }
    }

    #[inline(always)]
    pub const fn block(&'static self) -> Block {
        Block(NonNull::from_ref(self).cast())
    }
}

impl Header {
    const fn fixed(len: usize, wide: bool, hash: i64) -> Header {
        Header {
            count: Count::immortal(),
            hash: AtomicI64::new(hash),
            len,
            shape: wide as usize,
        }
    }
}

/// A buffer of bytes or code points; immutable unless uniquely owned. Either the address of a header, or a word of
/// short content: its first byte is the length, doubled, plus one (which no address ends in).
#[repr(transparent)]
pub struct Block(NonNull<Header>);

/// How many bytes stand in the word itself.
const SHORT: usize = size_of::<usize>() - 1;
/// Where the length of short content stands: the byte that holds an address's lowest bits.
const SHORT_LEN: usize = if cfg!(target_endian = "little") { 0 } else { SHORT };
/// Where the short content starts.
const SHORT_AT: usize = if cfg!(target_endian = "little") { 1 } else { 0 };

// SAFETY: the count follows the rules of `rc`, the hash is atomic, and the units change only under a unique owner.
unsafe impl Send for Block {}
unsafe impl Sync for Block {}

impl Block {
    /// The empty block of bytes; allocates nothing.
    #[inline(always)]
    pub const fn empty() -> Block {
        Block::short(&[])
    }

    /// A block of `len` bytes, given as one number with the first in the lowest byte.
    #[inline(always)]
    fn from_content(content: usize, len: usize) -> Block {
        let word = (content << 8) | (len << 1) | 1;
        let word = if cfg!(target_endian = "little") {
            word
        } else {
            // The length's byte stays the last, the content starts with the first.
            ((word >> 8).swap_bytes()) | (word & 0xff)
        };
        match NonZeroUsize::new(word) {
            Some(word) => Block(NonNull::without_provenance(word)),
            None => unreachable!("the lowest bit is set"),
        }
    }

    /// Both contents in one word, where they fit.
    #[inline]
    pub fn joined_short(&self, other: &Block) -> Option<Block> {
        let ((ours, len), (theirs, more)) = (self.as_short()?, other.as_short()?);
        (len + more <= SHORT).then(|| Block::from_content((ours | (theirs << (8 * len))) as usize, len + more))
    }

    /// A block of at most `SHORT` bytes, in the word itself.
    #[inline(always)]
    const fn short(bytes: &[u8]) -> Block {
        let mut word = [0; size_of::<usize>()];
        word[SHORT_LEN] = (bytes.len() << 1 | 1) as u8;
        let mut index = 0;
        while index < bytes.len() {
            word[SHORT_AT + index] = bytes[index];
            index += 1;
        }
        match NonZeroUsize::new(usize::from_ne_bytes(word)) {
            Some(word) => Block(NonNull::without_provenance(word)),
            None => unreachable!(),
        }
    }

    /// True when the content stands in the word itself.
    #[inline(always)]
    fn is_short(&self) -> bool {
        self.0.as_ptr().addr() & 1 == 1
    }

    /// Short content as one number, and its length; equal for equal content.
    #[inline(always)]
    pub fn as_short(&self) -> Option<(u64, usize)> {
        if !self.is_short() {
            return None;
        }
        let word = self.0.as_ptr().addr() as u64;
        let content = if cfg!(target_endian = "little") {
            word >> 8
        } else {
            word.swap_bytes() & (u64::MAX >> 8)
        };
        Some((content, self.len()))
    }

    #[inline(always)]
    fn set_short_len(&mut self, len: usize) {
        debug_assert!(self.is_short() && len <= SHORT);
        // SAFETY: one byte of the handle's own word, which stays odd.
        unsafe {
            (&raw mut self.0)
                .cast::<u8>()
                .add(SHORT_LEN)
                .write((len << 1 | 1) as u8)
        };
    }

    /// A block of `len` bytes copied from `bytes`.
    #[inline]
    pub fn from_bytes(bytes: &[u8]) -> Block {
        if bytes.len() <= SHORT {
            return Block::from_content(short_content(bytes), bytes.len());
        }
        let mut block = Block::with_room(bytes.len(), false);
        // SAFETY: the block was just made with that much room.
        unsafe { block.extend_bytes(bytes) };
        block
    }

    /// A block of the bytes `change` makes of `bytes`.
    #[inline]
    pub fn mapped(bytes: &[u8], change: impl Fn(u8) -> u8) -> Block {
        let mut block = Block::from_bytes(bytes);
        for byte in block.bytes_mut() {
            *byte = change(*byte);
        }
        block
    }

    /// A block of code points; the caller knows that one of them is not ASCII.
    pub fn from_wide(points: &[u32]) -> Block {
        let mut block = Block::with_room(points.len(), true);
        // SAFETY: the block was just made with that much room.
        unsafe { block.extend_wide(points) };
        block
    }

    /// An empty block of its own with room for `room` units.
    #[inline]
    pub fn with_room(room: usize, wide: bool) -> Block {
        if room <= SHORT && !wide {
            return Block::empty();
        }
        Block::allocate(room, wide)
    }

    fn allocate(room: usize, wide: bool) -> Block {
        let layout = layout(room, wide);
        // SAFETY: the layout holds at least a header.
        let pointer = unsafe { alloc(layout) }.cast::<Header>();
        let Some(pointer) = NonNull::new(pointer) else {
            handle_alloc_error(layout)
        };
        let header = Header {
            count: Count::one(),
            hash: AtomicI64::new(NO_HASH),
            len: 0,
            shape: room << 1 | wide as usize,
        };
        // SAFETY: fresh memory of the right size and alignment.
        unsafe { pointer.write(header) };
        Block(pointer)
    }

    #[inline(always)]
    fn header(&self) -> &Header {
        debug_assert!(!self.is_short());
        // SAFETY: alive as long as this handle is.
        unsafe { self.0.as_ref() }
    }

    /// The units of a block that is not short.
    #[inline(always)]
    fn units<T>(&self) -> *mut T {
        debug_assert!(!self.is_short());
        // SAFETY: the units follow the header in the same allocation.
        unsafe { self.0.as_ptr().cast::<u8>().add(HEADER).cast() }
    }

    /// The bytes, wherever they stand; not to be written through.
    #[inline(always)]
    fn first_byte(&self) -> *const u8 {
        if self.is_short() {
            // SAFETY: within the handle's own word.
            unsafe { (&raw const self.0).cast::<u8>().add(SHORT_AT) }
        } else {
            self.units()
        }
    }

    /// The bytes of a unique block, to be written.
    #[inline(always)]
    fn first_byte_mut(&mut self) -> *mut u8 {
        if self.is_short() {
            // SAFETY: within the handle's own word.
            unsafe { (&raw mut self.0).cast::<u8>().add(SHORT_AT) }
        } else {
            self.units()
        }
    }

    #[inline(always)]
    fn set_len(&mut self, len: usize) {
        if self.is_short() {
            self.set_short_len(len);
        } else {
            // SAFETY: callers own the block alone.
            unsafe { self.0.as_mut().len = len };
        }
    }

    /// How many units are in use.
    #[inline(always)]
    pub fn len(&self) -> usize {
        if self.is_short() {
            (self.0.as_ptr().addr() & 0xff) >> 1
        } else {
            self.header().len
        }
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline(always)]
    pub fn is_wide(&self) -> bool {
        !self.is_short() && self.header().shape & 1 == 1
    }

    /// How many units fit without growing; 0 for a literal.
    #[inline(always)]
    pub fn room(&self) -> usize {
        if self.is_short() {
            SHORT
        } else {
            self.header().shape >> 1
        }
    }

    /// The bytes of a block that is not wide.
    #[inline(always)]
    pub fn as_bytes(&self) -> &[u8] {
        debug_assert!(!self.is_wide());
        // SAFETY: `len` bytes are initialised.
        unsafe { std::slice::from_raw_parts(self.first_byte(), self.len()) }
    }

    /// The code points of a wide block.
    #[inline(always)]
    pub fn as_wide(&self) -> &[u32] {
        debug_assert!(self.is_wide());
        // SAFETY: `len` code points are initialised; the header's size keeps them aligned.
        unsafe { std::slice::from_raw_parts(self.units(), self.len()) }
    }

    /// The bytes, writable; only for a unique block that is not wide.
    #[inline(always)]
    pub fn bytes_mut(&mut self) -> &mut [u8] {
        assert!(self.is_unique() && !self.is_wide());
        // SAFETY: unique, so nobody else reads; `len` bytes are initialised.
        unsafe { std::slice::from_raw_parts_mut(self.first_byte_mut(), self.len()) }
    }

    #[inline(always)]
    pub fn same(a: &Block, b: &Block) -> bool {
        a.0 == b.0
    }

    #[inline(always)]
    pub fn address(&self) -> usize {
        self.0.as_ptr() as usize
    }

    /// The kept hash, or `NO_HASH`.
    #[inline(always)]
    pub fn kept_hash(&self) -> i64 {
        if self.is_short() {
            NO_HASH
        } else {
            self.header().hash.load(Ordering::Relaxed)
        }
    }

    /// Keeps the hash, where there is a place for it.
    #[inline(always)]
    pub fn keep_hash(&self, hash: i64) {
        if !self.is_short() {
            self.header().hash.store(hash, Ordering::Relaxed);
        }
    }

    /// True when nobody else can see a change of the units.
    #[inline(always)]
    pub fn is_unique(&self) -> bool {
        self.is_short() || self.header().count.get() == 1
    }

    /// Appends bytes.
    ///
    /// # Safety
    /// The block is unique, not wide, and has the room.
    #[inline(always)]
    pub unsafe fn extend_bytes(&mut self, bytes: &[u8]) {
        debug_assert!(self.is_unique() && !self.is_wide() && self.room() - self.len() >= bytes.len());
        let len = self.len();
        // SAFETY: there is room, and a unique block does not overlap what the caller borrows.
        unsafe {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), self.first_byte_mut().add(len), bytes.len());
            self.set_len(len + bytes.len());
        }
    }

    /// Appends code points.
    ///
    /// # Safety
    /// The block is unique, wide, and has the room.
    #[inline(always)]
    pub unsafe fn extend_wide(&mut self, points: &[u32]) {
        debug_assert!(self.is_unique() && self.is_wide() && self.room() - self.len() >= points.len());
        let len = self.len();
        // SAFETY: as in `extend_bytes`.
        unsafe {
            std::ptr::copy_nonoverlapping(points.as_ptr(), self.units::<u32>().add(len), points.len());
            self.0.as_mut().len = len + points.len();
        }
    }

    /// Appends ASCII bytes to code points.
    ///
    /// # Safety
    /// The block is unique, wide, and has the room.
    pub unsafe fn extend_widening(&mut self, bytes: &[u8]) {
        debug_assert!(self.is_unique() && self.is_wide() && self.room() - self.len() >= bytes.len());
        let len = self.len();
        // SAFETY: as in `extend_bytes`.
        unsafe {
            let target = self.units::<u32>().add(len);
            for (index, &byte) in bytes.iter().enumerate() {
                target.add(index).write(byte as u32);
            }
            self.0.as_mut().len = len + bytes.len();
        }
    }

    /// Appends one unit `count` times.
    ///
    /// # Safety
    /// The block is unique and has the room; the unit is a byte if it is not wide.
    pub unsafe fn extend_repeated(&mut self, unit: u32, count: usize) {
        debug_assert!(self.is_unique() && self.room() - self.len() >= count && (self.is_wide() || unit < 256));
        let len = self.len();
        // SAFETY: there is room.
        unsafe {
            if self.is_wide() {
                let target = self.units::<u32>().add(len);
                (0..count).for_each(|index| target.add(index).write(unit));
            } else {
                self.first_byte_mut().add(len).write_bytes(unit as u8, count);
            }
            self.set_len(len + count);
        }
    }

    /// Shortens a unique block.
    pub fn truncate(&mut self, len: usize) {
        assert!(self.is_unique() && len <= self.len());
        if self.is_short() {
            // Made anew, because the bytes after short content are zero.
            *self = Block::short(&self.as_bytes()[..len]);
        } else {
            self.set_len(len);
            self.keep_hash(NO_HASH);
            self.shorten();
        }
    }

    /// Brings content that fits the word into it.
    #[inline]
    fn shorten(&mut self) {
        if !self.is_short() && !self.is_wide() && self.len() <= SHORT {
            *self = Block::short(self.as_bytes());
        }
    }

    /// Makes this a block of its own with room for `extra` more units, of code points if `wide`; keeps the content and
    /// forgets the hash. The room at least doubles, so that repeated appends cost constant time each.
    #[inline(always)]
    pub fn reserve(&mut self, extra: usize, wide: bool) {
        if self.is_unique() && self.is_wide() == wide && self.room() - self.len() >= extra {
            self.keep_hash(NO_HASH);
        } else {
            self.regrow(extra, wide);
        }
    }

    #[cold]
    fn regrow(&mut self, extra: usize, wide: bool) {
        let needed = self.len() + extra;
        let room = needed.max(self.len() * 2).max(if wide { 6 } else { 32 });
        if !self.is_short() && self.is_unique() && self.is_wide() == wide {
            self.resize(room);
            self.keep_hash(NO_HASH);
            return;
        }
        let mut block = Block::allocate(room, wide || self.is_wide());
        // SAFETY: the new block is unique and has the room.
        unsafe {
            match (self.is_wide(), wide) {
                (true, _) => block.extend_wide(self.as_wide()),
                (false, true) => block.extend_widening(self.as_bytes()),
                (false, false) => block.extend_bytes(self.as_bytes()),
            }
        }
        *self = block;
    }

    /// Gives a unique block another amount of room.
    fn resize(&mut self, room: usize) {
        let wide = self.is_wide();
        let (old, new) = (layout(self.room(), wide), layout(room, wide));
        // SAFETY: a unique block came from `with_room` with the layout `old`.
        let pointer = unsafe { realloc(self.0.as_ptr().cast(), old, new.size()) }.cast::<Header>();
        let Some(pointer) = NonNull::new(pointer) else {
            handle_alloc_error(new)
        };
        self.0 = pointer;
        // SAFETY: the header was moved along.
        unsafe { self.0.as_mut().shape = room << 1 | wide as usize };
    }

    /// Gives back room that a finished buffer wastes.
    #[inline]
    pub fn shrink(&mut self) {
        if self.is_short() {
            return;
        }
        let len = self.len();
        if len == 0 {
            *self = Block::empty();
        } else if len <= SHORT && !self.is_wide() {
            self.shorten();
        } else if self.is_unique() && self.room() - len > len / 4 + 32 {
            self.resize(len);
        }
    }
}

/// At most `SHORT` bytes as one number, read by at most three overlapping loads.
#[inline(always)]
fn short_content(bytes: &[u8]) -> usize {
    let len = bytes.len();
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first) as usize, u32::from_le_bytes(*last) as usize);
        return first | (last << (8 * (len - 4)));
    }
    let at = |index: usize| (bytes[index] as usize) << (8 * index);
    if len == 0 { 0 } else { at(0) | at(len / 2) | at(len - 1) }
}

fn layout(room: usize, wide: bool) -> Layout {
    let unit = if wide { 4 } else { 1 };
    let size = room
        .checked_mul(unit)
        .and_then(|units| units.checked_add(HEADER))
        .expect("capacity overflow");
    Layout::from_size_align(size, ALIGN).expect("capacity overflow")
}

impl Clone for Block {
    #[inline(always)]
    fn clone(&self) -> Block {
        if !self.is_short() {
            self.header().count.increment();
        }
        Block(self.0)
    }
}

impl Drop for Block {
    #[inline(always)]
    fn drop(&mut self) {
        if !self.is_short() && self.header().count.decrement() {
            free(self.0);
        }
    }
}

#[inline(never)]
fn free(header: NonNull<Header>) {
    // SAFETY: the last handle is gone, and literals are never freed, so this came from `with_room`.
    unsafe {
        let shape = header.as_ref().shape;
        dealloc(header.as_ptr().cast(), layout(shape >> 1, shape & 1 == 1));
    }
}
