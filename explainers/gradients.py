"""The gradient of the target output, for all inputs of a batch at once."""

import torch
from torch import Tensor, nn


def input_gradient(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return ∂f/∂x (B, *shape), f the output ``target`` (B,) of ``model``."""
    leaf = inputs.detach().requires_grad_()
    outputs = target_output(model, leaf, target)
    (gradient,) = torch.autograd.grad(outputs.sum(), leaf)
    return gradient


def target_output(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return f(x) (B,): of each row of the model's outputs (B, K) the one that ``target`` (B,) names."""
    outputs: Tensor = model(inputs.clone())  # a model may begin with a layer that works in place
    return outputs.gather(1, target[:, None])[:, 0]
