"""Runs a script's own main block and doctests, and keeps the calls its functions really get."""
import json
import os
import re
import shlex
import signal
import sys
import threading
import time
import types

from . import calls, packages, wire

ATTEMPTS = ([], ["5"], ["2"], ["20"])


class TimeUp(BaseException):
    """The attempt ran for as long as it may; no handler of the script's should catch it."""


def sample_arguments(source, path):
    """Command lines to try: those the module's own text shows, then small numbers."""
    stem = re.escape(os.path.basename(path))
    shown = [shlex.split(found.group(1)) for found in re.finditer(stem + r"[ \t]+([^\n`\"'\[<]+)", source)]
    plain = [words for words in shown if words and all(re.fullmatch(r"[\w.,/+-]+", word) for word in words)]
    small = [words for words in plain if not any(word.isdigit() and len(word) > 5 for word in words)]
    return [ATTEMPTS[0], *small[:2], *ATTEMPTS[1:]]


def run_main(code, path, argv):
    """Runs the file as the main program; tells how that ended."""
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    sys.argv = [path, *argv]
    try:
        exec(code, module.__dict__)
    except SystemExit as done:
        return "ok" if done.code in (None, 0) else "exit"
    except TimeUp:
        return "time"
    except BaseException as error:
        return type(error).__name__
    return "ok"


def run_doctests(code, path, name):
    """Imports the file and runs the examples in its docstrings."""
    module = types.ModuleType(name)
    module.__file__ = path
    module.__package__ = packages.enter(path)
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)
        import doctest

        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.REPORT_ONLY_FIRST_FAILURE)
        for test in doctest.DocTestFinder().find(module, name):
            runner.run(test, out=lambda _text: None, clear_globs=False)
    except TimeUp:
        return "time"
    except BaseException as error:
        return type(error).__name__
    return "ok"


def limited(run, recorder, seconds, *args):
    """Runs under the recorder, for at most so many seconds."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    sys.settrace(recorder.trace)
    try:
        return run(*args)
    except TimeUp:
        return "time"
    finally:
        sys.settrace(None)
        signal.setitimer(signal.ITIMER_REAL, 0)


def stop(_signal, _frame):
    raise TimeUp


def all_attempts(code, source, path, recorder, attempts, seconds):
    """The main block under each command line until one succeeds by itself, then the doctests."""
    ends = time.monotonic() + seconds
    for argv in sample_arguments(source, path):
        left = ends - time.monotonic()
        if left <= 0.05:
            break
        before = time.monotonic()
        how = limited(run_main, recorder, min(left, max(seconds / 3, 0.1)), code, path, argv)
        attempts.append({"argv": argv, "end": how, "seconds": time.monotonic() - before})
        if how == "ok" and argv == ATTEMPTS[0]:
            break
    if ">>>" in source:
        name = os.path.splitext(os.path.basename(path))[0]
        how = limited(run_doctests, recorder, max(ends - time.monotonic(), 0.5), code, path, name)
        attempts.append({"argv": ["doctest"], "end": how, "seconds": 0.0})


def report(recorder, attempts, target, path):
    """Writes what was seen as JSON, whole or not at all."""
    with open(target + ".part", "w", encoding="utf-8") as handle:
        json.dump({"attempts": attempts, "functions": recorder.functions(path)}, handle)
    os.replace(target + ".part", target)


def main(target, path, seconds):
    """Records the calls of `path` into the JSON file `target`, in about `seconds` seconds."""
    with open(path, "rb") as handle:
        raw = handle.read()
    code = compile(raw, path, "exec", dont_inherit=True)
    source = raw.decode("utf-8", "replace")
    recorder, attempts = calls.Recorder([path]), []
    wire.OWN_MODULES.add(os.path.splitext(os.path.basename(path))[0])
    signal.signal(signal.SIGALRM, stop)
    watch(recorder, attempts, target, path, seconds + 2)
    all_attempts(code, source, path, recorder, attempts, seconds)
    report(recorder, attempts, target, path)
    os._exit(0)


def watch(recorder, attempts, target, path, seconds):
    """Ends the process with what there is when the script cannot be interrupted."""

    def expire():
        attempts.append({"argv": [], "end": "stuck", "seconds": seconds})
        report(recorder, attempts, target, path)
        os._exit(0)

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
