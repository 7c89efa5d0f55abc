import asyncio
from asyncio import Queue, Event, Lock, Semaphore, Condition
import contextvars

var = contextvars.ContextVar("var", default="none")

async def producer(q, n, name):
    for i in range(n):
        await q.put((name, i))
        await asyncio.sleep(0)
    await q.put(None)

async def consumer(q, out):
    while True:
        item = await q.get()
        if item is None: q.task_done(); break
        out.append(item); q.task_done()

async def queues():
    q = asyncio.Queue(maxsize=2); out = []
    c = asyncio.create_task(consumer(q, out)); p = asyncio.create_task(producer(q, 4, "p"))
    await asyncio.gather(c, p); await q.join()
    pq = asyncio.PriorityQueue()
    for x in (3, 1, 2): pq.put_nowait(x)
    lq = asyncio.LifoQueue()
    for x in (3, 1, 2): await lq.put(x)
    got = [await pq.get() for _ in range(3)], [lq.get_nowait() for _ in range(3)]
    try: pq.get_nowait()
    except asyncio.QueueEmpty as e: got += (repr(e),)
    try:
        small = Queue(1); small.put_nowait(1); small.put_nowait(2)
    except asyncio.QueueFull as e: got += (repr(e), str(small), small.full(), small.qsize())
    return out, got

async def locks():
    lock = Lock(); order = []
    async def crit(n):
        async with lock:
            order.append(("in", n)); await asyncio.sleep(0.001); order.append(("out", n))
    await asyncio.gather(*(crit(i) for i in range(3)))
    sem = Semaphore(2); active = 0; peak = 0
    async def limited(i):
        nonlocal active, peak
        async with sem:
            active += 1; peak = max(peak, active)
            await asyncio.sleep(0.001); active -= 1
            return i * i
    squares = await asyncio.gather(*[limited(i) for i in range(5)])
    ev = Event()
    async def waiter(i):
        await ev.wait(); order.append(("woke", i))
    ws = [asyncio.create_task(waiter(i)) for i in range(2)]
    await asyncio.sleep(0); order.append("set"); ev.set(); await asyncio.gather(*ws)
    cond = Condition(); ready = []
    async def cw():
        async with cond:
            await cond.wait_for(lambda: len(ready) > 1); order.append("cond")
    t = asyncio.create_task(cw())
    for i in range(2):
        await asyncio.sleep(0)
        async with cond: ready.append(i); cond.notify_all()
    await t
    try: lock.release()
    except RuntimeError as e: order.append(str(e))
    bs = asyncio.BoundedSemaphore(1)
    try: bs.release()
    except ValueError as e: order.append(str(e))
    bar = asyncio.Barrier(2)
    idx = await asyncio.gather(bar.wait(), bar.wait())
    return order, squares, peak, lock.locked(), ev.is_set(), sorted(idx)

async def failing(msg, delay=0):
    await asyncio.sleep(delay); raise ValueError(msg)

async def ok(v, delay=0):
    await asyncio.sleep(delay); return v

async def cancels():
    out = []
    async def sleeper():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError as e:
            out.append(("cancelled", e.args)); raise
        finally: out.append("cleanup")
    t = asyncio.create_task(sleeper()); await asyncio.sleep(0); print(t.cancel("msg"))
    try: await t
    except asyncio.CancelledError as e: out.append(("await", e.args, t.cancelled(), t.done()))
    t2 = asyncio.create_task(ok(1)); t2.cancel()
    try: await t2
    except asyncio.CancelledError: out.append("t2 never ran")
    out.append(t2.cancel())
    async def stubborn():
        try: await asyncio.sleep(10)
        except asyncio.CancelledError: return "survived"
    t3 = asyncio.create_task(stubborn()); await asyncio.sleep(0); t3.cancel(); out.append(await t3)
    try: await asyncio.wait_for(sleeper(), 0.01)
    except asyncio.TimeoutError as e: out.append(("timeout", repr(e), e is not None, TimeoutError is asyncio.TimeoutError))
    out.append(await asyncio.wait_for(ok("fine"), 1))
    out.append(await asyncio.wait_for(ok("none"), None))
    try: await asyncio.wait_for(failing("wf"), 1)
    except ValueError as e: out.append(repr(e))
    try:
        async with asyncio.timeout(0.01) as cm: await asyncio.sleep(5)
    except TimeoutError as e: out.append(("timeout cm", cm.expired()))
    async with asyncio.timeout(None): pass
    inner = asyncio.create_task(ok("shielded", 0.01))
    outer = asyncio.create_task(asyncio.wait_for(asyncio.shield(inner), 0.001))
    try: await outer
    except asyncio.TimeoutError: out.append(await inner)
    return out

