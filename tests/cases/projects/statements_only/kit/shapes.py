KNOWN = []
SIDES = 4


def register(name):
    KNOWN.append(name)


def area(side):
    return side * side
