"""Splits formulas into tokens and works them out; some are wrong, and say why.

    python3 calculator.py [FORMULAS]
"""

import sys


class FormulaError(Exception):
    pass


def tokens(text):
    at = 0
    while at < len(text):
        c = text[at]
        if c.isspace():
            at += 1
        elif c.isdigit():
            start = at
            while at < len(text) and text[at].isdigit():
                at += 1
            yield "number", text[start:at]
        elif c in "+-*/()%":
            yield "sign", c
            at += 1
        else:
            raise FormulaError(f"{c!r} at {at}")


class Parser:
    def __init__(self, text):
        self.tokens = list(tokens(text))
        self.at = 0

    def peek(self):
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self):
        if self.at == len(self.tokens):
            raise FormulaError("too short")
        self.at += 1
        return self.tokens[self.at - 1]

    def sum(self):
        value = self.product()
        while self.peek() in ("+", "-"):
            _, sign = self.take()
            other = self.product()
            value = value + other if sign == "+" else value - other
        return value

    def product(self):
        value = self.atom()
        while self.peek() in ("*", "/", "%"):
            _, sign = self.take()
            other = self.atom()
            if sign == "*":
                value *= other
            elif sign == "/":
                value //= other
            else:
                value %= other
        return value

    def atom(self):
        kind, text = self.take()
        if kind == "number":
            return int(text)
        if text == "-":
            return -self.atom()
        if text != "(":
            raise FormulaError(f"unexpected {text}")
        value = self.sum()
        if self.take()[1] != ")":
            raise FormulaError("no closing bracket")
        return value


def evaluate(text):
    parser = Parser(text)
    value = parser.sum()
    if parser.peek():
        raise FormulaError(f"left over: {parser.peek()}")
    return value


SHAPES = ["({a} + {b}) * {c} - {d} / ({a} + 1)", "{a} * -{b} % ({c} + 7)", "{d} / ({a} - {a})", "({a} + {b}", "{a} $ {b}"]


def main(formulas):
    total, faults = 0, {}
    for number in range(formulas):
        shape = SHAPES[number % len(SHAPES)]
        text = shape.format(a=number % 89, b=number % 53 + 1, c=number % 17, d=number * 3)
        try:
            total += evaluate(text)
        except (FormulaError, ZeroDivisionError) as error:
            name = f"{type(error).__name__}: {error}"
            faults[name] = faults.get(name, 0) + 1
    return f"{total} {sorted(faults.items())}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20000))
