"""What a function's own code says about good cases: its constants, and whether it deals in files."""
import base64
import inspect
import types

from . import wire

PLAIN = (int, float, complex, str, bytes, bool)
LONGEST = 200
MOST_FURTHER = 40
"""Constants that are not the function's own."""
MOST_ITEMS = 40
FILES = {"open", "exists", "isfile", "isdir", "getsize", "stat", "Path", "read_text", "read_bytes", "write_text", "listdir",
         "walk", "scandir", "glob", "iglob", "copyfile", "remove", "unlink", "makedirs", "mkdir", "rename"}


def functions(module, path):
    """By qualified name: constants (as bytes of one list), and whether files play a part."""
    found = {}
    everything = list(reachable(module, path))
    for name, function, bound in everything:
        constants, names = {}, set()
        gather(function.__code__, constants, names)
        constants = without_texts(constants, function)
        kept = [constants[key] for key in sorted(constants)]
        further = beyond(names, module, everything)
        kept += [further[key] for key in sorted(further.keys() - constants.keys())[:MOST_FURTHER]]
        found[name] = {"constants": base64.b64encode(wire.encode(kept)).decode(), "files": bool(names & FILES),
                       "json": bool(names & {"loads", "JSONDecoder"}), "bound": bound,
                       "calls": any(other.rpartition(".")[2] in names or other.partition(".")[0] in names
                                    for other, function, _bound in everything if other != name)}
    return found


def without_texts(constants, function):
    """Constants but for what documents the function."""
    return {key: value for key, value in constants.items() if value != function.__doc__}


def beyond(names, module, everything):
    """Constants that a function of these names meets outside its own code: in the functions and methods that it may call,
    whose conditions its arguments decide too, and among the module's values."""
    constants, waiting, seen = {}, set(names), set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        value = vars(module).get(name)
        if not isinstance(value, (type, types.FunctionType, types.ModuleType)):
            add_items(value, constants)
        # The name of a class stands for its constructor.
        called = (f"{name}.__init__",) if isinstance(value, type) else ()
        for other, function, _bound in everything:
            if other == name or other.endswith("." + name) or other in called:
                inner = {}
                more = set()
                gather(function.__code__, inner, more)
                constants.update(without_texts(inner, function))
                waiting |= more - seen
    return constants


def add_items(value, constants):
    """Adds a value of the module, or the first items of a container."""
    if isinstance(value, dict):
        for key, item in list(value.items())[:MOST_ITEMS]:
            add(key, constants)
            add(item, constants)
    elif isinstance(value, (list, set)):
        for item in sorted(value, key=repr)[:MOST_ITEMS] if isinstance(value, set) else value[:MOST_ITEMS]:
            add(item, constants)
    else:
        add(value, constants)


def reachable(module, path):
    """The functions and methods that the module's own file defines: qualified name, function, and whether the name gives
    it bound to its class."""
    for name, value in list(vars(module).items()):
        if isinstance(value, types.FunctionType) and value.__code__.co_filename == path:
            yield name, value, False
        elif isinstance(value, type) and value.__module__ == module.__name__:
            for inner, method in list(vars(value).items()):
                bound = isinstance(method, classmethod)
                method = getattr(method, "fget", None) or getattr(method, "__func__", method)
                if isinstance(method, types.FunctionType) and method.__code__.co_filename == path:
                    yield f"{name}.{inner}", method, bound


def classes(module):
    """The parameters that each of the module's own classes is called with: name, kind, whether it may be left out."""
    found = {}
    for name, value in list(vars(module).items()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            try:
                parameters = inspect.signature(value).parameters.values()
            except (TypeError, ValueError):
                continue
            found[name] = [{"name": one.name, "kind": one.kind.name.lower(), "optional": one.default is not one.empty,
                            "annotation": spelled(one.annotation)} for one in parameters]
    return found


def spelled(annotation):
    """The annotation as source text, where there is a short one."""
    if isinstance(annotation, str):
        return annotation
    name = getattr(annotation, "__name__", "")
    return "" if annotation is inspect.Parameter.empty else name


def gather(code, constants, names):
    """Adds the constants and names of the code and of the code nested in it."""
    names.update(code.co_names)
    for value in code.co_consts:
        if isinstance(value, types.CodeType):
            gather(value, constants, names)
        else:
            add(value, constants)


def add(value, constants):
    if isinstance(value, PLAIN):
        if not isinstance(value, (str, bytes)) or len(value) <= LONGEST:
            constants[type(value).__name__, repr(value)] = value
    elif isinstance(value, (tuple, frozenset)):
        for item in value:
            add(item, constants)
