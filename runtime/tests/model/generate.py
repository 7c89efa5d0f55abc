"""Writes the tables of this folder: calls, and what CPython 3.11 makes of them.

Run as `PYTHONHASHSEED=0 python3 generate.py` in this folder. A line is: kind, name, arguments, keyword arguments,
outcome (`= repr` or `! Type: message`), and the arguments as they are afterwards. The tables kept are a sample, chosen by
checksum; `generate.py --all` writes every line, to be checked once and not to be committed.
"""

import builtins
import itertools
import operator
import random
import sys
import zlib

NAMES = {"inf": float("inf"), "nan": float("nan")}
assert sys.version_info[:2] == (3, 11)


def unpack2(value):
    a, b = value
    return a, b


def unpack_star(value):
    a, *b, c = value
    return [a], b, [c]


OPERATIONS = {"unpack2": unpack2, "unpack_star": unpack_star}


def shown(value):
    if hasattr(value, "__next__"):
        value = list(value)
    return repr(value)


def run(kind, name, args, kwargs):
    if kind == "call":
        return getattr(builtins, name)(*args, **kwargs)
    if kind == "method":
        return getattr(args[0], name)(*args[1:], **kwargs)
    if kind == "attr":
        return getattr(args[0], name)
    return (OPERATIONS.get(name) or getattr(operator, name))(*args)


def line(kind, name, args, kwargs="{}"):
    values = list(eval(args, NAMES.copy()))
    keywords = eval(kwargs, NAMES.copy())
    try:
        outcome = "= " + shown(run(kind, name, values, keywords))
    except Exception as failure:
        outcome = f"! {type(failure).__name__}: {failure}"
    after = repr(tuple(values))
    fields = [kind, name, args, kwargs, outcome, after]
    if any(c in field for field in fields for c in "\t\n") or " at 0x" in outcome + after:
        return None
    return "\t".join(fields)


def write(path, rows, share):
    lines = dict.fromkeys(filter(None, (line(*row) for row in rows)))
    share = 1 if "--all" in sys.argv else share
    lines = [text for text in lines if zlib.crc32(text.encode()) % share == 0]
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(text + "\n" for text in lines)
    print(path, len(lines))


def row(*args):
    return "(" + ", ".join(args) + ("," if len(args) == 1 else "") + ")"


NUMBERS = ["0", "1", "-1", "7", "-7", "3", "255", "2147483648", "-9223372036854775808", "9223372036854775807",
           "9223372036854775808", "100000000000000000000", "-100000000000000000000", "0.0", "-0.0", "0.5", "-2.5", "7.0",
           "1e300", "-1e-300", "5e-324", "inf", "-inf", "nan", "9007199254740993", "9007199254740992.0", "True", "False"]
SEQUENCES = ["''", "'abc'", "'é😀'", "b''", "b'ab'", "[]", "[1, 2, 3]", "[[1], 'a', None]", "()", "(1, 2)", "(1,)",
             "range(5)", "range(10, 0, -3)"]
OTHERS = ["None", "{}", "{1: 2, 'a': [3]}", "set()", "{1, 2, 3}", "frozenset({1, 5})", "Ellipsis", "int", "len",
          "slice(1, 2, None)", "NotImplemented"]
ALL = NUMBERS + SEQUENCES + OTHERS


