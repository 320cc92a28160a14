"""Parts of a cell: each machine screens some stretches, and what all of them saw makes the cell of one that saw all."""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

from ..networks import Family
from ..results.certificate import FAILURES, Cell
from ..results.claim import Claim
from ..results.part import ORDER, Part
from .cell import cell_of_evidence, guarded, run, run_alone, unasked, what_was_searched
from .claims import following, judge_claim, judge_within, promised
from .evidence import Evidence, gather
from .question import Question
from .stretches import FIRST, as_data, joined, numbers_of, of_data
from .verdict import Searched, with_screen

Share = tuple[Question, tuple[int, ...]]
"""A question, and the numbers of the stretches that one machine screens for it."""


def run_part(share: Share) -> Part:
    """Answer a question as far as some stretches of its screen show it."""
    question, numbers = share
    return guarded(question, lambda: _answered(question, numbers), lambda cell: Part(cell, is_settled=True))


def _answered(question: Question, numbers: tuple[int, ...]) -> Part:
    if unasked(question):
        return Part(run(question), is_settled=True)
    start = perf_counter()
    evidence = gather(question, Evidence(question.judge), stretches=numbers)
    return _part(question, evidence, perf_counter() - start)


def _part(question: Question, evidence: Evidence, seconds: float) -> Part:
    cell = cell_of_evidence(question, evidence, seconds)
    if not evidence.screens:
        return Part(replace(cell, claim=judge_claim(question, cell, run_alone)), is_settled=True)
    if FIRST in evidence.screens:
        cell = replace(cell, claim=_claim(question, cell))
    searched = what_was_searched(evidence)
    stretches = tuple(as_data(number, screened) for number, screened in evidence.screens.items())
    part = Part(cell, stretches, refusal=searched.refusal, own=searched.own, worst_share=searched.worst_share)
    for failure, at, _ in evidence.failures:
        return replace(part, failure=failure, at=at)
    return part


def _claim(question: Question, cell: Cell) -> Claim | None:
    """Return what came of a claim where it is made; open if the whole cell will tell."""
    claimed = promised(question)
    if claimed is None or not isinstance(question.family, Family):
        return None
    if question.family <= claimed:
        return Claim(str(claimed), "open", "")
    return judge_within(question, claimed, cell, run_alone)


def whole(parts: Sequence[Part], examples: int) -> Cell | None:
    """Return the cell that one machine would have judged; None if a stretch is missing."""
    for part in parts:
        if part.is_settled:
            return _expected(part, part.cell)
    stretches = {stretch.number: stretch for part in parts for stretch in part.stretches}
    if stretches.keys() != {*numbers_of(examples)}:
        return None
    head = next(part for part in parts if FIRST in part.numbers)
    failing = min((part for part in parts if part.failure), key=_rank, default=None)
    found = None if failing is None else (failing.cell.verdict, failing.cell.reason)
    screened = joined([of_data(stretches[number]) for number in sorted(stretches)])
    known = replace(
        head.cell,
        counterexample=failing.cell.counterexample if failing else None,
        seconds=_total(parts),
    )
    cell = with_screen(known, screened, Searched(head.refusal, head.own, head.worst_share), found)
    return _expected(head, replace(cell, claim=_settled(cell)))


def _rank(part: Part) -> tuple[int, int]:
    """Return a number that is smaller for the failure that one machine would have confirmed."""
    return ORDER.index(part.failure), part.at


def _settled(cell: Cell) -> Claim | None:
    """Return the claim of a cell, of which its first part knows what came of it elsewhere."""
    return cell.claim and (following(Family.parse(cell.claim.family), cell) or cell.claim)


def _expected(part: Part, cell: Cell) -> Cell:
    return replace(cell, expected=part.expected) if cell.verdict in FAILURES else cell


def _total(parts: Sequence[Part]) -> dict[str, float]:
    """Return the seconds of all machines together."""
    names = dict.fromkeys(name for part in parts for name in part.cell.seconds)
    return {name: round(sum(part.cell.seconds.get(name, 0.0) for part in parts), 3) for name in names}
