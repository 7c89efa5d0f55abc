"""Arithmetic texts taken apart into named tuples and evaluated; some of them are wrong, and raise.

    python3 tokens.py [TEXTS]
"""

import sys
from collections import namedtuple

Token = namedtuple("Token", ["kind", "text", "pos"])


class LexError(Exception):
    def __init__(self, message, pos):
        super().__init__(message)
        self.pos = pos


class ParseError(Exception):
    pass

OPERATORS = {"+": "PLUS", "-": "MINUS", "*": "STAR", "/": "SLASH", "(": "LPAREN", ")": "RPAREN"}


def tokenize(text):
    tokens = []
    i = 0
    n = len(text)
    while i < n:
        ch = text[i]
        if ch.isspace():
            i += 1
        elif ch.isdigit():
            start = i
            while i < n and text[i].isdigit():
                i += 1
            tokens.append(Token("NUMBER", text[start:i], start))
        elif ch in OPERATORS:
            tokens.append(Token(OPERATORS[ch], ch, i))
            i += 1
        else:
            raise LexError(f"unexpected {ch!r}", i)
    tokens.append(Token("EOF", "", n))
    return tokens


class Parser:
    def __init__(self, tokens):
        self.tokens = tokens
        self.pos = 0


    def peek(self):
        return self.tokens[self.pos]


    def advance(self):
        token = self.tokens[self.pos]
        self.pos += 1
        return token


    def expect(self, kind):
        token = self.advance()
        if token.kind != kind:
            raise ParseError(f"expected {kind}, got {token.kind} at {token.pos}")
        return token


    def expr(self):
        value = self.term()
        while self.peek().kind in ("PLUS", "MINUS"):
            op = self.advance()
            right = self.term()
            value = value + right if op.kind == "PLUS" else value - right
        return value


    def term(self):
        value = self.factor()
        while self.peek().kind in ("STAR", "SLASH"):
            op = self.advance()
            right = self.factor()
            if op.kind == "STAR":
                value = value * right
            else:
                value = value // right
        return value


    def factor(self):
        token = self.advance()
        if token.kind == "NUMBER":
            return int(token.text)
        if token.kind == "MINUS":
            return -self.factor()
        if token.kind == "LPAREN":
            value = self.expr()
            self.expect("RPAREN")
            return value
        raise ParseError(f"unexpected {token.kind}")


def evaluate(text):
    parser = Parser(tokenize(text))
    value = parser.expr()
    parser.expect("EOF")
    return value


def main(n):
    samples = ["1 + 2 * (3 - 4) / 5", "((7))*-3", "2 * (3 + 4", "10 / (5 - 5)", "3 $ 4", "12 * 12 - 44 / 3"]
    total = 0
    errors = {"lex": 0, "parse": 0, "zero": 0}
    for i in range(n):
        text = samples[i % len(samples)] + " + " + str(i)
        try:
            total += evaluate(text)
        except LexError as e:
            errors["lex"] += e.pos
        except ParseError:
            errors["parse"] += 1
        except ZeroDivisionError:
            errors["zero"] += 1
    print(total, errors)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30000)
