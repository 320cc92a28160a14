"""Random networks of many layers, and what is measured on them."""

from collections.abc import Callable, Iterable
from random import Random
from statistics import median

from ..engine.bound_explainer import BoundExplainer
from ..engine.runtime.threads import one_thread
from ..explainers import Explainer, declaration, locate
from ..networks import Case, Linear, Network, ReLU

DEPTHS = (1, 2, 3, 4, 6, 8, 10)
WIDTH, NETWORKS = 4, 60
WEIGHTS = (-1.0, -0.5, 0.5, 1.0, 1.0)
Points = list[tuple[float, float]]


def drawn(depth: int, random: Random) -> Network:
    """Return a random perceptron of ``depth`` hidden layers of four units, half of whose biases are 0.

    More weights are positive than negative, or deep networks would be constant.
    """
    layers: list[Linear | ReLU] = []
    for _ in range(depth):
        layers += [_layer(WIDTH, random), ReLU()]
    return Network((*layers, _layer(1, random)))


def _layer(units: int, random: Random) -> Linear:
    weights = tuple(tuple(random.choice(WEIGHTS) for _ in range(WIDTH)) for _ in range(units))
    return Linear(weights, tuple(random.choice((0.0, 0.0, 0.25, -0.25)) for _ in range(units)))


def bound(explainer: Explainer, case: Case) -> BoundExplainer:
    """Return an explainer, bound to a case."""
    return BoundExplainer(explainer, declaration(explainer), case)


def over_depth(measure: Callable[[Explainer, int, Random], Iterable[float]], names: Iterable[str]) -> dict[str, Points]:
    """Return the median of a measure over random networks, by explainer, for each depth."""
    medians: dict[str, Points] = {}
    with one_thread():
        for name in names:
            explainer = locate(name).explain
            assert explainer is not None
            for depth in DEPTHS:
                values = list(measure(explainer, depth, Random(f"{depth}")))  # noqa: S311 - no secret
                medians.setdefault(name, []).append((float(depth), median(values)))
    return medians
