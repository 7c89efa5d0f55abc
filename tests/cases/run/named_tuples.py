"""Tuples whose items have names, carried natively; then what only the object itself answers."""

from collections import namedtuple
from typing import NamedTuple, Optional

Point = namedtuple("Point", ["x", "y"])
Real = namedtuple("Real", ["x", "y"])
Pair = namedtuple("Pair", "left, right", defaults=(None,))


class Token(NamedTuple):
    kind: str
    text: str = ""
    pos: int = 0

    def describe(self):
        return f"{self.kind}@{self.pos}"

    @property
    def size(self):
        return len(self.text)

    def moved(self, by):
        return self._replace(pos=self.pos + by)


class Vec(namedtuple("Vec", "x y")):
    def __neg__(self):
        return Vec(-self.x, -self.y)

    def dot(self, other):
        return self.x * other.x + self.y * other.y


def dist(a, b):
    return abs(a.x - b.x) + abs(a.y - b.y)


def unpack(p):
    x, y = p
    return x * 10 + y


def total(points):
    s = 0
    for x, y in points:
        s += x - y
    for p in points:
        s += p[0] + p[-1]
    for i, (x, y) in enumerate(points):
        s += i * x
    return s


def lex(text):
    out = []
    for i, ch in enumerate(text.split()):
        if ch.isdigit():
            out.append(Token("num", ch, i))
        elif ch == "?":
            out.append(Token("ask"))
        else:
            out.append(Token(kind="word", text=ch, pos=i))
    return out


def find(tokens, kind):
    for t in tokens:
        if t.kind == kind:
            return t
    return None


def counts(points):
    seen = {}
    for p in points:
        seen[p] = seen.get(p, 0) + 1
    return seen


def floats():
    a = Real(float("nan"), 1.0)
    b = Real(0.0, -0.0)
    c = Real(-0.0, 0.0)
    return a == a, b == c, a != b, a < b, b <= c, [a, b]


def pairs():
    empty = Pair(1)
    full = Pair("a", right="b")
    return empty, full, empty.right is None, full.left


def main():
    a, b = Point(1, 2), Point(y=4, x=3)
    print(dist(a, b), unpack(a), total([a, b]))
    print(a, b, [a, b], repr(a), str(b), f"{a}|{b!r}")
    toks = lex("a 12 ? b")
    print(toks)
    print([t.describe() for t in toks], [t.size for t in toks])
    found = find(toks, "ask")
    if found:
        print("found", found.kind, found.moved(5), found)
    missing = find(toks, "nope")
    print(missing, missing is None)
    print(counts([a, b, Point(1, 2), a]))
    print(sorted([b, a, Point(1, 1)]), max(a, b), min([b, a]), a < b, a <= a, a > b)
    print({a, b, Point(1, 2)} == {a, b}, Point(1, 2) in [a], Point(9, 9) in {a, b})
    print(floats())
    print(len(a), list(a), sum(a), tuple(b))
    v = Vec(1, 2).__neg__()
    print(v.x, v.y, v.dot(Vec(3, 4)))
    print(pairs())
    kind, text, pos = toks[1]
    print(kind, text, pos)
    print(hash(a) == hash((1, 2)))


P = namedtuple("P", "x y")
Q = namedtuple("Q", "x y")
R = namedtuple("R", "a b", rename=True)


def eqs(p, q):
    return p == q, p != q, p < q


def show(p):
    return "%s-%s" % p


def bad():
    try:
        P(1)
    except TypeError as e:
        print(e)
    try:
        P(1, 2, 3)
    except TypeError as e:
        print(e)
    try:
        P(1, z=2)
    except TypeError as e:
        print(e)


def setx(p):
    try:
        p.x = 5
    except AttributeError as e:
        print(e)


def more(p):
    return p + (3,), p * 2, p[::-1], p._asdict(), P._fields, P._make([7, 8]), p.count(1), p.index(2)


def isin(p):
    return isinstance(p, tuple), isinstance(p, P), 1 in p, type(p).__name__


class Opt(NamedTuple):
    name: str
    size: int = 3
    tags: list = []


def shared():
    a, b = Opt("a"), Opt("b")
    a.tags.append(1)
    return b.tags, a


def nested():
    p = P(P(1, 2), [3])
    (a, b), c = p
    p.y.append(4)
    return a, b, c, p


def compared(p):
    return p == (1, 2), (1, 2) == p, p != (3, 4), P(2, 3) in [(2, 3)]


def apart(p):
    try:
        x, y, z = p
    except ValueError as e:
        print(e)
    try:
        p[5]
    except IndexError as e:
        print(e)


def answered():
    p, q = P(1, 2), Q(1, 2)
    print(eqs(p, q), eqs(p, p))
    print(show(p))
    bad()
    print(compared(p))
    apart(p)
    setx(p)
    print(more(p))
    print(isin(p))
    print(shared())
    print(nested())
    print(late())
    for x, y in [P(1, "a"), P(2, "b")]:
        print(x, y)
    print(dict([P("k", 1)]), list(zip(p, q)), [*p], max(P(3, 4)))
    d = {p: 1}
    print(d[(1, 2)], d[q], (1, 2) in d)
    try:
        print(early())
    except NameError as e:
        print(e)


def late():
    return S(1).v


def early():
    return T(1)


try:
    early()
except NameError as e:
    print("early", e)


S = namedtuple("S", "v")
T = namedtuple("T", "v")


main()
answered()


def order(a, b, c=0, *, d=1):
    return f"{a} {b} {c} {d}"


def noted(log, what):
    log.append(what)
    return what


def keywords_in_any_order():
    log = []
    print(order(c=noted(log, 3), b=noted(log, 2), a=noted(log, 1)), log)
    print(order(d="x", b=noted(log, 5), a="y"), order(5, d=noted(log, 6), c=noted(log, 7), b=noted(log, 8)), log)
    x = 1
    print(order(b=(x := x + 1), a=x, c=(x := x * 10)), x)
    try:
        order(c=noted(log, 9), a=noted(log, 10) // 0, b=noted(log, 11))
    except ZeroDivisionError:
        print(log)
    print(Token(pos=noted(log, 12), kind=str(noted(log, 13))), log[-2:])


keywords_in_any_order()
