"""Call record: what an explainer did beside its scores, as plain data."""

from dataclasses import dataclass
from math import inf
from typing import Literal

from ..networks import Array

Trouble = Literal["", "target", "forward", "second forward", "backward"]
"""What a call meets: nothing; a target that the model does not have; a model that fails once it has run for the first
time, or the second; one that fails on the way back."""


@dataclass(frozen=True)
class CallRecord:
    """What one call did.

    ``form`` says what is wrong with what came back, ``changes`` what is not as it was before. ``outputs`` are for each
    input the outputs (n, K) that the explainer got when it asked the model about that very input, n times;
    ``lowest`` is the smallest coordinate of all points at which it asked.
    """

    form: str = ""
    changes: tuple[str, ...] = ()
    outputs: tuple[Array, ...] = ()
    lowest: float = inf
