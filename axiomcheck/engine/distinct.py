"""Several failures of one question, told apart.

Two counterexamples are of one kind if the explainer does the same thing wrong (it raises, its scores jump, they grow
without bound, a sum is wrong), and where networks are compared with their twins, by the same rewrites. And two
defects are taken for different if one of them is left where the other cannot be: in the family that lacks one thing
that the smallest network of the other needs. So each is searched where those before do not count, and shrunk once.
Two defects of one kind that need the same things are told as one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..axioms import Explain, Gap, Rejected
from ..axioms.subject import SubjectCase
from ..networks import lacks
from ..results.counterexample import Counterexample
from .bound_explainer import ExplainerError
from .cell import Finding, Question
from .hunt import further

KINDS = 3
"""How many kinds are searched beside that of the first."""

COMPARES = "implementation_invariance"
"""The axiom that compares a network with its twin; elsewhere a twin is one more network."""

Kind = tuple[str, tuple[str, ...]]
"""What went wrong, and the rewrites of the twin with which a network was compared."""


def distinct(asked: Question, first: Finding) -> Iterator[tuple[str, Finding]]:
    """Yield further counterexamples than ``first``, each with how it differs from those before."""
    if first.counterexample is None:
        return
    known = [first.counterexample]
    for difference, finding in _all(asked, first, known):
        found = finding.counterexample
        if found is not None and all(found.case != other.case for other in known):
            known.append(found)
            yield difference, finding


def _all(asked: Question, first: Finding, known: Sequence[Counterexample]) -> Iterator[tuple[str, Finding]]:
    for _ in range(KINDS):
        kinds = {kind_of(found) for found in known}
        _, finding = aside(asked, kinds).hunt()
        if finding is None or finding.counterexample is None or kind_of(finding.counterexample) in kinds:
            break
        yield f"of another kind: {_named(kind_of(finding.counterexample))}", finding
    for family, finding in further(asked, first):
        yield f"without {lacks(family, asked.family)}", finding


def kind_of(found: Counterexample) -> Kind:
    """Return what went wrong, and compared with which twins."""
    return found.failure, rewrites_of(found.case, found.axiom)


def rewrites_of(case: SubjectCase, axiom: str) -> tuple[str, ...]:
    """Return the names of a twin's rewrites, each once, where the axiom is about them."""
    return tuple(sorted({rewrite.name for rewrite in case.rewrites})) if axiom == COMPARES else ()


def aside(asked: Question, kinds: set[Kind]) -> Question:
    """Return the question in which failures of some kinds do not count."""

    def gaps(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
        names = rewrites_of(case, asked.axiom.name)
        if any(names and set(names) & set(known) for _, known in kinds):
            raise Rejected("it is by a rewrite that is known to break the axiom")
        wrong = {wrong for wrong, known in kinds if known == names}
        try:
            found = list(asked.axiom.gaps(explain, case))
        except ExplainerError as error:
            if "error" in wrong:
                raise Rejected("the explainer is known to fail") from error
            raise
        if any(gap.observed.failure in wrong for gap in found if gap.observed):
            raise Rejected("it is known to fail in this way")
        yield from found

    return replace(asked, axiom=replace(asked.axiom, gaps=gaps))


def _named(kind: Kind) -> str:
    wrong, rewrites = kind
    return " ".join(filter(None, (wrong, f"by {', '.join(rewrites)}" if rewrites else "")))
