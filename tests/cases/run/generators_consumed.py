"""Generators that loops, builtins and comprehensions consume on the spot."""


def up(n):
    print("up begins", n)
    i = 0
    while i < n:
        yield i
        i += 1
    print("up ends")


def twice(n):
    for i in range(n):
        yield i
        yield i * 10


def until(xs, stop):
    for x in xs:
        if x == stop:
            return
        yield x
    else:
        yield -1
    yield -2


def both(n):
    yield from up(n)
    yield from [7, 8]
    yield from twice(2)


def mixed(n):
    yield 1
    yield "two"
    if n:
        yield None
    yield 2.5


def failing(n):
    for i in range(n):
        if i == 2:
            raise KeyError(i)
        yield i


def wide(n):
    x = 1
    for _ in range(n):
        yield x
        x *= 1000003


def evens(it):
    for x in it:
        if x % 2 == 0:
            yield x


def shifted(it, by=3, *, sign=1):
    for x in it:
        yield sign * (x + by)


def nothing():
    return
    yield


def same(xs):
    for x in xs:
        yield x
        xs.append(x) if len(xs) < 6 else None


def arg(name):
    print("arg", name)
    return 2


def three(a, b, c):
    yield a + b
    yield c


def first_over(xs, least):
    for x in xs:
        if x > least:
            return x
    return None


def search(n):
    for x in twice(n):
        if x > 10:
            return x
    return "none"


def down(n):
    if n:
        yield n
        yield from down(n - 1)


class Bag:
    def __init__(self, xs):
        self.xs = xs
    def over(self, least):
        for x in self.xs:
            if x > least:
                yield x
    def doubled(self, least=1):
        for x in self.over(least):
            yield 2 * x
    def shown(self):
        yield "bag"


class Sack(Bag):
    def shown(self):
        yield "sack"


class Shelf:
    def __init__(self, n):
        self.n = n

    def keys(self):
        print("shelf")
        for i in range(self.n):
            yield i


def keys_of(thing):
    found = [k for k in thing.keys()]
    for k in thing.keys():
        found.append(k)
        if k == 1:
            break
    piped = evens(thing.keys())
    print("made")
    return found, list(piped), sum(evens(thing.keys()))


class Other:
    def over(self, least):
        return [least, "other"]


def caught(make):
    try:
        return make()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


def failing_sum():
    total = 0
    for x in failing(5):
        total += x
        print("got", x)
    return total


def mixed_sum():
    return sum(noisy(3))


def noisy(n):
    for i in range(n):
        print("noisy", i)
        yield i if i != 1 else "text"


def main():
    for x in up(3):
        print(x)
    else:
        print("all")
    for x in up(5):
        if x == 1:
            continue
        if x == 3:
            break
        print("x", x)
    else:
        print("never")
    print(x)
    for x in until([1, 2, 3], 2):
        print("until", x)
    else:
        print("ended")
    for x in until([1, 2], 9):
        if x < 0:
            print("minus", x)
            continue
        print("until", x)
    print([x for x in both(2)], list(both(1)), tuple(both(0)), sorted(both(2), reverse=True))
    print([m for m in mixed(True)], [m for m in mixed(False) if m])
    print(caught(failing_sum))
    print(caught(mixed_sum))
    print(sum(wide(3)), sum(wide(9)), max(wide(7)), [w for w in wide(5)][-1])
    print(list(evens(up(5))), sum(shifted(evens(twice(3)), 1)), list(shifted(up(2), sign=-1)))
    print(list(nothing()), sum(nothing()), any(nothing()), all(nothing()))
    print(caught(lambda: max(nothing())), caught(lambda: min(x for x in nothing())))
    xs = [1, 2, 3]
    for x in same(xs):
        print(x, len(xs), end=" ")
    print()
    for x in three(c=arg("c"), a=arg("a"), b=arg("b")):
        print(x)
    print(search(1), search(3))
    print(any(x > 2 for x in up(9)), all(x < 2 for x in up(9)), min(-x for x in up(4)))
    print({x % 3 for x in up(7)}, {x: y for x in up(3) for y in twice(x)}, set(twice(2)))
    print("-".join(str(x) for x in twice(3)), "+".join(t for t in ["a"] for _ in up(2)))
    for i, x in enumerate(twice(2)):
        if i == 1:
            continue
        print(i, x)
    for i, (x, *rest) in enumerate(([k] * k for k in twice(2) if k), start=5):
        print(i, x, rest)
    for i, x in enumerate(up(2), 10):
        i += 100
        print(i, x)
    d = {}
    for d["k"] in up(2):
        print(d)
    total = 0
    for a in twice(3):
        for b in twice(2):
            if b > a:
                break
            for c in until([a, b, 5], 5):
                if c == 10:
                    continue
                total += a + b + c
        else:
            total += 1000
    print(total)
    n = 3
    for x in up(n):
        n = 10
    print(n, x)
    fs = []
    for k in range(3):
        for x in twice(k):
            fs.append(x)
            if x == 10:
                break
    print(fs)
    print(list(down(4)))
    for x in down(3):
        print(x)
    bag = Bag([3, 1, 4, 1, 5])
    print(list(bag.over(2)), sum(bag.doubled()), [x for x in bag.over(least=3)])
    for x in bag.over(1):
        print("bag", x)
    for thing in [bag, Other()]:
        print([x for x in thing.over(3)])
    for thing in [Bag([]), Sack([1])]:
        for s in thing.shown():
            print(s)
    bag.xs.append(9)
    for x in bag.over(4):
        if len(bag.xs) < 9:
            bag.xs.append(x + 1)
        print(x, end=" ")
    print()


