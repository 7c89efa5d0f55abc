TIMES = [2]


def double(n):
    return n * TIMES[0]
