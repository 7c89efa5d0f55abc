"""Digests of digests: a chain that must be walked, and a tree that need not be.

    python3 digest_chain.py [LINKS]
"""

import hashlib
import sys


def chain(seed, links):
    digest = seed.encode()
    for number in range(links):
        digest = hashlib.sha256(digest + number.to_bytes(4, "big")).digest()
    return digest.hex()


def leaf(number):
    return hashlib.sha256(f"leaf {number}".encode()).hexdigest()


def tree(leaves):
    level = [leaf(number) for number in range(leaves)]
    while len(level) > 1:
        if len(level) % 2:
            level.append(level[-1])
        level = [hashlib.md5((a + b).encode()).hexdigest() for a, b in zip(level[::2], level[1::2])]
    return level[0]


def main(links):
    return f"{chain('start', links)} {tree(links)}"


if __name__ == "__main__":
    print(main(int(sys.argv[1]) if len(sys.argv) > 1 else 50000))
