//! Asynchronous generators (PEP 525): what calling an `async def` with a `yield` gives.
//!
//! The body's state is shared: the object is a handle on it, so that when nobody holds the object any more the state
//! can go to an event loop once again, which closes it.

use std::cell::{Cell, RefCell};

use super::object::Kind;
use super::{Co, Generator, Step};
use crate::exc::hierarchy::{GENERATOR_EXIT, STOP_ASYNC_ITERATION};
use crate::exc::{self, Exc, Result};
use crate::methods;
use crate::native::{Native, Object};
use crate::ops;
use crate::rc::Ref;
use crate::registry::BuiltinType;
use crate::str::Str;
use crate::value::Value;

/// The type of asynchronous generators.
pub static ASYNC_GENERATOR: BuiltinType = BuiltinType::closed("async_generator", "builtins")
    .methods(methods::async_generator::METHODS)
    .fields(methods::async_generator::FIELDS);

static SENDER: BuiltinType =
    BuiltinType::closed("async_generator_asend", "builtins").methods(methods::async_generator::STEP_METHODS);
static THROWER: BuiltinType =
    BuiltinType::closed("async_generator_athrow", "builtins").methods(methods::async_generator::STEP_METHODS);

thread_local! {
    /// What an event loop does with a generator that nobody holds any more.
    static FINALIZER: RefCell<Option<Value>> = const { RefCell::new(None) };
    /// The generators that began and have not ended while there is a finalizer.
    static ALIVE: RefCell<Vec<Ref<State>>> = const { RefCell::new(Vec::new()) };
}

struct State {
    generator: Generator,
    is_running: Cell<bool>,
    is_closed: Cell<bool>,
    /// An event loop knows of it.
    is_known: Cell<bool>,
}

/// An asynchronous generator.
pub struct AsyncGenerator(Ref<State>);

/// The asynchronous generator whose body is `make(co)`.
pub fn asynchronous<F>(name: &'static str, qualname: &'static str, make: impl FnOnce(Co) -> F) -> Value
where
    F: Future<Output = Result<Value>> + 'static,
{
    Value::object(AsyncGenerator(Ref::new(State {
        generator: Generator::make(name, qualname, Kind::AsyncGenerator, make),
        is_running: Cell::new(false),
        is_closed: Cell::new(false),
        is_known: Cell::new(false),
    })))
}

/// Sets what is called with a generator that nobody holds any more; without it, those that are alive are forgotten.
pub fn set_finalizer(finalizer: Option<Value>) {
    if finalizer.is_none() {
        drop(ALIVE.take());
    }
    FINALIZER.set(finalizer);
}

/// The generators that began under the finalizer and have not ended.
pub fn alive() -> Vec<Value> {
    let states = ALIVE.with_borrow(Vec::clone);
    let open = states.into_iter().filter(|state| !state.generator.is_finished());
    open.map(|state| Value::object(AsyncGenerator(state))).collect()
}

fn forget(state: &Ref<State>) {
    let _ = ALIVE.try_with(|alive| alive.borrow_mut().retain(|known| !Ref::same(known, state)));
}

impl AsyncGenerator {
    pub fn generator(&self) -> &Generator {
        &self.0.generator
    }

    pub fn is_running(&self) -> bool {
        self.0.is_running.get()
    }

    /// `this` is the generator's own object, which the step keeps alive.
    fn step(&self, this: &Value, action: Action) -> Value {
        if FINALIZER.with_borrow(Option::is_some) && !self.0.is_known.replace(true) {
            ALIVE.with_borrow_mut(|alive| alive.push(self.0.clone()));
        }
        Value::object(AsyncStep {
            generator: self.0.clone(),
            _handle: this.clone(),
            action,
            phase: Cell::new(Phase::Before),
        })
    }

    /// `__anext__()` and `asend(value)`.
    pub fn asend(&self, this: &Value, value: Value) -> Value {
        self.step(this, Action::Send(value))
    }

    /// `athrow(exception)`.
    pub fn athrow(&self, this: &Value, thrown: Exc) -> Value {
        self.step(this, Action::Throw(thrown))
    }

    /// `aclose()`.
    pub fn aclose(&self, this: &Value) -> Value {
        self.step(this, Action::Close)
    }
}

/// A generator that was begun and not finished goes to the event loop, which closes it.
impl Drop for AsyncGenerator {
    fn drop(&mut self) {
        let state = &self.0;
        if state.is_known.get() {
            forget(state);
        }
        let open = state.generator.is_suspended() && !state.is_closed.get();
        let finalizer = FINALIZER.try_with(|f| f.borrow().clone()).ok().flatten();
        if let Some(finalizer) = finalizer.filter(|_| open && state.is_known.get()) {
            // Closed from now on: dropping this new handle does not come here again.
            state.is_closed.set(true);
            let again = Value::object(AsyncGenerator(state.clone()));
            let _ = ops::call(&finalizer, &[again]);
        }
    }
}

