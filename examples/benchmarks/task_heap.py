"""Tasks that order themselves by cost, through a heap.

    python3 task_heap.py [TASKS]
"""

import heapq
import sys


class Task:
    def __init__(self, name, cost):
        self.name = name
        self.cost = cost

    def __lt__(self, other):
        return self.cost < other.cost


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 60000
    heap = []
    x = 12345
    for i in range(n):
        x = (x * 1103515245 + 12345) % 2147483648
        heapq.heappush(heap, Task(i, x % 100000))
    total = 0
    k = 0
    while heap:
        t = heapq.heappop(heap)
        k += 1
        total += t.cost * (k % 7)
    print(total)


if __name__ == "__main__":
    main()
