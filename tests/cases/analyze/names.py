"""Aliases, shadowing, methods, nested functions: what a call stands for."""

import hashlib as digests
import os.path
import zlib
from hashlib import sha256 as fingerprint
from hmac import new
from os import read as read_descriptor


class Store:
    def __init__(self, path):
        self.path = path

    def load(self):
        with open(self.path) as handle:
            return handle.read()

    def write(self, text):
        return len(text)

    def save(self, text):
        self.write(text)
        return fingerprint(text.encode()).hexdigest()

    class Index:
        def find(self, key):
            return os.path.exists(key)


def shadowed(open, print):
    print(open("x"))
    return zlib.crc32(b"x")


def local_import(key):
    import secrets as hidden

    return new(key, b"", "sha256"), hidden.token_hex(), digests.md5()


def outer(items):
    def inner(item):
        while item:
            item -= 1
        return -item

    return [inner(item) for item in items]


def descriptor(number):
    return read_descriptor(number, 10)
