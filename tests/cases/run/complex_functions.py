import cmath
from cmath import exp, phase, pi
VALUES = [0.0, -0.0, 1.0, -2.5, 1e-310, 1e308, 710.0, -745.0, float("inf"), float("-inf"), float("nan"), 3.25e-20]
def told(f, *args):
    try:
        return repr(f(*args))
    except (ValueError, OverflowError, TypeError) as e:
        return f"{type(e).__name__}: {e}"
def fft(x):
    n = len(x)
    if n == 1:
        return x
    even, odd = fft(x[::2]), fft(x[1::2])
    t = [cmath.exp(-2j * cmath.pi * k / n) * odd[k] for k in range(n // 2)]
    return [even[k] + t[k] for k in range(n // 2)] + [even[k] - t[k] for k in range(n // 2)]
def roots(a, b, c):
    d = cmath.sqrt(b * b - 4 * a * c)
    return (-b + d) / (2 * a), (-b - d) / (2 * a)
if __name__ == "__main__":
    for x in VALUES:
        for y in VALUES:
            z = complex(x, y)
            print(z, *[told(f, z) for f in (cmath.exp, cmath.log, cmath.log10, cmath.sqrt, cmath.phase, cmath.polar)])
            print(told(cmath.rect, x, y), cmath.isnan(z), cmath.isinf(z), cmath.isfinite(z))
    print(fft([1.0, 2.5, -3.0, 4.0]), roots(1, 2, 5), roots(5, 6, 1), exp(1j * pi), phase(-1))
    print(told(cmath.exp, "x"), told(cmath.sqrt, None), told(cmath.rect, 1j, 2), cmath.log(8, 2), cmath.isclose(1, 1 + 1e-10))
    print(cmath.inf, cmath.nan, cmath.tau, cmath.infj, cmath.nanj, cmath.e)
