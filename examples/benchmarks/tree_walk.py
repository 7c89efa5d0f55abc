"""A tree walked by a recursive generator, and permutations from another.

    python3 tree_walk.py [KEYS]
"""

import sys


class Node:
    def __init__(self, key):
        self.key = key
        self.left = None
        self.right = None


class Tree:
    def __init__(self):
        self.root = None

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

    def __iter__(self):
        yield from self._walk(self.root)

    def _walk(self, node):
        if node is not None:
            yield from self._walk(node.left)
            yield node.key
            yield from self._walk(node.right)


def permutations(items):
    if len(items) <= 1:
        yield items
        return
    for i in range(len(items)):
        for p in permutations(items[:i] + items[i + 1:]):
            yield [items[i]] + p


def main(n):
    t = Tree()
    x = 42
    for _ in range(n):
        x = (x * 6364136223846793005 + 1442695040888963407) % 2**64
        t.insert(x >> 40)
    s = 0
    for i, k in enumerate(t):
        s = (s * 31 + k + i) % 1000000007
    c = 0
    for p in permutations([1, 2, 3, 4, 5, 6, 7]):
        c += p[0] * p[-1]
    print(s, c)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40000)
