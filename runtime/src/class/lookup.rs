//! Looking up attributes of classes, with what was found remembered.
//!
//! A class remembers what each name gave. Assigning to a class makes it and the classes below it forget that name;
//! assigning to a dunder name, which may change what other attributes mean, makes every class forget everything.
//!
//! Places of the program remember as well (see `site`), for as long as a class bears the same tag: a class gets another
//! whenever it or a class above it changes, except where plain data takes the place of plain data. Such data is not
//! remembered, only where it stands.

use std::cell::{Cell, UnsafeCell};
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};

use foldhash::fast::FixedState;

use super::slots::Slot;
use super::{Class, descriptor};
use crate::rc;
use crate::str::Str;
use crate::types;
use crate::value::Value;

/// Counts assignments to dunder names of classes.
static CHANGES: AtomicU64 = AtomicU64::new(1);

/// The tag that the next class gets: odd, so that it is no address of a builtin type.
static TAGS: AtomicU64 = AtomicU64::new(1);
/// The tag of a class that nothing is remembered of.
pub(crate) const UNTAGGED: u64 = 0;

/// How instances of a class read their attributes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Reading {
    /// An attribute of the instance itself hides every one of its class: there is no data descriptor but `object`'s.
    pub(crate) own_first: bool,
    /// The class overrides `__getattribute__`.
    pub(crate) hooked: bool,
    /// Setting an attribute puts it into the instance, and does nothing else.
    pub(crate) sets_own: bool,
    /// There is no data descriptor but slots, nor a hook into setting: names of slots mean the slots.
    pub(crate) slotted: bool,
}

/// What a lookup found.
enum Known {
    Nothing,
    Value(Value),
    /// Plain data, which may be replaced by other plain data where it stands.
    Data(Place),
}

/// Where a class attribute stands: holds for as long as the class it was looked up on keeps its tag.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    /// The address of the class: one that the class looked up on derives from, or is.
    owner: usize,
    position: usize,
}

impl Place {
    /// What stands there.
    ///
    /// # Safety
    /// The class that was looked up on is alive and bears the tag it had.
    #[inline]
    pub(crate) unsafe fn value(self) -> Value {
        // SAFETY: the class looked up on holds the owner.
        unsafe { Class::at(self.owner) }.0.namespace.value_at(self.position)
    }

    /// True when the attribute stands in this class itself.
    pub(crate) fn is_of(self, class: &Class) -> bool {
        self.owner == class.address()
    }

    /// Puts other plain data there.
    ///
    /// # Safety
    /// As for `value`; the owner is the class looked up on, and what stands there is plain data.
    pub(crate) unsafe fn replace(self, value: Value) {
        // SAFETY: the class looked up on is the owner.
        unsafe { Class::at(self.owner) }
            .0
            .namespace
            .replace_at(self.position, value);
    }
}

/// Data that is no descriptor, whatever becomes of its class.
pub(crate) fn is_data(value: &Value) -> bool {
    !matches!(
        value,
        Value::Function(_)
            | Value::Builtin(_)
            | Value::Method(_)
            | Value::Class(_)
            | Value::Instance(_)
            | Value::Exception(_)
            | Value::Iter(_)
            | Value::Object(_)
    )
}

/// What a class remembers of its lookups.
#[derive(Default)]
pub(super) struct Memory {
    found: UnsafeCell<HashMap<Box<str>, Known, FixedState>>,
    found_at: Cell<u64>,
    tag: Cell<u64>,
    /// The address of an `__init__` that does all there is to making an instance, and the tag this holds for.
    init: Cell<(u64, usize)>,
    /// How many attributes instances had so far.
    expected: Cell<usize>,
    reading: Cell<(u64, Reading)>,
    /// The names of the slots and their positions, where instances are read by them.
    slots: UnsafeCell<Vec<(Str, usize)>>,
    /// Classes that derive from this one directly.
    subclasses: UnsafeCell<Vec<Class>>,
}

impl Memory {
    /// What is remembered of a name: whether there is such an attribute, and which.
    #[inline]
    fn recall(&self, name: &str, now: u64) -> Option<Option<Value>> {
        if self.found_at.get() != now {
            return None;
        }
        // SAFETY: searching the map runs no code of the program.
        Some(match unsafe { (*self.found.get()).get(name)? } {
            Known::Nothing => None,
            Known::Value(value) => Some(value.clone()),
            // SAFETY: what is remembered is forgotten when the class loses its tag.
            Known::Data(place) => Some(unsafe { place.value() }),
        })
    }

