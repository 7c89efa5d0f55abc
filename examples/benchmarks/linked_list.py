"""A linked list that is iterated over by a generator.

    python3 linked_list.py [ROUNDS]
"""

import sys


class Node:
    def __init__(self, value, next):
        self.value = value
        self.next = next


class Linked:
    def __init__(self):
        self.head = None
        self.size = 0

    def push(self, v):
        self.head = Node(v, self.head)
        self.size += 1

    def __iter__(self):
        cur = self.head
        while cur is not None:
            yield cur.value
            cur = cur.next

    def __len__(self):
        return self.size


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    l = Linked()
    for i in range(2000):
        l.push(i * 3 % 101)
    total = 0
    for k in range(n):
        total += sum(l)
        for v in l:
            if v > 50:
                total += v
    print(total, len(l))


if __name__ == "__main__":
    main()
