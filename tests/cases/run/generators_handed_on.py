"""Functions and methods that only hand on a generator."""


class Node:
    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right


class Tree:
    def __init__(self):
        self.root = None
        self.reads = 0

    def add(self, key):
        self.root = self._add(self.root, key)

    def _add(self, node, key):
        if node is None:
            return Node(key)
        if key < node.key:
            node.left = self._add(node.left, key)
        elif key > node.key:
            node.right = self._add(node.right, key)
        return node

    def walk(self):
        return self._walk(self.root)

    def _walk(self, node):
        if node is not None:
            yield from self._walk(node.left)
            yield node.key
            yield from self._walk(node.right)

    def above(self, least):
        return self._above(self.root, least)

    def _above(self, node, least):
        if node is not None:
            yield from self._above(node.left, least)
            if node.key > least:
                yield node.key
            yield from self._above(node.right, least)

    def __iter__(self):
        return self._walk(self.root)


class Forest:
    def __init__(self, trees):
        self.trees = trees
        self.first = trees[0]

    def total(self):
        found = 0
        for key in self.first.walk():
            found += key
        for tree in self.trees:
            for key in tree.above(10):
                found += 1000 * key
        return found


def down(node):
    if node is not None:
        yield node.key
        yield from down(node.left)


def spine(tree):
    return down(tree.root)


def changed_meanwhile(tree):
    out = []
    for key in tree.walk():
        out.append(key)
        if len(out) == 2:
            tree.root = None
    return out


def noisy(tree):
    print("asked")
    return tree.walk()


def main():
    trees = [Tree() for _ in range(3)]
    for i in range(60):
        trees[i % 3].add(i * 37 % 61)
    tree = trees[0]
    print(list(tree.walk()), sum(tree.walk()), max(tree.above(50)), [k for k in tree.above(40) if k % 2])
    print(list(tree), sum(k for k in tree))
    print([k for k in spine(tree)], list(spine(Tree())))
    print(Forest(trees).total())
    for key in noisy(trees[1]):
        if key > 5:
            print(key)
            break
    for a, b in zip(trees[1].walk(), trees[2].above(3)):
        print(a, b, end=";")
    print()
    print(changed_meanwhile(trees[1]), trees[1].root is None)


if __name__ == "__main__":
    main()