main()


def items_of(thing):
    return [x for x in thing.items()]


print(items_of({1: 2}))


class Late:
    def items(self):
        yield "late"


print(items_of(Late()), items_of({}))


def numbers(n):
    print("begun")
    for i in range(n):
        yield i


def odd(xs):
    for x in xs:
        if x % 2:
            yield x


def times(xs, k):
    for x in xs:
        yield x * k


def piped(n):
    all_of = numbers(n)
    kept = odd(all_of)
    print("nothing yet")
    k = 3
    made = times(kept, k)
    k = 100
    total = 0
    for x in made:
        total += x
    return total + k


def arguments(n):
    print("argument", n)
    return n


def early():
    g = numbers(arguments(3))
    n = arguments(4)
    return [x + n for x in g]


def twice_named(n):
    g = numbers(n)
    first = [x for x in g]
    return first, [x for x in g]


def in_a_loop(n):
    g = numbers(n)
    found = []
    for k in range(3):
        for x in g:
            found.append((k, x))
    return found


def made_in_a_loop(n):
    found = []
    for k in range(3):
        g = numbers(k)
        found.append(sum(g))
    return found


def nested_use(n):
    g = numbers(n)
    return [(a, b) for a in range(2) for b in g]


def conditional(n, flag):
    g = numbers(n)
    if flag:
        return list(g)
    return "unused"


def bound_again(n):
    g = numbers(n)
    g = odd(g)
    return list(g)


def asked(n):
    g = numbers(n)
    if any(x > 1 for x in g):
        return "some"
    return "none"


def left_behind(n):
    g = numbers(n)
    return n


class Line:
    def __init__(self, n):
        self.n = n

    def steps(self, k):
        print("line begun")
        for i in range(self.n):
            yield i * k


class Plain:
    def steps(self, k):
        print("made at once")
        return [k]


def of_objects(thing):
    g = thing.steps(2)
    print("made")
    return list(g), list(odd(thing.steps(3)))


print(of_objects(Line(3)), of_objects(Plain()))
print(piped(8), early(), twice_named(3), in_a_loop(2), made_in_a_loop(2), nested_use(2))
print(conditional(2, True), conditional(2, False), bound_again(6), asked(3), asked(1), left_behind(1))
print(keys_of(Shelf(4)), keys_of({2: 0, 1: 0}), caught(lambda: keys_of(5)))


def upto(n):
    for i in range(n):
        yield i


def use(n):
    t = 0
    for x in upto(n):
        try:
            if x == 1:
                continue
            if x == 4:
                break
            t += 10 // (x - 2)
        except ZeroDivisionError:
            t += 100
            continue
        finally:
            t += 1000
    else:
        t += 5
    while t > 0:
        for y in upto(3):
            if y == 2:
                t -= 5000
                break
            for z in upto(y):
                if z == y:
                    continue
                t -= z
        else:
            break
    with open("/dev/null", "w") as f:
        for x in upto(2):
            if x:
                break
            f.write(str(x))
    return t


def ret(n):
    for x in upto(n):
        for y in upto(x):
            if y == 2:
                return x, y
    return None


def deep(n):
    for x in upto(n):
        try:
            for y in upto(x):
                if y > 1:
                    raise ValueError((x, y))
        except ValueError as e:
            return e.args[0]
    return 0


def lst(n):
    return [[y for y in upto(x)] for x in upto(n)], {x: [y for y in upto(x) if y] for x in upto(n)}, sum(sum(upto(x)) for x in upto(n))


def cond(n):
    while any(x > 3 for x in upto(n)):
        n -= 1
    return n, "yes" if all(x < 9 for x in upto(n)) else "no", max(upto(n)) and min(upto(n)) or 7


def ann(n: int):
    x: int = 5
    for x in upto(n):
        pass
    return x


print(use(6), use(2), ret(5), ret(2), deep(5), deep(1), lst(4), cond(8), ann(0), ann(3))


def unb(n):
    for x in upto(n):
        last = x
    return last


try:
    print(unb(2))
    print(unb(0))
except UnboundLocalError as e:
    print(e)


def grow(n):
    x = 1
    for _ in range(n):
        yield x
        x *= 7


def total_of(n):
    t = 0
    for v in grow(n):
        t += v
        if v > 10**6:
            print("big", v)
    return t
print(total_of(10), total_of(30))


def closing():
    try:
        yield 1
        yield 2
    finally:
        print("closed")


def leave():
    for x in closing():
        print(x)
        break
    print("after")


def leave2():
    it = closing()
    next(it)
    it = None
    print("after2")


def leave3():
    it = closing()
    next(it)
    del it
    print("after3")


def leave4():
    next(closing())
    print("after4")


def leave5():
    xs = [y for y in closing()]
    print(xs)
    return first(closing())


def first(it):
    for x in it:
        return x


leave()
leave2()
leave3()
leave4()
print(leave5())
