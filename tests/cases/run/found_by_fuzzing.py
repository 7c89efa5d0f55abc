"""What random programs showed to be wrong once: small ones, one function for each fault."""


def walrus_in_a_comprehension(xs):
    return [y for x in xs if (y := x * 2) > 3]


def chained_comparison_in_a_generator(xs):
    return any(1 < x + 1 <= 3 for x in xs)


def both_in_nested_clauses(xs):
    return [a + b for x in xs if 1 < (a := x + 1) < 9 for b in range(a) if 0 < b + x < 5]


def constant_float_method():
    return [abs(8.0), abs(-0.0), abs(5e-324)]


def tuple_of_one(x):
    pair = (x,)
    return [(abs(-0.75),), pair, repr((x * 2,))]


def unused_large_constant():
    unused = 4294967296
    return "done"


def operand_that_gives_up(v):
    n = 0
    while n < 2 and None not in [v]:
        n += 1
    return n


def unbound_in_a_comprehension(flag):
    if flag:
        bound = 1
    try:
        return [bound for _ in range(2)]
    except NameError as error:
        return type(error).__name__, str(error)


def closure_of_two_forms(x):
    def read():
        return x

    x = x * 2
    return list(map(lambda _: read(), [1]))


def literals_alone():
    either = None if [] else ~36
    return [either, (5 & 3,), repr((~36, 7))]


def bools_among_ints(a, b, c):
    return [min(a, b), max(a, b), max(a, c), min(c, b), max(a, b, c), min(b, a, c), max([a, b]), min([b, a]), max(c, b)]

def bools_shown(b):
    return [str(b), repr(b), f"{b}", f"{b!r}", f"{b:d}", "%s %d" % (b, b), format(b), str(b & True), str(b | 1), str(+b), str(abs(b)), str(round(b)), str(b ** 2), str([b, 1]), repr((b,)), str({b: b}), "{}".format(b), str(b or 3), str(not b), str(b if b else 2)]

def bools_kept(b, n):
    d = {}
    d[n] = b
    x = n
    if n > 3:
        x = b
    items = [n]
    items.append(b)
    s = {n, b}
    t = (b, n)
    return d, x, items, s, t, sum([b, b]), [n, b].count(1), {1: 'a'}.get(b)


def folded_sets():
    return [{1, 3, -3, 37}, {1, 3, -3, 37, (1 + 2) * 9, ~5}, {(1, 'a'), (2, 'b'), (3, 'c')}, {'a', 'bc', 'def', 'g'}]


def sets_of_variables(x, y):
    return [{x, y, 37}, {x, 5}, {5, 13}, {13, 5}, {1, 9, 17}, {9, 1, y}]


def bytes_format(letter):
    try:
        return bytes([37, letter]) % (1,)
    except (ValueError, OverflowError) as error:
        return type(error).__name__, str(error)


if __name__ == "__main__":
    print(walrus_in_a_comprehension([1, 2, 3]), chained_comparison_in_a_generator([5, 2]))
    print(both_in_nested_clauses([1, 2, 3, 9]), constant_float_method(), tuple_of_one(4))
    print(unused_large_constant(), operand_that_gives_up("a"))
    print(unbound_in_a_comprehension(False), unbound_in_a_comprehension(True), literals_alone())
    print(closure_of_two_forms(3), closure_of_two_forms("a"), closure_of_two_forms([1.5]))
    print(bools_among_ints(True, False, 7), bools_among_ints(False, True, 0), bools_among_ints(True, True, 1))
    print(bools_shown(True), bools_shown(False))
    print(bools_kept(True, 1), bools_kept(False, 5), bools_kept(True, 8))
    print(folded_sets(), sets_of_variables(2, 3), sets_of_variables(5, 13))
    print(bytes_format(165), bytes_format(122))
