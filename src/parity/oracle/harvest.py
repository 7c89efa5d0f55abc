"""What a function's own code says about good cases: its constants, and whether it deals in files."""
import base64
import inspect
import types

from . import wire

PLAIN = (int, float, complex, str, bytes, bool)
LONGEST = 200
FILES = {"open", "exists", "isfile", "isdir", "getsize", "stat", "Path", "read_text", "read_bytes", "write_text", "listdir",
         "walk", "scandir", "glob", "iglob", "copyfile", "remove", "unlink", "makedirs", "mkdir", "rename"}


def functions(module, path):
    """By qualified name: constants (as bytes of one list), and whether files play a part."""
    found = {}
    for name, function, bound in reachable(module, path):
        constants, names = {}, set()
        gather(function.__code__, constants, names)
        kept = [constants[key] for key in sorted(constants) if constants[key] != function.__doc__]
        found[name] = {"constants": base64.b64encode(wire.encode(kept)).decode(), "files": bool(names & FILES),
                       "json": bool(names & {"loads", "JSONDecoder"}), "bound": bound}
    return found


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
