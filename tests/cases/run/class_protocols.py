"""Items, properties with setters, dataclasses that derive from dataclasses, instances as keys, sorted and called."""

import heapq
from dataclasses import dataclass, field


class Grid:
    def __init__(self, w, h):
        self.w = w
        self.h = h
        self.cells = [0] * (w * h)

    def __getitem__(self, at):
        x, y = at
        return self.cells[y * self.w + x]

    def __setitem__(self, at, value):
        x, y = at
        if value < 0:
            raise ValueError("negative")
        self.cells[y * self.w + x] = value

    def __delitem__(self, at):
        self[at] = 0

    def __len__(self):
        return len(self.cells)


class Thermo:
    def __init__(self, c):
        self.celsius = c

    @property
    def celsius(self):
        return self._c

    @celsius.setter
    def celsius(self, value):
        if value < -273.15:
            raise ValueError("too cold")
        self._c = value

    @property
    def fahrenheit(self):
        return self._c * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, f):
        self.celsius = (f - 32) * 5 / 9


@dataclass
class Base:
    name: str
    size: int = 1

    def area(self):
        return self.size


@dataclass
class Box(Base):
    depth: int = 2

    def area(self):
        return self.size * self.depth


class Plain(Box):
    pass


@dataclass(order=True)
class Version:
    major: int
    minor: int = 0
    tag: str = field(default="", compare=False)


@dataclass(frozen=True)
class Pt:
    x: int
    y: int

    def __post_init__(self):
        if self.x < 0:
            raise ValueError("neg")


def stores():
    g = Grid(4, 3)
    for x in range(4):
        for y in range(3):
            g[x, y] = x * y
    g[1, 1] += 5
    g[(2, 2)] -= 1
    del g[3, 2]
    print(g.cells, len(g), g[1, 1])
    try:
        g[0, 0] = -1
    except ValueError as e:
        print("E", e)
    zero = 0
    try:
        g[1 // zero, 0] = int("x")
    except (ValueError, ZeroDivisionError) as e:
        print(type(e).__name__)
    t = Thermo(20.5)
    t.celsius += 1
    print(t.celsius, t.fahrenheit)
    t.fahrenheit = 212
    print(t.celsius)
    t.fahrenheit -= 10
    print(t.celsius)
    try:
        t.celsius = -300
    except ValueError as e:
        print(e)
    try:
        Thermo(-500)
    except ValueError as e:
        print(e)
    bs = [Base("a"), Box("b", 3), Plain("c", 4, 5), Box("b", 3)]
    print(bs)
    for b in bs:
        print(b, b.area(), b == bs[0], b == bs[1])
    print(bs[1] == bs[3], bs[1] != bs[3], bs[2] == Box("c", 4, 5), Plain("q") == Plain("q"))
    vs = [Version(1, 2), Version(1, 0, "x"), Version(0, 9)]
    print(vs[0] < vs[1], vs[0] > vs[1], vs[1] <= Version(1), vs[1] >= Version(1), vs[1] == Version(1))
    print(max(v.major for v in vs))
    p = Pt(1, 2)
    try:
        Pt(-1, 0)
    except ValueError as e:
        print(e)
    print(p, p == Pt(1, 2))


class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, other):
        if not isinstance(other, P):
            return NotImplemented
        return self.x == other.x and self.y == other.y

    def __hash__(self):
        return hash((self.x, self.y))

    def __repr__(self):
        return f"P({self.x}, {self.y})"


@dataclass(frozen=True)
class F:
    name: str
    n: int


class Node:
    def __init__(self, label):
        self.label = label
        self.edges = []


class U:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        return self.v == other.v

    def __hash__(self):
        return hash(self.v)


@dataclass
class M:
    a: int
    b: float


def walk(start):
    seen = {start}
    queue = [start]
    order = []
    dist = {start: 0}
    while queue:
        node = queue.pop(0)
        order.append(node.label)
        for other in node.edges:
            if other not in seen:
                seen.add(other)
                dist[other] = dist[node] + 1
                queue.append(other)
    return order, [dist[n] for n in dist], len(seen)


