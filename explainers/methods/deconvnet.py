"""The deconvolutional network."""

from torch import Tensor, nn

from ..claims import CLAIMS
from ..protocol import explainer
from ..validation import validated
from .modified_relu import modified_gradient


@explainer(conserves=None, claims=CLAIMS["deconvnet"])
@validated
def deconvnet(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return the gradient with R_z = R_a·1[R_a > 0] at every ReLU, whether it was active or not.

    Source: Zeiler & Fergus 2014. A max pool gives back to its winners, as their switches do. Shapes as in
    ``Explainer``; it has the unit of f/x.

    >>> import torch
    >>> model = nn.Sequential(nn.ReLU(), nn.Linear(2, 1, bias=False))
    >>> _ = model[1].weight.data.copy_(torch.tensor([[2.0, -1.0]]))
    >>> deconvnet(model, torch.tensor([[-3.0, 1.0]]), torch.tensor([0]))
    tensor([[2., 0.]])
    """
    return modified_gradient(model, inputs, target, lambda _, message: message.clamp(min=0))
