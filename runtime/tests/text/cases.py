"""Prints cases for the text and number tests, one a line: `operation arguments = result`, as CPython 3.11 computes it.

    python3 cases.py FAMILY COUNT SEED
    python3 cases.py keep          writes the rows that tables/ keeps

The notation of values is read by item.rs.
"""

import math
import os
import pathlib
import random
import struct
import subprocess
import sys

ODD_FLOATS = [
    0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, 2.5, 0.1, 0.2, 0.3, 1e-4, 1e-5, 9.999e-5, 1e15, 1e16, 1e17, 123456789012345680.0,
    9007199254740991.0, 9007199254740992.0, 9007199254740993.0, 1e22, 1e23, 5e-324, 2.2250738585072014e-308,
    2.225073858507201e-308, 1.7976931348623157e308, float("inf"), float("-inf"), float("nan"), 0.125, 2.675, 1.005,
    1e300, -1e300, 4.35, 0.045, 1234.5, 12345.678, 999999.5, 9.5, 99.5, 0.95, 2.0**63, -(2.0**63), 2.0**64, 1 / 3, math.pi,
]
ODD_INTS = [
    0, 1, -1, 2, -2, 7, -7, 9, 10, 63, 64, 65, 99, 100, 127, 128, 255, 256, 1000, -1000, 999999, 1000000, 2**31, -(2**31), 2**32,
    2**53, 2**53 + 1, 2**53 - 1, 2**61 - 1, 2**61, -(2**61), 2**62, 2**63 - 1, 2**63, -(2**63), -(2**63) - 1, 2**64, 2**64 - 1,
    10**18, 10**19, 10**30, -(10**30), 2**100 + 1, 3**200, -(3**200), 2**1023, 2**1024, 10**308, 10**309,
]
CHARS = (
    "abcABCxyzXYZ019 _-+.,'\"\\\t\n\r\x00\x0b\x0c\x1c\x1d\x1e\x1f\x7f\x80\x85\xa0\xaa\xad\xb2\xb5\xbc\xc0\xdf\xe9\xff"
    "\u0100\u0130\u0131\u0149\u01c4\u01c5\u01c6\u01f0\u0295\u02b0\u0300\u0345\u0390\u03a3\u03c2\u03c3\u0587\u0660\u0665\u06f1\u0966"
    "\u10a0\u13a0\u1e9e\u1f80\u1f88\u1fb3\u2002\u2028\u2029\u200b\u2160\u2170\u2460\u24b6\u24d0\u3000\u3007\u4e00\ua7ae\uab70\ud800\udbff\udc00\udc80\udfff"
    "\ufb00\ufb03\ufeff\uff11\uff21\ufffd\uffff\U00010400\U00010428\U0001d7ce\U0001d7d8\U0001e900\U0001f600\U00020000\U000e0001\U0010ffff"
)
PLAIN = "abcABC xyz019_-+.,:{}%'\"\n\t"


def enc(value):
    if value is None:
        return "n"
    if value is True:
        return "T"
    if value is False:
        return "F"
    kind = type(value)
    if kind is int:
        return "i%x" % value
    if kind is float:
        return "fnan" if value != value else "f" + struct.pack(">d", value).hex()
    if kind is complex:
        return "c " + enc(value.real) + " " + enc(value.imag)
    if kind is str:
        return "s" + ".".join("%x" % ord(c) for c in value)
    if kind is bytes:
        return "b" + value.hex()
    if kind is bytearray:
        return "a" + value.hex()
    if kind in (list, tuple):
        return " ".join([("l%d" if kind is list else "t%d") % len(value)] + [enc(item) for item in value])
    if value is NotImplemented:
        return "N"
    if kind is dict:
        return " ".join(["d%d" % len(value)] + [enc(key) + " " + enc(item) for key, item in value.items()])
    raise TypeError(kind)


def outcome(function, args):
    try:
        return enc(function(*args))
    except Exception as exception:
        return "e" + type(exception).__name__ + " " + enc(str(exception))


