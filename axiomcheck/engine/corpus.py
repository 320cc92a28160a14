"""The corpus asked of another explainer: what each stored case shows, without any search."""

from collections.abc import Iterable, Iterator

from ..axioms import AXIOMS
from ..explainers import Explainer
from ..results.corpus import Answer
from ..results.counterexample import AnyCase, Counterexample
from .judge import Judge, Outcome
from .runtime.threads import one_thread


def answers(explain: Explainer, corpus: Iterable[tuple[int, Counterexample]]) -> Iterator[Answer]:
    """Yield what an explainer says on each counterexample of a corpus; a case that comes again is judged once."""
    seen: dict[tuple[str, AnyCase], Outcome] = {}
    with one_thread():
        for number, counterexample in corpus:
            key = (counterexample.axiom, counterexample.case)
            if key not in seen:
                seen[key] = Judge(explain, AXIOMS[counterexample.axiom], counterexample.dtype)(counterexample.case)
            outcome = seen[key]
            verdict = outcome.kind if outcome.effective or outcome.fails else "silent"
            yield Answer(number, counterexample, verdict, outcome.reason)
