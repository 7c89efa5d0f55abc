"""Coroutines that run in turn, and waiting for several of them."""

import contextvars
from functools import partial
from itertools import count

from asyncio import coroutines, events, futures
from asyncio.exceptions import CancelledError
from asyncio.queues import Queue

__all__ = (
    "Task",
    "create_task",
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "ALL_COMPLETED",
    "wait",
    "wait_for",
    "as_completed",
    "sleep",
    "gather",
    "shield",
    "ensure_future",
    "current_task",
    "all_tasks",
)

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

_numbers = count(1)
# Tasks that are not done, and the one that each loop runs.
_open = {}
_current = {}


def current_task(loop=None):
    return _current.get(events.get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    if loop is None:
        loop = events.get_running_loop()
    return {task for task in _open if task.get_loop() is loop and not task.done()}


class Task(futures.Future):
    _what = "Task"

    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__(loop=loop)
        if not coroutines.iscoroutine(coro):
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._name = f"Task-{next(_numbers)}" if name is None else str(name)
        self._cancel_requests = 0
        self._must_cancel = False
        self._waits_for = None
        self._coro = coro
        self._context = contextvars.copy_context() if context is None else context
        self._loop.call_soon(self._step, context=self._context)
        _open[self] = None

    def __repr__(self):
        raise NotImplementedError("the text of a task, which tells the line its coroutine is at")

    def get_coro(self):
        return self._coro

    def get_context(self):
        return self._context

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def cancel(self, msg=None):
        self._unseen = False
        if self.done():
            return False
        self._cancel_requests += 1
        if self._waits_for is not None and self._waits_for.cancel(msg=msg):
            return True
        # It is about to run: its next step raises.
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        return self._cancel_requests

    def uncancel(self):
        if self._cancel_requests > 0:
            self._cancel_requests -= 1
        return self._cancel_requests

    def _step(self, failure=None):
        if self._must_cancel:
            if not isinstance(failure, CancelledError):
                failure = self._make_cancelled_error()
            self._must_cancel = False
        self._waits_for = None
        _current[self._loop] = self
        try:
            if failure is None:
                yielded = self._coro.send(None)
            else:
                yielded = self._coro.throw(failure)
        except StopIteration as end:
            if self._must_cancel:
                self._must_cancel = False
                self._finish_cancelled()
            else:
                self._finish(futures.Future.set_result, end.value)
        except CancelledError as cancelled:
            self._cancelled_exc = cancelled
            self._cancel_message = None
            self._finish_cancelled()
        except (KeyboardInterrupt, SystemExit) as leaving:
            self._finish(futures.Future.set_exception, leaving)
            raise
        except BaseException as raised:
            self._finish(futures.Future.set_exception, raised)
        else:
            self._wait(yielded)
        finally:
            _current.pop(self._loop, None)

    def _finish(self, how, value):
        _open.pop(self, None)
        how(self, value)

    def _finish_cancelled(self):
        _open.pop(self, None)
        super().cancel(msg=self._cancel_message)

    def _wait(self, yielded):
        """Goes on when what the coroutine yielded is done."""
        blocking = getattr(yielded, "_asyncio_future_blocking", None)
        if blocking is None:
            if yielded is None:
                self._loop.call_soon(self._step, context=self._context)
            else:
                self._go_on_with(RuntimeError(f"Task got bad yield: {yielded!r}"))
        elif yielded.get_loop() is not self._loop:
            self._go_on_with(
                RuntimeError(f"Task {self!r} got Future {yielded!r} attached to a different loop")
            )
        elif not blocking:
            self._go_on_with(
                RuntimeError(f"yield was used instead of yield from in task {self!r} with {yielded!r}")
            )
        elif yielded is self:
            self._go_on_with(RuntimeError(f"Task cannot await on itself: {self!r}"))
        else:
            yielded._asyncio_future_blocking = False
            yielded.add_done_callback(self._wake, context=self._context)
            self._waits_for = yielded
            if self._must_cancel and yielded.cancel(msg=self._cancel_message):
                self._must_cancel = False

    def _go_on_with(self, failure):
        self._loop.call_soon(self._step, failure, context=self._context)

    def _wake(self, future):
        try:
            future.result()
        except BaseException as failure:
            self._step(failure)
        else:
            self._step()


def create_task(coro, *, name=None, context=None):
    task = events.get_running_loop().create_task(coro, context=context)
    if name is not None:
        task.set_name(name)
    return task


def _set_task_name(task, name):
    if name is not None:
        task.set_name(name)


async def _awaiting(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not coro_or_future.get_loop():
            raise ValueError(
                "The future belongs to a different loop than the one specified as the loop argument"
            )
        return coro_or_future
    if coroutines.iscoroutine(coro_or_future):
        coro = coro_or_future
    elif hasattr(type(coro_or_future), "__await__"):
        coro = _awaiting(coro_or_future)
    else:
        raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
    if loop is None:
        loop = events.get_event_loop()
    try:
        return loop.create_task(coro)
    except RuntimeError:
        coro.close()
        raise


class _Turn:
    """Lets everything else that is ready run once."""

    def __await__(self):
        yield


async def sleep(delay, result=None):
    if delay <= 0:
        await _Turn()
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


def _release(waiter, *args):
    if not waiter.done():
        waiter.set_result(None)


async def _cancel_and_wait(future, loop):
    waiter = loop.create_future()
    release = partial(_release, waiter)
    future.add_done_callback(release)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(release)


def _result_in_time(future):
    """The result, where having been cancelled means that time ran out."""
    try:
        return future.result()
    except CancelledError as cancelled:
        raise TimeoutError() from cancelled


async def wait_for(fut, timeout):
    loop = events.get_running_loop()
    if timeout is None:
        return await fut
    if timeout <= 0:
        fut = ensure_future(fut, loop=loop)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut, loop)
        return _result_in_time(fut)
    waiter = loop.create_future()
    timer = loop.call_later(timeout, _release, waiter)
    release = partial(_release, waiter)
    fut = ensure_future(fut, loop=loop)
    fut.add_done_callback(release)
    try:
        try:
            await waiter
        except CancelledError:
            if fut.done():
                return fut.result()
            fut.remove_done_callback(release)
            await _cancel_and_wait(fut, loop)
            raise
        if fut.done():
            return fut.result()
        fut.remove_done_callback(release)
        await _cancel_and_wait(fut, loop)
        return _result_in_time(fut)
    finally:
        timer.cancel()


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(coroutines.iscoroutine(future) for future in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = events.get_running_loop()
    waiter = loop.create_future()
    timer = None if timeout is None else loop.call_later(timeout, _release, waiter)
    left = len(fs)

    def on_completion(future):
        nonlocal left
        left -= 1
        enough = left <= 0 or return_when == FIRST_COMPLETED
        if not enough and return_when == FIRST_EXCEPTION:
            enough = not future.cancelled() and future.exception() is not None
        if enough:
            if timer is not None:
                timer.cancel()
            _release(waiter)

    for future in fs:
        future.add_done_callback(on_completion)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(on_completion)
    done = set()
    pending = set()
    for future in fs:
        (done if future.done() else pending).add(future)
    return done, pending


def as_completed(fs, *, timeout=None):
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    done = Queue()
    loop = events.get_event_loop()
    todo = {ensure_future(future, loop=loop) for future in set(fs)}
    timer = None

    def on_timeout():
        for future in todo:
            future.remove_done_callback(on_completion)
            done.put_nowait(None)
        todo.clear()

    def on_completion(future):
        if todo:
            todo.remove(future)
            done.put_nowait(future)
            if not todo and timer is not None:
                timer.cancel()

    async def next_one():
        future = await done.get()
        if future is None:
            raise TimeoutError
        return future.result()

    for future in todo:
        future.add_done_callback(on_completion)
    if todo and timeout is not None:
        timer = loop.call_later(timeout, on_timeout)
    for _ in range(len(todo)):
        yield next_one()


class _GatheringFuture(futures.Future):
    """What `gather` gives: cancelling it cancels those that it waits for."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = [child.cancel(msg=msg) for child in self._children]
        if any(cancelled):
            self._cancel_requested = True
            return True
        return False


def _as_value(child):
    """What a finished child stands for among gathered results."""
    if child.cancelled():
        return CancelledError("" if child._cancel_message is None else child._cancel_message)
    failure = child.exception()
    return child.result() if failure is None else failure


def gather(*coros_or_futures, return_exceptions=False):
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer
    outer = None
    finished = 0

    def on_completion(child):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not child.cancelled():
                # It counts as looked at.
                child.exception()
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._make_cancelled_error())
                return
            failure = child.exception()
            if failure is not None:
                outer.set_exception(failure)
                return
        if finished == len(by_argument):
            results = [_as_value(one) for one in children]
            if outer._cancel_requested:
                outer.set_exception(children[-1]._make_cancelled_error())
            else:
                outer.set_result(results)

    by_argument = {}
    children = []
    loop = None
    for argument in coros_or_futures:
        if argument not in by_argument:
            child = ensure_future(argument, loop=loop)
            if loop is None:
                loop = child.get_loop()
            by_argument[argument] = child
            child.add_done_callback(on_completion)
        children.append(by_argument[argument])
    outer = _GatheringFuture(children, loop=loop)
    return outer


def shield(arg):
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner.get_loop().create_future()

    def inner_done(inner):
        if outer.cancelled():
            if not inner.cancelled():
                inner.exception()
        elif inner.cancelled():
            outer.cancel()
        else:
            failure = inner.exception()
            if failure is not None:
                outer.set_exception(failure)
            else:
                outer.set_result(inner.result())

    def outer_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_done)

    inner.add_done_callback(inner_done)
    outer.add_done_callback(outer_done)
    return outer