def show(name, function, *args):
    shown = " ".join([name] + [enc(arg) for arg in args])
    print(shown, "=", outcome(function, args))


def some_int(rng):
    pick = rng.random()
    if pick < 0.25:
        return rng.choice(ODD_INTS)
    if pick < 0.5:
        return rng.randrange(-20, 20)
    bits = rng.choice([8, 16, 31, 32, 53, 54, 60, 62, 63, 64, 65, 100, 128, 200, 1100])
    return rng.getrandbits(bits) * rng.choice([1, -1])


def some_float(rng):
    pick = rng.random()
    if pick < 0.15:
        return rng.choice(ODD_FLOATS)
    if pick < 0.45:
        return struct.unpack(">d", rng.getrandbits(64).to_bytes(8, "big"))[0]
    if pick < 0.65:
        return round(rng.uniform(-1000, 1000), rng.randrange(0, 6))
    if pick < 0.8:
        return rng.randrange(-(10**6), 10**6) / rng.choice([2, 4, 8, 16, 32, 64, 128, 1024])
    return float(rng.randrange(-(10**17), 10**17)) / 10 ** rng.randrange(0, 25)


def some_text(rng, longest=12, chars=None):
    pool = chars or rng.choice([PLAIN, "ab", "aA ", CHARS, CHARS, "0123456789"])
    return "".join(rng.choice(pool) for _ in range(rng.randrange(longest + 1)))


def some_bytes(rng, longest=10):
    pool = rng.choice([b"ab", b"abAB \t\n\r\x0b\x0c\x1c09_-+'\"\\", bytes(range(256))])
    return bytes(rng.choice(pool) for _ in range(rng.randrange(longest + 1)))


def part_of(rng, text):
    if rng.random() < 0.3:
        return type(text)() if rng.random() < 0.2 else text[:0] + (some_text(rng, 3) if isinstance(text, str) else some_bytes(rng, 2))
    start = rng.randrange(len(text) + 1)
    return text[start : start + rng.randrange(4)]


def bound(rng):
    return rng.choice([None, 0, 1, 2, 3, -1, -2, -5, 5, 20, -20, 10**30, -(10**30), rng.randrange(-12, 12)])


BINARY_INT = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "floordiv": lambda a, b: a // b,
    "rem": lambda a, b: a % b,
    "divmod": divmod,
    "truediv": lambda a, b: a / b,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "gcd": math.gcd,
    "less": lambda a, b: a < b,
}
UNARY_INT = {
    "neg": lambda a: -a,
    "invert": lambda a: ~a,
    "abs": abs,
    "bit_length": int.bit_length,
    "bit_count": int.bit_count,
    "float": float,
    "isqrt": math.isqrt,
    "str": str,
    "bin": bin,
    "oct": oct,
    "hex": hex,
    "hash": hash,
}


def family_int(rng, count):
    for _ in range(count):
        a, b = some_int(rng), some_int(rng)
        if rng.random() < 0.1:
            b = a * rng.choice([1, -1, 2, 3]) + rng.choice([0, 1, -1])
        name = rng.choice(list(BINARY_INT))
        show("int." + name, BINARY_INT[name], a, b)
        name = rng.choice(list(UNARY_INT))
        show("int." + name, UNARY_INT[name], a)
        pick = rng.randrange(8)
        if pick == 0:
            show("int.pow", pow, a, rng.choice([0, 1, 2, 3, 5, 17]))
        elif pick == 1:
            show("int.modpow", pow, a, rng.choice([some_int(rng), rng.randrange(-5, 50)]), some_int(rng))
        elif pick == 2:
            show("int.lshift", lambda a, b: a << b, a, rng.choice([0, 1, 5, 62, 63, 64, 200, -1]))
        elif pick == 3:
            show("int.rshift", lambda a, b: a >> b, a, rng.choice([0, 1, 5, 62, 63, 64, 200, -1, 10**30]))
        elif pick == 4:
            size, order, signed = rng.choice([0, 1, 2, 7, 8, 9, 16, 30, -1]), rng.choice(["big", "little", "odd"]), rng.random() < 0.5
            show("int.to_bytes", lambda a, n, o, s: a.to_bytes(n, o, signed=s), a, size, order, signed)
        elif pick == 5:
            data, order, signed = some_bytes(rng, 12), rng.choice(["big", "little"]), rng.random() < 0.5
            show("int.from_bytes", lambda d, o, s: int.from_bytes(d, o, signed=s), data, order, signed)
        elif pick == 6:
            x = rng.choice([some_float(rng), float(a) if abs(a) < 2**1000 else 0.0])
            show("int.cmp_float", lambda a, x: [a < x, a == x, a > x], a, x)
        else:
            show("int.parse", int, number_text(rng), rng.choice([10, 10, 10, 0, 16, 2, 8, 36, 7, 1, 37]))


