class Aw:
    def __init__(self, v): self.v = v
    def __await__(self):
        got = yield self.v
        return (self.v, got)

def drive(coro, sends=()):
    out = []
    sends = list(sends)
    try:
        value = coro.send(None)
        while True:
            out.append(value)
            value = coro.send(sends.pop(0) if sends else None)
    except StopIteration as e:
        return out, e.value
    except BaseException as e:
        return out, type(e).__name__, str(e)

class Count:
    def __init__(self, n): self.n = n; self.i = 0
    def __aiter__(self): return self
    async def __anext__(self):
        if self.i >= self.n: raise StopAsyncIteration
        self.i += 1
        await Aw(self.i)
        return self.i * 10

class Ctx:
    def __init__(self, swallow=False): self.swallow = swallow
    async def __aenter__(self):
        await Aw("enter"); return self
    async def __aexit__(self, t, v, tb):
        await Aw("exit"); print("exit", t and t.__name__, v); return self.swallow

async def loops(n):
    seen = []
    async for x in Count(n):
        if x == 20: continue
        if x == 50: break
        seen.append(x)
    else:
        seen.append("else")
    return seen

async def agen(n):
    try:
        for i in range(n):
            got = yield i
            if got: print("got", got)
            await Aw(("in", i))
    finally:
        print("agen finally")

async def comps():
    a = [x async for x in Count(3)]
    b = {x: y async for x in Count(2) for y in range(2) if x}
    c = {x % 3 async for x in agen(4) if x != 2}
    d = [await Aw(i) for i in range(2)]
    e = [[await Aw((i, j)) for j in range(2)] for i in range(2)]
    f = [lambda: x async for x in Count(2)]
    return a, b, c, d, e, [g() for g in f]

async def genexp():
    g = (x * 2 async for x in Count(3) if x != 20)
    h = (await Aw(i) for i in range(2))
    r = []
    async for v in g: r.append(v)
    async for v in h: r.append(v)
    print(type(g).__name__, type(h).__name__)
    try:
        r.append(sum(x async for x in Count(1)))
    except TypeError as e: r.append(str(e))
    return r

async def ctx(swallow):
    async with Ctx(swallow) as c, Ctx() as d:
        print(type(c).__name__)
        raise ValueError("boom")
    return "after"

async def early():
    for i in range(3):
        async with Ctx():
            if i == 1: return i

async def manual():
    g = agen(3)
    out = [await g.__anext__(), await g.asend("hello"), await anext(g)]
    try: await anext(g)
    except StopAsyncIteration as e: out.append(repr(e))
    out.append(await anext(g, "dflt"))
    g = agen(3)
    out.append(await anext(g))
    try: await g.athrow(KeyError("k"))
    except KeyError as e: out.append(repr(e))
    g = agen(2); await g.__anext__(); out.append(await g.aclose()); out.append(await g.aclose())
    try: await g.__anext__()
    except StopAsyncIteration: out.append("stopped")
    return out

async def wrong_objects():
    out = []
    for bad in (lambda: forsync([1]), lambda: forsync(3), lambda: withsync(3), lambda: awaits(3), lambda: withsync(open), lambda: stops(), lambda: stops2(), lambda: badnext()):
        try: out.append(await bad())
        except Exception as e: out.append((type(e).__name__, str(e)))
    return out
async def forsync(x):
    async for _ in x: pass
async def withsync(x):
    async with x: pass
async def awaits(x): return await x
async def stops(): raise StopIteration(3)
async def stops2():
    async def g():
        yield 1
        raise StopAsyncIteration("x")
    return [x async for x in g()]
class BadNext:
    def __aiter__(self): return self
    def __anext__(self): return 5
async def badnext():
    async for _ in BadNext(): pass

async def ret_in_gen():
    async def g():
        yield 1
        return
        yield 2
    async def h():
        async for x in g(): yield x
        yield 99
    return [x async for x in h()]
async def ignoring():
    async def g():
        try: yield 1
        except GeneratorExit: yield 2
    it = g()
    await it.__anext__()
    await it.aclose()

if __name__ == "__main__":
    print(drive(loops(3))); print(drive(loops(7)))
    print(drive(comps(), "abcdefghijk"))
    print(drive(genexp()))
    print(drive(ctx(True))); print(drive(ctx(False))); print(drive(early()))
    print(drive(manual())); print(drive(wrong_objects())); print(drive(ret_in_gen())); print(drive(ignoring()))
    g = agen(1); print(type(g).__name__, g.__name__, hasattr(g, "__aiter__"), hasattr(g, "__next__"))
    print(type(g.__anext__()).__name__, type(g.aclose()).__name__)
    c = loops(1)
    try: c.send(3)
    except TypeError as e: print(e)
    c.close()
    try: c.send(None)
    except RuntimeError as e: print(e)
    try: aiter(3)
    except TypeError as e: print(e)
    try: anext(3)
    except TypeError as e: print(e)
