"""A package that takes what is inside it from itself, by both spellings, and gives modules other names."""

from shapes import circle, square
from . import lines
import shapes.lines as strokes
from shapes.square import area

NAMES = ["circle", "square"]
