from .core import top
VERSION = "1.0"
from .util import helper
def late(): return "late"
