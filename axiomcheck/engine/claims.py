"""Claims: whether what an explainer promises is upheld by what a cell showed, or by a search of its own."""

from collections.abc import Callable
from dataclasses import replace

from ..axioms import AXIOMS
from ..explainers import Located, declaration
from ..networks import AxiomcheckError, Family, UnknownName
from ..networks.ingredients import meet
from ..results.certificate import Cell
from ..results.claim import Claim, ClaimVerdict
from .question import Budget, Question

LEAST = 1.0
"""The seconds that a claim has where the time of its cell is over."""


def check_claims(located: Located) -> None:
    """Raise ``AxiomcheckError`` with one sentence if an explainer claims what there is not."""
    claims = declaration(located.explain).claims if located.explain is not None else {}
    for axiom, family in claims.items():
        if axiom not in AXIOMS:
            raise UnknownName(f"axiom in the claims of {located.name}:", axiom, AXIOMS)
        try:
            Family.parse(family)
        except AxiomcheckError as error:
            raise AxiomcheckError(f"{located.name} claims {axiom} in {family!r}: {error}") from error


def judge_claim(question: Question, cell: Cell, run: Callable[[Question], Cell]) -> Claim | None:
    """Return what came of a claim in the family of a cell, or None if nothing is claimed there.

    Where the claim is about a part of that family, it is that part which is ``run``.
    """
    claimed = promised(question)
    if claimed is None:
        return None
    return following(claimed, cell) or judge_within(question, claimed, cell, run)


def promised(question: Question) -> Family | None:
    """Return the family in which the explainer promises the axiom, None if it does not."""
    claimed = question.judge.declared.claims.get(question.axiom.name)
    if claimed is None or not isinstance(question.family, Family):  # claims are about random networks
        return None
    return Family.parse(claimed)


def promised_part(question: Question) -> Family | None:
    """Return the part of the family that is asked about in which the axiom is promised, None if it is not."""
    claimed = promised(question)
    if claimed is None:
        return None
    assert isinstance(question.family, Family)
    return meet([question.family, claimed])


def where_judged(question: Question) -> Question:
    """Return the question about the promised part of its family, if elsewhere the axiom is not judged at all."""
    part = promised_part(question) if question.axiom.of_promises else None
    return question if part is None else replace(question, family=part)


def following(claimed: Family, cell: Cell) -> Claim | None:
    """Return what a cell itself shows of a claim, None if that must be looked at in the part that is claimed."""
    refuted = cell.verdict == "violated" and cell.counterexample and cell.counterexample.case.belongs_to(claimed)
    if Family.parse(cell.family) <= claimed or refuted:
        return Claim(str(claimed), _verdict(cell), cell.reason)
    return None


def judge_within(question: Question, claimed: Family, cell: Cell, run: Callable[[Question], Cell]) -> Claim | None:
    """Return what came of a claim in the part of the family that it is about, None if there are no cases there."""
    within = promised_part(question)
    if within is None or question.axiom.lacks(within):
        return None
    inner = run(replace(question, family=within, budget=_rest(question, cell)))
    return Claim(str(claimed), _verdict(inner), inner.reason, inner.counterexample)


def _verdict(cell: Cell) -> ClaimVerdict:
    verdicts: dict[str, ClaimVerdict] = {"holds": "upheld", "violated": "refuted", "error": "refuted"}
    return verdicts.get(cell.verdict, "open")


def _rest(question: Question, cell: Cell) -> Budget:
    budget = question.budget
    if budget.timeout is None:
        return budget
    return replace(budget, timeout=max(LEAST, budget.timeout - cell.seconds.get("total", 0.0)))
