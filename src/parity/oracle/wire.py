"""Canonical bytes of Python values: equal bytes if and only if two outcomes are equal.

One tag byte, then the content; integers are little-endian.  Containers that can be changed, and instances,
are numbered in the order in which they are met; a second meeting is written as a reference to that number,
so that sharing inside an outcome is part of its bytes.  docs/parity.md lists every tag.
"""
import collections
import enum
import itertools
import struct
import types

MOST_DRAINED = 10_000
"""Items taken from an iterator before the rest is left unread and the outcome says so."""

_int64 = struct.Struct("<cq").pack
_count = struct.Struct("<cI").pack
_double = struct.Struct("<cd").pack
_read_int64 = struct.Struct("<q").unpack_from
_read_count = struct.Struct("<I").unpack_from
_read_double = struct.Struct("<d").unpack_from

NAN = struct.pack("<cQ", b"f", 0x7FF8000000000000)
SMALLEST, LARGEST = -(2**63), 2**63 - 1
EMPTY_DICT = b"d\0\0\0\0"
TOO_DEEP = "maximum recursion depth exceeded"
"""What goes on after this names the part of the interpreter that noticed: another one once it has specialised the code."""

OWN_MODULES = {"__main__"}
"""Modules whose names are the user's own: written with a leading dot, so that a rename changes nothing."""


REBUILT_MODULES = {"decimal", "datetime", "pathlib"}
"""Modules whose values are written as the arguments that would build them again."""


class Malformed(ValueError):
    """The bytes are not the encoding of a value."""


class Memo(dict):
    """Numbers by the id of each numbered object.

    `alive` keeps what was made on the way, so that ids stay unique; `opaque` tells that some part of the value
    could not be looked into, so that equal bytes prove nothing.
    """

    def __init__(self):
        super().__init__()
        self.alive = []
        self.opaque = False


# ---- writing ----


def encode(value):
    """The canonical bytes of one value."""
    out = bytearray()
    put(value, out, Memo())
    return bytes(out)


def put(value, out, memo):
    """Appends the encoding of `value`."""
    write = WRITERS.get(type(value))
    if write is None:
        _put_other(value, out, memo)
    else:
        write(value, out, memo)


def _put_none(_value, out, _memo):
    out += b"N"


def _put_bool(value, out, _memo):
    out += b"T" if value else b"F"


def _put_int(value, out, _memo):
    if SMALLEST <= value <= LARGEST:
        out += _int64(b"i", value)
    else:
        size = (value if value >= 0 else ~value).bit_length() // 8 + 1
        body = value.to_bytes(size, "little", signed=True)
        out += _count(b"I", len(body)) + body


def _put_float(value, out, _memo):
    out += _double(b"f", value) if value == value else NAN


def _put_complex(value, out, memo):
    out += b"c"
    _put_float(value.real, out, memo)
    _put_float(value.imag, out, memo)


def _put_str(value, out, _memo):
    body = value.encode("utf-8", "surrogatepass")
    out += _count(b"s", len(body)) + body


def _put_bytes(value, out, _memo):
    out += _count(b"b", len(value)) + value


def _known(value, out, memo):
    """Writes a reference when the object was met before; numbers it otherwise."""
    number = memo.get(id(value))
    if number is None:
        memo[id(value)] = len(memo)
        return False
    out += _count(b"R", number)
    return True


def _put_bytearray(value, out, memo):
    if not _known(value, out, memo):
        out += _count(b"a", len(value)) + value


def _put_list(value, out, memo):
    if not _known(value, out, memo):
        _put_items(b"l", value, out, memo)


def _put_items(tag, value, out, memo):
    out += _count(tag, len(value))
    writers = WRITERS
    for item in value:
        write = writers.get(type(item))
        if write is None:
            _put_other(item, out, memo)
        else:
            write(item, out, memo)


def _put_tuple(value, out, memo):
    _put_items(b"t", value, out, memo)


def _put_dict(value, out, memo):
    if not _known(value, out, memo):
        _put_pairs(value, out, memo)


def _put_pairs(value, out, memo):
    out += _count(b"d", len(value))
    for key, item in dict.items(value):
        put(key, out, memo)
        put(item, out, memo)


def _put_set(value, out, memo):
    if not _known(value, out, memo):
        _put_unordered(b"S", value, out, memo)


def _put_frozenset(value, out, memo):
    _put_unordered(b"Z", value, out, memo)


def _put_unordered(tag, value, out, memo):
    """The order of a set is that of its hashes: where one is an address, it is another in every run."""
    if len(value) > 1 and any(map(hashed_by_address, value)):
        memo.opaque = True
    _put_items(tag, value, out, memo)


