"""What `os` has beyond the runtime's own."""

import abc
import stat as _stat
from _collections_abc import _check_methods
from os import fspath, listdir, lstat, path, stat

altsep = None
defpath = "/bin:/usr/bin"
supports_dir_fd = set()
supports_fd = set()
supports_follow_symlinks = {"stat"}
error = OSError

F_OK = 0
X_OK = 1
W_OK = 2
R_OK = 4
SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
EX_OK = 0
O_RDONLY = 0
O_WRONLY = 1
O_RDWR = 2


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode("utf-8", "surrogateescape") if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode("utf-8", "surrogateescape") if isinstance(filename, bytes) else filename


class PathLike(abc.ABC):
    @abc.abstractmethod
    def __fspath__(self):
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return _check_methods(subclass, "__fspath__")
        return NotImplemented


class DirEntry:
    """What `scandir` gives: a name, and what is asked about it, kept."""

    __slots__ = ("name", "path", "_link", "_target")

    def __init__(self, name, path):
        self.name = name
        self.path = path
        self._link = None
        self._target = None

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"

    def stat(self, *, follow_symlinks=True):
        if self._link is None:
            self._link = lstat(self.path)
        if not follow_symlinks or not _stat.S_ISLNK(self._link.st_mode):
            return self._link
        if self._target is None:
            self._target = stat(self.path)
        return self._target

    def inode(self):
        return self.stat(follow_symlinks=False).st_ino

    def is_symlink(self):
        return _stat.S_ISLNK(self.stat(follow_symlinks=False).st_mode)

    def _is(self, kind, follow):
        try:
            return kind(self.stat(follow_symlinks=follow).st_mode)
        except FileNotFoundError:
            return False

    def is_dir(self, *, follow_symlinks=True):
        return self._is(_stat.S_ISDIR, follow_symlinks)

    def is_file(self, *, follow_symlinks=True):
        return self._is(_stat.S_ISREG, follow_symlinks)


class _Entries:
    def __init__(self, folder):
        shown = fspath("." if folder is None else folder)
        self._rest = iter([DirEntry(name, path.join(shown, name)) for name in listdir(folder)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._rest)

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        self.close()

    def close(self):
        self._rest = iter(())


def scandir(path=None):
    return _Entries(path)
