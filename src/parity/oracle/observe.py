"""The type of a value as the manifest spells it, found by looking at the value."""
import collections
import itertools

from . import wire

DEEPEST = 6
MOST_LOOKED_AT = 600
SAMPLE = 48
RECORD_KEYS = 24

SCALARS = {
    type(None): "none",
    bool: "bool",
    int: "int",
    float: "float",
    complex: "complex",
    str: "str",
    bytes: "bytes",
    bytearray: "bytearray",
    range: "range",
}
SEQUENCES = {list: "list", set: "set", frozenset: "frozenset", collections.deque: "deque"}
ANY, NEVER = ("any",), ("never",)


def describe(value):
    """A hashable description; `spell` turns it into the manifest's JSON."""
    return _describe(value, DEEPEST, [MOST_LOOKED_AT])


def _describe(value, depth, budget):
    kind = type(value)
    name = SCALARS.get(kind)
    if name is not None:
        return (name,)
    budget[0] -= 1
    if depth == 0 or budget[0] < 0:
        return NEVER
    name = SEQUENCES.get(kind)
    if name is not None:
        return (name, _items(value, depth, budget))
    if kind is tuple:
        return ("tuple", tuple(_describe(item, depth - 1, budget) for item in value[:SAMPLE]))
    if kind is dict:
        return _dict(value, depth, budget)
    return _other(value, kind)


def _items(values, depth, budget):
    """The kinds of all items where they are plain, of a sample of them otherwise."""
    kinds = set(map(type, values))
    if all(kind in SCALARS for kind in kinds):
        return frozenset((SCALARS[kind],) for kind in kinds)
    sample = itertools.islice(values, 0, None, max(1, len(values) // SAMPLE))
    return frozenset(_describe(item, depth - 1, budget) for item in sample)


def _dict(value, depth, budget):
    if len(value) <= RECORD_KEYS and all(type(key) is str for key in value):
        return ("record", tuple((key, _describe(item, depth - 1, budget)) for key, item in value.items()))
    return ("dict", _items(value.keys(), depth, budget), _items(value.values(), depth, budget))


def _other(value, kind):
    if hasattr(kind, "__next__") and kind.__module__ in ("builtins", "itertools"):
        return ("iterator", frozenset((ANY,)))
    if callable(value) and (isinstance(value, type) or hasattr(value, "__qualname__")):
        return ("callable",)
    return ("object", wire.qualified(kind).lstrip("."))


def spell(described):
    """The description as the JSON of the manifest."""
    kind, *rest = described
    if kind in ("list", "set", "frozenset", "deque", "iterator"):
        return {"kind": kind, "item": union(rest[0])}
    if kind == "dict":
        return {"kind": kind, "key": union(rest[0]), "value": union(rest[1])}
    if kind == "tuple":
        return {"kind": kind, "items": [spell(item) for item in rest[0]]}
    if kind == "record":
        return {"kind": kind, "fields": [{"name": name, "type": spell(item)} for name, item in rest[0]]}
    if kind == "object":
        return {"kind": kind, "class": rest[0]}
    return {"kind": kind}


def union(described):
    """Several descriptions as one; the reader merges what can be merged."""
    options = [spell(one) for one in sorted(described, key=repr)]
    if not options:
        return {"kind": "never"}
    return options[0] if len(options) == 1 else {"kind": "union", "options": options}
