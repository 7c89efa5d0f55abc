//! How long each phase took.

use serde::ser::{Serialize, SerializeMap, Serializer};
use std::time::{Duration, Instant};

/// Phases in the order they ran, each with its time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phases(Vec<(&'static str, Duration)>);

impl Phases {
    /// Runs one phase and keeps its time.
    pub fn time<T>(&mut self, name: &'static str, phase: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = phase();
        self.0.push((name, started.elapsed()));
        result
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.0.iter().copied()
    }

    /// All phases together.
    pub fn total(&self) -> Duration {
        self.iter().map(|(_, took)| took).sum()
    }
}

/// As `{name: seconds}`, to the millisecond.
impl Serialize for Phases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, took) in self.iter() {
            map.serialize_entry(name, &((took.as_secs_f64() * 1000.0).round() / 1000.0))?;
        }
        map.end()
    }
}
