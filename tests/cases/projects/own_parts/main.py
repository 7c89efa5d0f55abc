import shapes
import shapes.circle as round_one
from shapes import area, lines, square, strokes
from shapes.square import edge


def main():
    print(shapes.circle.area(2), round_one.area(3), square.area(4), area(5))
    print(edge(30), lines.length([1, 5, 2]), strokes.length([]), shapes.strokes.length([3, 3]))
    print(lines.names(), shapes.lines.names())


if __name__ == "__main__":
    main()
