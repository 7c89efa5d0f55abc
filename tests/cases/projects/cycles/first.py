import second


def fa():
    return second.fb() + 1


def ga():
    return 10


class A:
    x = 3
