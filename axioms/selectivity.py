"""Selectivity: what matters gets more than what does not. The uniform explanation fails here, and only here."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import ClassVar

import numpy as np

from ..networks import Array, Vector
from ..networks.facts import Irrelevant
from ..strategies.cases import irrelevant_variables
from .axiom import Explain, Gap, Rejected, axiom, generic, reference_of
from .observation import Scores, names, vector
from .subject import Subject, SubjectCase, differ

MOST_CHOICES = 2**5
"""How many choices of variables with equal scores are evaluated."""
MOST_STEPS = 2**8
"""How many scores are told apart as variables are replaced: an image has more."""
TIE = 1e-6
"""Scores that differ by no more than this share are a tie: nothing is told apart."""
NOISY = 1e-2
"""Scores that are equal to the last bit are a tie, unless rounding is more than this share of them."""

TENTHS = tuple(place / 10 for place in range(11))
FLIPPED = "share of f(x) left over share of variables replaced"


@dataclass(frozen=True)
class SelectivityScores(Scores):
    """The scores without their signs, and the variables that f does not depend on."""

    irrelevant: tuple[int, ...]
    says: ClassVar[str] = (
        "at x = {x} the scores are {relevance}: none is above those of {irrelevant}, on which f does not depend"
    )

    def words(self) -> dict[str, object]:
        """Name the variables."""
        return super().words() | {"irrelevant": names(self.irrelevant)}


@axiom(
    cites="Samek et al. 2017; Samek, Montavon & Müller, tutorial, slides 25-26",
    draws=irrelevant_variables,
    observes=SelectivityScores,
    verb="is selective",
    group="tutorial",
    of_variables=True,
)
def selectivity(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Tell what matters: some variable gets more relevance than all those that f does not depend on."""
    irrelevant = case.variables(Irrelevant)
    if not 0 < len(irrelevant) < case.subject.in_features:
        raise Rejected("no variable is irrelevant, or all are")
    case = generic(case, explain)
    subject = case.subjects[-1]
    reference = reference_of(case, explain)
    without = subject.value(reference)[case.target]
    inputs = [x for x in case.inputs if differ(subject, subject.value(x)[case.target], without, case.magnitude(x))]
    if not inputs:
        raise Rejected("nothing changes when the relevant variables are taken away")
    relevance = np.abs(explain(subject, np.array(inputs)))
    for x, scores in zip(inputs, relevance, strict=True):
        flipped = pixel_flipping(subject, case.target, x, reference, scores)
        noise = explain.rounding * case.magnitude(x)
        inside, outside = float(scores[list(irrelevant)].max()), float(np.delete(scores, irrelevant).max())
        share = inside / (inside + outside) if inside + outside > 0 else 0.5
        least = NOISY if inside == outside else TIE
        undecided = outside > 0 and abs(outside - inside) <= 2 * noise and noise > least * outside
        yield Gap(
            size=share if share >= 0.5 - TIE and not undecided else 0.0,
            scale=0.0,
            undecided=undecided,
            observed=SelectivityScores(x, vector(scores), irrelevant),
            figures={"pixel-flipping AUC": area(flipped)},
            curves={FLIPPED: list(zip(TENTHS, np.interp(TENTHS, _shares(flipped), flipped).tolist(), strict=True))},
        )


def pixel_flipping(subject: Subject, target: int, x: Vector, reference: Vector, scores: Array) -> Array:
    """Return f (d + 1,) while the variables of ``x`` are replaced by the reference, the most relevant first.

    f is measured from its value at the reference, in units of its whole change, at 0, 1, …, d variables replaced.
    Variables with equal scores are replaced in all orders, of which the mean counts: every choice of as many of them
    has the same weight. If there are more than ``MOST_CHOICES``, they are replaced together, along a straight line; so
    are neighbours in that order where there are more than ``MOST_STEPS`` scores.
    Source: Samek et al. 2017, "Evaluating the visualization of what a deep neural network has learned".
    """
    counts, kept, weights = zip(*_replacements(_in_steps(scores)), strict=True)
    points = np.where(np.array([*kept, np.zeros(len(scores), dtype=bool)]), x, reference)
    outputs = subject.outputs(points)[:, target]
    left = np.array(weights) * (outputs[:-1] - outputs[-1]) / (outputs[0] - outputs[-1])
    known = sorted(set(counts))
    return np.interp(range(len(scores) + 1), known, np.bincount(counts, left)[known])


def area(flipped: Array) -> float:
    """Return the area under f (d + 1,) by the trapezoidal rule, over d. Smaller is better: ½ is a straight way down."""
    return float(np.mean((flipped[:-1] + flipped[1:]) / 2))


def _shares(flipped: Array) -> Array:
    return np.linspace(0.0, 1.0, len(flipped))


def _in_steps(scores: Array) -> Array:
    """Return scores (d,) of which no more than ``MOST_STEPS`` differ, in the same order."""
    if len(np.unique(scores)) <= MOST_STEPS:
        return scores
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores, kind="stable")] = np.arange(len(scores))
    return ranks * MOST_STEPS // len(scores)


def _replacements(scores: Array) -> Iterator[tuple[int, Array, float]]:
    """Yield how many variables are replaced, which (d,) are kept, and the weight of that among all of as many."""
    kept = np.ones(len(scores), dtype=bool)
    yield 0, kept.copy(), 1.0
    for value in sorted(set(scores.tolist()), reverse=True):
        tied = np.flatnonzero(scores == value)
        replaced = int(len(kept) - kept.sum())
        for count in range(1, len(tied)) if 2 ** len(tied) <= MOST_CHOICES else ():
            for chosen in combinations(tied.tolist(), count):
                without = kept.copy()
                without[list(chosen)] = False
                yield replaced + count, without, 1 / comb(len(tied), count)
        kept[tied] = False
        yield replaced + len(tied), kept.copy(), 1.0
