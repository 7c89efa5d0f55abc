"""Watches a program of the user's own (a script, a test suite) from its start to its end.

pivot puts a folder with a `sitecustomize` first on the module path; every Python that the user's command starts imports
it, and this with it. Each process writes what it saw into a file of its own when it ends.
"""
import atexit
import json
import os
import sys
import threading

from . import calls, wire

VARIABLE = "PIVOT_RECORD"
"""The environment variable that holds the files to watch and the folder for what is seen, as JSON."""


def install():
    """Begins to watch, where the environment asks for it."""
    text = os.environ.get(VARIABLE)
    if not text:
        return
    order = json.loads(text)
    paths = order["files"]
    wire.OWN_MODULES.update(module_names(paths, order["root"]))
    recorder = calls.Recorder(paths)
    atexit.register(write, recorder, paths, order["folder"])
    threading.settrace(recorder.trace)
    sys.settrace(recorder.trace)


def module_names(paths, root):
    """Every name under which one of the files may be imported."""
    for path in paths:
        name = os.path.relpath(os.path.splitext(path)[0], root).replace(os.sep, ".")
        parts = name.split(".")
        yield from (".".join(parts[at:]) for at in range(len(parts)))


def write(recorder, paths, folder):
    """Writes what was seen of each file, whole or not at all."""
    sys.settrace(None)
    threading.settrace(None)
    seen = {path: recorder.functions(path) for path in paths}
    target = os.path.join(folder, str(os.getpid()))
    with open(target + ".part", "w", encoding="utf-8") as handle:
        json.dump({path: functions for path, functions in seen.items() if functions}, handle)
    os.replace(target + ".part", target + ".json")
