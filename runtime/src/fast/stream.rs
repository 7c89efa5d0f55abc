//! Generators that are only gone through: what they give has a type of its own, and nobody holds the generator itself.
//!
//! As with all generators, rustc makes the state machine: an async block that is polled with a waker that does nothing.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::depth;
use crate::exc::Result;

/// A generator under way, or one that has not begun.
pub struct Stream<T> {
    /// None once it has ended.
    body: Option<Pin<Box<dyn Future<Output = Result<()>>>>>,
    given: Rc<Cell<Option<T>>>,
}

/// What the body hands its items to.
pub struct Giver<T>(Rc<Cell<Option<T>>>);

/// A `yield` in progress.
pub struct Given {
    resumed: bool,
}

impl<T> Giver<T> {
    /// `yield item`, once it is awaited.
    #[inline]
    pub fn give(&self, item: T) -> Given {
        self.0.set(Some(item));
        Given { resumed: false }
    }
}

impl Future for Given {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<()> {
        if std::mem::replace(&mut self.resumed, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl<T> Stream<T> {
    /// The generator whose body is `make(giver)`; nothing of it runs yet.
    pub fn new<F>(make: impl FnOnce(Giver<T>) -> F) -> Stream<T>
    where
        F: Future<Output = Result<()>> + 'static,
    {
        let given = Rc::new(Cell::new(None));
        let body: Pin<Box<dyn Future<Output = Result<()>>>> = Box::pin(make(Giver(given.clone())));
        Stream {
            body: Some(body),
            given,
        }
    }

    /// Runs the body up to its next item; None once it has come to its end.
    ///
    /// # Errors
    /// What the body raises, which ends it.
    #[inline]
    pub fn next_given(&mut self) -> Result<Option<T>> {
        let Some(body) = &mut self.body else { return Ok(None) };
        let _depth = depth::enter()?;
        match body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => Ok(self.given.take()),
            Poll::Ready(outcome) => {
                self.body = None;
                outcome.map(|()| None)
            }
        }
    }

    /// All the items that are left.
    ///
    /// # Errors
    /// What the body raises.
    pub fn all(mut self) -> Result<Vec<T>> {
        let mut items = Vec::new();
        while let Some(item) = self.next_given()? {
            items.push(item);
        }
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exc;

    fn counted(end: i64, fails: bool) -> Stream<i64> {
        Stream::new(|co| async move {
            for i in 0..end {
                co.give(i).await;
            }
            if fails {
                return Err(exc::value_error("over"));
            }
            Ok(())
        })
    }

    #[test]
    fn items_come_in_order_and_then_no_more() {
        let mut stream = counted(2, false);
        let mut next = || stream.next_given().unwrap_or(Some(-1));
        assert_eq!([next(), next(), next(), next()], [Some(0), Some(1), None, None]);
    }

    #[test]
    fn what_the_body_raises_ends_it() {
        let mut stream = counted(1, true);
        assert!(stream.next_given().is_ok());
        assert!(stream.next_given().is_err());
        assert!(matches!(stream.next_given(), Ok(None)));
        assert!(counted(1, true).all().is_err());
    }
}
