"""What smooth activations have in common."""

from collections.abc import Iterator, Sequence
from math import prod
from typing import TYPE_CHECKING, ClassVar

from ..steps import Step, Unitwise
from ..steps.functions import Function
from .activation import Activation
from .layer import Branch, Layer
from .linear import Linear
from .origin import Shape

if TYPE_CHECKING:
    from ..style import Style


class SmoothActivation(Activation):
    """A smooth function of each unit, in floats with a proved bound on their error."""

    is_homogeneous: ClassVar[bool] = False
    is_smooth: ClassVar[bool] = True
    style: ClassVar[str] = "relu"
    cost: ClassVar[int] = 3
    call: ClassVar[str]
    """The function of ``torch.nn.functional``, applied to ``{}``."""

    @property
    def function(self) -> Function:
        """The function."""
        raise NotImplementedError

    def steps(self, shape: Shape) -> tuple[Step, ...]:
        """Return the function of every unit."""
        return (Unitwise(self.function, prod(shape)),)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.SiLU()`` and the like."""
        return f"nn.{type(self).__name__}()"

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``F.gelu({})`` and the like."""
        return self.call if style.relu in ("functional", "clamp") else None

    @classmethod
    def samples(cls, shape: Shape) -> Sequence[Layer]:  # noqa: ARG003 - others depend on it
        """Return the layer."""
        return (cls(),)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it alone, behind a Linear, and between two."""
        one, own = Linear.ones(1, 1), cls()
        yield from (((*layers,), (1,)) for layers in ((own,), (one, own), (one, own, one)))
