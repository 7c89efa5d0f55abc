import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

class Shape(ABC):
    count = 0
    names = []
    def __init__(self, name):
        self.name = name
        Shape.count += 1
        Shape.names.append(name)
    @abstractmethod
    def area(self):
        raise NotImplementedError
    def describe(self, digits=2):
        return f"{self.name}: {self.area():.{digits}f}"
    def scaled(self, k):
        return self.area() * k
    @property
    def label(self):
        return "<" + self.name + ">"
    @staticmethod
    def unit():
        return 1.0
    @classmethod
    def total(cls):
        return cls.count

class Circle(Shape):
    sides = 0
    def __init__(self, r):
        super().__init__("circle")
        self.r = r
        self.tags = ["round"]
    def area(self):
        return math.pi * self.r ** 2

class Rect(Shape):
    sides = 4
    def __init__(self, w, h, name="rect"):
        super().__init__(name)
        self.w = w
        self.h = h
    def area(self):
        return float(self.w * self.h)
    @property
    def diagonal(self):
        return math.sqrt(self.w * self.w + self.h * self.h)

class Square(Rect):
    def __init__(self, s):
        Rect.__init__(self, s, s, name="square")
        self.parent = None
    def scaled(self, k):
        return super().scaled(k) + 1000.0
    @property
    def label(self):
        return "[" + super().describe() + "]"
    @classmethod
    def make(cls, n):
        return cls(n)

@dataclass
class Vec:
    x: float
    y: float = 0.5
    tags: list = field(default_factory=list)
    def __add__(self, o):
        if not isinstance(o, Vec):
            return NotImplemented
        return Vec(self.x + o.x, self.y + o.y)
    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)
    def norm(self):
        return math.sqrt(self.x * self.x + self.y * self.y)

@dataclass(frozen=True)
class Point:
    x: int
    y: int
    def moved(self, dx, dy):
        return Point(self.x + dx, self.y + dy)

@dataclass
class Line:
    a: Point
    b: Point
    length: float = field(init=False)
    def __post_init__(self):
        self.length = math.hypot(self.a.x - self.b.x, self.a.y - self.b.y)

class Animal:
    sound = "..."
    legs = 4
    def __init__(self, name):
        self.name = name
    def speak(self):
        return self.name + " says " + self.sound
    def __str__(self):
        return f"{self.name}({self.legs})"

class Dog(Animal):
    sound = "woof"

class Bird(Animal):
    sound = "tweet"
    legs = 2
    def speak(self):
        return super().speak().upper()

class Pattern:
    part = "a"
    whole = part * 3
    del part

    def __init__(self, n):
        self.n = n

    def text(self):
        return self.whole * self.n


class Money:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return self.n == other.n
    def __lt__(self, other):
        return self.n < other.n
    def __hash__(self):
        return hash(self.n)
    def __repr__(self):
        return f"Money({self.n})"

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

def main():
    shapes = []
    for i in range(7):
        if i % 3 == 0:
            shapes.append(Circle(i + 1))
        elif i % 3 == 1:
            shapes.append(Rect(i, i + 2))
        else:
            shapes.append(Square.make(i))
    total = 0.0
    for s in shapes:
        total += s.area() + s.scaled(2)
        print(s.describe(), s.label, s.sides)
        if isinstance(s, Square):
            print("square", s.w, s.diagonal)
        elif isinstance(s, Rect):
            print("rect", s.w, s.h)
    print(total, Shape.count, Shape.total(), Shape.unit(), len(Shape.names), Shape.names)
    v = Vec(1.0)
    w = Vec(2.0, 3.0)
    for i in range(5):
        v = v + w * 0.5
    print(v)
    print(v.norm(), v == w, v == Vec(v.x, v.y), v != w, len(v.tags))
    print(f"{w} {w!r}")
    v.tags.append("a")
    print(v, len(w.tags))
    p = Point(1, 2)
    q = p.moved(3, 4)
    print(p)
    print(q, p == q, p == Point(1, 2))
    l = Line(p, q)
    print(l)
    print(l.length)
    l.b = p
    print(str(l))
    animals = [Dog("rex"), Bird("tom"), Animal("it")]
    for a in animals:
        print(a.speak(), a.legs)
        print(a)
    e, b, c = Money(3), Money(5), Money(3)
    print(e == b, e == c, e != c, e < b, e is c)
    print(e)

    print(Pattern(2).text(), hasattr(Pattern, "part"))
    chain()
    trees()
    temps()
    posts()
    a = Counter("a")
    b = Sub("b")
    print(Counter.made, Sub.made, a.made, b.made, Counter.registry)


if __name__ == "__main__":
    main()
