"""The schemas of files: derived from the types, and published as they are."""

import json

import pytest
from jsonschema import Draft202012Validator

from axiomcheck.axioms import OBSERVATIONS
from axiomcheck.results.files import FOLDER, schema


@pytest.mark.parametrize("name", ["certificate", "counterexample"])
def test_what_is_published_is_what_is_checked(name):
    """After a change of a field: ``python -m axiomcheck.results.files``."""
    Draft202012Validator.check_schema(schema(name))
    assert json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")) == schema(name)


def test_every_observation_has_its_fields():
    """The schema of a counterexample knows all classes by name."""
    observed = schema("counterexample")["$defs"]["Observation"]
    assert observed["properties"]["type"]["enum"] == list(OBSERVATIONS)
    assert len(observed["allOf"]) == len(OBSERVATIONS)
