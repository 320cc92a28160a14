"""Continuity: the scores follow the input without a jump.

The network's kinks on the path are known exactly, so one batched call on both sides of each decides there. Elsewhere
(where a denominator of the explainer's own crosses zero) an interval that changes most is refined: a search, no proof.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..networks import Array, Case
from ..strategies.cases import one_path
from .axiom import Explain, Gap, Rejected, axiom

JUMP = 1e-3
"""A change by this share of the largest score, across one step of the resolution, is a jump or a very steep slope."""
STEEPEST = 1e6
"""A slope up to this, in largest scores per segment, is never called a jump (in float32: up to 105)."""
WIDER = 8
"""Steps of the resolution to the outer two of the four points around a suspect."""
GRID = 16
"""Points of the first look, each segment; they are off the rationals that lone odd values sit on."""
SPLIT = 32


@dataclass(frozen=True)
class _Look:
    """Scores (m, d) at increasing parameters (m,)."""

    ts: Array
    scores: Array

    @property
    def steps(self) -> Array:
        """The largest change (m - 1,) of any score from each point to the next."""
        steps: Array = np.abs(np.diff(self.scores, axis=0)).max(axis=1)
        return steps


@axiom(
    cites="Montavon et al. 2018; Samek, Montavon & Müller, tutorial, slides 20-22",
    draws=one_path,
    says="at x = {x} on the path the scores {verb} from {relevance} to {other}",
    code="""
before, after = scores(model, sides)
print("gap:", (after - before).abs().max().item())
""",
)
def continuity(explain: Explain, case: Case) -> Iterator[Gap]:
    """Along every path the one-sided limits of the relevance agree; f never jumps, so a jump is the explainer's."""
    path, step = case.path, explain.resolution
    assert path is not None
    _require_resolvable(case)
    margin = 2 * WIDER * step
    suspects = sorted({float(kink.at) for kink in case.kinks if margin < kink.at < path.segments - margin})
    look = _explained(explain, case, [_around(t, step) for t in suspects] + [_grid(path.segments, suspects)])
    sharpest = _sharpest(look, suspects, step)
    if sharpest is not None:
        refined = _refined(explain, case, look, sharpest)
        if refined is not None:
            suspects.append(refined)
            look = _merged(look, _explained(explain, case, [_around(refined, step)]))
    noise = explain.rounding * max(map(case.magnitude, path.vertices))
    scale = float(np.abs(look.scores).max()) + noise / JUMP
    breaks = [_at(look, t, step, scale, case) for t in suspects]
    breaks.sort(key=lambda gap: (-gap.size, not gap.undecided))
    outputs = case.network.outputs(np.array(path.vertices))[:, case.target]
    vacuous = not case.kinks and float(np.ptp(outputs)) == 0
    yield breaks[0] if breaks else Gap(0.0, scale, vacuous=vacuous)


def _require_resolvable(case: Case) -> None:
    assert case.path is not None
    vertices = np.array(case.path.vertices)
    lengths = np.linalg.norm(np.diff(vertices, axis=0), axis=1)
    if (np.linalg.norm(vertices[:-1], axis=1) > 2.0**8 * lengths).any():
        raise Rejected("a segment is too short to be resolved so far from the origin")
    if any(kink.until > kink.at for kink in case.kinks):
        raise Rejected("the path runs along a kink")


def _around(t: float, step: float) -> Array:
    return t + step * np.array([-WIDER, -1, 1, WIDER])


def _grid(segments: int, suspects: list[float]) -> Array:
    """Return points spread over the path, none of them within reach of a suspect."""
    grid = (np.arange(GRID * segments) + (5**0.5 - 1) / 2) / GRID
    far = [abs(grid - t) > 2.0**-16 for t in suspects]
    return grid[np.logical_and.reduce(far)] if far else grid


def _explained(explain: Explain, case: Case, parts: list[Array]) -> _Look:
    assert case.path is not None
    ts = np.unique(np.clip(np.concatenate(parts), 0, case.path.segments))
    return _Look(ts, explain(case.network, case.path.points(ts)))


def _merged(one: _Look, other: _Look) -> _Look:
    ts = np.concatenate([one.ts, other.ts])
    order = np.argsort(ts, kind="stable")
    return _Look(ts[order], np.concatenate([one.scores, other.scores])[order])


def _sharpest(look: _Look, suspects: list[float], step: float) -> int | None:
    """Return the interval, off the suspects, whose slope stands out most from its neighbours' slopes; or None."""
    widths = np.diff(look.ts)
    slopes = look.steps / widths
    plain = widths > 2 * WIDER * step
    middles = look.ts[:-1] + widths / 2
    for t in suspects:
        plain &= abs(middles - t) > widths / 2
    loud = plain & (look.steps > JUMP * np.abs(look.scores).max())
    if not loud.any():
        return None
    around = np.array([_calmest(slopes, plain, i) for i in range(len(slopes))])
    excess = np.where(loud, slopes / np.maximum(around, 1e-9 * slopes.max()), 0)
    best = int(excess.argmax())
    return best if excess[best] > 2 else None


def _calmest(slopes: Array, plain: Array, index: int) -> float:
    """Return the larger slope of the two intervals beside ``index``, 0 if neither can be compared."""
    beside = [slopes[i] for i in (index - 1, index + 1) if 0 <= i < len(slopes) and plain[i]]
    return float(max(beside, default=0.0))


def _refined(explain: Explain, case: Case, look: _Look, index: int) -> float | None:
    """Follow the change inside one interval down to the resolution; None if it spreads out: no jump there."""
    margin = 2 * WIDER * explain.resolution
    left, right, change = look.ts[index], look.ts[index + 1], look.steps[index]
    while right - left > explain.resolution:
        inner = _explained(explain, case, [np.linspace(left, right, SPLIT + 1)])
        best = int(inner.steps.argmax())
        if inner.steps[best] < change / 2:
            return None
        left, right, change = inner.ts[best], inner.ts[best + 1], inner.steps[best]
    middle = float((left + right) / 2)
    assert case.path is not None
    return middle if 0 < middle - margin and middle + margin < case.path.segments else None


def _at(look: _Look, t: float, step: float, scale: float, case: Case) -> Gap:
    """Judge the four points around a suspect: jump, blow-up, or neither."""
    far_left, left, right, far_right = (look.scores[i] for i in np.searchsorted(look.ts, _around(t, step)))
    change = float(np.abs(right - left).max())
    wider = float(np.abs(far_right - far_left).max())
    flat = 2 * step * min(STEEPEST, JUMP / 10 / step) * scale
    if change <= flat or wider < change / WIDER / 2:
        return Gap(0.0, scale)
    if change < JUMP * scale or change < wider / 2:
        return Gap(0.0, scale, undecided=True)
    growth = np.abs([left, right]).max() / max(np.abs([far_left, far_right]).max(), 1e-300)
    assert case.path is not None
    return Gap(
        size=change,
        scale=scale,
        observed={
            "t": t,
            "x": [float(value) for value in case.path.point(_simplest(t, step))],
            "sides": case.path.points(t + step * np.array([-1, 1])).tolist(),
            "relevance": left.tolist(),
            "other": right.tolist(),
            "verb": "grow without bound," if growth > WIDER / 2 else "jump",
        },
    )


def _simplest(t: float, step: float) -> Fraction:
    """Return a simple fraction within the resolution of ``t``, or ``t``: where things happen is seldom an odd number."""
    simple = Fraction(t).limit_denominator(2**12)
    return simple if abs(simple - Fraction(t)) <= step else Fraction(t)
