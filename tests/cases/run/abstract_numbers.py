import numbers
from fractions import Fraction


def kinds(value):
    return [isinstance(value, kind) for kind in (numbers.Number, numbers.Complex, numbers.Real)]


def rational(value):
    return isinstance(value, numbers.Rational)


if __name__ == "__main__":
    for value in (1, True, 1.5, 2j, Fraction(1, 2), "x", None):
        print(value, kinds(value), rational(value))
