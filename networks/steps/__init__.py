"""Steps: the few primitives on flat vectors that every layer comes down to, one kind a file.

What passes a block by (the other summand of a residual sum) is carried along in the same vector.
"""

from .affine import Affine
from .arithmetic import SAFE, Array, compact, integers
from .max import Max
from .multiply import Multiply
from .norm import RootMeanSquare
from .rectify import Rectify
from .softmax import Softmax
from .step import Bend, Numbering, PiecewiseLinear, Smooth, Step, known_part
from .unitwise import Unitwise
from .values import Ball, Number, Rows, Values

__all__ = [
    "SAFE",
    "Affine",
    "Array",
    "Ball",
    "Bend",
    "Max",
    "Multiply",
    "Number",
    "Numbering",
    "PiecewiseLinear",
    "Rectify",
    "RootMeanSquare",
    "Rows",
    "Smooth",
    "Softmax",
    "Step",
    "Unitwise",
    "Values",
    "compact",
    "integers",
    "known_part",
]
