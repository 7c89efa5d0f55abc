from collections.abc import Callable, Iterator
def f(g: Callable[[int], int]) -> Iterator[int]:
    yield g(1)
C = Callable[[int], str]
if __name__ == "__main__":
    print(list(f(lambda x: x)))
    print(C, C.__args__, C.__origin__)
    print(isinstance(len, Callable), Callable)
    print(Callable[..., int])
    from typing import TypeVar
    T = TypeVar("T")
    print(list[int].__args__, dict[str, T].__parameters__, list[int].__origin__, list[int] == list[int], hash(list[int]) == hash(list[int]))
    import types
    print(types.GenericAlias, isinstance(list[int], types.GenericAlias), type(list[int]))
    print(Callable[[int, str], float] == Callable[[int, str], float])
    class Sub(list[int]): pass
    print(Sub([1]).__class__.__mro__)
    try: print(list[int].foo)
    except AttributeError as e: print(e)
    print(list[int]([3]), Callable[[], None])
