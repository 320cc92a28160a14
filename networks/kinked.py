"""What is known of the kinks of a function that steps compute."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property

from .gradients import Form, hinges, is_on_kink, margin
from .kinks import Kink, kinks_on
from .memo import memoize
from .near_kinks import has_unknown_kinks, may_bend, runs_along
from .path import Path
from .steps import Number, Step


class Kinked(ABC):
    """A function of points (d,), by its ``steps``: where it bends, exactly as far as that is known."""

    @property
    @abstractmethod
    def steps(self) -> tuple[Step, ...]:
        """The steps that compute it, one after the other."""

    @cached_property
    def knows_its_kinks(self) -> bool:
        """Whether all its kinks are known: there is none behind what is not piecewise linear."""
        return not has_unknown_kinks(self.steps)

    def kinks(self, path: Path) -> tuple[Kink, ...]:
        """Return every known kink that ``path`` meets, at exact parameters; see ``knows_its_kinks``."""
        return kinks_on(self.steps, path)

    @memoize
    def on_kink(self, x: Sequence[Number]) -> bool:
        """Return whether ``x`` lies on a known kink, or floats cannot exclude one: there gradients are conventions."""
        return is_on_kink(self.steps, x) or may_bend(self.steps, x)

    def runs_along(self, path: Path) -> bool:
        """Return whether ``path`` runs along a kink, or floats cannot exclude it."""
        return runs_along(self.steps, path, self.kinks(path))

    def margin(self, x: Sequence[Number]) -> Fraction | None:
        """Return how far the nearest kink is from ``x``, in its largest coordinate; None if there is none in sight."""
        return margin(self.steps, x)

    def hinges(self, x: Sequence[Number]) -> Iterator[Form]:
        """Yield what is 0 on each kink, pre-activations and leads of maxima, with its gradient (d,) at ``x``."""
        return hinges(self.steps, x)

    def bends(self, x: Sequence[Number], variable: int) -> bool:
        """Return whether the derivative in one variable is a convention at ``x``."""
        bent = (value == 0 and slope[variable] for value, slope in self.hinges(x))
        return self.on_kink(x) and (may_bend(self.steps, x) or any(bent))
