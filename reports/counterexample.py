"""Counterexample: a shrunk case, its gap and what was observed, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..networks import Case, Linear, Network, Rewrite

SCHEMA = 1


@dataclass(frozen=True)
class Counterexample:
    """What breaks an axiom: everything that is needed to see it again.

    ``reason`` tells it in a sentence; ``explainer_code`` is Python that binds the explainer to ``explain``.
    """

    explainer: str
    axiom: str
    family: str
    seed: int
    versions: Mapping[str, str]
    case: Case
    observed: Mapping[str, object]
    reason: str
    gap: float
    tolerance: float
    has_baseline: bool
    explainer_code: str

    @property
    def formula(self) -> str:
        """The network, or both of the twin, as formulas of the target output."""
        formulas = [network.formula(self.case.target) for network in self.case.networks]
        if len(formulas) == 2:
            formulas[1] = formulas[1].replace("\nf(", "\ng(").replace("f(", "g(", 1)
        return "\n".join(formulas)

    @property
    def circumstances(self) -> tuple[str, ...]:
        """The rewrites, the path and the baseline, where there are any, in words."""
        case = self.case
        told = []
        if case.rewrites:
            told.append("rewritten by " + ", ".join(rewrite.name for rewrite in case.rewrites))
        if case.path:
            told.append("path " + " → ".join(map(_point, case.path.vertices)))
        if self.has_baseline:
            told.append(f"baseline {_point(case.baseline)}")
        return tuple(told)

    def code(self) -> str:
        """Return a script that builds the network, calls the explainer and prints the same gap."""
        from .code import counterexample_code

        return counterexample_code(self)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON knows it."""
        case = self.case
        points = {"path": case.path.vertices} if case.path else {"inputs": case.inputs}
        return {
            "schema": SCHEMA,
            "explainer": self.explainer,
            "axiom": self.axiom,
            "family": self.family,
            "seed": self.seed,
            "versions": dict(self.versions),
            "networks": [_network_data(network) for network in case.networks],
            "rewrites": [_rewrite_data(rewrite) for rewrite in case.rewrites],
            **{name: [list(point) for point in values] for name, values in points.items()},
            "baseline": list(case.baseline),
            "target": case.target,
            "irrelevant": list(case.irrelevant),
            "observed": dict(self.observed),
            "reason": self.reason,
            "gap": self.gap,
            "tolerance": self.tolerance,
            "formula": self.formula,
            "code": self.code(),
        }


def _point(point: tuple[float, ...]) -> str:
    return "(" + ", ".join(f"{value + 0.0:g}" for value in point) + ")"


def _network_data(network: Network) -> dict[str, Any]:
    return {
        "layers": [
            {"kind": layer.kind, "weight": [list(row) for row in layer.weight], "bias": list(layer.bias)}
            if isinstance(layer, Linear)
            else {"kind": layer.kind}
            for layer in network.layers
        ]
    }


def _rewrite_data(rewrite: Rewrite) -> dict[str, Any]:
    return {"name": rewrite.name} | {field.name: getattr(rewrite, field.name) for field in fields(rewrite)}
