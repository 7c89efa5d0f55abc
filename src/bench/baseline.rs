//! Is it slower than it was?

use super::Figures;

/// A contender that is slower than the baseline allows.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    pub contender: String,
    /// By how many percent its time grew.
    pub percent: f64,
}

/// The vessel's contenders that are more than `allowed` percent slower than in `baseline`.
///
/// A contender counts as slower when it is so both by the clock and in relation to Python as measured in the same run:
/// by the clock alone, another machine would look like a regression; in relation alone, a faster Python would.
pub fn regressions(baseline: &Figures, now: &Figures, allowed: f64) -> Vec<Regression> {
    let pairs = now
        .contenders
        .iter()
        .filter(|contender| contender.name != "python")
        .filter_map(|contender| {
            let before = baseline
                .contenders
                .iter()
                .find(|before| before.name == contender.name)?;
            let by_clock = 100.0 * (contender.time_ms / before.time_ms - 1.0);
            let in_relation = 100.0 * (before.speedup / contender.speedup - 1.0);
            Some((contender.name.clone(), by_clock.min(in_relation)))
        });
    pairs
        .filter(|(_, percent)| *percent > allowed)
        .map(|(contender, percent)| Regression { contender, percent })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::table::tests::figures;

    fn check(before: [f64; 3], now: [f64; 3], expected: &[&str]) {
        let found = regressions(&figures(before), &figures(now), 10.0);
        let names: Vec<&str> = found.iter().map(|regression| regression.contender.as_str()).collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn slower_by_the_clock_and_in_relation_is_a_regression() {
        check([100.0, 10.0, 5.0], [100.0, 12.0, 5.2], &["sequential"]);
        check([100.0, 10.0, 5.0], [100.0, 10.9, 5.0], &[]);
    }

    #[test]
    fn another_machine_or_another_python_is_none() {
        check([100.0, 10.0, 5.0], [200.0, 20.0, 10.0], &[]);
        check([100.0, 10.0, 5.0], [50.0, 10.0, 5.0], &[]);
    }
}
