class Base:
    KIND = "base"

    def __init__(self, n):
        self.n = n
        self.items = [1, 2]
        self.total = self.sum_up()
        self.name = self.label()

    def sum_up(self):
        return sum(self.items) + self.n

    def label(self):
        return f"{self.KIND}:{self.total}"


class Derived(Base):
    KIND = "derived"

    def __init__(self, n, m):
        self.m = m
        super().__init__(n)
        self.extra = self.total * 2
        self.bump()
        self.bump()

    def sum_up(self):
        return self.m * 100 + self.n

    def bump(self):
        self.extra += 1


class Node:
    def __init__(self, depth):
        self.depth = depth
        self.child = self.make()
        self.size = 1 + (self.child.size if self.child else 0)

    def make(self):
        return Node(self.depth - 1) if self.depth > 0 else None


class Broken:
    def __init__(self):
        self.a = 1
        self.b = self.early()
        self.c = 3

    def early(self):
        return self.c


class Half:
    def __init__(self, n):
        self.n = n
        if n > 2:
            self.word = "big"
        self.size = self.measure()
        self.word = "end"

    def measure(self):
        return self.n * 3


class Grid:
    def __init__(self, w, h):
        self.w, self.h = w, h
        self.reset()
        self.cells = self.blank()
        for i in range(w):
            self.mark(i, i % h)
        self.used = self.count

    def reset(self):
        self.moves = 0

    def blank(self):
        return [[0] * self.w for _ in range(self.h)]

    def mark(self, x, y):
        self.cells[y][x] = 1
        self.moves += 1

    @property
    def count(self):
        return sum(sum(row) for row in self.cells)


def main():
    for b in (Base(3), Derived(3, 4)):
        print(b.n, b.items, b.total, b.name)
    d = Derived(1, 2)
    print(d.extra, d.m)
    print(Node(5).size)
    try:
        Broken()
    except AttributeError as e:
        print(e)
    print(Half(1).size, Half(5).word)
    g = Grid(5, 3)
    print(g.cells, g.used, g.moves)


main()
