"""The decorator: one test a cell, after scikit-learn's ``parametrize_with_checks``."""

import inspect
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ..networks import Family
from .spec import AnyExplainer, CheckSpec, Violations, model_source


def parametrize_with_axioms(
    explainers: AnyExplainer | Iterable[AnyExplainer] | Mapping[str, AnyExplainer],
    *,
    axioms: str | Iterable[str] | None = None,
    families: str | Family | Iterable[str | Family] | None = None,
    known_violations: Violations = None,
    examples: int | None = None,
    settings: Any = None,
    model: Any = None,
    inputs: Any = None,
    weights: str = "",
    explains: str = "",
    embedding: str = "",
) -> pytest.MarkDecorator:
    """Make one test of each explainer, axiom and family, of a function that calls its argument ``check``.

    Several explainers of one class are told apart by names, ``{"mine": Mine(1)}``, or as pytest does it,
    ``pytest.param(Mine(1), id="mine")``.

    Axioms are all, and families the presets, unless some are named. ``known_violations`` is a TOML file, looked for
    beside the test, or the same as a list. Cases are ``examples``, else those of ``settings``, else those of the
    Hypothesis profile. A ``model`` of one's own with its ``inputs``, each the thing itself or a name, stands in the
    place of families.

    >>> import axiomcheck as ac
    >>> @ac.parametrize_with_axioms(["uniform"], axioms=["conservation"], families=["bias-free", "biased"])
    ... def test_axioms(check):
    ...     check()
    >>> [parameter.id for parameter in test_axioms.pytestmark[0].args[1]]
    ['uniform-conservation-bias-free', 'uniform-conservation-biased']
    """
    if inspect.isfunction(explainers) and "check" in inspect.signature(explainers).parameters:
        raise pytest.Collector.CollectError(
            "axiomcheck: parametrize_with_axioms is called with explainers, as in @ac.parametrize_with_axioms([mine])"
        )
    caller = inspect.currentframe()
    assert caller is not None
    assert caller.f_back is not None
    folder = Path(caller.f_back.f_globals.get("__file__") or "here").parent
    own = model_source(model, inputs, weights, explains, embedding)
    spec = CheckSpec(explainers, folder, axioms, families, known_violations, examples, settings, own)
    parameters = [pytest.param(check, id=check.id, marks=pytest.mark.axiom) for check in spec.checks()]
    return pytest.mark.parametrize("check", parameters)