def keys():
    d = {}
    for i in range(20):
        p = P(i % 4, i % 3)
        d[p] = d.get(p, 0) + i
    print(d)
    s = {P(1, 2), P(2, 1), P(1, 2)}
    print(len(s), P(1, 2) in s, P(5, 5) in s, s)
    ps = [P(1, 1), P(2, 2)]
    print(P(2, 2) in ps, ps.index(P(2, 2)), ps == [P(1, 1), P(2, 2)], ps.count(P(1, 1)), P(1, 1) != ps[0])
    f = {F("a", 1): 2, F("b", 2): 3}
    f[F("a", 1)] += 10
    print(f, F("a", 1) == F("a", 1), {F("q", 3), F("q", 4), F("q", 3)})
    nodes = [Node(i) for i in range(6)]
    for i, n in enumerate(nodes):
        n.edges.append(nodes[(i * 2 + 1) % 6])
        n.edges.append(nodes[(i + 1) % 6])
    print(walk(nodes[0]))
    us = {U(3): "three", U(4): "four"}
    print(us[U(3)], U(5) in us, U(3) == U(3), len({U(1), U(1), U(2)}))
    try:
        print(U(3) == 3)
    except AttributeError as e:
        print(e)
    nan = float("nan")
    ms = [M(1, nan), M(2, 0.0)]
    print(M(1, nan) in ms, M(2, -0.0) in ms, M(1, nan) == ms[0], ms.index(M(2, 0.0)))
    pairs = {(P(1, 2), "a"): 1, (P(1, 2), "b"): 2}
    print(pairs[(P(1, 2), "b")])
    try:
        print({M(1, 2.0): 1})
    except TypeError as e:
        print(e)


class Task:
    def __init__(self, name, cost):
        self.name = name
        self.cost = cost

    def __lt__(self, other):
        return self.cost < other.cost

    def __repr__(self):
        return f"<{self.name} {self.cost}>"


class Noisy:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        print("lt", self.n, other.n)
        return self.n > other.n


class Bare:
    def __init__(self, n):
        self.n = n


class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __rmul__(self, k):
        return Vec(k * self.x, k * self.y)

    def __radd__(self, k):
        return self if k == 0 else Vec(self.x + k, self.y)

    def __rsub__(self, k):
        return Vec(k - self.x, k - self.y)

    def __str__(self):
        return f"({self.x}, {self.y})"


class Adder:
    def __init__(self, step=1):
        self.n = 0
        self.step = step

    def __call__(self, times=1, *, extra=0):
        self.n += self.step * times + extra
        return self.n


class Bag:
    def __init__(self, items):
        self.items = list(items)

    def __iter__(self):
        for item in self.items:
            yield item

    def add(self, *more):
        self.items.extend(more)
        return len(self.items)

    def options(self, **options):
        return sorted(options)

    def total(self):
        return sum(self.items)


class Quiet:
    def __init__(self, items):
        self.items = items

    def pairs(self):
        for i in self.items:
            yield i, i

    def total(self):
        return sum(self.items)


class Animal:
    def __init__(self, name, weight):
        self.name = name
        self.weight = weight

    def __lt__(self, other):
        return (self.weight, self.name) < (other.weight, other.name)


class Dog(Animal):
    pass


def orders():
    tasks = [Task("a", 3), Task("b", 1), Task("c", 2), Task("d", 1)]
    print(sorted(tasks), min(tasks), max(tasks))
    heap = []
    for t in tasks:
        heapq.heappush(heap, t)
    while heap:
        print(heapq.heappop(heap).name, end=" ")
    print()
    tasks.sort()
    print(tasks)
    ns = [Noisy(i * 7 % 5) for i in range(5)]
    ns.sort()
    print([n.n for n in ns], max(ns).n, min(ns).n)
    h = [(2, 0, Bare("x")), (1, 1, Bare("y"))]
    heapq.heapify(h)
    heapq.heappush(h, (1, 0, Bare("z")))
    print([heapq.heappop(h)[2].n for _ in range(3)])
    v = Vec(1, 2)
    print(3 * v, 1 + v, 10 - v, 2.5 * v)
    a = Adder(3)
    print(a(), a(2), a(1, extra=5), a.n)
    b = Bag([3, 1])
    print(b.add(5, 6), b.total(), b.options(z=1, a=2))
    print(list(b))
    q = Quiet([1, 2, 3])
    print(q.total())
    zoo = [Dog("rex", 20), Animal("cat", 4), Dog("ant", 4)]
    print([z.name for z in sorted(zoo)])
    print(min(zoo).name)


if __name__ == "__main__":
    stores()
    keys()
    orders()