async def gathers():
    out = []
    out.append(await asyncio.gather())
    out.append(await asyncio.gather(ok(1), failing("x"), ok(3, 0.002), return_exceptions=True))
    try: await asyncio.gather(ok(1, 0.01), failing("first"), failing("second", 0.001))
    except ValueError as e: out.append(str(e))
    c = ok(7); out.append(await asyncio.gather(asyncio.create_task(c), ok(8)))
    g = asyncio.gather(ok(1, 5), ok(2, 5)); await asyncio.sleep(0); g.cancel()
    try: await g
    except asyncio.CancelledError: out.append("gather cancelled")
    done, pending = await asyncio.wait([asyncio.create_task(ok(i, i / 200), name=f"w{i}") for i in range(4)], return_when=asyncio.FIRST_COMPLETED)
    out.append((sorted(t.get_name() for t in done), len(pending)))
    done, pending = await asyncio.wait(pending, timeout=1); out.append((sorted(t.result() for t in done), pending))
    res = []
    for f in asyncio.as_completed([ok("slow", 0.02), ok("fast", 0.001), ok("mid", 0.01)]): res.append(await f)
    out.append(res)
    try: await asyncio.wait([])
    except ValueError as e: out.append(str(e))
    try: await asyncio.wait([ok(1)])
    except TypeError as e: out.append(str(e))
    return out

async def groups():
    out = []
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(ok(1, 0.002)); b = tg.create_task(ok(2))
    out.append((a.result(), b.result(), repr(tg)))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(failing("one")); tg.create_task(failing("two")); c = tg.create_task(ok(3, 5))
    except ExceptionGroup as eg:
        out.append((str(eg), eg.message, sorted(map(repr, eg.exceptions)), c.cancelled(), type(eg).__name__))
    try:
        async with asyncio.TaskGroup() as tg:
            tg.create_task(ok(3, 5)); raise KeyError("body")
    except BaseExceptionGroup as eg: out.append((str(eg), eg.exceptions))
    return out

async def contexts():
    async def child(v):
        var.set(v); await asyncio.sleep(0); return var.get()
    var.set("main")
    r = await asyncio.gather(child("a"), child("b"))
    return r, var.get()

async def ticker(n, d=0.001):
    try:
        for i in range(n):
            yield i; await asyncio.sleep(d)
    finally: print("ticker closed")

async def gens():
    out = [x async for x in ticker(3)]
    async for x in ticker(10):
        if x == 2: break
    await asyncio.sleep(0.005)
    t = ticker(5); out.append(await t.__anext__())
    return out, t

async def order():
    log = []
    async def step(name, n):
        for i in range(n): log.append((name, i)); await asyncio.sleep(0)
    loop = asyncio.get_running_loop()
    loop.call_soon(log.append, "soon"); loop.call_later(0.002, log.append, "later"); h = loop.call_later(0.001, log.append, "never"); h.cancel()
    t = asyncio.create_task(step("t", 3)); t.add_done_callback(lambda f: log.append(("cb", f.result())))
    await step("main", 2); await asyncio.sleep(0.005)
    fut = loop.create_future(); loop.call_soon(fut.set_result, 42); log.append(await fut)
    log.append((asyncio.current_task().get_name(), asyncio.iscoroutinefunction(step), asyncio.iscoroutine(3), asyncio.isfuture(fut), repr(fut)))
    log.append(len(asyncio.all_tasks()))
    return log

async def errors():
    out = []
    try: asyncio.run(ok(1))
    except RuntimeError as e: out.append(str(e))
    fut = asyncio.get_running_loop().create_future()
    try: fut.result()
    except asyncio.InvalidStateError as e: out.append(repr(e))
    try: asyncio.create_task(3)
    except TypeError as e: out.append(str(e))
    try: await asyncio.gather(3)
    except TypeError as e: out.append(str(e))
    return out

class Pool:
    def __init__(self, n): self.n = n; self.log = []
    async def __aenter__(self): self.log.append("open"); await asyncio.sleep(0); return self
    async def __aexit__(self, *exc): self.log.append(("close", exc[0] and exc[0].__name__)); return True
    async def fetch(self, k): await asyncio.sleep(0.001 * (self.n - k)); self.log.append(k); return k
async def pool():
    async with Pool(3) as p:
        r = await asyncio.gather(*[p.fetch(k) for k in range(3)]); raise OSError("x")
    return r, p.log

def main():
    for f in (queues, locks, cancels, gathers, groups, contexts, gens, order, errors, pool):
        r = asyncio.run(f())
        print(f.__name__, r[0] if f is gens else r)
    try: asyncio.run(failing("top"))
    except ValueError as e: print("top", e)
    try: asyncio.run(3)
    except ValueError as e: print(e)
    try: asyncio.get_running_loop()
    except RuntimeError as e: print(e)
    with asyncio.Runner() as r: print(r.run(ok(5)), r.run(ok(6)))
    loop = asyncio.new_event_loop(); print(loop.run_until_complete(ok("manual"))); loop.close(); print(loop.is_closed())

if __name__ == "__main__":
    main()
