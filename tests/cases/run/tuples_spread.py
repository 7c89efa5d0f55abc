from collections import Counter


class P:
    def __init__(self, x, y, label="p"):
        self.x, self.y, self.label = x, y, label


def pair(n):
    return n, n * 2.5


def three(n):
    return [n], {"k": n}, str(n)


def show(a, b, c="z"):
    print(a, b, c)


def rest(first, *others):
    return first, others


def count(words):
    c = Counter(words)
    return c, len(c)


def report(c, n):
    print(c.most_common(2), n)


def main():
    show(*pair(3))
    show(*three(4))
    t = (1, 2)
    show(*t, c="kw")
    show(0, *t)
    print(rest(*pair(5)))
    p = P(*pair(6))
    print(p.x + p.y, p.label)
    print(max(*t), *t, sep="-")
    try:
        show(*(1, 2, 3, 4))
    except TypeError as e:
        print(e)
    try:
        show(*pair(1), *pair(2))
    except TypeError as e:
        print(e)
    report(*count(["a", "b", "a"]))
    print(divmod(*(17, 5)), range(*t))


main()
