"""Normalisations of groups of channels, and of each channel of an image, by their own statistics."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import gcd, prod
from typing import ClassVar

import numpy as np

from ..errors import AxiomcheckError
from .batchnorm import EPS
from .channels import pick
from .flatten import Flatten
from .item import Item
from .layer import Branch, Layer, require_fit
from .linear import Linear
from .norm import Norm, uneven
from .origin import Origin, Shape


class ChannelNorm(Norm):
    """What normalises groups of whole channels, with a weight and a bias for each channel."""

    centres: ClassVar[bool] = True

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape."""
        channels = len(self.weight)
        require_fit(shape[0] == channels, self, shape, f"it reads {channels} channels")
        require_fit(prod(shape) > self.groups, self, shape, "one unit alone has no deviation")
        return shape

    def flatten(self, shape: Shape) -> Branch:
        """Return the same groups of flat units."""
        weight, bias = (tuple(np.repeat(each, prod(shape[1:])).tolist()) for each in (self.weight, self.bias))
        return (GroupNorm(weight, bias, self.eps, self.groups),)


@dataclass(frozen=True)
class GroupNorm(ChannelNorm):
    """``a = (z - mean) / √(variance + eps) · weight + bias`` in each of ``num_groups`` groups (Wu & He 2018)."""

    num_groups: int = 1
    kind: ClassVar[str] = "groupnorm"
    family_item: ClassVar[Item] = Item(
        "groupnorm", "group normalisation", "a group normalisation", "there is a group normalisation", is_curved=True
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.num_groups < 1 or len(self.weight) % self.num_groups:
            raise AxiomcheckError(
                f"Expected groups of equal size but got {self.num_groups} of {len(self.weight)} channels"
            )

    @property
    def groups(self) -> int:
        """How many groups there are."""
        return self.num_groups

    @property
    def _arguments(self) -> tuple[str, ...]:
        return str(self.num_groups), str(len(self.weight))

    @property
    def surcharge(self) -> int:
        """One for each group beyond the first, and for another eps."""
        return super().surcharge + self.num_groups - 1

    def restrict_inputs(self, origin: Origin) -> tuple[Layer, Origin]:
        """Return it with the channels that are left, in groups that they fill."""
        kept = origin.channels
        weight, bias = pick(self.weight, kept), pick(self.bias, kept)
        return replace(self, weight=weight, bias=bias, num_groups=gcd(self.num_groups, len(kept))), origin

    def plainer(self) -> Iterator[Layer]:
        """Yield it with one group, and with the eps of PyTorch."""
        if self.num_groups > 1:
            yield replace(self, num_groups=1)
        yield from super().plainer()

    @classmethod
    def samples(cls, shape: Shape) -> Sequence[Layer]:
        """Return it with one group, with two, with as many as there are channels, each of two units or more."""
        channels = shape[0]
        counts = [count for count in (1, 2, channels) if not channels % count and count < prod(shape)]
        plain, numbers = cls.of(channels, EPS), uneven(channels)
        kinds = plain, cls(*numbers, EPS), cls(*numbers, 0.5)
        return tuple(replace(kind, num_groups=count) for count in dict.fromkeys(counts) for kind in kinds)


@dataclass(frozen=True)
class InstanceNorm(ChannelNorm):
    """``a = (z - mean) / √(variance + eps) · weight + bias`` in each channel of an image (Ulyanov et al. 2016)."""

    kind: ClassVar[str] = "instancenorm"
    family_item: ClassVar[Item] = Item(
        "instancenorm",
        "instance normalisation",
        "an instance normalisation",
        "there is an instance normalisation",
        is_curved=True,
    )

    @property
    def groups(self) -> int:
        """One for each channel."""
        return len(self.weight)

    def shape_after(self, shape: Shape) -> Shape:
        """Return the same shape, of an image."""
        require_fit(len(shape) > 1, self, shape, "it reads images")
        return super().shape_after(shape)

    def _name(self, shape: Shape) -> str:
        return f"InstanceNorm{max(len(shape) - 1, 1)}d"

    @property
    def _arguments(self) -> tuple[str, ...]:
        return str(len(self.weight)), "affine=True"

    @classmethod
    def samples(cls, shape: Shape) -> Sequence[Layer]:
        """Return it with weights of 1 and with others, and with an eps that counts; none of vectors."""
        if len(shape) == 1 or prod(shape[1:]) < 2:
            return ()
        numbers = uneven(shape[0])
        return cls.of(shape[0], EPS), cls(*numbers, EPS), cls(*numbers, 0.5)

    @classmethod
    def skeletons(cls) -> Iterator[tuple[Branch, Shape]]:
        """Yield a difference of the two places of one channel."""
        yield (cls.of(1), Flatten(), Linear.ones(2, 1)), (1, 2)
