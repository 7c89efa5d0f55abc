"""Conway's game of life on an endless board: the living are a set of places.

    python3 life.py [GENERATIONS]
"""

import sys


def neighbours(x, y):
    return [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1) if dx or dy]


def step(living):
    counts = {}
    for x, y in living:
        for place in neighbours(x, y):
            counts[place] = counts.get(place, 0) + 1
    return {place for place, count in counts.items() if count == 3 or (count == 2 and place in living)}


def main(generations):
    living = {(1, 0), (2, 0), (0, 1), (1, 1), (1, 2)}
    born = 0
    for _ in range(generations):
        after = step(living)
        born += len(after - living)
        living = after
    left = min(x for x, _ in living)
    top = max(y for _, y in living)
    return f"{len(living)} {born} {left} {top}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
