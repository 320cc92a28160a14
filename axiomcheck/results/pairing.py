"""Pairs: two cells that were screened on the same cases, compared case by case."""

from dataclasses import dataclass

from .certificate import Cell

SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Pairing:
    """How many ``cases`` were effective for both of two cells, and how many one of them alone violates.

    >>> Pairing(100, 9, 1).p_value, Pairing(100, 9, 1).difference
    (0.021484375, 0.08)
    """

    cases: int
    first_alone: int
    second_alone: int

    @classmethod
    def of(cls, first: Cell, second: Cell) -> "Pairing | None":
        """Return the pairing of two cells of one axiom, family, seed and distribution; None if no case is common."""
        stretches = zip(first.outcomes.split("/"), second.outcomes.split("/"), strict=False)
        pairs = [pair for both in stretches for pair in zip(*both, strict=False) if "o" not in pair]
        if first.key[1:] != second.key[1:] or not pairs:
            return None
        return cls(len(pairs), pairs.count(("v", "h")), pairs.count(("h", "v")))

    @property
    def p_value(self) -> float:
        """The exact p-value of McNemar's test that both are violated equally often (McNemar 1947)."""
        from scipy.stats import binomtest

        differing = self.first_alone + self.second_alone
        return float(binomtest(self.first_alone, differing).pvalue) if differing else 1.0

    @property
    def is_significant(self) -> bool:
        """Whether chance alone would seldom make them differ so much."""
        return self.p_value < SIGNIFICANT

    @property
    def difference(self) -> float:
        """By what share of the cases the first is violated more often than the second."""
        return (self.first_alone - self.second_alone) / self.cases

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of ``difference``, given in how many cases they differ.

        It is Clopper & Pearson's for the share of those that the first alone violates.
        """
        from scipy.stats import binomtest

        differing = self.first_alone + self.second_alone
        if not differing:
            return 0.0, 0.0
        low, high = binomtest(self.first_alone, differing).proportion_ci(0.95, "exact")
        return (2 * float(low) - 1) * differing / self.cases, (2 * float(high) - 1) * differing / self.cases

    @property
    def sentence(self) -> str:
        """The difference in words, from the first to the second."""
        low, high = sorted((-self.interval[0], -self.interval[1]))
        return (
            f"of {self.cases} common cases {self.first_alone} fail in the first alone and {self.second_alone} in the "
            f"second alone ({-self.difference:+.1%}, 95 % interval {low:+.1%} to {high:+.1%}, "
            f"McNemar p = {self.p_value:.2g})"
        )