def number_text(rng):
    text = rng.choice([str(some_int(rng)), hex(rng.getrandbits(40)), bin(rng.getrandbits(9)), oct(rng.getrandbits(30)), some_text(rng, 5)])
    if rng.random() < 0.2:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(["_", "_", " ", "\u0663", "\uff14", "e", ".", "\x1c", "__", "+", "-", "g"]) + text[at:]
    if rng.random() < 0.15:
        text = rng.choice([" ", "\t", "\xa0", "\u2003", "\x1f", "\x0b", "+", "-", " -"]) + text
    if rng.random() < 0.1:
        text += rng.choice([" ", "\n", "\u3000", "\x85", "\x00"])
    return text


def float_text(rng):
    form = rng.choice(["%r", "%.3f", "%e", "%g", "%.30g", "%.0f"])
    text = form % some_float(rng)
    pick = rng.random()
    if pick < 0.15:
        text = rng.choice(["inf", "-INF", "+Infinity", "nan", "-NaN", "infinit", "na", ".", "e5", "1.", ".5", "+.5e-3", "1e", "1e+", "0x1p3", "1_000.5", "1e1_0"])
    if pick > 0.8:
        at = rng.randrange(len(text) + 1)
        text = text[:at] + rng.choice(["_", " ", "\u0663", "e", ".", "1", "+", "j", "\uff10"]) + text[at:]
    if rng.random() < 0.1:
        text = rng.choice([" ", "\u2003", "\x0b"]) + text + rng.choice(["", "\n", "\x85"])
    return text


BINARY_FLOAT = {
    "rem": lambda x, y: x % y,
    "floordiv": lambda x, y: x // y,
    "divmod": divmod,
    "truediv": lambda x, y: x / y,
    "pow": lambda x, y: x**y,
}
UNARY_FLOAT = {
    "repr": repr,
    "hash": lambda x: 0 if x != x else hash(x),
    "floor": math.floor,
    "ceil": math.ceil,
    "trunc": math.trunc,
    "round": round,
    "is_integer": float.is_integer,
    "hex": float.hex,
    "ratio": float.as_integer_ratio,
}


def family_float(rng, count):
    for _ in range(count):
        x, y = some_float(rng), some_float(rng)
        show("float.repr", repr, x)
        name = rng.choice(list(UNARY_FLOAT))
        show("float." + name, UNARY_FLOAT[name], x)
        name = rng.choice(list(BINARY_FLOAT))
        if name == "pow":
            y = rng.choice([y, 2.0, 0.5, 3.0, -1.0, -2.0, float(rng.randrange(-20, 20)), rng.uniform(-5, 5)])
        show("float." + name, BINARY_FLOAT[name], x, y)
        show("float.round_to", round, x, rng.choice([0, 1, 2, 3, 4, 6, 10, 15, 17, 19, 22, 30, 310, 323, 324, -1, -2, -3, -5, -10, -20, -300, -308, -309]))
        show("float.fixed", lambda x, n: format(x, ".%df" % n), x, rng.choice([0, 1, 2, 2, 3, 6, 10, 17, 19, 20, 30, 60]))
        show("float.parse", float, float_text(rng))
        if rng.random() < 0.2:
            text = x.hex() if x == x else "nan"
            if rng.random() < 0.4:
                text = rng.choice(["0x", "", "-0X", "+"]) + "%x" % rng.getrandbits(rng.choice([8, 52, 60, 70, 200])) + rng.choice(["", ".8", ".", ".000001"]) + rng.choice(["", "p3", "p-1070", "P+900", "p-1080", "p", "pz", "p-20000"])
            show("float.from_hex", float.fromhex, text)


