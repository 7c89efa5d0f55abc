"""Whether a module can remember anything from one call to the next."""
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
    return getattr(type(value), "__module__", "") not in ("typing", "__future__")


def function_remembers(function, own):
    """Mutable defaults, captured variables, attributes, and assignments to global names."""
    defaults = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return (
        any(changeable(value, own, 1) for value in defaults)
        or bool(function.__closure__)
        or bool(function.__dict__)
        or writes_globals(function.__code__)
    )


def writes_globals(code):
    """Whether the code, or code nested in it, assigns or deletes a global name."""
    import dis

    if any(step.opname in ("STORE_GLOBAL", "DELETE_GLOBAL") for step in dis.get_instructions(code)):
        return True
    return any(writes_globals(part) for part in code.co_consts if isinstance(part, types.CodeType))


ORDINARY = {"__module__", "__doc__", "__dict__", "__weakref__", "__qualname__", "__annotations__", "__slots__",
            "__match_args__", "__dataclass_fields__", "__dataclass_params__", "__hash__"}


def class_remembers(kind, own, depth):
    """A class remembers through its attributes, and through methods that write to the class or to globals."""
    for name, value in vars(kind).items():
        value = getattr(value, "__func__", value)
        if isinstance(value, property):
            continue
        if name in ORDINARY or isinstance(value, (types.MemberDescriptorType, types.GetSetDescriptorType)):
            continue
        if isinstance(value, types.FunctionType):
            if value.__closure__ and set(value.__code__.co_freevars) == {"__class__"}:
                continue
            if function_remembers(value, own):
                return True
        elif depth > 4 or changeable(value, own, depth + 1):
            return True
    return writes_to_class(kind)


def writes_to_class(kind):
    """Whether some method stores into `cls` or the class's own name."""
    import dis

    for value in vars(kind).values():
        code = getattr(getattr(value, "__func__", value), "__code__", None)
        if code is None:
            continue
        steps = list(dis.get_instructions(code))
        for before, step in zip(steps, steps[1:]):
            if step.opname == "STORE_ATTR" and before.argval in ("cls", kind.__name__, "__class__"):
                return True
    return False
