"""What an explainer says on the corpus, as lines for a terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence

from ..results.corpus import VERSION, Answer
from ..results.counterexample import Counterexample

VERDICTS = {"holds": "hold", "violated": "violated", "error": "errors", "silent": "say nothing"}
"""Verdicts, and the headings of their columns."""


def contents(corpus: Sequence[Counterexample]) -> Iterator[str]:
    """Yield what the corpus consists of: how many counterexamples there are to each axiom, and of how many methods."""
    yield f"corpus {VERSION}: {len(corpus)} counterexamples"
    for axiom, number in Counter(one.axiom for one in corpus).items():
        methods = len({one.explainer for one in corpus if one.axiom == axiom})
        yield f"  {axiom:26}{number:6}  of {methods} methods"


def verdicts(explainer: str, answers: Sequence[Answer]) -> Iterator[str]:
    """Yield how often each axiom held, and the first case of each on which it did not."""
    yield f"corpus {VERSION}, {len(answers)} cases, asked of {explainer}"
    yield f"  {'':26}{''.join(f'{heading:>12}' for heading in VERDICTS.values())}"
    for axiom in dict.fromkeys(answer.counterexample.axiom for answer in answers):
        counts = Counter(answer.verdict for answer in answers if answer.counterexample.axiom == axiom)
        yield f"  {axiom:26}{''.join(f'{counts[verdict]:12}' for verdict in VERDICTS)}"
    failures = [answer for answer in answers if answer.verdict in ("violated", "error")]
    firsts = {answer.counterexample.axiom: answer for answer in reversed(failures)}
    for axiom, answer in reversed(firsts.items()):
        formula = "; ".join(answer.counterexample.formula.splitlines())
        yield f"  {axiom}, number {answer.number}: {formula}"
        yield f"    {answer.reason}"
