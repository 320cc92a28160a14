"""DeepLIFT with the reveal-cancel rule."""

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..graphs.backward import backward
from ..graphs.graph import Graph, evaluate, read
from ..graphs.operations import SignedChange
from ..protocol import explainer
from ..validation import validated
from .input_gradient import unit


@explainer(claims=CLAIMS["deeplift-reveal-cancel"])
@validated
def deeplift_reveal_cancel(model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
    """Return R_i = m_i⁺ Δx_i⁺ + m_i⁻ Δx_i⁻, with multipliers of their own for positive and negative changes.

    Of an affine layer Δz⁺ = Σ_i (w_i Δx_i)⁺ and Δz⁻ = Σ_i (w_i Δx_i)⁻. Of an activation a = g(z)
    Δa⁺ = ½ (g(z̃ + Δz⁺) - g(z̃) + g(z̃ + Δz⁻ + Δz⁺) - g(z̃ + Δz⁻)), Δa⁻ likewise: the Shapley values of the two.
    m⁺ = Δa⁺ / Δz⁺ and m⁻ = Δa⁻ / Δz⁻, or the derivative where that is at most 1e-9.

    Source: Shrikumar et al. 2017. The scores sum to f(x) - f(x̃). A max pool is ``Unsupported``: the rule does not
    speak of it. Shapes as in ``Explainer``; it has the unit of f.

    >>> model = nn.Sequential(nn.ReLU())
    >>> deeplift_reveal_cancel(model, torch.tensor([[2.0]]), torch.tensor([0]), baseline=torch.tensor([[-6.0]]))
    tensor([[2.]])
    """
    nodes, values = read(model, inputs)
    changes = _changes(nodes, evaluate(nodes, baseline.detach()), (inputs - baseline).detach())

    def step(number: int, entering: Sequence[Any], message: Tensor) -> Iterable[Tensor | None]:
        operation, sources = nodes[number]
        change = SignedChange(entering, [changes[source] for source in sources], changes[number + 1])
        return operation.signed_multipliers(change, message)

    ones = unit(values[-1], target)
    multipliers = backward(nodes, values, torch.stack([ones, ones]), step)
    return torch.sum(multipliers * changes[0], 0)


def _changes(nodes: Graph, references: Sequence[Any], change: Tensor) -> list[Any]:
    """Return Δ⁺ and Δ⁻ of every value, (2, B, …) each."""
    changes: list[Any] = [torch.stack([change.clamp(min=0), change.clamp(max=0)])]
    for operation, sources in nodes:
        entering, at_reference = ([values[source] for source in sources] for values in (changes, references))
        changes.append(operation.signed_change(entering, at_reference))
    return changes
