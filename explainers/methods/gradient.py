"""The gradient (sensitivity analysis)."""

from torch import Tensor, nn

from ..claims import CLAIMS
from ..protocol import explainer
from ..validation import validated
from .input_gradient import input_gradient


@explainer(claims=CLAIMS["gradient"])
@validated
def gradient(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return the sensitivity R_i = ∂f/∂x_i.

    Source: Simonyan et al. 2014, without the absolute value. Shapes as in ``Explainer``; it has the unit of f/x.
    """
    return input_gradient(model, inputs, target)
