"""Writes src/codec/charmap/tables.rs: the single-byte encodings of CPython 3.11, and the names of the others.

Run with CPython 3.11 from any directory.
"""

import codecs
import encodings.aliases
import importlib
import pathlib
import pkgutil
import sys

UNDEFINED = "\ufffe"
# What the codec module knows without a table.
BUILT_IN = {"ascii", "latin_1", "utf_8", "utf_8_sig", "utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"}


def modules():
    names = {module.name for module in pkgutil.iter_modules(encodings.__path__)}
    return sorted(names - {"aliases", "mbcs", "oem", "undefined"})


def table_of(name):
    """What each byte decodes to, for an encoding that maps bytes one by one."""
    table = getattr(importlib.import_module("encodings." + name), "decoding_table", None)
    if table is None or name in BUILT_IN:
        return None
    table = table.ljust(256, UNDEFINED)
    for byte in range(256):
        try:
            decoded = codecs.decode(bytes([byte]), name)
        except UnicodeDecodeError:
            decoded = UNDEFINED
        assert decoded == table[byte], name
    return table


def wrapped(items):
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) + 2 > 118:
            lines.append(line)
            line = "   "
        line += " " + item + ","
    return "\n".join(lines + [line])


def main():
    assert sys.version_info[:2] == (3, 11), "the tables are those of CPython 3.11"
    spellings = {}
    for alias, name in encodings.aliases.aliases.items():
        spellings.setdefault(name, []).append(alias)
    tables, names, others = [], [], []
    for name in modules():
        known = sorted({name, *spellings.get(name, [])})
        table = table_of(name)
        if table is not None:
            names += [(spelling, len(tables)) for spelling in known]
            tables.append((name, table))
        elif name not in BUILT_IN:
            others += known
    out = [
        "//! The single-byte encodings of CPython 3.11.",
        "//! Written by runtime/scripts/charmap_tables.py; not for editing.",
        "",
        "/// The spellings of each encoding, normalised, with its number in `TABLES`.",
        "#[rustfmt::skip]",
        f"pub static NAMES: [(&str, u8); {len(names)}] = [",
        wrapped(f'("{spelling}", {number})' for spelling, number in sorted(names)),
        "];",
        "",
        "/// Encodings CPython has besides: of several bytes a character, escapes, and those of bytes to bytes.",
        "#[rustfmt::skip]",
        f"pub static OTHERS: [&str; {len(others)}] = [",
        wrapped(f'"{name}"' for name in sorted(others)),
        "];",
        "",
        "/// What stands for a byte that means nothing.",
        "pub const UNDEFINED: u16 = 0xfffe;",
        "",
        "/// The code point of each byte.",
        "#[rustfmt::skip]",
        f"pub static TABLES: [[u16; 256]; {len(tables)}] = [",
    ]
    for name, table in tables:
        out += [f"    // {name}", "    [", wrapped(str(ord(c)) for c in table), "    ],"]
    out += ["];", ""]
    target = pathlib.Path(__file__).parent.parent / "src/codec/charmap/tables.rs"
    target.parent.mkdir(exist_ok=True)
    target.write_text("\n".join(out))


main()
