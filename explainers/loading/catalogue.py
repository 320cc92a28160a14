"""The explainers that come with axiomcheck, by name. Torch is loaded with the first one that is used."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Entry:
    """Where an explainer stands, what it is in a line, and whose it is."""

    module: str
    attribute: str
    summary: str
    cites: str

    def load(self) -> Any:
        """Return the function, or the class whose fields are its options."""
        return getattr(import_module(f"..methods.{self.module}", __package__), self.attribute)


CATALOGUE: dict[str, Entry] = {
    "uniform": Entry("uniform", "uniform", "f/d for every variable", "Samek, Montavon & Müller, tutorial"),
    "gradient": Entry("gradient", "gradient", "the derivative", "Simonyan et al. 2014"),
    "gradient-squared": Entry("gradient_squared", "gradient_squared", "the squared derivative", "Gevrey et al. 2003"),
    "gradient-magnitude": Entry(
        "gradient_magnitude", "gradient_magnitude", "the derivative without its sign", "Simonyan et al. 2014"
    ),
    "grad-x-input": Entry("grad_x_input", "grad_x_input", "the derivative times the input", "Shrikumar et al. 2016"),
    "lrp-0": Entry("lrp_0", "LRP0", "shares of the pre-activation, bias kept", "Bach et al. 2015"),
    "lrp-epsilon": Entry("lrp_epsilon", "LRPEpsilon", "LRP-0 with ε in the denominator", "Bach et al. 2015"),
    "lrp-gamma": Entry("lrp_gamma", "LRPGamma", "LRP-0 that favours positive weights", "Montavon et al. 2019"),
    "lrp-alpha-beta": Entry(
        "lrp_alpha_beta", "LRPAlphaBeta", "α positive less β negative contributions", "Bach et al. 2015"
    ),
    "lrp-z-plus": Entry("lrp_z_plus", "LRPZPlus", "shares of the positive contributions", "Montavon et al. 2017"),
    "lrp-w-square": Entry(
        "lrp_w_square", "LRPWSquare", "squared weights at the input, then z⁺", "Montavon et al. 2017"
    ),
    "lrp-flat": Entry("lrp_flat", "LRPFlat", "equal shares at the input, z⁺ above", "Lapuschkin et al. 2019"),
    "lrp-z-box": Entry("lrp_z_box", "LRPZBox", "shares within a box at the input, z⁺ above", "Montavon et al. 2017"),
    "lrp-composite": Entry(
        "lrp_composite", "LRPComposite", "zᴮ at the input, γ in the middle, ε on top", "Montavon et al. 2019"
    ),
    "deep-taylor": Entry(
        "deep_taylor", "DeepTaylor", "Taylor expansion at roots of the neurons", "Montavon et al. 2017"
    ),
    "deeplift": Entry("deeplift", "deeplift", "slopes from the baseline, layer by layer", "Shrikumar et al. 2017"),
    "deeplift-reveal-cancel": Entry(
        "deeplift_reveal_cancel",
        "deeplift_reveal_cancel",
        "positive and negative changes apart, layer by layer",
        "Shrikumar et al. 2017",
    ),
    "integrated-gradients": Entry(
        "integrated_gradients",
        "IntegratedGradients",
        "the gradient averaged from the baseline, exact on piecewise linear graphs",
        "Sundararajan et al. 2017",
    ),
    "expected-gradients": Entry(
        "expected_gradients",
        "ExpectedGradients",
        "integrated gradients averaged over references around the baseline",
        "Erion et al. 2021",
    ),
    "shapley": Entry("shapley", "shapley", "the mean gain over all coalitions, exact", "Shapley 1953"),
    "shapley-sampling": Entry(
        "shapley_sampling", "ShapleySampling", "the mean gain over some orders", "Castro et al. 2009"
    ),
    "occlusion": Entry("occlusion", "occlusion", "what is lost without the variable", "Zeiler & Fergus 2014"),
    "smoothgrad": Entry("smoothgrad", "SmoothGrad", "the derivative averaged over noise", "Smilkov et al. 2017"),
    "guided-backprop": Entry(
        "guided_backprop", "guided_backprop", "the derivative, positive at every ReLU", "Springenberg et al. 2015"
    ),
    "deconvnet": Entry(
        "deconvnet", "deconvnet", "the derivative with ReLU on the way back alone", "Zeiler & Fergus 2014"
    ),
    "cp-lrp": Entry("attention_lrp", "cp_lrp", "LRP-0 with attention and norms held", "Ali et al. 2022"),
    "attn-lrp": Entry("attention_lrp", "attn_lrp", "the same through the softmax", "Achtibat et al. 2024"),
}
