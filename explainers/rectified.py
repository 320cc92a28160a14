"""Gradients whose way through a ReLU is another."""

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import Tensor, nn

from .backward import backward
from .graph import evaluated, graph
from .operations import RELU
from .pulled import pulled


def rectified_gradient(
    model: nn.Module, inputs: Tensor, target: Tensor, through: Callable[[Tensor, Tensor], Tensor]
) -> Tensor:
    """Return ∂f/∂x (B, *shape), but that at a ReLU R_z = through(z, R_a).

    All else, LeakyReLU, PReLU, ReLU6 and Hardtanh too, sends back its gradient.
    """
    nodes = graph(model)
    values = evaluated(nodes, inputs.detach())

    def step(number: int, entering: Sequence[Tensor], arrived: Tensor) -> Iterable[Tensor | None]:
        operation = nodes[number].operation
        return [through(entering[0], arrived)] if operation is RELU else pulled(operation, entering, arrived)

    ones = torch.zeros_like(values[-1]).scatter(1, target[:, None], 1.0)
    return backward(nodes, values, ones, step)
