"""Continuity: the scores follow the input without a jump.

The network's kinks on the path are known exactly, so one batched call on both sides of each decides there. Elsewhere
(where a denominator of the explainer's own crosses zero) the intervals that stand out are refined: a search, no proof.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

import numpy as np

from ..networks import Array, Path
from ..strategies.cases import one_path
from .axiom import Explain, Gap, Rejected, axiom
from .batches import fitting
from .observation import Binding, Difference, Points, vector
from .refinement import POINTS
from .subject import SubjectCase
from .walk import Place, Walk, is_resolved

MOST = 2**12
"""Points of one call, at most."""
FEWEST = 8
"""Points that the search for other jumps asks for at a time, of however large inputs."""
BreakKind = Literal["jump", "blow-up"]
VERBS: dict[BreakKind, str] = {"jump": "jump", "blow-up": "grow without bound,"}


@dataclass(frozen=True)
class Jump(Difference):
    """The scores on both sides of the place ``t``, in segments, whose points are ``sides`` (2, d); or near a pole."""

    t: float
    kind: BreakKind
    sides: Points
    says: ClassVar[str] = "at x = {x} on the path the scores {verb} from {relevance} to {other}"
    labels: ClassVar[Mapping[str, str]] = {"relevance": "before", "other": "behind"}

    def words(self) -> dict[str, object]:
        """Say in a verb whether they jump or grow."""
        return super().words() | {"verb": VERBS[self.kind]}

    @property
    def failure(self) -> str:
        """A jump, or a growth without bound."""
        return self.kind

    @property
    def place(self) -> float | None:
        """Where they break."""
        return self.t

    @property
    def inputs(self) -> Points:
        """A script looks at both sides instead."""
        return ()

    @property
    def bindings(self) -> dict[str, Binding]:
        """The points on both sides."""
        return {"sides": self.sides}


@axiom(
    cites="Montavon et al. 2018; Samek, Montavon & Müller, tutorial, slides 20-22",
    draws=one_path,
    observes=Jump,
    verb="is continuous",
    group="tutorial",
)
def continuity(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
    """Along every path the one-sided limits of the relevance agree; f never jumps, so a jump is the explainer's."""
    path = _resolvable(case, explain.resolution)

    together = fitting(MOST, case.subject.in_features)

    def scores(ts: Array) -> Array:
        parts = np.split(ts, range(together, len(ts), together))
        return np.concatenate([explain(case.subject, path.points(part)) for part in parts])

    magnitude = max(map(case.magnitude, path.vertices))
    noise = explain.rounding * magnitude
    kinks = [float(kink.at) for kink in case.kinks]
    points = fitting(POINTS, case.subject.in_features, least=FEWEST)
    accuracy = {"resolution": explain.resolution, "noise": noise, "magnitude": magnitude}
    walk = Walk(scores, path.segments, kinks, **accuracy, points=points)
    place = walk.verdict()
    outputs = case.subject.outputs(np.array(path.vertices))[:, case.target]
    yield Gap(
        place.size,
        place.scale,
        vacuous=not any(t in walk.known for t in kinks) and float(np.ptp(outputs)) == 0,
        undecided=place.kind == "undecided",
        observed=_jump(place, path, explain.resolution) if place.is_break else None,
        figures={"strongest variation": walk.steepest(path.points)},
    )


def _jump(place: Place, path: Path, step: float) -> Jump:
    x = tuple(map(float, path.point(_simplest(place.t, step))))
    sides = tuple(map(vector, path.points(np.array(place.between))))
    kind: BreakKind = "jump" if place.kind == "jump" else "blow-up"
    return Jump(x, place.relevance, place.other, place.t, kind, sides)


def _resolvable(case: SubjectCase, step: float) -> Path:
    """Reject paths on which floats cannot tell a step of the resolution, and those that run along a kink."""
    path = case.path
    assert path is not None
    if not is_resolved(path, step):
        raise Rejected("a segment is too short to be resolved so far from the origin")
    if any(kink.until > kink.at for kink in case.kinks):
        raise Rejected("the path runs along a kink")
    return path


def _simplest(t: float, step: float) -> Fraction:
    """Return a simple fraction within the resolution of ``t``, or ``t``: jumps seldom sit at odd numbers."""
    simple = Fraction(t).limit_denominator(2**12)
    return simple if abs(simple - Fraction(t)) <= step else Fraction(t)
