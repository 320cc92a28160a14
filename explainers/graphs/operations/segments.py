"""Segments of lines, for what bends on them."""

import torch
from torch import Tensor


def ends(values: Tensor, rows: int) -> tuple[Tensor, Tensor]:
    """Return the left and right ends (rows, n - 1, …) of the segments between ``values`` (rows · n, …)."""
    values = values.reshape(rows, -1, *values.shape[1:])
    return values[:, :-1], values[:, 1:]


def zeros(left: Tensor, right: Tensor) -> Tensor:
    """Return the share of each piece at which its values change sign; 0 where they do not."""
    return torch.where(left * right < 0, left / (left - right), 0)
