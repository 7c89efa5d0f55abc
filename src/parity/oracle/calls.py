"""Watches the calls that the functions of some files get, and keeps some of them."""
import base64
import collections
import dis
import inspect
import os

from . import observe, wire

MOST_SEEN = 3_000
"""Calls of one function that are looked at; later ones run untouched."""
MOST_KEPT = 48
"""Different calls of one function that are kept as cases."""
LARGEST_KEPT = 16_384
"""Bytes of one kept call; of larger arguments the first items are kept."""
CUT = 12


class Seen:
    """What was observed of one function."""

    def __init__(self, code):
        self.code = code
        self.count = 0
        self.params = {}
        self.returns = set()
        self.raised = collections.Counter()
        self.kept = {}

    def spell(self):
        """Counts, types and kept calls, ready for JSON."""
        params = list(self.params.items())
        return {
            "seen": self.count,
            "raised": sum(self.raised.values()),
            "params": [{"name": name, "type": observe.union(list(kinds))} for name, kinds in params],
            "returns": observe.union(list(self.returns)),
            "calls": [base64.b64encode(body).decode() for body in list(self.kept)],
        }


class Recorder:
    """A trace function over the calls of some files' functions."""

    def __init__(self, paths):
        self.paths = set(paths)
        self.files = {}
        self.seen = {}
        self.busy = False

    def file_of(self, name):
        """The watched file that code of this file name comes from; None for any other."""
        path = os.path.realpath(name)
        found = self.files[name] = path if path in self.paths else None
        return found

    def trace(self, frame, event, _arg):
        """For `sys.settrace`: notes a call and follows it to its return."""
        code = frame.f_code
        if event != "call" or self.busy or not is_function(code):
            return None
        name = code.co_filename
        path = self.files[name] if name in self.files else self.file_of(name)
        if path is None:
            return None
        seen = self.seen.get((path, code.co_qualname))
        if seen is None:
            seen = self.seen[path, code.co_qualname] = Seen(code)
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
                path = self.files[frame.f_code.co_filename]
                self._note_end(self.seen[path, frame.f_code.co_qualname], frame, arg)
            finally:
                self.busy = False
        return self._follow

    def functions(self, path):
        """What was seen of one file, ready for JSON."""
        found = {name: seen for (file, name), seen in list(self.seen.items()) if file == path}
        return {name.replace("<locals>.", ""): seen.spell() for name, seen in found.items()}

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


def encoded_value(value):
    """The value's bytes; None when it is large or cannot be made again."""
    try:
        return None if weight(value, LARGEST_KEPT) > LARGEST_KEPT else wire.encode(value)
    except Exception:
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
