"""Occlusion."""

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..protocol import explainer
from ..validation import validated
from .perturbation import mix, outputs_at


@explainer(conserves=None, claims=CLAIMS["occlusion"])
@validated
def occlusion(model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
    """Return R_i = f(x) - f(x with x̃_i in place of x_i), one variable at a time.

    Source: Zeiler & Fergus 2014; Robnik-Šikonja & Kononenko 2008. Shapes as in ``Explainer``; it has the unit of f.

    >>> occlusion(nn.ReLU(), torch.tensor([[2.0]]), torch.tensor([0]), baseline=torch.tensor([[1.5]]))
    tensor([[0.5000]])
    """
    size = inputs[0].numel()
    present = torch.cat([torch.ones(1, size, dtype=torch.bool), ~torch.eye(size, dtype=torch.bool)])
    outputs = outputs_at(model, mix(inputs, baseline, present.to(inputs.device)), target)
    return (outputs[:, :1] - outputs[:, 1:]).reshape(inputs.shape)
