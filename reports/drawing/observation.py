"""What a counterexample observed, as scores with names, and as the numbers that were expected."""

from collections.abc import Mapping, Sequence
from math import isfinite

import numpy as np

from ...axioms.names import EQUALITY
from ...networks import Network
from ...networks.derivations import Combined
from ...networks.layers import Vector
from ...results.counterexample import Counterexample

LABELS: Mapping[str, Mapping[str, str]] = {
    "batch_consistency": {"alone": "alone", "relevance": "in a batch"},
    "continuity": {"relevance": "before", "other": "behind"},
    "demand_monotonicity": {"score": "at x", "other": "at the larger x"},
    "determinism": {"relevance": "one call", "other": "another"},
    "homogeneity": {"relevance": "of f", "other": "of g"},
    "implementation_invariance": {"relevance": "on f", "other": "on g"},
    "linearity": {"relevance": "of f", "second": "of h", "other": "of g"},
    "same_function": {"outputs": "outputs seen", "own": "the model's own"},
    "shift_invariance": {"relevance": "of f at x", "other": "of g, moved"},
}
"""What the scores that an axiom observed are called; R where there is one vector alone."""
ALONE = {"relevance": "R", "score": "R"}
ON_LAST = ("null_player", "selectivity", "symmetry")
"""The axioms whose scores are those on the rewritten network, where there is one."""


def scores_of(found: Counterexample) -> dict[str, list[float]]:
    """Return the vectors that were observed, by what they are called; those that are all as long as the longest."""
    read = [(name, numbers(found.observed.get(key))) for key, name in _labels(found).items()]
    size = max(len(values) for _, values in read)
    return {name: values for name, values in read if 0 < len(values) == size}


def _labels(found: Counterexample) -> Mapping[str, str]:
    if found.axiom.startswith(EQUALITY):
        first, second = shorten(found.explainer, 24), shorten(found.axiom.removeprefix(EQUALITY), 24)
        return {"relevance": first, "other": f"the other {second}" if second == first else second}
    if found.axiom in ON_LAST and len(found.case.networks) > 1:
        return {"relevance": "on g"}
    return LABELS.get(found.axiom, ALONE)


def shorten(name: str, most: int) -> str:
    """Return a name of at most so many letters.

    >>> shorten("captum:LayerWise", 8)
    'captum:…'
    """
    return name if len(name) <= most else name[: most - 1] + "…"


def breaks_of(found: Counterexample) -> str:
    """Return what is marked on the path: jumps, and poles where the scores were seen to grow without bound."""
    return "a jump or a pole" if found.observed.get("kind") == "blow-up" else "a jump"


def places_of(found: Counterexample) -> list[str]:
    """Return what the entries of the vectors are called: variables, that one which was looked at, or outputs.

    The variables that the axiom is about, without influence, symmetric or rising, have a star.
    """
    variable, size = found.observed.get("variable"), max(map(len, scores_of(found).values()), default=0)
    if found.axiom == "same_function":
        return [f"f{i + 1}" if size > 1 else "f" for i in range(size)]
    if isinstance(variable, int):
        return [f"x{variable + 1}"]
    return [f"x{i + 1}{' ★' if i in starred(found) else ''}" for i in range(size)]


def kind_of(found: Counterexample) -> str:
    """Return what the vectors are."""
    return "outputs" if found.axiom == "same_function" else "scores"


def starred(found: Counterexample) -> tuple[int, ...]:
    """Return the variables that are told apart from the others."""
    return tuple(found.case.irrelevant) or tuple(found.case.symmetric)


def star_of(found: Counterexample) -> str:
    """Return what a star says; nothing where there is none."""
    if not (starred(found) and scores_of(found)):
        return ""
    return "★ f does not depend on it" if found.case.irrelevant else "★ f is symmetric in these"


def numbers(value: object) -> list[float]:
    """Return the numbers of a list, or of lists in it; one number is a list of one; else nothing."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return []
    if isinstance(value, (int, float)):
        return [float(value)] if isfinite(value) else []
    if not isinstance(value, Sequence):
        return []
    parts = [numbers(part) for part in value]
    return [one for part in parts for one in part] if all(parts) else []


def totals_of(found: Counterexample) -> dict[str, float]:
    """Return what the scores sum to and what was expected, where that is what was asked."""
    told = found.observed
    total, expected = (numbers(told.get(name)) for name in ("sum", "expected"))
    if found.axiom != "conservation" or not (total and expected):
        return {}
    return {"Σ R": total[0], str(told.get("meaning", "expected")): expected[0]}


def point_of(found: Counterexample) -> Vector:
    """Return the input that was observed, or the first."""
    at = tuple(numbers(found.observed.get("x")))
    return at if len(at) == found.case.network.in_features else found.case.points[0]


def outputs_of(found: Counterexample) -> list[dict[int, str]]:
    """Return for each network what its outputs that were asked about are at the input, as ``f = 1``."""
    case, asked = found.case, []
    for name, (network, x), target in zip("fg", case.places(point_of(found)), case.targets, strict=False):
        told = {target: name}
        if name == "f" and isinstance(case.derivation, Combined):
            told[case.derivation.second] = "h"
        asked.append({output: f"{name} = {value(network, x, output):g}" for output, name in told.items()})
    return asked


def value(network: Network, x: Vector, output: int) -> float:
    """Return an output, and 0 rather than -0."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(network.outputs(np.array([x]))[0, output]) + 0.0
