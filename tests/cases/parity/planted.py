"""The Python behind the planted vessel: each function is right here, and some are wrong there, in one way each."""

calls = []


def total(items):
    result = 0
    for item in items:
        result = result + item
    return result


def pushed(items, item):
    items.append(item)
    return items


def greet(name, times=1):
    for _ in range(times):
        print("Hello " + name)
    return {"name": name, "times": times}


def remember(item):
    calls.append(item)
    return len(calls)


def wrapping(a, b):
    return a + b


def forgotten_alias(items):
    return [items, items]


def forgotten_change(items):
    items.append(1)


def other_message(mapping):
    return mapping["key"]


def off_by_one(n):
    return n > 100


def lost_sign(x):
    return x * 0.0


def other_order(a, b):
    return {"a": a, "b": b}


def silent(x):
    print(x)


def dying(n):
    return n


def hanging(n):
    return n


def leaking(item):
    calls.append(item)
    return len(calls)


def wrong_fallback(n):
    return n
