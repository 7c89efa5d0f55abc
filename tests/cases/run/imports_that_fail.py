import math, string, os, sys
try:
    import no_such_numbers as np
    HAS = True
except ImportError as e:
    HAS = False
    print(type(e).__name__, e, e.name)
try:
    from itertools import batched
except ImportError as e:
    print(type(e).__name__, e)
    def batched(it, n):
        return [it[:n]]
try:
    from collections import Sequence
except ImportError:
    from collections.abc import Sequence
try:
    from string import letters
except ImportError:
    letters = "abc"
def f(x):
    try:
        return math.sumprod(x, x)
    except AttributeError as e:
        return str(e)
def g():
    try: return string.letters
    except AttributeError as e: return str(e)
def h():
    if HAS: return np.zeros(3)
    return [0]
def m():
    return [hasattr(math, "sumprod"), hasattr(math, "prod"), getattr(os, "O_NOTHING", 7)]
def r():
    try:
        import no_such_module_anywhere.inner
    except ModuleNotFoundError as e:
        return repr(e), e.name
def n():
    try: raise ImportError("cannot", name="m", path="p")
    except ImportError as e: print(e, e.name, e.path, repr(e), e.args, e.msg)
    try: raise ModuleNotFoundError("cannot", name="m")
    except ImportError as e: print(e, e.name, e.path, repr(e))
if __name__ == "__main__":
    print(f([1]), g(), h(), r(), batched([1,2,3], 2), isinstance([], Sequence), letters)
    print(m())
    n()
