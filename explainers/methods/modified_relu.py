"""Gradients whose way through a ReLU is another."""

from collections.abc import Callable, Iterable, Sequence

from torch import Tensor, nn

from ..graphs.backward import backward
from ..graphs.graph import read
from ..graphs.operations import RELU, sent_back
from .input_gradient import unit


def rectified_gradient(
    model: nn.Module, inputs: Tensor, target: Tensor, through: Callable[[Tensor, Tensor], Tensor]
) -> Tensor:
    """Return ∂f/∂x (B, *shape), but that at a ReLU R_z = through(z, R_a).

    All else, LeakyReLU, PReLU, ReLU6 and Hardtanh too, sends back its gradient.
    """
    nodes, values = read(model, inputs)

    def step(number: int, entering: Sequence[Tensor], arrived: Tensor) -> Iterable[Tensor | None]:
        operation = nodes[number].operation
        return [through(entering[0], arrived)] if operation is RELU else sent_back(operation, entering, arrived)

    ones = unit(values[-1], target)
    return backward(nodes, values, ones, step)
