"""What a file says about running it as a script: where its main block is, command lines that it shows, words that it
compares with, and whether it reads arguments, standard input or files."""
import ast
import re

from . import harvest, record

MOST_WORDS = 24


def notes(source, path):
    """None for a file without a main block."""
    tree = ast.parse(source, path)
    block = next((node for node in tree.body if is_main(node)), None)
    if block is None:
        return None
    text = source.decode("utf-8", "replace")
    names = {part.id if isinstance(part, ast.Name) else part.attr for part in ast.walk(tree)
             if isinstance(part, (ast.Name, ast.Attribute))}
    texts = [part.value for part in ast.walk(tree) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    short = sorted({text for text in texts if re.fullmatch(r"[\w.+-]{1,24}", text)} - {"__main__"}, key=rank)
    return {
        "line": block.lineno,
        "lines": sorted(own_lines(tree)),
        "shown": record.sample_arguments(text, path)[1:],
        "words": short[:MOST_WORDS],
        "arguments": bool(names & {"argv", "ArgumentParser", "getopt"}),
        "input": bool(names & {"input", "stdin", "fileinput"}),
        "files": bool(names & harvest.FILES),
    }


def is_main(node):
    """`if __name__ == "__main__":`"""
    return (isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and len(node.test.ops) == 1
            and {ast.dump(node.test.left), ast.dump(node.test.comparators[0])}
            == {ast.dump(ast.Name("__name__", ast.Load())), ast.dump(ast.Constant("__main__"))})


def rank(text):
    """Options first, then names of files, then the rest by length."""
    return not text.startswith("-"), "." not in text, len(text), text


def own_lines(tree):
    """The lines of the statements outside functions and classes."""
    def visit(block):
        for node in block:
            if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
                if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                    yield node.lineno
                for name in ("body", "orelse", "finalbody"):
                    yield from visit(getattr(node, name, []))
                for part in [*getattr(node, "handlers", []), *getattr(node, "cases", [])]:
                    yield from visit(part.body)

    return set(visit(tree.body))
