"""Files and items of tests without code."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest._code.code import TerminalRepr

from .sources import source_of

if TYPE_CHECKING:
    from .check import Check


class AxiomFile(pytest.File):
    """The file in which explainers are defined, and the tests of their axioms.

    ``asked``: the folder from which each explainer is asked for; ``known``: their known violations, as a list.
    """

    requested: Mapping[str, Path]
    known: "Known"

    def collect(self) -> Iterator[pytest.Item]:
        """Yield one item a cell; what is wrong with any explainer is told at once."""
        checks: list[Check] = []
        mistakes = []
        for explainer, folder in self.requested.items():
            try:
                checks += self._checks(explainer, folder)
            except self.CollectError as mistake:
                mistakes.append(str(mistake))
        if mistakes:
            raise self.CollectError("\n".join(dict.fromkeys(mistakes)))
        yield from (AxiomItem.of(self, check) for check in checks)

    def _checks(self, explainer: str, folder: Path) -> Iterable["Check"]:
        from .spec import CheckSpec, collection_errors

        with collection_errors(), chdir(folder):
            known = self.known.of(explainer)
            return CheckSpec(explainer, self.config.rootpath / "tests", known_violations=known).checks()


class AxiomItem(pytest.Item):
    """The test of one cell."""

    check: "Check"

    @classmethod
    def of(cls, parent: AxiomFile, check: "Check") -> "AxiomItem":
        """Return the item of a check; an explainer's home is left out of its name where its file says it."""
        from ..explainers.loading.spec import parse_spec
        from .stored_counterexamples import identifier

        explainer, axiom, family = check.key
        home, _, _ = parse_spec(explainer)
        is_home = source_of(explainer, parent.requested[explainer]) == parent.path.resolve()
        name = explainer.removeprefix(f"{home}:") if is_home else explainer
        item: AxiomItem = cls.from_parent(parent, name=identifier(name, axiom, family))
        item.check = check
        item.add_marker(pytest.mark.axiom)
        return item

    def runtest(self) -> None:
        """Run the check."""
        self.check()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str | TerminalRepr:
        """Return what went wrong; pytest's way to the check, which a counterexample replaces, costs nothing."""
        from ..api import AxiomViolation

        is_replaced = isinstance(excinfo.value, AxiomViolation) and not self.config.getoption("fulltrace")
        return excinfo.getrepr(style="native") if is_replaced else super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        """Return where it is, and what a failure is headed with: not its name, whose dots pytest would replace."""
        return self.path, None, f"axioms[{self.name}]"


class Known:
    """The known violations that the ini file names, read when they are first asked for."""

    def __init__(self, path: Path | None, explainers: Iterable[str]) -> None:
        self._path, self._explainers = path, tuple(explainers)

    def of(self, explainer: str) -> list[dict[str, Any]]:
        """Return those of one explainer as a list; ``AxiomcheckError`` if one is of none that is tested."""
        from ..engine.known_violations import FIELDS, KnownViolations

        known = KnownViolations.of(self._path)
        known.require_matched(self._cells())
        listed = [{field: getattr(entry, field) for field in FIELDS} for entry in known.entries]
        entries = [entry for entry in listed if entry["explainer"] == explainer]
        return [{field: value for field, value in entry.items() if value is not None} for entry in entries]

    def _cells(self) -> Iterator[tuple[str, str, str]]:
        from ..axioms import AXIOMS
        from ..engine.campaign import DEFAULT_FAMILIES

        for name in self._explainers:
            yield from ((name, axiom, family) for axiom in AXIOMS for family in DEFAULT_FAMILIES)
