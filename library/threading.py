"""Locks of a program with one thread; threads themselves are not here."""

from _thread import RLock, allocate_lock

Lock = allocate_lock


class local:
    pass
