from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from .core import top
def helper():
    from .core import top as t
    from parts import late
    return t.__name__ + late()
class Node:
    pass
