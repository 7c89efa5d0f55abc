"""Everything that could differ from one run to the next, held still: clocks and the random generator.

The vessel's runtime holds the same clock still in the same way: it starts at `EPOCH` with every case and moves
by one millisecond with every reading, so that elapsed times are the same on both sides.
"""
import _random
import importlib.machinery
import sys
import time

EPOCH = 1_700_000_000_000_000_000
"""Nanoseconds since 1970 at the start of every case."""
STEP = 1_000_000
SEED = 0

_passed = 0
_generator = None
"""Behind the functions of `random`, once something has imported that module: seeding takes longer than many a case."""


def start_case():
    """Sets the clock and the random generator back to where every case starts."""
    global _passed
    _passed = 0
    if _generator is not None:
        seed()


def seed():
    """As `random.seed(SEED)`, without looking at what the seed is."""
    _random.Random.seed(_generator, SEED)
    _generator.gauss_next = None


def take_generator(module):
    """Seeds the module's generator now and with every case; another module of that name may have none."""
    global _generator
    _generator = getattr(module, "_inst", None)
    if _generator is not None:
        seed()


class Seeding:
    """Finds the module `random`, and seeds it as soon as it is there."""

    @staticmethod
    def find_spec(name, path=None, _target=None):
        if name != "random":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        if spec is not None:
            execute = spec.loader.exec_module

            def seeded(module):
                execute(module)
                take_generator(module)

            spec.loader.exec_module = seeded
        return spec


def _tick():
    global _passed
    _passed += STEP
    return _passed


def _sleep(seconds):
    global _passed
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _passed += int(seconds * 1_000_000_000)


def _now_or(convert):
    def pinned(seconds=None):
        return convert((EPOCH + _tick()) // 1_000_000_000 if seconds is None else seconds)

    return pinned


def _text_of_now_or(convert):
    def pinned(moment=None):
        return convert(time.localtime() if moment is None else moment)

    return pinned


def _strftime(convert):
    def strftime(layout, moment=None):
        return convert(layout, time.localtime() if moment is None else moment)

    return strftime


def hold():
    """Replaces the functions of `time` that read a clock, and seeds `random` when it is imported."""
    # Where the interpreter's own start imported it, the program gets another one.
    sys.modules.pop("random", None)
    sys.meta_path.insert(0, Seeding)
    time.time = lambda: (EPOCH + _tick()) / 1e9
    time.time_ns = lambda: EPOCH + _tick()
    for name in ("perf_counter", "monotonic", "process_time", "thread_time"):
        setattr(time, name, lambda: _tick() / 1e9)
        setattr(time, name + "_ns", _tick)
    time.sleep = _sleep
    for name in ("gmtime", "localtime", "ctime"):
        setattr(time, name, _now_or(getattr(time, name)))
    time.asctime = _text_of_now_or(time.asctime)
    time.strftime = _strftime(time.strftime)
