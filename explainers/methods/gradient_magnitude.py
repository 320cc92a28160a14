"""The magnitude of the gradient."""

from torch import Tensor, nn

from ..claims import CLAIMS
from ..protocol import explainer
from ..validation import validated
from .input_gradient import input_gradient


@explainer(conserves=None, claims=CLAIMS["gradient-magnitude"])
@validated
def gradient_magnitude(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return R_i = |∂f/∂x_i|.

    Source: Simonyan et al. 2014 (saliency). Shapes as in ``Explainer``; it has the unit of f/x.

    >>> import torch
    >>> model = nn.Linear(2, 1, bias=False)
    >>> _ = model.weight.data.copy_(torch.tensor([[2.0, -1.0]]))
    >>> gradient_magnitude(model, torch.tensor([[3.0, 1.0]]), torch.tensor([0]))
    tensor([[2., 1.]])
    """
    return input_gradient(model, inputs, target).abs()
