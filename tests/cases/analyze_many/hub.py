"""One of three files that import each other."""

import left
import right


def both(n):
    return left.used(n) + right.used(n)


def unused(n):
    return left.unused(n)