def operators():
    binary = ["add", "sub", "mul", "truediv", "floordiv", "mod", "eq", "ne", "lt", "le", "gt", "ge", "and_", "or_", "xor"]
    for name in binary:
        for a, b in itertools.product(ALL, ALL):
            if name == "mod" and a[0] in "'b":
                continue
            if name == "mul" and {a, b} & {"2147483648", "9223372036854775807"} and {a, b} & set(SEQUENCES):
                continue
            yield "op", name, row(a, b)
    small = ["0", "1", "-1", "2", "3", "10", "64", "-2", "0.5", "-0.5", "2.0", "True", "'a'", "None"]
    for a, b in itertools.product(NUMBERS + ["'a'", "[1]"], small):
        yield "op", "pow", row(a, b)
        yield "op", "lshift", row(a, b)
        yield "op", "rshift", row(a, b)
    for name in ["iadd", "isub", "imul", "iand", "ior", "ixor", "ipow"]:
        for a, b in itertools.product(["[1, 2]", "(1, 2)", "'ab'", "{1, 2}", "{1: 2}", "5", "2.5", "None"],
                                      ["[3]", "(3, 4)", "'xy'", "{2, 3}", "{3: 4}", "range(2)", "2", "-1", "0.5", "None",
                                       "[(5, 6)]", "[5]", "['ab', 'cd']"]):
            yield "op", name, row(a, b)
    for name, a in itertools.product(["neg", "pos", "invert", "truth"], ALL):
        yield "op", name, row(a)
    for a, b in itertools.product(ALL, ALL):
        yield "op", "contains", row(a, b)
    keys = ["0", "1", "-1", "5", "-9", "True", "0.5", "'a'", "None", "(1,)", "[1]", "100000000000000000000", "slice(None, None, None)",
            "slice(1, None, None)", "slice(None, -1, None)", "slice(None, None, -1)", "slice(0, 10, 2)", "slice(5, 1, None)",
            "slice(-100, 100, 3)", "slice(4, None, -2)", "slice(None, None, 0)", "slice('a', None, None)", "slice(True, 3, None)",
            "slice(-1, -4, -1)", "slice(100000000000000000000, None, None)", "slice(None, None, -100000000000000000000)"]
    for a, key in itertools.product(SEQUENCES + ["{}", "{1: 2, 'a': [3]}", "{1, 2}", "5", "None", "range(0)", "'hello'", "[0, 1, 2, 3, 4, 5]",
                                                 "(0, 1, 2, 3, 4, 5)", "b'hello'", "range(2, 30, 7)"], keys):
        yield "op", "getitem", row(a, key)
        yield "op", "delitem", row(a, key)
        for value in ["9", "[7, 8]", "[]", "'xyz'", "range(3)"]:
            yield "op", "setitem", row(a, key, value)
    for a in ALL + ["(1, 2, 3)", "'ab'", "{'x': 1, 'y': 2}", "range(2)"]:
        yield "op", "unpack2", row(a)
        yield "op", "unpack_star", row(a)


LISTS = ["[]", "[1]", "[3, 1, 2]", "[1, 2, 3, 2, 1]", "['b', 'a', 'C', '']", "[1.5, True, 0, -2]", "[(2, 'b'), (1, 'a'), (2, 'a')]",
         "[nan, 1.0, nan, 0.5, -1.0]", "[[2], [1, 5], []]", "[None, 1]"]


