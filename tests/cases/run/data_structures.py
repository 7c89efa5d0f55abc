from __future__ import annotations
from dataclasses import dataclass, field
from typing import Generic, TypeVar, Iterator, Optional, Any, Callable
from collections import deque, defaultdict, Counter, namedtuple, OrderedDict
from collections.abc import Iterable, Sequence
import heapq, bisect, itertools, functools, operator, math
T = TypeVar("T")
KT = TypeVar("KT"); VT = TypeVar("VT")
class Node(Generic[T]):
    def __init__(self, data: T) -> None:
        self.data = data
        self.next: Node[T] | None = None
    def __repr__(self) -> str:
        return f"Node({self.data!r})"
class StackUnderflow(BaseException):
    pass
class LinkedList(Generic[T]):
    """
    >>> l = LinkedList()
    """
    def __init__(self) -> None:
        self.head: Node[T] | None = None
        self.size = 0
    def __iter__(self) -> Iterator[T]:
        node = self.head
        while node:
            yield node.data
            node = node.next
    def __len__(self) -> int:
        return sum(1 for _ in self)
    def __str__(self):
        return " -> ".join([str(x) for x in self])
    def __getitem__(self, i):
        if not 0 <= i < len(self):
            raise ValueError("list index out of range.")
        for k, n in enumerate(self):
            if k == i: return n
        return None
    def __setitem__(self, i, v):
        cur = self.head
        for _ in range(i): cur = cur.next
        cur.data = v
    def push(self, d): 
        n = Node(d); n.next = self.head; self.head = n; self.size += 1
    def reverse(self):
        prev = None; cur = self.head
        while cur: cur.next, prev, cur = prev, cur, cur.next
        self.head = prev
class Stack(Generic[T]):
    def __init__(self, limit: int = 10):
        self.stack: list[T] = []
        self.limit = limit
    def __bool__(self): return bool(self.stack)
    def push(self, x: T) -> None:
        if len(self.stack) >= self.limit: raise StackUnderflow
        self.stack.append(x)
    def pop(self) -> T:
        if not self.stack: raise StackUnderflow("empty")
        return self.stack.pop()
    def __contains__(self, item) -> bool: return item in self.stack
@dataclass
class Tree:
    data: int
    left: Tree | None = None
    right: Tree | None = None
    tags: list[str] = field(default_factory=list)
    def __iter__(self):
        if self.left: yield from self.left
        yield self.data
        if self.right: yield from self.right
    def depth(self) -> int:
        return 1 + max(self.left.depth() if self.left else 0, self.right.depth() if self.right else 0)
@dataclass(order=True, frozen=True)
class Edge:
    w: int
    u: str = field(compare=False)
    v: str = field(compare=False, default="z")
class Heap:
    def __init__(self, key: Callable | None = None) -> None:
        self.arr: list = []; self.pos_map: dict = {}; self.size = 0
        self.key = key or (lambda x: x)
    def _parent(self, i: int) -> int | None:
        return int((i - 1) / 2) if i > 0 else None
    def insert(self, x):
        self.arr.append(self.key(x)); i = len(self.arr) - 1
        while (p := self._parent(i)) is not None and self.arr[p] > self.arr[i]:
            self.arr[p], self.arr[i] = self.arr[i], self.arr[p]; i = p
class Graph:
    def __init__(self, vertices=None):
        self.adj = defaultdict(set)
    def add(self, a, b, directed=False):
        self.adj[a].add(b)
        if not directed: self.adj[b].add(a)
    def bfs(self, s):
        seen, q, out = {s}, deque([s]), []
        while q:
            v = q.popleft(); out.append(v)
            for w in sorted(self.adj[v]):
                if w not in seen:
                    seen.add(w); q.append(w)
        return out
def dijkstra(g, s):
    d = {v: math.inf for v in g}; d[s] = 0
    h = [(0, s)]
    while h:
        c, u = heapq.heappop(h)
        if c > d[u]: continue
        for v, w in g[u].items():
            if c + w < d[v]:
                d[v] = c + w; heapq.heappush(h, (d[v], v))
    return d
@functools.lru_cache(maxsize=None)
def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)
@functools.cache
def ways(n, k=2): return 1 if n == 0 else sum(ways(n - i, k) for i in range(1, k + 1) if i <= n)
Point = namedtuple("Point", "x y")
class TrieNode:
    def __init__(self): self.nodes: dict[str, TrieNode] = {}; self.is_leaf = False
    def insert_many(self, words: list[str]) -> None:
        for w in words: self.insert(w)
    def insert(self, word: str) -> None:
        curr = self
        for ch in word:
            if ch not in curr.nodes: curr.nodes[ch] = TrieNode()
            curr = curr.nodes[ch]
        curr.is_leaf = True
    def find(self, word):
        curr = self
        for ch in word:
            if ch not in curr.nodes: return False
            curr = curr.nodes[ch]
        return curr.is_leaf
if __name__ == "__main__":
    l = LinkedList()
    for i in range(5): l.push(i)
    print(l, len(l), l[2]); l.reverse(); print(l)
    try: l[77]
    except ValueError as e: print(repr(e))
    s = Stack(2)
    try: s.pop()
    except StackUnderflow as e: print(type(e).__name__, e)
    s.push(1); print(1 in s, bool(s))
    t = Tree(5, Tree(3, Tree(1)), Tree(8)); print(list(t), t.depth(), t)
    print(sorted([Edge(3, "a"), Edge(1, "b"), Edge(2, "c", "q")]))
    try: Edge(1, "a").w = 3
    except Exception as e: print(type(e).__name__, e)
    h = Heap(lambda x: -x)
    for x in [5, 1, 9]: h.insert(x)
    print(h.arr)
    g = Graph(); g.add(1, 2); g.add(2, 3); g.add(1, 4); print(g.bfs(1))
    print(dijkstra({"a": {"b": 2, "c": 9}, "b": {"c": 3}, "c": {}}, "a"))
    print(fib(80), fib.cache_info(), ways(10, 3))
    p = Point(1, 2); print(p, p.x, p._replace(x=9), p._asdict(), Point._fields)
    t = TrieNode(); t.insert_many("banana bananas bandana".split()); print(t.find("banana"), t.find("ban"))
    print(Counter("mississippi").most_common(2), OrderedDict(a=1), 0)
    print(bisect.bisect_left([1, 3, 5], 3), bisect.insort([1], 2))
    print(list(itertools.accumulate([1, 2, 3], operator.mul)), functools.reduce(lambda a, b: a * b, range(1, 6)))
