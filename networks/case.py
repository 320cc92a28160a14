"""Case: what one verdict of one axiom is drawn for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from .derivations import Combined, Derivation
from .dyadics import order, rank
from .facts import Fact
from .family import Family
from .kinks import Kink
from .layers import Branch, Shape, Vector
from .network import Network
from .path import Path
from .rewrites import REWRITES, Rewrite
from .style import OPTIONS, PLAIN
from .twin import Twin

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True)
class Case:
    """One network, a twin if there are ``rewrites``, or two if a derivation is known, with its inputs or its path.

    ``inputs`` are B points (d,); ``baseline`` is one point (d,); ``target`` counts outputs. ``facts`` are what else is
    known of the function, at most one of each kind.
    """

    network: Network
    baseline: Vector
    inputs: tuple[Vector, ...] = ()
    path: Path | None = None
    target: int = 0
    rewrites: tuple[Rewrite, ...] = ()
    facts: tuple[Fact, ...] = ()

    def fact(self, kind: type[F]) -> F | None:
        """Return the fact of a kind, None if there is none."""
        return next((fact for fact in self.facts if isinstance(fact, kind)), None)

    def variables(self, kind: type[Fact]) -> tuple[int, ...]:
        """Return the variables that the fact of a kind is about, none if there is no such fact."""
        fact = self.fact(kind)
        return () if fact is None else fact.about

    @cached_property
    def derivation(self) -> Derivation | None:
        """How a second network is derived from the first, if it is."""
        return self.fact(Derivation)  # type: ignore[type-abstract]

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
    def subject(self) -> Network:
        """The network, as axioms see it."""
        return self.network

    @property
    def subjects(self) -> tuple[Network, ...]:
        """The networks, as axioms see them."""
        return self.networks

    def at(self, inputs: tuple[Vector, ...], *, baseline: Vector | None = None, target: int | None = None) -> "Case":
        """Return the case at other inputs, without a path; with another baseline or target if they are given.

        Its networks are those of this case, with all that is known of them.
        """
        case = replace(
            self,
            inputs=inputs,
            path=None,
            baseline=self.baseline if baseline is None else baseline,
            target=self.target if target is None else target,
        )
        if case.target == self.target and "networks" in self.__dict__:
            case.__dict__["networks"] = self.networks
        return case

    @property
    def shape(self) -> Shape:
        """The shape of one input."""
        return self.network.shape

    @property
    def formula(self) -> str:
        """The network, or both of two, as formulas of the output that is asked about; and a second output, as h."""
        pairs = zip(self.networks, self.targets, strict=True)
        formulas = [network.formula(target) for network, target in pairs]
        if len(formulas) == 2:
            formulas[1] = _renamed(formulas[1], "g")
        if isinstance(self.derivation, Combined):
            formulas[1:1] = [_renamed(self.network.formula(self.derivation.second), "h")]
        return "\n".join(formulas)

    @property
    def circumstances(self) -> tuple[str, ...]:
        """The layers where they are no perceptron, the style, and what makes the second network, in words."""
        parts = [] if all(network.is_plain for network in self.networks) else [_layers(self.network)]
        parts += [] if self.network.style == PLAIN else [f"written with {self.network.style.text}"]
        if self.rewrites:
            parts.append("rewritten by " + ", ".join(rewrite.name for rewrite in self.rewrites))
        if self.derivation:
            parts.append(f"g(x) = {self.derivation.formula}")
        return tuple(parts)

    @property
    def on_nonnegative(self) -> bool:
        """Whether the networks of a twin are equal on inputs of at least 0 alone."""
        return bool(self.rewrites) and self.twin.on_nonnegative

    @property
    def targets(self) -> tuple[int, ...]:
        """Which output of each network is explained."""
        second = self.target if self.derivation is None else self.derivation.target(self.target)
        return (self.target, *(second for _ in self.networks[1:]))

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
        if not self.names_its_own or not all(fact.is_admitted(family) for fact in self.facts):
            return False
        known = (*self.points, self.baseline)
        if not all(fact.is_true(self.network, self.target, known, self.path) for fact in self.facts):
            return False
        nonnegative = family.inputs == "nonnegative" or self.on_nonnegative
        return all(network in family for network in self.networks) and not (
            nonnegative and any(min(at) < 0 for point in (*self.points, self.baseline) for _, at in self.places(point))
        )

    @property
    def names_its_own(self) -> bool:
        """Whether the network has all the variables, and the output, that the case speaks of."""
        named = max((variable for fact in self.facts for variable in fact.about), default=0)
        return named < self.network.in_features and self.target < self.network.out_features

    def input_is_generic(self, x: Vector, *, from_baseline: bool) -> bool:
        """Whether ``x`` is off every kink; ``from_baseline``: and almost every point of its way from there."""
        starts = [at for _, at in self.places(self.baseline)]
        return not any(
            network.on_kink(at) or (from_baseline and network.runs_along(Path((start, at))))
            for (network, at), start in zip(self.places(x), starts, strict=True)
        )

    def magnitude(self, x: Vector) -> float:
        """Return a bound on all that the networks add up at ``x`` and at the baseline."""
        return max(network.magnitude(at) for point in (x, self.baseline) for network, at in self.places(point))

    def is_dead(self, x: Vector) -> bool:
        """Whether the target is 0 at ``x`` and at the baseline, and does not change around ``x``."""
        outputs = (self.network.value(point)[self.target] for point in (x, self.baseline))
        return not any(outputs) and not self.network.gradients(x)[:, self.target].any()

    def is_spent(self, x: Vector) -> bool:
        """Whether one unit put in is lost at ``x``: the target, or a pre-activation that passes no ReLU, is 0."""
        return not self.network.value(x)[self.target] or any(not value for value, _ in self.network.sums(x))

    @cached_property
    def simplicity(self) -> tuple[tuple[int, ...], ...]:
        """A key that orders cases: fewer rewrites, smaller networks, fewer points, simpler numbers.

        Where all that is alike, the order of the numbers decides, then rewrites, styles, what is output about.
        """
        sizes = [network.size for network in self.networks]
        facts = (number for fact in self.facts for number in fact.numbers)
        data = [*(number for point in (*self.points, self.baseline) for number in point), *facts]
        numbers = [*(n for network in self.networks for n in network.numbers), *data]
        return (
            (len(self.rewrites), sum(rewrite.whole for rewrite in self.rewrites)),
            tuple(map(sum, zip(*(size[:-1] for size in sizes), strict=True))),
            (sum(map(_extent, self.networks)),),
            (len(self.points), sum(fact.cost for fact in self.facts)),
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
            *(place for fact in self.facts for place in fact.order),
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


def _renamed(formula: str, name: str) -> str:
    return formula.replace("\nf(", f"\n{name}(").replace("f(", f"{name}(", 1)


def _layers(network: Network) -> str:
    shape = "×".join(map(str, network.shape))
    return f"layers {' → '.join(_layer_names(network.layers))} on inputs of {shape}"


def _layer_names(layers: Branch) -> list[str]:
    return [
        layer.kind + (f"({' | '.join(map(_branch, layer.branches))})" if layer.branches else "") for layer in layers
    ]


def _branch(layers: Branch) -> str:
    return " → ".join(_layer_names(layers)) or "x"
