//! Attributes and methods at places of the program that remember what they found: inline caches (Deutsch and
//! Schiffman, "Efficient Implementation of the Smalltalk-80 System", POPL 1984), with a few entries each (Hölzle,
//! Chambers and Ungar, ECOOP 1991).
//!
//! `get_attr(&a, site!("name"))` is `ops::get_attr(&a, "name")`, and so on. What a place remembers holds for objects of
//! a class with the same tag (see `class::lookup`) and, of instances, with the same layout; everything else takes the
//! way by the name, and is learnt there.

mod access;
mod learn;
#[cfg(test)]
mod tests;

use std::cell::Cell;

pub use access::{call_method, call_method_kw, call_super, get_attr, require_method, require_super, set_attr};

use crate::class::{Place, UNTAGGED};
use crate::function::Function;
use crate::instance::{Instance, Layout};
use crate::registry::Method;
use crate::value::Value;

/// How many kinds of objects a place tells apart.
const WAYS: usize = 4;
/// After so many lessons a place meets ever new kinds of objects: it learns no more.
const MOST_LESSONS: usize = 400;

/// A place of the program that names an attribute: `site!("name")`. It reads, or sets, or calls: what it remembers
/// holds for one of these.
pub struct Site {
    name: &'static str,
    entries: [Entry; WAYS],
    lessons: Cell<usize>,
}

// SAFETY: entries are written only while one thread runs (see `rc`).
unsafe impl Sync for Site {}

/// A place of the program that names an attribute, each place its own.
#[macro_export]
macro_rules! site {
    ($name:literal) => {{
        static SITE: $crate::site::Site = $crate::site::Site::new($name);
        &SITE
    }};
}

/// What was found for one kind of objects.
struct Entry {
    kind: Cell<Kind>,
    found: Cell<Found>,
}

/// What an object has in common with others for which the same is found.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    /// The tag of a class of the program, or the address of a builtin type.
    tag: u64,
    /// The address of an instance's layout; for `super()`, of the class that is passed over; else a small number.
    with: usize,
}

/// Stands in `Kind::with` where a class is asked for its own attribute.
const CLASS_ITSELF: usize = 1;
/// Stands in `Kind::with` for values of a builtin type.
const BUILTIN: usize = 2;

/// What there is to do, by the kind of object.
#[derive(Clone, Copy)]
enum Found {
    /// Nothing is known.
    Nothing,
    /// The instance's own value at this position.
    Own(usize),
    /// An attribute the instance gets with this layout.
    Added(&'static Layout),
    /// Plain data of the class.
    Data(Place),
    /// The function of a property.
    Getter(Callee),
    /// A function that takes the object first.
    Method(Callee),
    /// A function that does not take the object.
    Static(Callee),
    /// A method of a builtin type.
    Builtin(&'static Method),
}

/// A function by its address: the class whose tag is remembered holds it.
#[derive(Clone, Copy)]
struct Callee(usize);

impl Callee {
    fn of(function: &Function) -> Callee {
        Callee(function.address())
    }

    /// The function, held: what it runs may take it from its class.
    ///
    /// # Safety
    /// The class it was found on is alive and bears the tag it had.
    #[inline(always)]
    unsafe fn function(self) -> Function {
        // SAFETY: the class holds the function.
        unsafe { Function::at(self.0) }
    }
}

impl Kind {
    const NONE: Kind = Kind { tag: UNTAGGED, with: 0 };

    #[inline(always)]
    fn of_instance(instance: &Instance) -> Kind {
        Kind {
            tag: instance.with_class(|class| class.tag()),
            with: std::ptr::from_ref(instance.layout()).addr(),
        }
    }

    /// The kind of an object; `NONE` where it has none.
    #[inline]
    fn of(object: &Value) -> Kind {
        match object {
            Value::Instance(instance) => Kind::of_instance(instance),
            Value::Class(class) => Kind {
                tag: class.tag(),
                with: CLASS_ITSELF,
            },
            Value::Exception(_) | Value::Function(_) | Value::Builtin(_) | Value::Method(_) => Kind::NONE,
            builtin => Kind {
                tag: std::ptr::from_ref(builtin.builtin_type()).addr() as u64,
                with: BUILTIN,
            },
        }
    }
}

impl Entry {
    const fn new() -> Entry {
        Entry {
            kind: Cell::new(Kind::NONE),
            found: Cell::new(Found::Nothing),
        }
    }
}

impl Site {
    pub const fn new(name: &'static str) -> Site {
        Site {
            name,
            entries: [const { Entry::new() }; WAYS],
            lessons: Cell::new(0),
        }
    }

    /// What is remembered of this kind of objects.
    #[inline]
    fn recall(&self, kind: Kind) -> Found {
        if kind.tag == UNTAGGED {
            return Found::Nothing;
        }
        let entry = self.entries.iter().find(|entry| entry.kind.get() == kind);
        entry.map_or(Found::Nothing, |entry| entry.found.get())
    }

    /// What is remembered of an instance, where it is of the kind met first.
    #[inline(always)]
    fn recall_first(&self, instance: &Instance) -> Found {
        let first = &self.entries[0];
        if first.kind.get() == Kind::of_instance(instance) {
            first.found.get()
        } else {
            Found::Nothing
        }
    }

    /// True when the place may learn something.
    fn learns(&self) -> bool {
        !crate::rc::parallel() && self.lessons.get() < MOST_LESSONS
    }

    fn remember(&self, kind: Kind, found: Found) {
        if kind.tag == UNTAGGED || !self.learns() {
            return;
        }
        let lesson = self.lessons.get();
        self.lessons.set(lesson + 1);
        let known = self.entries.iter().find(|entry| entry.kind.get() == kind);
        let entry = known.unwrap_or(&self.entries[lesson % WAYS]);
        entry.kind.set(kind);
        entry.found.set(found);
    }
}
