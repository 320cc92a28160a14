"""What pools over windows of one size have in common."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import TYPE_CHECKING, ClassVar

from ..errors import AxiomcheckError
from .channels import per_channel, per_place
from .convolution import size_text
from .flatten import Flatten
from .layer import Branch, Layer, require_fit
from .origin import Origin, Places, Shape
from .places import of_windows
from .values import Array
from .windows import places_after, windows

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class Pool(Layer):
    """``kernel`` and ``stride``, one entry a dimension; what windows of equal numbers give is that number."""

    kernel: Shape
    stride: Shape
    is_homogeneous: ClassVar[bool] = True
    keeps_signs: ClassVar[bool] = True
    style: ClassVar[str] = "pool"
    cost: ClassVar[int] = 2
    name: ClassVar[str]
    """What PyTorch calls it, less its dimensions."""
    function: ClassVar[str]
    """What its function is called, less its dimensions."""

    def __post_init__(self) -> None:
        if len(self.kernel) not in (1, 2) or len(self.stride) != len(self.kernel):
            raise AxiomcheckError(
                f"Expected a kernel and a stride of one or two dimensions but got {self.kernel} and {self.stride}"
            )
        if min(self.kernel + self.stride) < 1:
            raise AxiomcheckError(f"Expected sizes of at least 1 but got kernel={self.kernel}, stride={self.stride}")

    @property
    def kind(self) -> str:
        """``maxpool2d`` and the like."""
        return f"{self.name.lower()}{len(self.kernel)}d"

    @classmethod
    def kinds(cls) -> tuple[str, ...]:
        """Return its kinds over one and two dimensions."""
        return tuple(f"{cls.name.lower()}{dimensions}d" for dimensions in (1, 2))

    @property
    def traits(self) -> tuple[str, ...]:
        """Whether its windows overlap, or leave gaps."""
        pairs = [*zip(self.kernel, self.stride, strict=True)]
        overlap = ("windows overlap",) if any(stride < size for size, stride in pairs) else ()
        return (*overlap, *(("windows leave gaps",) if any(stride > size for size, stride in pairs) else ()))

    @property
    def extent(self) -> int:
        """The sizes of its geometry."""
        return sum(self.kernel) + sum(self.stride)

    @property
    def window(self) -> Shape:
        """Its kernel."""
        return self.kernel

    def shape_after(self, shape: Shape) -> Shape:
        """Return (channels, *places) for (channels, *spatial)."""
        dimensions = len(self.kernel)
        require_fit(len(shape) == dimensions + 1, self, shape, f"it reads channels in {dimensions} dimensions")
        after = places_after(shape[1:], self.kernel, self.stride, (0,) * dimensions)
        require_fit(min(after) > 0, self, shape, f"a kernel of {size_text(self.kernel)} is too large")
        return (shape[0], *after)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.MaxPool2d(kernel, stride=…)``."""
        stride = f", stride={size_text(self.stride)}" if self.stride != self.kernel else ""
        return f"nn.{self.name}{len(self.kernel)}d({size_text(self.kernel)}{stride})"

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``F.max_pool2d({}, kernel, stride=…)``."""
        if style.pool != "functional":
            return None
        return f"F.{self.function}{len(self.kernel)}d({{}}, {self.kernel}, stride={self.stride})"

    def window_places(self, shape: Shape) -> list[tuple[int, ...]]:
        """Return the flat places of each window on inputs of ``shape``."""
        covered = windows(shape[1:], self.kernel, self.stride, (0,) * len(self.kernel))
        places = prod(shape[1:])
        return [tuple(window) for channel in range(shape[0]) for window in (covered + channel * places).tolist()]

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it along the axes that are left."""
        old = self.shape_after(origin.old)
        kept = of_windows(origin.axes[1:], old[1:], self.kernel, self.stride, (0,) * len(self.kernel))
        new = replace(self, kernel=kept.of(self.kernel), stride=kept.of(self.stride))
        return new, Origin(old, (origin.channels, *kept.axes))

    def restrict_outputs(self, kept: Places) -> Layer:
        """Return the same pool, which reads fewer channels."""
        return self

    def shift(self, by: Array, shape: Shape) -> tuple[Layer, Array | None]:
        """Return the pool, and the same shift of each channel behind it."""
        return self, per_place(per_channel(by, shape), self.shape_after(shape))

    def plainer(self) -> Iterator[Layer]:
        """Yield it with smaller windows, apart or not, and with usual strides."""
        for axis, size in enumerate(self.kernel):
            for smaller in self.shorten(axis) if size > 1 else ():
                yield from (replace(smaller, stride=smaller.kernel), smaller)
        yield replace(self, stride=self.kernel)
        yield replace(self, stride=(1,) * len(self.kernel))

    def shorten(self, axis: int) -> Iterator["Pool"]:
        """Yield it with windows smaller by one along an axis."""
        yield replace(self, kernel=(*self.kernel[:axis], self.kernel[axis] - 1, *self.kernel[axis + 1 :]))

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it on two places."""
        yield ((cls((2,), (2,)), Flatten()), (1, 2))
