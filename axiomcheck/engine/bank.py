"""Bank: cases that were drawn are kept, with all that was worked out about them, for whoever draws them again.

A case follows from its drawer, its family and its bytes, whoever is asked about it. Networks, their code, exact
outputs, kinks and margins are computed once for all explainers that meet it in one process.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from ..networks import Case, Family

Drawer = Callable[[bytes, Family], Case]
SIZE = 2048
"""How many cases are kept: those of one search and one screen, whose explainers are asked in turn."""


@dataclass(frozen=True)
class Bank:
    """The last cases that were drawn, at most ``size``; the oldest goes first."""

    size: int = SIZE
    cases: OrderedDict[tuple[Drawer, Family, bytes], Case] = field(default_factory=OrderedDict)

    def draw(self, drawer: Drawer, family: Family, block: bytes) -> Case:
        """Return the case of a block, the same object as long as it is kept."""
        key = (drawer, family, block)
        if key in self.cases:
            self.cases.move_to_end(key)
            return self.cases[key]
        case = self.cases[key] = drawer(block, family)
        if len(self.cases) > self.size:
            self.cases.popitem(last=False)
        return case


BANK = Bank()
"""The bank of this process. Explainers get copies of what it holds, and can reach none of it."""