def family_complex(rng, count):
    small = [0.0, -0.0, 1.0, -1.0, 2.0, 0.5, 3.25, 1e16, 1e-5, float("inf"), float("nan")]
    pick = lambda: rng.choice([rng.choice(small), some_float(rng), rng.uniform(-5, 5)])
    ops = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "truediv": lambda a, b: a / b, "pow": lambda a, b: a**b}
    for _ in range(count):
        a, b = complex(pick(), pick()), complex(pick(), pick())
        if rng.random() < 0.3:
            b = complex(rng.randrange(-6, 120), 0.0)
        name = rng.choice(list(ops))
        show("complex." + name, ops[name], a, b)
        show("complex.repr", repr, a)
        show("complex.abs", abs, a)
        show("complex.hash", lambda a: 0 if a != a else hash(a), a)
        text = rng.choice([repr(a), str(a.real) + "j", "%g%+gj" % (a.real, a.imag), float_text(rng) + "j", "j", "+j", "-J", "( 1+2j )", "1+j", "1 +2j", "(1", "1)", "1_0+2_0j", "++j", "1e5j+1"])
        show("complex.parse", complex, text)


FLOAT_SPEC_TYPES = ["", "e", "E", "f", "F", "g", "G", "n", "%"]
INT_SPEC_TYPES = ["", "d", "b", "o", "x", "X", "n", "c", "e", "f", "g", "%"]


def some_spec(rng, types):
    spec = ""
    if rng.random() < 0.4:
        spec += rng.choice(["", "", "*", "0", " ", "\u00e9", "\U0001f600", "<"]) + rng.choice("<>=^")
    spec += rng.choice(["", "", "", "+", "-", " "])
    spec += rng.choice([""] * 8 + ["z"])
    spec += rng.choice([""] * 4 + ["#"])
    spec += rng.choice([""] * 3 + ["0"])
    spec += rng.choice(["", "", str(rng.randrange(0, 25)), str(rng.randrange(0, 25)), "\u0661\u0662"])
    spec += rng.choice([""] * 4 + [",", "_"])
    spec += rng.choice(["", "", "." + str(rng.randrange(0, 12)), "." + str(rng.randrange(0, 30))])
    spec += rng.choice(types)
    if rng.random() < 0.03:
        spec += rng.choice(["q", "dd", ".", ",", "_,", ",_", "\u00e9", "s", " ", "99999999999999999999"])
    return spec


def family_format(rng, count):
    for _ in range(count):
        show("format.float", format, some_float(rng), some_spec(rng, FLOAT_SPEC_TYPES))
        show("format.int", format, rng.choice([some_int(rng), rng.randrange(0, 300)]), some_spec(rng, INT_SPEC_TYPES))
        show("format.str", format, some_text(rng), some_spec(rng, ["", "", "s"]) if rng.random() < 0.5 else rng.choice(["", ">10", "^7.3", "*<8", ".2", "=5", "é^9s", "010", "5d"]))
        show("format.float", format, some_float(rng), rng.choice([".0f", ".1f", ".2f", ".3f", ".6f", ".10f", ".2e", ".3g", ".17g", "g", "e", "f", "%", ".1%", "10.2f", "+.2f", ",.2f", "_.3f", "015,.1f"]))
        if rng.random() < 0.3:
            value = complex(some_float(rng), some_float(rng))
            show("format.complex", format, value, some_spec(rng, ["", "e", "f", "g", "n", "%"]))


