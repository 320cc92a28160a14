"""The same engine for Python: certify, check, find_counterexample."""

from collections.abc import Callable, Iterable
from typing import Any

from .axioms.arithmetic import Dtype
from .campaign import Campaign
from .cell import Budget
from .hunting import hunt, question
from .networks import AxiomcheckError, Family
from .parser import HUNTED
from .reports.certificate import Certificate
from .reports.counterexample import Counterexample
from .reports.terminal import as_text

AnyExplainer = str | Callable[..., Any]


class AxiomViolation(AssertionError):
    """An explainer breaks an axiom. ``counterexample`` is the smallest network found that shows it."""

    def __init__(self, counterexample: Counterexample) -> None:
        super().__init__(as_text(counterexample))
        self.counterexample = counterexample


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
) -> Certificate:
    """Judge explainers, names or callables, on axioms (default: all) in families (default: the presets).

    ``timeout``: seconds for a cell; ``scope``: search the widest families in which each axiom holds.

    >>> import axiomcheck as ac
    >>> certificate = ac.certify("uniform", axioms=["selectivity"], families=["bias-free"], examples=60)
    >>> certificate.cells[0].verdict
    'violated'
    """
    asked = [explainers] if isinstance(explainers, str) or callable(explainers) else explainers
    return Campaign.of(asked, axioms, families, Budget(examples, seed, dtype, timeout)).run(with_scope=scope)


def check(
    explainer: AnyExplainer,
    axiom: str,
    *,
    family: str | Family = HUNTED,
    examples: int = 100,
    seed: int = 0,
    dtype: Dtype = "float64",
) -> None:
    """Raise ``AxiomViolation`` if ``explainer`` breaks ``axiom`` in ``family``; raise too if too little could be seen.

    >>> import axiomcheck as ac
    >>> ac.check("grad-x-input", "conservation", family="bias-free")
    """
    cell = question(explainer, axiom, family, Budget(examples, seed, dtype)).cell()
    if cell.counterexample is not None:
        raise AxiomViolation(cell.counterexample)
    if cell.verdict != "holds":
        raise AxiomcheckError(f"{cell.explainer} on {axiom} in {cell.family} is {cell.verdict}: {cell.reason}")


def find_counterexample(
    explainer: AnyExplainer,
    axiom: str,
    *,
    family: str | Family = HUNTED,
    examples: int = 500,
    seed: int = 0,
    dtype: Dtype = "float64",
) -> Counterexample | None:
    """Return the smallest counterexample found, or None.

    >>> import axiomcheck as ac
    >>> print(ac.find_counterexample("gradient", "conservation").formula)
    f(x1) = x1
    """
    _, _, finding = hunt(explainer, axiom, family, Budget(examples, seed, dtype))
    return finding.counterexample if finding else None
