//! Values into native form and back, with the sharing between them kept.
//!
//! Native containers are copies of the caller's. That is exact only while no container is reachable by two ways, so a
//! value that is met twice is refused, and the call takes its generic version. On the way back a native container
//! that came from a caller's becomes that one again, with its content as the native code left it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::bytes::Bytes;
use crate::dict::Dict;
use crate::elem::{Elem, Key};
use crate::list::List;
use crate::set::Set;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::value::Value;

/// A native version went through to its end since this was last asked.
static NATIVE: AtomicBool = AtomicBool::new(false);

/// Whether a native version went through to its end since the last question: a proof counts such cases.
pub fn ran_natively() -> bool {
    NATIVE.swap(false, Ordering::Relaxed)
}

/// One crossing: which containers were met.
#[derive(Default)]
pub struct Crossing {
    /// The caller's containers by address.
    met: HashMap<usize, ()>,
    /// The Python value of each native container, by its address.
    values: HashMap<usize, Value>,
    /// Nothing that comes in is changed: it may be shared, and need not be put back.
    reading: bool,
    /// Puts each native container's content back into the caller's.
    returns: Vec<Box<dyn FnOnce(&mut Crossing)>>,
}

/// What can cross into native code.
pub trait Cross: Elem {
    /// The native form; None where the value is of another type, or shared.
    fn enter(value: &Value, crossing: &mut Crossing) -> Option<Self>;
    /// The Python value.
    fn leave(&self, crossing: &mut Crossing) -> Value;
}

impl Crossing {
    /// A crossing into code that changes none of the containers it is given.
    pub fn reading() -> Crossing {
        Crossing {
            reading: true,
            ..Crossing::default()
        }
    }

    fn meet(&mut self, address: usize) -> Option<()> {
        if self.reading {
            return Some(());
        }
        self.met.insert(address, ()).is_none().then_some(())
    }

    /// The value of a native container, made when it is first asked for.
    pub fn once(&mut self, address: usize, make: impl FnOnce(&mut Crossing) -> Value) -> Value {
        if let Some(known) = self.values.get(&address) {
            return known.clone();
        }
        let value = make(self);
        self.values.insert(address, value.clone());
        value
    }

    /// The entries of a native dict in a new one.
    pub fn entries<K: Cross + Key, V: Cross>(&mut self, native: &Dict<K, V>) -> Dict<Value, Value> {
        let dict = Dict::with_capacity(native.len());
        fill_dict(native, &dict, self);
        dict
    }

    /// Shows the caller what native code did to the arguments.
    pub fn give_back(&mut self) {
        NATIVE.store(true, Ordering::Relaxed);
        for give in std::mem::take(&mut self.returns) {
            give(self);
        }
    }
}

macro_rules! plain {
    ($($ty:ty),*) => {$(
        impl Cross for $ty {
            #[inline]
            fn enter(value: &Value, _: &mut Crossing) -> Option<Self> {
                <$ty as Elem>::from_value(value)
            }

            #[inline]
            fn leave(&self, _: &mut Crossing) -> Value {
                self.to_value()
            }
        }
    )*};
}

plain!(bool, i64, i128, f64, Str, Bytes, ());

impl Cross for Value {
    fn enter(value: &Value, crossing: &mut Crossing) -> Option<Self> {
        // Carried as it is, so nothing that native code could change before it gives up.
        let _ = crossing;
        is_frozen(value).then(|| value.clone())
    }

    fn leave(&self, _: &mut Crossing) -> Value {
        self.clone()
    }
}

fn is_frozen(value: &Value) -> bool {
    match value {
        Value::None
        | Value::Bool(_)
        | Value::Int(_)
        | Value::BigInt(_)
        | Value::Float(_)
        | Value::Str(_)
        | Value::Bytes(_) => true,
        Value::Tuple(items) => items.iter().all(is_frozen),
        _ => false,
    }
}

impl<T: Cross> Cross for Option<T> {
    fn enter(value: &Value, crossing: &mut Crossing) -> Option<Self> {
        match value {
            Value::None => Some(None),
            other => T::enter(other, crossing).map(Some),
        }
    }

