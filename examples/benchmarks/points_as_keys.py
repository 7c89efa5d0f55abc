"""Points with an equality and a hash of their own, counted in a dict.

    python3 points_as_keys.py [STEPS]
"""

import sys


class P:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, other):
        return isinstance(other, P) and self.x == other.x and self.y == other.y

    def __hash__(self):
        return hash((self.x, self.y))


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
    seen = {}
    x = y = 0
    d = 0
    for i in range(n):
        d = (d * 5 + i) % 4
        if d == 0:
            x += 1
        elif d == 1:
            y += 1
        elif d == 2:
            x -= 1
        else:
            y -= 1
        p = P(x % 100, y % 100)
        seen[p] = seen.get(p, 0) + 1
    print(len(seen), max(seen.values()))


if __name__ == "__main__":
    main()
