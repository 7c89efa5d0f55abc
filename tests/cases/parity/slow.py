"""A function whose calls take some 0.6 ms each in CPython: a proof should take little more than they do."""


def churn(seed, items):
    total = seed
    for i in range(9000):
        total = (total * 31 + i) % 1000003
    for item in items:
        total += len(str(item))
    return total


if __name__ == "__main__":
    print(churn(5, [1, 2, 3]))
