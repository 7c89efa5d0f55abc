"""Three unrelated classes in one list, which grow and are measured.

    python3 duck_typing.py [ROUNDS]
"""

import sys


class Circle:
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3.14159 * self.r * self.r

    def grow(self, k):
        self.r += k


class Square:
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side

    def grow(self, k):
        self.side += k


class Tri:
    def __init__(self, b, h):
        self.b = b
        self.h = h

    def area(self):
        return 0.5 * self.b * self.h

    def grow(self, k):
        self.b += k


def main():
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    shapes = []
    for i in range(900):
        if i % 3 == 0:
            shapes.append(Circle(i * 0.5))
        elif i % 3 == 1:
            shapes.append(Square(i * 0.25))
        else:
            shapes.append(Tri(i * 1.0, 2.0))
    total = 0.0
    for step in range(n):
        for s in shapes:
            s.grow(0.001)
            total += s.area()
    print(round(total, 3))


if __name__ == "__main__":
    main()
