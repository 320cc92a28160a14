"""What convolutions over one to three dimensions, and their transposes, have in common."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np

from ..errors import AxiomcheckError
from ..steps import Affine
from .layer import Branch, Layer, require_fit
from .linear import Linear
from .origin import Shape
from .values import Array, Vector, frozen
from .weighted import Weighted
from .windows import Geometry

if TYPE_CHECKING:
    from ..style import Style


@dataclass(frozen=True)
class Convolution(Weighted):
    """What both have: a ``weight`` of nested tuples, a ``bias`` (out,), and a geometry of one entry a dimension.

    A ``dilation`` that is not said is 1.
    """

    weight: Any
    bias: Vector
    stride: Shape
    padding: Shape
    groups: int = 1
    dilation: Shape = ()
    name: ClassVar[str]
    """What PyTorch calls it, less its dimensions."""
    function: ClassVar[str]
    """What its function is called, less its dimensions."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", frozen(self.weight))
        object.__setattr__(self, "bias", frozen(self.bias))
        dimensions = _of_equal_rows(self.weight).ndim - 2
        if not self.dilation:
            object.__setattr__(self, "dilation", (1,) * max(dimensions, 0))
        if dimensions not in (1, 2, 3) or any(len(sizes) != dimensions for sizes in self._sizes.values()):
            raise AxiomcheckError(
                "Expected a kernel, a stride and a padding of one to three dimensions but got "
                f"{self.kernel}, {self._geometry_text}"
            )
        if self.groups < 1 or self.in_channels % self.groups or self.out_channels % self.groups:
            raise AxiomcheckError(f"Expected groups that divide the channels but got groups={self.groups}")
        if len(self.bias) != self.out_channels or min(self.stride + self.dilation) < 1 or min(self.padding) < 0:
            raise AxiomcheckError(
                f"Expected a bias for each of {self.out_channels} channels, strides of at least 1, paddings of at "
                f"least 0 and dilations of at least 1 but got bias={self.bias}, {self._geometry_text}"
            )

    @property
    def _sizes(self) -> Mapping[str, Shape]:
        """The geometry that has one entry for each dimension."""
        return {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}

    @property
    def _geometry_text(self) -> str:
        return ", ".join(f"{name}={sizes}" for name, sizes in self._sizes.items())

    @cached_property
    def geometry(self) -> Geometry:
        """How its kernel goes over the places."""
        return Geometry(self.kernel, self.stride, self.padding, self.dilation)

    @classmethod
    def of(cls, weight: Any, bias: Any = None, stride: int = 1, padding: int = 0, groups: int = 1) -> Self:
        """Return the layer of an array or nested lists, the same stride and padding in every dimension."""
        array = _of_equal_rows(weight)
        dimensions = max(array.ndim - 2, 0)
        out = array.shape[1] * groups if cls.is_transposed and dimensions else len(array)
        bias = (0.0,) * out if bias is None else bias
        return cls(frozen(array), frozen(bias), (stride,) * dimensions, (padding,) * dimensions, groups)

    @cached_property
    def kernel(self) -> Shape:
        """Its size along each dimension."""
        sizes, inner = [], self.weight[0][0]
        while isinstance(inner, tuple):
            sizes.append(len(inner))
            inner = inner[0]
        return tuple(sizes)

    @property
    def kind(self) -> str:
        """``conv2d`` and the like."""
        return f"{self.name.lower()}{len(self.stride)}d"

    @classmethod
    def kinds(cls) -> tuple[str, ...]:
        """Return its kinds over one to three dimensions."""
        return tuple(f"{cls.name.lower()}{dimensions}d" for dimensions in (1, 2, 3))

    @property
    @abstractmethod
    def in_channels(self) -> int:
        """The number of channels it reads."""

    @property
    @abstractmethod
    def out_channels(self) -> int:
        """The number of channels it has."""

    @property
    def is_padded(self) -> bool:
        """Whether it reads zeros that are no inputs."""
        return any(self.padding)

    @property
    def extent(self) -> int:
        """The sizes of its geometry, what is dilated, and the groups beyond one."""
        sizes = sum(self.kernel) + sum(self.stride) + sum(self.padding)
        return sizes + sum(self.dilation) - len(self.dilation) + self.groups - 1

    @property
    def surcharge(self) -> int:
        """One for a dilation."""
        return int(max(self.dilation) > 1)

    @property
    def options(self) -> tuple[str, ...]:
        """What is unusual about its geometry."""
        depthwise = self.groups == self.in_channels > 1
        chosen = {
            "strided": max(self.stride) > 1,
            "stride 3": max(self.stride) > 2,
            "dilated": any(d > 1 < k for d, k in zip(self.dilation, self.kernel, strict=True)),
            "grouped": self.groups > 1 and not depthwise,
            "depthwise": depthwise,
            "padded": max(self.padding) > 0,
            "kernel of 4 or 5": max(self.kernel) > 3,
        }
        return tuple(name for name, is_chosen in chosen.items() if is_chosen)

    def constructor(self, shape: Shape) -> str:
        """Return ``nn.Conv2d(in, out, kernel, …)``, what is usual left out."""
        arguments = [f"{self.in_channels}, {self.out_channels}, {size_text(self.kernel)}"]
        arguments += [f"stride={size_text(self.stride)}"] if max(self.stride) > 1 else []
        arguments += self._padding_arguments
        arguments += [f"groups={self.groups}"] if self.groups > 1 else []
        arguments += [f"dilation={size_text(self.dilation)}"] if max(self.dilation) > 1 else []
        arguments += [] if self.has_bias else ["bias=False"]
        return f"nn.{self.name}{len(self.stride)}d({', '.join(arguments)})"

    @property
    def _padding_arguments(self) -> list[str]:
        return [f"padding={size_text(self.padding)}"] if any(self.padding) else []

    def _spatial(self, shape: Shape) -> Shape:
        dimensions = len(self.stride)
        wanted = f"it reads {self.in_channels} channels in {dimensions} dimensions"
        fits = len(shape) == dimensions + 1 and shape[0] == self.in_channels
        require_fit(fits, self, shape, wanted)
        return shape[1:]

    def functional(self, style: "Style", name: str) -> str | None:
        """Return ``F.conv2d({}, weight, bias, …)``."""
        if style.linear != "functional":
            return None
        parameters = f"self.{name}_weight{f', self.{name}_bias' * self.has_bias}"
        dilation = f", dilation={self.dilation}" if max(self.dilation) > 1 else ""
        geometry = f"stride={self.stride}, {self._padding_call}, groups={self.groups}{dilation}"
        return f"F.{self.function}{len(self.stride)}d({self._padded_input}, {parameters}, {geometry})"

    @property
    def _padding_call(self) -> str:
        return f"padding={self.padding}"

    @property
    def _padded_input(self) -> str:
        """The input of its function, ``{}``, padded where the function cannot do that."""
        return "{}"

    def flatten(self, shape: Shape) -> Branch:
        """Return it as a Linear."""
        return (Linear.of(self.affine(shape)),)

    def plainer(self) -> Iterator[Layer]:
        """Yield it with a smaller kernel, the boldest first, without padding, with the usual stride."""
        dimensions = len(self.kernel)
        if max(self.kernel) > 1:
            yield self._of_one_place()
        for axis, size in enumerate(self.kernel):
            for place in range(size if size > 1 else 0):
                yield self._cut(axis, slice(place, place + 1))
            yield from self.shorten(axis) if size > 1 else ()
        yield replace(self, padding=(0,) * dimensions)
        yield replace(self, stride=(1,) * dimensions)
        yield replace(self, dilation=(1,) * dimensions)

    def shorten(self, axis: int) -> Iterator[Layer]:
        """Yield it with a kernel smaller by one along an axis, at either end."""
        size = self.kernel[axis]
        yield from (self._cut(axis, part) for part in (slice(0, size - 1), slice(1, size)))

    def _of_one_place(self) -> Self:
        """Return it without padding and with one place of its kernel: the one that padding puts on the input."""
        first = tuple(min(p // d, k - 1) for p, k, d in zip(self.padding, self.kernel, self.dilation, strict=True))
        weight = self.array[(slice(None), slice(None), *(slice(i, i + 1) for i in first))]
        return replace(self, weight=frozen(weight), padding=(0,) * len(first))

    def _cut(self, axis: int, part: slice) -> Self:
        places: list[slice] = [slice(None)] * (len(self.kernel) + 2)
        places[axis + 2] = part
        return replace(self, weight=frozen(self.array[tuple(places)]))


def _of_equal_rows(weight: Any) -> Array:
    try:
        return np.array(weight, dtype=np.float64)
    except ValueError as error:
        raise AxiomcheckError(f"Expected a weight of equally long rows but got weight={weight!r}") from error


def dense(layer: Convolution, weight: Array, covered: Array, sizes: Shape, *, transposed: bool) -> Affine:
    """Return the affine step of ``weight`` (out, in / groups, *kernel); ``sizes`` are places before and after."""
    before, after = sizes
    dense = np.zeros((layer.in_channels, before, layer.out_channels, after))
    window, position = np.nonzero(covered >= 0)
    place = covered[window, position]
    rows, columns = (window, place) if transposed else (place, window)
    flat = weight.reshape(*weight.shape[:2], -1)
    out_of_group = layer.out_channels // layer.groups
    for out in range(layer.out_channels):
        for i in range(weight.shape[1]):
            source = (out // out_of_group) * weight.shape[1] + i
            np.add.at(dense[source, :, out], (rows, columns), flat[out, i, position])
    matrix = dense.reshape(layer.in_channels * before, layer.out_channels * after)
    return Affine.of_floats(matrix, np.repeat(np.array(layer.bias), after))


def size_text(sizes: Shape) -> str:
    """Return a geometry as code has it: one number where all are the same."""
    return str(sizes[0]) if len(set(sizes)) == 1 else str(sizes)
