"""Casts to fewer digits inside a model: what they lose, no tolerance for float64 allows for."""

from typing import Any

import torch
from torch import Tensor, nn

from .watching import Watching


class _Casts(Watching):
    """Notes to which types float64 values are cast."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.found: set[torch.dtype] = set()

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Call the operation, and look at a cast."""
        result = func(*args, **(kwargs or {}))
        if func is torch.ops.aten._to_copy.default and args[0].dtype == torch.float64:  # noqa: SLF001
            self.found |= {result.dtype} if result.is_floating_point() else set()
        return result


def casts(model: nn.Module, points: Tensor) -> list[str]:
    """Return the types of fewer digits that values are cast to at points (B, *shape), as ``float32``."""
    with torch.no_grad(), _Casts() as seen:
        model(points.clone())
    return sorted(str(dtype).removeprefix("torch.") for dtype in seen.found - {torch.float64})
