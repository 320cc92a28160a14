"""Hunt: one question, and the counterexamples that are left when those found cannot be."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from ..axioms import AXIOMS, Explain, Gap, Rejected
from ..axioms.equality import equality
from ..axioms.subject import SubjectCase
from ..explainers import Unsupported, locate
from ..networks import REWRITES, AxiomcheckError, Case, Family, UnknownName, without_ingredients
from ..strategies.cases import one_twin
from .campaign import known_axiom
from .cell import Budget, Finding, Question
from .claims import check_claims
from .search import Search

Other = str | Callable[..., Any] | None


def question(
    explainer: str | Callable[..., Any], axiom: str | None, family: str | Family, budget: Budget, equals: Other = None
) -> Question:
    """Return the question, every name looked up; ``AxiomcheckError`` if the explainer cannot be had.

    It is about an axiom, or about equality with the explainer ``equals``.
    """
    if (axiom is None) == (equals is None):
        raise AxiomcheckError("Expected an axiom, or another explainer to equal, and not both")
    parsed = family if isinstance(family, Family) else Family.parse(family)
    known = None if axiom is None else AXIOMS[known_axiom(axiom)]
    located = locate(explainer)
    if located.explain is None:
        raise Unsupported(located.reason)
    check_claims(located)
    return Question(located, known or equality(located, locate(equals or "")), parsed, budget)


def with_rewrite(asked: Question, name: str) -> Question:
    """Return the question with twins by one rewrite alone; ``AxiomcheckError`` if its axiom knows no twins."""
    if name not in REWRITES:
        raise UnknownName("rewrite", name, REWRITES)
    if asked.axiom.name != "implementation_invariance":
        raise AxiomcheckError(f"rewrites are drawn for implementation_invariance, not for {asked.axiom.name}")

    def draws(block: bytes, family: Family) -> Case:
        return one_twin(block, family, (name,))

    def gaps(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
        if any(rewrite.name != name for rewrite in case.rewrites):
            raise Rejected(f"it is not by {name} alone")
        yield from asked.axiom.gaps(explain, case)

    return replace(asked, axiom=replace(asked.axiom, draws=draws, gaps=gaps))


def hunt(asked: Question, *, largest: bool = False) -> tuple[Search, Finding | None]:
    """Search for a counterexample, shrink and confirm it, or for the one of the ``largest`` gap."""
    if lacking := asked.axiom.lacks(asked.family):
        raise Unsupported(f"{asked.axiom.name} in {asked.family}: {lacking}")
    searched, finding = asked.hunt(largest=largest)
    if finding is None and searched.hopeless:
        raise Unsupported(f"{asked.located.name} in {asked.family}: {searched.refused}")
    return searched, finding


def off_zeros(asked: Question, finding: Finding, equals: Other) -> Question | None:
    """Return the question that is left after two explainers were seen to differ where a pre-activation is 0.

    There relevance ends, by convention; None if they differ elsewhere.
    """
    narrower = replace(asked, axiom=equality(asked.located, locate(equals or ""), off_zeros=True))
    found = finding.counterexample
    return narrower if found and narrower.judge(found.case).kind == "rejected" else None


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
