from dataclasses import dataclass, field
class Outer:
    class Inner:
        def m(self): return 1
        class Deep:
            def d(self): return lambda: 1
    def mm(self):
        class Local:
            def l(self): return 2
        return Local
def f():
    class C:
        class D:
            def g(self): pass
            @staticmethod
            def s(): pass
        def h(self):
            def inner(): pass
            return inner
    return C
@dataclass
class P:
    x: int
    y: float = 1.5
    z: list = field(default_factory=list)
    w: "str" = "a"
@dataclass
class Q:
    "own doc"
    a: int
@dataclass
class R: pass
@dataclass(init=False)
class N:
    a: int
class Err(Exception):
    class Kind(Exception): pass
if __name__ == "__main__":
    print(Outer.__qualname__, Outer.Inner.__qualname__, Outer.Inner.m.__qualname__, Outer.Inner.Deep.__qualname__, Outer.Inner.Deep.d.__qualname__, Outer.Inner.Deep().d().__qualname__)
    print(Outer().mm().__qualname__, Outer().mm().l.__qualname__, Outer.Inner, Outer().mm())
    c = f(); print(c.__qualname__, c.D.__qualname__, c.D.g.__qualname__, c.D.s.__qualname__, c().h().__qualname__, c, c.D)
    print(repr(Outer.Inner())[:30], Err.Kind, repr(Err.Kind(1)))
    try: Outer.Inner.m()
    except TypeError as e: print(e)
    try: c.D().g(1)
    except TypeError as e: print(e)
    try: Outer.Inner(3)
    except TypeError as e: print(e)
    print(P.__init__.__qualname__, P.__repr__.__qualname__)
    try: P()
    except TypeError as e: print(e)
    @dataclass
    class Loc:
        a: int
    print(Loc(1), Loc.__qualname__)
    def mk():
        @dataclass
        class L2:
            a: int
        return L2
    raise Err.Kind("uncaught")
