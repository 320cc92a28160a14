"""Case: what one verdict of one axiom is drawn for."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .derivations import Derivation
from .dyadics import order, rank
from .expressions import Pair, is_irrelevant, is_symmetric
from .family import Family
from .kinks import Kink
from .layers import Branch, Vector
from .network import Network
from .path import Path
from .rewrites import REWRITES, Rewrite
from .style import OPTIONS
from .twin import Twin


@dataclass(frozen=True)
class Case:
    """One network, a twin if there are ``rewrites``, or two with a ``derivation``, with its inputs or its path.

    ``inputs`` are B points (d,); ``baseline`` is one point (d,); ``target`` counts outputs. Variables in
    ``irrelevant`` are known to have no influence on the function. In the two that are ``symmetric`` it is known to be
    so, and they are equal in every point. The function is known never to fall in the variable ``rising``, along which
    alone the path then goes upward. ``on_kinks``: its inputs may lie on kinks, and count.
    """

    network: Network
    baseline: Vector
    inputs: tuple[Vector, ...] = ()
    path: Path | None = None
    target: int = 0
    rewrites: tuple[Rewrite, ...] = ()
    irrelevant: tuple[int, ...] = ()
    on_kinks: bool = False
    symmetric: Pair = ()
    derivation: Derivation | None = None
    rising: int | None = None

    @cached_property
    def twin(self) -> Twin:
        """The network and its re-implementation."""
        return Twin(self.network, self.rewrites)

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The network, and its re-implementation or the one that is derived from it, if there is one."""
        if self.derivation is not None:
            return (self.network, self.derivation.of(self.network, self.target))
        return tuple(self.twin) if self.rewrites else (self.network,)

    @property
    def targets(self) -> tuple[int, ...]:
        """Which output of each network is output about."""
        output = self.target if self.derivation is None else self.derivation.target(self.target)
        return (self.target, *(output for _ in self.networks[1:]))

    def places(self, x: Vector) -> tuple[tuple[Network, Vector], ...]:
        """Return each network with where it is output for what the first is output at ``x``."""
        moved = x if self.derivation is None else self.derivation.moved(x)
        return ((self.network, x), *((network, moved) for network in self.networks[1:]))

    @property
    def points(self) -> tuple[Vector, ...]:
        """The inputs, or the path's vertices."""
        return self.inputs if self.path is None else self.path.vertices

    @cached_property
    def kinks(self) -> tuple[Kink, ...]:
        """The kinks of the network that the path meets."""
        return self.network.kinks(self.path) if self.path else ()

    def belongs_to(self, family: Family) -> bool:
        """Whether ``family`` may draw it: each of its networks, every point, and what it says of its variables."""
        if not self.names_its_own or not (self._ignores_the_irrelevant and self._is_symmetric and self._rises):
            return False
        if self.on_kinks and "kinks" not in family.items:
            return False
        nonnegative = family.inputs == "nonnegative" or (bool(self.rewrites) and self.twin.on_nonnegative)
        return all(network in family for network in self.networks) and not (
            nonnegative and any(min(at) < 0 for point in (*self.points, self.baseline) for _, at in self.places(point))
        )

    @property
    def names_its_own(self) -> bool:
        """Whether the network has all the variables, and the output, that the case speaks of."""
        rising = () if self.rising is None else (self.rising,)
        named = max((*self.irrelevant, *self.symmetric, *rising), default=0)
        return named < self.network.in_features and self.target < self.network.out_features

    @property
    def _ignores_the_irrelevant(self) -> bool:
        influence = self.network.influence[list(self.irrelevant), self.target]
        return not influence.any() or is_irrelevant(self.network, self.target, self.irrelevant)

    @property
    def _is_symmetric(self) -> bool:
        if not self.symmetric:
            return True
        i, j = self.symmetric
        return all(point[i] == point[j] for point in (*self.points, self.baseline)) and is_symmetric(
            self.network, self.target, self.symmetric
        )

    @property
    def _rises(self) -> bool:
        if self.rising is None:
            return True
        if self.path is None or not self.network.rises(self.rising, self.target):
            return False
        start, end = self.path.vertices[0], self.path.vertices[-1]
        along = tuple(a == b for a, b in zip(start, end, strict=True))
        return along.count(False) == 1 and start[self.rising] < end[self.rising] and self.path.segments == 1

    def input_is_generic(self, x: Vector, *, from_baseline: bool) -> bool:
        """Whether ``x`` is off every kink; ``from_baseline``: and almost every point of its way from there."""
        starts = [at for _, at in self.places(self.baseline)]
        return not any(
            network.on_kink(at) or (from_baseline and _runs_along(network, Path((start, at))))
            for (network, at), start in zip(self.places(x), starts, strict=True)
        )

    def magnitude(self, x: Vector) -> float:
        """Return a bound on all that the networks add up at ``x`` and at the baseline."""
        return max(network.magnitude(at) for point in (x, self.baseline) for network, at in self.places(point))

    def is_dead(self, x: Vector) -> bool:
        """Whether the target is 0 at ``x`` and at the baseline, and does not change around ``x``."""
        outputs = (self.network.value(point)[self.target] for point in (x, self.baseline))
        return not any(outputs) and not self.network.gradients(x)[:, self.target].any()

    @cached_property
    def simplicity(self) -> tuple[tuple[int, ...], ...]:
        """A key that orders cases: fewer rewrites, smaller networks, fewer points, simpler numbers.

        Where all that is alike, the order of the numbers decides, then rewrites, styles, what is output about.
        """
        sizes = [network.size for network in self.networks]
        derived = () if self.derivation is None else self.derivation.numbers
        data = [*(number for point in (*self.points, self.baseline) for number in point), *derived]
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
    return len(network.numbers) + sum(layer.extent for layer in network.leaves)


def _kinds(layers: Branch) -> Iterator[str]:
    for layer in layers:
        yield layer.kind
        for branch in layer.branches:
            yield from ("{", *_kinds(branch), "}")


def _runs_along(network: Network, path: Path) -> bool:
    return any(kink.until > kink.at for kink in network.kinks(path))
