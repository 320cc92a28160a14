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
        return getattr(import_module(f".{self.module}", __package__), self.attribute)


CATALOGUE: dict[str, Entry] = {
    "uniform": Entry("uniform", "uniform", "f/d for every variable", "Samek, Montavon & Müller, tutorial"),
    "gradient": Entry("gradient", "gradient", "the derivative", "Simonyan et al. 2014"),
    "grad-x-input": Entry("grad_x_input", "grad_x_input", "the derivative times the input", "Shrikumar et al. 2016"),
    "lrp-0": Entry("lrp_0", "LRP0", "shares of the pre-activation, bias kept", "Bach et al. 2015"),
    "lrp-epsilon": Entry("lrp_epsilon", "LRPEpsilon", "LRP-0 with ε in the denominator", "Bach et al. 2015"),
    "lrp-gamma": Entry("lrp_gamma", "LRPGamma", "LRP-0 that favours positive weights", "Montavon et al. 2019"),
    "lrp-z-plus": Entry("lrp_z_plus", "LRPZPlus", "shares of the positive contributions", "Montavon et al. 2017"),
    "integrated-gradients": Entry(
        "integrated_gradients",
        "IntegratedGradients",
        "the gradient averaged from the baseline, exact on chains of Linear and ReLU",
        "Sundararajan et al. 2017",
    ),
}
