"""What `xtask stdlib` does to copies of the library's modules: `strip FILE`, `sift CALLS`."""
import ast
import base64
import json
import re
import sys


def is_accelerator(stmt):
    """`try: from _heapq import ... except ImportError: ...`"""
    if not isinstance(stmt, ast.Try) or not stmt.handlers:
        return False
    imports = [s for s in stmt.body if isinstance(s, (ast.Import, ast.ImportFrom))]
    if len(imports) != len(stmt.body):
        return False
    names = [s.module or "" for s in imports if isinstance(s, ast.ImportFrom)]
    names += [alias.name for s in imports if isinstance(s, ast.Import) for alias in s.names]
    return all(name.startswith("_") for name in names)


def strip(path):
    """Leaves out what the module would take from its C parts, as if the interpreter had none."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    lines = text.splitlines()
    for stmt in reversed(ast.parse(text).body):
        if is_accelerator(stmt):
            handler = stmt.handlers[0].body
            kept = [line[4:] for line in lines[handler[0].lineno - 1:handler[-1].end_lineno]]
            lines[stmt.lineno - 1:stmt.end_lineno] = kept
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def is_foreign(call):
    """Some argument is an instance or a function of another module, which a vessel does not have."""
    for found in re.finditer(rb"[on](.{3}\x00)", call, re.DOTALL):
        length = int.from_bytes(found[1], "little")
        name = call[found.end():found.end() + length]
        if length < 200 and re.fullmatch(rb"(?!builtins\.)[A-Za-z_]\w*\.[\w.<>]+", name):
            return True
    return False


def sift(path):
    """Leaves out calls that need other modules."""
    with open(path, encoding="utf-8") as file:
        functions = json.load(file)
    for recorded in functions.values():
        recorded["calls"] = [call for call in recorded["calls"] if not is_foreign(base64.b64decode(call))]
    with open(path, "w", encoding="utf-8") as file:
        json.dump(functions, file)


{"strip": strip, "sift": sift}[sys.argv[1]](sys.argv[2])
