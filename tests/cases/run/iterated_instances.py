"""Loops over instances: generators as `__iter__`, iterators of what they hold, and trees that go through themselves."""


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next


class Linked:
    def __init__(self, items=()):
        self.head = None
        self.size = 0
        for item in items:
            self.push(item)

    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1

    def __iter__(self):
        cur = self.head
        while cur is not None:
            yield cur.value
            cur = cur.next

    def __len__(self):
        return self.size

    def __repr__(self):
        return "Linked([" + ", ".join(repr(v) for v in self) + "])"

    def __contains__(self, wanted):
        for v in self:
            if v == wanted:
                return True
        return False


class Deck:
    def __init__(self, cards):
        self.cards = cards

    def __iter__(self):
        return iter(self.cards)


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value = value
        self.left = left
        self.right = right

    def insert(self, v):
        if v < self.value:
            if self.left is None:
                self.left = Tree(v)
            else:
                self.left.insert(v)
        elif self.right is None:
            self.right = Tree(v)
        else:
            self.right.insert(v)

    def __iter__(self):
        if self.left is not None:
            yield from self.left
        yield self.value
        if self.right is not None:
            yield from self.right


def main():
    l = Linked([1, 2, 3, 4])
    print(l, len(l), sum(l), list(l), max(l), 3 in l, 9 in l, sorted(l))
    total = 0
    for a in l:
        for b in l:
            total += a * b
        if a == 2:
            break
    print(total, [x * 2 for x in l if x % 2], {x: x for x in l})
    print(any(x > 3 for x in l), tuple(l), min(l))
    d = Deck(["a", "b", "c"])
    for c in d:
        if c == "b":
            d.cards.append("z")
        print(c, end=" ")
    print(list(d), ",".join(d), [c for c in d], sorted(d))
    for i, c in enumerate(d):
        print(i, c, end=";")
    print()
    t = Tree(5)
    for v in [3, 8, 1, 4, 9, 7]:
        t.insert(v)
    print(list(t), sum(t), [v for v in t if v > 4])
    empty = Linked()
    print(list(empty), sum(empty), empty)


def together():
    l, d = Linked([1, 2]), Deck("ab")
    for x, y in zip(d, l):
        print(x, y, end=";")
    print()
    a, *b = l
    print(a, b)


if __name__ == "__main__":
    main()
