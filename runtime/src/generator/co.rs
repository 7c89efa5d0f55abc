//! What the body of a generator holds of it: the mailbox through which values pass.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::delegate;
use crate::exc::Result;
use crate::rc::Ref;
use crate::value::Value;

/// Values on their way into and out of a suspended body.
#[derive(Default)]
pub(super) struct Mailbox {
    yielded: Cell<Option<Value>>,
    sent: Cell<Option<Result<Value>>>,
    /// What was yielded is an item of an asynchronous generator, not something for the loop that drives it.
    is_item: Cell<bool>,
    /// The iterator a `yield from` or `await` waits for: `gi_yieldfrom`.
    delegate: Cell<Option<Value>>,
}

impl Mailbox {
    pub(super) fn take_yielded(&self) -> Value {
        self.yielded.take().unwrap_or(Value::None)
    }

    pub(super) fn take_is_item(&self) -> bool {
        self.is_item.take()
    }

    pub(super) fn send(&self, input: Result<Value>) {
        self.sent.set(Some(input));
    }

    pub(super) fn delegate(&self) -> Value {
        let current = self.delegate.take();
        self.delegate.set(current.clone());
        current.unwrap_or(Value::None)
    }
}

/// The body's side of a generator or coroutine.
#[derive(Clone)]
pub struct Co(pub(super) Ref<Mailbox>);

/// A `yield` in progress.
pub struct Yield<'a> {
    mailbox: &'a Mailbox,
    value: Option<Value>,
}

impl Future for Yield<'_> {
    type Output = Result<Value>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<Result<Value>> {
        match self.value.take() {
            Some(value) => {
                self.mailbox.yielded.set(Some(value));
                Poll::Pending
            }
            None => Poll::Ready(self.mailbox.sent.take().unwrap_or(Ok(Value::None))),
        }
    }
}

impl Co {
    /// `yield value`: gives what `send` passed.
    ///
    /// # Errors
    /// What `throw` passed.
    #[inline]
    pub fn yield_(&self, value: Value) -> Yield<'_> {
        Yield {
            mailbox: &self.0,
            value: Some(value),
        }
    }

    /// `yield value` of an asynchronous generator.
    ///
    /// # Errors
    /// What `athrow` passed.
    #[inline]
    pub fn yield_item(&self, value: Value) -> Yield<'_> {
        self.0.is_item.set(true);
        self.yield_(value)
    }

    /// `yield from iterable`: gives what the inner generator returned.
    ///
    /// # Errors
    /// TypeError when the value is not iterable; what the inner iterator raises.
    pub async fn yield_from(&self, iterable: &Value) -> Result<Value> {
        self.delegate_to(delegate::iterator(iterable)?).await
    }

    /// `await awaitable`: gives what it returned.
    ///
    /// # Errors
    /// TypeError when the value cannot be awaited; what it raises.
    pub async fn await_(&self, awaitable: &Value) -> Result<Value> {
        self.delegate_to(delegate::awaited(awaitable)?).await
    }

    /// Passes on what the inner iterator yields and what is sent or thrown to it, until it ends.
    async fn delegate_to(&self, inner: Value) -> Result<Value> {
        let mut input = Ok(Value::None);
        loop {
            self.0.delegate.set(None);
            match delegate::step(&inner, input)? {
                super::Step::Return(value) => return Ok(value),
                super::Step::Yield(value) => {
                    self.0.delegate.set(Some(inner.clone()));
                    input = self.yield_(value).await;
                }
            }
        }
    }
}