def methods():
    for a in LISTS:
        for name in ["append", "count", "index", "remove", "extend", "pop", "insert"]:
            for b in ["0", "1", "2", "-1", "'a'", "None", "[1]", "1.0", "True", "(4, 5)", "'xy'", "range(3)", "nan", "{1: 2}"]:
                yield "method", name, row(a, b)
                if name in ("insert", "index"):
                    for c in ["0", "1", "-1", "-100", "100", "'a'", "100000000000000000000"]:
                        yield "method", name, row(a, b, c)
                        yield "method", name, row(a, c, b)
                        if name == "index":
                            yield "method", name, row(a, b, c, "3")
        for name in ["clear", "copy", "reverse", "sort", "pop", "append", "__len__", "__iter__", "__reversed__"]:
            yield "method", name, row(a)
        for kwargs in ["{'reverse': True}", "{'key': str}", "{'key': repr, 'reverse': 1}", "{'key': None}", "{'key': len}",
                       "{'bad': 1}", "{'reverse': 'x'}", "{'key': abs, 'reverse': False}"]:
            yield "method", "sort", row(a), kwargs
        yield "method", "sort", row(a, "1")
        yield "method", "pop", row(a, "0", "1")
        yield "method", "append", row(a, "1"), "{'x': 1}"
        yield "method", "nothing", row(a)
    for a in ["()", "(1,)", "(1, 2, 1)", "('a', None)", "(nan, 1)"]:
        for b in ["1", "'a'", "None", "1.0"]:
            yield "method", "count", row(a, b)
            yield "method", "index", row(a, b)
            yield "method", "index", row(a, b, "1")
            yield "method", "index", row(a, b, "-1", "5")
        yield "method", "index", row(a)
        yield "method", "append", row(a, "1")
    dicts = ["{}", "{1: 'a'}", "{'a': 1, 'b': 2, 'c': 3}", "{(1, 2): [3], None: {}}", "{1.0: 'x', 2: 'y'}"]
    for a in dicts:
        for b in ["1", "'a'", "None", "True", "[1]", "{}", "(1, 2)", "2.0"]:
            for name in ["get", "pop", "setdefault", "__contains__", "__getitem__"]:
                yield "method", name, row(a, b)
                yield "method", name, row(a, b, "'default'")
        for name in ["clear", "copy", "items", "keys", "values", "popitem", "get", "update", "__reversed__", "__len__"]:
            yield "method", name, row(a)
        for b in dicts + ["[(1, 2), (3, 4)]", "[1]", "[(1,)]", "['ab', 'cd']", "5", "None", "[[1, 2, 3]]", "'abcd'", "[()]"]:
            yield "method", "update", row(a, b)
            yield "method", "update", row(a, b), "{'z': 26}"
            yield "call", "dict", row(b), "{'a': 5}"
        yield "method", "update", row(a, "{}", "{}")
    for name in ["start", "stop", "step", "real", "imag", "numerator", "denominator", "nothing", "__class__"]:
        for a in ["range(3)", "range(1, 100000000000000000000, 7)", "slice(1, None, 2)", "5", "True", "2.5", "'a'", "[]", "int"]:
            yield "attr", name, row(a)
    for a in ["range(0)", "range(5)", "range(10, -10, -4)", "range(0, 990, 99)"]:
        for b in ["0", "2", "-2", "6", "'a'", "2.0", "None", "99"]:
            yield "method", "index", row(a, b)
            yield "method", "count", row(a, b)
        for name in ["__len__", "__iter__", "__reversed__"]:
            if "100000" not in a:
                yield "method", name, row(a)
    for n in ["0", "1", "5", "-3", "100000000000000000000", "'x'"]:
        for a in ["slice(None, None, None)", "slice(1, -1, 2)", "slice(None, None, -1)", "slice(9, 0, -3)", "slice(0, 1, 0)"]:
            yield "method", "indices", row(a, n)
    for a in NUMBERS:
        for name in ["bit_length", "bit_count", "conjugate", "as_integer_ratio", "is_integer", "hex", "to_bytes", "__round__", "__trunc__",
                     "__floor__", "__ceil__", "__int__", "__float__", "__index__", "__bool__", "__neg__"]:
            yield "method", name, row(a)
        for b in ["1", "'a'", "2.5"]:
            for name in ["__add__", "__radd__", "__mul__", "__eq__", "__lt__", "__divmod__", "__and__", "__pow__"]:
                yield "method", name, row(a, b)
        yield "method", "to_bytes", row(a, "8", "'little'"), "{'signed': True}"
        yield "method", "to_bytes", row(a, "2", "'big'")
    for a in ["'1.5'", "'0x1.8p1'", "'inf'", "'zz'"]:
        yield "method", "fromhex", row("float", a)
    for a in ["b'\\x01\\x02'", "[1, 2, 255]", "[256]", "'a'", "5", "b''"]:
        for order in ["'big'", "'little'", "'middle'", "5"]:
            yield "method", "from_bytes", row("int", a, order)
            yield "method", "from_bytes", row("int", a, order), "{'signed': True}"
    for a in ["'abc'", "[1, 2]", "(3,)", "{5: 6}", "range(2)", "5", "[[1]]", "None"]:
        yield "method", "fromkeys", row("dict", a)
        yield "method", "fromkeys", row("dict", a, "0")


