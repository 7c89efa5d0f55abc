"""Refers to the others at import, in functions, and through a class."""

import hub
from right import Base, used as right_used

LIMIT = right_used(3)


class Part(Base):
    def size(self):
        return hub.both(LIMIT)


def used(n):
    return right_used(n) + 1


def unused(n):
    return Part().size() + n


def other(n):
    return n
