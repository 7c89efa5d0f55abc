//! `collections.deque`.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::deque_methods as methods;
use crate::exc::{self, Exc, Result};
use crate::iter::{self, Iter};
use crate::lib::convert::size;
use crate::lib::params::Params;
use crate::native::{Comparison, Native, Object, Operator, Side};
use crate::ops;
use crate::registry::{BuiltinType, Kwargs};
use crate::str::{Str, StrBuf};
use crate::text::{self, ReprGuard};
use crate::value::Value;

/// A double-ended queue. Items are never borrowed while code of the program may run.
pub struct Deque {
    items: RefCell<VecDeque<Value>>,
    pub max_len: Option<usize>,
    /// Counts changes of length, for iterators.
    changes: std::cell::Cell<u64>,
}

impl Deque {
    /// A deque of these items, of which only the last `max_len` stay.
    pub fn new(items: impl IntoIterator<Item = Value>, max_len: Option<usize>) -> Deque {
        let deque = Deque {
            items: RefCell::default(),
            max_len,
            changes: Default::default(),
        };
        items.into_iter().for_each(|item| deque.append(item));
        deque
    }

    /// Changes the items; `change` must not run code of the program.
    pub fn change<R>(&self, change: impl FnOnce(&mut VecDeque<Value>) -> R) -> R {
        self.changes.set(self.changes.get() + 1);
        change(&mut self.items.borrow_mut())
    }

    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at a position, if there is one.
    pub fn at(&self, position: usize) -> Option<Value> {
        self.items.borrow().get(position).cloned()
    }

    pub fn to_vec(&self) -> Vec<Value> {
        self.items.borrow().iter().cloned().collect()
    }

    /// `append`: a full deque lets its first item go.
    pub fn append(&self, item: Value) {
        let dropped = self.change(|items| {
            items.push_back(item);
            if self.max_len.is_some_and(|most| items.len() > most) {
                items.pop_front()
            } else {
                None
            }
        });
        drop(dropped);
    }

    /// `appendleft`: a full deque lets its last item go.
    pub fn append_left(&self, item: Value) {
        let dropped = self.change(|items| {
            items.push_front(item);
            if self.max_len.is_some_and(|most| items.len() > most) {
                items.pop_back()
            } else {
                None
            }
        });
        drop(dropped);
    }

    /// `pop`.
    pub fn pop(&self) -> Result<Value> {
        self.change(VecDeque::pop_back).ok_or_else(empty)
    }

    /// `popleft`.
    pub fn pop_left(&self) -> Result<Value> {
        self.change(VecDeque::pop_front).ok_or_else(empty)
    }

    /// A stamp that differs after every change.
    pub fn stamp(&self) -> u64 {
        self.changes.get()
    }

    /// The first place where two deques differ, and the items there.
    fn first_difference(&self, other: &Deque) -> Result<Option<(Option<Value>, Option<Value>)>> {
        let mut position = 0;
        loop {
            match (self.at(position), other.at(position)) {
                (None, None) => return Ok(None),
                (Some(a), Some(b)) if ops::is(&a, &b) || ops::eq_bool(&a, &b)? => position += 1,
                difference => return Ok(Some(difference)),
            }
        }
    }

    fn compare_to(&self, op: Comparison, other: &Deque) -> Result<Value> {
        if matches!(op, Comparison::Eq | Comparison::Ne) && self.len() != other.len() {
            return Ok(Value::Bool(op == Comparison::Ne));
        }
        match self.first_difference(other)? {
            None => Ok(Value::Bool(matches!(
                op,
                Comparison::Eq | Comparison::Le | Comparison::Ge
            ))),
            Some(_) if matches!(op, Comparison::Eq | Comparison::Ne) => Ok(Value::Bool(op == Comparison::Ne)),
            Some((Some(a), Some(b))) => ops::compare(op, &a, &b),
            Some((a, _)) => {
                let longer = a.is_some();
                Ok(Value::Bool(longer == matches!(op, Comparison::Gt | Comparison::Ge)))
            }
        }
    }

    /// The position an index names; out of range is an error.
    pub fn position(&self, key: &Value) -> Result<usize> {
        let Some(index) = ops::try_index(key)? else {
            let name = key.type_name();
            return Err(exc::type_error(&format!(
                "sequence index must be integer, not '{name}'"
            )));
        };
        let len = self.len() as i64;
        let place = index
            .as_i64()
            .map(|index| if index < 0 { index.saturating_add(len) } else { index });
        match place {
            None => Err(exc::index_error("cannot fit 'int' into an index-sized integer")),
            Some(place) if (0..len).contains(&place) => Ok(place as usize),
            Some(_) => Err(exc::index_error("deque index out of range")),
        }
    }