def builtin_calls():
    one = ["abs", "all", "any", "ascii", "bin", "bool", "callable", "chr", "dict", "enumerate", "float", "frozenset", "hash", "hex", "int",
           "iter", "len", "list", "max", "min", "next", "oct", "ord", "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum",
           "tuple", "type", "zip", "range", "id_", "divmod", "pow", "map", "filter", "isinstance", "issubclass", "getattr", "hasattr"]
    values = ALL + ["'12'", "' -7 '", "'1_000'", "'x'", "'1e5'", "'nan'", "'0x1f'", "65", "1114111", "1114112", "[0, 1]", "[1, 'a']",
                    "['b', 'a']", "[2.5, 1]", "[[2], [1]]", "'٣'", "ValueError", "b'12'", "[(1, 2), (3, 4)]", "{'b': 1, 'a': 2}", "12345"]
    volatile = {"hash": ["None", "Ellipsis", "int", "len", "NotImplemented", "nan", "ValueError"]}
    for name in one:
        if not hasattr(builtins, name):
            continue
        yield "call", name, "()"
        for a in values:
            if a in volatile.get(name, []):
                continue
            yield "call", name, row(a)
    for a, b in itertools.product(NUMBERS + ["'a'", "None"], NUMBERS + ["'a'", "None"]):
        yield "call", "divmod", row(a, b)
        if len(b) < 4:
            yield "call", "pow", row(a, b)
            yield "call", "round", row(a, b)
    for a, b, c in itertools.product(["2", "-3", "10", "0", "2.0", "100000000000000000000", "'a'"], ["0", "5", "-1", "100", "2.0"],
                                     ["7", "-7", "1", "0", "None", "10", "2.5"]):
        yield "call", "pow", row(a, b, c)
    for a, b in itertools.product(["'12'", "'ff'", "'0x1f'", "'0b11'", "'z'", "12", "b'11'", "''", "'1 2'"],
                                  ["0", "2", "10", "16", "36", "37", "1", "-1", "'a'", "True", "100000000000000000000"]):
        yield "call", "int", row(a, b)
        yield "call", "int", row(a), "{'base': %s}" % b
    yield "call", "int", "()", "{'base': 3}"
    yield "call", "int", "()", "{'x': 3}"
    for a in ["1234.5678", "-1234.5678", "2.675", "0.5", "1.5", "2.5", "-0.5", "1e22", "12345", "-12345", "15", "25", "-15", "5e-324",
              "99999999999999999999", "inf"]:
        for n in ["-5", "-3", "-2", "-1", "0", "1", "2", "3", "5", "20", "400", "-400", "None", "'a'", "1.0", "True"]:
            yield "call", "round", row(a, n)
            yield "call", "round", row(a), "{'ndigits': %s}" % n
    for name in ["max", "min"]:
        for args in ["(1, 2)", "(1, 'a')", "([1, 3, 2],)", "([],)", "('abc',)", "(1.0, 1, True)", "(nan, 1)", "(1, nan)", "({'b': 1, 'a': 2},)"]:
            for kwargs in ["{}", "{'default': 9}", "{'key': str}", "{'key': None}", "{'key': abs, 'default': None}", "{'bad': 1}"]:
                yield "call", name, args, kwargs
    for args in ["([1, 2, 3], 10)", "(['a'], '')", "([[1], [2]], [])", "([0.1] ,)", "([0.1, 0.2, 0.3, 10**30],)", "([1, 2.5, True],)",
                 "([], b'')", "([1], None)", "((1e308, 1e308, -1e308),)", "([9223372036854775807, 1, 0.5],)"]:
        if "**" not in args:
            yield "call", "sum", args
    yield "call", "sum", "([1, 2],)", "{'start': 5}"
    for args in ["([3, 1, 2],)", "('hello',)", "({'b': 1, 'a': 2},)", "(5,)", "([1, 'a'],)", "()", "([1], [2])"]:
        for kwargs in ["{}", "{'reverse': True}", "{'key': str}", "{'key': repr, 'reverse': True}", "{'bad': 1}"]:
            yield "call", "sorted", args, kwargs
    for args in ["([1, 2], 'ab')", "([1, 2, 3], 'ab')", "('ab', [1, 2, 3])", "()", "([1],)", "(5,)", "([1], 5)", "([1, 2], [3, 4], [5])"]:
        for kwargs in ["{}", "{'strict': True}", "{'strict': 0}", "{'bad': 1}"]:
            yield "call", "zip", args, kwargs
    for args in ["(str, [1, 2])", "(pow, [2, 3], [3, 2, 1])", "(len, [1])", "(abs, 5)", "(None, [1])", "(int, '123')", "(max, [1, 5], [2, 3])"]:
        yield "call", "map", args
        yield "call", "filter", args
    yield "call", "filter", "(None, [0, 1, '', 'a', None])"
    for args in ["('abc', 1)", "([1], -5)", "([1], 100000000000000000000)", "([1], 'a')", "([9, 8],)"]:
        yield "call", "enumerate", args
    yield "call", "enumerate", "('ab',)", "{'start': 10}"
    yield "call", "enumerate", "()", "{'iterable': 'ab'}"
    for args in ["(1, int)", "(True, int)", "(1, (str, int))", "(1, 5)", "('a', (int, 5))", "(1, ())", "(ValueError, type)", "(int, type)",
                 "(1.0, (int, (float, str)))", "(None, int)", "(1, int | str)", "(None, int | None)", "([], list | None)"]:
        if "|" not in args:
            yield "call", "isinstance", args
    for args in ["(int, int)", "(bool, int)", "(int, (str, bool))", "(1, int)", "(int, 5)", "(KeyError, LookupError)", "(int, object)",
                 "(FileNotFoundError, OSError)", "(UnicodeDecodeError, ValueError)", "(int, (5,))"]:
        yield "call", "issubclass", args
    for args in ["([1, 2], 'append', 5)", "(5, 'real')", "(5, 'x')", "(5, 'x', None)", "(5, 5)", "('a', 'x', 1)"]:
        if "append" not in args:
            yield "call", "getattr", args
            yield "call", "hasattr", args[:-1].rsplit(", ", 1)[0] + ")" if args.count(",") == 2 else args
    for args in ["(0, 10)", "(0, 10, 3)", "(10, 0, -1)", "(0, 0, 0)", "(1.0,)", "('a',)", "(0, 1, 2, 3)", "(True, 5)",
                 "(100000000000000000000,)", "(0, 100000000000000000000, 3)", "(5, 5)"]:
        yield "call", "range", args
    for args in ["('abc',)", "(5,)", "(3, 'd')", "(3.7, '.2f')", "('a', 5)", "('a', '>5')", "([1], 'x')", "(None, '')", "(True, 'd')", "(True,)"]:
        yield "call", "format", args
    for name, args in itertools.product(["ValueError", "KeyError", "OSError", "StopIteration", "SystemExit", "ImportError", "AttributeError",
                                         "NameError", "UnicodeDecodeError", "UnicodeEncodeError", "Exception", "BaseException"],
                                        ["()", "('a',)", "('a', 1)", "(2, 'No such file')", "(2, 'No such file', 'f.txt')", "(None,)", "(5,)",
                                         "(2, 'x', 'a', None, 'b')", "('utf-8', b'\\xff', 0, 1, 'invalid')", "('utf-8', b'abc', 0, 2, 'why')",
                                         "('ascii', 'é', 0, 1, 'ordinal')", "('ascii', 'aĀ😀', 1, 2, 'o')", "('ascii', '😀', 0, 1, 'o')"]):
        yield "call", name, args
        yield "call", name, args, "{'name': 'n'}"
        try:
            eval(name + args)
        except Exception:
            continue
        made = name + args
        yield "call", "str", f"({made},)"
        for attribute in ["args", "errno", "strerror", "filename", "filename2", "value", "code", "name", "msg", "encoding", "start", "reason",
                          "__cause__", "__context__", "__suppress_context__", "nothing"]:
            yield "attr", attribute, f"({made},)"
    for a in ["1", "2.5", "'a'", "ValueError('x')", "[1]"]:
        yield "call", "vars", row(a)
        yield "call", "type", row(a)
    for n in ["range(3)", "'ab'", "[1]", "{1: 2}", "{1}", "b'ab'", "()", "enumerate('a')", "zip()", "map(str, [1])", "reversed([1])",
              "reversed((1, 2))", "iter('é')", "iter(range(100000000000000000000))", "filter(None, [])", "reversed({1: 2})", "reversed(range(3))"]:
        yield "call", "type", f"(iter({n}),)"
        if "1000000" not in n:
            yield "call", "list", f"(iter({n}),)"
            yield "call", "next", f"(iter({n}),)"
            yield "call", "next", f"(iter({n}), 'default')"


