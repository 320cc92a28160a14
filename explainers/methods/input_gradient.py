"""The gradient of the target output, for all inputs of a batch at once."""

import torch
from torch import Tensor, nn

from ..validation import WrongInput


def input_gradient(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return ∂f/∂x (B, *shape), f the output ``target`` (B,) of ``model``."""
    leaf = inputs.detach().requires_grad_()
    outputs: Tensor = model(leaf.clone())  # a model may begin with a layer that works in place
    ones = unit(outputs, target)
    gradient = torch.autograd.grad(outputs, leaf, ones, allow_unused=True)[0] if outputs.requires_grad else None
    if gradient is None:
        raise WrongInput("Expected a model with a gradient but it has none: is something detached, or under no_grad?")
    return gradient


def unit(outputs: Tensor, target: Tensor) -> Tensor:
    """Return 1 for the one of each row of ``outputs`` (B, K) that ``target`` (B,) names, and 0 for the others.

    >>> unit(torch.tensor([[5.0, 6.0], [7.0, 8.0]]), torch.tensor([1, 0]))
    tensor([[0., 1.],
            [1., 0.]])
    """
    return torch.zeros_like(outputs).scatter_(1, places(outputs, target), 1.0)


def target_output(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return f(x) (B,): of each row of the model's outputs (B, K) the one that ``target`` (B,) names."""
    outputs: Tensor = model(inputs.clone())
    return outputs.gather(1, places(outputs, target))[:, 0]


def places(outputs: Tensor, target: Tensor) -> Tensor:
    """Return ``target`` (B,) as (B, 1), to gather and scatter by; an error unless ``outputs`` are floats (B, K)."""
    if not outputs.is_floating_point():
        raise TypeError(f"outputs of {outputs.dtype}")
    if outputs.shape[:-1] != target.shape:
        raise IndexError(f"outputs of shape {tuple(outputs.shape)} for {len(target)} targets")
    return target[:, None]
