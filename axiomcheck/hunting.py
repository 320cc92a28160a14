"""Hunt: one question, and the counterexamples that are left when those found cannot be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from .axioms import AXIOMS
from .campaign import known_axiom
from .cell import Budget, Finding, Question
from .explainers import Unsupported, locate
from .networks import Case, Family, without_ingredients
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
    if lacking := asked.axiom.lacks(asked.family):
        raise Unsupported(f"{asked.axiom.name} in {asked.family}: {lacking}")
    searched, finding = asked.hunt()
    if finding is None and searched.hopeless:
        raise Unsupported(f"{asked.located.name} in {asked.family}: {searched.refused}")
    return asked, searched, finding


SEARCHES = 8
"""How many families a hunt for further counterexamples goes through."""


def further(asked: Question, first: Finding) -> Iterator[tuple[Family, Finding]]:
    """Yield counterexamples of another kind than ``first``: each in a family in which none of those found can be.

    Such a family lacks one thing that each of them needs: biases, a kind of layer, a style of code.
    """
    found = [first.counterexample.case] if first.counterexample else []
    families = list(without_ingredients(found[0], asked.family)) if found else []
    seen, searches = set(families), 0
    while families and searches < SEARCHES:
        family = families.pop(0)
        case = _one_of(found, family)
        if case is None:
            searches += 1
            _, finding = replace(asked, family=family).hunt()
            if finding is None or finding.counterexample is None or finding.kind != "violated":
                continue
            case = finding.counterexample.case
            found.append(case)
            yield family, finding
        families += [narrower for narrower in without_ingredients(case, family) if narrower not in seen]
        seen.update(families)


def _one_of(cases: list[Case], family: Family) -> Case | None:
    return next((case for case in cases if case.belongs_to(family)), None)
