"""What happens along the path of a counterexample, evaluated once it is found."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from ..axioms import Observation, Rejected
from ..axioms.walk import Walk, is_resolved
from ..explainers import Unsupported
from ..networks import Array
from ..networks.layers import frozen
from ..results.counterexample import AnyCase
from ..results.path_profile import PathProfile
from .bound_explainer import BoundExplainer
from .judge import Judge
from .own_call import ExplainerError

PLACES = 48
"""How many places of a path are evaluated besides the sides of its kinks."""
LARGEST = 4096
"""Variables whose scores are told along a path."""
MOST = 12
"""Kinks of whose sides the scores are told: the first of many, and that of the jump."""


def path_profile(judge: Judge, case: AnyCase, observed: Observation | None = None) -> PathProfile | None:
    """Return the scores along the path of ``case``; None if it has none, or the explainer does not give them.

    Of more variables than a picture shows there are none either.

    A jump is where the axiom ``observed`` one, and where its walk finds another one at a kink.
    """
    if case.path is None or len(case.baseline) > LARGEST:
        return None
    jump = observed.place if observed else None
    explain = BoundExplainer(judge.explainer, judge.declared, case, judge.dtype, device=judge.device)
    at, places = _places(case, jump, explain.resolution)
    try:
        scores = explain(case.subject, case.path.points(places))
        jumps = {*([] if jump is None else [jump]), *_jumps(explain, case, _twice(at))}
    except (ExplainerError, Unsupported, Rejected):
        return None
    return PathProfile.on(case, tuple(at), frozen(scores), tuple(sorted(jumps)))


def _places(case: AnyCase, jump: float | None, step: float) -> tuple[list[float], Array]:
    """Return what places are called and where they lie: evenly, and on both sides of each kink and of the jump."""
    assert case.path is not None
    end = float(case.path.segments)
    known = [] if jump is None else [jump]
    kinks = [at for at in sorted({float(kink.at) for kink in case.kinks}) if all(abs(at - t) > 4 * step for t in known)]
    sides = sorted([*known, *kinks[:MOST]])
    sides = [t for t in sides if step < t < end - step]
    even = [t for t in np.linspace(0, end, PLACES + 1).tolist() if all(abs(t - side) > 2 * step for side in sides)]
    labelled = sorted([(t, t) for t in even] + [(t + shift, t) for t in sides for shift in (-step, step)])
    return [t for _, t in labelled], np.array([place for place, _ in labelled])


def _twice(at: Sequence[float]) -> list[float]:
    """Return the places that come twice: those of which both sides are told."""
    return [one for one, other in pairwise(at) if one == other]


def _jumps(explain: BoundExplainer, case: AnyCase, sides: list[float]) -> Iterator[float]:
    """Yield the kinks at which the scores break, as continuity judges them."""
    path = case.path
    assert path is not None
    if not is_resolved(path, explain.resolution):
        return
    magnitude = max(map(case.magnitude, path.vertices))
    noise = explain.rounding * magnitude
    known = sorted({float(kink.at) for kink in case.kinks})

    def scores(ts: Array) -> Array:
        return explain(case.subject, path.points(ts))

    walk = Walk(scores, path.segments, known, resolution=explain.resolution, noise=noise, magnitude=magnitude)
    yield from (t for t in sides if t in walk.known and walk.judged(t).is_break)
