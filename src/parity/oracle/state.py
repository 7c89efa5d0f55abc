"""Whether a module can remember anything from one call to the next."""
import dataclasses
import dis
import re
import types

LASTING = (int, float, complex, str, bytes, bool, type(None), range, slice, re.Pattern, types.ModuleType,
           types.BuiltinFunctionType, type(Ellipsis))


def remembers(module):
    """True unless everything the module's functions can reach is of a kind that cannot change."""
    own = module.__name__
    return any(changeable(value, own) for name, value in vars(module).items() if not name.startswith("__"))


def changeable(value, own, depth=0):
    """Whether a call could leave a trace in this value."""
    if isinstance(value, LASTING):
        return False
    if isinstance(value, types.FunctionType):
        return value.__module__ == own and function_remembers(value, own)
    if isinstance(value, type):
        return value.__module__ == own and class_remembers(value, own, depth)
    if type(value) in (tuple, frozenset):
        return depth > 4 or any(changeable(item, own, depth + 1) for item in value)
    return getattr(type(value), "__module__", "") not in ("typing", "__future__", "dataclasses")


def function_remembers(function, own):
    """Mutable defaults, captured variables, attributes, and assignments to global names."""
    if function.__code__.co_filename == dataclasses.__file__:
        # What guards a `__repr__` against recursion forgets everything before it returns.
        return False
    defaults = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return (
        any(changeable(value, own, 1) for value in defaults)
        or captures(function, own)
        or bool(function.__dict__)
        or writes_globals(function.__code__)
    )


def captures(function, own):
    """Whether a captured variable holds something that can change, or is assigned to."""
    names = set(function.__code__.co_freevars) - {"__class__"}
    if writes(function.__code__, ("STORE_DEREF", "DELETE_DEREF"), names):
        return True
    cells = zip(function.__code__.co_freevars, function.__closure__ or ())
    return any(name in names and holds_changeable(cell, own) for name, cell in cells)


def holds_changeable(cell, own):
    try:
        return changeable(cell.cell_contents, own, 1)
    except ValueError:
        # Empty so far: something will fill it.
        return True


def writes(code, operations, names):
    """Whether the code, or code nested in it, does one of the operations to one of the names."""
    if any(step.opname in operations and step.argval in names for step in dis.get_instructions(code)):
        return True
    return any(writes(part, operations, names) for part in code.co_consts if isinstance(part, types.CodeType))


def writes_globals(code):
    """Whether the code, or code nested in it, assigns or deletes a global name."""
    if any(step.opname in ("STORE_GLOBAL", "DELETE_GLOBAL") for step in dis.get_instructions(code)):
        return True
    return any(writes_globals(part) for part in code.co_consts if isinstance(part, types.CodeType))


ORDINARY = {"__module__", "__doc__", "__dict__", "__weakref__", "__qualname__", "__annotations__", "__slots__",
            "__match_args__", "__dataclass_fields__", "__dataclass_params__", "__hash__"}


_looked_at = set()
"""Classes that are being looked at: a method may have captured its own."""


def class_remembers(kind, own, depth):
    """A class remembers through its attributes, and through methods that write to the class or to globals."""
    if kind in _looked_at:
        return False
    _looked_at.add(kind)
    try:
        return any_part_remembers(kind, own, depth)
    finally:
        _looked_at.discard(kind)


def any_part_remembers(kind, own, depth):
    for name, value in vars(kind).items():
        value = getattr(value, "__func__", value)
        if isinstance(value, property):
            continue
        if name in ORDINARY or isinstance(value, (types.MemberDescriptorType, types.GetSetDescriptorType)):
            continue
        if isinstance(value, types.FunctionType):
            if function_remembers(value, own):
                return True
        elif depth > 4 or changeable(value, own, depth + 1):
            return True
    return writes_to_class(kind)


def writes_to_class(kind):
    """Whether some method may store into the class: it sets attributes, and has the class at hand."""
    at_hand = {kind.__name__, "__class__", "type"}
    for value in vars(kind).values():
        code = getattr(getattr(value, "__func__", value), "__code__", None)
        if code is None or code.co_filename == dataclasses.__file__:
            continue
        if at_hand.isdisjoint(code.co_names) and code.co_varnames[:1] != ("cls",):
            continue
        if any(step.opname in ("STORE_ATTR", "DELETE_ATTR") for step in dis.get_instructions(code)):
            return True
    return False
