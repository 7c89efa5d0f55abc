from dataclasses import dataclass, field
@dataclass
class V:
    x: float
    y: int
    n: str = "é\n"
class M:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return f"M<{self.n}>"
class S:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return f"S<{self.n!r}>"
    def __str__(self):
        return "str " + self.n
@dataclass
class Box:
    items: list = field(default_factory=list)
    best: V = None
class Plain:
    def __init__(self):
        self.a = 1
def pair():
    return V(1.5, 2), [V(0.0, 1), V(-0.0, 3)], {"k": V(1e100, 4)}
def main():
    print(pair())
    vs = [V(i * 0.5, i) for i in range(3)]
    print(vs)
    print("all:", vs, vs[0], len(vs), sep="|", end="!\n")
    print(f"{vs} {vs[1]} {vs[2]!r}")
    d = {i: M(i) for i in range(2)}
    print(d, str(d), repr(d))
    ms = [M(3), M(4)]
    print((ms[0], ms), M(5), "x")
    b = Box()
    b.items.append(V(1.0, 1))
    b.best = b.items[0]
    print(b)
    print([b, b])
    e = None
    for v in vs:
        if v.y == 7:
            e = v
    print(e)
    s = S("q")
    print(s, 1)


class Loud:
    def __init__(self, n):
        self.n = n

    def __repr__(self):
        print("repr", self.n)
        return "L" + str(self.n)

    def __str__(self):
        print("str", self.n)
        if self.n == 3:
            raise ValueError("three")
        return "l" + str(self.n)


@dataclass
class Link:
    n: int
    next: object = None


class Tree:
    def __init__(self, v, left=None, right=None):
        self.v = v
        self.left = left
        self.right = right

    def __repr__(self):
        return f"({self.left} {self.v} {self.right})"


class Kids:
    def __init__(self, name):
        self.name = name
        self.kids = []

    def __repr__(self):
        return f"{self.name}{self.kids}"


def in_order():
    a, b = Loud(1), Loud(2)
    print("x", a, [b, a], b, sep="|")
    print(str(a), repr(b), f"{a} {b!r} {[a]}")
    try:
        print("before", Loud(3), "after")
    except ValueError as e:
        print()
        print(e)
    print("t", Tree(1, Tree(2), Tree(3, None, Tree(4))), {"k": Tree(5)})


def links():
    l = Link(1, Link(2))
    print("l", l)
    l.next = l
    print("l", l)


def kids():
    k = Kids("a")
    k.kids.append(Kids("b"))
    print("k", k)
    k.kids.append(k)
    try:
        print("k", k)
    except RecursionError:
        print("deep")


if __name__ == "__main__":
    main()
    in_order()
