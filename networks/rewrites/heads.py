"""Rewrites of attention that change its heads, its scores or its code, and no value."""

from abc import abstractmethod
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from ..layers import Attention
from ..network import Network
from .rewrite import Rewrite
from .sites import place, places, require


@dataclass(frozen=True)
class OfAttention(Rewrite):
    """A rewrite of one self-attention, the ``block``-th of the network."""

    block: int
    where: ClassVar[str] = "block"

    @classmethod
    def count(cls, network: Network) -> int:
        """Return the number of attentions."""
        return len(places(network, Attention))

    @abstractmethod
    def changed(self, attention: Attention) -> Attention:
        """Return the layer that computes the same; raise ``DoesNotApply`` where the side condition does not hold."""

    def apply(self, network: Network) -> Network:
        """Return the network with the other layer."""
        site, attention = place(network, self.block, Attention, "attention")
        changed = self.changed(attention)
        require(changed != attention, f"attention {self.block} is the same")
        return site.replace(changed)


class SwapHeads(OfAttention):
    """Two heads in the other order. What leaves is Σ_h A_h (X V_hᵀ) O_hᵀ: a sum has no order."""

    name = "swap-heads"

    def changed(self, attention: Attention) -> Attention:
        """Return the layer with the units of the second head first."""
        require(attention.heads == 2, f"attention {self.block} has no two heads")
        query, key, value = (_halves_swapped(part) for part in attention.parts[:3])
        out = tuple(map(_halves_swapped, attention.out))
        bias = _halves_swapped(attention.key_bias)
        return replace(attention, query=query, key=key, value=value, out=out, key_bias=bias)


def _halves_swapped(units: tuple) -> tuple:  # type: ignore[type-arg]  # of numbers, or of rows
    half = len(units) // 2
    return (*units[half:], *units[:half])


@dataclass(frozen=True)
class DeadHead(OfAttention):
    """A second head, the first one's but for values of 0 or outputs of 0: its summand A (X V ᵀ) Oᵀ is 0, whatever A is.

    ``value`` > 0 is the weight of its values, which nobody reads; else it has none, and -``value`` is that of its
    outputs. Each head has as many keys as before, so that the root under its scores is the same.
    """

    value: float
    name: ClassVar[str] = "dead-head"

    def changed(self, attention: Attention) -> Attention:
        """Return the layer with the head."""
        require(attention.heads == 1, f"attention {self.block} has two heads")
        values, outputs = (self.value, 0.0) if self.value > 0 else (0.0, -self.value)
        dead = tuple(tuple(values * weight for weight in row) for row in attention.value)
        return replace(
            attention,
            query=(*attention.query, *attention.query),
            key=(*attention.key, *attention.key),
            value=(*attention.value, *dead),
            out=tuple((*row, *(outputs * weight for weight in row)) for row in attention.out),
            key_bias=(*attention.key_bias, *attention.key_bias),
            heads=2,
            written="plain" if attention.written == "module" else attention.written,
        )


@dataclass(frozen=True)
class KeyShift(OfAttention):
    """``value`` is added to one unit of all keys: q_i · k_j grows by q_i · b, which is the same for all j.

    The softmax over j takes off what its arguments have in common, of those that a mask leaves as well.
    """

    unit: int
    value: float
    name: ClassVar[str] = "key-shift"

    @classmethod
    def choices(cls, network: Network, number: int) -> dict[str, int]:
        """Return how many keys there are."""
        _, attention = place(network, number, Attention, "attention")
        return {"unit": len(attention.key)}

    def changed(self, attention: Attention) -> Attention:
        """Return the layer with the bias."""
        require(0 <= self.unit < len(attention.key), f"attention {self.block} has no unit {self.unit}")
        bias = list(attention.key_bias or (0.0,) * len(attention.key))
        bias[self.unit] += self.value
        return replace(attention, key_bias=tuple(bias))


class Written(OfAttention):
    """The same attention in another form of code."""

    level: ClassVar[Literal["function", "code"]] = "code"
    written: ClassVar[str]

    def changed(self, attention: Attention) -> Attention:
        """Return the layer, written otherwise."""
        fits = self.written != "module" or attention.fits_torch
        require(fits, f"attention {self.block} has sizes that nn.MultiheadAttention has not")
        return replace(attention, written=self.written)


class AttentionWritten(Written):
    """Products and a softmax, written out."""

    name = "style-attention-written"
    written = "plain"


class AttentionFused(Written):
    """``F.scaled_dot_product_attention``."""

    name = "style-attention-fused"
    written = "fused"


class AttentionModule(Written):
    """``nn.MultiheadAttention``, where it has the same sizes."""

    name = "style-attention-module"
    written = "module"
