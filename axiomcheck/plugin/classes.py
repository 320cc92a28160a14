"""The class: one test method an axiom, and one test a family."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from unittest import TestCase

import pytest

from ..axioms import AXIOMS
from ..networks import Family
from .check import Check
from .spec import CheckSpec, Violations, model_source

PREFIX = "test_"


class AxiomTests:
    """Tests of the axioms for the ``explainer`` of a subclass, a name or a callable; any method may be overridden.

    A ``model`` with its ``inputs`` stands in the place of ``families``.

    >>> class TestMine(AxiomTests):
    ...     explainer = "lrp-0"
    ...     families = ("bias-free",)
    >>> AxiomTests.__test__, TestMine.__test__, TestMine.test_continuity.__name__
    (False, True, 'test_continuity')
    """

    __test__: ClassVar[bool] = False
    explainer: ClassVar[Any] = None
    axioms: ClassVar[Iterable[str] | None] = None
    families: ClassVar[Iterable[str | Family] | None] = None
    known_violations: ClassVar[Violations] = None
    examples: ClassVar[int | None] = None
    settings: ClassVar[Any] = None
    model: ClassVar[Any] = None
    inputs: ClassVar[Any] = None
    weights: ClassVar[str] = ""
    explains: ClassVar[str] = ""
    embedding: ClassVar[str] = ""

    def __init_subclass__(cls, **rest: Any) -> None:
        super().__init_subclass__(**rest)
        if issubclass(cls, TestCase):
            raise pytest.Collector.CollectError(f"axiomcheck: {cls.__name__} must not be a unittest.TestCase as well")
        if "__test__" not in vars(cls):
            cls.__test__ = True
        for name, told in list(vars(cls).items()):
            if isinstance(told, Iterator):  # it is read more than once
                setattr(cls, name, tuple(told))


def _method(axiom: str) -> Callable[[AxiomTests, Check], None]:
    def test(self: AxiomTests, check: Check) -> None:  # noqa: ARG001 - a method
        check()

    test.__name__ = f"{PREFIX}{axiom}"
    test.__qualname__ = f"{AxiomTests.__qualname__}.{test.__name__}"
    test.__doc__ = AXIOMS[axiom].statement
    return test


for _axiom in AXIOMS:
    setattr(AxiomTests, f"{PREFIX}{_axiom}", _method(_axiom))


def parametrize(metafunc: pytest.Metafunc) -> None:
    """Give a method of such a class one check a family."""
    axiom = metafunc.function.__name__.removeprefix(PREFIX)
    cls = metafunc.cls
    if cls is None or not issubclass(cls, AxiomTests) or axiom not in AXIOMS:
        return
    if "check" not in metafunc.fixturenames:
        return
    checks = [check for check in _checks(cls) if check.key[1] == axiom]
    metafunc.parametrize(
        "check", [pytest.param(check, id=str(check.question.family), marks=pytest.mark.axiom) for check in checks]
    )


def is_excluded(cls: Any, name: str) -> bool:
    """Whether a test is about an axiom that its class does not ask about."""
    axiom = name.removeprefix(PREFIX)
    if cls is None or not issubclass(cls, AxiomTests) or not name.startswith(PREFIX) or axiom not in AXIOMS:
        return False
    return axiom not in {check.key[1] for check in _checks(cls)}


@cache
def _checks(cls: type[AxiomTests]) -> tuple[Check, ...]:
    explainer = inspect.getattr_static(cls, "explainer")
    if isinstance(explainer, staticmethod):
        explainer = explainer.__func__
    if explainer is None or isinstance(explainer, (property, classmethod)):
        checks = "no explainer" if explainer is None else f"a {type(explainer).__name__} as its explainer"
        raise pytest.Collector.CollectError(
            f"axiomcheck: {cls.__name__} has {checks}: write explainer = ... in its body, a name or a callable"
        )
    folder = Path(inspect.getfile(cls)).parent
    named = (cls.weights, cls.explains, cls.embedding)
    own = model_source(inspect.getattr_static(cls, "model"), cls.inputs, *named)
    return CheckSpec(
        explainer, folder, cls.axioms, cls.families, cls.known_violations, cls.examples, cls.settings, own
    ).checks()
