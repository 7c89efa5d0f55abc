"""Functions of complex numbers, in the steps of CPython's cmathmodule.c, so that every bit is the same.

abs() of a complex number is the C library's hypot(), which math.hypot() is not.
"""
import math

pi = math.pi
e = math.e
tau = math.tau
inf = math.inf
nan = math.nan
infj = complex(0.0, math.inf)
nanj = complex(0.0, math.nan)

_LARGE = 1.7976931348623157e308 / 4.0
_LOG_LARGE = math.log(_LARGE)
_SMALLEST_NORMAL = 2.2250738585072014e-308
_SCALE_UP = 53
_SCALE_DOWN = -27
_LN2 = 0.6931471805599453
_LN10 = 2.302585092994046


def _complex(z):
    if not isinstance(z, (int, float, complex)):
        _check(z, ("__complex__", "__float__", "__index__"))
    return complex(z)


def _real(x):
    if not isinstance(x, (int, float)):
        _check(x, ("__float__", "__index__"))
    return float(x)


def _check(value, conversions):
    kind = type(value)
    if not any([hasattr(kind, name) for name in conversions]):
        raise TypeError(f"must be real number, not {kind.__name__}")


def _hypot(a, b):
    return abs(complex(a, b))


def _is_finite(z):
    return math.isfinite(z.real) and math.isfinite(z.imag)


def exp(z, /):
    z = _complex(z)
    x, y = z.real, z.imag
    if not _is_finite(z):
        if math.isinf(y) and (math.isfinite(x) or x > 0):
            raise ValueError("math domain error")
        if math.isinf(x) and math.isfinite(y) and y != 0.0:
            size = inf if x > 0 else 0.0
            return complex(math.copysign(size, math.cos(y)), math.copysign(size, math.sin(y)))
        if math.isinf(x) and x < 0:
            return complex(0.0, y if y == 0.0 else 0.0)
        if math.isinf(x):
            return complex(inf, y if y == 0.0 else nan)
        return complex(nan, y if y == 0.0 else nan)
    if x > _LOG_LARGE:
        size = math.exp(x - 1.0)
        made = complex(_times(size, math.cos(y), e), _times(size, math.sin(y), e))
    else:
        size = math.exp(x)
        made = complex(size * math.cos(y), size * math.sin(y))
    if math.isinf(made.real) or math.isinf(made.imag):
        raise OverflowError("math range error")
    return made


def _times(size, part, factor):
    return size * part * factor


def log(z, base=None, /):
    made = _log(_complex(z))
    return made if base is None else made / _log(_complex(base))


def log10(z, /):
    made = _log(_complex(z))
    return complex(made.real / _LN10, made.imag / _LN10)


def _log(z):
    x, y = abs(z.real), abs(z.imag)
    turn = math.atan2(z.imag, z.real)
    if not _is_finite(z):
        return complex(inf if math.isinf(x) or math.isinf(y) else nan, turn)
    if x > _LARGE or y > _LARGE:
        size = math.log(_hypot(x / 2.0, y / 2.0)) + _LN2
    elif x < _SMALLEST_NORMAL and y < _SMALLEST_NORMAL:
        if x == 0.0 and y == 0.0:
            raise ValueError("math domain error")
        size = math.log(_hypot(math.ldexp(x, _SCALE_UP), math.ldexp(y, _SCALE_UP))) - _SCALE_UP * _LN2
    else:
        far = _hypot(x, y)
        if 0.71 <= far <= 1.73:
            more, less = (x, y) if x > y else (y, x)
            size = math.log1p((more - 1.0) * (more + 1.0) + less * less) / 2.0
        else:
            size = math.log(far)
    return complex(size, turn)


def sqrt(z, /):
    z = _complex(z)
    x, y = z.real, z.imag
    if not _is_finite(z):
        return _sqrt_of_extreme(x, y)
    if x == 0.0 and y == 0.0:
        return complex(0.0, y)
    across, up = abs(x), abs(y)
    if across < _SMALLEST_NORMAL and up < _SMALLEST_NORMAL:
        across = math.ldexp(across, _SCALE_UP)
        size = math.ldexp(math.sqrt(across + _hypot(across, math.ldexp(up, _SCALE_UP))), _SCALE_DOWN)
    else:
        across /= 8.0
        size = 2.0 * math.sqrt(across + _hypot(across, up / 8.0))
    other = up / (2.0 * size)
    if x >= 0.0:
        return complex(size, math.copysign(other, y))
    return complex(other, math.copysign(size, y))


def _sqrt_of_extreme(x, y):
    if math.isinf(y):
        return complex(inf, y)
    if math.isinf(x) and x > 0:
        return complex(inf, nan if math.isnan(y) else math.copysign(0.0, y))
    if math.isinf(x):
        return complex(nan, inf) if math.isnan(y) else complex(0.0, math.copysign(inf, y))
    return complex(nan, nan)


def phase(z, /):
    z = _complex(z)
    turn = math.atan2(z.imag, z.real)
    if turn == 0.0 and z.imag != 0.0 and math.isfinite(z.real):
        raise OverflowError("math range error")
    return turn


def polar(z, /):
    z = _complex(z)
    try:
        return abs(z), math.atan2(z.imag, z.real)
    except OverflowError:
        raise OverflowError("math range error") from None


def isfinite(z, /):
    return _is_finite(_complex(z))


def isnan(z, /):
    z = _complex(z)
    return math.isnan(z.real) or math.isnan(z.imag)


def isinf(z, /):
    z = _complex(z)
    return math.isinf(z.real) or math.isinf(z.imag)


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    a, b = _complex(a), _complex(b)
    if rel_tol < 0.0 or abs_tol < 0.0:
        raise ValueError("tolerances must be non-negative")
    if a.real == b.real and a.imag == b.imag:
        return True
    if isinf(a) or isinf(b):
        return False
    apart = abs(a - b)
    return apart <= rel_tol * abs(b) or apart <= rel_tol * abs(a) or apart <= abs_tol


def rect(r, phi, /):
    r, phi = _real(r), _real(phi)
    if math.isfinite(r) and math.isfinite(phi):
        if phi == 0.0:
            return complex(r, r * phi)
        return complex(r * math.cos(phi), r * math.sin(phi))
    if math.isinf(phi) and r != 0.0 and not math.isnan(r):
        raise ValueError("math domain error")
    if math.isinf(r) and math.isfinite(phi) and phi != 0.0:
        across, up = math.copysign(inf, math.cos(phi)), math.copysign(inf, math.sin(phi))
        return complex(across, up) if r > 0 else complex(-across, -up)
    return _rect_of_extreme(r, phi)


def _rect_of_extreme(r, phi):
    if r == 0.0:
        return complex(0.0, 0.0)
    if math.isinf(r) and phi == 0.0:
        return complex(r, phi if r > 0 else -phi)
    if math.isinf(r):
        return complex(inf, nan)
    return complex(nan, 0.0 if phi == 0.0 else nan)
