"""What programs use of `warnings`: telling the user once, on stderr, without the place."""

import sys

_IGNORED = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
_told = set()


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = message.__class__
    elif category is None:
        category = UserWarning
    key = (str(message), category)
    if issubclass(category, _IGNORED) or key in _told:
        return
    _told.add(key)
    print(f"{category.__name__}: {message}", file=sys.stderr)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    pass


def simplefilter(action, category=Warning, lineno=0, append=False):
    pass
