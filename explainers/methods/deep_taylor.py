"""Deep Taylor decomposition."""

from dataclasses import dataclass
from typing import Literal

from torch import Tensor, nn

from ..claims import CLAIMS, NOTHING
from ..graphs.operations import Affine
from ..loading.options import Options
from ..validation import validated
from .lrp import Bias, Part, Rule, propagate
from .lrp_w_square import squares
from .lrp_z_plus import positive

Root = Literal["nearest", "rescaled-activations", "rescaled-excitations", "generalized"]


@dataclass(frozen=True, repr=False)
class DeepTaylor(Options):
    """R_i = Σ_j (a_i - ã_i) w_ij / Σ_i (a_i - ã_i) w_ij · R_j, ã the root of neuron j that is asked for.

    ``"nearest"``: a - ã ∝ w_j, the w² rule. ``"rescaled-activations"``: a - ã ∝ a, LRP-0. ``"rescaled-excitations"``:
    a - ã ∝ a where a_i w_ij > 0, LRP-z⁺. ``"generalized"``: a - ã ∝ a where w_ij > 0 and ∝ γ a where w_ij < 0, so that
    on activations of at least 0 γ = 0 is LRP-z⁺; γ = 1 is LRP-0, and γ = 1 / (1 + γ') is LRP-γ'.

    Source: Montavon et al. 2017; Montavon 2019, gradient-based vs. propagation-based explanations. At a root the bias
    is spent, so that it has no share and nothing is lost; ``"kept"`` it has that of LRP. ``gamma`` has no unit.

    >>> DeepTaylor("generalized", gamma=0.5)
    DeepTaylor(root='generalized', gamma=0.5)
    """

    root: Root = "rescaled-excitations"
    gamma: float = 0.25
    bias: Bias = "dropped"

    @property
    def __axiomcheck__(self) -> dict[str, object]:
        """What it says of itself: that of the rule which it is."""
        kept = self.bias == "kept"
        names: dict[Root, str] = {
            "nearest": "deep-taylor, nearest",
            "rescaled-activations": "lrp-0" if kept else "lrp-0, bias dropped",
            "rescaled-excitations": "lrp-z-plus" if kept else "deep-taylor",
            "generalized": "lrp-gamma" if kept else "deep-taylor, generalized",
        }
        is_bounded = self.root != "generalized" or 0 < self.gamma < 1
        return {"claims": CLAIMS.get(names.get(self.root, ""), NOTHING) if is_bounded else NOTHING}

    @validated
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the relevance; shapes as in ``Explainer``, the unit is that of f."""
        rules: dict[str, Rule] = {
            "nearest": squares,
            "rescaled-activations": lambda a, layer: [Part(a, *layer)],
            "rescaled-excitations": positive,
            "generalized": self._generalized,
        }
        return propagate(model, inputs, target, rules[self.root], bias=self.bias)

    def _generalized(self, a: Tensor, layer: Affine) -> list[Part]:
        weight, bias = (w.clamp(min=0) + self.gamma * w.clamp(max=0) for w in layer)
        return [Part(a, weight, bias)]
