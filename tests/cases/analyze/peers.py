"""What radon and complexipy measure: read paths from stdin, print one JSON object a file.

{"path", "radon": {"name@line": complexity}, "complexipy": {"name": complexity}}; a file that a tool cannot
read gives it an empty object.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import complexipy
from radon.visitors import ComplexityVisitor, Class


def functions(blocks, prefix, found):
    for block in blocks:
        name = prefix + block.name
        if isinstance(block, Class):
            functions(block.methods, name + ".", found)
            functions(block.inner_classes, name + ".", found)
        else:
            found[f"{name}@{block.lineno}"] = block.complexity
            functions(block.closures, name + ".", found)


def radon(source):
    found = {}
    visitor = ComplexityVisitor.from_code(source)
    functions(visitor.functions, "", found)
    functions(visitor.classes, "", found)
    return found


def cognitive(source):
    found = {}
    for function in complexipy.code_complexity(source.decode(), no_ignore=True).functions:
        name = function.name.replace("::", ".")
        found[name] = None if name in found else function.complexity
    return found


def attempt(measure, argument):
    try:
        return measure(argument)
    except Exception:
        return {}


for line in sys.stdin:
    path = line.rstrip("\n")
    with open(path, "rb") as file:
        source = file.read()
    print(json.dumps({"path": path, "radon": attempt(radon, source), "complexipy": attempt(cognitive, source)}), flush=True)
