"""What people would write instead: a property test with a draw for each weight, and random networks without Hypothesis.

Both check that scores sum to f, or to its change from zeros.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any

import torch
from hypothesis import HealthCheck, Phase, given, reject, seed, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from axiomcheck.explainers import Explainer, declaration
from axiomcheck.networks import AxiomcheckError

from .plain_models import Ground, Misfit, OfChance, OfHypothesis, Pair, pair

TOLERANCE = 1e-6
"""The error of a sum that is let pass, as a share of 1 + |f|."""


def conserves(explain: Explainer, model: nn.Module, x: Tensor) -> bool:
    """Whether the scores of output 0 sum to f, or to its change from zeros; what the explainer refuses passes."""
    target = torch.zeros(1, dtype=torch.int64)
    with torch.no_grad():
        value = float(model(x)[0, 0])
        start = float(model(torch.zeros_like(x))[0, 0])
    declared = declaration(explain)
    keywords = {"baseline": torch.zeros_like(x)} if declared.has_baseline else {}
    if declared.samples:
        keywords["seed"] = 0
    try:
        total = float(explain(model, x.clone(), target, **keywords).detach().sum())
    except (AxiomcheckError, NotImplementedError):
        return True
    expected = value - start if declared.conserves == "change" else value
    return abs(total - expected) <= TOLERANCE * (1 + abs(value))


def parameters(model: nn.Module) -> int:
    """Return how many numbers of a model are not 0."""
    return sum(int(parameter.count_nonzero()) for parameter in model.parameters())


@dataclass
class Seen:
    """The smallest model that failed, and how many models were drawn until the first did."""

    drawn: int = 0
    size: int | None = None


@st.composite
def _pairs(draw: st.DrawFn, ground: Ground) -> Pair:
    try:
        return pair(OfHypothesis(draw), ground)
    except Misfit:
        reject()


def property_test(explain: Explainer, ground: Ground, examples: int, number: int) -> Iterator[Seen]:
    """Run the property test, and yield what it saw at the first failure, and again when Hypothesis has shrunk it."""
    seen = Seen()

    def run(phases: list[Phase]) -> None:
        @settings(
            max_examples=examples,
            phases=phases,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        @seed(number)
        @given(_pairs(ground))
        def test(drawn: Pair) -> None:
            seen.drawn += 1
            if not conserves(explain, *drawn):
                seen.size = parameters(drawn[0])
                raise AssertionError

        with suppress(AssertionError):
            test()

    run([Phase.generate])
    yield seen
    if seen.size is not None:
        run([Phase.generate, Phase.shrink])
    yield seen


def random_search(explain: Explainer, ground: Ground, examples: int, number: int) -> Seen:
    """Draw models by chance until one fails."""
    draws, seen = OfChance(Random(number)), Seen()
    for _ in range(examples):
        seen.drawn += 1
        try:
            model, x = pair(draws, ground)
        except Misfit:
            continue
        if not conserves(explain, model, x):
            seen.size = parameters(model)
            break
    return seen


def counted(explain: Callable[..., Any]) -> tuple[Callable[..., Any], list[int]]:
    """Return the explainer, and a list whose one number says how often it was called."""
    calls = [0]

    class Counted:
        __axiomcheck__ = getattr(explain, "__axiomcheck__", {})
        __wrapped__ = explain

        def __call__(self, *arguments: Any, **keywords: Any) -> Any:
            calls[0] += 1
            return explain(*arguments, **keywords)

    return Counted(), calls