impl Native for AsyncGenerator {
    fn native_type(&self) -> &'static BuiltinType {
        &ASYNC_GENERATOR
    }

    fn repr(&self, this: &Object) -> Result<Str> {
        let name = self.generator().qualname().to_rust_string();
        Ok(Str::from(format!(
            "<async_generator object {name} at {:#x}>",
            this.address()
        )))
    }
}

enum Action {
    Send(Value),
    Throw(Exc),
    Close,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Before,
    During,
    After,
}

/// What awaiting `asend()`, `athrow()` or `aclose()` goes through.
pub struct AsyncStep {
    generator: Ref<State>,
    /// While a step is there, somebody holds the generator.
    _handle: Value,
    action: Action,
    phase: Cell<Phase>,
}

impl AsyncStep {
    fn is_send(&self) -> bool {
        matches!(self.action, Action::Send(_))
    }

    /// Runs the body on: an item ends the step, what is awaited goes through it.
    ///
    /// # Errors
    /// StopAsyncIteration at the body's end; what the body raises.
    pub fn send(&self, value: &Value) -> Result<Step> {
        self.check_open()?;
        let state = &*self.generator;
        if !self.is_send() && state.generator.is_finished() {
            self.phase.set(Phase::After);
            return Ok(Step::Return(Value::None));
        }
        let input = match self.phase.get() {
            Phase::Before => match self.begin(value)? {
                Some(input) => input,
                None => return Err(stop()),
            },
            _ => Ok(value.clone()),
        };
        state.is_running.set(true);
        self.advance(input)
    }

    /// What the first step passes into the body; None where a closed generator has nothing more.
    fn begin(&self, value: &Value) -> Result<Option<Result<Value>>> {
        let state = &*self.generator;
        if state.is_running.get() {
            return Err(exc::runtime_error(match self.action {
                Action::Send(_) => "anext(): asynchronous generator is already running",
                Action::Throw(_) => self.end("athrow(): asynchronous generator is already running"),
                Action::Close => self.end("aclose(): asynchronous generator is already running"),
            }));
        }
        let input = match &self.action {
            Action::Send(first) if matches!(value, Value::None) => Ok(first.clone()),
            Action::Send(_) => Ok(value.clone()),
            _ if state.is_closed.get() => {
                self.phase.set(Phase::After);
                return Ok(None);
            }
            _ if !matches!(value, Value::None) => {
                return Err(exc::runtime_error(
                    "can't send non-None value to a just-started coroutine",
                ));
            }
            Action::Throw(thrown) => Err(thrown.clone()),
            Action::Close => {
                state.is_closed.set(true);
                Err(exc::of_type(&GENERATOR_EXIT, Vec::new()))
            }
        };
        self.phase.set(Phase::During);
        Ok(Some(input))
    }

    fn end<'a>(&self, message: &'a str) -> &'a str {
        self.phase.set(Phase::After);
        message
    }

    /// Raises in the body, through what it awaits.
    ///
    /// # Errors
    /// As `send`.
    pub fn throw(&self, thrown: Exc) -> Result<Step> {
        self.check_open()?;
        self.advance(Err(thrown))
    }

    pub fn close(&self) {
        self.phase.set(Phase::After);
    }

    fn check_open(&self) -> Result<()> {
        if self.phase.get() != Phase::After {
            return Ok(());
        }
        Err(exc::runtime_error(if self.is_send() {
            "cannot reuse already awaited __anext__()/asend()"
        } else {
            "cannot reuse already awaited aclose()/athrow()"
        }))
    }

    fn advance(&self, input: Result<Value>) -> Result<Step> {
        let state = &*self.generator;
        let answer = match state.generator.advance(input) {
            Ok(Step::Yield(value)) if state.generator.yielded_item() => Ok(Step::Return(value)),
            Ok(Step::Yield(value)) => return Ok(Step::Yield(value)),
            Ok(Step::Return(_)) => Err(stop()),
            Err(failure) => Err(failure),
        };
        state.is_running.set(false);
        self.phase.set(Phase::After);
        let ended = |failure: &Exc| failure.is(&STOP_ASYNC_ITERATION) || failure.is(&GENERATOR_EXIT);
        match (&self.action, answer) {
            (Action::Close, Ok(_)) => Err(exc::runtime_error("async generator ignored GeneratorExit")),
            (Action::Close, Err(failure)) if ended(&failure) => Ok(Step::Return(Value::None)),
            (_, answer) => {
                let over = answer.as_ref().err().is_some_and(ended);
                state.is_closed.set(state.is_closed.get() || over);
                answer
            }
        }
    }
}

fn stop() -> Exc {
    exc::of_type(&STOP_ASYNC_ITERATION, Vec::new())
}

impl Native for AsyncStep {
    fn native_type(&self) -> &'static BuiltinType {
        if self.is_send() { &SENDER } else { &THROWER }
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self) -> Result<Option<Value>> {
        self.send(&Value::None).and_then(value_or_end).map(Some)
    }
}

/// A step as Python code sees it: the end is a StopIteration that carries the value.
///
/// # Errors
/// StopIteration.
pub fn value_or_end(step: Step) -> Result<Value> {
    match step {
        Step::Yield(value) => Ok(value),
        Step::Return(value) => Err(exc::stop_iteration(value)),
    }
}
