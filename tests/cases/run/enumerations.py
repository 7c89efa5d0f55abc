from enum import Enum, IntEnum, Flag, auto, unique, IntFlag
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1
    def describe(self): return f"{self.name}={self.value}"
    @classmethod
    def default(cls): return cls.RED
    @property
    def low(self): return self.name.lower()
class Size(IntEnum):
    S = 1
    M = 2
class Auto(Enum):
    A = auto()
    B = auto()
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.4e23, 3.4e6)
    def __init__(self, mass, radius):
        self.mass = mass; self.radius = radius
class S(str, Enum):
    A = "a"
    B = "b"
def f(): return Color.RED
def pick(n): return Color(n).name
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"], list(Color), len(Color), Color.CRIMSON is Color.RED, Color.RED == 1, Color.RED.describe(), Color.default(), Color.BLUE.low)
print(Size.S < Size.M, Size.S + 1, Size.S == 1, repr(Size.M), str(Size.M), f"{Size.M}", sorted(Size), isinstance(Size.S, int))
print(list(Auto), Auto.B.value, Planet.EARTH.mass, Planet.MARS)
print(Perm.R | Perm.W, Perm.RW, Perm.R in Perm.RW, ~Perm.R, Perm.R & Perm.W, bool(Perm.R & Perm.W), list(Perm.RW), Perm(5))
print(S.A == "a", S.A, S.A.upper(), {Color.RED: 1}[Color.RED], Color.__members__, hash(Color.RED) == hash("RED"))
for bad in (lambda: Color(9), lambda: Color["X"], lambda: Color.NOPE, lambda: setattr(Color, "RED", 5)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
try:
    @unique
    class Dup(Enum):
        A = 1
        B = 1
except ValueError as e: print(e)
print(Color, type(Color.RED), isinstance(Color.RED, Color), Color.RED in Color, [c.name for c in Color])
