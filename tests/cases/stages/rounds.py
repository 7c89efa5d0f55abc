"""A loop whose rounds are independent, and `map` that is consumed on the spot."""


def weigh(n):
    total = 0
    for k in range(n % 7):
        total += k * n
    return total


def weights(count: int):
    found = []
    for n in range(count):
        found.append(weigh(n))
    return found


def longest(words: list[str]):
    return max(map(len, words))


if __name__ == "__main__":
    print(weights(5), longest(["a", "bcd"]))
