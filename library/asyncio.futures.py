"""Results that are there later."""

import contextvars

from asyncio import events
from asyncio.exceptions import CancelledError, InvalidStateError

__all__ = ("Future", "isfuture")

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"


def isfuture(obj):
    return hasattr(type(obj), "_asyncio_future_blocking") and obj._asyncio_future_blocking is not None


def _get_loop(future):
    return future.get_loop()


def _set_result_unless_cancelled(future, result):
    if not future.cancelled():
        future.set_result(result)


class Future:
    # True between being yielded to a task and that task's taking notice.
    _asyncio_future_blocking = False
    _what = "Future"

    def __init__(self, *, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._state = _PENDING
        self._result = None
        self._exception = None
        self._cancel_message = None
        self._cancelled_exc = None
        self._callbacks = []
        # A failure that nobody has looked at is told when the future goes.
        self._unseen = False

    def __repr__(self):
        words = [self._state.lower()]
        if self._state == _FINISHED:
            if self._exception is not None:
                words.append(f"exception={self._exception!r}")
            else:
                words.append(f"result={_short(self._result)}")
        if self._callbacks:
            raise NotImplementedError("the text of a future with callbacks")
        return f"<{type(self).__name__} {' '.join(words)}>"

    def __del__(self):
        if self._unseen:
            context = {
                "message": f"{self._what} exception was never retrieved",
                "exception": self._exception,
                "future": self,
            }
            self._loop.call_exception_handler(context)

    def __class_getitem__(cls, item):
        return cls

    def get_loop(self):
        return self._loop

    def cancel(self, msg=None):
        self._unseen = False
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        self._call_back()
        return True

    def _call_back(self):
        callbacks, self._callbacks = self._callbacks, []
        for callback, context in callbacks:
            self._loop.call_soon(callback, self, context=context)

    def _make_cancelled_error(self):
        failure, self._cancelled_exc = self._cancelled_exc, None
        if failure is not None:
            return failure
        if self._cancel_message is None:
            return CancelledError()
        return CancelledError(self._cancel_message)

    def cancelled(self):
        return self._state == _CANCELLED

    def done(self):
        return self._state != _PENDING

    def result(self):
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Result is not set.")
        self._unseen = False
        if self._exception is not None:
            raise self._exception
        return self._result

    def exception(self):
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Exception is not set.")
        self._unseen = False
        return self._exception

    def add_done_callback(self, fn, *, context=None):
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
        else:
            self._callbacks.append((fn, contextvars.copy_context() if context is None else context))

    def remove_done_callback(self, fn):
        kept = [pair for pair in self._callbacks if pair[0] != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    def set_result(self, result):
        self._check_pending()
        self._result = result
        self._state = _FINISHED
        self._call_back()

    def set_exception(self, exception):
        self._check_pending()
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators and cannot be raised into a Future")
        self._exception = exception
        self._state = _FINISHED
        self._unseen = True
        self._call_back()

    def _check_pending(self):
        if self._state != _PENDING:
            raise InvalidStateError("invalid state")

    def __await__(self):
        if not self.done():
            self._asyncio_future_blocking = True
            yield self
        if not self.done():
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


def _short(value):
    """The value's text, where none of it would be left out."""
    text = repr(value)
    if len(text) > 30 or isinstance(value, (list, tuple, dict, set, frozenset)) and len(value) > 4:
        raise NotImplementedError("the text of a future with a long result")
    return text
