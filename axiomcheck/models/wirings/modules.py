"""The modules of wirings: a model with something in front of it, beside it, behind it, or within a layer of it."""

import copy
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ...networks import DoesNotApply, Shape
from ..exchanges import EXCHANGES
from ..exchanges.affine import is_affine, is_convolution, of, with_weights
from ..exchanges.exchange import put

POINTWISE: tuple[Any, ...] = (nn.Linear, nn.Conv1d, nn.Conv2d, nn.Conv3d)
"""What mixes the variables of vectors, and the channels of what has one dimension more, two, three."""


def pointwise(shape: Shape, matrix: Tensor) -> nn.Module:
    """Return the layer without a bias that applies ``matrix`` (m, n) to n variables, or at each place to n channels."""
    size = () if len(shape) == 1 else (1,)
    layer: nn.Module = POINTWISE[len(shape) - 1](matrix.shape[1], matrix.shape[0], *size, bias=False)
    layer.weight = nn.Parameter(matrix.reshape(*matrix.shape, *(1 for _ in shape[1:])).clone(), requires_grad=False)
    return layer


class FirstOnly(nn.Module):
    """A model that gets the first variables, or channels, of its input."""

    def __init__(self, model: nn.Module, size: int) -> None:
        super().__init__()
        self.model, self.size = model, size

    def forward(self, x: Tensor) -> Any:
        """Return the outputs at x[:, :size]."""
        return self.model(x[:, : self.size])


def behind_zero_weights(model: nn.Module, shape: Shape, extra: int) -> nn.Module:
    """Return a layer (I, 0), and the model behind it."""
    return nn.Sequential(pointwise(shape, torch.eye(shape[0], shape[0] + extra, dtype=torch.float64)), model)


class CancelledUnits(nn.Module):
    """A model behind a layer that adds two equal units of the extra variables with opposite signs."""

    def __init__(self, model: nn.Module, shape: Shape, extra: int) -> None:
        super().__init__()
        size = self.size = shape[0]
        ones = torch.ones(size, 1, dtype=torch.float64)
        self.units, self.relu = pointwise(shape, torch.ones(2, extra, dtype=torch.float64)), nn.ReLU()
        self.mix = pointwise(shape, torch.cat([torch.eye(size, dtype=torch.float64), ones, -ones], 1))
        self.model = model

    def forward(self, x: Tensor) -> Any:
        """Return the outputs at x + a - a."""
        units = self.relu(self.units(x[:, self.size :]))
        return self.model(self.mix(torch.cat([x[:, : self.size], units], 1)))


class AddedAndTaken(nn.Module):
    """A model, and two copies of it beside that read the extra variables: one is added, and its twin taken away."""

    def __init__(self, model: nn.Module, size: int, exchange: str, place: str, amount: int) -> None:
        super().__init__()
        self.model, self.added, self.taken, self.size = model, copy.deepcopy(model), copy.deepcopy(model), size
        if exchange:
            EXCHANGES[exchange].apply(self.taken, place, amount)

    def forward(self, x: Tensor) -> Any:
        """Return f(x) + f(e) - f'(e)."""
        known, extra = x[:, : self.size], x[:, self.size :]
        return self.model(known) + self.added(extra) - self.taken(extra)


class Times(nn.Module):
    """A multiple of a model's outputs."""

    def __init__(self, model: nn.Module, factor: float) -> None:
        super().__init__()
        self.model, self.factor = model, factor

    def forward(self, x: Tensor) -> Any:
        """Return factor · f(x)."""
        return self.factor * self.model(x)


class Plus(nn.Module):
    """A model at a shifted input."""

    shift: Tensor

    def __init__(self, model: nn.Module, shifts: Sequence[float], shape: Shape) -> None:
        super().__init__()
        self.model = model
        numbers = torch.tensor(shifts, dtype=torch.float64)
        self.register_buffer("shift", numbers.reshape(-1, *(1 for _ in shape[1:])))

    def forward(self, x: Tensor) -> Any:
        """Return f(x + shift)."""
        return self.model(x + self.shift)


def with_sum(model: nn.Module, row: Sequence[float]) -> nn.Module:
    """Return a model, and a layer behind it of one output: the sum of the model's with the factors of ``row`` (K,)."""
    return nn.Sequential(model, pointwise((1,), torch.tensor([row], dtype=torch.float64)))


Change = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]
"""From the weight (K, n) and the bias (K,) of a layer to others."""


def with_last(model: nn.Module, outputs: int, change: Change) -> nn.Module:
    """Return a model whose last layer with weights is changed; ``DoesNotApply`` if it has not as many outputs."""
    last = [path for path, part in model.named_modules() if is_affine(part)][-1:]
    if not last or len(of(model.get_submodule(last[0]))[0]) != outputs:
        raise DoesNotApply("there is no last layer of as many outputs as the model has")
    return _changed(model, last[0], change)


def with_shifted_first(model: nn.Module, shifts: Sequence[float], shape: Shape) -> nn.Module:
    """Return a model whose first layer takes a shift of the input in; ``DoesNotApply`` if there is none that can."""
    first = next(((path, part) for path, part in model.named_modules() if is_affine(part)), None)
    if first is None or not _reads(first[1], shape):
        raise DoesNotApply("there is no first layer without padding that reads the input")
    shift = torch.tensor(shifts, dtype=torch.float64)

    def moved(weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        return weight, bias + weight.flatten(2).sum(2) @ shift if weight.dim() > 2 else bias + weight @ shift

    return _changed(model, first[0], moved)


def _reads(layer: Any, shape: Shape) -> bool:
    """Return whether a layer may be the first on inputs of ``shape``, and pads them with nothing."""
    weight = of(layer)[0]
    if weight.dim() != len(shape) + 1 or weight.shape[1] != shape[0]:
        return False
    if not is_convolution(layer):
        return True
    return layer.groups == 1 and (layer.padding == "valid" or not any(layer.padding))


def _changed(model: nn.Module, path: str, change: Change) -> nn.Module:
    layer = model.get_submodule(path)
    weight, bias, _ = of(layer)
    made: nn.Module = with_weights(layer, *change(weight, weight.new_zeros(len(weight)) if bias is None else bias))
    if not path:
        return made
    put(model, path, made)
    return model