def hashed_by_address(value):
    """Whether the hash of the value, or of a part of it, says where an object stands in memory."""
    kind = type(value)
    if kind in (tuple, frozenset):
        return any(map(hashed_by_address, value))
    if kind is float:
        return value != value
    if kind is range:
        # Its hash is that of a tuple with None where the length makes a part irrelevant.
        return len(value) < 2
    return kind.__hash__ is object.__hash__ or kind.__hash__ is type.__hash__


def _put_deque(value, out, memo):
    if not _known(value, out, memo):
        out += b"q"
        put(value.maxlen, out, memo)
        _put_items(b"l", value, out, memo)


def _put_range(value, out, memo):
    out += b"r"
    for part in (value.start, value.stop, value.step):
        put(part, out, memo)


def _put_slice(value, out, memo):
    out += b"L"
    for part in (value.start, value.stop, value.step):
        put(part, out, memo)


def _put_view(value, out, memo):
    out += b"v" + type(value).__name__[5:6].encode()
    _put_items(b"l", list(value), out, memo)


def _put_name(tag, name, out):
    body = name.encode("utf-8", "surrogatepass")
    out += _count(tag, len(body)) + body


def qualified(thing):
    """The name of a class or function, the user's own with a leading dot, builtins bare."""
    module = getattr(thing, "__module__", None)
    name = getattr(thing, "__qualname__", None) or getattr(thing, "__name__", "?")
    if module in OWN_MODULES:
        return "." + name
    return name if module in (None, "builtins") else f"{module}.{name}"


def _put_named(value, out, _memo):
    _put_name(b"n", qualified(value), out)


def _put_module(value, out, _memo):
    _put_name(b"n", "module " + value.__name__, out)


def _put_builtin(value, out, memo):
    bound = getattr(value, "__self__", None)
    if bound is None or isinstance(bound, types.ModuleType):
        _put_named(value, out, memo)
    else:
        _put_opaque(value, out, memo)


def _put_opaque(value, out, memo):
    memo.opaque = True
    _put_name(b"?", qualified(type(value)), out)


def put_exception(error, out, memo):
    """Class, arguments, message, cause and own attributes of an exception."""
    if _known(error, out, memo):
        return
    _put_name(b"x", qualified(type(error)), out)
    message = _message(error)
    if type(error) is RecursionError and message.startswith(TOO_DEEP):
        put((TOO_DEEP,), out, memo)
        _put_str(TOO_DEEP, out, memo)
    else:
        put(error.args, out, memo)
        _put_str(message, out, memo)
    put(error.__cause__, out, memo)
    if type(error).__module__ in OWN_MODULES:
        _put_attributes(error, out, memo)
    else:
        out += _count(b"A", 0)


def _message(error):
    try:
        return str(error)
    except Exception as failure:
        return f"<str() raised {type(failure).__name__}>"


