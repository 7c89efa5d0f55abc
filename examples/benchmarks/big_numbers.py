"""Integers far beyond 64 bits: digits of pi, factorials, Fibonacci numbers.

    python3 big_numbers.py [DIGITS]
"""

import sys


def pi_digits(count):
    """The spigot of Gibbons: one digit after the other, with exact integers."""
    q, r, t, k, n, left = 1, 0, 1, 1, 3, 3
    digits = []
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, left = (
                q * k,
                (2 * q + r) * left,
                t * left,
                k + 1,
                (q * (7 * k + 2) + r * left) // (t * left),
                left + 2,
            )
    return digits


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def factorial(n):
    product = 1
    for factor in range(2, n + 1):
        product *= factor
    return product


def main(count):
    digits = pi_digits(count)
    return f"{sum(digits)} {digits[-5:]} {fibonacci(10 * count) % 10**20} {len(str(factorial(count)))}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
