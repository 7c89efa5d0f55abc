"""Logging without what a vessel does not have: source lines of callers, tracebacks, other threads and processes."""

_handlers = {}


def _removeHandlerRef(wr):
    if wr in _handlerList:
        _handlerList.remove(wr)


def _addHandlerRef(handler):
    _handlerList.append(lambda: handler)


_UNTOLD = ("filename", "funcName", "lineno", "module", "pathname", "thread")


def _untold(*_):
    raise NotImplementedError("logging: a vessel does not tell files, lines, functions and threads of callers")


def _names_untold(fmt):
    return any([re.search(r"(%\(|\{|\$)" + name + r"\b", fmt) for name in _UNTOLD])


class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        created = time.time()
        self.name = name
        self.msg = msg
        if args and len(args) == 1 and isinstance(args[0], collections.abc.Mapping) and args[0]:
            args = args[0]
        self.args = args
        self.levelname = getLevelName(level)
        self.levelno = level
        self.exc_info = exc_info
        self.exc_text = None
        self.stack_info = sinfo
        self.created = created
        self.msecs = int((created - int(created)) * 1000) + 0.0
        self.relativeCreated = (created - _startTime) * 1000
        self.threadName = "MainThread" if logThreads else None
        self.processName = "MainProcess" if logMultiprocessing else None
        self.process = os.getpid() if logProcesses else None

    filename = property(_untold)
    funcName = property(_untold)
    lineno = property(_untold)
    module = property(_untold)
    pathname = property(_untold)
    thread = property(_untold)

    def __repr__(self):
        _untold()


class PercentStyle:
    def __init__(self, fmt, *, defaults=None):
        self._fmt = fmt or self.default_format
        self._defaults = defaults
        if _names_untold(self._fmt):
            _untold()


class Formatter:
    def formatException(self, ei):
        _untold()

    def formatStack(self, stack_info):
        _untold()


class Handler:
    def createLock(self):
        self.lock = threading.RLock()

    def handleError(self, record):
        if raiseExceptions:
            raise NotImplementedError("logging: the report of an error while logging tells source lines")


class Logger:
    def findCaller(self, stack_info=False, stacklevel=1):
        return None, None, None, None

    def exception(self, msg, *args, exc_info=True, **kwargs):
        sys.exc_info()

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        if exc_info or stack_info:
            raise NotImplementedError("logging: a traceback tells source lines, which a vessel does not have")
        self.handle(self.makeRecord(self.name, level, None, None, msg, args, None, None, extra, None))


class LoggerAdapter:
    def exception(self, msg, *args, exc_info=True, **kwargs):
        sys.exc_info()


def exception(msg, *args, exc_info=True, **kwargs):
    sys.exc_info()
