import parts
from . import util
def top():
    return parts.VERSION + parts.late() + util.helper()
try:
    from . import VERSION
except ImportError as e:
    print(e.name, e.msg[:90])
try:
    parts.late()
except AttributeError as e:
    print(e)
