"""Registration: a kind of layer that is known for a while, as if it stood in the catalogue."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from .family import CATALOGUE, ITEMS
from .layers import Layer, catalogue


@contextmanager
def registered(kind: type[Layer]) -> Iterator[None]:
    """Let families, files, slots and shrinking know ``kind``; for experiments, and for tests of layers of one's own.

    A kind that is to stay is a line of ``LAYERS``. Cases that hold it are of no use outside the context.
    """
    item = kind.needs()
    with (
        patch.object(catalogue, "LAYERS", (*catalogue.LAYERS, kind)),
        patch.dict(CATALOGUE, {item.name: item}),
        patch.dict(ITEMS, {item.name: item.description}),
    ):
        yield
