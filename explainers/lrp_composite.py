"""LRP with a rule for each depth."""

from dataclasses import dataclass

from torch import Tensor, nn

from .graph import graph
from .lrp import Share, relevance, sharing
from .lrp_below import input_layers
from .lrp_epsilon import LRPEpsilon
from .lrp_gamma import LRPGamma
from .lrp_w_square import squares
from .operations import Layer
from .options import Options


@dataclass(frozen=True, repr=False)
class LRPComposite(Options):
    """Take w² where the input is read, γ in the lower half of the other affine layers, ε in the upper half.

    Source: Montavon et al. 2019. Layers are counted in the order they are computed, batch norms, average pools and sums
    too; of an odd number above the input the one in the middle takes ε. Options as those of LRP-γ and LRP-ε.

    >>> LRPComposite(epsilon=0.25)
    LRPComposite(epsilon=0.25)
    """

    gamma: float = 0.25
    epsilon: float = 0.1

    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        nodes = graph(model)
        reading = input_layers(nodes)
        others = [k for k, node in enumerate(nodes) if isinstance(node.operation, Layer) and k not in reading]
        shares: dict[int, Share] = dict.fromkeys(reading, sharing(squares))
        shares |= dict.fromkeys(others[: len(others) // 2], LRPGamma(self.gamma).share)
        shares |= dict.fromkeys(others[len(others) // 2 :], LRPEpsilon(self.epsilon).share)
        return relevance(nodes, inputs, target, shares.__getitem__)
