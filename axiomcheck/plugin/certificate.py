"""The certificate of a test run, the same that ``axiomcheck certify`` writes."""

from pathlib import Path

import pytest

from ..engine.campaign import environment
from ..engine.question import Budget
from ..networks import AxiomcheckError
from ..reports.write import ready, write_certificate
from ..results.certificate import Cell, Certificate
from .recorder import ATTRIBUTE, Record


class CertificateWriter:
    """Gathers the cells of all tests, wherever they ran, and writes one certificate."""

    def __init__(self, config: pytest.Config) -> None:
        self.records: dict[tuple[str, str, str], Record] = {}
        self.paths: list[Path] = []
        try:
            self.folder = ready(config.invocation_params.dir / config.getoption("axioms_report"))
        except AxiomcheckError as mistake:
            raise pytest.UsageError(f"axiomcheck: {mistake}") from mistake

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the cells of a test; of two answers to one question the one from more cases."""
        for record in map(Record.read, getattr(report, ATTRIBUTE, [])):
            before = self.records.get(record.cell.key)
            if before is None or before.examples < record.examples:
                self.records[record.cell.key] = record

    def pytest_sessionfinish(self) -> None:
        """Write the certificate, if anything was judged."""
        if self.records:
            self.paths = write_certificate(certificate(list(self.records.values())), self.folder)

    def pytest_terminal_summary(self, terminalreporter: "pytest.TerminalReporter") -> None:
        """Say what was written."""
        terminalreporter.section("axioms")
        for path in self.paths:
            terminalreporter.write_line(f"wrote {path}")
        if not self.paths:
            terminalreporter.write_line("no axiom was judged, so there is no certificate")


def certificate(records: list[Record]) -> Certificate:
    """Return the certificate; where some cells were asked about with more cases than others, it states the fewest."""
    cells: tuple[Cell, ...] = tuple(sorted((record.cell for record in records), key=lambda cell: cell.key))
    fewest = min(record.examples for record in records)
    budget = Budget(fewest, records[0].seed, records[0].dtype)
    identities = tuple({record.identity.name: record.identity for record in records}.values())
    distribution = "; ".join(dict.fromkeys(record.distribution for record in records))
    where = environment(budget, [one.name for one in identities], distribution)
    return Certificate(where, budget.seed, cells, identities)
