"""What a counterexample observed, as scores with names, and as the numbers that were expected."""

import numpy as np

from ...axioms.names import EQUALITY
from ...axioms.same_function import OutputDifference
from ...networks import Network
from ...networks.derivations import Combined
from ...networks.layers import Vector
from ...results.counterexample import Counterexample


def scores_of(counterexample: Counterexample) -> dict[str, Vector]:
    """Return the vectors that were observed, by what they are called; those that are all as long as the longest."""
    scores = counterexample.observed.scores if counterexample.observed else {}
    named = dict(zip(_names(counterexample, list(scores)), scores.values(), strict=True))
    size = max(map(len, named.values()), default=0)
    return {name: values for name, values in named.items() if 0 < len(values) == size}


def _names(counterexample: Counterexample, labels: list[str]) -> list[str]:
    """Return what the vectors are called: by their labels, by explainers that are compared, by the one of two networks.

    A single vector is that of the rewritten network, where there is one.
    """
    if counterexample.axiom.startswith(EQUALITY) and labels:
        first, second = shorten(counterexample.explainer, 24), shorten(counterexample.axiom.removeprefix(EQUALITY), 24)
        return [first, f"the other {second}" if second == first else second]
    return ["on g"] if labels == ["R"] and starred(counterexample) and len(counterexample.case.networks) > 1 else labels


def shorten(name: str, most: int) -> str:
    """Return a name of at most so many letters.

    >>> shorten("captum:LayerWise", 8)
    'captum:…'
    """
    return name if len(name) <= most else name[: most - 1] + "…"


def breaks_of(counterexample: Counterexample) -> str:
    """Return what is marked on the path: jumps, and poles where the scores were seen to grow without bound."""
    return "a jump or a pole" if counterexample.failure == "blow-up" else "a jump"


def places_of(counterexample: Counterexample) -> list[str]:
    """Return what the entries of the vectors are called: variables, that one which was looked at, or outputs.

    The variables that the axiom is about, without influence, symmetric or rising, have a star.
    """
    size = max(map(len, scores_of(counterexample).values()), default=0)
    if kind_of(counterexample) == "outputs":
        return [f"f{i + 1}" if size > 1 else "f" for i in range(size)]
    if counterexample.observed and counterexample.observed.focus is not None:
        return [f"x{counterexample.observed.focus + 1}"]
    stars = frozenset(starred(counterexample))
    return [f"x{i + 1}{' ★' if i in stars else ''}" for i in range(size)]


def kind_of(counterexample: Counterexample) -> str:
    """Return what the vectors are."""
    return "outputs" if isinstance(counterexample.observed, OutputDifference) else "scores"


def starred(counterexample: Counterexample) -> tuple[int, ...]:
    """Return the variables that are told apart from the others."""
    return tuple(variable for fact in counterexample.case.facts if fact.remark for variable in fact.about)


def star_of(counterexample: Counterexample) -> str:
    """Return what a star says; nothing where there is none."""
    if not (starred(counterexample) and scores_of(counterexample)):
        return ""
    return "★ " + next(fact.remark for fact in counterexample.case.facts if fact.remark)


def totals_of(counterexample: Counterexample) -> dict[str, float]:
    """Return what the scores sum to and what was expected, where that is what was observed."""
    return counterexample.observed.totals if counterexample.observed else {}


def point_of(counterexample: Counterexample) -> Vector:
    """Return the input that was observed, or the first."""
    point = counterexample.observed.point if counterexample.observed else None
    return point or counterexample.case.points[0]


def outputs_of(counterexample: Counterexample) -> list[dict[int, str]]:
    """Return for each network what its outputs that were asked about are at the input, as ``f = 1``."""
    case, outputs = counterexample.case, []
    for name, (network, x), target in zip("fg", case.places(point_of(counterexample)), case.targets, strict=False):
        names = {target: name}
        if name == "f" and isinstance(case.derivation, Combined):
            names[case.derivation.second] = "h"
        outputs.append({output: f"{name} = {value(network, x, output):g}" for output, name in names.items()})
    return outputs


def value(network: Network, x: Vector, output: int) -> float:
    """Return an output, and 0 rather than -0."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(network.outputs(np.array([x]))[0, output]) + 0.0
