class Meta(type):
    registry = []
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, ns)
        mcs.registry.append((name, sorted(k for k in ns if not k.startswith("__")), kw))
        return cls
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.made = True
    def __call__(cls, *a, **k):
        o = super().__call__(*a, **k)
        return o
    def __len__(cls): return 42
    @property
    def nick(cls): return cls.__name__.lower()
class WithMeta(metaclass=Meta, flag=1):
    x = 1
    def f(self): return self.x
class Sub(WithMeta): y = 2
class Singleton(type):
    _inst = {}
    def __call__(cls, *args, **kwargs):
        if cls not in cls._inst: cls._inst[cls] = super().__call__(*args, **kwargs)
        return cls._inst[cls]
class Cfg(metaclass=Singleton):
    def __init__(self): self.v = 1

class ABCLike(type):
    def __instancecheck__(cls, o): return hasattr(o, "quack")
    def __subclasscheck__(cls, o): return True
    def __getitem__(cls, k): return (cls.__name__, k)
    def __iter__(cls): return iter([1, 2])
    def __contains__(cls, x): return x == 7
    def __repr__(cls): return f"<{cls.__name__}>"
    def __getattr__(cls, n): return "meta:" + n
    def __eq__(cls, o): return cls is o
    def __hash__(cls): return 5
    def __setattr__(cls, n, v): super().__setattr__(n, v * 2)
    def helper(cls): return "h" + cls.__name__
class Duck(metaclass=ABCLike): pass
class Q:
    quack = 1
class Prep(type):
    @classmethod
    def __prepare__(mcs, name, bases): return {"injected": 9}
    def __new__(mcs, name, bases, ns): 
        ns["keys"] = [k for k in ns if not k.startswith("__")]
        return type.__new__(mcs, name, bases, ns)
class P(metaclass=Prep):
    a = 1
    def f(self): pass
print(Meta.registry, WithMeta.made, len(WithMeta), WithMeta.nick, Sub.nick, type(WithMeta), type(Sub).__name__, WithMeta().f(), isinstance(WithMeta, Meta))
print(Cfg() is Cfg())
print(isinstance(Q(), Duck), isinstance(3, Duck), issubclass(int, Duck), Duck["x"], list(Duck), 7 in Duck, Duck, Duck.zork, Duck == Duck, hash(Duck), Duck.helper())
Duck.v = 4; print(Duck.v)
print(P.keys, P.injected)
D = type("D", (object,), {"x": 1, "f": lambda self: self.x}); print(D().f(), D.__name__, D, type(D))
M = Meta("M", (), {"q": 1}); print(M.registry, M.q)
print(type(Meta), Meta.__mro__, Meta.__bases__, isinstance(Meta, type))
try: WithMeta.nope
except AttributeError as e: print(e)
class Both(WithMeta, Q): pass
print(type(Both).__name__)
try:
    class Bad(WithMeta, Duck): pass
except TypeError as e: print(e)
import abc
class Shape(metaclass=abc.ABCMeta):
    @abc.abstractmethod
    def area(self): ...
    @property
    @abc.abstractmethod
    def nm(self): ...
class Sq(Shape):
    def area(self): return 4
    @property
    def nm(self): return "sq"
try: Shape()
except TypeError as e: print(e)
print(Sq().area(), Sq().nm, isinstance(Sq(), Shape), type(Shape))
Shape.register(int); print(isinstance(3, Shape), issubclass(int, Shape))
class Sized2(abc.ABC):
    @classmethod
    def __subclasshook__(cls, C): return hasattr(C, "__len__") or NotImplemented
print(isinstance([], Sized2), isinstance(5, Sized2))
