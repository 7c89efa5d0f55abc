//! `Tuple`: an immutable row of values, in one counted allocation.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ops::Deref;
use std::ptr::{NonNull, drop_in_place, slice_from_raw_parts_mut};

use crate::elem::{Elem, Sortable};
use crate::exc::{self, Result};
use crate::hash::TupleHasher;
use crate::list::repeated;
use crate::rc::Count;
use crate::release::release;
use crate::str::StrBuf;
use crate::value::Value;

#[repr(C)]
struct Header {
    count: Count,
    len: usize,
}

static EMPTY: Header = Header {
    count: Count::immortal(),
    len: 0,
};

/// An immutable row of values; dereferences to a slice.
pub struct Tuple(NonNull<Header>);

// SAFETY: as for `Ref`: counts are atomic while several threads run, and the values never change.
unsafe impl Send for Tuple {}
unsafe impl Sync for Tuple {}

impl Tuple {
    /// The empty tuple, which is one object.
    pub fn empty() -> Tuple {
        Tuple(NonNull::from(&EMPTY))
    }

    pub fn from_vec(items: Vec<Value>) -> Tuple {
        Tuple::from_exact(items.len(), items.into_iter())
    }

    /// The tuple of these values.
    #[inline]
    pub fn from_array<const N: usize>(items: [Value; N]) -> Tuple {
        Tuple::from_exact(N, items.into_iter())
    }

    pub fn from_slice(items: &[Value]) -> Tuple {
        Tuple::from_exact(items.len(), items.iter().cloned())
    }

    /// Fills a new block with the `len` values of `items`.
    #[inline]
    fn from_exact(len: usize, items: impl Iterator<Item = Value>) -> Tuple {
        if len == 0 {
            return Tuple::empty();
        }
        let layout = layout(len);
        // SAFETY: the layout is not empty; every slot is written before the tuple exists.
        unsafe {
            let header = alloc(layout) as *mut Header;
            let Some(pointer) = NonNull::new(header) else {
                handle_alloc_error(layout)
            };
            header.write(Header {
                count: Count::one(),
                len,
            });
            let first = header.add(1) as *mut Value;
            let mut filled = 0;
            for item in items.take(len) {
                first.add(filled).write(item);
                filled += 1;
            }
            assert!(filled == len, "a tuple's length is known beforehand");
            Tuple(pointer)
        }
    }

    /// True when both are one object.
    #[inline(always)]
    pub fn same(&self, other: &Tuple) -> bool {
        self.0 == other.0
    }

    /// The tuple's `id()`.
    pub fn address(&self) -> usize {
        self.0.as_ptr() as usize
    }

    /// `hash(tuple)`.
    ///
    /// # Errors
    /// What hashing an item raises.
    pub fn hash(&self) -> Result<i64> {
        let mut hasher = TupleHasher::new();
        for item in self.iter() {
            hasher.add(crate::elem::Key::py_hash(item)?);
        }
        Ok(hasher.finish())
    }

    /// `self == other`.
    ///
    /// # Errors
    /// What `==` of items raises.
    pub fn equals(&self, other: &Tuple) -> Result<bool> {
        Ok(self.len() == other.len() && self.first_difference(other)?.is_none())
    }

    /// `self < other`.
    ///
    /// # Errors
    /// What `==` and `<` of items raise.
    pub fn less(&self, other: &Tuple) -> Result<bool> {
        match self.first_difference(other)? {
            None => Ok(self.len() < other.len()),
            Some(at) => self[at].py_lt(&other[at]),
        }
    }

    /// The first position whose items differ, below both lengths.
    pub fn first_difference(&self, other: &Tuple) -> Result<Option<usize>> {
        for (at, (a, b)) in self.iter().zip(other.iter()).enumerate() {
            if !a.item_eq(b)? {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    /// `self[index]`.
    ///
    /// # Errors
    /// IndexError when out of range.
    #[inline]
    pub fn get(&self, index: i64) -> Result<Value> {
        let position = if index < 0 {
            (index as usize).wrapping_add(self.len())
        } else {
            index as usize
        };
        self.deref()
            .get(position)
            .cloned()
            .ok_or_else(|| exc::index_error("tuple index out of range"))
    }

    /// `self + other`.
    pub fn concat(&self, other: &Tuple) -> Tuple {
        match (self.is_empty(), other.is_empty()) {
            (true, _) => other.clone(),
            (_, true) => self.clone(),
            _ => Tuple::from_exact(self.len() + other.len(), self.iter().chain(other.iter()).cloned()),
        }
    }

    /// `self * times`.
    ///
    /// # Errors
    /// MemoryError when the result could not be addressed.
    pub fn repeat(&self, times: i64) -> Result<Tuple> {
        if times == 1 {
            return Ok(self.clone());
        }
        repeated(self, times).map(Tuple::from_vec)
    }

    /// Appends `repr(tuple)`.
    ///
    /// # Errors
    /// What the `repr` of an item raises.
    pub fn repr_into(&self, out: &mut StrBuf) -> Result<()> {
        out.push_ascii("(");
        for (at, item) in self.iter().enumerate() {
            if at > 0 {
                out.push_ascii(", ");
            }
            item.py_repr(out)?;
        }
        out.push_ascii(if self.len() == 1 { ",)" } else { ")" });
        Ok(())
    }
}

fn layout(len: usize) -> Layout {
    let items = Layout::array::<Value>(len).ok();
    let whole = items.and_then(|items| Layout::new::<Header>().extend(items).ok());
    whole.expect("a tuple's values fit the address space").0
}

impl Deref for Tuple {
    type Target = [Value];

    #[inline(always)]
    fn deref(&self) -> &[Value] {
        // SAFETY: the block holds `len` values after its header, as long as this handle lives.
        unsafe {
            let header = self.0.as_ptr();
            std::slice::from_raw_parts(header.add(1) as *const Value, (*header).len)
        }
    }
}

impl Clone for Tuple {
    #[inline(always)]
    fn clone(&self) -> Tuple {
        // SAFETY: alive as long as this handle is.
        unsafe { self.0.as_ref() }.count.increment();
        Tuple(self.0)
    }
}

impl Drop for Tuple {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: alive as long as this handle is.
        if unsafe { self.0.as_ref() }.count.decrement() {
            free(self.0);
        }
    }
}

#[inline(never)]
fn free(block: NonNull<Header>) {
    // SAFETY: that was the last handle to a block made by `from_exact`.
    unsafe { release(block.as_ptr() as *mut (), free_block) };
}

/// Drops the values of a block and frees it.
///
/// # Safety
/// `block` is the header of a tuple to which no handle is left.
unsafe fn free_block(block: *mut ()) {
    let header = block as *mut Header;
    // SAFETY: the caller's promise.
    unsafe {
        let len = (*header).len;
        drop_in_place(slice_from_raw_parts_mut(header.add(1) as *mut Value, len));
        dealloc(header as *mut u8, layout(len));
    }
}

impl Default for Tuple {
    fn default() -> Tuple {
        Tuple::empty()
    }
}
