"""What CPython makes of Python files: the oracle of the syntax tests.

Reads JSON values from stdin, one a line: {"path": ...} or {"text": ...}, with "tree": true where the
syntax tree is wanted too. Answers each with one line: {"error": null | [type, message, line, column],
"tree": sha256 of the dump | null}. With --dump the dump itself stands in place of its hash.
"""

import ast
import hashlib
import json
import struct
import sys
import warnings

SKIPPED = {"ctx", "type_comment", "kind", "type_ignores"}
POSITIONED = (ast.expr, ast.stmt, ast.excepthandler, ast.alias)


def bits(value):
    return struct.pack(">d", value).hex()


def constant(value):
    if isinstance(value, str):
        return "s" + value.encode("utf-8", "surrogatepass").hex()
    if isinstance(value, bytes):
        return "b" + value.hex()
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        return "i" + format(value, "x")
    if isinstance(value, float):
        return "f" + bits(value)
    if isinstance(value, complex):
        return "c" + bits(value.imag)
    return "..."


def dump(node, placed=True):
    """An S-expression of a tree; places are left out inside f-strings, where CPython 3.11 has none of use."""
    if isinstance(node, list):
        return "[" + " ".join(dump(item, placed) for item in node) + "]"
    if not isinstance(node, ast.AST):
        return "~" if node is None else str(node)
    place = ""
    if placed and isinstance(node, POSITIONED):
        place = f"@{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}"
    if isinstance(node, ast.Constant):
        return f"(Constant{place} {constant(node.value)})"
    if isinstance(node, ast.MatchSingleton):
        return f"(MatchSingleton {constant(node.value)})"
    placed = placed and not isinstance(node, ast.JoinedStr)
    fields = [dump(getattr(node, name), placed) for name in node._fields if name not in SKIPPED]
    return "(" + " ".join([type(node).__name__ + place] + fields) + ")"


def verdict(source):
    try:
        compile(source, "file.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        return [type(error).__name__, error.msg, error.lineno, error.offset]
    except (RecursionError, MemoryError, ValueError, OverflowError) as error:
        return [type(error).__name__, str(error), 0, 0]
    return None


def answer(question, as_dump):
    if "path" in question:
        with open(question["path"], "rb") as file:
            source = file.read()
    else:
        source = question["text"]
    error, tree = verdict(source), None
    if error is None and question.get("tree"):
        tree = dump(ast.parse(source))
        if not as_dump:
            tree = hashlib.sha256(tree.encode()).hexdigest()
    return {"error": error, "tree": tree}


def main():
    warnings.simplefilter("ignore")
    as_dump = "--dump" in sys.argv
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line), as_dump)))


main()
