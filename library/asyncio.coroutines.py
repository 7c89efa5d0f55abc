"""What counts as a coroutine."""

import inspect

__all__ = ("iscoroutinefunction", "iscoroutine")


def iscoroutinefunction(func):
    return inspect.iscoroutinefunction(func)


def iscoroutine(obj):
    if inspect.iscoroutine(obj) or inspect.isgenerator(obj):
        return True
    kind = type(obj)
    return all(hasattr(kind, name) for name in ("__await__", "send", "throw", "close"))
