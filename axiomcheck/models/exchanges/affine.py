"""Exchanges of a linear layer or a convolution for several layers that compute the same."""

from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from .exchange import ModuleKind, is_plain, unhooked

CONVOLUTIONS: dict[type[nn.Module], type[nn.Module]] = {nn.Conv1d: nn.Conv1d, nn.Conv2d: nn.Conv2d}
"""The convolutions that are exchanged."""


def is_convolution(module: nn.Module) -> bool:
    """Return whether a module is one of torch's convolutions with a padding of zeros."""
    return any(is_plain(module, kind) for kind in CONVOLUTIONS) and module.padding_mode == "zeros"


def is_affine(module: nn.Module) -> bool:
    """Return whether a module is a linear layer or a convolution."""
    return is_plain(module, nn.Linear) or is_convolution(module)


def with_weights(module: nn.Module, weight: Tensor, bias: Tensor | None) -> nn.Module:
    """Return a layer like ``module`` with other weights, and with as many outputs as these have."""
    made: Any = unhooked(module)
    made.weight, made.bias = nn.Parameter(weight), None if bias is None else nn.Parameter(bias)
    for name in ("out_features", "out_channels"):
        if hasattr(made, name):
            setattr(made, name, len(weight))
    result: nn.Module = made
    return result


def mixing(module: nn.Module, matrix: Tensor) -> nn.Module:
    """Return the layer without a bias that applies ``matrix`` (m, n) to the n outputs, or channels, of ``module``."""
    kind: Any = type(module)
    size = () if is_plain(module, nn.Linear) else (1,)
    made: Any = kind(matrix.shape[1], matrix.shape[0], *size, bias=False)
    made.weight = nn.Parameter(matrix.reshape(made.weight.shape).clone())
    result: nn.Module = made
    return result


def of(module: nn.Module) -> tuple[Tensor, Tensor | None, Tensor]:
    """Return the weight, the bias or None, and an identity for the outputs."""
    layer: Any = module
    weight: Tensor = layer.weight.detach()
    bias = layer.bias
    return weight, bias.detach() if isinstance(bias, Tensor) else None, torch.eye(len(weight), dtype=weight.dtype)


def _times(bias: Tensor | None, factors: tuple[float, ...]) -> Tensor | None:
    return None if bias is None else torch.cat([factor * bias for factor in factors])


class _OfAffine(ModuleKind):
    """An exchange of a linear layer or a convolution of one group."""

    def fits(self, module: nn.Module) -> bool:
        """Return whether the module is one."""
        return is_affine(module) and getattr(module, "groups", 1) == 1


