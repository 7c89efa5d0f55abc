//! `collections.defaultdict` and `collections.Counter` of known types: dicts that answer for keys they lack.

use std::ops::Deref;

use crate::dict::Dict;
use crate::elem::{Elem, Key};
use crate::exc::Result;
use crate::lib::collections::{Counter as DynamicCounter, DefaultDict as DynamicDefaultDict};
use crate::list::List;
use crate::registry::BuiltinType;
use crate::set::Set;
use crate::str::{Str, StrBuf};
use crate::support::boundary::{Cross, Crossing};
use crate::types;
use crate::value::Value;

/// What a `defaultdict` makes for a key it lacks: the type of its values called without arguments.
pub trait Blank: Elem {
    /// The factory.
    const FACTORY: &'static BuiltinType;

    fn blank() -> Self;
}

macro_rules! blanks {
    ($($factory:ident: [$($generics:tt)*] $ty:ty = $blank:expr;)*) => {$(
        impl<$($generics)*> Blank for $ty {
            const FACTORY: &'static BuiltinType = &types::$factory;

            #[inline]
            fn blank() -> Self {
                $blank
            }
        }
    )*};
}

blanks! {
    INT: [] i64 = 0;
    FLOAT: [] f64 = 0.0;
    BOOL: [] bool = false;
    STR: [] Str = Str::empty();
    LIST: [T: Elem] List<T> = List::new();
    SET: [K: Key] Set<K> = Set::new();
    DICT: [K: Key, V: Elem] Dict<K, V> = Dict::new();
}

macro_rules! mapping {
    ($name:ident: [$($generics:tt)*] [$($params:tt)*] $key:ty, $value:ty; [$($cross:tt)*] |$dict:ident| $dynamic:expr) => {
        impl<$($generics)*> Clone for $name<$($params)*> {
            #[inline(always)]
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }

        impl<$($generics)*> Default for $name<$($params)*> {
            fn default() -> Self {
                $name(Dict::new())
            }
        }

        impl<$($generics)*> Deref for $name<$($params)*> {
            type Target = Dict<$key, $value>;

            #[inline(always)]
            fn deref(&self) -> &Dict<$key, $value> {
                &self.0
            }
        }

        impl<$($generics)*> Elem for $name<$($params)*> {
            const PLAIN: bool = false;

            fn to_value(&self) -> Value {
                let Value::Dict($dict) = self.0.to_value() else {
                    unreachable!("a dict's value is a dict")
                };
                $dynamic
            }
            fn from_value(_: &Value) -> Option<Self> {
                None
            }
            fn py_eq(&self, other: &Self) -> Result<bool> {
                self.to_value().py_eq(&other.to_value())
            }
            fn py_repr(&self, out: &mut StrBuf) -> Result<()> {
                self.to_value().py_repr(out)
            }
            fn truthy(&self) -> Result<bool> {
                Ok(!self.0.is_empty())
            }
            fn same(&self, other: &Self) -> bool {
                self.0.same(&other.0)
            }
            fn quick_eq(&self, other: &Self) -> Option<bool> {
                self.0.same(&other.0).then_some(true)
            }
        }

        impl<$($cross)*> Cross for $name<$($params)*> {
            /// The caller's stay behind: nobody has looked into one.
            fn enter(_: &Value, _: &mut Crossing) -> Option<Self> {
                None
            }

            fn leave(&self, crossing: &mut Crossing) -> Value {
                crossing.once(self.0.address(), |crossing| {
                    let $dict = crossing.entries(&self.0);
                    $dynamic
                })
            }
        }
    };
}

/// A dict that makes the values it lacks.
pub struct DefaultDict<K: Key, V>(Dict<K, V>);

mapping!(DefaultDict: [K: Key, V: Blank] [K, V] K, V; [K: Cross + Key, V: Cross + Blank]
    |dict| DynamicDefaultDict::value(Value::Class(V::FACTORY.class().clone()), dict));

impl<K: Key, V: Blank> DefaultDict<K, V> {
    #[inline]
    pub fn new() -> DefaultDict<K, V> {
        DefaultDict(Dict::new())
    }

    /// `mapping[key]`: a value that is made is kept.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    #[inline]
    pub fn item(&self, key: &K) -> Result<V> {
        self.0.item_or_insert(key, V::blank)
    }

    /// `mapping[key] = change(mapping[key])`
    ///
    /// # Errors
    /// What hashing and `==` of keys raise; what `change` raises.
    #[inline]
    pub fn change_item(&self, key: &K, change: impl FnOnce(V) -> Result<V>) -> Result<()> {
        match self.0.change_if_there(key, change)? {
            None => Ok(()),
            Some(change) => {
                self.0.set(key.clone(), V::blank())?;
                self.0.set(key.clone(), change(V::blank())?)
            }
        }
    }
}

/// A dict of counts: what it lacks counts zero.
pub struct Counter<K: Key>(Dict<K, i64>);

mapping!(Counter: [K: Key] [K] K, i64; [K: Cross + Key] |dict| DynamicCounter::value(dict));

impl<K: Key> Counter<K> {
    #[inline]
    pub fn new() -> Counter<K> {
        Counter(Dict::new())
    }

    /// `Counter(items)`
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn of(items: impl IntoIterator<Item = K>) -> Result<Counter<K>> {
        let counter = Counter::new();
        counter.count(items)?;
        Ok(counter)
    }

    /// `counter.update(items)`
    ///
    /// # Errors
    /// What hashing and `==` of items raise.
    pub fn count(&self, items: impl IntoIterator<Item = K>) -> Result<()> {
        for item in items {
            self.change_item(&item, |count| super::int::add(count, 1))?;
        }
        Ok(())
    }

    /// `counter[key]`: nothing is kept.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    #[inline]
    pub fn item(&self, key: &K) -> Result<i64> {
        self.0.get_or(key, 0)
    }

    /// `counter[key] = change(counter[key])`
    ///
    /// # Errors
    /// What hashing and `==` of keys raise; what `change` raises.
    #[inline]
    pub fn change_item(&self, key: &K, change: impl FnOnce(i64) -> Result<i64>) -> Result<()> {
        match self.0.change_if_there(key, change)? {
            None => Ok(()),
            Some(change) => self.0.set(key.clone(), change(0)?),
        }
    }

    /// `del counter[key]`: no error where there is none.
    ///
    /// # Errors
    /// What hashing and `==` of keys raise.
    pub fn forget(&self, key: &K) -> Result<()> {
        self.0.take(key).map(drop)
    }

    /// `counter.most_common(limit)`
    #[must_use]
    pub fn most_common(&self, limit: Option<i64>) -> List<(K, i64)> {
        let mut items = self.0.items();
        items.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        if let Some(limit) = limit {
            items.truncate(usize::try_from(limit).unwrap_or(0));
        }
        List::from_vec(items)
    }

    /// `counter.total()`
    ///
    /// # Errors
    /// Gives up where the sum leaves 64 bits.
    pub fn total(&self) -> Result<i64> {
        super::list::sum_int(&List::from_vec(self.0.values()))
    }
}
