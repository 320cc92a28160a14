"""What people would write instead: a property test with a draw for each weight, and random networks without Hypothesis.

Both check that scores sum to f, or to its change from zeros, on models that they draw: perceptrons, or what stands in
image models.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

import torch
from hypothesis import HealthCheck, Phase, given, reject, seed, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from axiomcheck.explainers import Explainer, declaration
from axiomcheck.networks import AxiomcheckError

TOLERANCE = 1e-6
"""The error of a sum that is let pass, as a share of 1 + |f|."""
Pair = tuple[nn.Module, Tensor]


@dataclass(frozen=True)
class Ground:
    """What models there are: ``biases`` none, any or nonpositive; with layers of image models, or perceptrons alone."""

    biases: str = "any"
    images: bool = False
    ends_in_relu: bool = False
    nonnegative: bool = False


class Misfit(Exception):
    """Layers that do not fit one another."""


class Draws(Protocol):
    """Where choices and numbers come from."""

    def choice(self, options: list[Any]) -> Any:
        """Return one of them."""

    def number(self, low: float, high: float) -> float:
        """Return a number between two."""


@dataclass(frozen=True)
class OfHypothesis:
    """One draw of Hypothesis for each choice and each number."""

    draw: st.DrawFn

    def choice(self, options: list[Any]) -> Any:
        """Return one of them; it shrinks to the first."""
        return self.draw(st.sampled_from(options))

    def number(self, low: float, high: float) -> float:
        """Return a float, which shrinks to 0."""
        return self.draw(st.floats(low, high, allow_subnormal=False))


@dataclass(frozen=True)
class OfChance:
    """A generator of random numbers."""

    random: Random

    def choice(self, options: list[Any]) -> Any:
        """Return one of them."""
        return self.random.choice(options)

    def number(self, low: float, high: float) -> float:
        """Return a float."""
        return self.random.uniform(low, high)


class Residual(nn.Module):
    """x + body(x)."""

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body = body

    def forward(self, x: Tensor) -> Tensor:
        """Add both."""
        return x + self.body(x)


class Concatenated(nn.Module):
    """Two branches, one channel after the other."""

    def __init__(self, *branches: nn.Module) -> None:
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x: Tensor) -> Tensor:
        """Join them."""
        return torch.cat([branch(x) for branch in self.branches], 1)


def pair(draws: Draws, ground: Ground) -> Pair:
    """Return a model with its weights and one input."""
    layers, shape = _image_layers(draws, ground) if ground.images else ([], (draws.choice([1, 2, 3, 4]),))
    body = nn.Sequential(*layers).double().eval()
    size = _size(body, shape)
    head: list[nn.Module] = [nn.Flatten()] if ground.images else []
    for width in [draws.choice([1, 2, 3, 4]) for _ in range(draws.choice([0, 1, 2]))]:
        head += [nn.Linear(size, width, bias=ground.biases != "none"), nn.ReLU()]
        size = width
    head.append(nn.Linear(size, draws.choice([1, 2]), bias=ground.biases != "none"))
    model = nn.Sequential(*body, *head, *([nn.ReLU()] if ground.ends_in_relu else [])).double().eval()
    _fill(draws, model, ground)
    low = 0.0 if ground.nonnegative else -3.0
    values = [draws.number(low, 3.0) for _ in range(torch.Size(shape).numel())]
    return model, torch.tensor(values, dtype=torch.float64).reshape(1, *shape)


def _size(body: nn.Module, shape: tuple[int, ...]) -> int:
    """Return how many numbers come out; raise ``Misfit`` where the image is too small for its layers."""
    try:
        with torch.no_grad():
            return body(torch.zeros(1, *shape, dtype=torch.float64)).flatten(1).shape[1]
    except RuntimeError as error:
        raise Misfit from error


def _image_layers(draws: Draws, ground: Ground) -> tuple[list[nn.Module], tuple[int, ...]]:
    channels, side = draws.choice([1, 2]), draws.choice([4, 5])
    layers, shape = [], (channels, side, side)
    biased = ground.biases != "none"
    for _ in range(draws.choice([1, 2])):
        kind = draws.choice(["conv", "transposed", "maxpool", "avgpool", "adaptive", "norm", "residual", "concat"])
        if kind == "conv":
            out = draws.choice([channels, 2 * channels])
            groups, stride = draws.choice([1, channels]), draws.choice([1, 2])
            layers.append(nn.Conv2d(channels, out, 2, stride, draws.choice([0, 1]), groups=groups, bias=biased))
            channels = out
        elif kind == "transposed":
            layers.append(nn.ConvTranspose2d(channels, channels, 2, draws.choice([1, 2]), bias=biased))
        elif kind == "maxpool":
            layers.append(nn.MaxPool2d(2, draws.choice([1, 2]), ceil_mode=draws.choice([False, True])))
        elif kind == "avgpool":
            layers.append(nn.AvgPool2d(2, draws.choice([1, 2]), draws.choice([0, 1])))
        elif kind == "adaptive":
            layers.append(nn.AdaptiveAvgPool2d(draws.choice([1, 2])))
        elif kind == "norm":
            layers.append(nn.BatchNorm2d(channels, affine=draws.choice([False, True])))
        elif kind == "residual":
            layers.append(Residual(nn.Conv2d(channels, channels, 3, padding=1, bias=biased)))
        else:
            layers.append(Concatenated(*(nn.Conv2d(channels, channels, 1, bias=biased) for _ in range(2))))
            channels *= 2
        layers.append(nn.ReLU())
    return layers, shape


def _fill(draws: Draws, model: nn.Module, ground: Ground) -> None:
    """Draw every weight; running variances stay 1."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            is_bias = name.endswith("bias")
            low, high = (-3.0, 0.0) if is_bias and ground.biases == "nonpositive" else (-3.0, 3.0)
            values = [draws.number(low, high) for _ in range(parameter.numel())]
            parameter.copy_(torch.tensor(values, dtype=torch.float64).reshape(parameter.shape))
            if is_bias and ground.biases == "none":
                parameter.zero_()


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
