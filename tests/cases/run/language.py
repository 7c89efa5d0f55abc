import sys
class MyList(list):
    def sum(self): return sum(self)
    def __getitem__(self, i):
        if isinstance(i, tuple): return [list.__getitem__(self, j) for j in i]
        return super().__getitem__(i)
class MyDict(dict):
    def __missing__(self, k):
        v = self[k] = len(self); return v
    def __setitem__(self, k, v):
        super().__setitem__(k, v)
class MyInt(int):
    def __new__(cls, v=0): return super().__new__(cls, v)
    def __add__(self, o): return MyInt(int(self) + int(o))
    def __repr__(self): return f"MyInt({int(self)})"
class MyStr(str):
    def shout(self): return self.upper() + "!"
class MyTuple(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(self): return self[0]
class MySet(set): pass
class MyFloat(float): pass
class E1(Exception):
    def __init__(self, a, b=2):
        super().__init__(f"{a}-{b}"); self.a = a
class E2(E1, KeyError): pass
class Base:
    def __init__(self): self.log = []
    def go(self): self.log.append("base"); return self
    def __init_subclass__(cls, **kw):
        super().__init_subclass__(**kw); cls.tag = cls.__name__
class Deriv(Base):
    def go(self):
        def inner(): return super(Deriv, self).go()
        inner()
        fs = [super().go for _ in range(1)] if False else []
        def inner2(): return super(type(self), self)
        super().go()
        return self
class Nest(Base):
    def go(self):
        class_ = __class__
        return class_.__name__
def handler_unbound():
    e = 5
    try: raise ValueError("x")
    except ValueError as e: pass
    try: return e
    except UnboundLocalError as u: return str(u)
def undefined():
    try: return not_there
    except NameError as e: return str(e), e.name
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
def inf(n): return inf(n + 1)
def gen():
    x = yield 1
    while x: x = yield x * 2
    return "done"
def deleg():
    r = yield from gen(); print("r", r)
def varargs(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
def pos(a, /, b, *, c): return a, b, c
def counter():
    n = 0
    def inc(by=1):
        nonlocal n; n += by; return n
    return inc
def mutable(x, acc=[]): acc.append(x); return acc
def deco(f):
    def w(*a, **k):
        r = f(*a, **k); return ("w", r)
    return w
def deco_arg(n):
    def d(f):
        def w(*a): return [f(*a)] * n
        return w
    return d
@deco
@deco_arg(2)
def add(a, b): return a + b
def matcher(v):
    match v:
        case 0 | 1: return "small"
        case int(n) if n > 100: return f"big {n}"
        case [a, b]: return f"pair {a} {b}"
        case [a, *rest]: return f"list {a} {rest}"
        case {"k": k, **rest}: return f"map {k} {rest}"
        case str() as s: return f"str {s}"
        case MyTuple(first=f): return f
        case None: return "none"
        case _: return "other"
def fin():
    out = []
    for i in range(4):
        try:
            if i == 1: continue
            if i == 3: break
            out.append(i)
        except Exception: pass
        else: out.append("else")
        finally: out.append("fin")
    return out
def fret():
    try: return 1
    finally: print("cleanup")
class Ctx:
    def __init__(self, s): self.s = s
    def __enter__(self): print("in"); return self
    def __exit__(self, t, v, tb): print("out", t and t.__name__, v); return self.s
class Desc:
    def __set_name__(self, o, n): self.n = "_" + n
    def __get__(self, i, o=None): return self if i is None else getattr(i, self.n, 0)
    def __set__(self, i, v):
        if v < 0: raise ValueError(f"neg {v}")
        setattr(i, self.n, v)
class UsesDesc:
    d = Desc()
    __slots__ = ("_d",)
class Vec:
    def __init__(self, x, y): self.x, self.y = x, y
    def __add__(self, o): return Vec(self.x + o.x, self.y + o.y)
    def __radd__(self, o): return self
    def __mul__(self, k): return NotImplemented if not isinstance(k, (int, float)) else Vec(self.x * k, self.y * k)
    __rmul__ = __mul__
    def __eq__(self, o): return (self.x, self.y) == (o.x, o.y)
    def __hash__(self): return hash((self.x, self.y))
    def __neg__(self): return Vec(-self.x, -self.y)
    def __abs__(self): return (self.x ** 2 + self.y ** 2) ** 0.5
    def __repr__(self): return f"Vec({self.x}, {self.y})"
    def __iter__(self): yield self.x; yield self.y
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __lt__(self, o): return abs(self) < abs(o)
    def __call__(self, *a): return a
    def __bool__(self): return bool(self.x or self.y)
    def __format__(self, s): return f"<{self.x:{s}},{self.y:{s}}>"
    def __index__(self): return self.x
if __name__ == "__main__":
    m = MyList([3, 1, 2]); m.append(9); m.sort(); print(m, m.sum(), m[0], m[0, 2], m[1:], type(m[1:]), len(m), isinstance(m, list), m == [1, 2, 3, 9], m + [1])
    d = MyDict(a=1); print(d["q"], d, d.get("zz"), "q" in d, list(d.items()), {**d})
    i = MyInt(5); print(i + 3, i * 2, type(i + 1), i == 5, hash(i), [1, 2, 3, 4, 5, 6][i], f"{i}", i)
    s = MyStr("abc"); print(s.shout(), s + "d", type(s + "d"), s[1], len(s), s == "abc", {s: 1}["abc"])
    t = MyTuple(1, 2); print(t, t.first, t == (1, 2), isinstance(t, tuple), hash(t) == hash((1, 2)))
    print(MySet([1, 2]) | {3}, MyFloat(1.5) + 1, MyFloat("2.5"), repr(MyFloat(2)), MySet())
    try: raise E2(1)
    except KeyError as e: print(e, e.a, e.args, repr(e))
    print(Deriv().go().log, Deriv.tag, Nest().go())
    print(handler_unbound(), undefined())
    print(deep(900))
    try: inf(0)
    except RecursionError as e: print("RE", e)
    g = gen(); print(next(g), g.send(5), g.send(7))
    try: g.send(0)
    except StopIteration as e: print(e.value)
    print(list(deleg()))
    print(varargs(1, c=3), varargs(1, 2, 3, 4, c=5, z=6), pos(1, 2, c=3))
    for bad in (lambda: varargs(), lambda: pos(a=1, b=2, c=3), lambda: pos(1, 2, 3), lambda: deep(), lambda: deep(1, 2)):
        try: bad()
        except TypeError as e: print(e)
    c = counter(); c(); print(c(5)); print(mutable(1), mutable(2))
    print(add(1, 2))
    for v in (0, 500, [1, 2], [1, 2, 3], {"k": 1, "z": 2}, "hi", None, 3.5, MyTuple(1, 2)): print(matcher(v))
    print(fin(), fret())
    with Ctx(True): raise ValueError("bad")
    with Ctx(False) as c: pass
    u = UsesDesc(); u.d = 4; print(u.d)
    try: u.d = -1
    except ValueError as e: print(e)
    try: u.zz = 1
    except AttributeError as e: print(e)
    v = Vec(3, 4); print(v + Vec(1, 1), 2 * v, -v, abs(v), v == Vec(3, 4), {v: 1}[Vec(3, 4)], [*v], v @ v, sorted([v, Vec(0, 1)]), v(1), bool(Vec(0, 0)), f"{v:03d}", sum([v, v]), [10, 20, 30, 40][v])
    try: v * "x"
    except TypeError as e: print(e)
    a, *b, (x, y) = 1, 2, 3, (4, 5); print(a, b, x, y)
    a = b = [1]; a.append(2); print(b, a is b)
    print([y for x in range(3) if (y := x * 2)], y)
    lst = [1, 2, 3, 4, 5]; lst[1:3] = [9]; lst[::2] = [0, 0]; del lst[0]; print(lst)
    print(-7 // 2, -7 % 3, 7 // -2, divmod(-7, 2), 2 ** -1, 10 ** 20, 0.1 + 0.2, 1e16, 1e-5, float("inf"), -0.0, round(2.5), round(-1.5), round(2.675, 2), 7 / 2, int(-3.7), 5 // 0.3, 1_000)
    print("%5.2f|%-5s|%05d|%x|%r" % (3.14159, "ab", 42, 255, "q"), "{:>8,.2f}|{!r}|{0}".format(1234.5, "x") if False else "{:>10,.2f}|{!r}".format(1234.5, "x"))
    print({3, 1, 2}, {"b": 1, "a": 2}, frozenset([1]), (1,), [], {}, set(), b"ab\x00", "a'b", 'a"b\'', "\n\té", 1j, complex(1, -2))
    try: raise ValueError("a") from KeyError("b")
    except ValueError as e: print(repr(e.__cause__), e.__suppress_context__)
    for f in (lambda: [][0], lambda: {}["k"], lambda: 1 / 0, lambda: int("x"), lambda: None.x, lambda: "a" + 1, lambda: [1] + (2,), lambda: len(5), lambda: "abc".index("z"), lambda: [].pop(), lambda: next(iter([])), lambda: {}.popitem(), lambda: (1, 2).index(3), lambda: [3].remove(4), lambda: float("q"), lambda: 5(), lambda: {[]: 1}, lambda: sorted([1, "a"]), lambda: max([]), lambda: chr(-1), lambda: ord("ab"), lambda: "x" * "y", lambda: 1 < "a", lambda: iter(5), lambda: [1, 2][1.0], lambda: "abc"[5], lambda: int([]), lambda: 2 ** 0.5 % 0, lambda: math_undefined):
        try: f(); print("no error")
        except Exception as e: print(type(e).__name__, e)
