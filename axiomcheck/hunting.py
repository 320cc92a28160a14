"""Hunt: one question, one counterexample."""

from collections.abc import Callable
from typing import Any

from .axioms import AXIOMS
from .campaign import known_axiom
from .cell import Budget, Finding, Question
from .explainers import Unsupported, locate
from .networks import Family
from .searching import Search


def question(explainer: str | Callable[..., Any], axiom: str, family: str | Family, budget: Budget) -> Question:
    """Return the question, every name looked up; ``AxiomcheckError`` if the explainer cannot be had."""
    known = AXIOMS[known_axiom(axiom)]
    parsed = family if isinstance(family, Family) else Family.parse(family)
    located = locate(explainer)
    if located.explain is None:
        raise Unsupported(located.reason)
    return Question(located, known, parsed, budget)


def hunt(
    explainer: str | Callable[..., Any], axiom: str, family: str | Family, budget: Budget
) -> tuple[Question, Search, Finding | None]:
    """Search for a counterexample, shrink and confirm it."""
    asked = question(explainer, axiom, family, budget)
    return asked, *asked.hunt()
