"""Writes CPython's answers beside the expressions of the tables in this folder (or of the tables given)."""
import os
import pathlib
import re
import sys
import warnings

ARROW = "  =>  "

if os.environ.get("PYTHONHASHSEED") != "0":
    os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
warnings.simplefilter("ignore")


def answer(expression):
    try:
        text = repr(eval(expression, {"__name__": "__main__"}))
    except BaseException as raised:
        text = f"!! {type(raised).__name__}: {raised}"
    text = re.sub(r" at 0x[0-9a-f]+", " at 0x", text)
    return text.replace("\n", "\\n").replace("\r", "\\r")


for table in map(pathlib.Path, sys.argv[1:]) if sys.argv[1:] else sorted(pathlib.Path(__file__).parent.glob("*.txt")):
    lines = []
    for line in table.read_text(encoding="utf-8").splitlines():
        expression = line.split(ARROW)[0]
        skip = not expression or expression.startswith("#")
        lines.append(line if skip else expression + ARROW + answer(expression))
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
