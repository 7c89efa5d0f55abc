//! The processor's energy counter (Intel and AMD RAPL, as Linux shows it under /sys/class/powercap), where it can be read.

use std::fs;
use std::path::{Path, PathBuf};

/// All packages' counters.
#[derive(Debug)]
pub struct Meter {
    counters: Vec<Counter>,
}

/// A counter of microjoules that starts again at 0 above `range`.
#[derive(Debug)]
struct Counter {
    file: PathBuf,
    range: u64,
}

impl Meter {
    /// The counters of this machine; none where there are none or they may not be read.
    pub fn open() -> Option<Meter> {
        Meter::open_in(Path::new("/sys/class/powercap"))
    }

    fn open_in(folder: &Path) -> Option<Meter> {
        let mut counters = Vec::new();
        for entry in fs::read_dir(folder).ok()?.flatten() {
            // Whole packages only: `intel-rapl:0:1` is a part of `intel-rapl:0`.
            if entry.file_name().to_string_lossy().matches(':').count() != 1 {
                continue;
            }
            let file = entry.path().join("energy_uj");
            read_number(&file)?;
            let range = read_number(&entry.path().join("max_energy_range_uj"))?;
            counters.push(Counter { file, range });
        }
        (!counters.is_empty()).then_some(Meter { counters })
    }

    /// What the counters show now.
    pub fn read(&self) -> Option<Vec<u64>> {
        self.counters.iter().map(|counter| read_number(&counter.file)).collect()
    }

    /// Joules since an earlier reading.
    pub fn since(&self, before: Vec<u64>) -> Option<f64> {
        let now = self.read()?;
        let used = self
            .counters
            .iter()
            .zip(before)
            .zip(now)
            .map(|((counter, before), now)| {
                if now >= before {
                    now - before
                } else {
                    counter.range - before + now
                }
            });
        Some(used.sum::<u64>() as f64 / 1e6)
    }
}

fn read_number(path: &Path) -> Option<u64> {
    fs::read_to_string(path).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_that_starts_again_loses_nothing() {
        let folder = std::env::temp_dir().join(format!("pivot-energy-{}", std::process::id()));
        let zone = folder.join("intel-rapl:0");
        fs::create_dir_all(&zone).unwrap();
        fs::create_dir_all(folder.join("intel-rapl:0:0")).unwrap();
        fs::write(zone.join("max_energy_range_uj"), "10000000\n").unwrap();
        fs::write(zone.join("energy_uj"), "9000000\n").unwrap();
        let meter = Meter::open_in(&folder).unwrap();
        let before = meter.read().unwrap();
        fs::write(zone.join("energy_uj"), "1000000\n").unwrap();
        assert_eq!(meter.since(before), Some(2.0));
        fs::remove_dir_all(&folder).unwrap();
        assert!(Meter::open_in(&folder).is_none());
    }
}
