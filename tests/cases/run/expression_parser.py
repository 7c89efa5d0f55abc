import re, math, operator
from typing import NamedTuple, Iterator, Union, Callable
from dataclasses import dataclass
class Token(NamedTuple):
    kind: str
    text: str
    pos: int
    def __str__(self): return f"{self.kind}:{self.text}@{self.pos}"
SPEC = [("NUM", r"\d+(?:\.\d*)?(?:[eE][+-]?\d+)?"), ("NAME", r"[A-Za-z_]\w*"), ("OP", r"\*\*|//|<=|>=|==|!=|[-+*/%^()<>=,?:]"), ("WS", r"\s+"), ("BAD", r".")]
MASTER = re.compile("|".join(f"(?P<{n}>{p})" for n, p in SPEC))
class ParseError(ValueError):
    def __init__(self, msg, tok=None): super().__init__(msg); self.tok = tok
def tokenize(s: str) -> Iterator[Token]:
    for m in MASTER.finditer(s):
        kind = m.lastgroup
        if kind == "WS": continue
        if kind == "BAD": raise ParseError(f"bad character {m.group()!r} at {m.start()}")
        yield Token(kind, m.group(), m.start())
    yield Token("END", "", len(s))
@dataclass(frozen=True)
class Num: value: float
@dataclass(frozen=True)
class Var: name: str
@dataclass(frozen=True)
class Un: op: str; arg: "Expr"
@dataclass(frozen=True)
class Bin: op: str; left: "Expr"; right: "Expr"
@dataclass(frozen=True)
class Call: name: str; args: tuple
@dataclass(frozen=True)
class Assign: name: str; value: "Expr"
Expr = Union[Num, Var, Un, Bin, Call, Assign]
BP = {"=": (1, 0), "?": (3, 2), "==": (5, 6), "!=": (5, 6), "<": (7, 8), ">": (7, 8), "<=": (7, 8), ">=": (7, 8), "+": (10, 11), "-": (10, 11), "*": (20, 21), "/": (20, 21), "//": (20, 21), "%": (20, 21), "**": (31, 30), "^": (31, 30)}
class Parser:
    def __init__(self, text): self.toks = list(tokenize(text)); self.i = 0
    @property
    def cur(self): return self.toks[self.i]
    def eat(self, text=None):
        t = self.cur
        if text is not None and t.text != text: raise ParseError(f"expected {text!r}, got {t}", t)
        self.i += 1; return t
    def parse(self):
        e = self.expr(0)
        if self.cur.kind != "END": raise ParseError(f"unexpected {self.cur}", self.cur)
        return e
    def expr(self, rbp):
        t = self.eat(); left = self.nud(t)
        while (bp := BP.get(self.cur.text)) and bp[0] > rbp:
            op = self.eat().text
            if op == "?":
                a = self.expr(0); self.eat(":"); left = Call("if", (left, a, self.expr(2))); continue
            right = self.expr(bp[1] - 1 if op not in ("**", "^", "=") else bp[1] - (0 if op == "=" else 1))
            if op == "=":
                if not isinstance(left, Var): raise ParseError("can only assign to names", t)
                left = Assign(left.name, right)
            else: left = Bin(op, left, right)
        return left
    def nud(self, t):
        match t:
            case Token("NUM", text): return Num(float(text) if any(c in text for c in ".eE") else int(text))
            case Token("NAME", name) if self.cur.text == "(":
                self.eat("("); args = []
                while self.cur.text != ")":
                    args.append(self.expr(0))
                    if self.cur.text == ",": self.eat()
                self.eat(")"); return Call(name, tuple(args))
            case Token(kind="NAME", text=name): return Var(name)
            case Token("OP", "("): e = self.expr(0); self.eat(")"); return e
            case Token("OP", "-" | "+" as op): return Un(op, self.expr(25))
            case _: raise ParseError(f"unexpected {t}", t)
OPS: dict[str, Callable] = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod, "**": pow, "^": pow, "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
class Evaluator:
    def __init__(self): self.env = {"pi": math.pi, "e": math.e, "ans": 0}
    def visit(self, node): return getattr(self, "visit_" + type(node).__name__)(node)
    def visit_Num(self, n): return n.value
    def visit_Var(self, n):
        try: return self.env[n.name]
        except KeyError: raise NameError(f"name {n.name!r} is not defined") from None
    def visit_Un(self, n): v = self.visit(n.arg); return -v if n.op == "-" else +v
    def visit_Bin(self, n): return OPS[n.op](self.visit(n.left), self.visit(n.right))
    def visit_Assign(self, n): v = self.env[n.name] = self.visit(n.value); return v
    def visit_Call(self, n):
        if n.name == "if": c, a, b = n.args; return self.visit(a if self.visit(c) else b)
        fn = {"max": max, "min": min, "abs": abs, "round": round}.get(n.name) or {"sin": math.sin, "sqrt": math.sqrt, "gcd": math.gcd}.get(n.name)
        if fn is None: raise NameError(f"no function {n.name}")
        return fn(*[self.visit(a) for a in n.args])
def show(n):
    match n:
        case Num(v): return repr(v)
        case Var(x): return x
        case Un(op, a): return f"({op}{show(a)})"
        case Bin(op, l, r): return f"({show(l)} {op} {show(r)})"
        case Call(f, args): return f"{f}({', '.join(map(show, args))})"
        case Assign(x, v): return f"{x} := {show(v)}"
def main():
    ev = Evaluator()
    for s in ["1 + 2 * 3", "2 ** 3 ** 2", "-2 ** 2", "(1+2)*-3", "x = y = 7", "x % 4 + y // 2", "sin(pi/2) + sqrt(16)", "max(1, x, 3.5)", "1 < 2 ? 10 : 20", "1e3 / 4", "10 / 0", "2 +", "3 $ 4", "foo(1)", "z + 1", "1 = 2", "(1", "gcd(12, 18) ^ 2", "7 // 2 * 2 + 7 % 2 == 7", "round(2.675, 2)", "0.1 + 0.2", "2 ** 100", "5 5"]:
        try: tree = Parser(s).parse(); print(f"{s:<28} {show(tree):<36} {ev.visit(tree)!r}")
        except (ParseError, NameError, ZeroDivisionError) as e: print(f"{s:<28} {type(e).__name__}: {e}", getattr(e, "tok", None))
    print(Parser("a=f(1,-x)").parse(), [str(t) for t in tokenize("a<=2")], hash(Num(1)) == hash(Num(1)), Num(1) == Num(1.0), {Var("a"), Var("a")})
    try: Num(1).value = 2
    except Exception as e: print(type(e).__name__, e)
if __name__ == "__main__":
    main()
