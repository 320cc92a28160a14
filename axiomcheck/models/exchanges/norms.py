"""Exchanges of batch norms, pools, and of layers that follow each other."""

from collections.abc import Sequence
from typing import Any, ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from ...networks import DoesNotApply
from ..channel_set import ChannelSet
from .affine import is_affine, is_convolution, of, with_weights
from .exchange import Kind, ModuleKind, is_plain, module_at, put

NORMS = (nn.BatchNorm1d, nn.BatchNorm2d)
"""The batch norms that are exchanged."""


def is_norm(module: nn.Module) -> bool:
    """Return whether a module is a batch norm that has statistics."""
    return any(is_plain(module, kind) for kind in NORMS) and isinstance(module.running_var, Tensor)


def scale_and_shift(module: nn.Module) -> tuple[Tensor, Tensor]:
    """Return the factor and the constant (C,) of a batch norm in evaluation mode."""
    norm: Any = module
    scale: Tensor = 1 / torch.sqrt(norm.running_var + norm.eps)
    scale = scale if norm.weight is None else norm.weight.detach() * scale
    shift: Tensor = -norm.running_mean * scale
    return scale, shift if norm.bias is None else shift + norm.bias.detach()


class BatchNormAsConv(ModuleKind):
    """A batch norm of images as a convolution of each channel by itself."""

    name: ClassVar[str] = "batch-norm-as-conv"

    def fits(self, module: nn.Module) -> bool:
        """Return whether the module is a batch norm of images."""
        return is_norm(module) and is_plain(module, nn.BatchNorm2d)

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the convolution of size 1, of as many groups as channels."""
        scale, shift = scale_and_shift(module)
        conv = nn.Conv2d(len(scale), len(scale), 1, groups=len(scale))
        conv.weight, conv.bias = nn.Parameter(scale.reshape(conv.weight.shape)), nn.Parameter(shift)
        return conv


class MaxPool(nn.Module):
    """``F.max_pool2d`` in a module of its own."""

    def __init__(self, pool: nn.Module) -> None:
        super().__init__()
        names = ("kernel_size", "stride", "padding", "dilation", "ceil_mode")
        self.options = {name: getattr(pool, name) for name in names}

    def forward(self, x: Tensor) -> Tensor:
        """Return the maxima."""
        result: Tensor = functional.max_pool2d(x, **self.options)
        return result


class MaxPoolFunctional(ModuleKind):
    """``nn.MaxPool2d`` as ``F.max_pool2d``."""

    name: ClassVar[str] = "style-pool-functional"

    def fits(self, module: nn.Module) -> bool:
        """Return whether the module is a max pool of images without indices."""
        return is_plain(module, nn.MaxPool2d) and not module.return_indices

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the function in a module."""
        return MaxPool(module)


class Flow(Kind):
    """A kind for two layers of which the second reads what the first has made, and nothing else reads that.

    What else reads it is seen from the output, which then moves.
    """

    def may_move(self, model: nn.Module, place: str) -> bool:  # noqa: ARG002
        """Return True."""
        return True

    def places(self, model: nn.Module, sets: Sequence[ChannelSet]) -> list[str]:  # noqa: ARG002
        """Return the pairs of neighbours, as ``first>second``."""
        paths = [path for path, module in model.named_modules() if path and not [*module.children()]]
        modules = dict(model.named_modules())
        return [
            f"{one}>{other}"
            for number, one in enumerate(paths)
            for other in paths[number + 1 : number + 4]
            if self.joins(modules[one], modules[other])
        ]

    def joins(self, one: nn.Module, other: nn.Module) -> bool:
        """Return whether it is about two such layers."""
        raise NotImplementedError

    def both(self, model: nn.Module, place: str) -> tuple[nn.Module, nn.Module]:
        """Return the two layers of a place."""
        first, _, second = place.partition(">")
        one, other = module_at(model, first), module_at(model, second)
        if not self.joins(one, other):
            raise DoesNotApply(f"{self.name} does not apply at {place}")
        return one, other


class FoldBatchNorm(Flow):
    """A batch norm folded into the layer before it."""

    name: ClassVar[str] = "fold-batch-norm"

    def joins(self, one: nn.Module, other: nn.Module) -> bool:
        """Return whether the second is a batch norm of the outputs of the first."""
        return is_affine(one) and is_norm(other) and len(scale_and_shift(other)[0]) == len(of(one)[0])

    def apply(self, model: nn.Module, place: str, amount: int) -> None:  # noqa: ARG002
        """Fold."""
        layer, norm = self.both(model, place)
        first, _, second = place.partition(">")
        weight, bias, _ = of(layer)
        scale, shift = scale_and_shift(norm)
        folded = weight * scale.reshape(-1, *[1] * (weight.dim() - 1))
        constant = shift if bias is None else scale * bias + shift
        put(model, first, with_weights(layer, folded, constant).requires_grad_(False))
        put(model, second, nn.Identity())


class Rescale(Flow):
    """The outputs of a layer made larger by powers of two, the weights that read them behind a ReLU smaller."""

    name: ClassVar[str] = "rescale"

    def joins(self, one: nn.Module, other: nn.Module) -> bool:
        """Return whether the second reads as many outputs, or channels, as the first has."""
        return (
            is_affine(one)
            and is_affine(other)
            and getattr(one, "groups", 1) == getattr(other, "groups", 1) == 1
            and is_convolution(one) == is_convolution(other)
            and of(other)[0].shape[1] == len(of(one)[0])
        )

    def apply(self, model: nn.Module, place: str, amount: int) -> None:
        """Scale both."""
        one, other = self.both(model, place)
        first, _, second = place.partition(">")
        weight, bias, _ = of(one)
        factors = (2.0 ** ((torch.arange(len(weight)) + amount) % 3)).to(weight.dtype)
        scaled = weight * factors.reshape(-1, *[1] * (weight.dim() - 1))
        put(model, first, with_weights(one, scaled, None if bias is None else bias * factors).requires_grad_(False))
        weight, bias, _ = of(other)
        smaller = weight / factors.reshape(1, -1, *[1] * (weight.dim() - 2))
        put(model, second, with_weights(other, smaller, bias).requires_grad_(False))
