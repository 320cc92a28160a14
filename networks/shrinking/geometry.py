"""Plainer geometry: smaller kernels, usual strides, no padding, no groups."""

from collections.abc import Iterator

from ..layers import Branch, Shape
from .edits import Edited, attempt, substitute


def plainer_geometry(layers: Branch, shape: Shape) -> Iterator[Edited]:
    """Yield ``layers`` with one of them in a plainer geometry; a batch normalisation with plainer statistics."""
    for i, layer in enumerate(layers):
        for new in layer.plainer():
            yield from attempt(lambda i=i, new=new: substitute(layers, shape, i, i + 1, (new,)))  # type: ignore[misc]
