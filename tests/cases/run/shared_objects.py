class A:
    def __init__(self):
        self.l = [1]; self.s = {1}; self.d = {"a": [1]}; self.t = (1,); self.n = 1; self.f = 1.5; self.b = True; self.x = "a"; self.o = None; self.m = [[1, 2], [3, 4]]
    def go(self):
        alias = self.l
        self.l += [2]; self.l *= 2
        self.s |= {5}; self.s ^= {1}
        self.d["a"] += [9]; self.d["b"] = []; self.d["b"].append(3)
        self.t += (2,); self.n += True; self.n *= 2.0; self.f += 1; self.b += 1; self.b |= 4; self.x += "b"; self.x *= 3
        self.m[0][1] += 5; self.m[1] += [6]; self.m[0] = self.m[1]; self.m[0][0] -= 1
        self.m[1][0:2] = [7]; del self.m[0][0]
        return alias, self.l is alias
    def show(self): return [self.l, sorted(self.s), self.d, self.t, self.n, self.f, self.b, self.x, self.o, self.m]
class Ref:
    def __init__(self, items): self.items = items
    def add(self, v): self.items.append(v); return self
def rows():
    grid = [[0] * 3] * 2
    grid[0][1] = 5
    cp = [r[:] for r in grid]; cp[0][0] = 1
    a = b = [1, 2]
    a += [3]; a = a + [4]
    c = grid[0]; c[2] += 7; c.extend(x * 2 for x in b)
    d = dict.fromkeys("ab", []); d["a"].append(1)
    e = {k: [] for k in "xy"}; e["x"] += "hi"
    m = [{"k": 1}, {"k": 2}]
    for row in m: row["k"] += 10; row["new"] = row["k"]
    tot = {}
    for w in "a b a".split(): tot[w] = tot.get(w, 0) + 1
    z = [(1, [2])]; z[0][1].append(3)
    def inner(acc=[]): acc.append(len(acc)); return acc
    inner(); 
    q = [[1], [2]]; first, *rest = q; first.append(0); rest[0].append(9)
    s = q[0]; q[0] = [5]; s.append(8)
    st = [1, 2, 3]
    for x in st[:]:
        if x == 2: st.remove(x)
    w = [3, 1, 2]; w.sort(); w2 = sorted(w, reverse=True); w.reverse()
    return grid, cp, a, b, d, e, m, tot, z, inner(), q, s, st, w, w2
def shared():
    base = [0]
    r1, r2 = Ref(base), Ref(base)
    r1.add(1).add(2); r2.items += [3]
    r3 = Ref(r1.items[:]); r3.add(9)
    pair = (base, base); pair[0].append(4)
    dct = {"k": base}; dct["k"].append(5)
    return base, r1.items is r2.items, r3.items, pair
def swap(a, i, j): a[i], a[j] = a[j], a[i]
def perm(a, k=0):
    if k == len(a): yield tuple(a)
    for i in range(k, len(a)):
        swap(a, k, i); yield from perm(a, k + 1); swap(a, k, i)
def opt(x=None):
    if x is None: x = []
    x.append(1); return x
def floods(g, r, c, new):
    old = g[r][c]
    if old == new: return g
    def go(r, c):
        if 0 <= r < len(g) and 0 <= c < len(g[0]) and g[r][c] == old:
            g[r][c] = new
            for dr, dc in ((1, 0), (-1, 0), (0, 1), (0, -1)): go(r + dr, c + dc)
    go(r, c)
    return g
if __name__ == "__main__":
    a = A(); print(a.go(), a.show())
    print(rows()); print(shared()); print(list(perm([1, 2, 3]))); print(opt(), opt([5]), floods([[1, 1], [0, 1]], 0, 0, 7))
