"""Models as people would draw them in a property test: perceptrons, or what stands in image models."""

from dataclasses import dataclass
from random import Random
from typing import Any, Protocol

import torch
from hypothesis import strategies as st
from torch import Tensor, nn

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
