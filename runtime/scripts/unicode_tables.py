"""Writes src/str/unicode/tables.rs: what CPython 3.11 knows about each code point.

Run with CPython 3.11 from any directory. Everything is asked of str itself, so that the tables are what str does,
not what a reading of the Unicode database says it should do.
"""

import pathlib
import sys
import unicodedata

LIMIT = 0x110000
PAGE = 128
FLAGS = [
    "ALPHA", "DECIMAL", "DIGIT", "NUMERIC", "SPACE", "LOWER", "UPPER", "TITLE",
    "PRINTABLE", "XID_START", "XID_CONTINUE", "CASED", "CASE_IGNORABLE", "SPECIAL",
]


def is_final_sigma(text):
    return text.lower().endswith("\u03c2")


def flags_of(c):
    ignorable = is_final_sigma("a" + c + "\u03a3") and not is_final_sigma(c + "\u03a3")
    tests = {
        "ALPHA": c.isalpha(),
        "DECIMAL": c.isdecimal(),
        "DIGIT": c.isdigit(),
        "NUMERIC": c.isnumeric(),
        "SPACE": c.isspace(),
        "LOWER": c.islower(),
        "UPPER": c.isupper(),
        "TITLE": c.istitle() and not c.isupper(),
        "PRINTABLE": c.isprintable(),
        "XID_START": c.isidentifier(),
        "XID_CONTINUE": ("a" + c).isidentifier(),
        # Kept lower by title() because what stands before it is cased.
        "CASED": (c + "a").title().endswith("a"),
        "CASE_IGNORABLE": ignorable,
        "SPECIAL": any(len(form) != 1 for form in case_forms(c)) or c.casefold() != c.lower(),
    }
    return sum(1 << bit for bit, name in enumerate(FLAGS) if tests[name])


def case_forms(c):
    # A capital sigma alone is not final, so lower() here is the plain mapping.
    return c.lower(), c.upper(), c.title(), c.casefold()


def delta(c, form):
    return ord(form) - ord(c) if len(form) == 1 else 0


def record_of(c):
    lower, upper, title, _ = case_forms(c)
    decimal = unicodedata.decimal(c, 0)
    return flags_of(c), delta(c, lower), delta(c, upper), delta(c, title), decimal


def two_stages(records):
    numbers, pages, index, data = {}, {}, [], []
    for start in range(0, LIMIT, PAGE):
        page = tuple(numbers.setdefault(records[at], len(numbers)) for at in range(start, start + PAGE))
        if page not in pages:
            pages[page] = len(pages)
            data.extend(page)
        index.append(pages[page])
    return list(numbers), index, data


def wrapped(items):
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) + 2 > 118:
            lines.append(line)
            line = "   "
        line += " " + item + ","
    return "\n".join(lines + [line])


def special_rows():
    rows = []
    for point in range(LIMIT):
        c = chr(point)
        forms = case_forms(c)
        if any(len(form) != 1 for form in forms) or forms[3] != forms[0]:
            shown = ", ".join("&[" + ", ".join(hex(ord(d)) for d in form) + "]" for form in forms)
            rows.append(f"    ({point:#x}, [{shown}]),")
    return "\n".join(rows)


def main():
    assert sys.version_info[:2] == (3, 11), "the tables are those of CPython 3.11"
    numbers, index, data = two_stages([record_of(chr(point)) for point in range(LIMIT)])
    assert len(numbers) < 256
    out = [
        f"//! What CPython 3.11 (Unicode {unicodedata.unidata_version}) knows about each code point.",
        "//! Written by runtime/scripts/unicode_tables.py; not for editing.",
        "",
        "use super::Record;",
        "",
    ]
    for bit, name in enumerate(FLAGS):
        out.append(f"pub const {name}: u16 = 1 << {bit};")
    rows = [f"Record({f}, {lo}, {up}, {ti}, {d})" for f, lo, up, ti, d in numbers]
    out += ["", "/// Flags; distances to the lower, upper and title form; decimal value.", "#[rustfmt::skip]"]
    out += [f"pub static RECORDS: [Record; {len(rows)}] = [", wrapped(rows), "];"]
    out += ["", "/// The page of each run of 128 code points.", "#[rustfmt::skip]"]
    out += [f"pub static INDEX: [u16; {len(index)}] = [", wrapped(map(str, index)), "];"]
    out += ["", "/// The pages: a record's number for each code point.", "#[rustfmt::skip]"]
    out += [f"pub static PAGES: [u8; {len(data)}] = [", wrapped(map(str, data)), "];"]
    out += ["", "/// Code points whose lower, upper, title or folded form is more than one, or not told by a record."]
    out += ["#[rustfmt::skip]", "pub static SPECIAL_FORMS: &[(u32, [&[u32]; 4])] = &[", special_rows(), "];", ""]
    target = pathlib.Path(__file__).parent.parent / "src/str/unicode/tables.rs"
    target.write_text("\n".join(out))


main()
