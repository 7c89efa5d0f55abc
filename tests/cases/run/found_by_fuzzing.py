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


if __name__ == "__main__":
    print(walrus_in_a_comprehension([1, 2, 3]), chained_comparison_in_a_generator([5, 2]))
    print(both_in_nested_clauses([1, 2, 3, 9]), constant_float_method(), tuple_of_one(4))
    print(unused_large_constant(), operand_that_gives_up("a"))
    print(unbound_in_a_comprehension(False), unbound_in_a_comprehension(True), literals_alone())
    print(closure_of_two_forms(3), closure_of_two_forms("a"), closure_of_two_forms([1.5]))
