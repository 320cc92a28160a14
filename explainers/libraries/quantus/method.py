"""What ``quantus.explain`` does, as an explainer."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from ...loading.seeded import seeded
from ...protocol import Unsupported
from ...validation import validated_library
from ..library import imported
from ..zennit.names import attributors, canonizers
from ..zennit.single_inputs import require_single_inputs
from .names import Named, named

DEFAULTS = {"channel_first": True, "reduce_axes": ()}
"""Inputs are (B, channels, …), and no scores are added up: left alone, Quantus sums over channels."""
REFUSALS = ("has no rule defined", "more than once in the network", "Sliding window dimensions")
"""What Captum says of models that it does not explain, and of windows larger than the input."""


@dataclass(frozen=True)
class QuantusMethod(Named):
    """A method of ``quantus.explain``, with options for it."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
        """Return the explanation; shapes as in ``Explainer``, if Quantus keeps them."""
        return _explain(self, model, inputs, target)


@dataclass(frozen=True)
class QuantusMethodWithBaseline(Named):
    """A method of ``quantus.explain`` that measures from a baseline."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor) -> Tensor:
        """Return the explanation; shapes as in ``Explainer``."""
        return _explain(self, model, inputs, target, baseline)


@dataclass(frozen=True)
class QuantusMethodWithSeed(Named):
    """A method of ``quantus.explain`` that samples."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, seed: int) -> Tensor:
        """Return the explanation; shapes as in ``Explainer``, if Quantus keeps them."""
        with seeded(seed):
            return _explain(self, model, inputs, target)


@dataclass(frozen=True)
class QuantusMethodWithBaselineAndSeed(Named):
    """A method of ``quantus.explain`` that measures from a baseline, and samples."""

    @validated_library
    def __call__(self, model: nn.Module, inputs: Tensor, target: Tensor, *, baseline: Tensor, seed: int) -> Tensor:
        """Return the explanation; shapes as in ``Explainer``."""
        with seeded(seed):
            return _explain(self, model, inputs, target, baseline)


Method = QuantusMethod | QuantusMethodWithBaseline | QuantusMethodWithSeed | QuantusMethodWithBaselineAndSeed

KINDS: dict[tuple[bool, bool], type[Method]] = {
    (False, False): QuantusMethod,
    (True, False): QuantusMethodWithBaseline,
    (False, True): QuantusMethodWithSeed,
    (True, True): QuantusMethodWithBaselineAndSeed,
}
"""By whether it measures from a baseline, and whether it samples."""


def quantus_method(name: str, options: Mapping[str, object] | None = None) -> Method:
    """Return what ``quantus.explain`` does with ``method=name`` as an explainer; its options are those of Quantus.

    With ``xai_lib='zennit'`` the name is that of an attributor, ``composite`` a registered name, ``canonizer`` a class.
    """
    method = named(name, options or {})
    return KINDS[method.has_baseline, method.samples](method.name, method.options)


def _explain(of: Named, model: nn.Module, inputs: Tensor, target: Tensor, baseline: Tensor | None = None) -> Tensor:
    """Call Quantus as it is called, with numpy inputs and targets, and return its array as a tensor."""
    default_dtype = str(torch.get_default_dtype()).removeprefix("torch.")
    if str(inputs.dtype) != f"torch.{default_dtype}":
        raise Unsupported(
            f"quantus makes {default_dtype} of all inputs, whatever the model computes in: ask with {default_dtype}"
        )
    if of.library == "zennit" and dict(of.options).keys() & {"composite", "canonizer"}:
        require_single_inputs(model)
    arrays = (inputs.detach().cpu().numpy(), target.cpu().numpy())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            scores = imported("quantus").explain(model, *arrays, **_keywords(of, baseline))
        except (TypeError, RuntimeError, AssertionError) as error:
            if not any(said in str(error) for said in REFUSALS):
                raise
            raise Unsupported(f"quantus:{of.name} refuses: {str(error).split('. ')[0].strip(' .')}") from error
    return torch.as_tensor(scores, device=inputs.device)


def _keywords(of: Named, baseline: Tensor | None) -> dict[str, Any]:
    """Return what Quantus is called with, beside the model, the inputs and the targets."""
    keywords: dict[str, Any] = {**DEFAULTS, **dict(of.options), "method": of.name}
    keywords |= {key: dict(value) for key, value in keywords.items() if key.endswith("kwargs")}
    if of.library == "zennit":
        return keywords | _for_zennit(of, keywords, baseline)
    if of.name == "DeepLiftShap" and baseline is not None:
        baseline = torch.cat([baseline, baseline])  # it takes a distribution, of at least two references
    return keywords if baseline is None else keywords | {"baseline": baseline}


def _for_zennit(of: Named, keywords: Mapping[str, Any], baseline: Tensor | None) -> dict[str, Any]:
    """Return classes for names; the baseline reaches Zennit as it takes it."""
    scores: dict[str, Any] = {"attributor": attributors()[of.name]}
    if "canonizer" in keywords:
        scores["canonizer"] = canonizers()[keywords["canonizer"]]
    if baseline is not None:
        scores["attributor_kwargs"] = {"baseline_fn": lambda _: baseline, **keywords.get("attributor_kwargs", {})}
    return scores
