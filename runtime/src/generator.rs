//! Generators: async blocks polled with a waker that does nothing.
