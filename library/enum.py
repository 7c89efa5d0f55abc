"""Enumerations, as CPython 3.11 behaves; made in one step when the class statement ends."""

import operator

__all__ = [
    "EnumType", "EnumMeta", "Enum", "IntEnum", "StrEnum", "ReprEnum", "Flag", "IntFlag", "FlagBoundary",
    "STRICT", "CONFORM", "EJECT", "KEEP", "auto", "unique", "property", "member", "nonmember", "verify",
    "UNIQUE", "CONTINUOUS", "NAMED_FLAGS", "global_enum",
]

_UNSET = object()
_BOUNDARIES = ("strict", "conform", "eject", "keep")
STRICT, CONFORM, EJECT, KEEP = _BOUNDARIES


class member:
    def __init__(self, value):
        self.value = value


class nonmember:
    def __init__(self, value):
        self.value = value


class auto:
    """A value that is chosen when the class is made; expressions of such values wait for it."""

    def __init__(self, value=_UNSET):
        self._given = value

    def _settle(self, choose):
        if self._given is _UNSET:
            self._given = choose()
        return self._given

    def __repr__(self):
        return "auto(%r)" % (self._given,)

    def __or__(self, other):
        return _Waiting(operator.or_, self, other)

    def __and__(self, other):
        return _Waiting(operator.and_, self, other)

    def __xor__(self, other):
        return _Waiting(operator.xor, self, other)

    def __ror__(self, other):
        return _Waiting(operator.or_, other, self)

    def __rand__(self, other):
        return _Waiting(operator.and_, other, self)

    def __rxor__(self, other):
        return _Waiting(operator.xor, other, self)

    def __add__(self, other):
        return _Waiting(operator.add, self, other)

    def __invert__(self):
        return _Waiting(lambda a, b: ~a, self, None)


class _Waiting(auto):
    def __init__(self, apply, left, right):
        self._apply = apply
        self._left = left
        self._right = right
        self._given = _UNSET

    def _settle(self, choose):
        if self._given is _UNSET:
            left = self._left._settle(choose) if isinstance(self._left, auto) else self._left
            right = self._right._settle(choose) if isinstance(self._right, auto) else self._right
            self._given = self._apply(left, right)
        return self._given


class property:
    """`name` and `value`: of members only, so that a member may have such a name."""

    def __init__(self, fget=None):
        self.fget = fget
        self.fset = None
        self.fdel = None
        self.name = None
        self.clsname = None

    def __set_name__(self, owner, name):
        self.name = name
        self.clsname = owner.__name__

    def __get__(self, instance, owner=None):
        if instance is None:
            try:
                return owner._member_map_[self.name]
            except KeyError:
                raise AttributeError("%r has no attribute %r" % (owner, self.name)) from None
        return self.fget(instance)

    def __set__(self, instance, value):
        raise AttributeError("<enum %r> cannot set attribute %r" % (self.clsname, self.name))

    def __delete__(self, instance):
        raise AttributeError("<enum %r> cannot delete attribute %r" % (self.clsname, self.name))


def _is_descriptor(value):
    return hasattr(value, "__get__") or hasattr(value, "__set__") or hasattr(value, "__delete__")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(class_name, name):
    pattern = "_%s__" % (class_name,)
    return len(name) > len(pattern) and name.startswith(pattern) and (name[-1] != "_" or name[-2] != "_")


def _is_member(class_name, name, value):
    if isinstance(value, nonmember):
        return False
    if isinstance(value, member):
        return True
    if _is_dunder(name) or _is_sunder(name) or _is_private(class_name, name):
        return False
    return not _is_descriptor(value)


def _is_single_bit(value):
    return value > 0 and value & (value - 1) == 0


def _data_type(bases):
    """The type that members extend: the first that is no enumeration and makes its own values."""
    for base in bases:
        for ancestor in base.__mro__:
            if ancestor is object or isinstance(ancestor, EnumType):
                continue
            if "__new__" in ancestor.__dict__:
                return ancestor
    return object


