"""A copy of the user's module that tells which branches a call takes and how much work it is.

Every condition, loop, handler, case and later operand of `and`/`or` inside a function leaves a mark; line numbers stay.
The copy chooses cases. It never decides what is right.
"""
import ast
import itertools
import operator

MOST_STEPS, FEW_STEPS = 200_000, 10_000
"""Steps (iterations and calls) after which a call is given up: a count, so that the choice of cases does not depend on
how fast the machine is."""


class TooLong(BaseException):
    """The call took more steps than a case may take."""


class End:
    """What follows the last step."""

    def __iter__(self):
        return self

    def __next__(self):
        raise TooLong


class Probe:
    """What the instrumented copy marks and counts. A mark is an item of a list, a step the next item of an iterator: both
    cost far less than a call of a function written in Python."""

    def __init__(self, branches):
        self.marks = [False] * branches
        self.module = {}
        self.start()

    def start(self, most=MOST_STEPS):
        """Forgets everything."""
        self.marks[:] = itertools.repeat(False, len(self.marks))
        self.most = most
        self.left = itertools.repeat(True, most)
        self.module["__pivot_step__"] = itertools.chain(self.left, End()).__next__

    def steps(self):
        """Steps since the start."""
        return self.most - operator.length_hint(self.left)

    def taken(self):
        """The branches taken since then, by number."""
        return list(itertools.compress(itertools.count(), self.marks))

    def test(self, branch, value):
        """A condition inside an expression was evaluated; it is asked for its truth once."""
        truth = bool(value)
        self.marks[branch if truth else branch + 1] = True
        return truth

    def operand(self, branch, value):
        """An operand of `and` or `or` that is not the last."""
        self.marks[branch if value else branch + 1] = True
        return value

    def enter(self, module):
        """Puts what the instrumented code needs among the global names of its module."""
        self.module = module
        module.update({"__pivot_marks__": self.marks, "__pivot_test__": self.test, "__pivot_operand__": self.operand})
        self.start()


class Instrument(ast.NodeTransformer):
    """Puts the marks into every function of a module and lists the branches in `found`."""

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

    def mark(self, node, what):
        """`__pivot_marks__[number] = True`"""
        place = ast.Subscript(ast.Name("__pivot_marks__", ast.Load()), ast.Constant(self.branch(node, what)), ast.Store())
        return ast.copy_location(ast.Assign([place], ast.Constant(True)), node)

    def step(self, node):
        return ast.copy_location(ast.Expr(self.call("__pivot_step__", node)), node)

    def test(self, test, node):
        """A condition inside an expression, or in front of no statements of its own."""
        if isinstance(test, ast.Constant):
            return test
        branch = self.branch(node, "true")
        self.branch(node, "false")
        return self.call("__pivot_test__", test, branch, self.visit(test))

    def ways(self, node):
        """The statements on both ways out of a condition, each marked."""
        if isinstance(node.test, ast.Constant):
            return self.body(node.body), self.body(node.orelse)
        true, false = self.mark(node, "true"), self.mark(node, "false")
        node.test = self.visit(node.test)
        return [true, *self.body(node.body)], [false, *self.body(node.orelse)]

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
        entry = [self.step(node), self.mark(node, "entered")]
        has_doc = ast.get_docstring(node, clean=False) is not None
        doc, rest = (node.body[:1], node.body[1:]) if has_doc else ([], node.body)
        node.body = [*doc, *entry, *self.body(rest)]
        self.depth -= 1
        self.owners.pop()
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    # ---- statements ----

    def visit_If(self, node):
        if not self.depth:
            return self.generic_visit(node)
        node.body, node.orelse = self.ways(node)
        return node

    def visit_While(self, node):
        if not self.depth:
            return self.generic_visit(node)
        body, node.orelse = self.ways(node)
        node.body = [self.step(node), *body]
        return node

    def visit_For(self, node):
        if not self.depth:
            return self.generic_visit(node)
        node.iter = self.visit(node.iter)
        inside, done = self.mark(node, "iterates"), self.mark(node, "ends")
        node.body = [self.step(node), inside, *self.body(node.body)]
        node.orelse = [done, *self.body(node.orelse)]
        return node

    visit_AsyncFor = visit_For

    def visit_ExceptHandler(self, node):
        if self.depth:
            node.body = [self.mark(node, "handles"), *self.body(node.body)]
            return node
        return self.generic_visit(node)

    def visit_match_case(self, node):
        if self.depth:
            if node.guard is not None:
                node.guard = self.test(node.guard, node.guard)
            node.body = [self.mark(node.body[0], "matches"), *self.body(node.body)]
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
            step = self.call("__pivot_step__", node.iter)
            node.ifs = [step, *(self.test(test, test) for test in node.ifs)]
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
