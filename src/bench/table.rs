//! Figures as a table: a row for each quantity, a column for each contender.

use super::{Clock, Contender, Figures};

/// For a terminal.
pub fn table(figures: &Figures) -> String {
    let rows = rows(figures);
    let columns = rows[0].len();
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| match at {
            0 => format!("{cell:width$}"),
            _ => format!("{cell:>width$}"),
        });
        text.push_str(cells.collect::<Vec<_>>().join("   ").trim_end());
        text.push('\n');
    }
    text + "\n" + &footnote(figures) + "\n"
}

/// For a document.
pub fn markdown(figures: &Figures) -> String {
    let rows = rows(figures);
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let rule = format!("|---|{}\n", "---:|".repeat(rows[0].len() - 1));
    let body: String = rows[1..].iter().map(|row| line(row)).collect();
    line(&rows[0]) + &rule + &body + "\n" + &footnote(figures) + "\n"
}

fn rows(figures: &Figures) -> Vec<Vec<String>> {
    let items = figures.items.is_some();
    let row = |name: &str, cell: &dyn Fn(&Contender) -> String| {
        std::iter::once(name.to_string())
            .chain(figures.contenders.iter().map(cell))
            .collect::<Vec<_>>()
    };
    vec![
        row("", &|contender| title(&contender.name)),
        row("Time", &|contender| milliseconds(contender.time_ms)),
        row("CPU usage", &|contender| format!("{:.0} %", contender.cpu_percent)),
        row("Memory", &|contender| {
            contender.memory_bytes.map_or_else(unmeasured, mebibytes)
        }),
        row("Throughput", &|contender| rate(contender.throughput, items)),
        row("Speedup", &|contender| format!("{:.2}x", contender.speedup)),
        row("Energy", &|contender| {
            contender
                .energy_joules
                .map_or_else(unmeasured, |joules| format!("{joules:.2} J"))
        }),
    ]
}

fn title(name: &str) -> String {
    match name {
        "python" => "Python".into(),
        mode => format!("Vessel, {mode}"),
    }
}

fn unmeasured() -> String {
    "not measured".into()
}

fn milliseconds(ms: f64) -> String {
    if ms < 1000.0 {
        format!("{ms:.2} ms")
    } else {
        format!("{:.3} s", ms / 1000.0)
    }
}

fn mebibytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn rate(throughput: f64, items: bool) -> String {
    let what = if items { "items" } else { "runs" };
    match throughput {
        rate if rate >= 1e6 => format!("{:.2} M {what}/s", rate / 1e6),
        rate if rate >= 1e4 => format!("{:.0} k {what}/s", rate / 1e3),
        rate => format!("{rate:.2} {what}/s"),
    }
}

fn footnote(figures: &Figures) -> String {
    let clock = match figures.clock {
        Clock::Printed => "time as the script prints it",
        Clock::Wall => "wall time of the whole process",
    };
    let machine = &figures.machine;
    format!(
        "{} profile, {clock}; medians of {} interleaved runs on {} ({} cores), peak memory",
        figures.profile, figures.iterations, machine.processor, machine.cores
    )
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::bench::Machine;

    pub fn figures(times: [f64; 3]) -> Figures {
        let contender = |(name, time_ms): (&str, f64)| Contender {
            name: name.into(),
            time_ms,
            wall_ms: time_ms,
            cpu_percent: 100.0,
            memory_bytes: Some(24_000_000),
            throughput: 1e8 / time_ms,
            speedup: times[0] / time_ms,
            energy_joules: None,
        };
        Figures {
            schema_version: 1,
            vessel: "job".into(),
            profile: "balanced".into(),
            args: vec!["100000".into()],
            iterations: 5,
            items: Some(100_000),
            clock: Clock::Printed,
            machine: Machine {
                processor: "a processor".into(),
                cores: 2,
                system: "linux".into(),
            },
            contenders: ["python", "sequential", "parallel"]
                .into_iter()
                .zip(times)
                .map(contender)
                .collect(),
            different_output: Vec::new(),
        }
    }

    #[test]
    fn every_row_is_there() {
        let expected = "\
                    Python   Vessel, sequential   Vessel, parallel
Time              120.00 ms             12.00 ms            6.00 ms
CPU usage             100 %                100 %              100 %
Memory              24.0 MB              24.0 MB            24.0 MB
Throughput    833 k items/s       8.33 M items/s    16.67 M items/s
Speedup               1.00x               10.00x             20.00x
Energy         not measured         not measured       not measured

balanced profile, time as the script prints it; medians of 5 interleaved runs on a processor (2 cores), peak memory
";
        assert_eq!(
            table(&figures([120.0, 12.0, 6.0])).replace(' ', ""),
            expected.replace(' ', "")
        );
        assert!(markdown(&figures([120.0, 12.0, 6.0])).contains("| Speedup | 1.00x | 10.00x | 20.00x |"));
    }
}
