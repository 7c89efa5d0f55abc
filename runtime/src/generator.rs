//! Generators: async blocks polled with a waker that does nothing. The compiler of the host makes the state machine.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::depth;
use crate::exc::{self, Exc, Result, hierarchy};
use crate::iter::{self, Iter};
use crate::native::{Native, Object};
use crate::ops;
use crate::registry::BuiltinType;
use crate::str::Str;
use crate::types;
use crate::value::Value;

/// The body of a generator, as it stands.
type Body = Pin<Box<dyn Future<Output = Result<Value>>>>;

/// What a generator and its body hand each other.
#[derive(Default)]
struct Exchange {
    /// What `yield` gives back: a value sent, an exception thrown.
    sent: Cell<Option<Result<Value>>>,
    yielded: Cell<Option<Value>>,
}

/// A body's side of the exchange.
#[derive(Clone)]
pub struct Co(Rc<Exchange>);

/// A suspended `yield`.
pub struct Yield<'a> {
    exchange: &'a Exchange,
    value: Option<Value>,
}

impl Future for Yield<'_> {
    type Output = Result<Value>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<Result<Value>> {
        match self.value.take() {
            Some(value) => {
                self.exchange.yielded.set(Some(value));
                Poll::Pending
            }
            None => Poll::Ready(self.exchange.sent.take().unwrap_or(Ok(Value::None))),
        }
    }
}

impl Co {
    /// `yield value`: what is sent back, or the exception thrown in.
    pub fn yield_(&self, value: Value) -> Yield<'_> {
        Yield {
            exchange: &self.0,
            value: Some(value),
        }
    }

    /// `yield from iterable`: the value the inner iteration returns.
    ///
    /// # Errors
    /// TypeError when the value is not iterable; what the inner iteration raises.
    pub async fn yield_from(&self, iterable: &Value) -> Result<Value> {
        let inner = iter::iter(iterable)?.into_value();
        let mut received = Ok(Value::None);
        loop {
            match delegate(&inner, received)? {
                Step::Yielded(value) => received = self.yield_(value).await,
                Step::Returned(value) => return Ok(value),
            }
        }
    }
}

/// What an iteration did.
enum Step {
    Yielded(Value),
    Returned(Value),
}

/// Passes what a generator received on to the iterator it delegates to.
fn delegate(inner: &Value, received: Result<Value>) -> Result<Step> {
    if let Some(generator) = inner.downcast::<Generator>() {
        return match received {
            Err(exit) if exit.is(&hierarchy::GENERATOR_EXIT) => {
                generator.close()?;
                Err(exit)
            }
            received => generator.advance(received),
        };
    }
    match received {
        Ok(Value::None) => next_step(inner),
        Ok(value) => ended(ops::call_method(inner, "send", &[value])),
        Err(exit) if exit.is(&hierarchy::GENERATOR_EXIT) => {
            if let Some(close) = ops::get_attr_or_none(inner, "close")? {
                ops::call(&close, &[])?;
            }
            Err(exit)
        }
        Err(thrown) => match ops::get_attr_or_none(inner, "throw")? {
            Some(throw) => ended(ops::call(&throw, &[thrown.value()])),
            None => Err(thrown),
        },
    }
}

/// `next()` of an iterator that is no generator; StopIteration of the program may carry a value.
fn next_step(inner: &Value) -> Result<Step> {
    match inner {
        Value::Instance(_) => ended(ops::call_method(inner, "__next__", &[])),
        _ => Ok(iter::next(inner)?.map_or(Step::Returned(Value::None), Step::Yielded)),
    }
}

fn ended(answer: Result<Value>) -> Result<Step> {
    match answer {
        Ok(value) => Ok(Step::Yielded(value)),
        Err(end) if end.is(&hierarchy::STOP_ITERATION) => Ok(Step::Returned(end.field("value").unwrap_or(Value::None))),
        Err(failure) => Err(failure),
    }
}

/// A generator object.
pub struct Generator {
    name: Str,
    exchange: Rc<Exchange>,
    /// None once the body ended; taken out while it runs.
    body: RefCell<Option<Body>>,
    state: Cell<State>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Fresh,
    Suspended,
    Running,
    Ended,
}

/// A generator over a body: `|co| async move { co.yield_(value).await?; Ok(Value::None) }`.
pub fn new<F, B>(name: &str, body: F) -> Value
where
    F: FnOnce(Co) -> B,
    B: Future<Output = Result<Value>> + 'static,
{
    let exchange = Rc::new(Exchange::default());
    let body: Body = Box::pin(body(Co(exchange.clone())));
    Value::object(Generator {
        name: Str::from(name),
        exchange,
        body: RefCell::new(Some(body)),
        state: Cell::new(State::Fresh),
    })
}

