"""Known violations in a campaign: stored ones are replayed, the others are searched like any cell."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..networks import AxiomcheckError
from ..results.certificate import FAILURES, Cell, Certificate, VerdictName
from ..results.counterexample import Counterexample
from ..results.reader import read_counterexample
from .cell import run_alone
from .claims import judge_claim
from .known_violations import CellKey, Known, KnownViolations
from .question import Question
from .replay import replay

FOUND: tuple[VerdictName, ...] = ("violated", "error")


@dataclass(frozen=True)
class Expected:
    """What became of the stored ones: the cells that they settle, and what to say of those that no longer hold."""

    known: KnownViolations
    cells: dict[CellKey, Cell]
    fixed: dict[Known, str]

    @classmethod
    def of(cls, known: KnownViolations, questions: Iterable[Question]) -> "Expected":
        """Replay what is stored; ``AxiomcheckError`` if an entry is about none of the questions."""
        listed = list(questions)
        known.require_matched(question.key for question in listed)
        cells, fixed = dict[CellKey, Cell](), dict[Known, str]()
        for question in listed:
            entry = known.match(*question.key)
            result = None if entry is None else _replay(entry, question)
            if isinstance(result, Cell):
                cells[question.key] = result
            elif result is not None and entry is not None:
                fixed[entry] = result
        return cls(known, cells, fixed)

    def marked(self, certificate: Certificate) -> Certificate:
        """Return the certificate with its reason in every cell that fails and is listed, and in parts that may fail."""
        cells = (
            replace(cell, expected=self._reason(cell.key)) if cell.verdict in FAILURES else cell
            for cell in certificate.cells
        )
        parts = (replace(part, expected=self._reason(part.key)) for part in certificate.parts)
        return replace(certificate, cells=tuple(cells), parts=tuple(parts))

    def _reason(self, key: CellKey) -> str | None:
        entry = self.known.match(*key)
        return None if entry is None or entry in self.fixed else entry.reason

    def missed(self, certificate: Certificate) -> Iterator[str]:
        """Yield a sentence for each entry whose violation was searched and not found again."""
        failing = [cell.key for cell in certificate.cells if cell.verdict in FOUND]
        for entry in self.known.unmatched(failing):
            if entry not in self.fixed:
                yield f"the known violation of {entry} was not found ({entry.reason})"


def _replay(entry: Known, question: Question) -> Cell | str | None:
    """Return the cell that a stored counterexample settles, or why it does not; None if there is none in the family."""
    if entry.counterexample is None:
        return None
    stored = _stored(entry, question)
    if not question.population.has(stored.case):
        return None
    again = replay(stored, question.located)
    if again.counterexample is None:
        state = "fixed: remove it from the list" if again.status == "FIXED" else "cannot be replayed"
        return f"the known violation of {entry} is {state}; {entry.counterexample}: {again.reason}"
    verdict: VerdictName = "error" if again.counterexample.is_error else "violated"
    cell = Cell(
        *question.key, verdict, again.reason, worst_gap=again.counterexample.gap, counterexample=again.counterexample
    )
    return replace(cell, claim=judge_claim(question, cell, run_alone))


def _stored(entry: Known, question: Question) -> Counterexample:
    assert entry.counterexample is not None
    counterexample = read_counterexample(entry.counterexample)
    if counterexample.axiom != question.axiom.name:
        path = str(entry.counterexample)
        raise AxiomcheckError(
            f"the known violation of {entry} has the counterexample {path!r}, which is of {counterexample.axiom}"
        )
    return counterexample
