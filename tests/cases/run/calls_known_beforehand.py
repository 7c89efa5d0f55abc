class Box:
    def __init__(self):
        self.map = {}

    def get(self, key):
        n = self.map.get(key)
        if n is None:
            return -1
        return n

    def put(self, key, value):
        self.map[key] = value

    def pair(self, key, value):
        self.map[key] = value
        return key, value

b = Box()
print([b.put(1, 10), b.put(2, 20), b.get(1), b.get(5)])
def f(b, k):
    return [b.put(k, 10), b.get(k)]
print(f(b, 3))
def g(b, k):
    x = (b.put(k, 11), b.get(k))
    y = {"a": b.put(k, 12), "b": b.get(k)}
    return x, y
print(g(b, 3))
def put(d, k, v):
    d[k] = v
def pair(d, k, v):
    d[k] = v
    return k, v
def h(n):
    d = {}
    if put(d, 1, n) is None:
        n += 1
    if put(d, 2, n) is not None:
        n += 1
    if not put(d, 3, n):
        n += 1
    if put(d, 4, n):
        n += 1
    if pair(d, 5, n):
        n += 1
    x = put(d, 6, n) or 7
    y = put(d, 7, n) and 7
    z = pair(d, 8, n) or None
    w = pair(d, 9, n) and 5
    v = put(d, 10, n) if n > 3 else n
    u = put(d, 11, n) == None
    t = put(d, 12, n) != None
    s = [put(d, i, n) for i in range(20, 23)]
    r = [put(d, i, n) or i for i in range(30, 33)]
    q = {i: put(d, i + 10, n) for i in range(30, 33)}
    o = isinstance(put(d, 43, n), int)
    m = bool(put(d, 44, n)), bool(pair(d, 45, n)), len(pair(d, 46, n)), str(put(d, 47, n)), type(put(d, 48, n)) is int
    a = put(d, 49, n) is put(d, 50, n)
    c = put(d, 51, n) in (None, 1)
    e = [put(d, 52, n), 1, 2.5]
    i = f"{put(d, 53, n)}"
    j = pair(d, 54, n) is None
    k = pair(d, 55, n)[0], pair(d, 56, n)[1]
    l = min(put(d, 57, n) or 1, 2)
    (put(d, 58, n), 1)[1]
    while put(d, 59, n):
        pass
    assert not put(d, 60, n)
    p = 1 if put(d, 61, n) else 2
    put(d, 62, n) is None
    [x for x in range(3) if not put(d, 63 + x, n)]
    any(put(d, 70 + x, n) for x in range(3))
    return d, n, x, y, z, w, v, u, t, s, r, q, o, m, a, c, e, i, j, k, l, p
print(h(3))
def two(d, n):
    d[n] = n
    return 1, 2
def opt(d, k):
    d[k] = k
    return k if k > 3 else None
def kk():
    d = {}
    a = opt(d, 1) is None, opt(d, 5) is not None, opt(d, 2) == None, not opt(d, 3)
    x = two(d, 100)[0]
    (b, c), e = two(d, 101), two(d, 102)
    _ = two(d, 103) == (1, 2), two(d, 104) < (3,), (1, 2) in [two(d, 105)]
    s = len(two(d, 106))
    t = isinstance(two(d, 107), tuple)
    for q in two(d, 108):
        pass
    z = max(two(d, 109))
    two(d, 110)[1:]
    [1, 2][two(d, 111)[0]]
    u = type(two(d, 112)).__name__
    v = 3 if isinstance(opt(d, 113), (int, str)) else 4
    w = callable(two(d, 114)), hash(two(d, 115)) == 1, id(two(d, 116)) == 0
    return d, a, x, b, c, e, s, t, q, z, u, v, w
print(kk())
