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
from .windows import Geometry, places_after, windows

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class Pool(Layer):
    """``kernel``, ``stride`` and ``padding``, one entry a dimension; a padding that is not said is 0.

    What windows of equal numbers give is that number, unless zeros of a padding are averaged with them. With
    ``ceil_mode`` windows go beyond the end, as long as they begin inside.
    """

    kernel: Shape
    stride: Shape
    padding: Shape = ()
    ceil_mode: bool = False
    is_homogeneous: ClassVar[bool] = True
    keeps_signs: ClassVar[bool] = True
    style: ClassVar[str] = "pool"
    cost: ClassVar[int] = 2
    name: ClassVar[str]
    """What PyTorch calls it, less its dimensions."""
    function: ClassVar[str]
    """What its function is called, less its dimensions."""

    def __post_init__(self) -> None:
        if not self.padding:
            object.__setattr__(self, "padding", (0,) * len(self.kernel))
        if len(self.kernel) not in (1, 2, 3) or {len(self.stride), len(self.padding)} != {len(self.kernel)}:
            raise AxiomcheckError(
                f"Expected a kernel and a stride of one to three dimensions but got {self.kernel} and {self.stride}"
            )
        if min(self.kernel + self.stride) < 1:
            raise AxiomcheckError(f"Expected sizes of at least 1 but got kernel={self.kernel}, stride={self.stride}")
        if any(not 0 <= 2 * p <= k for p, k in zip(self.padding, self.kernel, strict=True)):
            raise AxiomcheckError(
                f"Expected a padding of at most half of the kernel but got padding={self.padding}, kernel={self.kernel}"
            )

    @property
    def kind(self) -> str:
        """``maxpool2d`` and the like."""
        return f"{self.name.lower()}{len(self.kernel)}d"

    @classmethod
    def kinds(cls) -> tuple[str, ...]:
        """Return its kinds over one to three dimensions."""
        return tuple(f"{cls.name.lower()}{dimensions}d" for dimensions in (1, 2, 3))

    @property
    def extent(self) -> int:
        """The sizes of its geometry."""
        return sum(self.kernel) + sum(self.stride) + sum(self.padding)

    @property
    def surcharge(self) -> int:
        """One for each of padding and ceil mode."""
        return any(self.padding) + self.ceil_mode

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about its windows."""
        chosen = {
            "overlapping": any(s < k for s, k in zip(self.stride, self.kernel, strict=True)),
            "padded": any(self.padding),
            "ceil mode": self.ceil_mode,
        }
        return tuple(name for name, is_chosen in chosen.items() if is_chosen)

    @property
    def geometry(self) -> Geometry:
        """How its windows go over the places."""
        return Geometry(self.kernel, self.stride, self.padding, (1,) * len(self.kernel))

    @property
    def is_even(self) -> bool:
        """Whether all its windows hold as many places, all of them inputs."""
        return not any(self.padding) and not self.ceil_mode

    @property
    def window(self) -> Shape:
        """Its kernel."""
        return self.kernel

    def shape_after(self, shape: Shape) -> Shape:
        """Return (channels, *places) for (channels, *spatial)."""
        dimensions = len(self.kernel)
        require_fit(len(shape) == dimensions + 1, self, shape, f"it reads channels in {dimensions} dimensions")
        after = places_after(shape[1:], self.geometry, self.behind(shape[1:]))
        require_fit(min(after) > 0, self, shape, f"a kernel of {size_text(self.kernel)} is too large")
        return (shape[0], *after)

    def behind(self, spatial: Shape) -> Shape:
        """Return the padding behind the last place: with ``ceil_mode`` as far as the last window reaches.

        It is negative where the last places are in no window.
        """
        sizes = zip(spatial, self.kernel, self.stride, self.padding, strict=True)
        return tuple(self._end(*along) for along in sizes) if self.ceil_mode else self.padding

    @staticmethod
    def _end(n: int, kernel: int, stride: int, padding: int) -> int:
        count = -(-(n + 2 * padding - kernel) // stride) + 1
        if (count - 1) * stride >= n + padding:
            count -= 1
        return (count - 1) * stride + kernel - n - padding

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.MaxPool2d(kernel, stride=…)``."""
        stride = [f"stride={size_text(self.stride)}"] if self.stride != self.kernel else []
        padding = [f"padding={size_text(self.padding)}"] if any(self.padding) else []
        arguments = ", ".join([size_text(self.kernel), *stride, *padding, *self._flags])
        return f"nn.{self.name}{len(self.kernel)}d({arguments})"

    @property
    def _flags(self) -> list[str]:
        """What is said of it that is no size."""
        return ["ceil_mode=True"] if self.ceil_mode else []

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``F.max_pool2d({}, kernel, stride=…)``."""
        if style.pool != "functional":
            return None
        padding = [f"padding={self.padding}"] if any(self.padding) else []
        arguments = ", ".join([f"{self.kernel}, stride={self.stride}", *padding, *self._flags])
        return f"F.{self.function}{len(self.kernel)}d({{}}, {arguments})"

    def window_places(self, shape: Shape) -> list[tuple[int, ...]]:
        """Return the flat places of each window on inputs of ``shape``, those of padding left out."""
        covered = windows(shape[1:], self.shape_after(shape)[1:], self.geometry)
        inside = [window[window >= 0] for window in covered]
        places = prod(shape[1:])
        return [tuple((window + channel * places).tolist()) for channel in range(shape[0]) for window in inside]

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it along the axes that are left."""
        old = self.shape_after(origin.old)
        new_sizes = [len(axis) if isinstance(axis, tuple) else 1 for axis in origin.axes[1:]]
        kept = of_windows(origin.axes[1:], old[1:], self.geometry, self.behind(tuple(new_sizes)))
        kernel, stride, padding = map(kept.of, (self.kernel, self.stride, self.padding))
        new = replace(self, kernel=kernel, stride=stride, padding=padding)
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
        yield replace(self, padding=(0,) * len(self.kernel))
        yield replace(self, ceil_mode=False)
        yield replace(self, ceil_mode=False, padding=(0,) * len(self.kernel))

    def shorten(self, axis: int) -> Iterator["Pool"]:
        """Yield it with windows smaller by one along an axis."""
        kernel = (*self.kernel[:axis], self.kernel[axis] - 1, *self.kernel[axis + 1 :])
        yield replace(
            self, kernel=kernel, padding=tuple(min(p, k // 2) for p, k in zip(self.padding, kernel, strict=True))
        )

    def unpadded(self) -> Iterator["Pool"]:
        """Yield it without padding, and without windows that go beyond the end."""
        if not self.is_even:
            yield replace(self, padding=(0,) * len(self.kernel), ceil_mode=False)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield it on two places."""
        yield ((cls((2,), (2,)), Flatten()), (1, 2))
