"""LRP with a rule for each depth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from torch import Tensor, nn

from ..claims import CLAIMS, NOTHING
from ..graphs.graph import Graph, read
from ..graphs.operations import Share
from ..loading.options import Options
from ..validation import validated
from .lrp import Rule, relevance, sharing
from .lrp_below import input_layers
from .lrp_epsilon import LRPEpsilon
from .lrp_flat import flat
from .lrp_gamma import LRPGamma
from .lrp_w_square import squares
from .lrp_z_box import LRPZBox

Lowest = Literal["z-box", "w-square", "flat"]
Upper = Literal["half", "dense"]


@dataclass(frozen=True, repr=False)
class LRPComposite(Options):
    """Take zᴮ where the input is read, γ in the lower half of the other affine layers, ε in the upper half.

    ``lowest`` is the rule of the input: ``"z-box"`` between ``low`` and ``high``, ``"w-square"`` or ``"flat"``.
    ``upper`` says where ε is: in the upper ``"half"`` of the layers, counted in the order they are computed, batch
    norms, average pools and sums too, of an odd number the one in the middle with it; or in ``"dense"`` layers alone.

    Source: Montavon et al. 2019; by kinds of layers Kohlbrenner et al. 2020. Options as those of the rules.

    >>> LRPComposite(lowest="flat", epsilon=0.25)
    LRPComposite(lowest='flat', epsilon=0.25)
    """

    lowest: Lowest = "z-box"
    gamma: float = 0.25
    epsilon: float = 0.1
    low: float = -128.0
    high: float = 128.0
    upper: Upper = "half"

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself."""
        boxed = self.lowest != "z-box" or (self.low <= -128 and self.high >= 128)
        bounded = self.gamma > 0 and self.epsilon > 0 and self.upper == "half"
        return {"claims": CLAIMS["lrp-composite"] if boxed and bounded else NOTHING}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        nodes, values = read(model, inputs)
        reading = input_layers(nodes)
        others = [k for k, node in enumerate(nodes) if node.operation.has_weights and k not in reading]
        lowest, lower, upper = sharing(self._lowest), LRPGamma(self.gamma).share, LRPEpsilon(self.epsilon).share
        shares: dict[int, Share] = dict.fromkeys(reading, lowest) | dict.fromkeys(others, lower)
        shares |= dict.fromkeys(self._upper(nodes, others), upper)
        return relevance(nodes, values, target, lambda number: shares.get(number, upper))

    @property
    def _lowest(self) -> Rule:
        rules: dict[str, Rule] = {"z-box": LRPZBox(self.low, self.high).boxed, "w-square": squares, "flat": flat}
        return rules[self.lowest]

    def _upper(self, nodes: Graph, others: Sequence[int]) -> Sequence[int]:
        if self.upper == "half":
            return others[len(others) // 2 :]
        return [k for k in others if nodes[k].operation.is_dense]
