class Tok:
    def __init__(self, v): self.v = v
class Var:
    def __init__(self, d=object()): self.d = d; self.t = None
    def set(self, v):
        token = Tok(v)
        return token
def outer():
    def inner(x): return Tok(x)
    return inner
if __name__ == "__main__":
    print(outer()(3).v)
    print(Var().set(4).v)
    G = [1]
    def mk():
        acc = []
        def add(x):
            acc.append(x)
            return acc
        return add
    f = mk(); a = f(1); b = f(2); print(a is b, a)
    def ident(x): return G
    fs = [ident]; fs[0](0).append(5); print(G)
    class Tree:
        def __init__(self, v): self.v = v; self.kids = []
        def add(self, k): self.kids.append(k); return self
    t = Tree(1).add(Tree(2)); w = lambda n: [n.v] + [y for c in n.kids for y in w(c)]
    print(w(t))
    tt = map(lambda n: n.kids, [t]); next(tt).append(Tree(9)); print(w(t))
