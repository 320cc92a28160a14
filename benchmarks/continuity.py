"""Discontinuities: kinks that are known, or adaptive refinement, against uniform grids and the ratio of changes.

On a uniform grid a jump is a ratio ‖R(x) - R(x′)‖₁ / ‖x - x′‖₂ of neighbours above a threshold, as in the continuity
metrics in use (Montavon et al. 2018; Quantus). Ratios are in largest scores per segment here, and the threshold is
``STEEPEST``: the largest at which 28 steps can see a jump by a whole score, so that a coarser one favours no grid.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random
from statistics import mean

import numpy as np
import torch
from torch import Tensor, nn

from axiomcheck.axioms.discontinuity import discontinuity
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.networks import Array, Case, Family, Path
from axiomcheck.strategies.cases import one_path
from axiomcheck.strategies.codec import SIZE

from .timing import Row, seconds

PATHS = 40
GRIDS = (28, 100, 1000)
STEEPEST = 28.0

Explain = Callable[[nn.Module, Tensor, Tensor], Tensor]


@dataclass
class Counting:
    """An explainer that counts the points it was asked for, and the calls."""

    explain: Explain
    points: int = 0
    calls: int = 0

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        self.points += len(inputs)
        self.calls += 1
        return self.explain(model, inputs, target)


def steep(slope: float) -> Explain:
    """Return an explainer that is continuous: x·(1 + tanh(slope·f)), as steep as f times the slope."""

    def explain(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        output = model(inputs).gather(1, target[:, None]).reshape(-1, *[1] * (inputs.dim() - 1))
        return (inputs * (1 + (slope * output).tanh())).detach()

    return explain


CONTINUOUS: dict[str, Explain] = {
    "LRP-ε, ε = 1e-3": LRPEpsilon(epsilon=1e-3),
    "LRP-ε, ε = 1e-5": LRPEpsilon(epsilon=1e-5),
    "tanh(1e2·f)": steep(1e2),
    "tanh(1e4·f)": steep(1e4),
}
"""Continuous on the networks drawn: perceptrons without biases, from a logit."""


@dataclass
class Result:
    """How often something was seen, and what it took: points, calls and seconds a path."""

    seen: list[bool]
    points: list[int]
    calls: list[int]
    times: list[float]


def measured(look: Callable[[Counting, Case], bool], explain: Explain, cases: Sequence[Case]) -> Result:
    result = Result([], [], [], [])
    for case in cases:
        counting = Counting(explain)
        result.times.append(seconds(lambda at=case, by=counting: result.seen.append(look(by, at))))  # type: ignore[misc]
        result.points.append(counting.points)
        result.calls.append(counting.calls)
    return result


def at_kinks(explain: Counting, case: Case) -> bool:
    kinks = [float(kink.at) for kink in case.kinks]
    return _discontinuity(explain, case, kinks)


def adaptive(explain: Counting, case: Case) -> bool:
    return _discontinuity(explain, case, ())


def _discontinuity(explain: Counting, case: Case, kinks: Sequence[float]) -> bool:
    assert case.path is not None
    return discontinuity(explain, case.network.module(), case.path, target=case.target, kinks=kinks).is_break


def uniform(steps: int) -> Callable[[Counting, Case], bool]:
    def look(explain: Counting, case: Case) -> bool:
        assert case.path is not None
        return _largest_ratio(explain, case, case.path, steps) > STEEPEST

    return look


def _largest_ratio(explain: Counting, case: Case, path: Path, steps: int) -> float:
    ts = np.linspace(0, path.segments, steps + 1)
    points = torch.tensor(path.points(ts))
    asked = torch.full((len(ts),), case.target, dtype=torch.int64)
    scores: Array = explain(case.network.module(), points, asked).detach().numpy()
    changes = np.abs(np.diff(scores, axis=0)).sum(axis=1) * steps / path.segments
    return float(changes.max() / max(np.abs(scores).sum(axis=1).max(), 1e-12))


METHODS: dict[str, Callable[[Counting, Case], bool]] = {
    "known kinks": at_kinks,
    "adaptive": adaptive,
    **{f"{steps} steps": uniform(steps) for steps in GRIDS},
}


def drawn() -> list[Case]:
    """Return cases of perceptrons without biases whose paths cross a kink, none running along one."""
    random = Random(0)
    cases: list[Case] = []
    while len(cases) < PATHS:
        case = one_path(random.randbytes(SIZE), Family(bias="none"))
        if case.kinks and not any(kink.until > kink.at for kink in case.kinks):
            cases.append(case)
    return cases


def jumps(case: Case) -> bool:
    """Whether grad-x-input jumps: the gradients of two neighbouring pieces differ where x between them is not 0."""
    assert case.path is not None
    ends = [Fraction(0), Fraction(case.path.segments)]
    places = sorted({*ends, *(kink.at for kink in case.kinks), *map(Fraction, range(case.path.segments))})
    middles = np.array([float(a + b) / 2 for a, b in pairwise(places)])
    points = torch.tensor(case.path.points(middles))
    asked = torch.full((len(middles),), case.target, dtype=torch.int64)
    slopes = gradient(case.network.module(), points, asked).numpy()
    between = case.path.points(np.array([float(place) for place in places[1:-1]]))
    return bool((np.abs(np.diff(slopes, axis=0) * between) > 1e-9).any())


def rows() -> Iterator[Row]:
    cases = drawn()
    truth = [jumps(case) for case in cases]
    found = {name: measured(look, grad_x_input, cases) for name, look in METHODS.items()}
    alarms = {
        name: mean(mean(measured(look, explain, cases).seen) for explain in CONTINUOUS.values())
        for name, look in METHODS.items()
    }
    for ours in ("known kinks", "adaptive"):
        for steps in GRIDS:
            names = (ours, f"{steps} steps")
            remark = "; ".join(
                [
                    "seen " + " / ".join(f"{_detected(found[name], truth):.0%}" for name in names),
                    "points a path " + " / ".join(f"{mean(found[name].points):.0f}" for name in names),
                    "calls " + " / ".join(f"{mean(found[name].calls):.1f}" for name in names),
                    "false alarms " + " / ".join(f"{alarms[name]:.0%}" for name in names),
                ]
            )
            times = [found[name].times for name in names]
            yield Row(f"jumps of grad-x-input: {names[0]} / {names[1]}", times[0], times[1], remark)


def _detected(result: Result, truth: Sequence[bool]) -> float:
    return sum(seen for seen, jump in zip(result.seen, truth, strict=True) if jump) / sum(truth)