STR_METHODS = {
    "capitalize": 0, "casefold": 0, "lower": 0, "upper": 0, "swapcase": 0, "title": 0, "isalnum": 0, "isalpha": 0,
    "isascii": 0, "isdecimal": 0, "isdigit": 0, "isidentifier": 0, "islower": 0, "isnumeric": 0, "isprintable": 0,
    "isspace": 0, "istitle": 0, "isupper": 0,
}
SEARCHES = ["find", "rfind", "index", "rindex", "count", "startswith", "endswith"]


def bounds(rng):
    if rng.random() < 0.4:
        return []
    start = bound(rng)
    return [start] if rng.random() < 0.3 else [start, bound(rng)]


def sequence_cases(rng, prefix, text, part):
    kind = type(text)

    def method(name, *args):
        show(prefix + name, getattr(kind, name), text, *args)

    method(rng.choice(SEARCHES), part, *bounds(rng))
    method(rng.choice(["partition", "rpartition", "removeprefix", "removesuffix"]), part)
    method("replace", part, part_of(rng, text), *([rng.choice([-1, 0, 1, 2, 5])] if rng.random() < 0.5 else []))
    method(rng.choice(["split", "rsplit"]), rng.choice([None, part]), *([rng.choice([-1, 0, 1, 2])] if rng.random() < 0.6 else []))
    method("splitlines", *([rng.random() < 0.5] if rng.random() < 0.7 else []))
    method(rng.choice(["strip", "lstrip", "rstrip"]), *([rng.choice([None, part])] if rng.random() < 0.6 else []))
    method(rng.choice(["center", "ljust", "rjust"]), rng.randrange(-2, 20), *([part[:1] or text[:1] or part] if rng.random() < 0.4 else []))
    method("zfill", rng.randrange(-2, 20))
    method("expandtabs", *([rng.choice([0, 1, 4, 8, -1])] if rng.random() < 0.6 else []))


def family_str(rng, count):
    for _ in range(count):
        text = some_text(rng)
        part = part_of(rng, text)
        name = rng.choice(list(STR_METHODS))
        show("str." + name, getattr(str, name), text)
        sequence_cases(rng, "str.", text, part)
        show("str.repr", repr, text)
        show("str.ascii", ascii, text)
        show("str.hash", hash, text)
        show("str.join", str.join, part, [some_text(rng, 3) for _ in range(rng.randrange(4))])
        other = rng.choice([some_text(rng), text, text + part])
        show("str.compare", lambda a, b: [a < b, a == b, a + b], text, other)
        show("str.contains", lambda a, b: b in a, text, part)
        show("str.item", lambda a, n: a[n], text, rng.randrange(-13, 13))
        show("str.slice", lambda a, i, j, k: a[i:j:k], text, bound(rng), bound(rng), rng.choice([None, 1, 1, 2, -1, -2, 3, 0, 10**20, -(10**20)]))
        show("str.repeat", lambda a, n: a * n, text, rng.randrange(-2, 5))
        table = {rng.choice([ord(c), c]): rng.choice([None, some_text(rng, 3), rng.choice([65, 0x1F600, 0x110000])]) for c in text[:3]}
        table = {ord(key) if isinstance(key, str) else key: value for key, value in table.items()}
        show("str.translate", str.translate, text, table)
        show("str.maketrans", str.maketrans, *rng.choice([(text, text[::-1]), (text, part), (text, text, part), ({c: i for i, c in enumerate(text)},)]))


