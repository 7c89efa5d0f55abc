from odd import b
def a(n):
    return n if n < 2 else b(n - 1)
