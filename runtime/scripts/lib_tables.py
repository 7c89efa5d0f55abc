"""Writes runtime/tests/lib/tables/*.txt: expressions over the library modules and what CPython 3.11 makes of them.

A row: the source and the `repr` of the last expression or `Type: message`, tab-separated, each escaped by Python's
unicode_escape. Sources are assignments and expressions with `;` between them; the rows' own sources stand in
runtime/scripts/lib_rows/*.txt, one a line. Results that hold an address are left out.
"""

import pathlib
import re
import sys
import warnings

import base64, binascii, bisect, cmath, collections, copy, datetime, decimal, fractions, functools, hashlib, heapq  # noqa
import hmac, io, itertools, json, math, operator, os, os.path, pathlib, random, statistics, string, struct, sys  # noqa
import dataclasses, textwrap, time, unicodedata, zlib, array, enum, html, calendar, uuid, contextlib, types, abc, shlex  # noqa

warnings.simplefilter("ignore")
HERE = pathlib.Path(__file__).parent


def make_class(name, annotations, namespace=None, bases=()):
    """A class statement as a call."""
    body = {"__annotations__": annotations, "__module__": "__main__", "__qualname__": name}
    return type(name, tuple(bases), {**body, **(namespace or {})})


def outcome(source):
    scope = dict(globals())
    *before, last = [part.strip() for part in split(source)]
    try:
        for statement in before:
            exec(statement, scope)
        return repr(eval(last, scope))
    except Exception as raised:
        return f"{type(raised).__name__}: {raised}"


def split(source):
    """The statements of a row: `;` inside quotes does not separate."""
    parts, quote, current, escaped = [], None, "", False
    for c in source:
        if escaped:
            escaped = False
        elif c == "\\":
            escaped = True
        elif quote:
            quote = None if c == quote else quote
        elif c in "'\"":
            quote = c
        elif c == ";":
            parts.append(current)
            current = ""
            continue
        current += c
    return parts + [current]


def field(text):
    return text.encode("unicode_escape").decode("ascii")


def main():
    names = sys.argv[1:] or [path.stem for path in sorted((HERE / "lib_rows").glob("*.txt"))]
    for name in names:
        rows = (HERE / "lib_rows" / f"{name}.txt").read_text().splitlines()
        with open(HERE.parent / "tests" / "lib" / "tables" / f"{name}.txt", "w") as out:
            for source in rows:
                if not source or source.startswith("#"):
                    continue
                expected = outcome(source)
                if not re.search(r" (at|@) 0x", expected):
                    print(field(source), field(expected), sep="\t", file=out)


main()
