"""Cells on their way from a test to the certificate, as text, so that they travel between processes."""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pytest

from .session import current_item

if TYPE_CHECKING:
    from ..axioms.arithmetic import Dtype
    from ..engine.question import Question
    from ..results.certificate import Cell, Identity

CELLS = pytest.StashKey[list[str]]()
ATTRIBUTE = "axiomcheck_cells"
"""The name by which a test's report carries its cells."""


@dataclass(frozen=True)
class Record:
    """A cell, how it was asked for, and what its cases were drawn from."""

    cell: "Cell"
    examples: int
    seed: int
    dtype: "Dtype"
    identity: "Identity"
    distribution: str

    @classmethod
    def read(cls, text: str) -> "Record":
        """Return what ``record`` wrote."""
        from ..results.certificate import Identity
        from ..results.reader import cell_of

        data = json.loads(text)
        cell, identity = cell_of(data["cell"]), Identity(**data["identity"])
        return cls(cell, data["examples"], data["seed"], data["dtype"], identity, data["distribution"])


def record(cell: "Cell", question: "Question") -> None:
    """Note a cell with the test that runs: for the certificate, and for the statistics of Hypothesis."""
    from ..axioms import AXIOMS

    item = current_item()
    if item is None:
        return
    if item.config.getoption("axioms_report") and cell.axiom in AXIOMS:
        from ..engine.identity import identity

        budget = question.budget
        data = {"cell": cell.as_data(), "examples": budget.examples, "seed": budget.seed, "dtype": budget.dtype}
        data |= {"identity": asdict(identity(question.located)), "distribution": question.population.distribution}
        item.stash.setdefault(CELLS, []).append(json.dumps(data, allow_nan=False))
    if item.config.getoption("--hypothesis-show-statistics", False):
        item.hypothesis_statistics = statistics(item.nodeid, cell)  # type: ignore[attr-defined]


def statistics(nodeid: str, cell: "Cell") -> str:
    """Return the counts of a cell in the form in which Hypothesis tells its own."""
    lines = [f"{nodeid}:", ""]
    for phase, counts in (("search", cell.search), ("screen", cell.screen)):
        if counts:
            drawn, effective = counts["drawn"], counts["effective"]
            silent = counts.get("rejected", drawn - effective)
            lines.append(f"  - during {phase}: {drawn} drawn, {effective} effective, {silent} rejected")
    return "\n".join([*lines, f"  - {cell.verdict}: {cell.reason}"])
