"""Dicts with constant keys that change after they were made, or are searched and walked."""


def count_f(keys):
    d = {"a": 0, "b": 0}
    for k in keys:
        d[k] += 1
    return d
def count_g(keys):
    d = {"a": 0, "b": 0}
    for k in keys:
        d[k] = d[k] + 1
    return d
def count_h(keys):
    d = {"a": 0, "b": 0}
    for k in keys:
        d[k] = d.get(k, 0) + 1
    for k, v in d.items():
        print(k, v)
    return d
def count_i(keys):
    d = {"a": 0, "b": 0}
    for k in keys:
        if k in d:
            d[k] += 1
    return d
def count_j():
    d = {"a": 0, "b": 0}
    d["a"] += 1
    d["c"] = 2
    return d
def a(d0):
    d = {"a": 1, "b": 2}
    return [k for k in d]
def b():
    d = {"a": 1, "b": 2}
    return list(d), sorted(d), max(d), set(d)
def c(k):
    d = {"a": 1, "b": 2}
    return k in d, len(d)
def e(k):
    d = {"a": 1, "b": 2}
    del d["a"]
    return d
def g(k):
    d = {"a": 1, "b": 2.5}
    d["a"] += 1
    d["b"] *= 2
    return d
def h(k):
    d = {"a": 1, "b": 2}
    for x in d.values():
        print(x)
    for x, y in d.items():
        print(x, y)
    return sum(d.values()), max(d.items()), d == {"a": 1}, d
def i(k):
    d = {"a": [], "b": []}
    d[k].append(1)
    d["b"].append(2)
    return d
def j(k):
    d = {"n": 0, "xs": []}
    d["n"] += 1
    d["xs"].append(k)
    return d["n"], d["xs"]
def mixed_f(k, n):
    d = {"a": "x", "b": "y"}
    d[k] = n
    return d
def mixed_g(k, n):
    d = {}
    d["a"] = "x"
    d[k] = n
    return d
def mixed_h(k, n):
    d = {"a": "x", "b": "y"}
    if k in d:
        d[k] = n
    return d["a"]
def shared():
    d = {"a": 0, "b": 0}
    both = [d, d]
    both[0]["a"] += 5
    for name in ["b", "c"]:
        both[1][name] = 7
    return d, both[0] is both[1], list(d)


def missing(k):
    d = {"a": 0, "b": 0}
    try:
        d[k] += 1
    except KeyError as error:
        print("KeyError", error)
    try:
        del d[k]
    except KeyError as error:
        print("KeyError", error)
    return d


def changed_in_loop():
    d = {"a": 0, "b": 0}
    try:
        for k in d:
            d[k + k] = 1
    except RuntimeError as error:
        print(error)
    return d


def totals(rows):
    out = {"low": 0, "high": 0}
    seen = {}
    for kind, n in rows:
        out[kind] += n
        if kind not in seen:
            seen[kind] = {"count": 0, "sum": 0}
        seen[kind]["count"] += 1
        seen[kind]["sum"] += n
    return out, seen


def main():
    print(count_f("ab"), count_g("ab"), count_h("abc"), count_i("abc"), count_j())
    print(a(1), b(), c("a"), e("b"), g("a"), h("a"), i("a"), j("a"))
    print(mixed_f("q", 1), mixed_g("q", 1), mixed_h("a", 1), mixed_h("z", 1))
    print(shared(), missing("a"), missing("z"), changed_in_loop())
    print(totals([("low", 3), ("high", 50), ("low", 4)]))


if __name__ == "__main__":
    main()
