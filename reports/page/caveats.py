"""Caveats: what a verdict does not show, in a sentence."""

from collections.abc import Sequence

from ...models.name import is_model
from ...results.certificate import Cell
from ..family_words import place
from ..rounded import percent


def caveats(cells: Sequence[Cell]) -> str:
    """Return what the verdict, which all ``cells`` share, leaves open.

    >>> caveats([Cell("e", "a", "biased", "inconclusive", "only 3 of 60")])
    'whether the axiom holds.'
    """
    first = cells[0]
    if first.verdict == "holds":
        return f"that the axiom always holds: {_missed(cells)}; nor that these explanations are faithful."
    if first.verdict == "violated":
        other = "other models" if is_model(first.family) else "every network"
        return f"that it fails on {other}: {_how_often(cells)}."
    if first.verdict == "inconclusive":
        return "whether the axiom holds."
    return "anything about the axiom, which was not judged here."


def _missed(cells: Sequence[Cell]) -> str:
    bounds = [cell.violation_rate_upper_bound for cell in cells if cell.violation_rate_upper_bound is not None]
    if not bounds:
        return "the search was finite"
    return f"the search was finite, and up to {percent(max(bounds))} of such cases may violate it (95 % confidence)"


def _how_often(cells: Sequence[Cell]) -> str:
    counted = [cell for cell in cells if cell.screen]
    if not counted:
        return "how often it does was not counted"
    rates = [f"{cell.screen['violations']} of {cell.screen['effective']} {place(cell.family)}" for cell in counted]
    return f"of the independent cases {', '.join(rates)} did"