def family_chars(rng, count):
    """Every property of code points, of all for a large count: a hash for each run of 256."""
    names = list(STR_METHODS)
    starts = list(range(0, 0x110000, 256))
    for start in starts if count >= len(starts) else starts[:8] + rng.sample(starts[8:512], min(count, 16)):
        for name in names + ["repr"]:
            function = repr if name == "repr" else getattr(str, name)
            lines = bytearray()
            for point in range(start, start + 256):
                for text in (chr(point), "a" + chr(point) + "A", chr(point) + "\u03a3" + chr(point)):
                    lines += enc(function(text)).encode() + b"\n"
            print("chars." + name, enc(start), "=", enc(hash(bytes(lines))))


def family_bytes(rng, count):
    for _ in range(count):
        data = some_bytes(rng)
        part = part_of(rng, data)
        name = rng.choice(["capitalize", "lower", "upper", "swapcase", "title", "isalnum", "isalpha", "isascii", "isdigit", "islower", "isspace", "istitle", "isupper"])
        for kind, prefix in ((bytes, "bytes."), (bytearray, "bytearray.")):
            show(prefix + name, getattr(kind, name), kind(data))
            sequence_cases(rng, prefix, kind(data), part)
            show(prefix + "repr", repr, kind(data))
            show(prefix + "hex", kind.hex, kind(data), *rng.choice([[], [":"], ["-", 2], ["_", -3], ["xx"], ["\u00e9"], [b"."]]))
            show(prefix + "join", kind.join, kind(part), [some_bytes(rng, 3) for _ in range(rng.randrange(4))])
            show(prefix + "contains", lambda a, b: b in a, kind(data), rng.choice([part, 97, 300, -1]))
            show(prefix + "item", lambda a, n: a[n], kind(data), rng.randrange(-11, 11))
            show(prefix + "slice", lambda a, i, j, k: a[i:j:k], kind(data), bound(rng), bound(rng), rng.choice([None, 1, 2, -1, -2, 0]))
            show(prefix + "translate", kind.translate, kind(data), rng.choice([None, bytes(range(255, -1, -1)), b"short"]), part)
            show(prefix + "find", kind.find, kind(data), rng.choice([97, 32, 300, -1]))
        show("bytes.hash", hash, data)
        text = rng.choice([data.hex(), data.hex(" "), "0", "zz", "0g", " 00 1f ", "é", "0 0"])
        show("bytes.fromhex", bytes.fromhex, text)
        show("bytes.maketrans", bytes.maketrans, data, rng.choice([data[::-1], part]))


CODECS = ["utf-8", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "UTF8", "iso-8859-1", "us-ascii", "U8", "latin_1", "rot", "utf-7x", "cp1252", "windows-1252", "cp437", "koi8-r", "ISO-8859-15", "cp500", "mac_roman", "iso8859_8", "cp874"]
ERRORS = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass", "namereplace", "odd"]


