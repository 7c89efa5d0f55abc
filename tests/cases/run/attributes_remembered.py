"""Places that name an attribute, met again after what they found has changed."""


class Plain:
    kind = "plain"

    def __init__(self, a, b=2):
        self.a = a
        self.b = b

    def total(self):
        return self.a + self.b

    @staticmethod
    def double(x):
        return x * 2

    @classmethod
    def made(cls, a):
        return cls(a)

    @property
    def half(self):
        return self.a / 2


class Derived(Plain):
    def total(self):
        return 100 + super().total()


class Slotted:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


class SlottedAndDict(Slotted):
    pass


def read(o):
    return o.a


def write(o, value):
    o.a = value


def call(o):
    return o.total()


def kind(o):
    return o.kind


def half(o):
    return o.half


def read_x(o):
    return o.x


def told(function, *args):
    try:
        return function(*args)
    except (AttributeError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"


def warm(o):
    for _ in range(3):
        read(o), call(o), kind(o), half(o)
        write(o, o.a)


def class_changes():
    p, d = Plain(1), Derived(2)
    warm(p)
    warm(d)
    print(call(p), call(d), kind(p), kind(d))
    Plain.kind = "other"
    print(kind(p), kind(d))
    Derived.kind = "derived"
    print(kind(p), kind(d))
    del Derived.kind
    print(kind(p), kind(d))
    Plain.total = lambda self: -1
    print(call(p), call(d))
    Derived.total = lambda self: -2
    print(call(p), call(d))
    del Derived.total
    print(call(d))
    p.total = lambda: "own"
    print(call(p), call(d))
    del p.total
    print(call(p))
    p.kind = "mine"
    print(kind(p), kind(Plain(1)))
    Plain.kind = 5
    print(kind(p), kind(d), Plain.kind, Derived.kind)
    Plain.kind += 1
    print(Plain.kind, Derived.kind, kind(d))
    Derived.kind = Derived.kind + 10
    Plain.kind += 1
    print(Plain.kind, Derived.kind, kind(d))


class Data:
    def __get__(self, instance, owner):
        return "from the descriptor"

    def __set__(self, instance, value):
        print("set", value)


class NotYet:
    pass


class Holder:
    a = 1
    late = NotYet()

    def __init__(self):
        self.late = "own"


def late(o):
    return o.late


def descriptors_come_later():
    class Host:
        def __init__(self):
            self.a = 1

    h = Host()
    print([read(h) for _ in range(3)])
    Host.a = Data()
    print(read(h))
    write(h, 9)
    print(read(h), h.__dict__)
    del Host.a
    print(read(h))
    o = Holder()
    print([late(o) for _ in range(3)])
    NotYet.__get__ = lambda self, instance, owner: "got"
    print(late(o))
    NotYet.__set__ = lambda self, instance, value: print("late set", value)
    print(late(o))
    o.late = 3
    del NotYet.__set__
    print(late(o))
    Host.half = property(lambda self: "a property")
    print(half(h))
    Host.half = 7
    print(half(h))
    Host.half = property(lambda self: self.missing)
    print(told(half, h))
    Host.__getattr__ = lambda self, name: "through getattr: " + name
    print(half(h), h.nothing)
    Host.__getattribute__ = lambda self, name: "all: " + name
    print(half(h), read(h), told(lambda: h.x))
    del Host.__getattribute__
    Host.__setattr__ = lambda self, name, value: print("setattr", name, value)
    write(h, 5)
    del Host.__setattr__
    write(h, 6)
    print(read(h))


def dicts():
    p = Plain(1)
    warm(p)
    p.__dict__["a"] = 10
    print(read(p), p.__dict__)
    p.__dict__ = {"a": 20, "total": lambda: "in the dict"}
    print(read(p), call(p), told(lambda: p.b))
    write(p, 21)
    print(p.__dict__["a"], vars(p)["a"])
    q = Plain(3)
    warm(q)
    q.__dict__.update(a=4, c=5)
    print(read(q), q.c, list(vars(q)))
    del q.a
    print(told(read, q), told(write, q, 8), list(vars(q)))
    r = Plain(5)
    del r.a
    print(told(read, r), list(vars(r)))
    r.a = 6
    print(read(r), list(vars(r)))
    s = Plain(5)
    del s.b
    s.c = 1
    s.b = 2
    print(list(vars(s).items()), s.total())
    empty = Plain(0)
    empty.__dict__.clear()
    print(told(read, empty), told(call, empty))
    empty.__dict__[5] = "no name"
    print(vars(empty))


def classes_change():
    p = Plain(1)
    warm(p)
    p.__class__ = Derived
    print(call(p), type(p).__name__, half(p))
    p.__class__ = Plain
    print(call(p), half(p))
    s = Slotted(1)
    print([read_x(s) for _ in range(3)])
    print(told(lambda: s.y), told(setattr, s, "z", 1))
    del s.x
    print(told(read_x, s))
    s.x = 4
    print(read_x(s))
    both = SlottedAndDict(5)
    both.z = 6
    both.y = 7
    print(read_x(both), both.z, both.y, vars(both))
    both.__dict__ = {"z": 8}
    print(read_x(both), both.z, both.y, vars(both))
    del both.__dict__["z"]
    print(told(lambda: both.z), both.x)


def many_kinds():
    kinds = []
    for at in range(9):
        class Kind:
            def __init__(self, at):
                self.a = at
                self.kind = "k"

            def total(self):
                return self.a

        Kind.number = at
        kinds.append(Kind)
    things = [kinds[at % 9](at) for at in range(60)]
    print(sum(read(t) for t in things), sum(call(t) for t in things), sum(t.number for t in things))
    wide = Plain(1)
    for at in range(50):
        setattr(wide, f"name{at}", at)
    warm(wide)
    print(len(vars(wide)), wide.name49, wide.total(), list(vars(wide))[-1])


class Meta(type):
    def shout(cls):
        return cls.__name__.upper()

    @property
    def kind(cls):
        return "of the metaclass"


class Made(metaclass=Meta):
    kind = "of the class"
    a = 1


def class_attributes():
    for _ in range(3):
        print(Made.kind, Made().kind, Made.shout(), Made.a, kind(Made), read(Made))
    Made.a = 2
    print(read(Made), read(Made()))
    for _ in range(3):
        print(Plain.double(4), Plain(1).double(5), Plain.made(6).a, Derived.made(7).total(), Plain.total(Plain(8)))
    Plain.double = staticmethod(lambda x: "other")
    print(Plain.double(4), Plain(1).double(5))
    print(told(lambda: Made().shout()), told(lambda: Made.nothing))


class Counted:
    count = 0
    names = []

    def __init__(self):
        Counted.count += 1
        self.number = Counted.count
        self.names.append(self.number)


class Base:
    def __init__(self, *args):
        self.args = args

    def hello(self, x=1):
        return ("base", x)


class Middle(Base):
    def __init__(self, *args):
        super().__init__(*args, "middle")

    def hello(self, x=1):
        return ("middle", super().hello(x + 1))


class Side(Base):
    def hello(self, x=1):
        return ("side", super().hello(x * 10))


class Last(Middle, Side):
    def hello(self, x=1):
        return ("last", super().hello(x=x), super().hello(len([x])))


def supers():
    for _ in range(3):
        print(Last(1).hello(2), Middle().hello(), Side().hello(), Last(3).args)
    Side.hello = lambda self, x: "replaced"
    print(Last().hello(2))
    del Side.hello
    print(Last().hello(2))
    Base.hello = None
    print(told(Last().hello, 2))


class WithNew:
    def __new__(cls, *args):
        print("new", args)
        return object.__new__(cls)

    def __init__(self, *args):
        self.args = args


class Bad:
    def __init__(self):
        return 5


def instances():
    print([Counted().number for _ in range(4)], Counted.count, Counted.names)
    for _ in range(2):
        print(WithNew(1, 2).args, told(Bad), told(Plain), told(Plain, 1, 2, 3))
        print(Plain(1, b=5).total(), Plain(a=2).total(), told(lambda: Plain(1, c=2)))
    Bad.__init__ = lambda self: None
    print(type(Bad()).__name__)
    Plain.__new__ = lambda cls, *args: "no instance"
    print(Plain(1))
    del Plain.__new__
    Plain.__init__ = lambda self: None
    print(vars(Plain()))


class Removes:
    def step(self):
        del Removes.step
        Removes.step = lambda self: "second"
        return "first"


def order_of_lookup():
    r = Removes()
    print([r.step() for _ in range(3)])
    log = []
    print(told(lambda: r.missing(log.append("evaluated"))), log)
    print(told(lambda: [].missing(log.append("evaluated"))), log)
    r.callback = len
    print([r.callback(log) for _ in range(3)])


for part in (
    class_changes,
    descriptors_come_later,
    dicts,
    classes_change,
    many_kinds,
    class_attributes,
    supers,
    order_of_lookup,
    instances,
):
    print("--", part.__name__)
    part()
