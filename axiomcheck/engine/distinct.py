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
from ..explainers import Unsupported
from ..networks import Family, lacks, without_ingredients
from ..results.counterexample import Counterexample
from .bound_explainer import ExplainerError
from .confirm import Finding
from .hunt import hunt
from .question import Question

KINDS = 3
"""How many kinds are searched beside that of the first."""
SEARCHES = 8
"""How many families are searched for counterexamples that need less."""

COMPARES = "implementation_invariance"
"""The axiom that compares a network with its twin; elsewhere a twin is one more network."""

Kind = tuple[str, tuple[str, ...]]
"""What went wrong, and the rewrites of the twin with which a network was compared."""


def distinct(question: Question, first: Finding) -> Iterator[tuple[str, Finding]]:
    """Yield further counterexamples than ``first``, each with how it differs from those before."""
    if first.counterexample is None:
        return
    known = [first.counterexample]
    for difference, finding in _all(question, first, known):
        counterexample = finding.counterexample
        if counterexample is not None and all(counterexample.case != other.case for other in known):
            known.append(counterexample)
            yield difference, finding


def _all(question: Question, first: Finding, known: Sequence[Counterexample]) -> Iterator[tuple[str, Finding]]:
    for _ in range(KINDS):
        kinds = {kind_of(counterexample) for counterexample in known}
        finding = _violation(set_aside(question, kinds))
        if finding is None or finding.counterexample is None or kind_of(finding.counterexample) in kinds:
            break
        yield f"of another kind: {_named(kind_of(finding.counterexample))}", finding
    for family, finding in further(question, first):
        yield f"without {lacks(family, question.family)}", finding


def further(question: Question, first: Finding) -> Iterator[tuple[Family, Finding]]:
    """Yield counterexamples of another kind than ``first``: each in a family in which none of those found can be.

    Such a family lacks one thing that each of them needs: biases, a kind of layer, a style of code.
    """
    cases = [first.counterexample.case] if first.counterexample else []
    families = list(without_ingredients(cases[0], question.family)) if cases else []
    seen, searches = set(families), 0
    while families and searches < SEARCHES:
        family = families.pop(0)
        case = next((case for case in cases if case.belongs_to(family)), None)
        if case is None:
            searches += 1
            finding = _violation(replace(question, family=family))
            if finding is None or finding.counterexample is None or finding.kind != "violated":
                continue
            case = finding.counterexample.case
            cases.append(case)
            yield family, finding
        families += [narrower for narrower in without_ingredients(case, family) if narrower not in seen]
        seen.update(families)


def kind_of(counterexample: Counterexample) -> Kind:
    """Return what went wrong, and compared with which twins."""
    return counterexample.failure, rewrites_of(counterexample.case, counterexample.axiom)


def rewrites_of(case: SubjectCase, axiom: str) -> tuple[str, ...]:
    """Return the names of a twin's rewrites, each once, where the axiom is about them."""
    return tuple(sorted({rewrite.name for rewrite in case.rewrites})) if axiom == COMPARES else ()


def set_aside(question: Question, kinds: set[Kind]) -> Question:
    """Return the question in which failures of some kinds do not count."""

    def gaps(explain: Explain, case: SubjectCase) -> Iterator[Gap]:
        names = rewrites_of(case, question.axiom.name)
        if any(names and set(names) & set(known) for _, known in kinds):
            raise Rejected("it is by a rewrite that is known to break the axiom")
        wrong = {wrong for wrong, known in kinds if known == names}
        try:
            measured = list(question.axiom.gaps(explain, case))
        except ExplainerError as error:
            if "error" in wrong:
                raise Rejected("the explainer is known to fail") from error
            raise
        if any(gap.observed.failure in wrong for gap in measured if gap.observed):
            raise Rejected("it is known to fail in this way")
        yield from measured

    return replace(question, axiom=replace(question.axiom, gaps=gaps))


def _violation(question: Question) -> Finding | None:
    """Return what a hunt finds; a family without a case of the axiom, or that is refused, has nothing."""
    try:
        return hunt(question)[1]
    except Unsupported:
        return None


def _named(kind: Kind) -> str:
    wrong, rewrites = kind
    return " ".join(filter(None, (wrong, f"by {', '.join(rewrites)}" if rewrites else "")))