def family_codec(rng, count):
    utf8 = [b"a", b"\xc3\xa9", b"\xe2\x82\xac", b"\xf0\x9f\x98\x80", b"\x80", b"\xc0\x80", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xf5", b"\xff", b"\xe2\x82", b"\xf0\x9f", b"\xc3", b"\xf0\x80", b"\xf0\x9f\x98", b"\xe2(", b"\xf0\x9f("]
    utf16 = [b"a\0", b"\0a", b"\xff\xfe", b"\xfe\xff", b"\x3d\xd8\x00\xde", b"\xd8\x3d\xde\x00", b"\x3d\xd8", b"\xd8\x3d", b"\x00\xdc", b"\xdc\x00", b"\0", b"a", b"\0\0\0a", b"a\0\0\0", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\0\0\x11\0", b"\0\0\x20\0"]
    for _ in range(count):
        codec, errors = rng.choice(CODECS), rng.choice(ERRORS)
        text = some_text(rng, 6)
        if errors == "namereplace":
            text = some_text(rng, 6, PLAIN)
        show("codec.encode", str.encode, text, codec, errors)
        show("codec.encode", str.encode, text, codec)
        data = b"".join(rng.choice(utf8 if rng.random() < 0.6 else utf16) for _ in range(rng.randrange(6)))
        show("codec.decode", bytes.decode, data, codec, errors)
        show("codec.decode", bytes.decode, data, codec)
        show("codec.decode", bytes.decode, data)
        show("codec.decode", bytes.decode, text.encode("utf-8", "surrogatepass"), "utf-8", errors)


def some_value(rng):
    return rng.choice([None, True, False, some_int(rng), rng.randrange(200), some_float(rng), some_text(rng, 4), some_bytes(rng, 3), [1, "a"], (1, 2), ()])


def family_percent(rng, count):
    for _ in range(count):
        kind = rng.choice("diouxXeEfFgGcrsa%bq")
        spec = "%" + "".join(rng.choice("-+ #0") for _ in range(rng.randrange(3))) + rng.choice(["", "5", "12", "*"]) + rng.choice(["", "", ".3", ".0", ".", ".*"]) + rng.choice(["", "", "", "l", "h"]) + kind
        stars = [rng.randrange(-9, 9) for _ in range(spec.count("*"))]
        value = rng.choice([some_value(rng), some_int(rng), some_float(rng)])
        text = some_text(rng, 3, "ab\u00e9") + spec + rng.choice(["", "x", "%%"])
        values = tuple(stars + [value])
        show("percent.str", lambda t, v: t % v, text, values)
        data = spec.encode() + b"y"
        show("percent.bytes", lambda t, v: t % v, data, tuple(stars + [rng.choice([value, some_bytes(rng, 4)])]))
        pick = rng.random()
        if pick < 0.1:
            show("percent.str", lambda t, v: t % v, "%(a)s %(b)d" + rng.choice(["", "%", "%(", "%(c)s", "%s"]), {"a": value, "b": some_int(rng)})
        elif pick < 0.2:
            show("percent.str", lambda t, v: t % v, rng.choice(["%s", "%d %d", "plain", "%s %s", "%(a)s", "%", "%z"]), rng.choice([value, values, (), (1, 2, 3), {}, {"a": 1}]))


def family_template(rng, count):
    pieces = ["{}", "{0}", "{1}", "{a}", "{{", "}}", "x", "{!r}", "{0!s:>5}", "{:>{}}", "{a:{b}}", "{0[1]}", "{b[k]}", "{0.real}", "{", "}", "{!x}", "{0!", "{:", "{a.b}", "{0[}", "{0]}", "{9}", "{z}", "{:5}", "{!a:^9}", "{0[a]}", "{:{}{}}", "{a!r:}", "{0.}", "{[0]}", "{.real}", "{0:{1:{2}}}", "{!}", "{0!rr}"]

    def argument():
        value = some_value(rng)
        # As a width, a number of this size would fill the memory.
        return value % 200 if type(value) is int and 200 < value < 2**63 else value

    for _ in range(count):
        text = "".join(rng.choice(pieces) for _ in range(rng.randrange(1, 4)))
        args = [argument() for _ in range(rng.randrange(4))]
        kwargs = {"a": argument(), "b": rng.choice([{"k": 1}, 5, "7"])}
        show("template.format", lambda t, a, k: t.format(*a, **k), text, args, kwargs)


BUILTINS = "abs ascii bin bool bytearray bytes chr complex divmod float format hash hex int len oct ord pow repr round str".split()


def family_call(rng, count):
    """Builtins and methods with arguments that mostly do not fit."""
    methods = [
        (kind, name)
        for kind in (str, bytes, bytearray, int, float, complex)
        for name in dir(kind)
        if not name.startswith("_") and callable(getattr(kind, name))
    ]

    def argument():
        value = rng.choice([some_value(rng), some_value(rng), complex(1, -2.5), bytearray(b"ab"), "12", b"7", "utf-8", "1e3", 2**70, "little"])
        # As a length, a number of this size would fill the memory.
        return value % 200 if type(value) is int and 200 < abs(value) < 2**63 else value

    def receiver(kind):
        values = {str: some_text(rng, 5), bytes: some_bytes(rng, 5), bytearray: bytearray(some_bytes(rng, 5)), int: some_int(rng), float: some_float(rng), complex: complex(1.5, some_float(rng))}
        return values[kind]

    def call(function, *args):
        result = function(*args)
        if type(result) is dict:
            return result
        return result if type(result).__module__ == "builtins" and type(result).__name__ in "NoneType bool int float complex str bytes bytearray list tuple NotImplementedType" else "?"

    for _ in range(count):
        name = rng.choice(BUILTINS)
        args = [argument() for _ in range(rng.choice([0, 1, 1, 1, 1, 2, 2, 3]))]
        if name in ("hash", "repr", "ascii", "str") and any(value != value for value in args if isinstance(value, (float, complex))):
            continue
        if name in ("hash",) and args and args[0] is None:
            continue
        show("builtin." + name, lambda *args: call(getattr(__builtins__, name), *args), *args)
        kind, name = rng.choice(methods)
        this = receiver(kind)
        args = [argument() for _ in range(rng.choice([0, 1, 1, 1, 2, 2, 3, 4]))]
        show("method." + name, lambda this, *args: call(getattr(this, name), *args), this, *args)


def family_bulk(rng, count):
    """Many floats in a case: a hash over what all of them look like."""
    def hashed(texts):
        return hash("\n".join(texts).encode())

    for _ in range(count // 10):
        floats = [some_float(rng) for _ in range(1000)]
        data = struct.pack(">1000d", *floats)
        places = rng.choice([0, 1, 2, 2, 3, 4, 6, 8, 12, 17])
        spec = rng.choice(["", "e", "g", ".3g", ".10g", ".15g", ".17g", ".2e", ",.2f", "%", ".1%", "12.4f", "+.3f", "_.2f", "#.3g", ".3"])
        show("bulk.repr", lambda data: hashed(map(repr, floats)), data)
        show("bulk.fixed", lambda data, places: hashed("%.*f" % (places, x) for x in floats), data, places)
        show("bulk.round", lambda data, places: hashed(repr(round(x, places)) for x in floats), data, places)
        show("bulk.format", lambda data, spec: hashed(format(x, spec) for x in floats), data, spec)
        show("bulk.parse", lambda data, spec: hashed(repr(float(format(x, ".17g"))) for x in floats), data, "")


def family_hash(rng, count):
    def shape(depth):
        pick = rng.random()
        if pick < 0.3 and depth:
            return tuple(shape(depth - 1) for _ in range(rng.randrange(4)))
        return rng.choice([some_int(rng), rng.uniform(-9, 9), some_text(rng, 3), some_bytes(rng, 3), True, False])

    for _ in range(count):
        value = tuple(shape(2) for _ in range(rng.randrange(4)))
        show("hash.tuple", hash, value)
        items = [shape(1) for _ in range(rng.randrange(6))]
        show("hash.frozenset", lambda items: hash(frozenset(items)), list(frozenset(items)))
        start, stop, step = rng.randrange(-9, 9), rng.randrange(-20, 20), rng.choice([1, 2, -1, 3])
        if len(range(start, stop, step)) > 1:
            show("hash.range", lambda a, b, c: hash(range(a, b, c)), start, stop, step)


KEPT = {"int": 60, "float": 60, "complex": 60, "format": 80, "str": 20, "chars": 8, "bytes": 10, "codec": 60, "percent": 60, "template": 150, "hash": 60, "call": 200}


def keep():
    """Writes each family's kept rows; hashes of strings are those of PYTHONHASHSEED=0."""
    folder = pathlib.Path(__file__).parent / "tables"
    environment = dict(os.environ, PYTHONHASHSEED="0")
    for family, count in KEPT.items():
        with open(folder / (family + ".txt"), "wb") as table:
            subprocess.run([sys.executable, __file__, family, str(count), "kept"], stdout=table, env=environment, check=True)


def main():
    if sys.argv[1:] == ["keep"]:
        return keep()
    family, count, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    globals()["family_" + family](random.Random(seed), count)


main()
