"""Multipliers as quotients of differences."""

import torch
from torch import Tensor

SMALLEST = 1e-9
"""The largest difference that is taken for none."""


def quotient(change: Tensor, difference: Tensor, slope: Tensor) -> Tensor:
    """Return change / difference, and the slope where there is no difference.

    >>> quotient(torch.tensor([1.0, 0.0]), torch.tensor([2.0, 0.0]), torch.tensor([7.0, 7.0]))
    tensor([0.5000, 7.0000])
    """
    small = difference.abs() <= SMALLEST
    return torch.where(small, slope, change / torch.where(small, 1, difference))
