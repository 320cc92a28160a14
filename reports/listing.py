"""What there is, a line each."""

from collections.abc import Iterator

from ..axioms import AXIOMS
from ..explainers import CATALOGUE
from ..networks import REWRITES
from ..networks.family import DESCRIPTIONS, ITEMS, OPTIONS, PRESETS


def listing(what: str) -> list[str]:
    """Return the lines for ``explainers``, ``axioms``, ``families`` or ``rewrites``, in columns."""
    rows = list({"explainers": _explainers, "axioms": _axioms, "families": _families, "rewrites": _rewrites}[what]())
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{text:{width}}" for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _explainers() -> Iterator[tuple[str, ...]]:
    for name, entry in CATALOGUE.items():
        yield name, entry.summary, entry.cites
    yield "captum:NAME", "every method of captum.attr that explains inputs", "axiomcheck[captum]"
    yield "FILE.py:NAME, MODULE:NAME", "your own: a callable (model, inputs, target) -> relevance", ""


def _axioms() -> Iterator[tuple[str, ...]]:
    for name, axiom in AXIOMS.items():
        yield name, axiom.statement, axiom.cites


def _families() -> Iterator[tuple[str, ...]]:
    for name in PRESETS:
        yield name, DESCRIPTIONS[name]
    yield from ITEMS.items()
    for option, values in OPTIONS.items():
        yield f"{option}={'|'.join(values)}", "from narrow to wide; items and options go between commas"


def _rewrites() -> Iterator[tuple[str, ...]]:
    for name, rewrite in REWRITES.items():
        yield name, (rewrite.__doc__ or "").splitlines()[0], f"keeps {rewrite.keeps}"
