"""What becomes of a test's report: the counterexample alone, and the cells for the certificate."""

from collections.abc import Iterable

import pytest
from _pytest._code.code import ReprFileLocation

from .. import api
from ..api import AxiomViolation
from ..networks import AxiomcheckError
from .messages import short
from .recorder import ATTRIBUTE, CELLS


def finish(report: pytest.TestReport, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Put the counterexample in place of the traceback, unless all of it was asked for."""
    if call.when == "call" and (cells := item.stash.get(CELLS, None)):
        setattr(report, ATTRIBUTE, cells)
    if not report.failed or call.excinfo is None:
        return
    error = call.excinfo.value
    if isinstance(error, AxiomViolation):
        _show_violation(report, item, call.excinfo, error)
    elif isinstance(error, AxiomcheckError) and _lines(call.excinfo, str(api.__file__)):
        _show(report, item, call.excinfo, [str(error)], str(error))


def _show_violation(
    report: pytest.TestReport, item: pytest.Item, raised: pytest.ExceptionInfo[BaseException], violation: AxiomViolation
) -> None:
    counterexample = violation.counterexample
    verb = "fails on" if counterexample.is_error else "violates"
    heading = (
        f"{counterexample.explainer} {verb} {counterexample.axiom} in {counterexample.family}: {counterexample.reason}"
    )
    lines = [*str(violation).rstrip().splitlines(), "", *getattr(violation, "__notes__", [])]
    _show(report, item, raised, lines, heading)


def _show(
    report: pytest.TestReport,
    item: pytest.Item,
    raised: pytest.ExceptionInfo[BaseException],
    lines: Iterable[str],
    heading: str,
) -> None:
    """Show lines and where in the test they come from; the heading stands in pytest's short forms."""
    if item.config.getoption("fulltrace"):
        return
    own = _lines(raised, str(item.path))
    shown_lines = [*lines, *(f"{short(item.path)}:{line}" for line in own[-1:])]
    shown, brief = raised.getrepr(style="native"), item.config.getoption("tbstyle") == "line" and report.when == "call"
    shown.reprtraceback.reprentries[0].lines = [] if brief else [f"{line.rstrip()}\n" for line in shown_lines]
    shown.reprcrash = ReprFileLocation(str(item.path), own[-1] if own else 1, f"{raised.typename}: {heading}")
    report.longrepr = shown


def _lines(raised: pytest.ExceptionInfo[BaseException], path: str) -> list[int]:
    """Return the lines of a file that an exception came through."""
    return [entry.lineno + 1 for entry in raised.traceback if str(entry.path) == path]
