import sys
try:
    input = raw_input
except NameError:
    pass
if sys.version_info[0] < 3:
    range = xrange
    str = unicode
try:
    from itertools import izip as zip, imap as map
except ImportError:
    pass
try:
    long
except NameError:
    long = int
def f(n):
    return list(range(n)), str(n), list(map(abs, [-1])), list(zip("a", "b")), long(3), callable(input)
if __name__ == "__main__":
    print(f(3))
    def g():
        global len
        return len([1, 2])
    print(g())
    print(max(3, 4))
    max = 5
    print(max)
    del max
    print(max(1, 2))
sum = sum
print(sum([1, 2]))
open = open
def h(): return callable(open), callable(sum)
print(h())
