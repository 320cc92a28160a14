"""Certificate: the verdicts of many cells, with all that is needed to repeat them, as data."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Annotated, Any, ClassVar, Literal

from ..axioms import AXIOMS
from ..axioms.arithmetic import Dtype
from ..networks.family import PRESETS
from .claim import Claim, overall
from .counterexample import Counterexample
from .plain_data import plain, plain_fields
from .rule import Count, Rule, Seconds, Sha256, Share, keys
from .scope import Scope
from .severity import Severity

SCHEMA = 2
LIMITS = (
    "A verdict speaks of the stated families and budgets: 'holds' means that no counterexample was found, and its "
    "bound is for one cell, at 95 % confidence, on the stated distribution. Passing axioms does not make an "
    "explanation faithful (Srinivas & Fleuret 2019; Bilodeau et al. 2024)."
)
"""What a certificate does not say."""

GAPS = "gap over share of the cases"
"""The curve that tells how the gaps of a cell are distributed."""

VerdictName = Literal["violated", "holds", "inconclusive", "unsupported", "error"]
OPEN = ("undecided", "refused")
"""Cases that the explainer left open; older certificates do not count them."""
SEARCH = keys("drawn", "effective", "rejected", optional=OPEN)
SCREEN = keys("drawn", "effective", "violations", "timed_out", optional=OPEN)
SECONDS = Rule(propertyNames={"enum": ["total", "in_explainer"]})
TOLERANCE = Rule(
    **{
        "if": {"properties": {"search": {"minProperties": 1}}},
        "then": {"properties": {"tolerance": {"minProperties": 1}}},
    }
)
"""What was searched was judged by a tolerance."""
FAILURES: tuple[VerdictName, ...] = ("violated", "inconclusive", "error")


@dataclass(frozen=True)
class Cell:
    """The verdict of one explainer on one axiom in one family. ``seconds`` are wall-clock, all else repeats.

    ``curves`` are points (at, value) of the screened cases, named "value over at". ``expected`` is the reason of a
    known violation, where that is what was found. ``severity`` is that of what is violated, ``further`` are
    counterexamples of other causes than the first. ``outcomes`` has a letter for each screened case: v(iolated),
    h(olds), o(ther); cells of one sample are compared by it, case by case. ``evidence`` says in how many effective
    cases of the screen each kind of layer, option, style and rewrite was. Files may lack what came ``later``.
    """

    explainer: str
    axiom: str
    family: str
    verdict: VerdictName
    reason: str
    search: Annotated[Mapping[str, Count], SEARCH] = field(default_factory=dict)
    screen: Annotated[Mapping[str, Count], SCREEN] = field(default_factory=dict)
    violation_rate_upper_bound: Share | None = None
    worst_gap: float = 0.0
    tolerance: Annotated[Mapping[str, float], keys("relative", "rounding")] = field(default_factory=dict)
    scope: Scope | None = None
    claim: Claim | None = None
    figures: Mapping[str, Annotated[Mapping[str, float], keys("median", "max")]] = field(default_factory=dict)
    curves: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)
    seconds: Annotated[Mapping[str, Seconds], SECONDS] = field(default_factory=dict)
    counterexample: Counterexample | None = None
    expected: str | None = None
    severity: Severity | None = None
    further: tuple[Counterexample, ...] = ()
    outcomes: Annotated[str, Rule(pattern="^[vho]*$")] = ""
    evidence: Mapping[str, Count] = field(default_factory=dict)

    later: ClassVar[Sequence[str]] = ("severity", "further", "outcomes", "evidence")
    rule: ClassVar[Rule] = TOLERANCE

    @property
    def key(self) -> tuple[str, str, str]:
        """Explainer, axiom and family."""
        return self.explainer, self.axiom, self.family

    def as_data(self) -> dict[str, Any]:
        """Return the cell as JSON knows it."""
        return plain_fields(self)


@dataclass(frozen=True)
class Environment:
    """Where the verdicts were reached: versions by name, and how cases were drawn."""

    versions: Mapping[str, str]
    platform: str
    dtype: Dtype
    examples: Annotated[int, Rule(minimum=1)]
    distribution: str


@dataclass(frozen=True)
class Identity:
    """An explainer: its name, the version of its package and the SHA-256 of its source, each None if unknown."""

    name: str
    version: str | None
    source: Sha256 | None


@dataclass(frozen=True, repr=False)
class Certificate:
    """The cells, sorted, with their environment and seed, what the explainers are, and what it does not say.

    ``missing`` are explainer, axiom and family of the cells that were asked for and have not been judged. ``about`` is
    what people say of it, by name: subject, author, date, purpose; files may lack it.
    """

    environment: Environment
    seed: int
    cells: tuple[Cell, ...]
    identities: tuple[Identity, ...] = ()
    missing: tuple[tuple[str, str, str], ...] = ()
    limits: str = LIMITS
    about: Mapping[str, str] = field(default_factory=dict)

    later: ClassVar[Sequence[str]] = ("about",)

    def __repr__(self) -> str:
        counts = Counter(cell.verdict for cell in self.cells)
        verdicts = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
        return f"<Certificate of {len(self.explainers)} explainers: {verdicts or 'no cells'}>"

    @cached_property
    def explainers(self) -> tuple[str, ...]:
        """The explainers, in the order of their names."""
        return tuple(sorted({cell.explainer for cell in self.cells}))

    @cached_property
    def axioms(self) -> tuple[str, ...]:
        """The axioms, in the order of their registry."""
        return _in_order({cell.axiom for cell in self.cells}, AXIOMS)

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The families: presets in the order of their registry, then the others by name."""
        return _in_order({cell.family for cell in self.cells}, PRESETS)

    @cached_property
    def scopes(self) -> dict[tuple[str, str], Scope]:
        """The scopes that were searched, by explainer and axiom."""
        return {(cell.explainer, cell.axiom): cell.scope for cell in self.cells if cell.scope is not None}

    @cached_property
    def claims(self) -> dict[tuple[str, str], Claim]:
        """What came of the claims, by explainer and axiom."""
        claims: dict[tuple[str, str], list[Claim]] = {}
        for cell in self.cells:
            if cell.claim is not None:
                claims.setdefault((cell.explainer, cell.axiom), []).append(cell.claim)
        return {key: overall(group) for key, group in claims.items()}

    @property
    def unexpected(self) -> tuple[Cell, ...]:
        """The cells that make a run fail: violated, inconclusive, error, or of an explainer that was nowhere judged.

        Those that are known violations are not.
        """
        judged = {cell.explainer for cell in self.cells if cell.verdict != "unsupported"}
        failed = (cell for cell in self.cells if cell.verdict in FAILURES or cell.explainer not in judged)
        return tuple(cell for cell in failed if cell.expected is None)

    def _repr_html_(self) -> str:
        """Return the matrix, for notebooks."""
        html = import_module("..reports.html", __package__)  # by name: results know no writers
        return str(html.matrix_html(self))

    def as_data(self) -> dict[str, Any]:
        """Return the certificate as JSON knows it, sealed with the hash of all but times."""
        data: dict[str, Any] = {
            "schema": SCHEMA,
            "environment": plain(self.environment),
            "seed": self.seed,
            "limits": self.limits,
            "missing": plain(self.missing),
            "explainers": plain(sorted(self.identities, key=lambda identity: identity.name)),
            "cells": plain(sorted(self.cells, key=lambda cell: cell.key)),
        }
        data |= {"about": plain(self.about)} if self.about else {}
        return data | {"sha256": digest(data)}


def _in_order(names: set[str], registry: Iterable[str]) -> tuple[str, ...]:
    known = [name for name in registry if name in names]
    return (*known, *sorted(names - set(known)))


def digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a certificate's sorted JSON without its times and its hash."""
    content = {name: value for name, value in data.items() if name != "sha256"}
    content["cells"] = [{k: v for k, v in cell.items() if k != "seconds"} for cell in content["cells"]]
    return hashlib.sha256(json.dumps(content, sort_keys=True, allow_nan=False).encode()).hexdigest()
