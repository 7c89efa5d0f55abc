"""A search tree of linked nodes: put in, found, walked, taken out.

    python3 search_tree.py [KEYS]
"""

import sys


class Node:
    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.left = None
        self.right = None


class Tree:
    def __init__(self):
        self.root = None
        self.count = 0

    def put(self, key, value):
        if self.root is None:
            self.root = Node(key, value)
            self.count = 1
            return
        node = self.root
        while True:
            if key == node.key:
                node.value = value
                return
            if key < node.key:
                if node.left is None:
                    node.left = Node(key, value)
                    break
                node = node.left
            else:
                if node.right is None:
                    node.right = Node(key, value)
                    break
                node = node.right
        self.count += 1

    def get(self, key, default=None):
        node = self.root
        while node is not None and node.key != key:
            node = node.left if key < node.key else node.right
        return default if node is None else node.value

    def __iter__(self):
        waiting, node = [], self.root
        while waiting or node is not None:
            while node is not None:
                waiting.append(node)
                node = node.left
            node = waiting.pop()
            yield node.key, node.value
            node = node.right


def depth(node):
    return 0 if node is None else 1 + max(depth(node.left), depth(node.right))


def main(keys):
    tree, state = Tree(), 3
    for number in range(keys):
        state = (state * 1103515245 + 12345) % 2147483648
        tree.put(state % (2 * keys), number)
    found = sum(1 for key in range(2 * keys) if tree.get(key) is not None)
    mixed = 0
    for key, value in tree:
        mixed = (mixed * 31 + key * value) % 1000000007
    return f"{tree.count} {found} {depth(tree.root)} {mixed}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 30000))
