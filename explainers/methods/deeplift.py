"""DeepLIFT with the rescale rule."""

from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..graphs.backward import backward
from ..graphs.graph import evaluated, read, require_logits
from ..graphs.operations import Activation, MaxPool, sent_back
from ..graphs.quotient import quotient
from ..graphs.vjp import pulled
from ..protocol import explainer
from ..validation import checked
from .input_gradient import unit


@explainer(claims=CLAIMS["deeplift"])
@checked
def deeplift(model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
    """Return R_i = m_i (x_i - x̃_i) with m the multipliers of the target, which obey the chain rule.

    m = W of an affine layer; m = Δa / Δz of ReLU and its kin, or the derivative where |Δz| is at most 1e-9. A max pool
    splits Δa = (max(a, ã) - ã) + (a - max(a, ã)): what was gained goes to the winner at x, what was lost to that at x̃,
    so that the scores sum to f(x) - f(x̃).

    Source: Shrikumar et al. 2017 (rescale rule); for the max pool Lundberg & Lee 2017, DeepSHAP. Shapes as in
    ``Explainer``; it has the unit of f.

    >>> model = nn.Sequential(nn.ReLU())
    >>> deeplift(model, torch.tensor([[2.0]]), torch.tensor([0]), baseline=torch.tensor([[-6.0]]))
    tensor([[2.]])
    """
    nodes, values = read(model, inputs)
    require_logits(nodes, "DeepLIFT")
    references = evaluated(nodes, baseline.detach())

    def step(number: int, entering: Sequence[Tensor], arrived: Tensor) -> Iterable[Tensor | None]:
        operation, sources = nodes[number]
        if not isinstance(operation, (Activation, MaxPool)):
            return sent_back(operation, entering, arrived)
        z, reference, (slope,) = entering[0], references[sources[0]], pulled(operation, entering, arrived)
        assert slope is not None
        if isinstance(operation, MaxPool):
            return [quotient(_awarded(operation, z, reference, arrived), z - reference, slope)]
        change = values[number + 1] - references[number + 1]
        return [quotient(arrived * change, z - reference, slope)]

    ones = unit(values[-1], target)
    return (inputs - baseline).detach() * backward(nodes, values, ones, step)


def _awarded(pool: MaxPool, z: Tensor, reference: Tensor, arrived: Tensor) -> Tensor:
    """Return m·Δa for each entry that enters: gains where the winner at x stands, losses where that at x̃ stood."""
    (a, winner), (before, previous) = pool.winners(z), pool.winners(reference)
    larger, plane = torch.maximum(a, before), -pool.axes
    awarded = torch.zeros_like(z).flatten(plane)
    for places, part in ((winner, larger - before), (previous, a - larger)):
        awarded = awarded.scatter_add(-1, places.flatten(plane), (arrived * part).flatten(plane))
    return awarded.reshape(z.shape)