class Identity(_OfAffine):
    """z = relu(z) - relu(-z) behind a layer."""

    name: ClassVar[str] = "identity"

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the layer with its negative, ReLUs, and the difference."""
        weight, bias, eye = of(module)
        both = with_weights(module, torch.cat([weight, -weight]), _times(bias, (1.0, -1.0)))
        return nn.Sequential(both, nn.ReLU(), mixing(module, torch.cat([eye, -eye], 1)))


class CancellingPair(_OfAffine):
    """Two equal ReLU units of the layer's input, which are added and taken away again."""

    name: ClassVar[str] = "cancelling-pair"

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:
        """Return the layer, its negative and the pair; ReLUs; and what joins them."""
        weight, bias, eye = of(module)
        unit = weight[amount % len(weight)][None]
        lifted = with_weights(
            module,
            torch.cat([weight, -weight, unit, unit]),
            None if bias is None else torch.cat([bias, -bias, *2 * [bias[amount % len(weight)][None]]]),
        )
        v = torch.full((len(weight), 1), 2.0 ** (amount // 8 % 3), dtype=weight.dtype)
        return nn.Sequential(lifted, nn.ReLU(), mixing(module, torch.cat([eye, -eye, v, -v], 1)))


class Factorise(_OfAffine):
    """W = (I / c) (c W), with c a power of two for each output."""

    name: ClassVar[str] = "factorise"

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:
        """Return the layer with larger weights, and what scales back."""
        weight, bias, _ = of(module)
        exponents = (torch.arange(len(weight)) + amount) % 3
        factors = (2.0**exponents).to(weight.dtype)
        scaled = weight * factors.reshape(-1, *[1] * (weight.dim() - 1))
        first = with_weights(module, scaled, None if bias is None else bias * factors)
        return nn.Sequential(first, mixing(module, torch.diag(1 / factors)))


class TwiceAndMean(_OfAffine):
    """Each output twice, and half of each."""

    name: ClassVar[str] = "twice-and-mean"

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the layer twice, and the mean."""
        weight, bias, eye = of(module)
        twice = with_weights(module, torch.cat([weight, weight]), _times(bias, (1.0, 1.0)))
        return nn.Sequential(twice, mixing(module, torch.cat([eye / 2, eye / 2], 1)))


class FunctionalLinear(nn.Module):
    """``F.linear`` in a module of its own."""

    def __init__(self, linear: nn.Module) -> None:
        super().__init__()
        weight, bias, _ = of(linear)
        self.weight = nn.Parameter(weight.clone())
        self.bias = None if bias is None else nn.Parameter(bias.clone())

    def forward(self, x: Tensor) -> Tensor:
        """Return W x + b."""
        return functional.linear(x, self.weight, self.bias)


class LinearFunctional(ModuleKind):
    """``nn.Linear`` as ``F.linear``."""

    name: ClassVar[str] = "style-linear-functional"

    def fits(self, module: nn.Module) -> bool:
        """Return whether the module is an ``nn.Linear``."""
        return is_plain(module, nn.Linear)

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the function in a module."""
        return FunctionalLinear(module)


class LinearAsConv(ModuleKind):
    """A linear layer as a convolution over one place."""

    name: ClassVar[str] = "linear-as-conv"

    def fits(self, module: nn.Module) -> bool:
        """Return whether the module is an ``nn.Linear``."""
        return is_plain(module, nn.Linear)

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the convolution, between what unflattens and flattens."""
        weight, bias, _ = of(module)
        conv = nn.Conv1d(weight.shape[1], weight.shape[0], 1, bias=bias is not None)
        conv.weight = nn.Parameter(weight[:, :, None].clone())
        conv.bias = None if bias is None else nn.Parameter(bias.clone())
        return nn.Sequential(nn.Unflatten(-1, (weight.shape[1], 1)), conv, nn.Flatten())

    def may_move(self, model: nn.Module, place: str) -> bool:  # noqa: ARG002
        """Return True: a linear layer may be applied to more than a batch of vectors."""
        return True


class HalvedConv(nn.Module):
    """Two convolutions, each of one half of the channels, added up."""

    def __init__(self, one: nn.Module, other: nn.Module, size: int) -> None:
        super().__init__()
        self.one, self.other, self.size = one, other, size

    def forward(self, x: Tensor) -> Tensor:
        """Return the sum."""
        result: Tensor = self.one(x[:, : self.size]) + self.other(x[:, self.size :])
        return result


class ConvInHalves(_OfAffine):
    """A convolution as the sum of two, each of one half of its input channels."""

    name: ClassVar[str] = "conv-in-halves"

    def fits(self, module: nn.Module) -> bool:
        """Return whether there are channels to share out."""
        return super().fits(module) and is_convolution(module) and of(module)[0].shape[1] > 1

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return both and their sum; the bias is with the first."""
        weight, bias, _ = of(module)
        size = weight.shape[1] // 2
        one: Any = with_weights(module, weight[:, :size].clone(), bias)
        other: Any = with_weights(module, weight[:, size:].clone(), None)
        one.in_channels, other.in_channels = size, weight.shape[1] - size
        return HalvedConv(one, other, size)
