"""Max pools."""

from collections.abc import Callable, Sequence
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

POOLS: dict[int, Callable[..., tuple[Tensor, Tensor]]] = {
    1: functional.max_pool1d,
    2: functional.max_pool2d,
    3: functional.max_pool3d,
}


@dataclass(frozen=True, eq=False)
class MaxPool(PiecewiseLinear):
    """The largest value of each window along the last ``axes`` dimensions; its sizes have one entry for each."""

    axes: int
    kernel: tuple[int, ...]
    stride: tuple[int, ...]
    padding: tuple[int, ...]
    dilation: tuple[int, ...]
    ceil_mode: bool

    def __call__(self, a: Tensor) -> Tensor:
        """Return the winners."""
        return self.winners(a)[0]

    def winners(self, a: Tensor) -> tuple[Tensor, Tensor]:
        """Return the largest value of each window, and where it stands in its plane, counted from 0."""
        sizes = (self.kernel, self.stride, self.padding, self.dilation, self.ceil_mode)
        values, places = POOLS[self.axes](a, *sizes, return_indices=True)
        return values, places

    def windows(self, a: Tensor) -> Tensor:
        """Return what competes in each window, (B, k, m) for m windows of k entries; padding never wins."""
        size, out = a.shape[-self.axes :], self.winners(a)[0].shape[-self.axes :]
        reach = [d * (k - 1) + 1 for k, d in zip(self.kernel, self.dilation, strict=True)]
        sides: list[int] = []
        for n, m, k, s, p in zip(size, out, reach, self.stride, self.padding, strict=True):
            sides = [p, (m - 1) * s + k - n - p, *sides]
        parts = functional.pad(a, sides, value=torch.finfo(a.dtype).min / 8)
        first = a.dim() - self.axes
        for axis, (m, k, s, d) in enumerate(zip(out, reach, self.stride, self.dilation, strict=True), start=first):
            parts = parts.unfold(axis, k, s).narrow(axis, 0, m)[..., ::d]
        # (B, C, *windows, *kernel) becomes (B, kernel, C · windows).
        return parts.flatten(first + self.axes).flatten(1, -2).transpose(1, 2)

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