def _attributes(value):
    found = dict(getattr(value, "__dict__", None) or {})
    for base in type(value).__mro__:
        slots = base.__dict__.get("__slots__", ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            name = f"_{base.__name__.lstrip('_')}{slot}" if slot.startswith("__") and not slot.endswith("__") else slot
            if name not in ("__dict__", "__weakref__") and hasattr(value, name):
                found[name] = getattr(value, name)
    if isinstance(value, collections.defaultdict):
        found["default_factory"] = value.default_factory
    return found


def _put_attributes(value, out, memo):
    """Attributes by name: their order of assignment is no part of an outcome."""
    found = _attributes(value)
    out += _count(b"A", len(found))
    for name in sorted(found):
        _put_str(name, out, memo)
        put(found[name], out, memo)


def _put_iterator(value, out, memo):
    """An iterator is what it would still yield, and how it ends."""
    if _known(value, out, memo):
        return
    items, end = [], None
    try:
        items.extend(itertools.islice(value, MOST_DRAINED))
    except Exception as error:
        end = error
    memo.alive.append(items)
    _put_items(b"g", items, out, memo)
    if end is not None:
        put_exception(end, out, memo)
    elif len(items) == MOST_DRAINED:
        memo.opaque = True
        out += b"?\0\0\0\0"
    else:
        out += b"."


PAYLOADS = (
    (str, _put_str),
    (int, _put_int),
    (float, _put_float),
    (complex, _put_complex),
    (bytes, _put_bytes),
    (tuple, _put_tuple),
    (list, lambda value, out, memo: _put_items(b"l", list(list.__iter__(value)), out, memo)),
    (collections.OrderedDict, lambda value, out, memo: _put_pairs(dict(collections.OrderedDict.items(value)), out, memo)),
    (collections.defaultdict, _put_pairs),
    (dict, _put_pairs),
    (set, lambda value, out, memo: _put_items(b"S", list(set.__iter__(value)), out, memo)),
    (frozenset, lambda value, out, memo: _put_items(b"Z", list(frozenset.__iter__(value)), out, memo)),
    (bytearray, lambda value, out, memo: out.extend(_count(b"a", len(value)) + bytes(value))),
    (collections.deque, lambda value, out, memo: _put_items(b"l", list(value), out, memo)),
)

BASES = tuple(kind for kind, _ in PAYLOADS)


def _put_payload(value, out, memo):
    """What an instance of a subclass of a built-in type holds as that type; nothing for plain classes."""
    for kind, write in PAYLOADS:
        if isinstance(value, kind):
            write(value, out, memo)
            return
    out += b"N"


def _put_instance(value, out, memo):
    if _known(value, out, memo):
        return
    _put_name(b"o", qualified(type(value)), out)
    _put_payload(value, out, memo)
    _put_attributes(value, out, memo)


def _put_member(value, out, _memo):
    _put_name(b"e", qualified(type(value)), out)
    _put_str(value._name_ or "", out, _memo)


def _put_rebuilt(value, out, memo):
    _put_name(b"p", qualified(type(value)), out)
    put(value.__reduce_ex__(2)[1], out, memo)


def _put_other(value, out, memo):
    """Everything without a writer of its own, by what it is rather than by its exact type."""
    kind = type(value)
    write = CHOSEN.get(kind)
    if write is None:
        write = CHOSEN[kind] = _choose(kind)
    write(value, out, memo)


CHOSEN = {}


def _choose(kind):
    if issubclass(kind, BaseException):
        return put_exception
    if issubclass(kind, type):
        return _put_named
    if issubclass(kind, enum.Enum):
        return _put_member
    if kind.__module__ in ("builtins", "itertools") and hasattr(kind, "__next__"):
        return _put_iterator
    if kind.__module__ in REBUILT_MODULES:
        return _put_rebuilt
    return _put_instance if _transparent(kind) else _put_opaque


def _transparent(kind):
    """Whether payload and attributes are all that an instance holds: no class above it, but for the built-in bases,
    was made in C with a state of its own."""
    return all(base is object or base in BASES or _plain(base) for base in kind.__mro__)


def _plain(base):
    """A class made by a class statement: it adds its slots, a dict and weak references to its base, and no more."""
    slots = base.__dict__.get("__slots__", ())
    room = 8 * (1 if isinstance(slots, str) else len(tuple(slots))) + 16
    made_in_c = base.__flags__ & IMMUTABLE or not base.__flags__ & MADE_AT_RUN_TIME
    return not made_in_c and base.__basicsize__ - base.__base__.__basicsize__ <= room


MADE_AT_RUN_TIME, IMMUTABLE = 1 << 9, 1 << 8
"""CPython's flags of types."""


WRITERS = {
    type(None): _put_none,
    bool: _put_bool,
    int: _put_int,
    float: _put_float,
    complex: _put_complex,
    str: _put_str,
    bytes: _put_bytes,
    bytearray: _put_bytearray,
    list: _put_list,
    tuple: _put_tuple,
    dict: _put_dict,
    set: _put_set,
    frozenset: _put_frozenset,
    collections.deque: _put_deque,
    range: _put_range,
    slice: _put_slice,
    type({}.keys()): _put_view,
    type({}.values()): _put_view,
    type({}.items()): _put_view,
    type: _put_named,
    types.FunctionType: _put_named,
    types.BuiltinFunctionType: _put_builtin,
    types.MethodType: lambda value, out, memo: _put_opaque(value, out, memo),
    types.ModuleType: _put_module,
    type(Ellipsis): lambda _value, out, _memo: out.extend(b"D"),
    type(NotImplemented): lambda _value, out, _memo: out.extend(b"M"),
}


# ---- reading ----


class Reader:
    """Rebuilds values from bytes; `resolve` turns the name of a class or function into the thing itself."""

    def __init__(self, data, resolve):
        self.data = data
        self.at = 0
        self.memo = []
        self.resolve = resolve

    def value(self):
        """The next value."""
        tag = self.data[self.at]
        self.at += 1
        read = READERS.get(tag)
        if read is None:
            raise Malformed(f"tag {tag} at byte {self.at - 1}")
        return read(self)

    def count(self):
        (number,) = _read_count(self.data, self.at)
        self.at += 4
        return number

    def body(self):
        size = self.count()
        start = self.at
        self.at += size
        return self.data[start : self.at]

    def int64(self):
        (number,) = _read_int64(self.data, self.at)
        self.at += 8
        return number

    def double(self):
        (number,) = _read_double(self.data, self.at)
        self.at += 8
        return number

    def text(self):
        return str(self.body(), "utf-8", "surrogatepass")

    def complex(self):
        self.at += 1
        real = self.double()
        self.at += 1
        return complex(real, self.double())

    def numbered(self, value):
        self.memo.append(value)
        return value

    def list(self):
        items = self.numbered([])
        for _ in range(self.count()):
            items.append(self.value())
        return items

    def values(self):
        return [self.value() for _ in range(self.count())]

    def dict(self):
        found = self.numbered({})
        for _ in range(self.count()):
            key = self.value()
            found[key] = self.value()
        return found

    def set(self):
        found = self.numbered(set())
        for _ in range(self.count()):
            found.add(self.value())
        return found

    def deque(self):
        longest = self.value()
        found = self.numbered(collections.deque(maxlen=longest))
        self.at += 1
        found.extend(self.values())
        return found

    def parts(self):
        return self.value(), self.value(), self.value()

    def iterator(self):
        place = len(self.memo)
        self.memo.append(None)
        self.memo[place] = found = iter(self.values())
        self.at += 1
        return found

    def instance(self):
        """An instance is made without running `__init__` and given its attributes directly."""
        kind = self.resolve(self.text())
        place = len(self.memo)
        self.memo.append(None)
        payload = self._payload()
        self.memo[place] = found = _made(kind, payload)
        self.attributes(found)
        return found

    def attributes(self, found):
        self.at += 1
        for _ in range(self.count()):
            self.at += 1
            name = self.text()
            object.__setattr__(found, name, self.value())

    def exception(self):
        """An exception is made without running `__init__` too; its message comes of its arguments."""
        kind = self.resolve(self.text())
        place = len(self.memo)
        self.memo.append(None)
        args = self.value()
        if type(args) is not tuple:
            raise Malformed("the arguments of an exception are a tuple")
        self.memo[place] = found = kind.__new__(kind, *args)
        self.at += 1
        self.text()
        cause = self.value()
        if cause is not None:
            found.__cause__ = cause
        self.attributes(found)
        return found

    def _payload(self):
        """The value of a built-in base: a container, which is not numbered here, or anything immutable."""
        tag = self.data[self.at]
        if tag not in b"dlSa":
            return self.value()
        self.at += 1
        if tag == ord("d"):
            return {self.value(): self.value() for _ in range(self.count())}
        return bytearray(self.body()) if tag == ord("a") else self.values()

    def rebuilt(self):
        kind = self.resolve(self.text())
        return kind(*self.value())

    def named(self):
        return self.resolve(self.text())

    def member(self):
        kind = self.resolve(self.text())
        self.at += 1
        return kind[self.text()]

    def reference(self):
        return self.memo[self.count()]


def _made(kind, payload):
    """A bare instance of `kind` holding `payload` as its built-in base does."""
    if payload is None:
        return kind.__new__(kind)
    if not isinstance(payload, (list, dict, bytearray)):
        return kind.__new__(kind, payload)
    found = kind.__new__(kind)
    for base, _ in PAYLOADS:
        if isinstance(found, base):
            base.__init__(found, payload)
            return found
    raise Malformed(f"{kind.__name__} holds no {type(payload).__name__}")


READERS = {
    ord("N"): lambda _reader: None,
    ord("T"): lambda _reader: True,
    ord("F"): lambda _reader: False,
    ord("i"): Reader.int64,
    ord("I"): lambda reader: int.from_bytes(reader.body(), "little", signed=True),
    ord("f"): Reader.double,
    ord("c"): Reader.complex,
    ord("s"): Reader.text,
    ord("b"): lambda reader: bytes(reader.body()),
    ord("a"): lambda reader: reader.numbered(bytearray(reader.body())),
    ord("l"): Reader.list,
    ord("t"): lambda reader: tuple(reader.values()),
    ord("d"): Reader.dict,
    ord("S"): Reader.set,
    ord("Z"): lambda reader: frozenset(reader.values()),
    ord("q"): Reader.deque,
    ord("r"): lambda reader: range(*reader.parts()),
    ord("L"): lambda reader: slice(*reader.parts()),
    ord("g"): Reader.iterator,
    ord("o"): Reader.instance,
    ord("x"): Reader.exception,
    ord("n"): Reader.named,
    ord("p"): Reader.rebuilt,
    ord("e"): Reader.member,
    ord("R"): Reader.reference,
    ord("D"): lambda _reader: ...,
    ord("M"): lambda _reader: NotImplemented,
}
