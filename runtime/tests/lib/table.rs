//! Tables: rows of tab-separated fields escaped as Python's `unicode_escape` does.

/// The code points of an escaped field.
pub fn points(field: &str) -> Vec<u32> {
    let mut chars = field.chars();
    let mut points = Vec::new();
    while let Some(c) = chars.next() {
        points.push(if c == '\\' { escaped(&mut chars) } else { c as u32 });
    }
    points
}

fn escaped(chars: &mut std::str::Chars) -> u32 {
    let width = match chars.next() {
        Some('n') => return 10,
        Some('r') => return 13,
        Some('t') => return 9,
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        other => return other.map_or(0, |c| c as u32),
    };
    let digits: String = chars.by_ref().take(width).collect();
    u32::from_str_radix(&digits, 16).expect("hexadecimal digits")
}

/// The text of an escaped field; surrogates are shown as U+FFFD.
pub fn text(field: &str) -> String {
    points(field)
        .into_iter()
        .map(|c| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}
