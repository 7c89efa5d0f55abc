//! The generator object.

use std::cell::{Cell, UnsafeCell};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::Co;
use super::co::Mailbox;
use crate::depth;
use crate::exc::hierarchy::{GENERATOR_EXIT, STOP_ASYNC_ITERATION, STOP_ITERATION};
use crate::exc::{self, Exc, Result};
use crate::io::stderr;
use crate::methods;
use crate::native::{Native, Object};
use crate::rc::Ref;
use crate::registry::BuiltinType;
use crate::str::Str;
use crate::types;
use crate::value::Value;

/// The type of what calling an `async def` gives.
pub static COROUTINE: BuiltinType = BuiltinType::closed("coroutine", "builtins")
    .methods(methods::generator::COROUTINE_METHODS)
    .fields(methods::generator::COROUTINE_FIELDS);

type Body = Pin<Box<dyn Future<Output = Result<Value>>>>;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Created,
    Suspended,
    Running,
    Finished,
}

/// What made the object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Generator,
    Coroutine,
    AsyncGenerator,
}

/// What a resumed generator came to.
pub enum Step {
    Yield(Value),
    Return(Value),
}

/// A generator, or the coroutine of an `async def`.
pub struct Generator {
    name: &'static str,
    qualname: &'static str,
    kind: Kind,
    state: Cell<State>,
    mailbox: Ref<Mailbox>,
    /// None once it has finished.
    body: UnsafeCell<Option<Body>>,
}

/// A generator whose body is `make(co)`.
pub fn new<F>(name: &'static str, qualname: &'static str, make: impl FnOnce(Co) -> F) -> Value
where
    F: Future<Output = Result<Value>> + 'static,
{
    Value::object(Generator::make(name, qualname, Kind::Generator, make))
}

/// The coroutine whose body is `make(co)`.
pub fn coroutine<F>(name: &'static str, qualname: &'static str, make: impl FnOnce(Co) -> F) -> Value
where
    F: Future<Output = Result<Value>> + 'static,
{
    Value::object(Generator::make(name, qualname, Kind::Coroutine, make))
}

impl Generator {
    pub(super) fn make<F>(
        name: &'static str,
        qualname: &'static str,
        kind: Kind,
        make: impl FnOnce(Co) -> F,
    ) -> Generator
    where
        F: Future<Output = Result<Value>> + 'static,
    {
        let mailbox = Ref::new(Mailbox::default());
        let body: Body = Box::pin(make(Co(mailbox.clone())));
        let state = Cell::new(State::Created);
        Generator {
            name,
            qualname,
            kind,
            state,
            mailbox,
            body: UnsafeCell::new(Some(body)),
        }
    }

    /// `__name__`.
    pub fn name(&self) -> Str {
        Str::from(self.name)
    }

    /// `__qualname__`.
    pub fn qualname(&self) -> Str {
        Str::from(self.qualname)
    }

    pub fn is_coroutine(&self) -> bool {
        self.kind == Kind::Coroutine
    }

    pub fn is_running(&self) -> bool {
        self.state.get() == State::Running
    }

    pub fn is_suspended(&self) -> bool {
        self.state.get() == State::Suspended
    }

    pub(super) fn is_finished(&self) -> bool {
        self.state.get() == State::Finished
    }

    /// What the body last yielded is an item of an asynchronous generator.
    pub(super) fn yielded_item(&self) -> bool {
        self.mailbox.take_is_item()
    }

    /// The iterator that a `yield from` or `await` in progress waits for, or None.
    pub fn delegate(&self) -> Value {
        self.mailbox.delegate()
    }

