M = object()
LIM = 3
class A:
    def __init__(self, x, *, d=M, k=LIM + 1, lst=[]): self.x = x; self.d = d; self.k = k; self.lst = lst
    def get(self, e=LIM * 2, f=None): return self.x + e, f
class B:
    def __init__(self, v=LIM): self.v = v
    def g(self, a, b=LIM): return a + b + self.v
if __name__ == "__main__":
    a = A(1); print(a.d is M, a.k, a.get(), a.get(1), B().v, B(7).g(1), B().g(1, b=2)); A(2).lst.append(4); print(A(3).lst)
