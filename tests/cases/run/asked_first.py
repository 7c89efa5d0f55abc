"""Who is asked first: names before their statements, reflected operators of derived classes, texts of what is unpacked."""
import functools
def calls_late():
    return late(1)


def early():
    return Late(1).x
def early_var():
    return Late.scale
def try_early():
    try:
        print(early())
    except NameError as e:
        print("NameError", e)
    try:
        print(early_var())
    except NameError as e:
        print("NameError", e)
    try:
        print(calls_late())
    except NameError as e:
        print("NameError", e)
try_early()


def late(x):
    return x + 1


class Late:
    scale = 2
    def __init__(self, x):
        self.x = x
class A:
    def __init__(self, n):
        self.n = n
    def __eq__(self, other):
        print("A.eq", self.n, other.n)
        return self.n == other.n
    def __lt__(self, other):
        print("A.lt", self.n, other.n)
        return self.n < other.n
    def __gt__(self, other):
        print("A.gt", self.n, other.n)
        return self.n > other.n
    def __add__(self, other):
        return self.n + other.n
class B(A):
    def __eq__(self, other):
        print("B.eq", self.n, other.n)
        return True
    def __radd__(self, other):
        return 1000 + other.n
class S:
    def __init__(self, n):
        self.n = n
    def __repr__(self):
        return f"S<{self.n}>"
    def __str__(self):
        return f"str {self.n}"
class Pr:
    def __init__(self, n):
        self.n = n
    @property
    def loud(self):
        print("loud")
        return self.n
    def __repr__(self):
        return f"Pr({self.loud})"
def gen(ys):
    x = 2
    g = (x * y for y in ys)
    x = "a"
    return list(g)
def main():
    try_early()
    a, b = A(1), B(2)
    print(a == b, b == a, a == A(1), a < b, b < a, a + b, b + a)
    ss = [S(1), S(2)]
    print(*ss)
    print(ss)
    t = (S(3), S(4))
    print(*t, t)
    print("x", Pr(5))
    print("y", [Pr(6)])
    print(gen([1, 2]))


def traced(f):
    @functools.wraps(f)
    def wrapper(*args):
        return f(*args)
    return wrapper


def repeat(n):
    def deco(f):
        def wrapper(*args):
            for _ in range(n):
                r = f(*args)
            return r
        return wrapper
    return deco


def now(f):
    try:
        print("ran", f())
    except NameError as e:
        print(e)
    return f


@traced
def decorated(x):
    return helper(x)


@repeat(2)
def repeated(x):
    return After(x).x


@now
def at_once():
    return later()


def helper(x):
    return x + 1


class After:
    def __init__(self, x):
        self.x = x


def later():
    return 5


if __name__ == "__main__":
    main()
    print(decorated(1), repeated(2), at_once())