    /// The items `times` over, of which the last `max_len` stay.
    fn repeated(&self, times: i64) -> Deque {
        let items = self.to_vec();
        let copies = (0..times.max(0)).flat_map(|_| items.iter().cloned());
        Deque::new(copies, self.max_len)
    }
}

#[cold]
fn empty() -> Exc {
    exc::index_error("pop from an empty deque")
}

impl Native for Deque {
    fn native_type(&self) -> &'static BuiltinType {
        &DEQUE
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        let Some(_guard) = ReprGuard::enter(this.address())? else {
            return Ok(crate::lit!("[...]"));
        };
        let mut out = StrBuf::new();
        out.push_ascii("deque([");
        for (at, item) in self.to_vec().iter().enumerate() {
            if at > 0 {
                out.push_ascii(", ");
            }
            text::repr_into(item, &mut out)?;
        }
        out.push_ascii("]");
        if let Some(most) = self.max_len {
            out.push_ascii(", maxlen=");
            out.push_i64(most as i64);
        }
        out.push_ascii(")");
        Ok(out.finish())
    }

    fn len(&self) -> Option<Result<usize>> {
        Some(Ok(Deque::len(self)))
    }

    fn hash(&self, _this: &Object) -> Result<i64> {
        Err(exc::type_error("unhashable type: 'collections.deque'"))
    }

    fn compare(&self, op: Comparison, other: &Value) -> Result<Option<Value>> {
        match other.downcast::<Deque>() {
            Some(other) => self.compare_to(op, other).map(Some),
            None => Ok(None),
        }
    }

    fn binary(&self, op: Operator, other: &Value, side: Side) -> Result<Option<Value>> {
        match op {
            Operator::Add if side == Side::Left => match other.downcast::<Deque>() {
                Some(right) => {
                    let items = self.to_vec().into_iter().chain(right.to_vec());
                    Ok(Some(Value::object(Deque::new(items, self.max_len))))
                }
                None => {
                    let name = other.class().dotted_name();
                    Err(exc::type_error(&format!(
                        "can only concatenate deque (not \"{name}\") to deque"
                    )))
                }
            },
            Operator::Mul => match ops::try_index(other)? {
                Some(times) => Ok(Some(Value::object(self.repeated(ops::saturate(&times))))),
                None => {
                    let name = other.type_name();
                    Err(exc::type_error(&format!(
                        "can't multiply sequence by non-int of type '{name}'"
                    )))
                }
            },
            _ => Ok(None),
        }
    }

    fn in_place(&self, this: &Object, op: Operator, other: &Value) -> Result<Option<Value>> {
        match op {
            Operator::Add => methods::extend_with(self, other, Deque::append)?,
            Operator::Mul => {
                let Some(times) = ops::try_index(other)? else {
                    return Ok(None);
                };
                let repeated = self.repeated(ops::saturate(&times)).to_vec();
                let old = self.change(|items| std::mem::replace(items, repeated.into()));
                drop(old);
            }
            _ => return Ok(None),
        }
        Ok(Some(Value::Object(this.clone())))
    }

    fn get_item(&self, key: &Value) -> Result<Value> {
        let position = self.position(key)?;
        self.at(position)
            .ok_or_else(|| exc::index_error("deque index out of range"))
    }

    fn set_item(&self, key: &Value, value: Value) -> Result<()> {
        let position = self.position(key)?;
        let old = std::mem::replace(&mut self.items.borrow_mut()[position], value);
        drop(old);
        Ok(())
    }

    fn del_item(&self, key: &Value) -> Result<()> {
        let position = self.position(key)?;
        drop(self.change(|items| items.remove(position)));
        Ok(())
    }

    fn contains(&self, item: &Value) -> Result<Option<bool>> {
        methods::find(self, item, 0, usize::MAX).map(|place| Some(place.is_some()))
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        Ok(Some(methods::walk(this, false)))
    }
}

fn new(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: Params = Params::new("deque", &["iterable", "maxlen"], 0);
    let [iterable, max_len] = PARAMS.read(args, kwargs)?;
    let max_len = match max_len {
        None | Some(Value::None) => None,
        Some(value) => match value.as_int() {
            None => return Err(exc::type_error("an integer is required")),
            Some(_) => match usize::try_from(size(value)?) {
                Ok(most) => Some(most),
                Err(_) => return Err(exc::value_error("maxlen must be non-negative")),
            },
        },
    };
    let deque = Deque::new([], max_len);
    if let Some(iterable) = iterable {
        let mut items = iter::iter(iterable)?;
        while let Some(item) = items.next()? {
            deque.append(item);
        }
    }
    Ok(Value::object(deque))
}

pub static DEQUE: BuiltinType = BuiltinType::new("deque", "collections", new)
    .in_c()
    .protocols(&[crate::methods::protocol::OWN_TEXT])
    .methods(methods::METHODS)
    .fields(methods::FIELDS);
