"""Recursive generators that are only gone through."""


class Node:
    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None


class Tree:
    def __init__(self):
        self.root = None
        self.size = 0

    def insert(self, key):
        if self.root is None:
            self.root = Node(key)
            return
        node = self.root
        while True:
            if key < node.key:
                if node.left is None:
                    node.left = Node(key)
                    return
                node = node.left
            else:
                if node.right is None:
                    node.right = Node(key)
                    return
                node = node.right

    def walk(self, node):
        if node is not None:
            yield from self.walk(node.left)
            yield node.key
            yield from self.walk(node.right)

    def paths(self, node, path):
        if node is None:
            return
        path = path + [node.key]
        if node.left is None and node.right is None:
            yield path
        for p in self.paths(node.left, path):
            yield p
        for p in self.paths(node.right, path):
            yield p

    def __iter__(self):
        yield from self.walk(self.root)


def permutations(items):
    if len(items) <= 1:
        yield items
        return
    for i in range(len(items)):
        rest = items[:i] + items[i + 1:]
        for p in permutations(rest):
            yield [items[i]] + p


def hanoi(n, a, b, c):
    if n > 0:
        yield from hanoi(n - 1, a, c, b)
        yield (a, c)
        yield from hanoi(n - 1, b, a, c)


def flatten(x):
    if isinstance(x, list):
        for y in x:
            yield from flatten(y)
    else:
        yield x


def queens(n, row, cols):
    if row == n:
        yield list(cols)
    for c in range(n):
        if all(c != cc and abs(c - cc) != row - r for r, cc in enumerate(cols)):
            cols.append(c)
            yield from queens(n, row + 1, cols)
            cols.pop()


def subsets(items, i=0):
    if i == len(items):
        yield ()
        return
    for rest in subsets(items, i + 1):
        yield rest
        yield (items[i],) + rest


def noisy(n):
    print("in", n)
    if n:
        yield from noisy(n - 1)
        yield n
    print("out", n)


def fails(n):
    if n == 0:
        raise ValueError("deep")
    yield n
    yield from fails(n - 1)


def deep(n):
    if n:
        yield from deep(n - 1)
    yield n


def big(n):
    if n:
        yield 2 ** (30 * n)
        yield from big(n - 1)


def first(n):
    for x in deep(n):
        if x > 3:
            return x
    return -1


def main():
    t = Tree()
    for k in [5, 2, 8, 1, 9, 3]:
        t.insert(k)
    print(list(t.walk(t.root)), [k for k in t], sum(t.walk(t.root)), list(t.paths(t.root, [])))
    print(sorted(t.walk(t.root), reverse=True), max(t.walk(t.root)), [x * 2 for x in t.walk(t.root) if x % 2])
    print(list(permutations([1, 2, 3])), len(list(permutations(list("abcd")))))
    print(list(hanoi(3, "A", "B", "C")), sum(1 for _ in hanoi(8, 0, 1, 2)))
    print(list(flatten([1, [2, [3, []], 4]])))
    print(next(queens(6, 0, [])), len(list(queens(6, 0, []))))
    print(list(subsets("abc")), {s: len(s) for s in subsets([1, 2])})
    for x in noisy(2):
        print("got", x)
        if x == 1:
            break
    try:
        for x in fails(2):
            print(x)
    except ValueError as e:
        print(e)
    try:
        print(sum(deep(5000)))
    except RecursionError as e:
        print("recursion")
    print(sum(deep(200)), first(10), first(2), list(big(3)))
    for a, (b, c) in enumerate(hanoi(2, 1, 2, 3)):
        print(a, b, c)
    g = hanoi(1, 1, 2, 3)
    print(next(g), next(g, "end"), any(x > 3 for x in deep(5)), dict(enumerate(deep(2))))


main()