    fn leave(&self, crossing: &mut Crossing) -> Value {
        match self {
            None => Value::None,
            Some(inner) => inner.leave(crossing),
        }
    }
}

impl<T: Cross> Cross for List<T> {
    fn enter(value: &Value, crossing: &mut Crossing) -> Option<Self> {
        let Value::List(source) = value else { return None };
        crossing.meet(source.address())?;
        let mut items = Vec::with_capacity(source.len());
        for item in source.to_vec() {
            items.push(T::enter(&item, crossing)?);
        }
        let list = List::from_vec(items);
        crossing.values.insert(list.address(), value.clone());
        if crossing.reading {
            return Some(list);
        }
        let (native, source) = (list.clone(), source.clone());
        crossing.returns.push(Box::new(move |crossing| {
            let items = native.to_vec().iter().map(|item| item.leave(crossing)).collect();
            source.clear();
            source.extend_vec(items);
        }));
        Some(list)
    }

    fn leave(&self, crossing: &mut Crossing) -> Value {
        if let Some(known) = crossing.values.get(&self.address()) {
            return known.clone();
        }
        let list = List::new();
        crossing.values.insert(self.address(), Value::List(list.clone()));
        let items: Vec<Value> = self.to_vec().iter().map(|item| item.leave(crossing)).collect();
        list.extend_vec(items);
        Value::List(list)
    }
}

impl<K: Cross + Key, V: Cross> Cross for Dict<K, V> {
    fn enter(value: &Value, crossing: &mut Crossing) -> Option<Self> {
        let Value::Dict(source) = value else { return None };
        crossing.meet(source.address())?;
        let dict = Dict::with_capacity(source.len());
        for (key, item) in source.items() {
            let key = K::enter(&key, crossing)?;
            dict.set(key, V::enter(&item, crossing)?).ok()?;
        }
        crossing.values.insert(dict.address(), value.clone());
        if crossing.reading {
            return Some(dict);
        }
        let (native, source) = (dict.clone(), source.clone());
        crossing.returns.push(Box::new(move |crossing| {
            source.clear();
            fill_dict(&native, &source, crossing);
        }));
        Some(dict)
    }

    fn leave(&self, crossing: &mut Crossing) -> Value {
        if let Some(known) = crossing.values.get(&self.address()) {
            return known.clone();
        }
        let dict = Dict::with_capacity(self.len());
        crossing.values.insert(self.address(), Value::Dict(dict.clone()));
        fill_dict(self, &dict, crossing);
        Value::Dict(dict)
    }
}

fn fill_dict<K: Cross + Key, V: Cross>(native: &Dict<K, V>, dict: &Dict<Value, Value>, crossing: &mut Crossing) {
    for (key, value) in native.items() {
        let (key, value) = (key.leave(crossing), value.leave(crossing));
        dict.set(key, value)
            .unwrap_or_else(|_| unreachable!("native keys can be hashed"));
    }
}

impl<K: Cross + Key> Cross for Set<K> {
    /// Sets stay behind: their order depends on their history, which a copy does not have.
    fn enter(_: &Value, _: &mut Crossing) -> Option<Self> {
        None
    }

    fn leave(&self, crossing: &mut Crossing) -> Value {
        if let Some(known) = crossing.values.get(&self.address()) {
            return known.clone();
        }
        let set = self.to_value();
        crossing.values.insert(self.address(), set.clone());
        set
    }
}

macro_rules! tuples {
    ($($count:literal: $($name:ident $at:tt),*;)*) => {$(
        impl<$($name: Cross),*> Cross for ($($name,)*) {
            fn enter(value: &Value, crossing: &mut Crossing) -> Option<Self> {
                let Value::Tuple(items) = value else { return None };
                let items: &[Value] = items;
                if items.len() != $count {
                    return None;
                }
                Some(($($name::enter(&items[$at], crossing)?,)*))
            }

            fn leave(&self, crossing: &mut Crossing) -> Value {
                Value::Tuple(Tuple::from_vec(vec![$(self.$at.leave(crossing)),*]))
            }
        }
    )*};
}

tuples! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
}
