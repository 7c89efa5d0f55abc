"""A copy of the user's module that tells which branches a call takes and how much work it is.

Every condition, loop, handler, case and later operand of `and`/`or` inside a function reports itself through a
call that is put around it; line numbers stay. The copy chooses cases. It never decides what is right.
"""
import ast

MOST_STEPS, FEW_STEPS = 200_000, 10_000
"""Steps (branches, iterations, calls) after which a call is given up: a count, so that the choice of cases does
not depend on how fast the machine is."""


class TooLong(BaseException):
    """The call took more steps than a case may take."""


class Probe:
    """The functions that the instrumented copy calls, and what they noted."""

    def __init__(self):
        self.hits = bytearray()
        self.steps = self.most = 0

    def start(self, count, most=MOST_STEPS):
        """Forgets everything, for a module of so many branches."""
        self.hits = bytearray(count)
        self.steps = 0
        self.most = most

    def hit(self, branch):
        """A place was reached."""
        self.hits[branch] = 1
        self.steps += 1
        if self.steps > self.most:
            raise TooLong

    def test(self, branch, value):
        """A condition was evaluated; it is asked for its truth once."""
        if value:
            self.hit(branch)
            return True
        self.hit(branch + 1)
        return False

    def operand(self, branch, value):
        """An operand of `and` or `or` that is not the last."""
        self.hit(branch if value else branch + 1)
        return value

    def tick(self):
        """An iteration of a comprehension."""
        self.steps += 1
        if self.steps > self.most:
            raise TooLong
        return True

    def names(self):
        """What the instrumented module finds among its global names."""
        return {"__pivot_hit__": self.hit, "__pivot_test__": self.test, "__pivot_operand__": self.operand,
                "__pivot_tick__": self.tick}


class Instrument(ast.NodeTransformer):
    """Puts the reporting calls into every function of a module and lists the branches in `found`."""

    def __init__(self):
        self.found = []
        self.owners = []
        self.depth = 0

    def branch(self, node, what):
        self.found.append((".".join(self.owners), node.lineno, what))
        return len(self.found) - 1

    def call(self, name, node, *args):
        values = [ast.Constant(arg) if isinstance(arg, int) else arg for arg in args]
        made = ast.Call(ast.Name(name, ast.Load()), values, [])
        return ast.copy_location(made, node)

    def hit(self, node, what):
        return ast.copy_location(ast.Expr(self.call("__pivot_hit__", node, self.branch(node, what))), node)

    def test(self, test, node):
        if isinstance(test, ast.Constant):
            return self.call("__pivot_tick__", node) if test.value else test
        branch = self.branch(node, "true")
        self.branch(node, "false")
        return self.call("__pivot_test__", test, branch, self.visit(test))

    def body(self, statements):
        return [one for statement in statements for one in self._listed(self.visit(statement))]

    @staticmethod
    def _listed(result):
        return result if isinstance(result, list) else [result]

    # ---- definitions ----

    def visit_ClassDef(self, node):
        self.owners.append(node.name)
        node.body = self.body(node.body)
        self.owners.pop()
        return node

    def visit_FunctionDef(self, node):
        self.owners.append(node.name)
        self.depth += 1
        entry = self.hit(node, "entered")
        has_doc = ast.get_docstring(node, clean=False) is not None
        doc, rest = (node.body[:1], node.body[1:]) if has_doc else ([], node.body)
        node.body = [*doc, entry, *self.body(rest)]
        self.depth -= 1
        self.owners.pop()
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    # ---- statements ----

    def visit_If(self, node):
        if not self.depth:
            return self.generic_visit(node)
        node.test = self.test(node.test, node)
        node.body = self.body(node.body)
        node.orelse = self.body(node.orelse)
        return node

    visit_While = visit_If

    def visit_For(self, node):
        if not self.depth:
            return self.generic_visit(node)
        node.iter = self.visit(node.iter)
        inside, done = self.hit(node, "iterates"), self.hit(node, "ends")
        node.body = [inside, *self.body(node.body)]
        node.orelse = [done, *self.body(node.orelse)]
        return node

    visit_AsyncFor = visit_For

    def visit_ExceptHandler(self, node):
        if self.depth:
            node.body = [self.hit(node, "handles"), *self.body(node.body)]
            return node
        return self.generic_visit(node)

    def visit_match_case(self, node):
        if self.depth:
            if node.guard is not None:
                node.guard = self.test(node.guard, node.guard)
            node.body = [self.hit(node.body[0], "matches"), *self.body(node.body)]
            return node
        return self.generic_visit(node)

    def visit_Assert(self, node):
        if self.depth:
            node.test = self.test(node.test, node)
        return node

    # ---- expressions ----

    def visit_IfExp(self, node):
        if self.depth:
            node.test = self.test(node.test, node)
            node.body, node.orelse = self.visit(node.body), self.visit(node.orelse)
            return node
        return self.generic_visit(node)

    def visit_BoolOp(self, node):
        if not self.depth:
            return self.generic_visit(node)
        *early, last = node.values
        values = []
        for value in early:
            branch = self.branch(value, "operand true")
            self.branch(value, "operand false")
            values.append(self.call("__pivot_operand__", value, branch, self.visit(value)))
        node.values = [*values, self.visit(last)]
        return node

    def visit_comprehension(self, node):
        if self.depth:
            node.iter = self.visit(node.iter)
            tick = self.call("__pivot_tick__", node.iter)
            node.ifs = [tick, *(self.test(test, test) for test in node.ifs)]
            return node
        return self.generic_visit(node)

    def visit_Lambda(self, node):
        return self.generic_visit(node)


def instrument(source, path):
    """The code of the reporting copy, and its branches as (function, line, what)."""
    tree = ast.parse(source, path)
    transformer = Instrument()
    tree = ast.fix_missing_locations(transformer.visit(tree))
    return compile(tree, path, "exec", dont_inherit=True), transformer.found
