"""A tree of unrelated node classes that evaluate themselves.

    python3 expression_tree.py [ROUNDS]
"""

import sys


class Num:
    def __init__(self, value):
        self.value = value

    def eval(self, env):
        return self.value


class Var:
    def __init__(self, name):
        self.name = name

    def eval(self, env):
        return env[self.name]


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
        return (a * b) % 1000003


def build(depth, n):
    if depth == 0:
        return Num(n % 17) if n % 2 else Var("xyz"[n % 3])
    return Op("+-*"[n % 3], build(depth - 1, n + 1), build(depth - 1, n * 2 + 1))


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    tree = build(10, 3)
    total = 0
    for i in range(n):
        total += tree.eval({"x": i, "y": 3, "z": 5})
    print(total)


if __name__ == "__main__":
    main()
