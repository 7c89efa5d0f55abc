"""Answers calls that arrive as frames on standard input; one process serves many thousands of cases.

A frame is its length (four bytes, little-endian) and its body. docs/parity.md describes the bodies.
"""
import fcntl
import gc
import hashlib
import io
import json
import marshal
import os
import signal
import struct
import sys
import types

from . import branches, calls, harvest, packages, pins, scripts, state, wire

RESET, WATCH_FILES, SHORT, BRIEF = 1, 2, 16, 64
LARGEST = 1 << 22
"""Outcomes of more bytes than this are answered by their digest."""
SLOW = 0.5
"""Seconds after which a guided call is given up, should its steps not end it."""
READ = 1 << 16
NOTHING_PRINTED = b"b\0\0\0\0"
EACH_PART, MOST_PARTS = 5, 50_000
"""Steps that it takes to write down a part of a result, and parts after which they are counted no more."""
FAR_AWAY = 500
"""File descriptors from here on are ours: a case that opens small numbers must not meet them."""
ORDINARY, HIGH = 1000, 100_000
"""Recursion limits: the interpreter's own, and the one under which values are encoded."""
DEPTH = 9
"""Frames between the start of this process and the user's function, less the module's own one."""

_length = struct.Struct("<I")
_trail = struct.Struct("<cIBB")


class Capture:
    """Takes the place of a standard stream and keeps what is printed."""

    def __init__(self):
        self.replace()

    def replace(self):
        self.raw = io.BytesIO()
        self.stream = io.TextIOWrapper(self.raw, encoding="utf-8", write_through=True)

    def take(self):
        """What was printed since the last call, as bytes."""
        if self.stream.closed:
            self.replace()
            return b""
        size = self.raw.tell()
        if size == 0:
            return b""
        text = self.raw.getvalue()[:size]
        self.raw.seek(0)
        self.raw.truncate()
        return text


