def area(side):
    return side * side


def edge(area):
    side = 0
    while side * side < area:
        side += 1
    return side
