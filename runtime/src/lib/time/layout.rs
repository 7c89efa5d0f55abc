//! `strftime` in the C locale.

use super::calendar::Moment;

pub const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `time.strftime(format, moment)` in UTC; unknown directives stay as they stand, as glibc leaves them.
pub fn strftime(layout: &str, moment: &Moment) -> String {
    let mut out = String::new();
    let mut chars = layout.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some(directive) => push_directive(&mut out, directive, moment),
            None => out.push('%'),
        }
    }
    out
}

fn push_directive(out: &mut String, directive: char, m: &Moment) {
    let hour12 = (m.hour + 11) % 12 + 1;
    match directive {
        'a' => out.push_str(&DAYS[m.weekday as usize][..3]),
        'A' => out.push_str(DAYS[m.weekday as usize]),
        'b' | 'h' => out.push_str(&MONTHS[m.month as usize - 1][..3]),
        'B' => out.push_str(MONTHS[m.month as usize - 1]),
        'c' => out.push_str(&strftime("%a %b %e %H:%M:%S %Y", m)),
        'C' => out.push_str(&format!("{:02}", m.year.div_euclid(100))),
        'd' => out.push_str(&format!("{:02}", m.day)),
        'D' | 'x' => out.push_str(&strftime("%m/%d/%y", m)),
        'e' => out.push_str(&format!("{:2}", m.day)),
        'F' => out.push_str(&strftime("%Y-%m-%d", m)),
        'g' => out.push_str(&format!("{:02}", iso_week(m).0.rem_euclid(100))),
        'G' => out.push_str(&iso_week(m).0.to_string()),
        'H' => out.push_str(&format!("{:02}", m.hour)),
        'I' => out.push_str(&format!("{hour12:02}")),
        'j' => out.push_str(&format!("{:03}", m.yearday)),
        'k' => out.push_str(&format!("{:2}", m.hour)),
        'l' => out.push_str(&format!("{hour12:2}")),
        'm' => out.push_str(&format!("{:02}", m.month)),
        'M' => out.push_str(&format!("{:02}", m.minute)),
        'n' => out.push('\n'),
        'p' => out.push_str(if m.hour < 12 { "AM" } else { "PM" }),
        'P' => out.push_str(if m.hour < 12 { "am" } else { "pm" }),
        'r' => out.push_str(&strftime("%I:%M:%S %p", m)),
        'R' => out.push_str(&strftime("%H:%M", m)),
        's' => out.push_str(&m.to_seconds().to_string()),
        'S' => out.push_str(&format!("{:02}", m.second)),
        't' => out.push('\t'),
        'T' | 'X' => out.push_str(&strftime("%H:%M:%S", m)),
        'u' => out.push_str(&(m.weekday + 1).to_string()),
        'U' => out.push_str(&format!("{:02}", (m.yearday + 6 - (m.weekday + 1) % 7) / 7)),
        'V' => out.push_str(&format!("{:02}", iso_week(m).1)),
        'w' => out.push_str(&((m.weekday + 1) % 7).to_string()),
        'W' => out.push_str(&format!("{:02}", (m.yearday + 6 - m.weekday) / 7)),
        'y' => out.push_str(&format!("{:02}", m.year.rem_euclid(100))),
        'Y' => out.push_str(&m.year.to_string()),
        'z' => out.push_str("+0000"),
        'Z' => out.push_str("UTC"),
        '%' => out.push('%'),
        other => {
            out.push('%');
            out.push(other);
        }
    }
}

/// The ISO 8601 year and week.
fn iso_week(m: &Moment) -> (i64, i64) {
    let week = (m.yearday - 1 - m.weekday + 10) / 7;
    if week < 1 {
        return (m.year - 1, weeks_in(m.year - 1));
    }
    if week > weeks_in(m.year) {
        (m.year + 1, 1)
    } else {
        (m.year, week)
    }
}

fn weeks_in(year: i64) -> i64 {
    let last_weekday =
        |year: i64| (year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400)).rem_euclid(7);
    if last_weekday(year) == 4 || last_weekday(year - 1) == 3 {
        53
    } else {
        52
    }
}
