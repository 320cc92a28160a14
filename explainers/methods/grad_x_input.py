"""Gradient × input."""

from torch import Tensor, nn

from ..claims import CLAIMS
from ..protocol import explainer
from ..validation import validated
from .input_gradient import input_gradient


@explainer(claims=CLAIMS["grad-x-input"])
@validated
def grad_x_input(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return R_i = x_i · ∂f/∂x_i.

    Source: Shrikumar et al. 2016; Ancona et al. 2018. Shapes as in ``Explainer``; it has the unit of f.
    """
    return inputs * input_gradient(model, inputs, target)
