"""What there is, a line or two each."""

from collections.abc import Iterator
from dataclasses import replace
from textwrap import wrap

from ..axioms import AXIOMS
from ..explainers import CATALOGUE
from ..explainers.claims import CLAIMS, NOTHING, Claims
from ..explainers.libraries.registry import libraries
from ..networks import REWRITES, Family
from ..networks.family import DESCRIPTIONS, ITEMS, OPTIONS, PRESETS
from ..networks.ingredients import widest
from .groups import grouped
from .phrases import restriction

WIDTH = 100
"""Columns of the terminal."""


def listing(what: str) -> list[str]:
    """Return the lines for ``explainers``, ``axioms``, ``families`` or ``rewrites``, in columns."""
    if what == "axioms":
        return _in_groups()
    return _columns(list({"explainers": _explainers, "families": _families, "rewrites": _rewrites}[what]()))


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    """Return the names on the left, and what is said of each beside it, a paragraph each."""
    left = max(len(name) for name, *_ in rows) + 2
    lines = []
    for name, *paragraphs in rows:
        said = [line for paragraph in paragraphs for line in wrap(paragraph, WIDTH - left)]
        lines += [f"{head:{left}}{line}".rstrip() for head, line in zip([name, *[""] * len(said)], said)]  # noqa: B905
    return lines


def _explainers() -> Iterator[tuple[str, ...]]:
    for name, entry in CATALOGUE.items():
        yield name, f"{entry.summary} ({entry.cites})", *_promises(CLAIMS.get(name, NOTHING))
    yield from ((f"{library.name}:NAME", library.summary) for library in libraries())
    yield "FILE.py:NAME, MODULE:NAME", "your own: a callable (model, inputs, target) -> relevance"


def _promises(claims: Claims) -> Iterator[str]:
    """Yield what is promised, family by family."""
    families: dict[str, list[str]] = {}
    for axiom, family in claims.items():
        families.setdefault(where(Family.parse(family)), []).append(axiom)
    promises = "; ".join(f"{', '.join(axioms)} {where}" for where, axioms in families.items())
    if promises:
        yield f"claims {promises}"


def where(family: Family) -> str:
    """Return in words where a family is; what is drawn on request alone is left out of it unless it is everywhere."""
    if family == widest():
        return "everywhere"
    if family <= PRESETS["biased"]:
        within = "" if family == PRESETS["biased"] else f" {restriction(family, PRESETS['biased'])}"
        return f"on perceptrons{within}"
    items = widest().items - ({"kinks", "baselinekinks", "positional"} - family.items)
    return "everywhere" if PRESETS["ordinary"] <= family else restriction(family, replace(widest(), items=items))


def _in_groups() -> list[str]:
    """Return the axioms under the heading of their group."""
    rows = {name: (name, axiom.statement, axiom.cites) for name, axiom in AXIOMS.items()}
    left = max(map(len, rows)) + 2
    lines: list[str] = []
    for heading, names in grouped(list(AXIOMS)).items():
        lines += [*([""] if lines else []), f"{heading}:"]
        lines += _columns([(f"{name:{left - 2}}", *rest) for name, *rest in map(rows.__getitem__, names)])
    return lines


def _families() -> Iterator[tuple[str, ...]]:
    for name in PRESETS:
        yield name, DESCRIPTIONS[name]
    yield from ITEMS.items()
    for option, values in OPTIONS.items():
        yield f"{option}={'|'.join(values)}", "from narrow to wide; items and options go between commas"


def _rewrites() -> Iterator[tuple[str, ...]]:
    for name, rewrite in REWRITES.items():
        yield name, (rewrite.__doc__ or "").splitlines()[0], f"keeps {rewrite.keeps}"
