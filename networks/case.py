"""Case: what one verdict of one axiom is drawn for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .dyadics import order, rank
from .family import Family
from .kinks import Kink
from .layers import BatchNorm, Block, Branch, Vector
from .network import Network
from .path import Path
from .rewrites import REWRITES, Rewrite
from .style import OPTIONS
from .twin import Twin


@dataclass(frozen=True)
class Case:
    """One network, or a twin if there are ``rewrites``, with its inputs or its path.

    ``inputs`` are B points (d,); ``baseline`` is one point (d,); ``target`` counts outputs. Variables in
    ``irrelevant`` are known to have no influence on the function. ``on_kinks``: its inputs may lie on kinks, and count.
    """

    network: Network
    baseline: Vector
    inputs: tuple[Vector, ...] = ()
    path: Path | None = None
    target: int = 0
    rewrites: tuple[Rewrite, ...] = ()
    irrelevant: tuple[int, ...] = ()
    on_kinks: bool = False

    @cached_property
    def twin(self) -> Twin:
        """The network and its re-implementation."""
        return Twin(self.network, self.rewrites)

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The network, and its re-implementation if there is one."""
        return tuple(self.twin) if self.rewrites else (self.network,)

    @property
    def points(self) -> tuple[Vector, ...]:
        """The inputs, or the path's vertices."""
        return self.inputs if self.path is None else self.path.vertices

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """The kinks of the network that the path meets."""
        return self.network.kinks(self.path) if self.path else ()

    def belongs_to(self, family: Family) -> bool:
        """Whether ``family`` may draw it: each of its networks, every point, and what it says to be irrelevant."""
        if self.network.influence[list(self.irrelevant), self.target].any():
            return False
        if self.on_kinks and "kinks" not in family.items:
            return False
        nonnegative = family.inputs == "nonnegative" or (bool(self.rewrites) and self.twin.on_nonnegative)
        return all(network in family for network in self.networks) and not (
            nonnegative and any(min(point) < 0 for point in (*self.points, self.baseline))
        )

    def input_is_generic(self, x: Vector, *, from_baseline: bool) -> bool:
        """Whether ``x`` is off every kink; ``from_baseline``: and almost every point of its way from there."""
        return not any(
            network.on_kink(x) or (from_baseline and _runs_along(network, Path((self.baseline, x))))
            for network in self.networks
        )

    def magnitude(self, x: Vector) -> float:
        """Return a bound on all that the networks add up at ``x`` and at the baseline."""
        return max(network.magnitude(point) for network in self.networks for point in (x, self.baseline))

    def is_dead(self, x: Vector) -> bool:
        """Whether the target is 0 at ``x`` and at the baseline, and does not change around ``x``."""
        outputs = (self.network.exact(point)[self.target] for point in (x, self.baseline))
        return not any(outputs) and not self.network.gradients(x)[:, self.target].any()

    @cached_property
    def simplicity(self) -> tuple[tuple[int, ...], ...]:
        """A key that orders cases: fewer rewrites, smaller networks, fewer points, simpler numbers.

        Where all that is alike, the order of the numbers decides, then rewrites, styles, what is asked about.
        """
        sizes = [network.size for network in self.networks]
        data = [number for point in (*self.points, self.baseline) for number in point]
        numbers = [*(n for network in self.networks for n in network.numbers), *data]
        return (
            (len(self.rewrites), sum(rewrite.whole for rewrite in self.rewrites)),
            tuple(map(sum, zip(*(size[:-1] for size in sizes), strict=True))),
            (sum(map(_extent, self.networks)),),
            (len(self.points), self.on_kinks),
            (sum(size[-1] for size in sizes) + sum(rank(number) for number in data),),
            tuple(part for number in numbers for part in order(number)),
            self._remainder,
        )

    @property
    def _remainder(self) -> tuple[int, ...]:
        names = list(REWRITES)
        style = [values.index(getattr(self.network.style, name)) for name, values in OPTIONS.items()]
        kinds = " ".join(_kinds(self.network.layers)).encode()
        return (
            *(names.index(rewrite.name) for rewrite in self.rewrites),
            *style,
            self.target,
            *self.irrelevant,
            *kinds,
        )


def _extent(network: Network) -> int:
    """Return how far it reaches: the places of its kernels, strides and paddings, its unusual variances."""
    extent = len(network.numbers)
    for layer in network.leaves:
        for name in ("kernel", "stride", "padding", "size"):
            extent += sum(getattr(layer, name, ()))
        if isinstance(layer, BatchNorm):
            extent += sum(variance + layer.eps != 1 for variance in layer.variance)
    return extent + sum(getattr(layer, "groups", 1) - 1 for layer in network.leaves)


def _kinds(layers: Branch) -> Iterator[str]:
    for layer in layers:
        yield layer.kind
        for branch in layer.branches if isinstance(layer, Block) else ():
            yield from ("{", *_kinds(branch), "}")


def _runs_along(network: Network, path: Path) -> bool:
    return any(kink.until > kink.at for kink in network.kinks(path))
