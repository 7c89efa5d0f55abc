"""Enumerations of constants, carried natively; then what only the object itself answers."""

import enum
from dataclasses import dataclass, field
from enum import Enum, auto, unique, IntEnum


class State(Enum):
    IDLE = auto()
    RUN = 5
    WAIT = auto()
    OTHER = 5


class Light(Enum):
    RED = "red"
    GREEN = "green"
    YELLOW_LONG_NAME = "yellow"
    def next(self):
        order = list(Light)
        return order[(order.index(self) + 1) % len(order)]
    @property
    def short(self):
        return self.value[0]
    @classmethod
    def default(cls):
        return cls.RED
    @staticmethod
    def parse(text):
        return Light[text.upper()]
    def __str__(self):
        return f"*{self.name.lower()}*"


@unique
class Dir(enum.Enum):
    UP = -1
    DOWN = 1


class Lvl(IntEnum):
    LOW = 1
    HIGH = 2


TABLE = {State.IDLE: State.RUN, State.RUN: State.WAIT, State.WAIT: State.IDLE}


class M:
    def __init__(self):
        self.state = State.IDLE
        self.counts = {s: 0 for s in State}
    def step(self, x):
        self.counts[self.state] += 1
        if self.state is State.RUN and x % 3 == 0:
            return
        self.state = TABLE[self.state] if self.state != State.WAIT else State.IDLE


def look(v):
    try:
        return State(v)
    except ValueError as e:
        return str(e)


def named(n):
    try:
        return Light[n]
    except KeyError as e:
        return repr(e)


def sets():
    seen = {State.RUN, State.IDLE, State.WAIT}
    lights = set(Light)
    return [s.name for s in seen], [x.value for x in lights], State.OTHER in seen


def main():
    print(State.IDLE, State.RUN.value, Light("red"), Light["GREEN"].name, [s for s in State], Lvl.HIGH > 1)
    print(State.OTHER, State.OTHER is State.RUN, State["OTHER"], len(State), list(Light), repr(Light.RED))
    m = M()
    for i in range(20):
        m.step(i)
    print(m.state, m.counts, m.state.name)
    print(look(5), look(7), look(99), named("RED"), named("x"))
    l = Light.default()
    for _ in range(4):
        print(l, l.short, f"{l}|{l!r}|{l.value:>8}")
        l = l.next()
    print(Light.parse("green"), Dir.UP.value, Dir(-1), [d.value for d in Dir])
    print(sets())
    print(State.IDLE == State.IDLE, State.IDLE == State.RUN, State.IDLE != State.WAIT, State.IDLE in (State.RUN, State.IDLE))
    for i, s in enumerate(State):
        print(i, s.name, s.value)
    print({l: l.value for l in Light}, sorted([s.value for s in State]), {s.name: s for s in State})
    x = None
    if l:
        x = l
    print(x, isinstance(l, Light), isinstance(l, State))


class Op(Enum):
    ADD = "+"
    SUB = "-"


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)
    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


class Kind(Enum):
    A = 1
    B = 2


def apply(op, a, b):
    match op:
        case Op.ADD:
            return a + b
        case Op.SUB:
            return a - b


def odd(k):
    return k == 1, k in Kind, hash(k) == hash(k.name), Kind.__members__.keys(), k._value_


def bad(k):
    try:
        k.value = 3
    except AttributeError as e:
        print(e)
    try:
        Kind.A = 3
    except AttributeError as e:
        print(e)
    try:
        Kind.C
    except AttributeError as e:
        print(e)
    try:
        return k < Kind.B
    except TypeError as e:
        print(e)


def pick(which):
    return list(which), which(1)


def others():
    print(apply(Op("+"), 1, 2), apply(Op.SUB, 5, 3), Planet.EARTH.mass, Planet.MARS)
    print(odd(Kind.A))
    bad(Kind.A)
    print(pick(Kind))
    print("%s %r" % (Op.ADD, Op.SUB), "{} {!r:>12}".format(Op.ADD, Op.ADD), f"{Op.ADD:>10}|")


@dataclass
class Job:
    name: str
    kind: State = State.IDLE
    tags: list = field(default_factory=list)


def moved(job, to=State.RUN):
    job.kind = to
    return job


def defaults():
    job = Job("a")
    print(job, Job("b", State.WAIT), moved(job), moved(job, State.IDLE).kind.name)


main()
others()
defaults()
