"""Random number generators of 64 bits, whose products need 128.

    python3 generators64.py [NUMBERS]
"""

import sys

MASK = (1 << 64) - 1


def splitmix(state):
    state = (state + 0x9E3779B97F4A7C15) & MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return state, z ^ (z >> 31)


def xorshift_star(x):
    x ^= x >> 12
    x ^= (x << 25) & MASK
    x ^= x >> 27
    return x, (x * 0x2545F4914F6CDD1D) & MASK


def modular_power(base, exponent, modulus):
    result = 1
    while exponent:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def main(numbers):
    seed, folded, x = 1, 0, 88172645463325252
    for _ in range(numbers):
        seed, drawn = splitmix(seed)
        x, starred = xorshift_star(x)
        folded = (folded ^ drawn) + starred & MASK
    powers = sum(modular_power(base, 10**12, 2**61 - 1) for base in range(2, 2 + numbers // 100))
    return f"{folded:016x} {powers}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100000))
