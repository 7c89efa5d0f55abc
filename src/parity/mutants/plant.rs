//! Writes the crate with every fault in it, each behind its switch.

use super::sites::{Change, Fault, Files};

/// Opens the lines that belong to one fault alone; its number follows.
const OPENS: &str = "//<";
/// Closes them.
const CLOSES: &str = "//>";

/// Added to the crate's root: which fault is active. The environment says so once, when the process starts; a number with
/// `!` before it makes the process die where the fault is reached.
const SWITCH: &str = r#"
/// Which planted fault is active.
pub mod planted {
    use std::sync::OnceLock;
    static ACTIVE: OnceLock<(usize, bool)> = OnceLock::new();
    pub fn armed(fault: usize) -> bool {
        ACTIVE.get_or_init(read).0 == fault
    }
    pub fn on(fault: usize) -> bool {
        let (active, trap) = *ACTIVE.get_or_init(read);
        if active == fault && trap {
            std::process::abort();
        }
        active == fault
    }
    fn read() -> (usize, bool) {
        let text = std::env::var("PIVOT_FAULT").unwrap_or_default();
        let number = text.trim_start_matches('!');
        (number.parse().unwrap_or(0), number.len() < text.len())
    }
}
"#;

/// The environment variable that names the active fault; faults are counted from one.
pub const VARIABLE: &str = "PIVOT_FAULT";

/// The crate's files with all faults.
pub fn plant(files: &Files, faults: &[Fault]) -> Files {
    let mut planted = files.clone();
    for (name, text) in &mut planted {
        let own: Vec<(usize, &Fault)> = (1..).zip(faults).filter(|(_, fault)| fault.file == *name).collect();
        if !own.is_empty() {
            *text = rewrite(text, 0..text.len(), &own);
        }
    }
    if let Some(root) = planted.get_mut("lib.rs") {
        // rustfmt would move the lines by which faults are told apart.
        *root = root.replace("pub mod ", "#[rustfmt::skip]\npub mod ") + SWITCH;
    }
    planted
}

/// The part of the text, with the faults inside it.
fn rewrite(text: &str, part: std::ops::Range<usize>, faults: &[(usize, &Fault)]) -> String {
    let mut out = String::new();
    let mut at = part.start;
    let mut rest: Vec<(usize, &Fault)> = faults.to_vec();
    // Outermost first: of those that begin together, the longest.
    rest.sort_by_key(|(_, fault)| (fault.range.start, std::cmp::Reverse(fault.range.end)));
    while let Some((_, first)) = rest.first() {
        let place = first.range.clone();
        let (inside, after): (Vec<_>, Vec<_>) = rest.iter().partition(|(_, fault)| fault.range.start < place.end);
        let (here, inner): (Vec<_>, Vec<_>) = inside.into_iter().partition(|(_, fault)| fault.range == place);
        out.push_str(&text[at..place.start]);
        let original = rewrite(text, place.clone(), &inner);
        out.push_str(&switched(&original, &here));
        at = place.end;
        rest = after;
    }
    out.push_str(&text[at..part.end]);
    out
}

fn switched(original: &str, faults: &[(usize, &Fault)]) -> String {
    if let [
        (
            number,
            Fault {
                change: Change::Drop, ..
            },
        ),
    ] = faults
    {
        return format!("\n{OPENS}{number}\nif !crate::planted::on({number}) {{\n{CLOSES}{number}\n{original}\n}}");
    }
    let mut text = String::from("(");
    for (number, fault) in faults {
        let (asked, other) = match &fault.change {
            Change::Replace(other) => ("on", other.clone()),
            Change::Wrap {
                operation,
                method,
                args: [left, right],
            } => ("armed", wrapping(*number, operation, method, left, right)),
            Change::Drop => continue,
        };
        text.push_str(&format!(
            "if crate::planted::{asked}({number}) {{\n{OPENS}{number}\n{other}\n{CLOSES}{number}\n}} else "
        ));
    }
    format!("{text}{{ {original} }})")
}

/// The operation as it was, but for where it overflows.
fn wrapping(number: usize, operation: &str, method: &str, left: &str, right: &str) -> String {
    format!(
        "{{ let (left, right): (i64, i64) = ({left}, {right}); match {operation}(left, right) {{ \
         Err(_) if crate::planted::on({number}) => Result::<i64>::Ok(i64::{method}(left, right)), same => same }} }}"
    )
}

/// For each line of a planted file (counted from one) the faults that it belongs to alone.
pub fn lines(text: &str) -> Vec<Option<usize>> {
    let mut found = vec![None];
    let mut current = None;
    for line in text.lines() {
        if let Some(number) = line.strip_prefix(OPENS) {
            current = number.parse().ok();
        }
        found.push(current);
        if line.starts_with(CLOSES) {
            current = None;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::sites;
    use super::*;

    #[test]
    fn planted_code_is_rust_and_lines_tell_faults_apart() {
        let source = "/// `f`, a.py line 1.\npub fn f_bound(mut a: i64) -> i64 {\n    a = a * (a + 2);\n    a\n}\n";
        let files = Files::from([
            ("native.rs".to_string(), source.to_string()),
            ("lib.rs".to_string(), "pub mod native;\n".to_string()),
        ]);
        let faults = sites::find(&files).unwrap();
        assert_eq!(faults.len(), 4);
        let planted = plant(&files, &faults);
        planted
            .values()
            .for_each(|text| drop(syn::parse_file(text).expect(text)));
        let lines = lines(&planted["native.rs"]);
        for number in 1..=faults.len() {
            assert!(lines.contains(&Some(number)), "{number}\n{}", planted["native.rs"]);
        }
    }
}
