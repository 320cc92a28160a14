"""The same engine for Python: certify, check, find_counterexample."""

import sys
from collections.abc import Callable, Iterable
from typing import Any

from .axioms.arithmetic import Dtype
from .engine.campaign import Campaign
from .engine.cell import run
from .engine.hunt import hunt
from .engine.question import Budget, Question
from .engine.resolve import question
from .models.source import ModelSource
from .networks import AxiomcheckError, Family
from .reports.terminal import as_text
from .results.certificate import Cell, Certificate
from .results.counterexample import Counterexample

AnyExplainer = str | Callable[..., Any]
AnyModel = Any
"""An ``nn.Module``, or the name of what returns one."""
AnyInputs = Any
"""An array or a tensor (N, *shape), or the name of a file or a callable."""


class AxiomViolation(AssertionError):
    """An explainer breaks an axiom. ``counterexample`` is the smallest network found that shows it.

    ``line`` says in a test how it is stored, or replayed.
    """

    def __init__(self, counterexample: Counterexample, line: str = "") -> None:
        super().__init__(as_text(counterexample))
        self.counterexample = counterexample
        if line:
            self.add_note(line)


def certify(
    explainers: AnyExplainer | Iterable[AnyExplainer],
    axioms: Iterable[str] | None = None,
    families: Iterable[str | Family] | None = None,
    *,
    examples: int = 500,
    seed: int = 0,
    dtype: Dtype = "float64",
    timeout: float | None = None,
    scope: bool = False,
    model: AnyModel | None = None,
    inputs: AnyInputs | None = None,
    weights: str = "",
    explains: str = "",
    embedding: str = "",
) -> Certificate:
    """Judge explainers, names or callables, on axioms (default: all) in families (default: the presets).

    ``timeout``: seconds for a cell; ``scope``: search the widest families in which each axiom holds. A ``model`` of
    one's own, with its ``inputs`` (N, *shape), stands in the place of families (``docs/models.md``); of several inputs
    one ``explains``, of tokens the vectors of the module ``embedding``.

    >>> import axiomcheck as ac
    >>> certificate = ac.certify("uniform", axioms=["selectivity"], families=["bias-free"], examples=60)
    >>> certificate.cells[0].verdict
    'violated'
    """
    query = [explainers] if isinstance(explainers, str) or callable(explainers) else explainers
    source = _source(model, inputs, weights, explains, embedding)
    if source is not None and scope:
        raise AxiomcheckError("a scope is made of families of random networks, and a model is none")
    return Campaign.of(query, axioms, families, Budget(examples, seed, dtype, timeout), source).run(with_scope=scope)


def _source(
    model: AnyModel | None, inputs: AnyInputs | None, weights: str = "", explains: str = "", embedding: str = ""
) -> ModelSource | None:
    """Return the model that is asked about, None if none is."""
    if model is None and inputs is None and not weights:
        return None
    if model is None or inputs is None:
        missing = "model" if model is None else "inputs"
        raise AxiomcheckError(f"Expected a model and its inputs, but {missing}=… is missing")
    return ModelSource(model, inputs, weights, explains, embedding)


def check(
    explainer: AnyExplainer,
    axiom: str | None = None,
    *,
    equals: AnyExplainer | None = None,
    family: str | Family | None = None,
    examples: int = 100,
    seed: int = 0,
    dtype: Dtype = "float64",
    model: AnyModel | None = None,
    inputs: AnyInputs | None = None,
    explains: str = "",
    embedding: str = "",
) -> None:
    """Raise ``AxiomViolation`` if ``explainer`` breaks ``axiom``; raise too if too little could be seen.

    In place of an axiom, ``equals`` names another explainer that it is to be equal to. Asked is the family, by default
    the widest, or a ``model`` on its ``inputs``. In a test, counterexamples that
    are stored beside it are replayed first, and pytest's options for cases and seed come before those given here.

    >>> import axiomcheck as ac
    >>> ac.check("grad-x-input", "conservation", family="bias-free")
    """
    budget, source = Budget(examples, seed, dtype), _source(model, inputs, "", explains, embedding)
    cell, line = _answer(question(explainer, axiom, family, budget, equals=equals, model=source))
    if cell.counterexample is not None:
        raise AxiomViolation(cell.counterexample, line)
    if cell.verdict != "holds":
        raise AxiomcheckError(f"{cell.explainer} on {cell.axiom} in {cell.family} is {cell.verdict}: {cell.reason}")


def _answer(query: Question) -> tuple[Cell, str]:
    """Return the cell, and in a test the line that says how its counterexample is stored, or replayed."""
    if "axiomcheck.plugin.session" not in sys.modules:
        return run(query), ""
    from .plugin.evaluation import evaluate_in_test

    evaluation = evaluate_in_test(query)
    return evaluation.cell, evaluation.line


def find_counterexample(
    explainer: AnyExplainer,
    axiom: str | None = None,
    *,
    equals: AnyExplainer | None = None,
    family: str | Family | None = None,
    examples: int = 500,
    seed: int = 0,
    dtype: Dtype = "float64",
    model: AnyModel | None = None,
    inputs: AnyInputs | None = None,
    explains: str = "",
    embedding: str = "",
) -> Counterexample | None:
    """Return the smallest counterexample found, or None.

    In place of an axiom, ``equals`` names another explainer that it is to be equal to. Asked is the family, by default
    the widest, or a ``model`` on its ``inputs``.

    >>> import axiomcheck as ac
    >>> print(ac.find_counterexample("gradient", "conservation").formula)
    f(x1) = x1
    >>> print(ac.find_counterexample("deeplift", equals="grad-x-input", family="biased").formula)
    f(x1) = relu(x1 + 1)
    """
    budget, source = Budget(examples, seed, dtype), _source(model, inputs, "", explains, embedding)
    _, finding = hunt(question(explainer, axiom, family, budget, equals=equals, model=source))
    return finding.counterexample if finding else None
