"""What stays dynamic: cells, generators, handlers, keyword arguments."""


def counter(start, *, step=1):
    count = start

    def advance(times=1, **more):
        nonlocal count
        for _ in range(times):
            count += step
        return count, more

    return advance


def pairs(items):
    for at, item in enumerate(items):
        try:
            yield at, 10 // item
        except ZeroDivisionError as error:
            yield at, str(error)
        finally:
            del item


def first(values):
    head, *rest = values
    return [x for x in rest if x != head] or {head: rest}
