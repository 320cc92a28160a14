"""What a user can get wrong, said in one sentence."""

from collections.abc import Iterable
from difflib import get_close_matches


class AxiomcheckError(Exception):
    """A mistake in what was asked for. Its message is one sentence for the person who asked."""


class UnknownName(AxiomcheckError):
    """A name that nothing answers to.

    >>> str(UnknownName("axiom", "continuty", ["conservation", "continuity"]))
    "unknown axiom 'continuty'; did you mean 'continuity'?"
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        known = list(known)
        close = get_close_matches(name, known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"
        super().__init__(f"unknown {what} {name!r}; {hint}")


class DoesNotApply(AxiomcheckError):
    """A rewrite's side condition does not hold on this network."""
