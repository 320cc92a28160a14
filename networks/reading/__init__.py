"""Reading: from a small ``nn.Module`` to the layers of a network."""

from .comparison import require_same
from .read import read

__all__ = ["read", "require_same"]
