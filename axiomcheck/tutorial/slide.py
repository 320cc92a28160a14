"""A claim of the tutorial, and what was found for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ..results.counterexample import Counterexample

Row = tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """Lines over an axis, by what they are called; ``log``: the vertical axis is logarithmic."""

    title: str
    series: dict[str, list[tuple[float, float]]]
    x: str
    y: str
    log: bool = False


@dataclass(frozen=True)
class Slide:
    """One row of the tutorial: its slides, its claim, the command that finds it, and what came out.

    ``shown`` is whether everything that the claim says was found in this run; ``sentences`` tell it in its numbers.
    ``moving``: the counterexamples are shown as an animation.
    """

    slides: str
    title: str
    claim: str
    command: str
    sentences: tuple[str, ...]
    shown: bool
    table: tuple[Row, ...] = ()
    charts: tuple[Chart, ...] = ()
    counterexamples: tuple[Counterexample, ...] = ()
    moving: bool = False

    @property
    def name(self) -> str:
        """A name for its files and its place in the page."""
        return f"slides-{self.slides.replace('–', '-')}"


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence has them.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
