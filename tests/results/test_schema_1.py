"""Files of schema 1 are read: those of version 0.1, of every axiom that draws its own cases."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from axiomcheck.axioms import OBSERVATIONS, CallError, MethodDifference
from axiomcheck.networks.facts import Irrelevant, Monotone, OnKinks, Symmetric
from axiomcheck.results.certificate_reader import read_certificate
from axiomcheck.results.reader import BrokenFile, read_counterexample
from axiomcheck.results.schema_1 import counterexample_2

OLD = Path(__file__).parent / "old"
FILES = sorted(path for path in OLD.glob("*.json") if path.stem != "certificate")
FACTS = {
    "demand_monotonicity": (Monotone(0),),
    "null_player": (Irrelevant((1,)),),
    "selectivity": (Irrelevant((1,)),),
    "symmetry": (Symmetric(0, 1),),
}


def _data(name):
    return json.loads((OLD / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_old_counterexamples_say_what_they_said(path):
    """What was observed has a class, which makes the same sentence of it; facts are those of the keys."""
    data, found = json.loads(path.read_text(encoding="utf-8")), read_counterexample(path)
    assert found.observed.sentence() == data["reason"]
    assert type(found.observed).__name__ in OBSERVATIONS
    assert found.formula == data["formula"]
    assert data["derivation"] is not None or found.case.facts == FACTS.get(path.stem, ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_old_counterexamples_are_written_anew(path, tmp_path):
    """In the schema of today, and nothing is lost."""
    found = read_counterexample(path)
    new = tmp_path / "new.json"
    new.write_text(json.dumps(found.as_data()), encoding="utf-8")
    assert json.loads(new.read_text(encoding="utf-8"))["schema"] == 2
    assert read_counterexample(new) == found


def test_an_old_certificate_is_read():
    """By its own hash; written anew it has another one."""
    data, certificate = _data("certificate"), read_certificate(OLD / "certificate.json")
    assert len(certificate.cells) == len(data["cells"])
    assert any(cell.scope for cell in certificate.cells)
    for cell in certificate.cells:
        found = cell.counterexample
        assert found is None or found.observed.sentence() == found.reason
    assert replace(certificate, seed=certificate.seed).as_data()["schema"] == 2


def test_a_changed_old_certificate_is_noticed(tmp_path):
    """The hash of the old file counts."""
    data = _data("certificate")
    data["cells"][0]["reason"] = "it is fine"
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(BrokenFile, match="was changed after it was written"):
        read_certificate(path)


def test_errors_equalities_and_what_is_missing():
    """An error has its message, an equality the name of the other explainer; what an old file lacks stays unsaid."""
    data = _data("conservation")
    assert counterexample_2(data | {"observed": {"error": "it raised"}})["observed"] == {
        "type": CallError.__name__,
        "message": "it raised",
    }
    same = {"x": [1.0], "relevance": [1.0], "other": [2.0]}
    named = counterexample_2(data | {"observed": same, "axiom": "equality with lrp-0, off zero pre-activations"})
    assert named["observed"] == {"type": MethodDifference.__name__, "method": "lrp-0", **same}
    assert counterexample_2(data | {"observed": {"x": [1.0]}})["observed"] is None


def test_kinks_and_baselines_of_old_files():
    """They stand as a fact, and as a value in the code."""
    data = _data("conservation") | {"on_kinks": True, "axiom_code": 'print("baseline" in globals())'}
    new = counterexample_2(data)
    assert new["facts"] == [{"name": OnKinks.name}]
    assert new["axiom_code"] == "print(False)"
