import json, copy, math, sys, io
from collections import OrderedDict, ChainMap, UserDict
from pprint import pprint

data = {"name": "Ünï \"quoted\" \\ / \b\n\t\u2028 \x7f", "n": [1, -2.5, 1e100, 1e-7, 0.1 + 0.2, 10 ** 25, True, None], "empty": {}, "l": [], "deep": {"a": {"b": [{"c": (1, 2)}]}}, 5: "int", None: "none", True: 1, 2.5: "f"}
s = json.dumps(data)
print(s)
print(json.loads(s) == data, json.loads(s)["n"])
print(json.dumps(data, indent=4, ensure_ascii=False, separators=(",", ": ")))
print(json.dumps({"b": 1, "a": [1, 2]}, sort_keys=True, indent="\t"), json.dumps([1, 2], separators=(",", ":")))
print(json.dumps([math.nan, math.inf, -math.inf]), json.loads("[NaN, Infinity, -Infinity]"))
for bad in ["", "{", "[1,]", "{'a':1}", '{"a" 1}', "nul", '"abc', "[1] x", '"\\x"', '{"a":1,}', "01", "-", '"\t"', "[1 2]"]:
    try:
        print(json.loads(bad))
    except json.JSONDecodeError as e:
        print(repr(bad), "|", e, "|", e.pos, e.lineno, e.colno)
for o in [{1, 2}, object, b"x", 3j, {(1,): 2}]:
    try:
        print(json.dumps(o))
    except TypeError as e:
        print(e)
try:
    json.dumps(math.nan, allow_nan=False)
except ValueError as e:
    print(e)
a = []
a.append(a)
try:
    json.dumps(a)
except ValueError as e:
    print(e)
print(a, repr({"x": a})[:20])


class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, complex):
            return {"__complex__": [o.real, o.imag]}
        if hasattr(o, "__dict__"):
            return {"type": type(o).__name__, **vars(o)}
        return super().default(o)


class P:
    def __init__(self, x):
        self.x = x


def hook(d):
    if "__complex__" in d:
        return complex(*d["__complex__"])
    return d


t = json.dumps({"z": 1 + 2j, "p": P([1, P(2)])}, cls=Enc)
print(t, json.loads(t, object_hook=hook)["z"])
print(json.loads('{"a":1,"b":2,"a":3}', object_pairs_hook=list), json.loads("1.10", parse_float=str), json.loads("[1,2]", parse_int=float))
print(json.loads('{"b":1,"a":2}', object_pairs_hook=OrderedDict), json.dumps({"a": 1, (1, 2): 3}, skipkeys=True))
buf = io.StringIO()
json.dump({"k": [1, {"j": 2}]}, buf, indent=1)
buf.seek(0)
print(buf.read(), json.load(io.StringIO('  [1, "\\ud83d\\ude00\\u00e9"]  ')))
pprint({"list": list(range(30)), "nested": {"key%d" % i: "value " * i for i in range(5)}, "t": (1,), "s": {3, 1, 2}}, width=60)
c = ChainMap({"a": 1}, {"a": 2, "b": 3})
print(c["a"], dict(c), c.new_child({"b": 0})["b"], list(c), c.maps)


class Lower(UserDict):
    def __setitem__(self, k, v):
        super().__setitem__(k.lower(), v)

    def __missing__(self, k):
        return f"no {k}"


u = Lower({"A": 1}, B=2)
u.update(C=3)
print(u, u["a"], u["zz"], "b" in u, u.setdefault("D", 4), sorted(u), u | {"E": 5}, len(u), u.pop("c"))
d = {"x": [1, [2]], "y": {"z": 1}}
e, f = copy.copy(d), copy.deepcopy(d)
d["x"][1].append(3)
print(e["x"], f["x"], e is d, e == d, f == d)
print({**{"a": 1}, "b": 2} | {"a": 9}, dict(a=1, **{"b": 2}), dict([("k", "v")]), {k: v for k, v in zip("ab", range(2))}, list({"b": 1, "a": 2}.items()), max({"b": 1, "a": 2}, key={"b": 1, "a": 2}.get))
sys.stdout.write("%d\n" % sys.getrecursionlimit())
print(sorted({"b": 2, "a": 3}.items(), key=lambda kv: (-kv[1], kv[0])), {1: "a", 1.0: "b", True: "c"}, {"a": 1}.keys() & {"a", "b"}, {1: 2}.items() <= {1: 2, 3: 4}.items())
