//! What CPython 3.11 knows about code points. Rust's own tables are of another Unicode version, so they are not used.

mod tables;

use tables::{
    ALPHA, CASE_IGNORABLE, CASED, DECIMAL, DIGIT, INDEX, LOWER, NUMERIC, PAGES, PRINTABLE, RECORDS, SPACE, SPECIAL,
    SPECIAL_FORMS, TITLE, UPPER, XID_CONTINUE, XID_START,
};

/// Flags; distances to the lower, upper and title form; decimal value.
pub struct Record(u16, i32, i32, i32, u8);

#[inline]
fn record(point: u32) -> &'static Record {
    let page = INDEX[(point >> 7) as usize] as usize;
    &RECORDS[PAGES[page << 7 | (point & 127) as usize] as usize]
}

macro_rules! predicates {
    ($($(#[$doc:meta])* $name:ident $flag:ident;)*) => {$(
        $(#[$doc])*
        #[inline]
        pub fn $name(point: u32) -> bool {
            record(point).0 & $flag != 0
        }
    )*};
}

predicates! {
    is_alpha ALPHA;
    is_decimal DECIMAL;
    is_digit DIGIT;
    is_numeric NUMERIC;
    is_space SPACE;
    is_lower LOWER;
    is_upper UPPER;
    is_title TITLE;
    is_printable PRINTABLE;
    /// May begin an identifier (the underscore may, too).
    is_xid_start XID_START;
    /// May continue an identifier.
    is_xid_continue XID_CONTINUE;
    is_cased CASED;
    is_case_ignorable CASE_IGNORABLE;
}

/// Letter, decimal, digit or numeric.
#[inline]
pub fn is_alnum(point: u32) -> bool {
    record(point).0 & (ALPHA | DECIMAL | DIGIT | NUMERIC) != 0
}

/// Ends a line for `splitlines`.
#[inline]
pub fn is_line_break(point: u32) -> bool {
    matches!(point, 0x0a..=0x0d | 0x1c..=0x1e | 0x85 | 0x2028 | 0x2029)
}

/// The value of a decimal digit of any script.
#[inline]
pub fn decimal_value(point: u32) -> Option<u8> {
    let record = record(point);
    (record.0 & DECIMAL != 0).then_some(record.4)
}

/// A way of changing case.
#[derive(Clone, Copy)]
pub enum Case {
    Lower,
    Upper,
    Title,
    Fold,
}

/// Appends the form of `point`, which may be several code points. The final sigma is the caller's business.
pub fn push_case(out: &mut Vec<u32>, point: u32, case: Case) {
    let record = record(point);
    if record.0 & SPECIAL != 0 {
        let at = SPECIAL_FORMS
            .binary_search_by_key(&point, |row| row.0)
            .expect("the flag tells that there is a row");
        out.extend_from_slice(SPECIAL_FORMS[at].1[case as usize]);
        return;
    }
    let distance = match case {
        Case::Lower | Case::Fold => record.1,
        Case::Upper => record.2,
        Case::Title => record.3,
    };
    out.push(point.wrapping_add_signed(distance));
}
