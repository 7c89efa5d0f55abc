def perms(items):
    result = []
    used = [False] * len(items)
    def go(path):
        if len(path) == len(items):
            result.append(path[:])
            return
        for i in range(len(items)):
            if used[i]:
                continue
            used[i] = True
            path.append(items[i])
            go(path)
            path.pop()
            used[i] = False
    go([])
    return result
def queens(n):
    count = 0
    cols, d1, d2 = set(), set(), set()
    def place(r):
        nonlocal count
        if r == n:
            count += 1
            return
        for c in range(n):
            if c in cols or r - c in d1 or r + c in d2:
                continue
            cols.add(c); d1.add(r - c); d2.add(r + c)
            place(r + 1)
            cols.discard(c); d1.discard(r - c); d2.discard(r + c)
    place(0)
    return count
def early():
    try:
        late(3)
    except UnboundLocalError as e:
        print("early", e)
    def late(x):
        return x + 1
    return late(4)
def siblings(n):
    def even(k):
        return True if k == 0 else odd(k - 1)
    def odd(k):
        return False if k == 0 else even(k - 1)
    return even(n), odd(n)
def helper(xs):
    def sq(x, times=2):
        return x ** times
    def half(x):
        return x / 2
    def label(x, *rest, sep="-", **kw):
        return f"{x}{sep}{len(rest)}{sorted(kw)}"
    return [sq(x) for x in xs], [half(x) for x in xs], half(x=10), label(1, 2, 3, sep="+", a=1)
def escapes(n):
    def inc(x):
        return x + n
    f = inc
    return f(1), inc(2), list(map(inc, [1, 2]))
def rebinds(n):
    def f(x):
        return x + n
    a = f(1)
    n = 10
    b = f(1)
    def f(x):
        return x * n
    return a, b, f(3)
def deep(n):
    def outer(a):
        def inner(b):
            return a + b + n
        return inner(a * 2)
    return outer(5)
def poly(n):
    def ident(x):
        return x
    return ident(n), ident("s"), ident([n]), ident(None), ident(1.5)
def loops(n):
    out = []
    for i in range(n):
        def g():
            return i * 10
        out.append(g())
    return out
def recursion(n):
    def down(k):
        return 0 if k == 0 else 1 + down(k - 1)
    try:
        return down(n)
    except RecursionError:
        return "deep"
def raises(n):
    total = 0
    def add(k):
        nonlocal total
        total += k
        if total > 5:
            raise ValueError(f"too much {total}")
        return total
    try:
        for i in range(n):
            add(i)
    except ValueError as e:
        return str(e), total
    return total
def big(n):
    acc = [1]
    def grow(k):
        acc[0] = acc[0] * k
        return acc[0]
    for i in range(1, n):
        grow(i)
    return acc[0]
def wrong():
    def one(x):
        return x
    try:
        return one()
    except TypeError as e:
        return str(e)
def tree():
    class_ = {"a": {"b": {}, "c": {"d": {}}}}
    names = []
    def walk(node, depth):
        for key in node:
            names.append((key, depth))
            walk(node[key], depth + 1)
    walk(class_, 0)
    return names
def memo(n):
    cache = {}
    def fib(k):
        if k in cache:
            return cache[k]
        r = k if k < 2 else fib(k - 1) + fib(k - 2)
        cache[k] = r
        return r
    return fib(n)
if __name__ == "__main__":
    print(len(perms([1, 2, 3, 4, 5])), perms("ab"), queens(6))
    print(early(), siblings(7), helper([1, 2, 3]), escapes(5), rebinds(2), deep(1), poly(4), loops(3))
    print(recursion(50), recursion(5000), raises(10), raises(2), big(30), wrong(), tree(), memo(80), memo(150))
