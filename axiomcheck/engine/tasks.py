"""Tasks: questions as text, answered in another process or on another machine, and their answers as text."""

import json
import os
from collections.abc import Callable, Sequence
from contextlib import chdir
from dataclasses import asdict, replace
from time import monotonic
from typing import Any

from ..axioms import AXIOMS
from ..explainers import locate
from ..models.preparation import Measured
from ..models.source import ModelSource
from ..networks import AxiomcheckError, Family
from ..results.certificate import Cell, VerdictName
from ..results.part import Part
from ..results.plain_data import plain
from ..results.reader import cell_of
from ..results.scope import Scope
from ..results.structure import structured
from .cell import run
from .model_population import ModelPopulation
from .parts import Share, run_part
from .question import Budget, Question
from .rehearsal import EXPLAINER, rehearse
from .runtime.stage import enter
from .runtime.supervisor import Answer
from .scope import scope_around

Known = tuple[Question, Sequence[Cell]]
"""A question, and the cells that are known of its explainer and axiom."""


def cell_task(question: Question, source: str | None = None) -> str:
    """Return the task of judging one cell; ``source`` is what its explainer is loaded by, if that is not its name."""
    return _task("cell", question, [], source)


def scope_task(known: Known) -> str:
    """Return the task of searching the scope around known cells."""
    question, cells = known
    return _task("scope", question, plain(cells))


def part_task(share: Share) -> str:
    """Return the task of judging a part of a cell."""
    question, numbers = share
    return _task("part", question, [], stretches=numbers)


def _task(
    kind: str, question: Question, cells: list[Any], source: str | None = None, stretches: Sequence[int] = ()
) -> str:
    explainer, axiom, family = question.key
    named = {
        "explainer": explainer,
        "source": source or explainer,
        "axiom": axiom,
        "family": family,
        "model": question.family.task if isinstance(question.family, ModelPopulation) else None,
        "budget": asdict(question.budget),
    }
    known = {"cells": cells, "stretches": stretches}
    return json.dumps({"kind": kind, "folder": os.getcwd(), **known, **named})  # noqa: PTH109


def answer(task: str) -> str:
    """Answer a task; files that its explainer is named by are looked for in the folder where it was asked."""
    data, start = json.loads(task), monotonic()
    with chdir(data["folder"]):
        located = replace(locate(data["source"]), name=data["explainer"])
        ground = _ground(data)
    budget = Budget(**data["budget"]).less(monotonic() - start)
    question = Question(located, AXIOMS[data["axiom"]], ground, budget)
    answers: dict[str, Callable[[], Cell | Part | Scope]] = {
        "cell": lambda: run(question),
        "part": lambda: run_part((question, tuple(data["stretches"]))),
        "scope": lambda: scope_around(question, [cell_of(cell) for cell in data["cells"]], run),
    }
    return json.dumps(plain(answers[data["kind"]]()), allow_nan=False)


def prepare(task: str) -> None:
    """Work out what the cells of all explainers have in common that draw as the cell of a task does."""
    data = json.loads(task)
    rehearse(Question(locate(EXPLAINER), AXIOMS[data["axiom"]], _ground(data), Budget(**data["budget"])))


def _ground(data: dict[str, Any]) -> Family | ModelPopulation:
    """Return the family that a task names, or the model, which is loaded here, in the folder where it was asked."""
    if data["model"] is None:
        return Family.parse(data["family"])
    enter(LOADING)
    known = data["model"]["measured"]
    measured = None if known is None else structured(known, Measured)
    population = ModelPopulation(ModelSource(**data["model"]["source"]), data["model"]["only"], measured)
    if str(population) != data["family"]:
        raise AxiomcheckError(f"the model is {population} in one process and {data['family']} in another")
    return population


def cell_from(question: Question, answer: Answer) -> Cell:
    """Return the cell in an answer; how its process ended is one too."""
    if answer.result:
        return cell_of(json.loads(answer.result))
    verdict: VerdictName = "inconclusive" if answer.timed_out else "error"
    return Cell(*question.key, verdict, ending(answer))


def part_from(share: Share, answer: Answer) -> Part:
    """Return the part in an answer; how its process ended settles the cell."""
    if answer.result:
        return structured(json.loads(answer.result), Part)
    return Part(cell_from(share[0], answer), is_settled=True)


def scope_from(question: Question, answer: Answer) -> Scope:
    """Return the scope in an answer, or that it was not searched to the end."""
    if answer.result:
        return structured(json.loads(answer.result), Scope)
    return Scope.unsearched(ending(answer), str(question.family))


def ending(answer: Answer) -> str:
    """Return in a sentence how the process of a task ended, and what may be done about it."""
    sentence = f"the process that judged it {answer.ending}"
    sentence += f", {answer.stage}" if answer.stage else ""
    if answer.timed_out and answer.stage == LOADING:
        sentence += ": it takes longer than --timeout to begin"
    elif answer.timed_out:
        sentence += ": a call of the explainer did not return; raise --timeout if it is slow, else look for what waits"
    last = " ".join(answer.output.splitlines()[-1:])[-OUTPUT:]
    return f"{sentence}; the last that it printed: {last}" if last else sentence


LOADING = "loading the model"
"""What a process does before it judges a model."""
OUTPUT = 200
"""Letters of its output that are told of a process that died."""
