"""Going back through one operation."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor


def vjp(function: Any, entering: Sequence[Any], message: Tensor) -> list[Tensor | None]:
    """Return Jᵀ m for each value that enters, J the Jacobian of ``function`` there; None for what is no tensor."""
    with torch.enable_grad():
        leaves = [value.detach().requires_grad_() if isinstance(value, Tensor) else value for value in entering]
        result = function(*leaves)
    inner = [leaf for leaf in leaves if isinstance(leaf, Tensor)]
    products = iter(torch.autograd.grad(result, inner, message, allow_unused=True))
    return [next(products) if isinstance(leaf, Tensor) else None for leaf in leaves]
