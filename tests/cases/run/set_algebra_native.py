"""Sets of one kind of items against each other: natively, in CPython's order, in place where Python says so."""


def grid(n, step):
    return {(x, y) for x in range(0, n, step) for y in range(0, n, step + 1)}


def algebra(a, b):
    print(sorted(a | b)[:5], len(a & b), sorted(a - b)[-3:], sorted(a ^ b)[:4])
    print(list(a | b)[:4], list(a & b)[:4], list(a - b)[:4], list(a ^ b)[:4])
    print(a <= b, a >= b, a & b <= a, a | b >= b, a == b, a != b, a.isdisjoint(b))
    print(a.union(b) == a | b, a.intersection(b) == a & b, a.difference(b) == a - b)
    print(a.symmetric_difference(b) == a ^ b, a.issubset(a | b), a.issuperset(b))
    items = list(b)
    print(list(a.union(items))[:5], list(a.intersection(items))[:5], list(a.difference(items))[:5])
    print(min(a), max(a))


def in_place(a, b, c):
    alias = a
    a |= b
    print(alias is a, len(alias))
    a &= b
    print(alias is a, sorted(alias)[:3])
    a ^= c
    print(alias is a, sorted(alias)[:3])
    a -= c
    print(alias is a, len(alias))
    a.update(c)
    a.update([(7, 7), (8, 8), (7, 7)])
    print(len(alias), (7, 7) in alias)
    a |= a
    a -= a
    print(alias, len(a))


def frontier(start, rounds):
    seen = {start}
    edge = {start}
    for _ in range(rounds):
        edge = {(x + dx, y + dy) for x, y in edge for dx, dy in ((0, 1), (1, 0), (0, -1), (-1, 0))} - seen
        seen |= edge
    return len(seen), min(seen), max(seen)


def words(a, b):
    left, right = set(a.split()), set(b.split())
    print(sorted(left & right), sorted(left - right), sorted(left | right), left.isdisjoint(right))
    left &= right
    print(left)


def empty(n):
    nothing = {i for i in range(n) if i > n}
    some = {i for i in range(n)}
    print(nothing | some == some, nothing & some, some - some, nothing <= some, nothing.isdisjoint(nothing))
    try:
        print(min(nothing))
    except ValueError as error:
        print(error)
    try:
        print(max(nothing))
    except ValueError as error:
        print(error)


def main():
    algebra(grid(6, 2), grid(7, 3))
    in_place(grid(6, 2), grid(7, 3), grid(4, 1))
    print(frontier((0, 0), 6))
    words("a b c d e", "d e f g")
    empty(5)


if __name__ == "__main__":
    main()
