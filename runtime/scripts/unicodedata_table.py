"""Writes what CPython 3.11's `unicodedata` knows to runtime/src/lib/unicodedata/data.txt.

    python3.11 runtime/scripts/unicodedata_table.py

Lines of `R`: the last code point of a run of equal ones, its category, bidirectional class, combining class, whether it is
mirrored, its width. `D`: a code point, `c` where the two that it decomposes to compose to it again, its decomposition.
`N`: a code point, its numeric value, its digit, its decimal, `-` for none.
"""

import pathlib
import sys
import unicodedata as u

assert u.unidata_version == "14.0.0", "CPython 3.11 decides"
HANGUL = range(0xAC00, 0xAC00 + 11172)


def record(c):
    return f"{u.category(c)} {u.bidirectional(c) or '-'} {u.combining(c)} {u.mirrored(c)} {u.east_asian_width(c)}"


def runs():
    start = record(chr(0))
    for point in range(1, sys.maxunicode + 1):
        now = record(chr(point))
        if now != start:
            yield f"R {point - 1:x} {start}"
            start = now
    yield f"R {sys.maxunicode:x} {start}"


def decompositions():
    for point in range(sys.maxunicode + 1):
        c = chr(point)
        text = u.decomposition(c)
        if text and point not in HANGUL:
            parts = text.split()
            pair = "".join(chr(int(part, 16)) for part in parts) if len(parts) == 2 and "<" not in text else ""
            composes = pair and u.normalize("NFC", pair) == c
            yield f"D {point:x} {'c' if composes else '-'} {text}"


def numbers():
    for point in range(sys.maxunicode + 1):
        c = chr(point)
        numeric = u.numeric(c, None)
        if numeric is not None:
            digit, decimal = u.digit(c, "-"), u.decimal(c, "-")
            yield f"N {point:x} {numeric!r} {digit} {decimal}"


target = pathlib.Path(__file__).parent.parent / "src/lib/unicodedata/data.txt"
target.write_text("\n".join([*runs(), *decompositions(), *numbers()]) + "\n", encoding="ascii")
