"""Annotations are evaluated where their `def` or their variable stands, and may fail there."""
from __future__ import division

import collections
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable, Generic, List, Optional, TypeVar, Union

if TYPE_CHECKING:
    from decimal import Decimal

T = TypeVar("T")
Vector = List[float]
WIDTH = 3


def tell(make):
    try:
        made = make()
    except (NameError, TypeError, AttributeError, ZeroDivisionError) as e:
        print(type(e).__name__, e)
    else:
        print("fine", made)


def late_parameter():
    def inner(x: Late):
        return x

    return inner(1)


def late_quoted():
    def inner(x: "Late", y: Optional["Late"] = None) -> "Nowhere":
        return x

    return inner(2)


def unknown_result():
    def inner(x) -> unknown_name:
        return x

    return inner(1)


def inside_others():
    def inner(x: Optional[List[Late]], y: Callable[[int, Late], None]):
        return 3

    return inner(None, None)


def local_class():
    def inner(x: Here) -> int:
        return 1

    class Here:
        pass

    return inner(Here())


def local_class_before():
    class Here:
        pass

    def inner(x: Here, y: "There" = None) -> int:
        return 4

    return inner(Here())


def captured_class():
    class Far:
        pass

    def middle():
        def inner(x: Far) -> int:
            return 5

        return inner(None)

    return middle()


def variables_of_functions():
    x: Nothing = 3
    y: AtAll
    (z): print("not here either") = 4
    return x + z


def class_variables():
    class Point:
        x: int = 1
        y: Nothing = 2

    return Point().x


def shown(text):
    print("evaluated", text if isinstance(text, str) else text.__name__)
    return int


def in_order():
    @shown
    def inner(a: shown("a"), b: shown("b") = shown("default"), *c: shown("c"), d: shown("d") = shown("kw"), **e: shown("e")) -> shown("r"):
        return 0

    return inner


def with_constants():
    def inner(a: shown("a"), b=1, c="x", *, d=None):
        return (a, b, c, d)

    return inner(0)


def not_generic():
    class Plain:
        pass

    def inner(x: Plain):
        return 6

    return inner(0)


def number_or_none():
    def inner(x: WIDTH | None):
        return 7

    return inner(0)


def builtin_function():
    def inner(x: any | None):
        return 8

    return inner(0)


def subscripted_int():
    def inner(x: int[str]):
        return 8

    return inner(0)


def joined():
    def inner(x: int | None, y: "str" = "", z: list[int] | dict[str, int] | None = None) -> Union[int, str]:
        return 9

    return inner(0)


def computed():
    def inner(x: 1 / 0):
        return 9

    return inner(0)


def for_tools_only():
    def inner(x: Decimal):
        return 10

    return inner(0)


def attributes():
    def inner(x: typing.List[int], y: collections.deque, z: Outer.Inner):
        return 11

    return inner(0, 0, 0)


def missing_attribute():
    def inner(z: Outer.Other):
        return 11

    return inner(0)


makers = [
    late_parameter, late_quoted, unknown_result, inside_others, local_class, local_class_before, captured_class,
    variables_of_functions, class_variables, in_order, with_constants, not_generic, number_or_none,
    builtin_function, subscripted_int, joined, computed, for_tools_only,
]
for maker in makers:
    print(maker.__name__, end=": ")
    tell(maker)


class Late:
    pass


class Outer:
    class Inner:
        pass


for maker in [late_parameter, inside_others, attributes, missing_attribute]:
    print(maker.__name__, end=": ")
    tell(maker)

try:
    kept: Nothing = 12
except NameError as e:
    print(e, kept)
try:
    only: Nothing
except NameError as e:
    print(e)
try:
    def never(x: Nothing):
        pass
except NameError as e:
    print(e)
try:
    never
except NameError as e:
    print(e)
try:
    class Linked:
        following: Linked = None
except NameError as e:
    print(e)


class Stack(Generic[T]):
    def __init__(self) -> None:
        self.items: List[T] = []

    def push(self, item: T) -> "Stack[T]":
        self.items.append(item)
        return self

    def joined(self, other: Optional["Stack[T]"]) -> List[T]:
        return self.items + (other.items if other else [])


def depth(stack: Stack[int], unit: Vector = ()) -> int:
    return len(stack.items)


@dataclass
class Pair:
    left: int
    right: Optional["Pair"] = None
    more: typing.Dict[str, Stack[int]] = None


print(depth(Stack().push(1).push(2)), Stack().push(3).joined(None), Pair(1, Pair(2)))
