KNOWN = {}


def register():
    KNOWN[1] = "one"


def look(x):
    return KNOWN.get(x)
