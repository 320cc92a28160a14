"""Exhibits: counterexamples as they are shown, as far as a page has room."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from ...results.certificate import Cell
from ...results.counterexample import Counterexample
from .curves import curves
from .figures import Drawings, moving

ROOM = 1_900_000
"""Letters that exhibits may fill together, so that a page of 40 explainers, 12 axioms and 6 families is below 5 MB."""
SHARES = {"what moves": 0.5, "the drawing": 0.8, "the curves": 0.9, "the code": 1.0}
"""How full that room may be for a part to be shown still: the largest parts go first."""
FULL = Markup("The page would be too large: curves are left out, and stand in the certificate's JSON.")

Text = TypeVar("Text", bound=str)


@dataclass(frozen=True)
class Exhibit:
    """A counterexample as it is shown, and the names of the parts that were left out as the page is full."""

    counterexample: Counterexample
    drawings: tuple[Markup, ...]
    moving: tuple[Markup, ...]
    code: str
    left_out: tuple[str, ...]


class Exhibits:
    """Makes the exhibits of one page, in the order in which they stand there."""

    def __init__(self) -> None:
        self.drawings, self.filled = Drawings(), 0

    def of(self, counterexample: Counterexample) -> Exhibit:
        """Return a counterexample as it is shown."""
        left_out: list[str] = []
        code = self._part("the code", lambda: [counterexample.code()], left_out)
        drawings = self._part("the drawing", lambda: list(self.drawings.of(counterexample)), left_out)
        moves = self._part("what moves", lambda: [moving(counterexample)], left_out) if counterexample.along else []
        return Exhibit(counterexample, tuple(drawings), tuple(moves), "".join(code), tuple(left_out))

    def curves(self, cells: Sequence[Cell]) -> Sequence[Markup]:
        """Return the curves of cells as they are shown; a sentence if there is no room."""
        left_out: list[str] = []
        parts = self._part("the curves", lambda: list(curves(cells, self.drawings)), left_out)
        return [FULL] if left_out and any(cell.curves for cell in cells) else parts

    def _part(self, name: str, write: Callable[[], Sequence[Text]], left_out: list[str]) -> Sequence[Text]:
        """Return a part, and count its letters; nothing, and its name among those that were left out, without room."""
        if self.filled > SHARES[name] * ROOM:
            left_out.append(name)
            return []
        parts = write()
        if (size := sum(map(len, parts))) > ROOM:
            left_out.append(name)
            return []
        self.filled += size
        return parts
