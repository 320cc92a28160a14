"""An explainer of one's own: the input times the gradient, and what biases add shared out among the variables."""

import torch
from torch import Tensor, nn


def shared_bias(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return scores that sum to the output: x times gradient, and of what is left, each variable's share of these."""
    inputs = inputs.detach().clone().requires_grad_()
    output = model(inputs).gather(1, target[:, None])
    (gradient,) = torch.autograd.grad(output.sum(), inputs)
    scores = (inputs * gradient).detach().flatten(1)
    rest = output.detach() - scores.sum(1, keepdim=True)
    total = scores.abs().sum(1, keepdim=True)
    share = torch.where(total > 0, scores.abs() / total, 0)
    return (scores + rest * share).reshape(inputs.shape)
