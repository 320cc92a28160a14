"""Cells in words: which axioms, and in which families."""

from collections.abc import Iterable, Iterator

from ..results.certificate import Cell
from .family_words import quoted
from .phrases import listed


def places(cells: Iterable[Cell], families: tuple[str, ...]) -> Iterator[str]:
    """Yield axioms with the families of their cells, those together that have the same; ``families`` are all there are.

    Of a single family nothing is said: the certificate names it.

    >>> cells = [Cell("e", axiom, "biased", "holds", "") for axiom in ("symmetry", "null_player")]
    >>> list(places(cells, ("biased", "ordinary")))
    ['symmetry and null player in biased']
    """
    places: dict[str, list[str]] = {}
    for cell in cells:
        places.setdefault(cell.axiom.replace("_", " "), []).append(cell.family)
    if len(families) == 1 and places:
        yield listed(list(places), "and")
        return
    together: dict[tuple[str, ...], list[str]] = {}
    for axiom, failing in places.items():
        together.setdefault(tuple(family for family in families if family in failing), []).append(axiom)
    for where, axioms in together.items():
        place = "everywhere" if where == families else f"in {listed(list(map(quoted, where)), 'and')}"
        yield f"{listed(axioms, 'and')} {place}"
