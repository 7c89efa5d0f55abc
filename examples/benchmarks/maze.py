"""The shortest way out of a maze, breadth first.

    python3 maze.py [WIDTH]
"""

import sys
from collections import deque


def make_maze(width):
    state = 17
    rows = []
    for _ in range(width):
        row = []
        for _ in range(width):
            state = (state * 1103515245 + 12345) % 2147483648
            row.append("#" if (state >> 16) % 4 == 0 else ".")
        rows.append(row)
    rows[0][0] = rows[width - 1][width - 1] = "."
    return ["".join(row) for row in rows]


def steps_from(maze, start):
    steps = {start: 0}
    waiting = deque([start])
    while waiting:
        row, column = waiting.popleft()
        for down, right in ((0, 1), (1, 0), (0, -1), (-1, 0)):
            place = (row + down, column + right)
            inside = 0 <= place[0] < len(maze) and 0 <= place[1] < len(maze)
            if inside and place not in steps and maze[place[0]][place[1]] == ".":
                steps[place] = steps[(row, column)] + 1
                waiting.append(place)
    return steps


def main(width):
    maze = make_maze(width)
    steps = steps_from(maze, (0, 0))
    return f"{len(steps)} {steps.get((width - 1, width - 1))} {max(steps.values())}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
