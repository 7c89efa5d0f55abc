"""The event loop: what is ready runs in turn, what waits for a moment is slept for."""

from collections import deque
import heapq
import sys
import time

import _asyncio
from asyncio import events, futures, tasks
from asyncio.coroutines import iscoroutine

# Cancelled timers are cleared away when there are more than this many, and more than half are.
_CANCELLED_AT_LEAST = 100
_LONGEST_SLEEP = 24 * 3600
_RESOLUTION = 1e-09


def _stop_when_done(future):
    if not future.cancelled():
        failure = future.exception()
        if isinstance(failure, (SystemExit, KeyboardInterrupt)):
            # It has left the loop already.
            return
    future.get_loop().stop()


class _UnixSelectorEventLoop(events.AbstractEventLoop):
    def __init__(self):
        self._ready = deque()
        self._scheduled = []
        self._cancelled_timers = 0
        self._stopping = False
        self._closed = False
        self._debug = False
        self._exception_handler = None
        self._task_factory = None

    def __repr__(self):
        return (
            f"<{type(self).__name__} running={self.is_running()} "
            f"closed={self.is_closed()} debug={self.get_debug()}>"
        )

    # Making futures and tasks.

    def create_future(self):
        return futures.Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        self._check_open()
        if self._task_factory is None:
            return tasks.Task(coro, loop=self, name=name, context=context)
        task = self._task_factory(self, coro) if context is None else self._task_factory(self, coro, context=context)
        if name is not None:
            task.set_name(name)
        return task

    def set_task_factory(self, factory):
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    # Scheduling.

    def time(self):
        return time.monotonic()

    def call_soon(self, callback, *args, context=None):
        self._check_open()
        handle = events.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_soon_threadsafe(self, callback, *args, context=None):
        return self.call_soon(callback, *args, context=context)

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_open()
        timer = events.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._scheduled, timer)
        timer._scheduled = True
        return timer

    def _timer_handle_cancelled(self, timer):
        if timer._scheduled:
            self._cancelled_timers += 1

    # Running.

    def run_forever(self):
        self._check_open()
        self._check_idle()
        _asyncio._set_finalizer(self._close_generator)
        events._set_running_loop(self)
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = False
            events._set_running_loop(None)

    def run_until_complete(self, future):
        self._check_open()
        self._check_idle()
        is_new = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        future.add_done_callback(_stop_when_done)
        try:
            self.run_forever()
        except:
            if is_new and future.done() and not future.cancelled():
                # Its failure is on its way already.
                future.exception()
            raise
        finally:
            future.remove_done_callback(_stop_when_done)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def _run_once(self):
        self._clear_cancelled()
        pause = None
        if self._ready or self._stopping:
            pause = 0
        elif self._scheduled:
            pause = min(max(0, self._scheduled[0]._when - self.time()), _LONGEST_SLEEP)
        if pause is None:
            raise RuntimeError("the event loop waits for nothing that could come")
        if pause:
            time.sleep(pause)
        end = self.time() + _RESOLUTION
        while self._scheduled and self._scheduled[0]._when < end:
            timer = heapq.heappop(self._scheduled)
            timer._scheduled = False
            self._ready.append(timer)
        # What these callbacks schedule is for the next round.
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle._cancelled:
                handle._run()

    def _clear_cancelled(self):
        count = len(self._scheduled)
        if count > _CANCELLED_AT_LEAST and self._cancelled_timers / count > 0.5:
            kept = []
            for timer in self._scheduled:
                if timer._cancelled:
                    timer._scheduled = False
                else:
                    kept.append(timer)
            heapq.heapify(kept)
            self._scheduled = kept
            self._cancelled_timers = 0
        else:
            while self._scheduled and self._scheduled[0]._cancelled:
                self._cancelled_timers -= 1
                heapq.heappop(self._scheduled)._scheduled = False

    def stop(self):
        self._stopping = True

    def is_running(self):
        return events._get_running_loop() is self

    def is_closed(self):
        return self._closed

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if not self._closed:
            self._closed = True
            self._ready.clear()
            self._scheduled.clear()
            _asyncio._set_finalizer(None)

    def _check_open(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _check_idle(self):
        if self.is_running():
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    # Ending.

    def _close_generator(self, generator):
        if not self._closed:
            self.call_soon(self.create_task, generator.aclose())

    async def shutdown_asyncgens(self):
        open_ones = _asyncio._alive()
        if not open_ones:
            return
        closing = [generator.aclose() for generator in open_ones]
        results = await tasks.gather(*closing, return_exceptions=True)
        for result, generator in zip(results, open_ones):
            if isinstance(result, Exception):
                self.call_exception_handler(
                    {
                        "message": "an error occurred during closing of asynchronous generator "
                        f"{generator!r}",
                        "exception": result,
                        "asyncgen": generator,
                    }
                )

    async def shutdown_default_executor(self):
        pass

    # What goes wrong where nobody waits.

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        message = context.get("message") or "Unhandled exception in event loop"
        failure = context.get("exception")
        sys.stderr.write(message + "\n")
        if failure is not None:
            sys.stderr.write(f"{type(failure).__name__}: {failure}\n")

    def call_exception_handler(self, context):
        if self._exception_handler is None:
            self.default_exception_handler(context)
            return
        try:
            self._exception_handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            self.default_exception_handler(
                {"message": "Unhandled error in exception handler", "exception": failure, "context": context}
            )
