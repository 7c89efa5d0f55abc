# Variables that inner functions share: named in capitals, as the compiler's own statics are, and in initializers.


def limit():
    return 10


def counters():
    LIMIT_SIGNATURE = 4
    HERE = [1]

    def read():
        return LIMIT_SIGNATURE, HERE, limit()

    return read


HERE = "module"


class Remembering:
    """Holds a function that its initializer makes."""

    def __init__(self, source, scale=2):
        if callable(source):
            get = source
        else:

            def _get():
                return source * scale

            get = _get
        self.get = get
        self.scale = scale

    def value(self):
        return self.get() + self.scale


class Sorted:
    def __init__(self, items, key=None):
        self.items = sorted(items, key=key or (lambda item: (item % scale(), item)))

    def first(self):
        return self.items[0]


def scale():
    return 3


if __name__ == "__main__":
    print(counters()(), HERE)
    print(Remembering(5).value(), Remembering(lambda: 7).value(), Remembering("ab", 3).get())
    print(Sorted([4, 2, 9, 7]).first(), Sorted([4, 2], key=lambda x: -x).first())
