"""Facts: what is known of the function of a case beyond its network; each can be verified exactly."""

from abc import ABC
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from .expressions import is_irrelevant, is_symmetric
from .family import Family
from .layers import Array, Vector
from .network import Network
from .path import Path

Places = tuple[int, ...]


@dataclass(frozen=True)
class Fact(ABC):
    """Something that is known of the function of a case, so that an axiom can ask for what follows from it.

    ``cost`` makes cases with it less simple than those without; ``remark`` is what a picture says of the variables.
    """

    name: ClassVar[str]
    cost: ClassVar[int] = 0
    remark: ClassVar[str] = ""

    @property
    def about(self) -> Places:
        """The variables it is about."""
        return ()

    @property
    def numbers(self) -> tuple[float, ...]:
        """Its numbers that are no counts, in order."""
        return ()

    @property
    def order(self) -> tuple[int, ...]:
        """What orders cases that differ in nothing else."""
        return ()

    @property
    def bindings(self) -> Mapping[str, object]:
        """What a script binds for it, by name."""
        return {}

    def is_true(self, network: Network, target: int, points: Sequence[Vector], path: Path | None) -> bool:  # noqa: ARG002
        """Whether the network, the points and the path show it to be true."""
        return True

    def is_admitted(self, family: Family) -> bool:  # noqa: ARG002
        """Whether cases of a family may have it."""
        return True

    def same(self, points: Array, random: np.random.Generator) -> Array:  # noqa: ARG002
        """Return other points (B, d), at which f is what it is at ``points``."""
        return points

    def ties(self, size: int, points: int) -> Iterator[Places]:  # noqa: ARG002
        """Yield the places of equal numbers among those of ``points`` points of ``size`` variables."""
        yield from ()

    def with_numbers(self, numbers: Sequence[float]) -> Self:  # noqa: ARG002
        """Return it with other numbers."""
        return self

    def on(self, network: Network) -> "Fact":  # noqa: ARG002
        """Return the plainest of its kind for a network, the numbers still to be chosen."""
        return self

    def fitted(self, network: Network, target: int) -> "Fact | None":  # noqa: ARG002
        """Return it for a network whose numbers have been chosen."""
        return self

    def within(self, variables: Sequence[int], outputs: Sequence[int]) -> "Fact | None":  # noqa: ARG002
        """Return it for a smaller network, with the old place of each of its variables and outputs, -1 for none.

        None if it is about nothing that is left.
        """
        return self


@dataclass(frozen=True)
class Irrelevant(Fact):
    """The function does not depend on some variables."""

    variables: Places
    name: ClassVar[str] = "irrelevant"
    remark: ClassVar[str] = "f does not depend on it"

    @property
    def about(self) -> Places:
        """The variables."""
        return self.variables

    @property
    def order(self) -> tuple[int, ...]:
        """The variables."""
        return self.variables

    @property
    def bindings(self) -> Mapping[str, object]:
        """The variables, as ``irrelevant``."""
        return {"irrelevant": list(self.variables)}

    def is_true(self, network: Network, target: int, points: Sequence[Vector], path: Path | None) -> bool:  # noqa: ARG002
        """Whether no weights lead from them to the output, or what does cancels."""
        influence = network.influence[list(self.variables), target]
        return not influence.any() or is_irrelevant(network, target, self.variables)

    def same(self, points: Array, random: np.random.Generator) -> Array:
        """Return the points with other values of the variables."""
        moved = points.copy()
        size = float(np.abs(points).max())
        moved[:, list(self.variables)] = random.uniform(-size, size, (len(points), len(self.variables)))
        return moved

    def on(self, network: Network) -> Fact:  # noqa: ARG002
        """Return that the first variable is irrelevant."""
        return Irrelevant((0,))

    def fitted(self, network: Network, target: int) -> Fact | None:
        """Return that all are from which no weights lead to the output."""
        idle = tuple(np.flatnonzero(~network.influence[:, target]).tolist())
        return Irrelevant(idle) if idle else None

    def within(self, variables: Sequence[int], outputs: Sequence[int]) -> Fact | None:  # noqa: ARG002
        """Return that those which are left are irrelevant."""
        left = tuple(new for new, old in enumerate(variables) if old in self.variables)
        return Irrelevant(left) if left else None


@dataclass(frozen=True)
class Symmetric(Fact):
    """The function is the same with two variables exchanged, and they are equal at every point."""

    i: int
    j: int
    name: ClassVar[str] = "symmetric"
    remark: ClassVar[str] = "f is symmetric in these"

    @property
    def about(self) -> Places:
        """Both variables."""
        return self.i, self.j

    @property
    def bindings(self) -> Mapping[str, object]:
        """Both variables, as ``symmetric``."""
        return {"symmetric": [self.i, self.j]}

    def is_true(self, network: Network, target: int, points: Sequence[Vector], path: Path | None) -> bool:  # noqa: ARG002
        """Whether they are two, equal at every point, and the output is the same expression when they are exchanged."""
        equal = all(point[self.i] == point[self.j] for point in points)
        return self.i != self.j and equal and is_symmetric(network, target, self.about)

    def same(self, points: Array, random: np.random.Generator) -> Array:  # noqa: ARG002
        """Return the points with the two exchanged."""
        swapped = points.copy()
        swapped[:, [self.i, self.j]] = points[:, [self.j, self.i]]
        return swapped

    def ties(self, size: int, points: int) -> Iterator[Places]:
        """Yield both in each point."""
        yield from ((size * point + self.i, size * point + self.j) for point in range(points))

    def on(self, network: Network) -> Fact:  # noqa: ARG002
        """Return the symmetry of the first two variables."""
        return Symmetric(0, 1)

    def within(self, variables: Sequence[int], outputs: Sequence[int]) -> Fact | None:  # noqa: ARG002
        """Return the symmetry if both are left."""
        left = tuple(new for new, old in enumerate(variables) if old in self.about)
        return Symmetric(*left) if len(left) == 2 else None


@dataclass(frozen=True)
class Monotone(Fact):
    """The function never falls in a variable, along which alone the path goes upward."""

    variable: int
    name: ClassVar[str] = "monotone"

    @property
    def about(self) -> Places:
        """The variable."""
        return (self.variable,)

    def is_true(self, network: Network, target: int, points: Sequence[Vector], path: Path | None) -> bool:  # noqa: ARG002
        """Whether the signs of the weights show it, and the path is one segment upward."""
        if path is None or path.segments != 1 or not network.rises(self.variable, target):
            return False
        start, end = path.vertices
        moves = [i for i, (a, b) in enumerate(zip(start, end, strict=True)) if a != b]
        return moves == [self.variable] and start[self.variable] < end[self.variable]

    def ties(self, size: int, points: int) -> Iterator[Places]:  # noqa: ARG002
        """Yield what both ends of the path share."""
        yield from ((i, size + i) for i in range(size) if i != self.variable)

    def on(self, network: Network) -> Fact:  # noqa: ARG002
        """Return that it is the first variable."""
        return Monotone(0)

    def within(self, variables: Sequence[int], outputs: Sequence[int]) -> Fact | None:  # noqa: ARG002
        """Return it if the variable is left."""
        places = list(variables)
        return Monotone(places.index(self.variable)) if self.variable in places else None


@dataclass(frozen=True)
class OnKinks(Fact):
    """Inputs may lie on kinks, and count."""

    name: ClassVar[str] = "on-kinks"
    cost: ClassVar[int] = 1

    def is_admitted(self, family: Family) -> bool:
        """Whether the family has kinks."""
        return "kinks" in family.items
