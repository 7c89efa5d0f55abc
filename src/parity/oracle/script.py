"""Imported, as `sitecustomize`, by the Python that runs a whole script as a case: holds clock and chance still and
bounds what the script takes of the machine.

`PIVOT_CASE` is the memory in bytes; in a trial also the most lines to run, and a file for what the trial showed.
"""
import atexit
import json
import os
import resource
import sys

_here = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != _here]
sys.path.insert(0, os.path.dirname(_here))
from pivot_oracle import pins  # noqa: E402

sys.path.pop(0)
TOO_LONG = 252
"""The status of a trial that was given up."""


class Trial:
    """Counts the lines of the script that are run, and notes which."""

    def __init__(self, path, most, target):
        self.path, self.left, self.target = path, most, target
        self.lines = set()

    def begin(self):
        atexit.register(self.report)
        sys.settrace(self.frame)

    def frame(self, frame, _event, _arg):
        return self.line if frame.f_code.co_filename == self.path else None

    def line(self, frame, event, _arg):
        if event == "line":
            self.lines.add(frame.f_lineno)
            self.left -= 1
            if self.left < 0:
                os._exit(TOO_LONG)
        return self.line

    def report(self):
        sys.settrace(None)
        with open(self.target, "w", encoding="utf-8") as handle:
            json.dump(sorted(self.lines), handle)


def begin():
    memory, *trial = os.environ.pop("PIVOT_CASE").split(":", 2)
    for name in ("PYTHONPATH", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE"):
        os.environ.pop(name, None)
    for what, most in ((resource.RLIMIT_AS, int(memory)), (resource.RLIMIT_FSIZE, 1 << 26), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    pins.hold()
    pins.start_case()
    path = sys.argv[0]
    sys.argv[0] = os.path.basename(path)
    if trial:
        Trial(path, int(trial[0]), trial[1]).begin()


begin()
