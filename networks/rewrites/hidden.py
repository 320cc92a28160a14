"""Hidden units: the rows that make them, and the columns that read them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..errors import DoesNotApply
from ..layers import Array, Branch, Weighted, as_weighted
from ..network import Network
from .sites import Site, affine, require


@dataclass(frozen=True, eq=False)
class Units:
    """Units, or channels: ``rows`` (n, in, *kernel), ``bias`` (n,), and how they are ``read`` (n, out, places)."""

    rows: Array
    bias: Array
    read: Array

    def at(self, order: list[int]) -> "Units":
        """Return some of the units, in this order."""
        return Units(self.rows[order], self.bias[order], self.read[order])

    def plus(self, other: "Units") -> "Units":
        """Return these units with others behind them."""
        return Units(
            np.concatenate([self.rows, other.rows]),
            np.concatenate([self.bias, other.bias]),
            np.concatenate([self.read, other.read]),
        )

    def blank(self) -> "Units":
        """Return one unit that reads nothing and is not read."""
        return Units(np.zeros_like(self.rows[:1]), np.zeros(1), np.zeros_like(self.read[:1]))


@dataclass(frozen=True)
class Hidden:
    """A layer of hidden units at ``site``, the layers ``between`` it and the layer ``above`` that reads them."""

    site: Site
    below: Weighted
    between: Branch
    above: Weighted

    @cached_property
    def units(self) -> Units:
        """The units, in fresh arrays: behind a Flatten, the columns that belong to a channel are its places."""
        read = self.above.array.reshape(len(self.above.bias), len(self.below.bias), -1)
        return Units(self.below.array, self.below.bias_array, read.swapaxes(0, 1).copy())

    def with_units(self, units: Units, bias_above: Array | None = None) -> Network:
        """Return the network with other units, and another bias in the layer above."""
        kernel = self.above.array.shape[2:]
        read = units.read.swapaxes(0, 1).reshape(len(self.above.bias), -1, *kernel)
        below = self.below.with_weight(units.rows, units.bias)
        above = self.above.with_weight(read, self.above.bias_array if bias_above is None else bias_above)
        return self.site.replace(below, *self.between, above, dropped=len(self.between) + 2)


def hidden(network: Network, layer: int, *units: int, of_any: bool = False) -> Hidden:
    """Return a layer with ``units`` that have no readers but one layer above; a ReLU stands between.

    ``of_any``: or a smooth activation, where it does not matter which function of each unit that is.
    """
    site, below = affine(network, layer)
    between = _run(site.behind, smooth=of_any)
    is_active = any(passed.rectifies or passed.is_smooth for passed in between)
    require(is_active, f"layer {layer} has no ReLU behind it")
    for unit in units:
        require(0 <= unit < len(below.bias), f"layer {layer} has no unit {unit}")
    above = as_weighted(site.behind[len(between)]) if len(between) < len(site.behind) else None
    if above is None or above.is_transposed:
        raise DoesNotApply(f"layer {layer} is not hidden: no layer above reads its units alone")
    require(above.groups == 1, f"layer {layer + 1} is a convolution in groups")
    return Hidden(site, below, between, above)


def at_middle(weight: Array) -> Array:
    """Return, as a view (a, b), the middle place of ``weight`` (a, b, *kernel), which sees more than padding."""
    flat = weight.reshape(*weight.shape[:2], -1)
    return flat[:, :, flat.shape[2] // 2]


def _run(layers: Branch, *, smooth: bool) -> Branch:
    passes = (layer.is_channelwise or (smooth and layer.is_smooth) for layer in layers)
    length = next((i for i, passed in enumerate(passes) if not passed), len(layers))
    return layers[:length]
