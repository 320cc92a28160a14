"""What an explainer returned: whether it is an explanation, and whether in the form of the inputs."""

import numpy as np
import torch
from torch import Tensor
from torch._C import DisableTorchFunctionSubclass


def received(returned: object, device: torch.device) -> object:
    """Return what came back: plain where it is a tensor of a class of its own, a tensor where it is an array.

    That is on ``device``, of the memory of the array where torch can have it so; all else comes back as it is.

    >>> received(np.ones(2, dtype=np.float32), torch.device("cpu"))
    tensor([1., 1.])
    """
    if isinstance(returned, Tensor) and type(returned) is not Tensor:
        with DisableTorchFunctionSubclass():
            return returned.as_subclass(Tensor)
    if not isinstance(returned, np.ndarray):
        return returned
    shared = returned.flags.writeable and min(returned.strides, default=0) >= 0
    try:
        return torch.from_numpy(returned if shared else returned.copy()).to(device)
    except (TypeError, ValueError):
        return returned


def spread(relevance: object, inputs: Tensor) -> object:
    """Return scores that are summed over the channels, (B, *space) or (B, 1, *space), as equal shares of all channels.

    Then they add up to what they did. What has another shape comes back as it is.

    >>> spread(torch.ones(1, 2), torch.zeros(1, 2, 2))
    tensor([[[0.5000, 0.5000],
             [0.5000, 0.5000]]])
    """
    batch, channels, *space = inputs.shape
    if not isinstance(relevance, Tensor) or relevance.shape not in ((batch, *space), (batch, 1, *space)):
        return relevance
    return relevance.reshape(batch, 1, *space).expand(inputs.shape) / channels


def no_relevance(relevance: object, inputs: Tensor) -> str:
    """Return why ``relevance`` is no explanation of ``inputs``, or nothing."""
    if not isinstance(relevance, Tensor):
        kind = f"an array of {relevance.dtype}" if isinstance(relevance, np.ndarray) else type(relevance).__name__
        return f"it returned {kind} where a Tensor was expected"
    if relevance.is_nested or relevance.is_quantized:
        return f"it returned a {'nested' if relevance.is_nested else 'quantized'} Tensor"
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