def _own_new(cls, body_new, data_type):
    """What makes a member, and whether it wants the arguments."""
    if body_new is not None:
        return body_new, True
    for ancestor in cls.__mro__[1:]:
        made = ancestor.__dict__.get("_new_member_")
        if made is not None and made is not object.__new__:
            return made, True
    if data_type is object:
        return object.__new__, False
    return data_type.__new__, True


class EnumType(type):
    def __new__(metacls, cls, bases, namespace, boundary=None, _simple=False, **kwds):
        if not any(isinstance(base, EnumType) for base in bases):
            root = super().__new__(metacls, cls, bases, dict(namespace))
            root._member_names_ = []
            root._member_map_ = {}
            root._value2member_map_ = {}
            root._member_type_ = object
            root._new_member_ = object.__new__
            return root
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError("%r cannot extend %r" % ("<enum %r>" % (cls,), base))
        ignored = namespace.pop("_ignore_", ())
        if isinstance(ignored, str):
            ignored = ignored.replace(",", " ").split()
        found = {}
        body = {}
        for name, value in namespace.items():
            if name in ignored:
                continue
            if _is_member(cls, name, value):
                if name == "mro" or name == "":
                    raise ValueError("invalid enum member name(s) %r" % (name,))
                found[name] = value.value if isinstance(value, member) else value
            else:
                body[name] = value.value if isinstance(value, nonmember) else value
        if "_generate_next_value_" in body and not isinstance(body["_generate_next_value_"], staticmethod):
            body["_generate_next_value_"] = staticmethod(body["_generate_next_value_"])
        body_new = body.pop("__new__", None)
        if isinstance(body_new, staticmethod):
            body_new = body_new.__func__
        enumeration = super().__new__(metacls, cls, bases, body, **kwds)
        data_type = _data_type(bases)
        make, wants_args = _own_new(enumeration, body_new, data_type)
        type.__setattr__(enumeration, "__new__", Enum.__new__)
        enumeration._member_names_ = []
        enumeration._member_map_ = {}
        enumeration._value2member_map_ = {}
        enumeration._member_type_ = data_type
        enumeration._new_member_ = make
        enumeration._flag_mask_ = 0
        enumeration._singles_mask_ = 0
        enumeration._all_bits_ = 0
        if boundary is not None:
            enumeration._boundary_ = boundary
        if ReprEnum is not None and ReprEnum in bases:
            if "__format__" not in body:
                enumeration.__format__ = data_type.__format__
            if "__str__" not in body:
                shown = data_type.__str__
                enumeration.__str__ = data_type.__repr__ if shown is object.__str__ else shown
        first_enum = bases[-1]
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name not in body and name not in enumeration.__dict__:
                found_method = getattr(enumeration, name, None)
                if found_method in (getattr(data_type, name, None), getattr(object, name, None)):
                    setattr(enumeration, name, getattr(first_enum, name))
        enumeration._define(found, make, wants_args)
        return enumeration

    def _define(cls, found, make, wants_args):
        is_flag = Flag is not None and issubclass(cls, Flag)
        values = []
        for name, value in found.items():
            def choose():
                return cls._generate_next_value_(name, 1, len(values), values[:])
            if isinstance(value, auto):
                value = value._settle(choose)
            elif isinstance(value, tuple) and any(isinstance(part, auto) for part in value):
                value = tuple(part._settle(choose) if isinstance(part, auto) else part for part in value)
            values.append(value)
            args = value if isinstance(value, tuple) else (value,)
            if cls._member_type_ is tuple:
                args = (args,)
            new = make(cls, *args) if wants_args else make(cls)
            if not hasattr(new, "_value_"):
                if cls._member_type_ is object:
                    new._value_ = value
                else:
                    try:
                        new._value_ = cls._member_type_(*args)
                    except Exception as exc:
                        raise TypeError("_value_ not set in __new__, unable to create it") from exc
            value = new._value_
            new._name_ = name
            new.__objclass__ = cls
            new.__init__(*args)
            new._sort_order_ = len(cls._member_names_)
            if is_flag:
                cls._flag_mask_ |= value
                if _is_single_bit(value):
                    cls._singles_mask_ |= value
                cls._all_bits_ = 2 ** cls._flag_mask_.bit_length() - 1
            known = cls._known(value)
            if known is not None:
                new = known
            elif not is_flag or _is_single_bit(value):
                cls._member_names_.append(name)
            cls._member_map_[name] = new
            if not any(isinstance(c.__dict__.get(name), property) for c in cls.__mro__[1:]):
                type.__setattr__(cls, name, new)
            if known is None:
                try:
                    cls._value2member_map_[value] = new
                except TypeError:
                    pass

    def _known(cls, value):
        try:
            return cls._value2member_map_.get(value)
        except TypeError:
            for known in cls._member_map_.values():
                if known._value_ == value:
                    return known
        return None


    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None):
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, type, start, boundary, module)

    def _create_(cls, class_name, names, mixin, start, boundary, module):
        bases = (cls,) if mixin is None else (mixin, cls)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            given, names = names, []
            values = []
            for count, name in enumerate(given):
                value = cls._generate_next_value_(name, start, count, values[:])
                values.append(value)
                names.append((name, value))
        body = {}
        for item in names:
            if isinstance(item, str):
                body[item] = names[item]
            else:
                body[item[0]] = item[1]
        if module is not None:
            body["__module__"] = module
        if boundary is not None:
            return EnumType(class_name, bases, body, boundary=boundary)
        return EnumType(class_name, bases, body)

    def __init__(cls, *args, **kwds):
        pass

    def __bool__(cls):
        return True

    def __contains__(cls, other):
        if not isinstance(other, Enum):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'"
                            % (type(other).__qualname__, cls.__class__.__qualname__))
        return isinstance(other, cls) and other._name_ in cls._member_map_

    def __getattr__(cls, name):
        if _is_dunder(name):
            raise AttributeError(name)
        try:
            return cls.__dict__["_member_map_"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", {}):
            raise AttributeError("cannot reassign member %r" % (name,))
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls._member_map_:
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __len__(cls):
        return len(cls._member_names_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return "<flag %r>" % cls.__name__
        return "<enum %r>" % cls.__name__

    def _get_members(cls):
        return _read_only(cls._member_map_)


def _read_only(mapping):
    return type(type.__dict__)(mapping)


class _Members:
    def __get__(self, cls, owner=None):
        return self if cls is None else cls._get_members()

    def __set__(self, cls, value):
        raise AttributeError("property of 'EnumType' object has no setter")


EnumType.__members__ = _Members()
EnumMeta = EnumType
Flag = None
ReprEnum = None


class Enum(metaclass=EnumType):
    def __new__(cls, value):
        if type(value) is cls:
            return value
        known = cls._known(value)
        if known is not None:
            return known
        if not cls._member_map_:
            raise TypeError("%r has no members defined" % cls)
        problem = None
        result = None
        try:
            result = cls._missing_(value)
        except Exception as exc:
            problem = exc
        if isinstance(result, cls):
            return result
        if Flag is not None and issubclass(cls, Flag) and cls._boundary_ == EJECT and isinstance(result, int):
            return result
        invalid = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        if result is None and problem is None:
            raise invalid
        if problem is None:
            problem = TypeError("error in %s._missing_: returned %r instead of None or a valid member"
                                % (cls.__name__, result))
        if not isinstance(problem, ValueError):
            problem.__context__ = invalid
        raise problem

    def __init__(self, *args, **kwds):
        pass

    def _generate_next_value_(name, start, count, last_values):
        if not last_values:
            return start
        try:
            last = last_values[-1]
            last_values.sort()
            if last == last_values[-1]:
                return last + 1
        except TypeError:
            pass
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        return "<%s.%s: %r>" % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_


class ReprEnum(Enum):
    pass


class IntEnum(int, ReprEnum):
    pass


class StrEnum(str, ReprEnum):
    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError("%r is not a string" % (values[0],))
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class Flag(Enum, boundary=STRICT):
    def _generate_next_value_(name, start, count, last_values):
        if not count:
            return start if start is not None else 1
        last_value = max(last_values)
        try:
            high_bit = last_value.bit_length() - 1
        except Exception:
            raise TypeError("invalid flag value %r" % last_value) from None
        return 2 ** (high_bit + 1)

    @classmethod
    def _members_of(cls, value):
        value &= cls._flag_mask_
        found = []
        bit = 1
        while bit <= value:
            if value & bit:
                found.append(cls._value2member_map_.get(bit))
            bit <<= 1
        defined = [m._value_ for m in cls]
        if defined != sorted(defined):
            found.sort(key=lambda m: defined.index(m._value_))
        return iter(found)

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        mask, singles, all_bits = cls._flag_mask_, cls._singles_mask_, cls._all_bits_
        negative = None
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if cls._boundary_ == STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s"
                                 % (cls, value, _bits(value, width), _bits(mask, width)))
            if cls._boundary_ == CONFORM:
                value = value & mask
            elif cls._boundary_ == EJECT:
                return value
            elif value < 0:
                value = max(all_bits + 1, 2 ** value.bit_length()) + value
        if value < 0:
            negative = value
            value = all_bits + 1 + value
        unknown = value & ~mask
        aliases = value & ~singles
        canonical = value & singles
        if unknown and cls._boundary_ != KEEP:
            raise ValueError("%s(%r) -->  unknown values %r [%s]" % (cls.__name__, value, unknown, bin(unknown)))
        if cls._member_type_ is object:
            made = object.__new__(cls)
        else:
            made = cls._member_type_.__new__(cls, value)
        if not hasattr(made, "_value_"):
            made._value_ = value
        made._name_ = None
        if canonical or aliases:
            members = list(cls._members_of(canonical))
            combined = 0
            for m in members:
                combined |= m._value_
            if aliases:
                wanted = canonical | aliases
                for m in cls._member_map_.values():
                    if m not in members and m._value_ and m._value_ & wanted == m._value_:
                        members.append(m)
                        combined |= m._value_
            unknown = value ^ combined
            if combined:
                made._name_ = "|".join([m._name_ for m in members])
                if unknown and cls._boundary_ == STRICT:
                    raise ValueError("%r: no members with value %r" % (cls, unknown))
                if unknown:
                    made._name_ += "|%r" % (unknown,)
        made = cls._value2member_map_.setdefault(value, made)
        if negative is not None:
            cls._value2member_map_[negative] = made
        return made

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r"
                            % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._members_of(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        if self._name_ is None:
            return "<%s: %r>" % (self.__class__.__name__, self._value_)
        return "<%s.%s: %r>" % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (self.__class__.__name__, self._value_)
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _bits_of(self, other):
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return None

    def __or__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = self._bits_of(other)
        return NotImplemented if bits is None else self.__class__(self._value_ ^ bits)

    def __invert__(self):
        if self._boundary_ in (EJECT, KEEP):
            return self.__class__(~self._value_)
        return self.__class__(self._singles_mask_ & ~self._value_)

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    pass


def _bits(value, width):
    """`0b0 101`: the sign as a bit of its own, then as many digits as asked for."""
    ceiling = 2 ** value.bit_length()
    if value >= 0:
        text = bin(value + ceiling).replace("1", "0", 1)
    else:
        text = bin(~value ^ (ceiling - 1) + ceiling)
    sign, digits = text[:3], text[3:]
    if len(digits) < width:
        digits = (sign[-1] * width + digits)[-width:]
    return "%s %s" % (sign, digits)


def unique(enumeration):
    duplicates = []
    for name, found in enumeration._member_map_.items():
        if name != found.name:
            duplicates.append((name, found.name))
    if duplicates:
        details = ", ".join(["%s -> %s" % (alias, name) for alias, name in duplicates])
        raise ValueError("duplicate values found in %r: %s" % (enumeration, details))
    return enumeration
