"""The GELU."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from ..errors import UnknownName
from ..steps.functions import GELU as EXACT
from ..steps.functions import GELU_TANH, Function
from .item import Item
from .layer import Layer
from .origin import Shape
from .smooth import SmoothActivation

if TYPE_CHECKING:
    from ..style import Style

APPROXIMATIONS = {"none": EXACT, "tanh": GELU_TANH}


@dataclass(frozen=True)
class GELU(SmoothActivation):
    """``a = z Φ(z)``, Φ the standard normal distribution, or its approximation by tanh (Hendrycks & Gimpel 2016)."""

    approximate: str = "none"
    kind: ClassVar[str] = "gelu"
    family_item: ClassVar[Item] = Item("gelu", "GELU, exact and by tanh", "a GELU", "there is a GELU", is_curved=True)

    def __post_init__(self) -> None:
        if self.approximate not in APPROXIMATIONS:
            raise UnknownName("approximation of GELU", self.approximate, APPROXIMATIONS)

    @property
    def function(self) -> Function:
        """The function."""
        return APPROXIMATIONS[self.approximate]

    @property
    def _argument(self) -> str:
        return "" if self.approximate == "none" else f"approximate={self.approximate!r}"

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.GELU()``."""
        return f"nn.GELU({self._argument})"

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``F.gelu({})``."""
        argument = f", {self._argument}" if self._argument else ""
        return f"F.gelu({{}}{argument})" if style.relu in ("functional", "clamp") else None

    @property
    def surcharge(self) -> int:
        """One for the approximation."""
        return int(self.approximate != "none")

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about it."""
        return ("by tanh",) if self._argument else ()

    def plainer(self) -> Iterator[Layer]:
        """Yield the exact one."""
        if self._argument:
            yield GELU()

    @classmethod
    def samples(cls, shape: Shape) -> Sequence[Layer]:  # noqa: ARG003 - others depend on it
        """Return the exact one, and the approximation."""
        return cls(), cls("tanh")
