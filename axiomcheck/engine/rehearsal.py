"""Rehearsal: a cell is judged for an explainer that says nothing, so that its cases are there for all others.

The cases of a screen are the same for all explainers, and so is most of what is worked out about them: outputs,
magnitudes, kinks, code. Of a search they are the same as long as nothing fails.
"""

from dataclasses import replace

from ..explainers import locate
from .bank import SIZE
from .question import Question
from .runtime.threads import one_thread
from .search import search
from .stretches import numbers_of, screen_stretches

EXPLAINER = "uniform"
"""It calls a model once, and no gradient: after one, torch refuses to work in a copy of the process."""
MOST = SIZE // 3
"""Examples up to which the bank holds the cases of a search and a screen, with those that show nothing."""


def rehearse(question: Question) -> None:
    """Fill the bank with the cases of a question, whatever its explainer, and work out what is known of them.

    It takes no longer than the cell may.
    """
    budget = replace(question.budget, within=0.0, device="cpu")
    stand_in = replace(question, located=locate(EXPLAINER), budget=budget)
    judge = replace(stand_in.judge, deadline=budget.until(1.0))
    with one_thread():
        search(judge, stand_in.population, budget.examples, stand_in.random("search"))
        screen_stretches(stand_in, judge, numbers_of(budget.examples))
