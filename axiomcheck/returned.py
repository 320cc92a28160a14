"""What an explainer returned: whether it is an explanation, and whether in the form of the inputs."""

import torch
from torch import Tensor


def no_relevance(relevance: object, inputs: Tensor) -> str:
    """Return why ``relevance`` is no explanation of ``inputs``, or nothing."""
    if not isinstance(relevance, Tensor):
        return f"it returned {type(relevance).__name__} where a Tensor was expected"
    if relevance.shape != inputs.shape:
        return f"it returned the shape {tuple(relevance.shape)} for inputs of the shape {tuple(inputs.shape)}"
    if relevance.is_meta or relevance.is_complex() or relevance.layout != torch.strided:
        kind = "no numbers" if relevance.is_meta else "complex scores" if relevance.is_complex() else "a sparse Tensor"
        return f"it returned {kind}"
    if not torch.isfinite(relevance).all():
        return "it returned NaN" if torch.isnan(relevance).any() else "it returned an infinite score"
    return ""


def unlike(relevance: object, inputs: Tensor) -> str:
    """Return in what an explanation differs in form from ``inputs``, or nothing."""
    assert isinstance(relevance, Tensor)
    for name in ("dtype", "device"):
        came, expected = (str(getattr(of, name)).removeprefix("torch.") for of in (relevance, inputs))
        if came != expected:
            return f"it returned {came} for inputs of {expected}"
    return ""
