"""The squared gradient."""

from torch import Tensor, nn

from ..claims import CLAIMS
from ..protocol import explainer
from ..validation import validated
from .input_gradient import input_gradient


@explainer(conserves=None, claims=CLAIMS["gradient-squared"])
@validated
def gradient_squared(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return R_i = (∂f/∂x_i)².

    Source: Gevrey et al. 2003. Shapes as in ``Explainer``; it has the unit of (f/x)².
    """
    return input_gradient(model, inputs, target) ** 2
