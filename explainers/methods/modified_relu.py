"""Gradients whose way through a ReLU is another."""

from collections.abc import Iterable, Sequence
from typing import Any

from torch import Tensor, nn

from ..graphs.backward import backward
from ..graphs.graph import read
from ..graphs.operations import ReluRule
from .input_gradient import unit


def modified_gradient(model: nn.Module, inputs: Tensor, target: Tensor, rule: ReluRule) -> Tensor:
    """Return ∂f/∂x (B, *shape), but that at a ReLU R_z = rule(z, R_a).

    All else, LeakyReLU, PReLU, ReLU6 and Hardtanh too, sends back its gradient.
    """
    nodes, values = read(model, inputs)

    def step(number: int, entering: Sequence[Any], message: Tensor) -> Iterable[Tensor | None]:
        return nodes[number].operation.modified_gradient(entering, message, rule)

    ones = unit(values[-1], target)
    return backward(nodes, values, ones, step)
