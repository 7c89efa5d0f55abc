//! `time`: the clock, and dates in UTC.

mod calendar;
mod layout;
mod rows;

pub use calendar::Moment;
pub use layout::strftime;
pub use rows::MODULE;
