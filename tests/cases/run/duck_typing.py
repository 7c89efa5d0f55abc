"""Classes without a common base in one variable or list: attributes, methods and properties that some of them have."""

import math


class Circle:
    kind = "round"

    def __init__(self, r, name="circle"):
        self.r = r
        self.name = name

    def area(self):
        return math.pi * self.r ** 2

    def scale(self, k):
        self.r *= k
        return self


class Square:
    def __init__(self, side, name="square"):
        self.side = side
        self.name = name
        self.kind = "flat"

    def area(self):
        return self.side * self.side

    def scale(self, k):
        self.side *= k
        return self

    def corners(self):
        return 4


class Tri:
    kind = "pointed"

    def __init__(self, a, b, c):
        self.sides = [a, b, c]

    @property
    def name(self):
        return "triangle" + str(len(self.sides))

    def area(self):
        a, b, c = self.sides
        s = (a + b + c) / 2
        return math.sqrt(s * (s - a) * (s - b) * (s - c))

    def scale(self, k):
        self.sides = [x * k for x in self.sides]
        return self


class Num:
    def __init__(self, value):
        self.value = value

    def eval(self, env):
        return self.value

    def __repr__(self):
        return f"Num({self.value})"


class Var:
    def __init__(self, name):
        self.name = name

    def eval(self, env):
        return env[self.name]

    def __repr__(self):
        return f"Var({self.name})"


class Op:
    def __init__(self, op, left, right):
        self.op = op
        self.left = left
        self.right = right

    def eval(self, env):
        a = self.left.eval(env)
        b = self.right.eval(env)
        if self.op == "+":
            return a + b
        if self.op == "-":
            return a - b
        return a * b

    def __repr__(self):
        return f"({self.left!r} {self.op} {self.right!r})"


def build(depth, n):
    if depth == 0:
        return Num(n) if n % 2 else Var("xyz"[n % 3])
    return Op("+-*"[n % 3], build(depth - 1, n + 1), build(depth - 1, n * 2))


def count(node):
    if isinstance(node, Num):
        return 1
    elif isinstance(node, Var):
        return 100
    return count(node.left) + count(node.right)


def main():
    shapes = [Circle(1.5), Square(2.0), Tri(3, 4, 5), Circle(0.5, "dot")]
    for s in shapes:
        print(s.name, s.kind, round(s.area(), 4))
        s.scale(2)
    print(sum(s.area() for s in shapes))
    print(max(shapes, key=lambda s: s.area()).name)
    for s in shapes:
        if isinstance(s, Square):
            print(s.corners(), s.side)
        elif isinstance(s, Circle):
            print(s.r)
    print([s.name for s in sorted(shapes, key=lambda s: s.area(), reverse=True)])
    tree = build(6, 3)
    print(tree.eval({"x": 2, "y": 3, "z": 5}), count(tree))
    print(build(2, 1))


if __name__ == "__main__":
    main()