impl Generator {
    /// `__name__`.
    pub fn name(&self) -> Str {
        self.name.clone()
    }

    /// `gi_running`.
    pub fn is_running(&self) -> bool {
        self.state.get() == State::Running
    }

    /// Runs the body up to its next `yield` or its end.
    fn advance(&self, received: Result<Value>) -> Result<Step> {
        match (self.state.get(), received) {
            (State::Running, _) => Err(exc::value_error("generator already executing")),
            (State::Ended, Ok(_)) => Ok(Step::Returned(Value::None)),
            (State::Ended, Err(thrown)) => Err(thrown),
            (State::Fresh, Err(thrown)) => {
                self.end();
                Err(thrown)
            }
            (_, received) => self.run(received),
        }
    }

    fn run(&self, received: Result<Value>) -> Result<Step> {
        let _guard = depth::enter()?;
        let Some(mut body) = self.body.take() else {
            return Ok(Step::Returned(Value::None));
        };
        if self.state.replace(State::Running) == State::Suspended {
            self.exchange.sent.set(Some(received));
        }
        let polled = body.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        match polled {
            Poll::Pending => {
                self.body.replace(Some(body));
                self.state.set(State::Suspended);
                Ok(Step::Yielded(self.exchange.yielded.take().unwrap_or(Value::None)))
            }
            Poll::Ready(answer) => {
                self.end();
                answer.map(Step::Returned).map_err(wrapped)
            }
        }
    }

    fn end(&self) {
        self.state.set(State::Ended);
        drop(self.body.take());
    }

    /// `next()`, `send()` and `throw()`: the value yielded.
    ///
    /// # Errors
    /// StopIteration with the value returned; what the body raises.
    pub fn resume(&self, received: Result<Value>) -> Result<Value> {
        match self.advance(received)? {
            Step::Yielded(value) => Ok(value),
            Step::Returned(value) => Err(exc::stop_iteration(value)),
        }
    }

    /// `send(value)`.
    ///
    /// # Errors
    /// As `resume`; TypeError for a value sent before the first `yield`.
    pub fn send(&self, value: &Value) -> Result<Value> {
        if self.state.get() == State::Fresh && !matches!(value, Value::None) {
            return Err(exc::type_error("can't send non-None value to a just-started generator"));
        }
        self.resume(Ok(value.clone()))
    }

    /// `close()`: raises GeneratorExit where the body stands.
    ///
    /// # Errors
    /// RuntimeError when the body yields nevertheless; what else it raises.
    pub fn close(&self) -> Result<()> {
        match self.state.get() {
            State::Fresh | State::Ended => {
                self.end();
                return Ok(());
            }
            State::Running | State::Suspended => {}
        }
        match self.advance(Err(Exc::plain(&hierarchy::GENERATOR_EXIT, Default::default()))) {
            Ok(Step::Yielded(_)) => Err(exc::runtime_error("generator ignored GeneratorExit")),
            Ok(Step::Returned(_)) => Ok(()),
            Err(exit) if exit.is(&hierarchy::GENERATOR_EXIT) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// StopIteration must not leave a generator: it would end the loop around it.
fn wrapped(failure: Exc) -> Exc {
    if !failure.is(&hierarchy::STOP_ITERATION) {
        return failure;
    }
    let wrapped = exc::runtime_error("generator raised StopIteration");
    wrapped.set_context(Some(failure.clone()));
    wrapped.set_cause(Some(failure));
    wrapped
}

/// A generator that is dropped half-way is closed: its `finally` blocks run.
impl Drop for Generator {
    fn drop(&mut self) {
        if self.state.get() == State::Suspended {
            // What it raises now is ignored, as by CPython.
            let _ignored = self.close();
        }
    }
}

impl Native for Generator {
    fn native_type(&self) -> &'static BuiltinType {
        &types::GENERATOR
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        Ok(Str::from(format!(
            "<generator object {} at {:#x}>",
            self.name,
            this.address()
        )))
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn iter(&self, this: &Object) -> Result<Option<Iter>> {
        Ok(Some(Iter::Object(this.clone())))
    }

    fn next(&self) -> Result<Option<Value>> {
        match self.advance(Ok(Value::None))? {
            Step::Yielded(value) => Ok(Some(value)),
            Step::Returned(_) => Ok(None),
        }
    }
}
