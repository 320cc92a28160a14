"""The model's output at many points for each input."""

import torch
from torch import Tensor, nn

from .input_gradient import target_output

ROWS = 4096
"""How many points go through the model at once."""


def outputs_at(model: nn.Module, points: Tensor, target: Tensor) -> Tensor:
    """Return f (B, n) at ``points`` (B, n, *shape), for the output ``target`` (B,) of each input."""
    count = points.shape[1]
    rows, targets = torch.split(points.flatten(0, 1), ROWS), torch.split(target.repeat_interleave(count), ROWS)
    with torch.no_grad():
        outputs = [target_output(model, some, wanted) for some, wanted in zip(rows, targets, strict=True)]
    return torch.cat(outputs).reshape(-1, count)


def mix(inputs: Tensor, baseline: Tensor, present: Tensor) -> Tensor:
    """Return points (B, n, *shape) that have the input's variables where ``present`` (n, d), else the baseline's.

    >>> mix(torch.tensor([[1.0, 2.0]]), torch.tensor([[8.0, 9.0]]), torch.tensor([[True, False]]))
    tensor([[[1., 9.]]])
    """
    return torch.where(present.reshape(len(present), *inputs.shape[1:]), inputs[:, None], baseline[:, None]).detach()
