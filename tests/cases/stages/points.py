"""A class carried natively, a method, optional values."""


class Point:
    def __init__(self, x: int, y: int):
        self.x = x
        self.y = y

    def norm(self):
        return self.x * self.x + self.y * self.y


def nearest(pairs: list[tuple[int, int]]):
    best = None
    for x, y in pairs:
        point = Point(x, y)
        if best is None or point.norm() < best:
            best = point.norm()
    return best


if __name__ == "__main__":
    print(nearest([(3, 4), (1, 2)]))
