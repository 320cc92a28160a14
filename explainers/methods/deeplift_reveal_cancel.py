"""DeepLIFT with the reveal-cancel rule."""

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from ..claims import CLAIMS
from ..graphs.backward import backward
from ..graphs.graph import Graph, evaluated, read
from ..graphs.operations import Activation, Layer, MaxPool, Passing, Shape, Softmax, Unknown
from ..graphs.quotient import quotient
from ..graphs.vjp import pulled
from ..protocol import Unsupported, explainer
from ..validation import checked
from .input_gradient import unit


@explainer(claims=CLAIMS["deeplift-reveal-cancel"])
@checked
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
    references = evaluated(nodes, baseline.detach())
    changes = _changes(nodes, references, (inputs - baseline).detach())

    def step(number: int, entering: Sequence[Tensor], arrived: Tensor) -> Iterable[Tensor | None]:
        operation, sources = nodes[number]
        if isinstance(operation, Layer):
            return [_through_layer(operation, changes[sources[0]].sum(0), arrived)]
        if isinstance(operation, Activation):
            slopes = torch.stack([_known(pulled(operation, entering, message)[0]) for message in arrived])
            return [quotient(arrived * changes[number + 1], changes[sources[0]], slopes)]
        both = (pulled(operation, entering, message) for message in arrived)
        return [None if one is None else torch.stack([one, _known(other)]) for one, other in zip(*both, strict=True)]

    ones = unit(values[-1], target)
    multipliers = backward(nodes, values, torch.stack([ones, ones]), step)
    return torch.sum(multipliers * changes[0], 0)


def _changes(nodes: Graph, references: Sequence[Any], change: Tensor) -> list[Any]:
    """Return Δ⁺ and Δ⁻ of every value, (2, B, …) each."""
    changes: list[Any] = [torch.stack([change.clamp(min=0), change.clamp(max=0)])]
    for number, (operation, sources) in enumerate(nodes):
        if isinstance(operation, (MaxPool, Softmax)):
            raise Unsupported(f"the reveal-cancel rule knows no {type(operation).__name__}")
        if isinstance(operation, Layer):
            changes.append(_of_layer(operation, changes[sources[0]].sum(0)))
        elif isinstance(operation, Activation):
            changes.append(_of_activation(operation, references[sources[0]], *changes[sources[0]]))
        elif isinstance(operation, Shape):
            changes.append(references[number + 1])
        else:
            changes.append(_moved(operation, [changes[source] for source in sources]))
    return changes


def _moved(operation: Passing | Unknown, entering: Sequence[Any]) -> Tensor:
    """Return the changes in their new places; that of a constant put beside them is 0."""
    signs = ([part[sign] if isinstance(part, Tensor) else part for part in entering] for sign in (0, 1))
    none = [torch.zeros_like(part[0]) if isinstance(part, Tensor) else part for part in entering]
    return torch.stack([operation(*parts) - operation(*none) for parts in signs])


def _of_layer(layer: Layer, change: Tensor) -> Tensor:
    weight = layer.parameters.weight
    (up, down), (excites, inhibits) = ((part.clamp(min=0), part.clamp(max=0)) for part in (change, weight))
    positive = layer.function(up, excites, None) + layer.function(down, inhibits, None)
    return torch.stack([positive, layer.function(up, inhibits, None) + layer.function(down, excites, None)])


def _of_activation(operation: Activation, reference: Tensor, up: Tensor, down: Tensor) -> Tensor:
    start, risen, fallen = operation(reference), operation(reference + up), operation(reference + down)
    end = operation(reference + up + down)
    return torch.stack([risen - start + end - fallen, fallen - start + end - risen]) / 2


def _through_layer(layer: Layer, change: Tensor, arrived: Tensor) -> Tensor:
    """Return the multipliers of what enters, one for both signs: that of the sign which w_ij Δx_i has."""
    weight, (up, down) = layer.parameters.weight, arrived
    excites, inhibits = weight.clamp(min=0), weight.clamp(max=0)
    rising = layer.pulled(change, excites, up) + layer.pulled(change, inhibits, down)
    falling = layer.pulled(change, excites, down) + layer.pulled(change, inhibits, up)
    still = layer.pulled(change, weight, (up + down) / 2)
    multiplier = torch.where(change > 0, rising, torch.where(change < 0, falling, still))
    return torch.stack([multiplier, multiplier])


def _known(message: Tensor | None) -> Tensor:
    assert message is not None
    return message
