"""Scheduled callbacks, and which event loop runs."""

import contextvars
import sys

__all__ = (
    "AbstractEventLoop",
    "Handle",
    "TimerHandle",
    "get_event_loop",
    "set_event_loop",
    "new_event_loop",
    "get_running_loop",
    "_get_running_loop",
    "_set_running_loop",
)


class AbstractEventLoop:
    pass


class Handle:
    """A callback that waits for its turn."""

    def __init__(self, callback, args, loop, context=None):
        self._context = contextvars.copy_context() if context is None else context
        self._loop = loop
        self._callback = callback
        self._args = args
        self._cancelled = False

    def cancel(self):
        if not self._cancelled:
            self._cancelled = True
            self._callback = None
            self._args = None

    def cancelled(self):
        return self._cancelled

    def _run(self):
        try:
            self._context.run(self._callback, *self._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            name = getattr(self._callback, "__qualname__", None) or repr(self._callback)
            self._loop.call_exception_handler(
                {"message": f"Exception in callback {name}()", "exception": failure, "handle": self}
            )


class TimerHandle(Handle):
    """A callback that waits for a moment."""

    def __init__(self, when, callback, args, loop, context=None):
        super().__init__(callback, args, loop, context)
        self._when = when
        self._scheduled = False

    def __hash__(self):
        return hash(self._when)

    def __lt__(self, other):
        if isinstance(other, TimerHandle):
            return self._when < other._when
        return NotImplemented

    def __le__(self, other):
        if isinstance(other, TimerHandle):
            return self._when < other._when or self.__eq__(other)
        return NotImplemented

    def __gt__(self, other):
        if isinstance(other, TimerHandle):
            return self._when > other._when
        return NotImplemented

    def __ge__(self, other):
        if isinstance(other, TimerHandle):
            return self._when > other._when or self.__eq__(other)
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, TimerHandle):
            return (
                self._when == other._when
                and self._callback == other._callback
                and self._args == other._args
                and self._cancelled == other._cancelled
            )
        return NotImplemented

    def cancel(self):
        if not self._cancelled:
            self._loop._timer_handle_cancelled(self)
        super().cancel()

    def when(self):
        return self._when


_running = None
_current = None
_was_set = False


def _get_running_loop():
    return _running


def _set_running_loop(loop):
    global _running
    _running = loop


def get_running_loop():
    if _running is None:
        raise RuntimeError("no running event loop")
    return _running


def get_event_loop():
    if _running is not None:
        return _running
    if _current is None and not _was_set:
        set_event_loop(new_event_loop())
    if _current is None:
        raise RuntimeError("There is no current event loop in thread 'MainThread'.")
    return _current


_get_event_loop = get_event_loop


def set_event_loop(loop):
    global _current, _was_set
    if loop is not None and not isinstance(loop, AbstractEventLoop):
        raise TypeError(f"loop must be an instance of AbstractEventLoop or None, not '{type(loop).__name__}'")
    _was_set = True
    _current = loop


def new_event_loop():
    from asyncio.unix_events import _UnixSelectorEventLoop

    return _UnixSelectorEventLoop()