    fn remember(&self, name: &str, found: Known, now: u64) {
        // Threads of a parallel loop share their classes: nobody may write then.
        if rc::parallel() {
            return;
        }
        // SAFETY: one thread runs, and nothing of the program runs while the map is borrowed.
        let map = unsafe { &mut *self.found.get() };
        let stale = if self.found_at.replace(now) == now {
            None
        } else {
            Some(std::mem::take(map))
        };
        let old = map.insert(name.into(), found);
        drop((stale, old));
    }

    /// Forgets everything.
    fn forget(&self) {
        self.tag.set(UNTAGGED);
        self.found_at.set(0);
    }
}

fn may_describe(value: &Value) -> bool {
    matches!(value, Value::Object(_) | Value::Instance(_))
}

fn is_object(class: &Class) -> bool {
    let builtin = class.builtin();
    builtin.is_some_and(|builtin| std::ptr::eq(builtin, &types::OBJECT))
}

impl Class {
    /// An attribute of the class or of a class it derives from, as it stands there.
    #[inline]
    pub fn lookup(&self, name: &str) -> Option<Value> {
        let now = CHANGES.load(Ordering::Relaxed);
        match self.0.memory.recall(name, now) {
            Some(found) => found,
            None => self.lookup_in_full(name, now),
        }
    }

    #[cold]
    fn lookup_in_full(&self, name: &str, now: u64) -> Option<Value> {
        let Some((place, found)) = self.locate(name) else {
            self.0.memory.remember(name, Known::Nothing, now);
            return None;
        };
        let known = if is_data(&found) {
            Known::Data(place)
        } else {
            Known::Value(found.clone())
        };
        self.0.memory.remember(name, known, now);
        Some(found)
    }

    /// As `lookup`, with the place where the attribute stands.
    pub(crate) fn locate(&self, name: &str) -> Option<(Place, Value)> {
        self.mro().find_map(|class| {
            let namespace = &class.0.namespace;
            let position = namespace.position_of(name)?;
            let owner = class.address();
            Some((Place { owner, position }, namespace.value_at(position)))
        })
    }

    /// What tells this class, as it is now, from every other and from what it was before.
    #[inline(always)]
    pub(crate) fn tag(&self) -> u64 {
        self.0.memory.tag.get()
    }

    /// As `tag`, with a tag given to a class that has none.
    pub(crate) fn make_tag(&self) -> u64 {
        if self.tag() == UNTAGGED && !rc::parallel() {
            self.0.memory.tag.set(TAGS.fetch_add(2, Ordering::Relaxed));
        }
        self.tag()
    }

    /// The address of the function noted by `remember_init`, which the class holds.
    #[inline]
    pub(super) fn remembered_init(&self) -> Option<usize> {
        let (tag, init) = self.0.memory.init.get();
        (tag != UNTAGGED && tag == self.tag()).then_some(init)
    }

    /// Notes the `__init__` that does all there is to making an instance.
    pub(super) fn remember_init(&self, init: usize) {
        if !rc::parallel() {
            self.0.memory.init.set((self.make_tag(), init));
        }
    }

    /// How many attributes an instance is likely to get.
    #[inline]
    pub(crate) fn expected_attributes(&self) -> usize {
        self.0.memory.expected.get()
    }

    /// Notes that an instance has this many attributes.
    pub(crate) fn expect_attributes(&self, count: usize) {
        if count > self.expected_attributes() && !rc::parallel() {
            self.0.memory.expected.set(count);
        }
    }

    /// As `lookup`, but an attribute that `object` itself provides counts as absent.
    #[inline]
    pub fn lookup_own(&self, name: &str) -> Option<Value> {
        self.lookup(name)
            .filter(|found| !descriptor::is_of(found, &types::OBJECT))
    }

    /// An attribute found after `class` in this class's order: what `super()` sees.
    pub fn lookup_after(&self, class: &Class, name: &str) -> Option<Value> {
        let mut rest = self.mro().skip_while(|ancestor| !Class::same(ancestor, class)).skip(1);
        rest.find_map(|ancestor| ancestor.0.namespace.find_text(name))
    }

    /// How instances read their attributes.
    #[inline]
    pub(crate) fn reading(&self) -> Reading {
        let now = CHANGES.load(Ordering::Relaxed);
        match self.0.memory.reading.get() {
            (at, reading) if at == now => reading,
            _ => self.find_reading(now),
        }
    }