class Worker:
    """One user module, its reporting copy, and the state of this process."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.splitext(os.path.basename(path))[0]
        self.package = packages.enter(path)
        with open(path, "rb") as handle:
            self.source = handle.read()
        self.code = compile(self.source, path, "exec", dont_inherit=True)
        self.out, self.err = Capture(), Capture()
        self.guided_code, self.branches = branches.instrument(self.source, path)
        self.probe = branches.Probe(len(self.branches))
        self.recorder = calls.Recorder([os.path.realpath(path)])
        self.function_name = self.result = None
        self.opened = False
        self.capturing()
        self.fresh()
        self.remembers = state.remembers(self.module)
        self.guided = self.guided_function = None
        sys.addaudithook(self.audit)

    def audit(self, event, _args):
        """Notices that a call touches files, so that they can be made part of its outcome."""
        if event in ("open", "os.remove", "os.rename", "os.mkdir", "os.listdir", "os.scandir", "os.rmdir"):
            self.opened = True

    def capturing(self):
        sys.stdout, sys.stderr = self.out.stream, self.err.stream
        sys.stdin = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        sys.argv = [self.path]

    def module_of(self, code, prepare=None):
        module = types.ModuleType(self.name)
        module.__file__ = self.path
        module.__package__ = self.package
        if prepare:
            prepare(module.__dict__)
        sys.modules[self.name] = module
        exec(code, module.__dict__)
        return module

    def fresh(self):
        """A module that no call has touched."""
        pins.start_case()
        sys.setrecursionlimit(ORDINARY)
        self.module = self.module_of(self.code)
        # Here the user's function is called from deeper down than in a script: give back the difference.
        self.limit = sys.getrecursionlimit() + DEPTH
        sys.setrecursionlimit(HIGH)
        self.function = None

    def fresh_guided(self):
        self.guided = self.module_of(self.guided_code, self.probe.enter)
        self.guided_function = None

    # ---- names ----

    def resolve(self, name):
        """The class, function or module that a case names."""
        if name.startswith("."):
            return walk(self.current, name[1:])
        if name.startswith("module "):
            return sys.modules[name[7:]]
        return find(name)

    # ---- answers ----

    def describe(self):
        """What pivot asks first."""
        found = [{"function": owner, "line": line, "what": what} for owner, line, what in self.branches]
        return json.dumps({
            "protocol": 1,
            "version": sys.version.split()[0],
            "remembers": self.remembers,
            "branches": found,
            "functions": harvest.functions(self.module, self.path),
            "classes": harvest.classes(self.module),
            "script": scripts.notes(self.source, self.path),
            "libm": libm(),
        }).encode()

    def select(self, name):
        self.function_name = name
        self.function = self.guided_function = None

    def call(self, body):
        """Runs one case in the plain module; the answer is its outcome."""
        flags = body[1]
        if flags & RESET:
            self.fresh()
        self.current = self.module
        if self.function is None:
            self.function = walk(self.module, self.function_name)
        return self.outcome(self.function, body, flags) if self.function else b"!"

    def case(self, body):
        """Arguments and files of a case; None when it asks for what cannot be made, such as a list in a set."""
        try:
            if body[1] & BRIEF:
                return marshal.loads(memoryview(body)[2:])
            return wire.Reader(body[2:], self.resolve).value()
        except Exception:
            return None

    def outcome(self, function, body, flags):
        case = self.case(body)
        if case is None:
            return b"!"
        args, kwargs, files = case
        if flags & WATCH_FILES:
            lay_out(files)
        pins.start_case()
        try:
            return self.written(function, args, kwargs, flags & WATCH_FILES)
        except MemoryError:
            # The call went through, but what it left is too large to be written down beside itself.
            self.forget_printed()
        return out_of_memory(flags & WATCH_FILES)

    def written(self, function, args, kwargs, files):
        """Calls the function; its outcome in canonical bytes. MemoryError where there is no room for them."""
        out, memo = bytearray(b"o\0"), wire.Memo()
        self.run(function, args, kwargs, out, memo)
        wire.put(args, out, memo)
        if kwargs:
            wire.put(kwargs, out, memo)
        else:
            out += wire.EMPTY_DICT
        self.put_printed(out)
        if files:
            put_files(out)
        out[1] = memo.opaque
        return bytes(out) if len(out) <= LARGEST else digest(out)

    def run(self, function, args, kwargs, out, memo):
        """Calls the function and writes how that ended."""
        sys.setrecursionlimit(self.limit)
        try:
            value = function(*args, **kwargs)
            if isinstance(value, types.CoroutineType):
                value = finished(value)
        except BaseException as error:
            sys.setrecursionlimit(HIGH)
            out += b"X"
            wire.put_exception(error, out, memo)
            memo.alive.append(error)
        else:
            sys.setrecursionlimit(HIGH)
            out += b"V"
            wire.put(value, out, memo)
            memo.alive.append(value)

    def put_printed(self, out):
        for capture in (self.out, self.err):
            text = capture.take()
            if text:
                out += b"b" + _length.pack(len(text))
                out += text
            else:
                out += NOTHING_PRINTED
        self.own_streams()

    def own_streams(self):
        """Our streams stand where a case may have put its own."""
        if sys.stdout is not self.out.stream or sys.stderr is not self.err.stream:
            self.capturing()

    def forget_printed(self):
        """Streams that hold nothing, and no memory."""
        self.out.replace()
        self.err.replace()
        self.capturing()

    def guide(self, body):
        """Runs one case in the reporting copy; the answer is steps, how it ended, and the branches taken."""
        if self.guided is None or body[1] & RESET:
            self.fresh_guided()
        self.current = self.guided
        if self.guided_function is None:
            self.guided_function = walk(self.guided, self.function_name)
        case = self.case(body)
        if case is None or self.guided_function is None:
            return b"!"
        args, kwargs, files = case
        if body[1] & WATCH_FILES:
            lay_out(files)
        pins.start_case()
        self.opened = False
        self.probe.start(branches.FEW_STEPS if body[1] & SHORT else branches.MOST_STEPS)
        end = self.guided_end(self.guided_function, args, kwargs)
        self.out.take()
        self.err.take()
        self.own_streams()
        taken = self.probe.taken()
        steps = self.probe.steps() + EACH_PART * parts((self.result, args))
        self.result = None
        head = _trail.pack(b"g", steps, self.opened, len(end)) + end
        return head + struct.pack(f"<{len(taken)}H", *taken)

    def guided_end(self, function, args, kwargs):
        """An empty text for a result, the class of the exception otherwise."""
        signal.setitimer(signal.ITIMER_REAL, SLOW)
        sys.setrecursionlimit(self.limit)
        try:
            value = function(*args, **kwargs)
            if hasattr(type(value), "__next__"):
                for _number, _item in zip(range(wire.MOST_DRAINED), value):
                    pass
            self.result = value
        except branches.TooLong:
            return b"!slow"
        except BaseException as error:
            return wire.qualified(type(error)).encode()[:200]
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            sys.setrecursionlimit(HIGH)
        return b""

    def rehearse(self, body):
        """Runs one case in the reporting copy and notes what it calls; the answer are the arguments as it left them."""
        if self.guided is None or self.remembers:
            self.fresh_guided()
        self.current = self.guided
        function, case = walk(self.guided, self.function_name), self.case(body)
        if case is None or function is None:
            return b"!"
        args, kwargs, files = case
        lay_out(files)
        pins.start_case()
        self.probe.start(branches.FEW_STEPS)
        sys.settrace(self.recorder.trace)
        try:
            self.guided_end(function, args, kwargs)
        finally:
            sys.settrace(None)
        self.forget_printed()
        return b"r" + (calls.encoded_value(args) or b"")

    def noticed(self):
        """What was noted since this was asked last, of all functions but the one that was called."""
        found = self.recorder.functions(os.path.realpath(self.path))
        found.pop(self.function_name, None)
        self.recorder = calls.Recorder([os.path.realpath(self.path)])
        return json.dumps(found).encode()

    def construct(self, body):
        """Calls the selected class; the answer is the instance, where one could be made that can be written down."""
        self.current = self.module
        kind, case = walk(self.module, self.function_name), self.case(body)
        if kind is None or case is None:
            return b"!"
        args, kwargs, _files = case
        pins.start_case()
        try:
            made = b"v" + wire.encode(kind(*args, **kwargs))
        except BaseException:
            made = b"!"
        self.put_printed(bytearray())
        return made

    def answer(self, body):
        """The answer to one request; None where there is none."""
        kind = body[0:1]
        if kind == b"c":
            return self.call(body)
        if kind == b"g":
            return self.guide(body)
        if kind == b"n":
            return self.construct(body)
        if kind == b"r":
            return self.rehearse(body)
        if kind == b"k":
            return self.noticed()
        if kind == b"f":
            return self.select(body[1:].decode())
        return self.describe()


def parts(value):
    """How many values this one is made of, as far as it matters: containers and instances are looked into."""
    seen, waiting, count = set(), [value], 0
    while waiting and count < MOST_PARTS:
        one = waiting.pop()
        if isinstance(one, (list, tuple, set, frozenset)):
            inner = one
        elif isinstance(one, dict):
            inner = one.values()
        else:
            inner = getattr(one, "__dict__", None)
            inner = inner.values() if type(inner) is dict else ()
        if inner and id(one) not in seen:
            seen.add(id(one))
            count += len(inner)
            waiting.extend(inner)
    return count


def walk(module, name):
    """`Class.method` inside a module; None where there is no such thing."""
    found = module
    for part in name.split("."):
        found = getattr(found, part, None)
    return found.fget if isinstance(found, property) else found


def find(name):
    """A builtin, or something of a module that can be imported."""
    import builtins
    import importlib

    if "." not in name:
        return getattr(builtins, name)
    module, _, rest = name.rpartition(".")
    try:
        return getattr(importlib.import_module(module), rest)
    except ImportError:
        return getattr(find(module), rest)


def libm():
    """The C library's name and version, where the system tells."""
    try:
        return os.confstr("CS_GNU_LIBC_VERSION") or "unknown"
    except (ValueError, OSError, AttributeError):
        return "unknown"


