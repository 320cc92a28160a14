"""The SiLU, or swish."""

from dataclasses import dataclass
from typing import ClassVar

from ..steps.functions import SILU, Function
from .item import Item
from .smooth import SmoothActivation


@dataclass(frozen=True)
class SiLU(SmoothActivation):
    """``a = z σ(z)`` (Ramachandran et al. 2017)."""

    kind: ClassVar[str] = "silu"
    family_item: ClassVar[Item] = Item("silu", "SiLU", "a SiLU", "there is a SiLU", is_curved=True)
    call: ClassVar[str] = "F.silu({})"

    @property
    def function(self) -> Function:
        """The function."""
        return SILU
