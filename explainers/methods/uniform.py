"""The uniform explanation: conservative, continuous, invariant, and it says nothing."""

from torch import Tensor, nn

from ..claims import CLAIMS
from ..protocol import explainer
from ..validation import validated
from .input_gradient import target_output


@explainer(claims=CLAIMS["uniform"])
@validated
def uniform(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Give every variable the same share, R_i = f(x) / d.

    Source: the blind spot of the tutorial by Samek, Montavon & Müller, slides 25-26. Shapes as in ``Explainer``; it
    has the unit of f.
    """
    share = target_output(model, inputs, target).detach() / inputs[0].numel()
    return share.reshape(-1, *[1] * (inputs.dim() - 1)).expand_as(inputs).clone()
