"""Runs a script's own main block and doctests, and keeps the calls its functions really get."""
import base64
import collections
import dis
import doctest
import inspect
import json
import os
import re
import shlex
import signal
import sys
import threading
import time
import types

from . import observe, wire

MOST_SEEN = 3_000
"""Calls of one function that are looked at; later ones run untouched."""
MOST_KEPT = 48
"""Different calls of one function that are kept as cases."""
LARGEST_KEPT = 16_384
"""Bytes of one kept call; of larger arguments the first items are kept."""
CUT = 12
ATTEMPTS = ([], ["5"], ["2"], ["20"])


class TimeUp(BaseException):
    """The attempt ran for as long as it may; no handler of the script's should catch it."""


class Seen:
    """What was observed of one function."""

    def __init__(self, code):
        self.code = code
        self.count = 0
        self.params = {}
        self.returns = set()
        self.raised = collections.Counter()
        self.kept = {}
        self.kinds = set()


class Recorder:
    """A trace function over the calls of one file's functions."""

    def __init__(self, path):
        self.path = path
        self.seen = {}
        self.busy = False

    def trace(self, frame, event, _arg):
        """For `sys.settrace`: notes a call and follows it to its return."""
        code = frame.f_code
        if event != "call" or code.co_filename != self.path or self.busy or not is_function(code):
            return None
        seen = self.seen.get(code.co_qualname)
        if seen is None:
            seen = self.seen[code.co_qualname] = Seen(code)
        if seen.count >= MOST_SEEN or frame.f_lasti > first_stop(code):
            return None
        self.busy = True
        try:
            self._note(seen, frame)
        finally:
            self.busy = False
        frame.f_trace_lines = False
        return self._follow

    def _follow(self, frame, event, arg):
        if event == "return" and not self.busy:
            self.busy = True
            try:
                self._note_end(self.seen[frame.f_code.co_qualname], frame, arg)
            finally:
                self.busy = False
        return self._follow

    def _note(self, seen, frame):
        seen.count += 1
        args, kwargs, named = arguments(frame)
        new = False
        for name, value in named:
            kind = observe.describe(value)
            known = seen.params.setdefault(name, set())
            if kind not in known and len(known) < 64:
                known.add(kind)
                new = True
        if new or len(seen.kept) < MOST_KEPT:
            keep(seen, args, kwargs, new)

    def _note_end(self, seen, frame, value):
        operation = dis.opname[frame.f_code.co_code[frame.f_lasti]]
        if operation == "YIELD_VALUE":
            seen.returns.add(("iterator", frozenset((observe.describe(value),))))
        elif frame.f_code.co_flags & inspect.CO_GENERATOR:
            return
        elif operation.startswith("RETURN"):
            if len(seen.returns) < 64:
                seen.returns.add(observe.describe(value))
        else:
            seen.raised["raised"] += 1


def is_function(code):
    """Whether the code is a named function's, not a module's, class body's, lambda's or comprehension's."""
    return code.co_flags & inspect.CO_OPTIMIZED and not code.co_name.startswith("<")


def first_stop(code, known={}):
    """The offset at which the first call event of a frame of this code comes."""
    found = known.get(code)
    if found is None:
        places = [i.offset for i in dis.get_instructions(code) if i.opname == "RESUME" and i.arg == 0]
        found = known[code] = places[0] if places else 0
    return found


def arguments(frame):
    """The call that made this frame: positional values, keyword values, and every parameter with its value."""
    code, local = frame.f_code, frame.f_locals
    plain = code.co_varnames[: code.co_argcount]
    keyword = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    args = [local[name] for name in plain if name in local]
    kwargs = {name: local[name] for name in keyword if name in local}
    named = [(name, local[name]) for name in (*plain, *keyword) if name in local]
    rest = code.co_argcount + code.co_kwonlyargcount
    if code.co_flags & inspect.CO_VARARGS:
        args += local.get(code.co_varnames[rest], ())
        rest += 1
    if code.co_flags & inspect.CO_VARKEYWORDS:
        kwargs.update(local.get(code.co_varnames[rest], {}))
    return args, kwargs, named


def keep(seen, args, kwargs, new):
    """Keeps the call when it is not known yet; calls that brought a new type are kept beyond the limit."""
    if len(seen.kept) >= 2 * MOST_KEPT:
        return
    body = encoded(args, kwargs)
    if body is not None and (body not in seen.kept or new):
        seen.kept[body] = seen.count


def encoded(args, kwargs):
    """The call's bytes, cut to its first items when large; None when it cannot be made again."""
    for limit in (None, CUT, 3):
        try:
            call = (tuple(args), dict(kwargs)) if limit is None else cut((tuple(args), dict(kwargs)), limit, 6)
            if limit is None and weight(call, LARGEST_KEPT) > LARGEST_KEPT:
                continue
            body = wire.encode(call)
        except Exception:
            return None
        if len(body) <= LARGEST_KEPT:
            return body
    return None


def weight(value, most):
    """Roughly how many bytes the encoding takes; stops counting above `most`."""
    total, waiting = 0, [value]
    while waiting and total <= most:
        one = waiting.pop()
        total += 9
        if isinstance(one, (str, bytes, bytearray)):
            total += len(one)
        elif isinstance(one, dict):
            waiting += [*one.keys(), *one.values()] if len(one) < most else [0] * most
        elif isinstance(one, (list, tuple, set, frozenset)):
            waiting += one if len(one) < most else [0] * most
    return total


def cut(value, limit, depth):
    """A copy whose containers hold their first items only."""
    kind = type(value)
    if depth == 0:
        return value
    if kind in (list, tuple, set, frozenset):
        items = [item for item, _ in zip(value, range(limit))]
        return kind(cut(item, limit, depth - 1) for item in items)
    if kind is dict:
        return {key: cut(item, limit, depth - 1) for (key, item), _ in zip(value.items(), range(limit))}
    if kind in (str, bytes, bytearray):
        return value[: limit * 40]
    return value


# ---- what is run ----


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
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)
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


def report(recorder, attempts, target):
    """Writes what was seen as JSON, whole or not at all."""
    functions = {}
    for name, seen in list(recorder.seen.items()):
        functions[name.replace("<locals>.", "")] = {
            "seen": seen.count,
            "raised": sum(seen.raised.values()),
            "params": [{"name": n, "type": observe.union(list(kinds))} for n, kinds in list(seen.params.items())],
            "returns": observe.union(list(seen.returns)),
            "calls": [base64.b64encode(body).decode() for body in list(seen.kept)],
        }
    with open(target + ".part", "w", encoding="utf-8") as handle:
        json.dump({"attempts": attempts, "functions": functions}, handle)
    os.replace(target + ".part", target)


def main(target, path, seconds):
    """Records the calls of `path` into the JSON file `target`, in about `seconds` seconds."""
    with open(path, "rb") as handle:
        raw = handle.read()
    code = compile(raw, path, "exec", dont_inherit=True)
    source = raw.decode("utf-8", "replace")
    recorder, attempts = Recorder(path), []
    wire.OWN_MODULES.add(os.path.splitext(os.path.basename(path))[0])
    signal.signal(signal.SIGALRM, stop)
    watch(recorder, attempts, target, seconds + 2)
    all_attempts(code, source, path, recorder, attempts, seconds)
    report(recorder, attempts, target)
    os._exit(0)


def watch(recorder, attempts, target, seconds):
    """Ends the process with what there is when the script cannot be interrupted."""

    def expire():
        attempts.append({"argv": [], "end": "stuck", "seconds": seconds})
        report(recorder, attempts, target)
        os._exit(0)

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