    #[cold]
    fn find_reading(&self, now: u64) -> Reading {
        let hooked = self.lookup_own("__getattribute__").is_some();
        let own_first = !hooked && self.mro().all(Class::lacks_data_descriptors);
        let sets_plainly = !hooked && self.lookup_own("__setattr__").is_none();
        let slots = if own_first || !sets_plainly {
            None
        } else {
            self.only_slots()
        };
        let reading = Reading {
            own_first,
            hooked,
            sets_own: own_first && sets_plainly && self.has_dict(),
            slotted: slots.is_some(),
        };
        if !rc::parallel() {
            // SAFETY: one thread runs, and nothing of the program runs while the list is replaced.
            let old = unsafe { std::mem::replace(&mut *self.0.memory.slots.get(), slots.unwrap_or_default()) };
            drop(old);
            self.0.memory.reading.set((now, reading));
        }
        reading
    }

    /// The slots of instances by name; None where there are other data descriptors, or slots hidden by something.
    fn only_slots(&self) -> Option<Vec<(Str, usize)>> {
        let mut found: Vec<(Str, usize)> = Vec::new();
        let mut seen: Vec<Str> = Vec::new();
        for class in self.mro().filter(|class| !is_object(class)) {
            let mut position = 0;
            while let Some((_, name, value)) = class.namespace().entry_from(&mut position) {
                let Value::Str(name) = name else { return None };
                match value.downcast::<Slot>() {
                    Some(slot) if !seen.contains(&name) => found.push((name.clone(), slot.position())),
                    None if descriptor::is_data(&value) => return None,
                    _ => {}
                }
                seen.push(name);
            }
        }
        Some(found)
    }

    /// The position of a slot, where instances are read by their slots.
    #[inline]
    pub(crate) fn slot_of(&self, name: &str) -> Option<usize> {
        if !self.reading().slotted || rc::parallel() {
            return None;
        }
        // SAFETY: comparing text runs no code of the program.
        let slots = unsafe { &*self.0.memory.slots.get() };
        let found = match Str::short(name) {
            Some(short) => slots.iter().find(|(known, _)| known.same(&short)),
            None => slots.iter().find(|(known, _)| *known == *name),
        };
        found.map(|(_, position)| *position)
    }

    fn lacks_data_descriptors(&self) -> bool {
        is_object(self) || !self.namespace().values().iter().any(descriptor::is_data)
    }

    /// Sets an attribute of the class itself.
    pub fn set(&self, name: &str, value: Value) {
        let namespace = &self.0.namespace;
        match namespace.position_of(name) {
            Some(position) => {
                let old = namespace.value_at(position);
                let data = is_data(&old) && is_data(&value) && !name.starts_with("__");
                namespace.replace_at(position, value.clone());
                if !data {
                    self.attribute_changed(name, may_describe(&value) || may_describe(&old));
                }
            }
            None => {
                namespace.set_text(name, value.clone());
                self.attribute_changed(name, may_describe(&value));
            }
        }
    }

    /// Deletes an attribute of the class itself; false when there is none.
    pub fn delete(&self, name: &str) -> bool {
        let old = self.0.namespace.take_text(name);
        self.attribute_changed(name, true);
        old.is_some()
    }

    fn attribute_changed(&self, name: &str, describes: bool) {
        if name.starts_with("__") {
            CHANGES.fetch_add(1, Ordering::Relaxed);
        }
        self.forget(describes);
    }

    /// Forgets what was looked up, here and below; where a descriptor came or went, also how instances read their
    /// attributes.
    fn forget(&self, describes: bool) {
        self.0.memory.forget();
        if describes {
            self.0.memory.reading.set((0, Reading::default()));
        }
        for class in self.subclasses() {
            class.forget(describes);
        }
    }

    /// `__subclasses__()`, of classes of the program.
    pub fn subclasses(&self) -> Vec<Class> {
        // SAFETY: cloning handles runs no code of the program.
        unsafe { (*self.0.memory.subclasses.get()).clone() }
    }

    /// Tells the bases of a new class of it. Builtin classes never change and need not know.
    pub(super) fn join_bases(&self) {
        for base in self.bases().iter().filter(|base| base.builtin().is_none()) {
            // SAFETY: pushing a handle runs no code of the program.
            unsafe { (*base.0.memory.subclasses.get()).push(self.clone()) };
        }
    }
}
