"""Files that stand in packages: their relative imports start from there."""
import os
import sys


def enter(path):
    """The dotted name of the package the file stands in, whose root becomes importable; "" where it stands in none."""
    names = []
    folder = os.path.dirname(path)
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, name = os.path.split(folder)
        names.insert(0, name)
    if names and folder not in sys.path:
        sys.path.insert(0, folder)
    return ".".join(names)
