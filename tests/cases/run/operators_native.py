class Vec:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def __add__(self, o):
        return Vec(self.x + o.x, self.y + o.y)
    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)
    def __lt__(self, o):
        return self.x < o.x
    def __repr__(self):
        return f"Vec({self.x}, {self.y})"
    def __str__(self):
        return f"<{self.x},{self.y}>"
    def __getitem__(self, i):
        if i == 0:
            return self.x
        if i == 1:
            return self.y
        raise IndexError("Vec index")
class Bag:
    def __init__(self):
        self.items = []
    def __len__(self):
        return len(self.items)
    def __contains__(self, x):
        for i in self.items:
            if i == x:
                return True
        return False
    def add(self, x):
        self.items.append(x)
        return self
class Odd:
    def __init__(self, n):
        self.n = n
    def __len__(self):
        return self.n
class Maybe:
    def __init__(self, n):
        self.n = n
    def __add__(self, o):
        if isinstance(o, Maybe):
            return Maybe(self.n + o.n)
        return NotImplemented
    def __radd__(self, o):
        return Maybe(self.n + o)
class Acc:
    def __init__(self, n):
        self.n = n
    def __iadd__(self, k):
        self.n += k
        return self
    def __add__(self, k):
        return Acc(self.n - k)
class Flag:
    def __init__(self, v):
        self.v = v
    def __bool__(self):
        return self.v
class Node:
    def __init__(self, v):
        self.v = v
        self.next = None
def vecs(n):
    p = Vec(0, 0)
    v = Vec(1, 2)
    for i in range(n):
        p = p + v * i
    p += v
    try:
        p[2]
    except IndexError as e:
        print("IndexError", e)
    return f"{p} {p!r}", p[0] + p[1], str(v), repr(v), v < p, bool(p)
def bags(n):
    b = Bag()
    out = []
    if b:
        out.append("no")
    for i in range(n):
        b.add(i * i)
    if b:
        out.append("yes")
    return len(b), 9 in b, 10 in b, 10 not in b, out, (b or None) is b
def odd(n):
    o = Odd(n)
    try:
        return len(o)
    except ValueError as e:
        return str(e)
def find(flags, want):
    for f in flags:
        if f and f.v == want:
            return "found"
    x = None
    if want:
        x = Flag(False)
    return "none" if not x else "some"
def chain(n):
    head = None
    for i in range(n):
        node = Node(i)
        node.next = head
        head = node
    s = 0
    while head:
        s += head.v
        head = head.next
    return s
def unslotted(v):
    try:
        v.z = 5
    except AttributeError as e:
        return str(e)
    return "set"


def extremes(xs):
    try:
        print(max(xs))
    except TypeError as e:
        print(e)
    try:
        print(min(xs))
    except TypeError as e:
        print(e)


def extremes_by(xs, k):
    try:
        print(max(xs, key=k), min(xs, key=k), sorted(xs, key=k))
    except TypeError as e:
        print(e)


def k1(x):
    return x * 2 if x > 2 else 0.5


def k2(x):
    return None if x > 2 else x


def k3(x):
    return [x % 3, x]


if __name__ == "__main__":
    print(vecs(10))
    print(bags(5))
    print(odd(3), odd(-1))
    print((Maybe(1) + Maybe(2)).n, (5 + Maybe(3)).n)
    try:
        Maybe(1) + "x"
    except TypeError as e:
        print(e)
    a = Acc(5); c = a; a += 3; d = a + 1
    print(a.n, c is a, d.n)
    print(find([Flag(True), Flag(False)], True), find([Flag(False)], False), find([], True))
    print(chain(100), unslotted(Vec(1, 2)))
    print(Vec(3, 4))
    print(Vec(3, 4), Vec(1, 2), sep="|")
    print([Vec(1, 1)], sorted([Vec(3, 0), Vec(1, 0), Vec(2, 5)]))
    extremes([1, "a"])
    extremes([None, 3])
    extremes([(1, None), (1, 2)])
    extremes([3, 2.5])
    for key in (k1, k2, k3):
        extremes_by([1, 2, 3, 4], key)
    extremes_by([1, 2, 3, 4], k1)
    extremes_by([1, 2, 3, 4], k2)
    extremes_by([1, 2, 3, 4], k3)
