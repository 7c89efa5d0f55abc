"""What stands in the way, what is too small, what calls itself."""

import functools

COUNT = 0


async def fetch(session):
    async with session.get("x") as response:
        return await response.text()


def produce(items):
    for item in items:
        yield item


def rebind():
    global COUNT
    COUNT += 1


def dynamic(code):
    return eval(code)


@functools.lru_cache(maxsize=None)
def cached(n):
    return n if n < 2 else cached(n - 1) + cached(n - 2)


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


def matched(value):
    match value:
        case [first, *_]:
            return first
        case {"k": found}:
            return found
        case _:
            return None


def grouped(call):
    try:
        call()
    except* ValueError:
        pass


def getter(item):
    return item.name


def branches(a, b, c):
    assert a and b
    if a and (b or c) and not c:
        return 1 if b else 2
    elif b:
        try:
            return a / b
        except (ZeroDivisionError, TypeError):
            return None
        else:
            pass
    else:
        if c:
            return [x for x in c if x if x > 1]
    return lambda: a or b
