import csv
import io
import json
from dataclasses import dataclass, field, asdict, astuple, replace, fields, InitVar
from enum import Enum, IntEnum, Flag, unique
from typing import ClassVar, List, NamedTuple, Optional


@unique
class Category(str, Enum):
    TOOL = "tool"
    TOY = "toy"
    FOOD = "food"

    @classmethod
    def _missing_(cls, value):
        for m in cls:
            if m.value == str(value).lower():
                return m
        return None

    @property
    def label(self):
        return self.value.capitalize()


class Priority(IntEnum):
    LOW = 1
    MID = 5
    HIGH = 10


class Perm(Flag):
    R = 1
    W = 2
    X = 4
    RW = R | W


@dataclass(order=True)
class Product:
    sort_index: float = field(init=False, repr=False)
    name: str
    price: float
    qty: int = 0
    category: Category = Category.TOOL
    tags: List[str] = field(default_factory=list, compare=False)
    discount: InitVar[Optional[float]] = None
    count: ClassVar[int] = 0

    def __post_init__(self, discount):
        if discount:
            self.price = round(self.price * (1 - discount), 2)
        if self.price < 0:
            raise ValueError(f"negative price for {self.name!r}")
        self.sort_index = self.price
        Product.count += 1

    @property
    def total(self) -> float:
        return self.price * self.qty


class Point(NamedTuple):
    x: int
    y: int = 0

    def dist(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5


class Inventory:
    def __init__(self):
        self._items = {}

    def __iadd__(self, p):
        if p.name in self._items:
            old = self._items[p.name]
            self._items[p.name] = replace(old, qty=old.qty + p.qty)
        else:
            self._items[p.name] = p
        return self

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        yield from sorted(self._items.values())

    def to_json(self):
        def enc(o):
            if isinstance(o, set):
                return sorted(o)
            raise TypeError(f"cannot {o!r}")
        return json.dumps([asdict(p) for p in self], indent=2, default=enc, ensure_ascii=False)

    @classmethod
    def from_csv(cls, text):
        inv = cls()
        for row in csv.DictReader(io.StringIO(text), skipinitialspace=True):
            row["price"] = float(row["price"])
            row["qty"] = int(row["qty"] or 0)
            row["category"] = Category(row["category"])
            row["tags"] = [t for t in (row["tags"] or "").split(";") if t]
            inv += Product(**row)
        return inv


TEXT = '''name,price,qty,category,tags
hammer,12.50,3,tool,steel;heavy
"bear, teddy",7.99,10,TOY,
crème,2.5,,Food,"cold;""sweet"""
hammer,12.50,2,tool,x
'''
inv = Inventory.from_csv(TEXT)
for p in inv:
    print(p, p.total, p.category.label)
print(len(inv), Product.count, inv.to_json())
back = json.loads(inv.to_json(), object_hook=lambda d: Point(len(d["name"]), d["qty"]))
print(back, [p.dist() for p in back], Point(3)._asdict(), Point(1, 2) < (1, 3))
for bad in (lambda: Category("car"), lambda: Product("x", -1), lambda: Product("y"), lambda: Perm(16), lambda: Priority["NONE"]):
    try:
        bad()
    except (ValueError, TypeError, KeyError) as e:
        print(type(e).__name__, e)
print(Perm.RW, Perm.R | Perm.X, ~Perm.R, Perm.W in Perm.RW, Perm(0), bool(Perm.R & Perm.W), list(Perm), repr(Perm.RW))
print(Priority.HIGH > Priority.LOW, Priority(5), f"{Priority.MID}", f"{Category.TOY}", str(Category.TOY), Category.TOY == "toy", Priority.MID + 1, sorted(Priority, reverse=True))
print([f.name for f in fields(Product)], astuple(Product("a", 1.0, discount=.5)), Product("a", 1) == Product("a", 1, tags=["z"]))
print({c: c.value for c in Category}, Category.__members__.keys(), Category.TOOL.name, Category["FOOD"])
buf = io.StringIO()
w = csv.writer(buf, quoting=csv.QUOTE_NONNUMERIC)
w.writerow(["a", 1, 2.5, None, 'q"q', "x,y"])
w.writerows([[p.name, p.price] for p in inv])
print(buf.getvalue())
