"""DeepLIFT with the rescale rule."""

from collections.abc import Iterable, Sequence
from typing import Any

from torch import Tensor, nn

from ..claims import CLAIMS
from ..graphs.backward import backward
from ..graphs.graph import evaluate, read, require_logits
from ..graphs.operations import Change
from ..protocol import explainer
from ..validation import validated
from .input_gradient import unit


@explainer(claims=CLAIMS["deeplift"])
@validated
def deeplift(model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
    """Return R_i = m_i (x_i - x̃_i) with m the multipliers of the target, which obey the chain rule.

    m = W of an affine layer; m = Δa / Δz of ReLU and its kin, or the derivative where |Δz| is at most 1e-9. A max pool
    splits Δa = (max(a, ã) - ã) + (a - max(a, ã)): what was gained goes to the winner at x, what was lost to that at x̃,
    so that the scores sum to f(x) - f(x̃).

    Source: Shrikumar et al. 2017 (rescale rule); for the max pool Lundberg & Lee 2017, DeepSHAP. Shapes as in
    ``Explainer``; it has the unit of f.

    >>> import torch
    >>> model = nn.Sequential(nn.ReLU())
    >>> deeplift(model, torch.tensor([[2.0]]), torch.tensor([0]), baseline=torch.tensor([[-6.0]]))
    tensor([[2.]])
    """
    nodes, values = read(model, inputs)
    require_logits(nodes, "DeepLIFT")
    references = evaluate(nodes, baseline.detach())

    def step(number: int, entering: Sequence[Any], message: Tensor) -> Iterable[Tensor | None]:
        operation, sources = nodes[number]
        at_reference = [references[source] for source in sources]
        change = Change(entering, values[number + 1], at_reference, references[number + 1])
        return operation.multipliers(change, message)

    ones = unit(values[-1], target)
    return (inputs - baseline).detach() * backward(nodes, values, ones, step)
