"""What there is, a line each."""

from collections.abc import Iterator

from ..axioms import AXIOMS
from ..explainers import CATALOGUE
from ..networks import REWRITES
from ..networks.family import DESCRIPTIONS, ITEMS, OPTIONS, PRESETS
from .grouping import grouped


def listing(what: str) -> list[str]:
    """Return the lines for ``explainers``, ``axioms``, ``families`` or ``rewrites``, in columns."""
    if what == "axioms":
        return _in_groups()
    return _columns(list({"explainers": _explainers, "families": _families, "rewrites": _rewrites}[what]()))


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{text:{width}}" for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _explainers() -> Iterator[tuple[str, ...]]:
    for name, entry in CATALOGUE.items():
        yield name, entry.summary, entry.cites
    yield "captum:NAME", "every method of captum.attr that explains inputs", "axiomcheck[captum]"
    yield "FILE.py:NAME, MODULE:NAME", "your own: a callable (model, inputs, target) -> relevance", ""


def _in_groups() -> list[str]:
    """Return the axioms under the heading of their group."""
    lines = iter(_columns([(name, axiom.statement, axiom.cites) for name, axiom in AXIOMS.items()]))
    by_name = dict(zip(AXIOMS, lines, strict=True))
    told: list[str] = []
    for heading, names in grouped(list(AXIOMS)).items():
        told += [*([""] if told else []), f"{heading}:", *(by_name[name] for name in names)]
    return told


def _families() -> Iterator[tuple[str, ...]]:
    for name in PRESETS:
        yield name, DESCRIPTIONS[name]
    yield from ITEMS.items()
    for option, values in OPTIONS.items():
        yield f"{option}={'|'.join(values)}", "from narrow to wide; items and options go between commas"


def _rewrites() -> Iterator[tuple[str, ...]]:
    for name, rewrite in REWRITES.items():
        yield name, (rewrite.__doc__ or "").splitlines()[0], f"keeps {rewrite.keeps}"
