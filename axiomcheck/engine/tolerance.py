"""Tolerance: which gaps are violations, and of which nobody can say."""

from dataclasses import dataclass
from typing import Literal

from ..axioms import Gap
from ..axioms.arithmetic import ROUNDING, Dtype
from ..explainers import Declaration

LARGEST = 1e300
"""What is larger counts as this: files hold finite numbers."""
NEGLIGIBLE = 1e-9
"""The share of what a network adds up that is next to nothing."""
Kind = Literal["violated", "error", "unsupported", "rejected", "vacuous", "holds", "timed out"]


@dataclass(frozen=True)
class Tolerance:
    """A gap is allowed ``relative`` of its scale; below ``rounding`` of its magnitudes more, nobody can say.

    What is declared or asked for, and is wider than ``usual``, is a share of all that f changes by on the way.
    """

    relative: float
    rounding: float
    usual: float = 1e-6

    @classmethod
    def of(cls, dtype: Dtype, declared: Declaration, within: float = 0.0) -> "Tolerance":
        """Return the tolerance for an arithmetic, widened to what the explainer declares, or is asked ``within``."""
        own = 1e-6 if dtype == "float64" else 1e-3
        return cls(max(own, declared.tolerance, within), ROUNDING[dtype], own)

    def allowed(self, gap: Gap) -> float:
        """Return the largest size at which the gap counts as none."""
        return self.relative * (gap.change if self.relative > self.usual else gap.scale)

    @staticmethod
    def share(gap: Gap) -> float:
        """Return the gap as a share of its scale, or of all magnitudes added up where the scale is 0."""
        return min(gap.size / (gap.change or gap.rounding or gap.size or 1.0), LARGEST)

    def leaves_open(self, gap: Gap) -> bool:
        """Return whether it is the explainer's doing that nobody can say what a gap shows.

        It is not where rounding errors of the network alone could be all of it: scores that ought to be 0 seldom are.
        To make its scores as small as that helps an explainer no more than to return 0.
        """
        if self.is_negligible(gap):
            return False
        return gap.undecided or gap.size > self.allowed(gap) + self.rounding * gap.magnitude

    @staticmethod
    def is_negligible(gap: Gap) -> bool:
        """Return whether all that f has at stake is next to nothing of what the network adds up, as where it saturates.

        Scores that are as small are the explainer's doing, and excuse nothing.
        """
        return (
            gap.is_of_output and 0 < gap.change <= NEGLIGIBLE * gap.magnitude and gap.size <= NEGLIGIBLE * gap.magnitude
        )

    def judge(self, gap: Gap) -> Kind:
        """Return what one gap shows."""
        if gap.size > self.allowed(gap) + self.rounding * gap.rounding:
            return "rejected" if self.is_negligible(gap) else "violated"
        if gap.undecided or gap.size > self.allowed(gap):
            return "rejected"
        return "vacuous" if gap.vacuous else "holds"
