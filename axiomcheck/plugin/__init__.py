"""The pytest plugin: axioms as tests.

Pytest loads this in every project beside which axiomcheck is installed, so nothing heavy is imported before a test asks
about an axiom.
"""

import argparse
import sys
from collections.abc import Generator
from typing import Any

import pytest

from .session import running


def pytest_addoption(parser: pytest.Parser) -> None:
    """Name the options."""
    group = parser.getgroup("axiomcheck", "axioms of explanations")
    group.addoption(
        "--axioms-explainer",
        action="append",
        default=[],
        metavar="EXPLAINER",
        help="test this explainer on all axioms, without any code; may be repeated",
    )
    group.addoption("--axioms-examples", type=_cases, metavar="N", help="cases for each axiom in each family")
    group.addoption("--axioms-report", metavar="DIR", help="write certificate.json and certificate.html there")
    group.addoption(
        "--axioms-store", action="store_true", help="store counterexamples in the folder counterexamples beside a test"
    )
    group.addoption(
        "--axioms-isolate", action="store_true", help="judge each cell in a process of its own, which may hang or crash"
    )
    group.addoption("--axioms-timeout", type=_seconds, metavar="SEC", help="seconds for a cell")
    parser.addini("axiomcheck_isolate", "judge each cell in a process of its own", type="bool", default=False)
    parser.addini("axiomcheck_explainers", "explainers that are tested without any code", type="linelist", default=[])
    parser.addini("axiomcheck_known_violations", "a TOML file of known violations of these", default="")


def _seconds(text: str) -> float:
    from ..commands.options import seconds

    return seconds(text)


def _cases(text: str) -> int:
    from ..engine.search import ENOUGH

    if not text.isdecimal() or int(text) < ENOUGH:
        raise argparse.ArgumentTypeError(
            f"expected a whole number of at least {ENOUGH}, or nothing can hold, but got {text!r}"
        )
    return int(text)


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker, and set to work what was asked for."""
    config.addinivalue_line("markers", "axiom: tests of the axioms of explanations (axiomcheck).")
    if config.getoption("axioms_explainer") or config.getini("axiomcheck_explainers"):
        from .collection import Collection

        config.pluginmanager.register(Collection(config), "axiomcheck-collecting")
    if config.getoption("axioms_report") and not hasattr(config, "workerinput"):
        from .certificate import CertificateWriter

        config.pluginmanager.register(CertificateWriter(config), "axiomcheck-certifying")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Let a check know which test it is run by."""
    with running(item):
        return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show a violation as its counterexample, and let the cells travel with the report."""
    report = yield
    if "axiomcheck.api" in sys.modules:
        from .summary import finish

        finish(report, item, call)
    return report


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test of a class of axioms its families."""
    if metafunc.cls is not None and "axiomcheck.plugin.classes" in sys.modules:
        from .classes import parametrize

        parametrize(metafunc)


def pytest_pycollect_makeitem(collector: pytest.Collector, name: str) -> list[pytest.Item] | None:
    """Leave out the axioms that a class of tests does not ask about."""
    if "axiomcheck.plugin.classes" not in sys.modules:
        return None
    from .classes import is_excluded

    return [] if is_excluded(getattr(collector, "cls", None), name) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, items: list[pytest.Item]) -> None:
    """Add a failing test for each known violation that is one of nothing."""
    if "axiomcheck.plugin.fixtures" in sys.modules:
        from .fixtures import unmatched

        items += unmatched(session)
