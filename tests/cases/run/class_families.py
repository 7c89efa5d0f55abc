from abc import ABC, abstractmethod
from dataclasses import dataclass, field

def early():
    return Late(1)
def early2():
    return Late2(1)
for f in (early, early2):
    try:
        f()
    except NameError as e:
        print("NameError", e)

class Late:
    def __init__(self, x):
        self.x = x

@dataclass
class Late2:
    x: int

print(early().x, early2().x)

class Counter:
    made = 0
    registry = []
    def __init__(self, name):
        self.name = name
        Counter.made += 1
        self.registry.append(name)
    def bump(self):
        self.made += 10
        return self.made
class Sub(Counter):
    pass

def counters():
    a = Counter("a")
    b = Sub("b")
    print(Counter.made, Sub.made, a.made, b.made, Counter.registry)
    print(a.bump(), a.made, Counter.made, Sub.made)
    Sub.made = 77
    print(b.made, Counter.made, a.made)
    b2 = Sub("c")
    print(b2.made, Counter.made, len(Sub.registry))

class P:
    def __init__(self, a):
        self.a = a
    def both(self, x, y=2):
        return self.a + x + y
    def who(self):
        return "P"
    def call(self):
        return self.who() + str(self.both(1))
class Q(P):
    def __init__(self, a, b):
        super().__init__(a + 1)
        self.b = b
    def both(self, x, y=2):
        return super().both(x, y=y) * 10 + self.b
class R(Q):
    def who(self):
        return "R" + super().who()
    def extra(self):
        return self.a, self.b
class S(R):
    def __init__(self):
        super().__init__(5, 6)
        self.c = [1, 2]
    def both(self, x, y=2):
        return Q.both(self, x, y) + P.both(self, x, y)

def chain():
    for o in [P(1), Q(1, 2), R(3, 4), S()]:
        print(o.call(), o.both(1), o.both(1, 5), o.both(x=3), o.who(), isinstance(o, Q), isinstance(o, R), isinstance(o, S), isinstance(o, P))
        if isinstance(o, R):
            print(o.extra())
        if isinstance(o, S):
            o.c.append(3)
            print(o.c)
        if not isinstance(o, Q):
            print("not Q", o.a)
            continue
        print("b", o.b)

class T1:
    def run(self, x):
        return x
class T2(T1):
    def run(self, x, z=3):
        return x * z
def different():
    for t in (T1(), T2()):
        print(t.run(4))
    print(T2().run(4, 5))

class Shape(ABC):
    @abstractmethod
    def area(self): ...
    def twice(self):
        return 2 * self.area()
class Sq(Shape):
    def __init__(self, s):
        self.s = s
    def area(self):
        return self.s ** 2
def abstracts():
    try:
        Shape()
    except TypeError as e:
        print(e)
    print(Sq(3).twice())

@dataclass
class D:
    a: int
    b: str = "x"
    c: list = field(default_factory=list)
    d: float = field(default=1.5, repr=False, compare=False)
    e: int = field(init=False, default=9)
def datas():
    x = D(1)
    y = D(1, c=[], d=7.0)
    print(x, y, x == y, x != y, x is y)
    x.c.append(4)
    print(x == y, x.c, y.c, x.d, y.d, x.e)
    z = D(b="q", a=5)
    print(z)
    for bad in (lambda: D(), lambda: D(1, 2, 3, 4, 5), lambda: D(1, zz=3)):
        try:
            bad()
        except TypeError as e:
            print(e)
    n = D(1, d=float("nan"))
    print(n == n, [x] == [x], x in [y], [x, z].index(z))

@dataclass
class F:
    v: float
def nans():
    nan = float("nan")
    a = F(nan)
    print(a == a, a != a, F(1.0) == F(1.0), F(0.0) == F(-0.0), a)

@dataclass(frozen=True)
class Fr:
    x: int
    y: int = 0
def frozen():
    p = Fr(1)
    try:
        p.x = 5
    except Exception as e:
        print(type(e).__name__, e)
    print(p, {p: 1}[Fr(1, 0)], hash(p) == hash(Fr(1)))

@dataclass
class N:
    v: int
    next: object = None
def cyc():
    a = N(1)
    b = N(2, a)
    print(b)
    a.next = b
    print(a)

@dataclass
class Base:
    x: int
    def show(self):
        return f"<{self.x}>"
@dataclass
class Derived(Base):
    y: int = 3
def inherited():
    d = Derived(1)
    print(d, Derived(1, 2).show(), d == Derived(1, 3), d == Base(1))

@dataclass
class Post:
    a: int
    total: int = field(init=False)
    def __post_init__(self):
        if self.a < 0:
            raise ValueError("negative")
        self.total = self.a * 2
def posts():
    print(Post(3), Post(3).total)
    try:
        Post(-1)
    except ValueError as e:
        print(e)

class Eq:
    def __init__(self, k):
        self.k = k
    def __eq__(self, other):
        print("eq", self.k)
        return isinstance(other, Eq) and self.k == other.k
def eqs():
    l = [Eq(1), Eq(2), Eq(3)]
    print(Eq(2) in l, l.index(Eq(3)), l.count(Eq(1)))
    l.remove(Eq(2))
    print(len(l), Eq(1) == 5, Eq(1) == None, None == Eq(1), Eq(1) != Eq(1))

class Tree:
    size = 0
    def __init__(self, v, left=None, right=None):
        self.v = v
        self.left = left
        self.right = right
        Tree.size += 1
    def __len__(self):
        return 1 + (len(self.left) if self.left else 0) + (len(self.right) if self.right else 0)
    def __str__(self):
        l = str(self.left) if self.left is not None else "-"
        r = str(self.right) if self.right is not None else "-"
        return f"({l} {self.v} {r})"
def trees():
    t = Tree(1, Tree(2), Tree(3, Tree(4)))
    print(len(t), t, Tree.size)
    print(t)

class Temp:
    scale = 1.8
    def __init__(self, c):
        self._c = c
    @property
    def f(self):
        return self._c * self.scale + 32
    @classmethod
    def of_f(cls, f):
        return cls((f - 32) / cls.scale)
    @staticmethod
    def zero():
        return -273.15
    def colder(self, other):
        return self._c < other._c
    def abs(self):
        return self._c - self.zero()
class Temp2(Temp):
    scale = 2.0
    @property
    def f(self):
        return -super().f
def temps():
    for t in [Temp(10), Temp.of_f(50), Temp2.of_f(50), Temp2(1)]:
        print(t.f, t.abs(), t.colder(Temp(5)), type(t).__name__ if t.f > 1e9 else "")

for f in (counters, chain, different, abstracts, datas, nans, frozen, cyc, inherited, posts, eqs, trees, temps):
    print("--", f.__name__)
    f()