    fn kind(&self) -> &'static str {
        match self.kind {
            Kind::Generator => "generator",
            Kind::Coroutine => "coroutine",
            Kind::AsyncGenerator => "async generator",
        }
    }

    /// A method's name with its type's, as messages show it.
    pub fn full_name(&self, method: &str) -> &'static str {
        match (method, self.is_coroutine()) {
            ("send", false) => "generator.send",
            ("send", true) => "coroutine.send",
            ("throw", false) => "generator.throw",
            ("throw", true) => "coroutine.throw",
            (_, false) => "generator.close",
            (_, true) => "coroutine.close",
        }
    }

    /// Refuses to await a coroutine that is done.
    pub(super) fn check_unused(&self) -> Result<()> {
        match self.state.get() {
            State::Finished => Err(exc::runtime_error("cannot reuse already awaited coroutine")),
            State::Running => Err(exc::value_error("coroutine already executing")),
            State::Suspended if !matches!(self.delegate(), Value::None) => {
                Err(exc::runtime_error("coroutine is being awaited already"))
            }
            _ => Ok(()),
        }
    }

    /// Runs the body up to its next `yield` or its end. `input` is what the suspended `yield` gives or raises.
    ///
    /// # Errors
    /// What the body raises; TypeError for a value sent to a body that has not begun; ValueError when it is running.
    pub fn advance(&self, input: Result<Value>) -> Result<Step> {
        match (self.state.get(), input) {
            (State::Suspended, input) => self.mailbox.send(input),
            (State::Created, Ok(Value::None)) => {}
            (State::Created, Ok(_)) => {
                let kind = self.kind();
                return Err(exc::type_error(&format!(
                    "can't send non-None value to a just-started {kind}"
                )));
            }
            (State::Created, Err(thrown)) => {
                self.finish();
                return Err(thrown);
            }
            (State::Running, _) => return Err(exc::value_error(&format!("{} already executing", self.kind()))),
            (State::Finished, _) if self.is_coroutine() => {
                return Err(exc::runtime_error("cannot reuse already awaited coroutine"));
            }
            (State::Finished, input) => return input.map(|_| Step::Return(Value::None)),
        }
        let _guard = depth::enter()?;
        self.run()
    }

    /// Polls the body.
    fn run(&self) -> Result<Step> {
        // SAFETY: the state keeps a second call from getting here while the body runs.
        let Some(body) = (unsafe { &mut *self.body.get() }) else {
            return Ok(Step::Return(Value::None));
        };
        self.state.set(State::Running);
        match body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => {
                self.state.set(State::Suspended);
                Ok(Step::Yield(self.mailbox.take_yielded()))
            }
            Poll::Ready(result) => {
                self.finish();
                result.map(Step::Return).map_err(|failure| self.stopped(failure))
            }
        }
    }

    /// Drops the body and its variables.
    fn finish(&self) {
        self.state.set(State::Finished);
        // SAFETY: the body does not run; it is dropped after the borrow.
        drop(unsafe { (*self.body.get()).take() });
    }

    /// A StopIteration that leaves the body would look like its end, as a StopAsyncIteration does of asynchronous generators: PEP 479 makes it a RuntimeError.
    fn stopped(&self, failure: Exc) -> Exc {
        if failure.is_deopt() {
            return failure;
        }
        let end = if failure.is(&STOP_ITERATION) {
            "StopIteration"
        } else if self.kind == Kind::AsyncGenerator && failure.is(&STOP_ASYNC_ITERATION) {
            "StopAsyncIteration"
        } else {
            return failure;
        };
        let error = exc::runtime_error(&format!("{} raised {end}", self.kind()));
        error.set_cause(Some(failure.clone()));
        error.set_context(Some(failure));
        error
    }

    /// As `advance`, where the end is a StopIteration that carries the value returned.
    ///
    /// # Errors
    /// StopIteration at the end; what the body raises.
    pub fn resume(&self, input: Result<Value>) -> Result<Value> {
        match self.advance(input)? {
            Step::Yield(value) => Ok(value),
            Step::Return(value) => Err(exc::stop_iteration(value)),
        }
    }

    /// `generator.send(value)`.
    ///
    /// # Errors
    /// As `resume`.
    pub fn send(&self, value: &Value) -> Result<Value> {
        self.resume(Ok(value.clone()))
    }

    /// `generator.close()`: raises GeneratorExit in the body.
    ///
    /// # Errors
    /// RuntimeError when the body yields in answer; ValueError when it is running; what it raises besides.
    pub fn close(&self) -> Result<()> {
        match self.state.get() {
            State::Finished => return Ok(()),
            State::Created => {
                self.finish();
                return Ok(());
            }
            State::Suspended | State::Running => {}
        }
        let exit = exc::of_type(&GENERATOR_EXIT, Vec::new());
        match self.advance(Err(exit)) {
            Ok(Step::Yield(_)) => Err(exc::runtime_error(&format!("{} ignored GeneratorExit", self.kind()))),
            Ok(Step::Return(_)) => Ok(()),
            Err(end) if end.is(&GENERATOR_EXIT) || end.is(&STOP_ITERATION) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

/// `finally` blocks of a suspended body run when nobody holds the generator any more.
impl Drop for Generator {
    fn drop(&mut self) {
        if self.state.get() == State::Suspended
            && let Err(failure) = self.close()
            && !failure.is_deopt()
        {
            let kind = self.kind();
            stderr::write(&Str::from(format!(
                "Exception ignored in: <{kind} object {}>\n",
                self.qualname
            )));
            stderr::write(&exc::traceback_text(&failure));
        }
    }
}

impl Native for Generator {
    fn native_type(&self) -> &'static BuiltinType {
        if self.is_coroutine() {
            &COROUTINE
        } else {
            &types::GENERATOR
        }
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        Ok(Str::from(format!(
            "<{} object {} at {:#x}>",
            self.kind(),
            self.qualname,
            this.address()
        )))
    }

    fn is_iterator(&self) -> bool {
        !self.is_coroutine()
    }

    fn next(&self) -> Result<Option<Value>> {
        match self.advance(Ok(Value::None))? {
            Step::Yield(value) => Ok(Some(value)),
            Step::Return(_) => Ok(None),
        }
    }
}
