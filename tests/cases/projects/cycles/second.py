import first


def fb():
    return first.ga()


try:
    print(first.A)
except AttributeError as e:
    print(e)
try:
    print(first.ga)
except AttributeError as e:
    print(e)
try:
    from first import ga
except ImportError as e:
    print(type(e).__name__, e.name, str(e).split(" (/")[0].split(" (first")[0])
