"""Certificate: the verdicts of many cells, with all that is needed to repeat them, as data."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Annotated, Any, ClassVar

from ..axioms import AXIOMS
from ..axioms.arithmetic import Dtype
from ..networks.family import PRESETS
from .cell import FAILURES, GAPS, Cell, VerdictName
from .claim import Claim, overall
from .part import Part
from .plain_data import plain
from .rule import Rule, Sha256
from .scope import Scope

SCHEMA = 2
LIMITS = (
    "A verdict speaks of the stated families and budgets: 'holds' means that no counterexample was found, and its "
    "bound is for one cell, at 95 % confidence, on the stated distribution. Passing axioms does not make an "
    "explanation faithful (Srinivas & Fleuret 2019; Bilodeau et al. 2024)."
)
"""What a certificate does not say."""

__all__ = [
    "FAILURES",
    "GAPS",
    "LIMITS",
    "SCHEMA",
    "Cell",
    "Certificate",
    "Environment",
    "Identity",
    "VerdictName",
    "digest",
]


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
    what people say of it, by name: subject, author, date, purpose; ``parts`` are cells of which this machine screened a
    share; files may lack both.
    """

    environment: Environment
    seed: int
    cells: tuple[Cell, ...]
    identities: tuple[Identity, ...] = ()
    missing: tuple[tuple[str, str, str], ...] = ()
    limits: str = LIMITS
    about: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()

    later: ClassVar[Sequence[str]] = ("about", "parts")

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
        data |= {name: plain(value) for name in self.later if (value := getattr(self, name))}
        return data | {"sha256": digest(data)}


def _in_order(names: set[str], registry: Iterable[str]) -> tuple[str, ...]:
    known = [name for name in registry if name in names]
    return (*known, *sorted(names - set(known)))


def digest(data: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a certificate's sorted JSON without its times and its hash."""
    content = {name: value for name, value in data.items() if name != "sha256"}
    content["cells"] = [{k: v for k, v in cell.items() if k != "seconds"} for cell in content["cells"]]
    return hashlib.sha256(json.dumps(content, sort_keys=True, allow_nan=False).encode()).hexdigest()
