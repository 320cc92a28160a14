"""Pieces: where operations bend, read as they run, so that it does not matter how a model is written.

A ``TorchDispatchMode`` sees every rectifier, bound, maximum and comparison that torch computes, whether a module, a
function, a method or an operator asked for it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from .watching import Watching


@dataclass(frozen=True)
class Pieces(ABC):
    """The linear pieces of an operation's units, for each row of a batch; which one is taken is their choice."""

    values: Tensor

    @abstractmethod
    def choices(self, values: Tensor) -> Tensor:
        """Return which piece each unit takes (rows, n), where these are the values (rows, n, …)."""

    @abstractmethod
    def difference(self, values: Tensor, rows: Tensor, units: Tensor, one: Tensor, other: Tensor) -> Tensor:
        """Return piece ``one`` less piece ``other`` (m,) of ``units`` (m,) in ``rows`` (m,)."""

    @abstractmethod
    def margins(self) -> Tensor:
        """Return how far each unit (rows, n) is from another choice."""


class Sign(Pieces):
    """Units of two pieces, by the sign of ``values`` (rows, n)."""

    def choices(self, values: Tensor) -> Tensor:
        """Return 1 where the value is positive."""
        return (values > 0).to(torch.int64)

    def difference(self, values: Tensor, rows: Tensor, units: Tensor, one: Tensor, other: Tensor) -> Tensor:  # noqa: ARG002
        """Return the values, whatever the pieces."""
        return values[rows, units]

    def margins(self) -> Tensor:
        """Return the values without their signs."""
        return self.values.abs()


class Largest(Pieces):
    """Units that take the largest of ``values`` (rows, n, k)."""

    def choices(self, values: Tensor) -> Tensor:
        """Return the place of the largest."""
        return values.argmax(-1)

    def difference(self, values: Tensor, rows: Tensor, units: Tensor, one: Tensor, other: Tensor) -> Tensor:
        """Return the difference of two candidates."""
        return values[rows, units, one] - values[rows, units, other]

    def margins(self) -> Tensor:
        """Return by how much the largest leads."""
        two = self.values.topk(2, -1).values
        return two[..., 0] - two[..., 1]


Look = Callable[[int, Pieces], None]
"""What is done with the number of an operation that bends, and its pieces."""


class Bends(Watching):
    """While it is entered, ``look`` is called for each operation that bends, in the order in which they run.

    What a batch of ``rows`` is not the first dimension of is left out.
    """

    def __init__(self, rows: int, look: Look) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.rows, self.look, self.number = rows, look, 0

    def __torch_dispatch__(
        self, func: Any, types: Sequence[type], args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        name = func._schema.name.removeprefix("aten::").removesuffix("_")  # noqa: SLF001 - torch's own way to names
        for pieces in _pieces(name, args, dict(kwargs or {}), self.rows):
            self.look(self.number, pieces)
            self.number += 1
        return func(*args, **(kwargs or {}))


def _pieces(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], rows: int) -> Iterator[Pieces]:
    values = args[0] if args else None
    if not isinstance(values, Tensor) or not values.is_floating_point():
        return
    if name in BOUNDED:
        for bound in BOUNDED[name](args[1:], kwargs):
            yield from _sign(values - bound, rows)
    elif name in WINDOWS:
        windows = WINDOWS[name](args, kwargs)
        if windows.shape[0] % rows == 0 and windows.shape[-1] > 1:
            yield Largest(windows.reshape(rows, -1, windows.shape[-1]))


def _sign(values: Tensor, rows: int) -> Iterator[Pieces]:
    if values.dim() and values.shape[0] % rows == 0 and values.numel():
        yield Sign(values.reshape(rows, -1))


def _at(*bounds: float) -> Callable[..., list[Any]]:
    return lambda *_: list(bounds)


def _arguments(*names_and_defaults: tuple[str, Any]) -> Callable[..., list[Any]]:
    """Return what reads arguments by place or name; those that are None are no bounds."""

    def read(args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Any]:
        given = dict(zip((name for name, _ in names_and_defaults), args, strict=False)) | dict(kwargs)
        found = [given.get(name, default) for name, default in names_and_defaults]
        return [bound for bound in found if bound is not None]

    return read


def _around(default: float) -> Callable[..., list[Any]]:
    read = _arguments(("lambd", default))
    return lambda args, kwargs: [bound * sign for bound in read(args, kwargs) for sign in (-1, 1)]


BOUNDED: dict[str, Callable[..., list[Any]]] = {
    **dict.fromkeys(("relu", "leaky_relu", "rrelu_with_noise", "prelu", "_prelu_kernel", "abs", "sign"), _at(0.0)),
    **dict.fromkeys(("elu", "celu", "selu", "heaviside", "sgn"), _at(0.0)),
    "threshold": _arguments(("threshold", 0.0)),
    "hardtanh": _arguments(("min_val", -1.0), ("max_val", 1.0)),
    "relu6": _at(0.0, 6.0),
    **dict.fromkeys(("hardsigmoid", "hardswish"), _at(-3.0, 3.0)),
    **dict.fromkeys(("hardshrink", "softshrink"), _around(0.5)),
    "clamp": _arguments(("min", None), ("max", None)),
    "clamp_min": _arguments(("min", None)),
    "clamp_max": _arguments(("max", None)),
    **dict.fromkeys(("maximum", "minimum", "gt", "ge", "lt", "le", "fmax", "fmin"), _arguments(("other", None))),
}
"""The operations that bend where their first argument meets a bound, and what says which."""


def _along(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Tensor:
    """Return what a maximum along a dimension is taken of, that dimension last."""
    dims = args[1] if len(args) > 1 else kwargs.get("dim", [])
    listed = [dims] if isinstance(dims, int) else list(dims)
    values: Tensor = args[0]
    if len(listed) != 1:
        return values[..., :1]
    return values.movedim(listed[0], -1)


def _windows(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Tensor:
    """Return the windows (B, C, places, k) of a max pool over images or signals."""
    names = ("input", "kernel_size", "stride", "padding", "dilation")
    given = dict(zip(names, args, strict=False)) | kwargs
    values: Tensor = given["input"]
    flat = values.dim() == 3 and len(given["kernel_size"]) == 1
    values = values.unsqueeze(-2) if flat else values
    kernel = _pair(given["kernel_size"], 1, flat=flat)
    stride = _pair(given["stride"], 1, flat=flat) if given.get("stride") else kernel
    padding, dilation = (_pair(given.get(name), least, flat=flat) for name, least in (("padding", 0), ("dilation", 1)))
    padded = functional.pad(values, (padding[1], padding[1], padding[0], padding[0]), value=-torch.inf)
    batch, channels, *_ = padded.shape
    finite = padded.clamp(min=torch.finfo(padded.dtype).min / 4)
    windows = functional.unfold(finite, kernel, dilation=dilation, stride=stride)
    return windows.reshape(batch, channels, kernel[0] * kernel[1], -1).transpose(-1, -2)


def _pair(given: Any, least: int, *, flat: bool) -> tuple[int, int]:
    """Return a size for both directions of an image; of a signal, the ``least`` for the one that it has not."""
    sizes = list(given) if given else [least]
    return (least, sizes[0]) if flat else (sizes[0], sizes[-1])


WINDOWS: dict[str, Callable[..., Tensor]] = {
    **dict.fromkeys(("max_pool2d_with_indices", "max_pool2d", "max_pool1d", "max_pool1d_with_indices"), _windows),
    **dict.fromkeys(("amax", "max.dim"), _along),
}
"""The operations that take a maximum, and what they take it of."""
