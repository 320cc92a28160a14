"""Searches of the tutorial: each answer is found when it is asked for, once."""

from dataclasses import dataclass
from functools import cache

from ..axioms import AXIOMS
from ..engine.hunt import hunt
from ..engine.question import Budget, Question
from ..engine.resolve import off_zeros, question
from ..explainers import Unsupported
from ..results.counterexample import Counterexample

EXAMPLES = 120
"""Cases of a search, unless it says otherwise."""
TUTORIAL = tuple(name for name, axiom in AXIOMS.items() if axiom.group == "tutorial")


@dataclass(frozen=True)
class Answer:
    """The counterexample that was found, or in how many effective cases there was none."""

    counterexample: Counterexample | None
    effective: int

    @property
    def sentence(self) -> str:
        """The answer for a table: the function on which it fails, or how many cases it held in."""
        if self.counterexample is None:
            return f"holds in {self.effective} cases" if self.effective else "no case"
        return f"fails on {self.counterexample.formula.splitlines()[0]}"


@cache
def answer(
    explainer: str, axiom: str, family: str = "ordinary", *, rewrite: str = "", examples: int = EXAMPLES
) -> Answer:
    """Search a counterexample to an axiom, on twins by one rewrite if that is named."""
    return search(question(explainer, axiom, family, Budget(examples), rewrite=rewrite or None))


@cache
def difference(explainer: str, other: str, family: str, *, generic: bool = False) -> Answer:
    """Search where two explainers differ; ``generic``: off zero pre-activations, where relevance ends by convention."""
    whole = question(explainer, None, family, Budget(EXAMPLES), equals=other)
    first = search(whole)
    if not generic or first.counterexample is None:
        return first
    narrower = off_zeros(whole, first.counterexample.case, other)
    return first if narrower is None else search(narrower)


def search(question: Question) -> Answer:
    """Return the answer to a question; no case is effective where it cannot be asked."""
    try:
        searched, finding = hunt(question)
    except Unsupported:
        return Answer(None, 0)
    return Answer(None if finding is None else finding.counterexample, searched.effective)
