"""Rewrites of products of branches."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from ..errors import DoesNotApply
from ..layers import Branch, Product
from ..layers.sequence import scale
from ..network import Network
from .rewrite import Rewrite, is_power_of_two
from .sites import place, places, require


@dataclass(frozen=True)
class OfProduct(Rewrite):
    """A rewrite of one product, the ``block``-th of the network, outer ones first."""

    block: int
    where: ClassVar[str] = "block"

    @classmethod
    def count(cls, network: Network) -> int:
        """Return the number of products."""
        return len(places(network, Product))

    @abstractmethod
    def changed(self, branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
        """Return branches with the same product; raise ``DoesNotApply`` where the side condition does not hold."""

    def apply(self, network: Network) -> Network:
        """Return the network with other branches."""
        site, product = place(network, self.block, Product, "product")
        changed = product.with_branches(self.changed(product.branches))
        require(changed != product, f"product {self.block} is 0 all through")
        return site.replace(changed)


@dataclass(frozen=True)
class ScaleBranches(OfProduct):
    """One branch times c, another over c: (c a) (b / c) = a b, of the first two that take a factor in, c > 0."""

    factor: float
    name: ClassVar[str] = "scale-branches"

    def changed(self, branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
        """Return the branches with the factor, a power of two, and its inverse."""
        what = f"the factor is a power of two other than 1, not {self.factor}"
        require(is_power_of_two(self.factor) and self.factor != 1, what)
        scaled, left = list(branches), [self.factor, 1 / self.factor]
        for number, branch in enumerate(branches):
            try:
                scaled[number] = scale(branch, left[0])
            except DoesNotApply:
                continue
            del left[0]
            if not left:
                return tuple(scaled)
        raise DoesNotApply(f"product {self.block} has no two branches that take a factor in")


class Associate(OfProduct):
    """(a b) c = a (b c): of three branches the last two are multiplied first."""

    name = "associate"

    def changed(self, branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
        """Return the first branch, and the product of the others."""
        require(len(branches) == 3, f"product {self.block} has no three branches")
        return branches[0], (Product(branches[1:]),)
