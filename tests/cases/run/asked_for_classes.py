"""`isinstance` of instances, optional ones and such of families, as a value and as a condition."""


class Node:
    def __init__(self, v, left=None):
        self.v = v
        self.left = left


class Other:
    def __init__(self):
        self.w = 1


def depth(n):
    if not isinstance(n, Node):
        return 0
    return 1 + depth(n.left)


def kind(n):
    return isinstance(n, Node), isinstance(n, Other), isinstance(n, (Node, Other)), isinstance(n, int)


def find(n, v):
    while isinstance(n, Node):
        if n.v == v:
            return n
        n = n.left
    return None


def main():
    n = Node(1, Node(2, Node(3)))
    print(depth(n), kind(n), kind(None), kind(n.left.left.left))
    f = find(n, 3)
    print(isinstance(f, Node), isinstance(find(n, 9), Node), f.v)
    x = None
    if n:
        x = n
    print(isinstance(x, Node), isinstance(x, Other))
    o = Other()
    print(isinstance(o, Node), isinstance(o, Other), o.w)
class Shape:
    pass


class Sq(Shape):
    def __init__(self, a):
        self.a = a


class Ci(Shape):
    def __init__(self, r):
        self.r = r


def what(s):
    if isinstance(s, (Sq, Ci)):
        if isinstance(s, Sq):
            return "sq", s.a
        return "ci", s.r
    return "none", 0


def pick(i):
    return [Sq(1), Ci(2), None][i]


def log(x):
    print("log", x)
    return None if x else Sq(x)


def others():
    print([what(pick(i)) for i in range(3)])
    print(isinstance(pick(0), Shape), isinstance(pick(1), Sq), isinstance(pick(2), Ci), isinstance(log(1), Sq), isinstance(log(0), Ci), isinstance(log(0), int))

class Vector:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return Vector(self.x * other, self.y * other)
        if isinstance(other, Vector):
            return self.x * other.x + self.y * other.y
        return NotImplemented

    def __repr__(self):
        return f"({self.x}, {self.y})"


def products():
    v = Vector(1, 2)
    print(v * 3, v * v, isinstance(v, object), isinstance(v, (str, list)))
    try:
        v * "a"
    except TypeError as e:
        print(e)


main()
others()
products()
