"""SHAP's explainers by name: their options, and what their scores sum to."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....networks import UnknownName
from ...protocol import Conserves
from ..library import imported


@dataclass(frozen=True)
class Kind:
    """What its constructor takes, what ``shap_values`` takes, what SHAP says that the scores sum to."""

    setup: tuple[str, ...]
    call: tuple[str, ...]
    conserves: Conserves | None
    samples: bool = True


KINDS = {
    "DeepExplainer": Kind((), ("check_additivity",), "change", samples=False),
    "GradientExplainer": Kind(("batch_size", "local_smoothing"), ("nsamples",), None),
    "KernelExplainer": Kind(("link",), ("nsamples", "l1_reg", "gc_collect"), "change"),
    "PermutationExplainer": Kind((), ("npermutations",), "change"),
    "SamplingExplainer": Kind((), ("nsamples", "min_samples_per_feature"), "change"),
}
"""What the docstrings of SHAP say (Lundberg & Lee 2017: local accuracy).

Deep: the estimates "sum up to the difference"; Kernel, and Sampling after it: "each row sums to the difference";
Permutation "guarantees local accuracy"; Gradient only "converges to attributions that sum to the difference". With the
link ``logit`` the sum is the change of the log-odds. Parameters that choose the output, or are of TensorFlow, are no
options.
"""


@dataclass(frozen=True)
class Named:
    """One of SHAP's explainers, by its name and its options."""

    name: str
    options: tuple[tuple[str, Any], ...] = ()

    @property
    def __axiomcheck__(self) -> dict[str, Conserves | None]:
        """What it says of itself."""
        linked = dict(self.options).get("link", "identity") != "identity"
        return {"conserves": None if linked else KINDS[self.name].conserves}

    @property
    def setup(self) -> dict[str, Any]:
        """The options for the constructor."""
        return {name: value for name, value in self.options if name in KINDS[self.name].setup}

    @property
    def call(self) -> dict[str, Any]:
        """The options for ``shap_values``."""
        return {name: value for name, value in self.options if name in KINDS[self.name].call}


def library() -> Any:
    """Return SHAP; its import warns of what other libraries will no longer have."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return imported("shap")


def definition(name: str) -> Any:
    """Return the class of an explainer."""
    return getattr(library(), name)


def named(name: str, options: Mapping[str, object]) -> Named:
    """Return an explainer by its name, long or short, and its options; one sentence if SHAP has no such thing.

    >>> named("Kernel", {"nsamples": 200})
    Named(name='KernelExplainer', options=(('nsamples', 200),))
    """
    library()
    long = name if name in KINDS else f"{name}Explainer"
    if long not in KINDS:
        raise UnknownName("method of shap", name, KINDS)
    known = sorted([*KINDS[long].setup, *KINDS[long].call])
    for option in options:
        if option not in known:
            raise UnknownName(f"option of shap:{long}", option, known)
    return Named(long, tuple(sorted(options.items())))
