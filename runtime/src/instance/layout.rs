//! The names of an instance's attributes, shared by all instances that were given the same names in the same order.
//!
//! Instances then hold their values alone, and a place of the program that remembers a layout knows where a value
//! stands (hidden classes; Chambers, Ungar and Lee, "An Efficient Implementation of SELF", OOPSLA 1989).

use std::cell::UnsafeCell;

use crate::rc;
use crate::str::Str;

/// Instances with more attributes than this keep them in a dict.
const MOST_NAMES: usize = 30;
/// A layout that so many others already go on from is no pattern of the program.
const MOST_NEXT: usize = 256;

/// Names in the order in which they were given. Layouts are never freed.
pub(crate) struct Layout {
    names: Vec<Str>,
    /// The layout without the last name.
    before: Option<&'static Layout>,
    /// The layouts with one name more.
    next: UnsafeCell<Vec<&'static Layout>>,
}

// SAFETY: `next` is written only while one thread runs (see `rc`).
unsafe impl Sync for Layout {}

/// The layout of instances without attributes.
pub(crate) static EMPTY: Layout = Layout::root();
/// Stands for the layout of instances that keep their attributes in a dict.
pub(crate) static IN_DICT: Layout = Layout::root();

impl Layout {
    const fn root() -> Layout {
        Layout {
            names: Vec::new(),
            before: None,
            next: UnsafeCell::new(Vec::new()),
        }
    }

    #[inline(always)]
    pub(crate) fn same(a: &'static Layout, b: &'static Layout) -> bool {
        std::ptr::eq(a, b)
    }

    pub(super) fn names(&self) -> &[Str] {
        &self.names
    }

    pub(super) fn before(&self) -> Option<&'static Layout> {
        self.before
    }

    /// Where the value of this name stands.
    #[inline]
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        match Str::short(name) {
            Some(short) => self.names.iter().position(|known| known.same(&short)),
            None => self.names.iter().position(|known| *known == *name),
        }
    }

    /// The layout with one name more; None where there would be too many.
    pub(crate) fn with(&'static self, name: &str) -> Option<&'static Layout> {
        // SAFETY: the list is written only below, while one thread runs, and no borrow of it is alive then.
        let known = unsafe { &*self.next.get() };
        let found = known
            .iter()
            .find(|next| next.names.last().is_some_and(|last| *last == *name));
        if found.is_some() || rc::parallel() || known.len() == MOST_NEXT || self.names.len() == MOST_NAMES {
            return found.copied();
        }
        let mut names = self.names.clone();
        names.push(Str::from(name));
        let next: &'static Layout = Box::leak(Box::new(Layout {
            names,
            before: Some(self),
            next: UnsafeCell::default(),
        }));
        // SAFETY: one thread runs, and `known` is not used any more.
        unsafe { (*self.next.get()).push(next) };
        Some(next)
    }
}
