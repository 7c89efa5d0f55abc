"""`decimal` in a program that never imports it: library modules ask whether a value is a Decimal, and none is."""


class Decimal:
    pass


class Context:
    pass