def out_of_memory(files):
    """The outcome of a call that left more than this process can write down: MemoryError, and nothing else is known."""
    out, memo = bytearray(b"o\0X"), wire.Memo()
    wire.put_exception(MemoryError(), out, memo)
    wire.put((), out, memo)
    wire.put({}, out, memo)
    out += NOTHING_PRINTED * 2
    if files:
        put_files(out)
    return bytes(out)


def digest(out):
    """A long outcome by its digest: equal outcomes have equal digests."""
    return bytes(out[:2]) + b"H" + hashlib.sha256(out).digest() + struct.pack("<Q", len(out))


def finished(coroutine):
    """The result of a coroutine, run to its end."""
    import asyncio

    return asyncio.run(coroutine)


def still_streams():
    """Standard streams that hold and keep nothing, whatever an earlier case did to them."""
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        if null != stream:
            os.dup2(null, stream)
    if null > 2:
        os.close(null)


def lay_out(files):
    """Makes the working folder hold exactly these files."""
    still_streams()
    for name in os.listdir("."):
        remove(name)
    for name, content in files.items():
        with open(name, "wb") as handle:
            handle.write(content)


def remove(name):
    import shutil

    if os.path.isdir(name) and not os.path.islink(name):
        shutil.rmtree(name, ignore_errors=True)
    else:
        os.unlink(name)


def put_files(out):
    """Appends every file below the working folder: its path and content, by path."""
    found = {}
    for folder, _, names in os.walk("."):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as handle:
                found[path[2:]] = handle.read()
    wire.put({name: found[name] for name in sorted(found)}, out, wire.Memo())


def stop(_signal, _frame):
    raise branches.TooLong


def serve(worker, requests, answers):
    """Reads frames until the other side closes; answers what has arrived before waiting for more."""
    pending, waiting = b"", bytearray()
    while True:
        at = 0
        while len(pending) - at >= 4:
            (size,) = _length.unpack_from(pending, at)
            if len(pending) - at < size + 4:
                break
            found = worker.answer(pending[at + 4 : at + 4 + size])
            at += 4 + size
            if found is not None:
                waiting += _length.pack(len(found))
                waiting += found
        write_all(answers, waiting)
        arrived = os.read(requests, READ)
        if not arrived:
            return
        pending = pending[at:] + arrived


def write_all(answers, waiting):
    while waiting:
        done = os.write(answers, waiting)
        del waiting[:done]


def limits(memory):
    """Bounds what a case can take of the machine."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 26, 1 << 26))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path, memory):
    """Serves the functions of the file at `path`."""
    requests = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, FAR_AWAY)
    answers = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, FAR_AWAY)
    still_streams()
    limits(memory)
    wire.OWN_MODULES.add(os.path.splitext(os.path.basename(path))[0])
    pins.hold()
    signal.signal(signal.SIGALRM, stop)
    try:
        worker = Worker(path)
    except BaseException as error:
        failed = json.dumps({"error": f"{type(error).__name__}: {error}"}).encode()
        write_all(answers, bytearray(_length.pack(len(failed)) + failed))
        os._exit(3)
    # What is here now stays: the collector need not look at it after every few cases.
    gc.freeze()
    serve(worker, requests, answers)
    os._exit(0)

