class Bag:
    def __init__(self, n):
        self.items = []
        self.n = n
    def __len__(self):
        return len(self.items)
    def put(self, x):
        self.items.append(x)
class Off:
    def __init__(self, v):
        self.v = v
    def __bool__(self):
        return self.v > 0
    def get(self):
        return self.v
def test(n):
    b = Bag(n)
    out = []
    if b:
        out.append(1)
    b.put(n)
    if b:
        out.append(2)
    o = Off(-n)
    out.append(o.get())
    if not o:
        out.append(3)
    while not b and n > 3:
        n -= 1
    x = o or b
    y = bool(o)
    return out, y, x is b
if __name__ == "__main__":
    print(test(5))
