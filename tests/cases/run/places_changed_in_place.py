def f():
    r = [0] * 3
    r[1] += r[0] == r[2]
    x = 5
    x += r[0] == r[2]
    return r, x
class D:
    def __init__(self): self.r = [0] * 3; self.n = 0
    def go(self, a, b):
        self.r[a] += self.r[a] == self.r[b]
        self.n += a < b
        return self.r
if __name__ == "__main__":
    print(f(), D().go(0, 1))
    d = D(); d.go(0, 1); print(d.n)
    adj = [[] for _ in range(3)]
    adj[0] += [1]; adj[1] += [2, 3]; adj[0] += adj[1]
    print(adj)
    g = {"a": [1]}
    g["a"] += [2]; g["a"] *= 2
    fl = [1.5, 2.5]; fl[0] += 1; fl[1] += True; fl[0] **= 2
    mix = [1, 2]; mix[0] += 1.5; mix[1] /= 2
    tup = [(1,), (2,)]; tup[0] += (5,)
    st = [set(), {1}]; st[0] |= {3}; st[1] -= {1}
    bl = [True, False]; bl[0] += 1; bl[1] |= True; bl2 = [True, False]; bl2[1] ^= True
    nested = [[0, 0], [0, 0]]; nested[1][0] += nested[0][0] == 0; nested[0][1] -= True
    by = [b"a"]; by[0] += b"c"
    dd = {1: 0}; dd[1] += 1 < 2; dd[1] <<= 3
    dc = {1: True}; dc[1] &= False
    print(g, fl, mix, tup, st, bl, bl2, nested, by, dd, dc)
    op = [None, 3]; op[1] += 1; print(op)
