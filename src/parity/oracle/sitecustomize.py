"""Imported by every Python that `pivot record` starts: begins to watch, then makes room for the user's own."""
import importlib.machinery
import importlib.util
import os
import sys

_here = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [path for path in sys.path if os.path.abspath(path or ".") != _here]
_package = os.path.dirname(_here)
sys.path.insert(0, _package)
from pivot_oracle import follow  # noqa: E402

sys.path.remove(_package)

# The import that is under way gives whatever stands under this name at its end: the user's own, where there is one.
_own = importlib.machinery.PathFinder.find_spec("sitecustomize")
if _own is not None and _own.loader is not None:
    sys.modules["sitecustomize"] = importlib.util.module_from_spec(_own)
    _own.loader.exec_module(sys.modules["sitecustomize"])
follow.install()
