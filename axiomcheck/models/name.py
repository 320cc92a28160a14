"""What a model is called in files: where it comes from, which weights it had, and what goes in and out."""

from dataclasses import dataclass
from pathlib import PurePath

from ..networks import Shape

ON = " on "
"""What stands between a model and its inputs, and in no name of a family."""


def is_model(family: str) -> bool:
    """Return whether the text that cells have in the place of a family is about a model.

    >>> is_model("nets.py:load with w.pt on x.npy"), is_model("bias=none,conv")
    (True, False)
    """
    return ON in family


@dataclass(frozen=True)
class ModelName:
    """A model as files name it.

    ``source`` is what it was asked for by, ``weights`` the file of its weights and ``inputs`` that of its data, if they
    have names; ``sha256`` is that of all parameters and buffers, ``shape`` that of one input.
    Where a model takes or returns more than one tensor, ``explains`` names the argument that is explained, or
    ``embedding`` the module whose vectors are, ``held`` is what else goes in, as JSON, and ``output`` what comes out.
    """

    source: str
    weights: str
    inputs: str
    sha256: str
    shape: Shape
    out_features: int
    explains: str = ""
    embedding: str = ""
    held: str = ""
    output: str = ""

    def __str__(self) -> str:
        """Return what cells are told by: the model, its weights and its data."""
        weights = f" with {PurePath(self.weights).name}" if self.weights else ""
        return f"{self.source}{weights}{ON}{PurePath(self.inputs).name}"
