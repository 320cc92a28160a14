"""The certificate as data."""

import json
from dataclasses import replace

from axiomcheck.reports.json import as_json
from axiomcheck.results.certificate import digest

CELL = {
    "explainer", "axiom", "family", "verdict", "reason", "search", "screen", "violation_rate_upper_bound", "worst_gap",
    "tolerance", "scope", "claim", "figures", "curves", "seconds", "counterexample", "expected",
    "outcomes", "severity", "further", "evidence",
}  # fmt: skip
COUNTEREXAMPLE = {
    "schema", "explainer", "axiom", "family", "seed", "versions", "networks", "rewrites", "baseline", "target",
    "observed", "gap", "tolerance",
}  # fmt: skip

SCOPE = {"sentence", "within", "widest", "edges", "undecided", "searches", "complete"}


def test_it_has_what_the_contract_says(certificate):
    """Every name of the contract is there, cells are sorted, and the JSON is finite and readable."""
    data = json.loads(as_json(certificate))
    assert {"schema", "environment", "seed", "sha256", "explainers", "cells"} <= set(data)
    assert all(set(cell) == CELL for cell in data["cells"])
    keys = [(cell["explainer"], cell["axiom"], cell["family"]) for cell in data["cells"]]
    assert keys == sorted(keys)
    found = [cell["counterexample"] for cell in data["cells"] if cell["counterexample"]]
    assert all(set(one) >= COUNTEREXAMPLE and ("path" in one) != ("inputs" in one) for one in found)
    assert {cell["axiom"] for cell in data["cells"] if cell["counterexample"]} >= {"continuity", "selectivity"}


def test_the_hash_covers_all_but_times(certificate):
    """Another time changes nothing, another verdict does."""
    data = certificate.as_data()
    assert data["sha256"] == digest(data)
    slower = [replace(cell, seconds={"total": 99.0}) for cell in certificate.cells]
    assert replace(certificate, cells=tuple(slower)).as_data()["sha256"] == data["sha256"]
    milder = [replace(cell, verdict="holds") for cell in certificate.cells]
    assert replace(certificate, cells=tuple(milder)).as_data()["sha256"] != data["sha256"]


def test_families_and_axioms_come_in_their_own_order(certificate):
    """Presets go from narrow to wide, not by name."""
    assert certificate.families == ("bias-free", "deep-taylor", "biased", "ordinary")
    assert certificate.axioms == ("conservation", "continuity", "implementation_invariance", "selectivity")


def test_a_scope_is_data(whole):
    """It stands in every cell of its explainer and axiom, and the hash covers it."""
    data = json.loads(as_json(whole))
    scopes = [cell["scope"] for cell in data["cells"]]
    assert all(set(scope) == SCOPE for scope in scopes)
    cells = [replace(cell, scope=replace(cell.scope, searches=3)) for cell in whole.cells]
    assert replace(whole, cells=tuple(cells)).as_data()["sha256"] != data["sha256"]


def test_what_is_unexpected(certificate):
    """Violated, inconclusive and error are; unsupported only where nothing of the explainer was judged."""
    unexpected = {cell.key for cell in certificate.unexpected}
    by_key = {cell.key: cell for cell in certificate.cells}
    assert ("other", "conservation", "biased") in unexpected
    assert ("other", "continuity", "biased") not in unexpected
    assert all(by_key[key].verdict in ("violated", "inconclusive", "error") for key in unexpected)
    alone = replace(certificate, cells=(by_key["other", "continuity", "biased"],))
    assert alone.unexpected == alone.cells