def display(values):
    """A display of constants; strings by way of a list, as interning may rebuild such a constant once more."""
    if any(isinstance(value, str) for value in values):
        return f"set({values!r})"
    return "{" + ", ".join(map(repr, values)) + "}" if values else "set()"


def sets():
    rng = random.Random(7)
    pools = [list(range(30)), list(range(-500, 500)), [x * 8 for x in range(60)], [2**k for k in range(70)],
             ["a", "b", "cd", "hello", "x" * 20, "é", "", "zz", "k1", "k2", "k3", "😀"],
             [0.5, 1.5, 2.0, -1.0, 1e300, 3, True, 10**20], [(i, j) for i in range(6) for j in range(4)], [f"key{i}" for i in range(200)],
             [-1, -2, 0, 1, 2**61 - 1, -(2**61 - 1), 2**61, 2**62]]
    binary = ["or_", "and_", "sub", "xor", "ior", "iand", "isub", "ixor", "eq", "lt", "le", "gt", "ge"]
    named = ["union", "intersection", "difference", "symmetric_difference", "update", "intersection_update", "difference_update",
             "symmetric_difference_update", "isdisjoint", "issubset", "issuperset"]
    for pool in pools:
        for _ in range(25):
            a = rng.sample(pool, rng.randrange(len(pool)) if rng.random() < 0.5 else min(len(pool), rng.randrange(8)))
            b = rng.sample(pool, rng.randrange(len(pool)) if rng.random() < 0.5 else min(len(pool), rng.randrange(8)))
            kind = rng.choice(["{}", "frozenset({})"])
            # Equal displays in one expression are one constant to CPython: only the left one is a display.
            left, right = display(a), kind.format(f"set({b!r})")
            for name in binary:
                yield "op", name, row(left, right)
                if name[0] != "i":
                    yield "op", name, row("frozenset(%s)" % left, right)
            other = rng.choice([right, repr(b), repr(tuple(b)), "{" + ", ".join(f"{x!r}: 0" for x in b) + "}"])
            for name in named:
                yield "method", name, row(left, other)
            yield "method", "union", row(left, other, right)
            yield "method", "intersection", row(left, right, other)
            yield "method", "difference", row(left, right, other)
            yield "call", "set", row(repr(a))
            yield "call", "frozenset", row(other)
            yield "call", "list", row(left)
            for x in rng.sample(pool, 2):
                for name in ["add", "discard", "remove", "__contains__"]:
                    yield "method", name, row(left, repr(x))
            yield "method", "pop", row(left)
            yield "method", "copy", row(left)
            yield "method", "clear", row(left)
            yield "call", "hash", row("frozenset(%s)" % left)
    for a in ["{1, 2}", "frozenset({1})", "set()"]:
        for b in ["5", "[[1]]", "[1]", "'ab'", "{1: 2}", "[{1}]"]:
            for name in named + ["add", "remove", "discard"]:
                yield "method", name, row(a, b)
            for name in binary:
                yield "op", name, row(a, b)
        for name in named + ["add", "pop", "copy"]:
            yield "method", name, row(a)
    yield "op", "contains", "({1, 2}, {1})"
    yield "op", "contains", "({frozenset({1}), 2}, {1})"


