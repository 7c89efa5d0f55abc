"""What `os.path` has beyond the runtime's own: it asks the file system more than once, or is rarely asked for."""

import os
import re
import stat

curdir = "."
pardir = ".."
extsep = "."
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False


def _same_kind(name, paths):
    kinds = {isinstance(path, bytes) for path in paths}
    if len(kinds) > 1:
        raise TypeError("Can't mix strings and bytes in path components") from None


def commonpath(paths):
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(os.fspath, paths))
    _same_kind("commonpath", paths)
    sep, here = (b"/", b".") if isinstance(paths[0], bytes) else ("/", ".")
    absolute = {path.startswith(sep) for path in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths") from None
    split = [[part for part in path.split(sep) if part and part != here] for path in paths]
    first, last = min(split), max(split)
    common = first
    for at, part in enumerate(first):
        if part != last[at]:
            common = first[:at]
            break
    return (sep if True in absolute else sep[:0]) + sep.join(common)


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    return samestat(os.stat(f1), os.stat(f2))


def getatime(filename):
    return os.stat(filename).st_atime


def getctime(filename):
    return os.stat(filename).st_ctime


def expandvars(path):
    path = os.fspath(path)
    if isinstance(path, bytes):
        raise NotImplementedError("os.path.expandvars of bytes is not supported")
    if "$" not in path:
        return path
    at = 0
    while found := re.search(r"\$(\w+|\{[^}]*\})", path[at:], re.ASCII):
        start, end = at + found.start(), at + found.end()
        name = found.group(1)
        if name.startswith("{") and name.endswith("}"):
            name = name[1:-1]
        if name in os.environ:
            tail = path[end:]
            path = path[:start] + os.environ[name]
            at = len(path)
            path += tail
        else:
            at = end
    return path


def realpath(filename, *, strict=False):
    filename = os.fspath(filename)
    path, _ = _resolved(filename[:0], filename, strict, {})
    return os.path.abspath(path)


def _resolved(path, rest, strict, known):
    """`path/rest` without links, and whether all of them could be followed. `known` has what links led to, None while
    they are followed."""
    sep, here, up = (b"/", b".", b"..") if isinstance(path, bytes) else ("/", ".", "..")
    if rest.startswith(sep):
        path, rest = sep, rest[1:]
    while rest:
        name, _, rest = rest.partition(sep)
        if not name or name == here:
            continue
        if name == up:
            if path:
                path, name = os.path.split(path)
                if name == up:
                    path = os.path.join(path, up, up)
            else:
                path = up
            continue
        below = os.path.join(path, name)
        try:
            is_link = stat.S_ISLNK(os.lstat(below).st_mode)
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            path = below
            continue
        if below in known:
            path = known[below]
            if path is not None:
                continue
            if strict:
                os.stat(below)
            else:
                return os.path.join(below, rest), False
        known[below] = None
        path, done = _resolved(path, os.readlink(below), strict, known)
        if not done:
            return os.path.join(path, rest), False
        known[below] = path
    return path, True
