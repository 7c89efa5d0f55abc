"""What fits best into a bag: dynamic programming over a table.

    python3 knapsack.py [ITEMS]
"""

import sys


def make_items(count):
    items = []
    state = 7
    for _ in range(count):
        state = (state * 69069 + 1) % 4294967296
        items.append((10 + state % 90, 1 + (state >> 12) % 500))
    return items


def best_value(items, room):
    best = [0] * (room + 1)
    for weight, value in items:
        for space in range(room, weight - 1, -1):
            candidate = best[space - weight] + value
            if candidate > best[space]:
                best[space] = candidate
    return best[room]


def longest_common(left, right):
    above = [0] * (len(right) + 1)
    for a in left:
        row = [0]
        for at, b in enumerate(right):
            row.append(above[at] + 1 if a == b else max(row[at], above[at + 1]))
        above = row
    return above[-1]


def main(count):
    items = make_items(count)
    weights = [weight for weight, _ in items]
    return f"{best_value(items, 10 * count)} {longest_common(weights, weights[::-1])}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
