import sys
import collections
from collections import deque, defaultdict, Counter

def bfs(n, edges):
    adj = defaultdict(list)
    for a, b in edges:
        adj[a].append(b)
        adj[b].append(a)
    dist = {0: 0}
    q = deque([0])
    while q:
        u = q.popleft()
        for v in adj[u]:
            if v not in dist:
                dist[v] = dist[u] + 1
                q.append(v)
    return dist, len(adj)

def words(text):
    c = Counter(text.split())
    c2 = Counter(w[0] for w in text.split())
    c["zzz"] += 5
    total = 0
    for k, v in c.items():
        total += v
    return c.most_common(2), c2.most_common(), c["nothing"], len(c), total, "nothing" in c, c.total()

def window(xs, k):
    dq = collections.deque()
    out = []
    for i, x in enumerate(xs):
        while dq and xs[dq[-1]] <= x:
            dq.pop()
        dq.append(i)
        if dq[0] <= i - k:
            dq.popleft()
        if i >= k - 1:
            out.append(xs[dq[0]])
    dq.rotate(2); dq.extend([7, 8]); dq.extendleft([1, 2]); dq.appendleft(9)
    return out, list(dq), len(dq), 7 in dq

def sums(n):
    d = defaultdict(int)
    f = defaultdict(float)
    s = defaultdict(set)
    nested = defaultdict(dict)
    for i in range(n):
        d[i % 7] += i
        f[i % 3] += i / 2
        s[i % 4].add(i % 5)
        nested[i % 2][i] = str(i)
    x = d[100]
    y = d.get(200)
    return dict(d), f, {k: sorted(v) for k, v in s.items()}, nested, x, y, len(d)

def mutate(n):
    q = deque(range(n))
    try:
        for x in q:
            if x == 2:
                q.append(5)
    except RuntimeError as e:
        return str(e)
    return "none"

def empty():
    q = deque()
    q.append(1)
    q.pop()
    try:
        q.pop()
    except IndexError as e:
        return str(e)

def dele(c):
    k = Counter("abracadabra")
    del k["a"]
    del k["nope"]
    k.update("bbb")
    k.update(["q", "q"])
    d = defaultdict(int)
    d["x"] = 4
    d["y"] -= 3
    try:
        del d["zz"]
    except KeyError as e:
        print("KeyError", e)
    d.pop("x")
    d.setdefault("w", 9)
    return k, d, sorted(d), max(d.values()), d == {"y": -3, "w": 9}, bool(d), repr(k)

def lim(xs):
    q = deque(xs, maxlen=3)
    q.append(10)
    return q

def esc(store):
    d = defaultdict(list)
    d["a"].append(1)
    store.append(d)
    d["b"].append(2)
    return d, store

if __name__ == "__main__":
    print(bfs(6, [(0, 1), (1, 2), (3, 4), (2, 5)]))
    print(words("the cat the dog a cat the end"))
    print(window([1, 3, -1, -3, 5, 3, 6, 7], 3))
    print(sums(20))
    print(mutate(5), empty())
    print(dele(0))
    print(lim([1, 2, 3, 4]))
    print(esc([]))
    print(Counter(), defaultdict(list), deque(), deque("abc"), Counter({"a": 3}), Counter(a=2))
    q = deque([(1, 2)])
    (a, b) = q.popleft()
    print(a, b, isinstance(q, deque), isinstance(Counter("a"), dict))


near = set()
for i in [5, -1, -2, 63, 64, -64, -65, 2**61 - 1 + 5, 2**61 - 2, 0, -(2**61 - 1), True, 5]:
    near.add(i)
    print(i in near, len(near))
for i in [-1, -2, 5, 2**61 + 4, 7, 64]:
    near.discard(i)
    print(sorted(near), i in near, 2**61 + 4 in near)


def natively(xs, ys):
    a, b = set(xs), set(ys)
    out = []
    for k in range(-70, 70):
        both = 4 * (k in (a | b)) + 8 * (k in (a & b)) + 16 * (k in (a - b)) + 32 * (k in (a ^ b))
        out.append((k in a) + 2 * (k in b) + both)
    a.update(b)
    b.clear()
    out.append(len([k for k in range(-70, 70) if k in a]))
    c = a.copy()
    while len(c) > 3:
        x = c.pop()
        out.append(x in c)
        c.discard(x + 1)
    a.difference_update({1, 2, 3})
    a.symmetric_difference_update({3, 4, 100})
    a.intersection_update(set(range(-10, 90)))
    out += [k for k in range(-70, 110) if k in a]
    try:
        a.remove(1)
    except KeyError as e:
        out.append(len(str(e)))
    for n in range(200):
        a.add(n % 70)
        if n % 3:
            a.discard(n % 11)
    out += [k for k in range(-5, 75) if k in a]
    return out, list(a), list(c), 3 in a, -1 in b


print(natively([1, 2, 3, 50, -60, 1000, -1, -2], [3, 4, -64, 63, 64, 2**61 + 4]))
