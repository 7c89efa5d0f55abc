import logging, sys
from logging import StreamHandler
def setup(name, level):
    log = logging.getLogger(name)
    log.setLevel(level)
    h = logging.StreamHandler(sys.stdout)
    h.setFormatter(logging.Formatter("[{levelname:>8}] {name}: {message}", style="{"))
    log.addHandler(h)
    return log
class Count(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.seen = []
    def emit(self, record):
        self.seen.append((record.levelno, record.getMessage(), record.name, record.args))
class Only(logging.Filter):
    def filter(self, record):
        return "secret" not in record.getMessage()
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(name)s %(message)s")
log = logging.getLogger(__name__)
log.info("hi %d", 3)
log.debug("no")
log.warning("w %(a)s", {"a": 1})
a = setup("app", logging.DEBUG)
b = logging.getLogger("app.db")
c = Count()
a.addHandler(c)
a.addFilter(Only())
b.debug("query %s %r", "x", "y")
b.error("bad"); a.critical("secret %s", 1); a.propagate = False
a.warning("%s", "only here"); a.log(25, "lvl"); logging.addLevelName(25, "NOTE"); a.log(25, "lvl")
print(c.seen, b.parent is a, a.isEnabledFor(10), b.getEffectiveLevel(), logging.getLevelName("INFO"), a, b.handlers, a.hasHandlers())
logging.info("root")
logging.getLogger().setLevel("ERROR"); logging.warning("not"); logging.error("root err")
ad = logging.LoggerAdapter(b, {"u": 1}); ad.info("adapter")
try:
    a.setLevel("NOPE")
except ValueError as e:
    print(e)
logging.disable(logging.CRITICAL); a.critical("x")
