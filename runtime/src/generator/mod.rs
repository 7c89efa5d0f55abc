//! Generators, coroutines and asynchronous generators: async blocks, polled with a waker that does nothing.
//!
//! rustc makes the state machine. A `yield` puts its value into a mailbox and suspends the block; resuming puts what
//! was sent (or the exception that was thrown) into the same mailbox and polls the block again.

mod asynchronous;
mod co;
mod delegate;
mod object;

pub use asynchronous::{ASYNC_GENERATOR, AsyncGenerator, AsyncStep, alive, asynchronous, set_finalizer, value_or_end};
pub use co::Co;
pub use object::{COROUTINE, Generator, Step, coroutine, new};
