"""What makes a list or tuple of an instance asks for its length first."""
import operator


class A:
    def __init__(self, items):
        self.items = items
        self.asked = 0
    def __iter__(self):
        return iter(self.items)
    def __len__(self):
        self.asked += 1
        return 3
class B:
    def __init__(self, n):
        self.n = n
        self.asked = 0
    def __iter__(self):
        for i in range(self.n):
            yield i
    def __len__(self):
        self.asked += 1
        return 3
class Shy:
    def __iter__(self):
        return iter("ab")

    def __len__(self):
        raise TypeError("not telling")


class Broken(Shy):
    def __len__(self):
        raise LookupError("no length")


class Hinted(Shy):
    __len__ = None

    def __length_hint__(self):
        print("hint")
        return 2


def as_value(b):
    print(list(b), b.asked, sorted(b), b.asked, sum(b), b.asked, [x for x in b], b.asked, tuple(b), b.asked, [*b], b.asked)
    x = []
    x.extend(b); print(b.asked)
    x += b; print(b.asked)
    x[1:2] = b; print(b.asked, set(b), b.asked, dict(zip(b, b)), b.asked, ",".join(str(q) for q in b), b.asked)
    print((*b,), b.asked)
    setattr(b, "z", 1)


def failing():
    print(list(Shy()), sorted(Shy()), tuple(Shy()), operator.length_hint(Shy(), 7))
    for make in (list, sorted, tuple, set, "".join):
        try:
            print(make(Broken()))
        except LookupError as error:
            print("LookupError", error)
    for make in (list, tuple, set):
        try:
            print(make(Hinted()))
        except TypeError as error:
            print(error)


def main():
    a = A([1, 2, 3]); b = B(4)
    print(list(a), a.asked, sorted(a), a.asked, sum(a), a.asked, [x for x in a], a.asked, tuple(a), a.asked)
    print(list(b), b.asked, sorted(b), b.asked, sum(b), b.asked, [x for x in b], b.asked, tuple(b), b.asked)
    as_value(B(4))
    failing()


if __name__ == "__main__":
    main()
