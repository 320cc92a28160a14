"""Exchanges of a ReLU for something else that computes max(z, 0)."""

from typing import ClassVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from .exchange import ModuleKind, is_plain


class FunctionalReLU(nn.Module):
    """``F.relu`` in a module of its own."""

    def forward(self, z: Tensor) -> Tensor:
        """Return max(z, 0)."""
        return functional.relu(z)


class ClampedReLU(nn.Module):
    """``clamp``."""

    def forward(self, z: Tensor) -> Tensor:
        """Return max(z, 0)."""
        return z.clamp(min=0)


class MaximumReLU(nn.Module):
    """The larger of z and 0."""

    def forward(self, z: Tensor) -> Tensor:
        """Return max(z, 0)."""
        return torch.maximum(z, torch.zeros_like(z))


class StepReLU(nn.Module):
    """The product of z and a step."""

    def forward(self, z: Tensor) -> Tensor:
        """Return z where it is positive."""
        return z * (z > 0).to(z.dtype)


class Shift(nn.Module):
    """A constant that is added."""

    def __init__(self, amount: float) -> None:
        super().__init__()
        self.amount = amount

    def forward(self, z: Tensor) -> Tensor:
        """Return z + amount."""
        return z + self.amount


class _OfReLU(ModuleKind):
    """An exchange of ``nn.ReLU``."""

    def fits(self, module: nn.Module) -> bool:
        """Return whether the module is an ``nn.ReLU``."""
        return is_plain(module, nn.ReLU)


class ReluFunctional(_OfReLU):
    """``nn.ReLU`` as ``F.relu``."""

    name: ClassVar[str] = "style-relu-functional"

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the function in a module."""
        return FunctionalReLU()


class ReluClamp(_OfReLU):
    """``nn.ReLU`` as ``clamp``."""

    name: ClassVar[str] = "style-relu-clamp"

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the clamp."""
        return ClampedReLU()


class ReluMaximum(_OfReLU):
    """``nn.ReLU`` as ``torch.maximum``."""

    name: ClassVar[str] = "relu-as-maximum"
    is_drawn: ClassVar[bool] = False

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the maximum."""
        return MaximumReLU()


class ReluStep(_OfReLU):
    """``nn.ReLU`` as z · step(z)."""

    name: ClassVar[str] = "relu-as-step"
    is_drawn: ClassVar[bool] = False

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the product."""
        return StepReLU()


class DoubleRelu(_OfReLU):
    """A ReLU twice."""

    name: ClassVar[str] = "double-relu"

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return two ReLUs."""
        return nn.Sequential(nn.ReLU(), nn.ReLU())


class Guard(_OfReLU):
    """relu(u - q) = relu(relu(u) - q) for a constant q ≥ 0, with u = z + q."""

    name: ClassVar[str] = "guard"

    def replacement(self, module: nn.Module, amount: int) -> nn.Module:  # noqa: ARG002
        """Return the shift up, the guard, the shift down, and the ReLU."""
        q = 2.0 ** (amount % 3 - 1)
        return nn.Sequential(Shift(q), nn.ReLU(), Shift(-q), nn.ReLU())
