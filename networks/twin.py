"""Twin: a network and its re-implementation by one or more rewrites."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from .network import Network
from .rewrites import Rewrite
from .shown import Shown


@dataclass(frozen=True)
class Twin(Shown):
    """``network``, and what the ``rewrites``, applied in turn, make of it: the same function.

    They are equal on every input, or on inputs ≥ 0 if a rewrite keeps the function only there.
    """

    network: Network
    rewrites: tuple[Rewrite, ...]
    writer: ClassVar[str] = "twin"

    @cached_property
    def rewritten(self) -> Network:
        """The re-implementation. ``DoesNotApply`` if a side condition fails."""
        network = self.network
        for rewrite in self.rewrites:
            network = rewrite.apply(network)
        return network

    @property
    def on_nonnegative(self) -> bool:
        """Whether the two are known to be equal on inputs ≥ 0 only."""
        return any(rewrite.on_nonnegative for rewrite in self.rewrites)

    def __iter__(self) -> Iterator[Network]:
        yield self.network
        yield self.rewritten