def sorts():
    """Orders that are not total (NaN, inclusion of sets) show which pairs a sort compares."""
    rng = random.Random(11)
    for size in [2, 3, 5, 10, 33, 63, 64, 65, 100, 129, 200, 300, 500, 700, 1000, 1500]:
        for spread in [2, 5, 100]:
            numbers = [rng.choice(["nan", str(rng.randrange(spread) / 2)]) for _ in range(size)]
            runs = [str(float(i % (size // spread + 1))) if rng.random() < 0.97 else "nan" for i in range(size)]
            for items in [numbers, runs, runs[::-1]]:
                for kwargs in ["{}", "{'reverse': True}"]:
                    yield "call", "sorted", f"([{', '.join(items)}],)", kwargs
        if size <= 200:
            sets = [repr(set(rng.sample(range(6), rng.randrange(5)))) for _ in range(size)]
            yield "call", "sorted", f"([{', '.join(sets)}],)"
            yield "method", "sort", f"([{', '.join(sets)}, 5],)"
            yield "method", "sort", f"([{', '.join(sets[:size // 2])}, 5, {', '.join(sets[size // 2:])}],)", "{'reverse': True}"


write("sorts.txt", sorts(), 4)
write("operators.txt", operators(), 16)
write("methods.txt", methods(), 4)
write("builtins.txt", builtin_calls(), 4)
write("sets.txt", sets(), 24)
