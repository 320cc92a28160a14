"""The Markdown form, for a README or a model card."""

import re
from collections.abc import Iterator

from ..results.certificate import Cell, Certificate, VerdictName
from ..results.visible import visible
from .drawn import drawn
from .further import further_of
from .groups import grouped
from .matrix import MARKS, legend_of, look_of, share_of
from .methods import methods
from .unjudged import unjudged

VERBS: dict[VerdictName, str] = {"violated": "violates", "error": "fails on", "inconclusive": "is inconclusive on"}
MOST = 2_000
"""Letters of a text that are shown."""


def as_markdown(certificate: Certificate) -> str:
    """Return the certificate as Markdown: the matrices, what they do not say, and the counterexamples."""
    return "\n".join(_lines(certificate)) + "\n"


def _lines(certificate: Certificate) -> Iterator[str]:
    yield from ("# Axiom certificate", "")
    yield from (f"- {escaped(name)}: {escaped(text)}" for name, text in certificate.about.items())
    yield from [""] if certificate.about else []
    for heading, axioms in grouped(certificate.axioms).items():
        yield from (f"## {heading.capitalize()}", "", *_matrix(certificate, axioms), "")
    yield "; ".join(legend_of(certificate)) + "; " + _order(certificate)
    yield from ("", f"> {escaped(certificate.limits)}", "")
    yield from _methods(certificate)
    failures, absent = _failures(certificate), unjudged(certificate)
    if failures or absent:
        yield from ("## What was found", "")
    for reason, names in absent.items():
        yield f"- **{escaped(', '.join(names))}** not judged: {escaped(reason)}"
    for cells in failures:
        yield from _failure(cells)
    yield from (f"Effective networks {escaped(str(one))}.\n" for one in drawn(certificate))
    environment = certificate.environment
    versions = ", ".join(f"{name} {version}" for name, version in environment.versions.items())
    yield f"{environment.examples} cases a cell, seed {certificate.seed}, {environment.dtype}; {escaped(versions)}."
    yield f"sha256 `{certificate.as_data()['sha256']}`"


def _order(certificate: Certificate) -> str:
    return f"in each column the families {escaped(' · '.join(certificate.families))}"


def _matrix(certificate: Certificate, axioms: list[str]) -> Iterator[str]:
    cells = {cell.key: cell for cell in certificate.cells}
    yield f"| explainer | {' | '.join(axiom.replace('_', ' ') for axiom in axioms)} |"
    yield "|---|" + ":-:|" * len(axioms)
    for explainer in certificate.explainers:
        rows = ([cells.get((explainer, axiom, family)) for family in certificate.families] for axiom in axioms)
        marks = (" ".join(map(_mark, row)) for row in rows)
        yield f"| {escaped(explainer)} | {' | '.join(marks)} |"


def _mark(cell: Cell | None) -> str:
    return " " if cell is None else MARKS[look_of(cell)][0] + escaped(share_of(cell))


def _methods(certificate: Certificate) -> Iterator[str]:
    """Yield a table of what each explainer keeps, where there are several."""
    rows = list(methods(certificate))
    if len(rows) > 1:
        yield from (
            "## What each method keeps",
            "",
            "| explainer | what it is | keeps | breaks wherever it was judged |",
        )
        yield "|---|---|---|---|"
        for row in rows:
            yield f"| {' | '.join(map(escaped, (row.name, row.summary, row.keeps, row.breaks)))} |"
        yield ""


def _failures(certificate: Certificate) -> list[list[Cell]]:
    """Return the cells that fail, those of several families that fail alike together."""
    groups: dict[tuple[object, ...], list[Cell]] = {}
    order = certificate.families
    for cell in sorted(certificate.cells, key=lambda cell: (cell.explainer, cell.axiom, order.index(cell.family))):
        formula = cell.counterexample.formula if cell.counterexample else ""
        if formula or cell.verdict in ("error", "inconclusive"):
            key = (cell.explainer, cell.axiom, cell.verdict, cell.expected, formula, cell.reason)
            groups.setdefault(key, []).append(cell)
    return list(groups.values())


def _failure(cells: list[Cell]) -> Iterator[str]:
    cell, families = cells[0], ", ".join(escaped(cell.family) for cell in cells)
    expected = f" (expected: {escaped(cell.expected)})" if cell.expected else ""
    what = f"{VERBS.get(cell.verdict, cell.verdict)} {cell.axiom.replace('_', ' ')}"
    yield f"- **{escaped(cell.explainer)}** {what} in {families}{expected}: {escaped(cell.reason)}"
    for line in dict.fromkeys(line for cell in cells for line in further_of(cell)):
        yield f"  - also {escaped(line)}"
    for severe in cells:
        if severe.severity is not None:
            yield f"  - {escaped(severe.family)}: {escaped(severe.severity.sentence)}"
    if cell.counterexample is not None:
        lines = visible("\n".join((cell.counterexample.formula, *cell.counterexample.circumstances))).splitlines()
        fence = _fence("\n".join(lines))
        yield from ("", f"  {fence}", *(f"  {line}" for line in lines), f"  {fence}", "")


def _fence(text: str) -> str:
    """Return a fence that no run of backticks in a text closes."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(3, longest + 1)


def escaped(text: str) -> str:
    r"""Return a text that Markdown, and the HTML within it, shows as it is, in one line.

    >>> escaped("a | <b>")
    'a \\| &lt;b&gt;'
    """
    short = visible(text if len(text) <= MOST else f"{text[:MOST]}…")
    plain = short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    plain = re.sub(r"([\\`*_{}\[\]#|!~])", r"\\\1", plain)
    return " ".join(plain.split())
