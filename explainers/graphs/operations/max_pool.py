"""Max pools."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import torch
from torch import Tensor
from torch.nn import functional

from ...protocol import Unsupported
from ..envelope import crossings
from ..quotient import quotient
from .affine_map import Share
from .operation import Change, Messages, PiecewiseLinear, SignedChange
from .segments import ends


@dataclass(frozen=True, eq=False)
class MaxPool(PiecewiseLinear):
    """The largest value of each window: along rows and columns, or along one axis if ``axes`` is 1."""

    axes: int
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    ceil_mode: bool

    def __call__(self, a: Tensor) -> Tensor:
        """Return the winners."""
        return self.winners(a)[0]

    def winners(self, a: Tensor) -> tuple[Tensor, Tensor]:
        """Return the largest value of each window, and where it stands in its plane, counted from 0."""
        planes = a.unsqueeze(-2) if self.axes == 1 else a
        sizes = (self.kernel, self.stride, self.padding, self.dilation, self.ceil_mode)
        values, places = functional.max_pool2d(planes, *sizes, return_indices=True)
        return (values.squeeze(-2), places.squeeze(-2)) if self.axes == 1 else (values, places)

    def windows(self, a: Tensor) -> Tensor:
        """Return what competes in each window, (B, k, m) for m windows of k entries; padding never wins."""
        planes = a.unsqueeze(-2) if self.axes == 1 else a
        (_, _, *size), (_, _, *out) = planes.shape, self.winners(planes if self.axes == 2 else a)[0].shape
        out = [1, *out] if self.axes == 1 else out
        sides: list[int] = []
        for n, m, k, s, p, d in zip(size, out, self.kernel, self.stride, self.padding, self.dilation, strict=True):
            sides = [p, (m - 1) * s + d * (k - 1) + 1 - n - p, *sides]
        padded = functional.pad(planes, sides, value=torch.finfo(a.dtype).min / 8)
        parts = functional.unfold(padded, self.kernel, self.dilation, stride=self.stride)
        return parts.reshape(len(a), planes.shape[1], -1, parts.shape[-1]).transpose(1, 2).flatten(2)

    def relevance(self, entering: Sequence[Any], leaving: Any, message: Tensor, share: Share) -> Messages:
        """Give the winner all (Lapuschkin et al. 2016)."""
        return self.vjp(entering, message)

    def multipliers(self, change: Change, message: Tensor) -> Messages:
        """Split Δa: what was gained goes to the winner at x, what was lost to that at x̃ (Lundberg & Lee 2017)."""
        z, reference, (slope,) = change.entering[0], change.entering_at_reference[0], self.vjp(change.entering, message)
        assert slope is not None
        return [quotient(self._awards(z, reference, message), z - reference, slope)]

    def _awards(self, z: Tensor, reference: Tensor, message: Tensor) -> Tensor:
        """Return m·Δa for each entry that enters: gains where the winner at x stands, losses where that at x̃ stood."""
        (a, winner), (before, previous) = self.winners(z), self.winners(reference)
        larger, plane = torch.maximum(a, before), -self.axes
        awards = torch.zeros_like(z).flatten(plane)
        for places, part in ((winner, larger - before), (previous, a - larger)):
            awards = awards.scatter_add(-1, places.flatten(plane), (message * part).flatten(plane))
        return awards.reshape(z.shape)

    def signed_change(self, changes: Sequence[Any], at_reference: Sequence[Any]) -> NoReturn:
        """Raise: Shrikumar et al. 2017 do not speak of it."""
        raise Unsupported("the reveal-cancel rule knows no MaxPool")

    def signed_multipliers(self, change: SignedChange, message: Tensor) -> NoReturn:
        """Raise for the same reason."""
        self.signed_change(change.entering_changes, change.entering)

    def bends(self, entering: Tensor, rows: int) -> Tensor:
        """Return where another entry of a window becomes the largest."""
        return crossings(*ends(self.windows(entering), rows))
