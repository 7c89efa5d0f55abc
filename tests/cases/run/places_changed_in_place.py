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


def counted(words):
    found = {}
    for word in words:
        found[word] = found.get(word, 0) + 1
    return found


def counted_with_if(words):
    found, late = {}, {}
    for word in words:
        if word in found:
            found[word] += 1
        else:
            found[word] = 1
        if word not in late:
            late[word] = 0.5
        else:
            late[word] *= 2
    return found, late


def numbered(pairs, texts, other):
    for pair in pairs:
        texts[pair] = texts.get(pair, "-") + "x"
        if pair[0] in other:
            other[pair[0]] -= pair[1]
        else:
            other[pair[0]] = -7
    # Another key, another dict, another default: each is what it says.
    copies = {}
    for pair in pairs:
        copies[pair[1]] = other.get(pair[0], 5) + 1
        copies[pair[0]] = copies.get(pair[1], 5) * 2
        if pair[0] in copies:
            other[pair[0]] += 1
        else:
            copies[pair[0]] = 1
    return texts, other, copies


def grown(n):
    powers = {"a": 1}
    for i in range(n):
        powers["a"] = powers.get("a", 1) * 3
        powers["b"] = powers.get("b", i) + i
    return powers


class Tally:
    def __init__(self):
        self.counts = {}

    def add(self, key, by):
        self.counts[key] = self.counts.get(key, 10) + by
        return self

    def drop(self, key):
        if key in self.counts:
            self.counts[key] -= 1
        else:
            self.counts[key] = 0


def mixed(keys):
    found = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
        if key in found:
            found[key] += 1
        else:
            found[key] = 1
    return found


print(counted("a b a é a b".split()), counted_with_if("x y x x".split()))
print(numbered([(1, 2), (3, 4), (1, 2), (2, 2)], {}, {}))
print(grown(3), grown(60))
tally = Tally()
tally.add("k", 1).add("k", 2).add("a longer key than seven", 3)
tally.drop("k")
tally.drop("m")
print(tally.counts)
print(mixed([1, True, 1.0, "1", (1,), (True,)]))
try:
    print(mixed([[1]]))
except TypeError as e:
    print(e)
