"""The line that repeats what cells say."""

import re
import shlex
from collections.abc import Sequence

from ...explainers.loading.catalogue import CATALOGUE
from ...models.case import ModelCase
from ...models.name import is_model
from ...results.certificate import Cell, Certificate

SEARCHED = 3
"""A search ends after so many cases for each that is wanted."""
NAMED = re.compile(r"(?!__main__:)[^<>\s]+:[\w.,=+-]+")
"""Names that say where an explainer is."""


def command_line(cells: Sequence[Cell], certificate: Certificate) -> str:
    """Return the command that shows again what the cells, of one outcome, say; "" if none can name their explainer.

    ``hunt`` finds what the search has found; what the screen has found, or nobody, ``certify`` counts again.
    """
    first, where = cells[0], certificate.environment
    if not _has_name(first.explainer):
        return ""
    words = ["axiomcheck", "certify", first.explainer, "--axiom", first.axiom]
    families = [cell.family for cell in cells]
    if by_search := [cell.family for cell in cells if _by_search(cell, where.examples)]:
        words, families = ["axiomcheck", "hunt", first.explainer, first.axiom], by_search[:1]
    grounds = [_ground(family, certificate) for family in families]
    if not all(grounds):
        return ""
    words += [word for ground in grounds for word in ground]
    words += ["--examples", str(where.examples), "--seed", str(certificate.seed)]
    return shlex.join([*words, *([] if where.dtype == "float64" else ["--dtype", where.dtype])])


def _ground(family: str, certificate: Certificate) -> list[str]:
    """Return the options for a family, or for the model that stands in its place; none if that has no name."""
    found = (cell.counterexample.case for cell in certificate.cells if cell.counterexample and cell.family == family)
    model = next((case.model for case in found if isinstance(case, ModelCase)), None)
    if model is None:
        return [] if is_model(family) else ["--family", family]
    if ":" not in model.source:
        return []
    named = {"--weights": model.weights, "--explains": model.explains, "--embedding": model.embedding}
    more = [word for option, value in named.items() if value for word in (option, value)]
    return ["--model", model.source, "--inputs", model.inputs, *more]


def _has_name(explainer: str) -> bool:
    return explainer.partition(":")[0] in CATALOGUE or NAMED.fullmatch(explainer) is not None


def _by_search(cell: Cell, examples: int) -> bool:
    """Whether the violation ended the search: else it would have gone on to the end."""
    stopped = cell.search.get("effective", examples) < examples and cell.search["drawn"] < SEARCHED * examples
    return cell.verdict == "violated" and stopped
