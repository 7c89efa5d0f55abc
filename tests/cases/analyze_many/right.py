"""Refers to the others in functions only."""

import hub
import left


class Base:
    def name(self):
        return "base"


def used(n):
    return n * 2


def unused(n):
    return hub.both(n) + left.used(n)


def other(n):
    return eval(str(n))
