"""Shortest ways through a random road map, with a heap.

    python3 dijkstra.py [TOWNS]
"""

import heapq
import sys


def make_roads(towns):
    roads = {town: [] for town in range(towns)}
    state = 42
    for town in range(towns):
        for _ in range(5):
            state = (state * 1103515245 + 12345) % 2147483648
            other = state % towns
            state = (state * 1103515245 + 12345) % 2147483648
            length = 1 + state % 1000
            roads[town].append((other, length))
            roads[other].append((town, length))
    return roads


def distances(roads, start):
    best = {start: 0}
    waiting = [(0, start)]
    while waiting:
        far, town = heapq.heappop(waiting)
        if far > best[town]:
            continue
        for other, length in roads[town]:
            reached = far + length
            if other not in best or reached < best[other]:
                best[other] = reached
                heapq.heappush(waiting, (reached, other))
    return best


def main(towns):
    best = distances(make_roads(towns), 0)
    return f"{len(best)} {max(best.values())} {sum(best.values())}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20000))
