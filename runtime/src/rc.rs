//! `Ref<T>`: the one shared pointer of the runtime, eight bytes, counted without atomics while one thread runs.
//!
//! Outside a parallel loop exactly one thread touches Python values, so counts are plain integers. A parallel loop
//! raises a process-wide flag before its workers start and lowers it after they joined; while it is up, every count
//! is changed atomically. The flag changes only when a single thread runs, so no count is ever touched both ways at
//! once. What such loops may *mutate* is the compiler's business: it proves the values they share frozen.

use crate::release::release;
use std::marker::PhantomData;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering, fence};

static PARALLEL: AtomicBool = AtomicBool::new(false);

/// True while workers of a parallel loop run.
#[inline(always)]
pub fn parallel() -> bool {
    PARALLEL.load(Ordering::Relaxed)
}

/// Runs `body`, in which several threads may clone and drop shared values.
pub fn while_parallel<R>(body: impl FnOnce() -> R) -> R {
    struct Lower(bool);
    impl Drop for Lower {
        fn drop(&mut self) {
            PARALLEL.store(self.0, Ordering::SeqCst);
        }
    }
    let _lower = Lower(PARALLEL.swap(true, Ordering::SeqCst));
    body()
}

/// A reference count, shared by every counted layout of the runtime.
#[repr(transparent)]
pub struct Count(AtomicUsize);

/// Counts from here up belong to immortal values (statics): never changed.
const IMMORTAL: usize = usize::MAX / 2;

impl Count {
    pub const fn one() -> Count {
        Count(AtomicUsize::new(1))
    }

    /// The count of a value that lives for the whole process.
    pub const fn immortal() -> Count {
        Count(AtomicUsize::new(IMMORTAL))
    }

    #[inline(always)]
    pub fn get(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }

    #[inline(always)]
    pub fn increment(&self) {
        let count = self.get();
        if count >= IMMORTAL {
        } else if parallel() {
            self.0.fetch_add(1, Ordering::Relaxed);
        } else {
            self.0.store(count + 1, Ordering::Relaxed);
        }
    }

    /// Takes one away; true when that was the last.
    #[inline(always)]
    pub fn decrement(&self) -> bool {
        let count = self.get();
        if count >= IMMORTAL {
            false
        } else if parallel() {
            let last = self.0.fetch_sub(1, Ordering::Release) == 1;
            if last {
                fence(Ordering::Acquire);
            }
            last
        } else {
            self.0.store(count - 1, Ordering::Relaxed);
            count == 1
        }
    }
}

// The count comes first: see `Value::count`.
#[repr(C)]
struct Counted<T> {
    count: Count,
    value: T,
}

/// A shared pointer to a `T`; see the module's notes on threads.
pub struct Ref<T> {
    pointer: NonNull<Counted<T>>,
    owns: PhantomData<Counted<T>>,
}

// SAFETY: counts are atomic while more than one thread runs (see the module's notes), and the compiler lets threads
// share only values that none of them mutates.
unsafe impl<T> Send for Ref<T> {}
unsafe impl<T> Sync for Ref<T> {}

impl<T> Ref<T> {
    #[inline]
    pub fn new(value: T) -> Ref<T> {
        let boxed = Box::new(Counted {
            count: Count::one(),
            value,
        });
        Ref {
            pointer: NonNull::from(Box::leak(boxed)),
            owns: PhantomData,
        }
    }

    /// True when both are the same object (Python's `is`).
    #[inline(always)]
    pub fn same(a: &Ref<T>, b: &Ref<T>) -> bool {
        a.pointer == b.pointer
    }

    /// The object's address: its `id()`.
    #[inline(always)]
    pub fn address(this: &Ref<T>) -> usize {
        this.pointer.as_ptr().expose_provenance()
    }

    /// The object at an address, without counting: the result must not be dropped.
    ///
    /// # Safety
    /// The address is that of such an object, which somebody else holds meanwhile.
    #[inline(always)]
    pub(crate) unsafe fn at(address: usize) -> Ref<T> {
        let pointer = std::ptr::with_exposed_provenance_mut(address);
        Ref {
            // SAFETY: the caller's promise.
            pointer: unsafe { NonNull::new_unchecked(pointer) },
            owns: PhantomData,
        }
    }

    #[inline(always)]
    pub fn count(this: &Ref<T>) -> usize {
        this.counted().count.get()
    }

    /// The value itself, when nobody else holds it.
    #[inline(always)]
    pub fn unique(this: &mut Ref<T>) -> Option<&mut T> {
        if Ref::count(this) == 1 {
            // SAFETY: the only reference is borrowed mutably.
            Some(unsafe { &mut this.pointer.as_mut().value })
        } else {
            None
        }
    }

    #[inline(always)]
    fn counted(&self) -> &Counted<T> {
        // SAFETY: alive as long as this reference is.
        unsafe { self.pointer.as_ref() }
    }
}

impl<T> Clone for Ref<T> {
    #[inline(always)]
    fn clone(&self) -> Ref<T> {
        self.counted().count.increment();
        Ref {
            pointer: self.pointer,
            owns: PhantomData,
        }
    }
}

impl<T> Drop for Ref<T> {
    #[inline(always)]
    fn drop(&mut self) {
        if self.counted().count.decrement() {
            free(self.pointer);
        }
    }
}

impl<T> Deref for Ref<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.counted().value
    }
}

/// Frees a box made by `Ref::new` whose last reference is gone.
#[inline(never)]
fn free<T>(pointer: NonNull<Counted<T>>) {
    unsafe fn free_box<T>(block: *mut ()) {
        // SAFETY: `block` is the pointer of such a box.
        drop(unsafe { Box::from_raw(block as *mut Counted<T>) });
    }
    if std::mem::needs_drop::<T>() {
        // SAFETY: nobody else refers to the box.
        unsafe { release(pointer.as_ptr() as *mut (), free_box::<T>) };
    } else {
        // SAFETY: nobody else refers to the box.
        unsafe { free_box::<T>(pointer.as_ptr() as *mut ()) };
    }
}
