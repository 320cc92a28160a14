"""JSON Schemas of types."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

import pytest
from jsonschema import Draft202012Validator

from axiomcheck.results.rule import Count, Rule, keys
from axiomcheck.results.schema import Schemas


@dataclass(frozen=True)
class Leaf:
    """What hangs on a tree."""

    size: Count
    name: str | None = None


@dataclass(frozen=True)
class Tree:
    """It has leaves."""

    kind: Literal["oak", "elm"]
    leaves: tuple[Leaf, ...]
    first: Leaf | None
    ages: Annotated[Mapping[str, float], keys("least", "most")]
    span: Sequence[tuple[float, float]]

    rule: ClassVar[Rule] = Rule(minProperties=5)


TREE = {"kind": "oak", "leaves": [{"size": 3, "name": None}], "first": None, "ages": {}, "span": [[0.0, 1.5]]}


def _message(data):
    schemas = Schemas({})
    schema = schemas.of_fields(Tree) | {"$defs": schemas.definitions}
    return next((error.message for error in Draft202012Validator(schema).iter_errors(data)), "")


def test_what_fits_fits():
    """Fields in their types, nothing where nothing may be."""
    assert _message(TREE) == ""
    assert _message(TREE | {"first": {"size": 0, "name": "a"}, "ages": {"least": 1, "most": 2}}) == ""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "yew"}, "'yew' is not one of ['oak', 'elm']"),
        ({"leaves": [{"size": -1, "name": None}]}, "-1 is less than the minimum of 0"),
        ({"leaves": [{"size": 1}]}, "'name' is a required property"),
        ({"leaves": [{"size": 1, "name": 2}]}, "2 is not of type 'string', 'null'"),
        ({"leaves": [{"size": 1.5, "name": None}]}, "1.5 is not of type 'integer'"),
        ({"ages": {"least": 1}}, "'most' is a required property"),
        ({"ages": {"least": 1, "most": 2, "mean": 3}}, "'mean' is not one of ['least', 'most']"),
        ({"span": [[0.0]]}, "[0.0] is too short"),
        ({"roots": 1}, "Additional properties are not allowed ('roots' was unexpected)"),
    ],
)
def test_what_does_not_fit_is_named(change, message):
    """In the words of the schema."""
    assert _message(TREE | change) == message


def test_a_class_is_described_once():
    """By the first line of its docstring, in the definitions; a special schema is taken as it is."""
    schemas = Schemas({})
    schemas.of(tuple[Tree, ...])
    assert set(schemas.definitions) == {"Tree", "Leaf"}
    assert schemas.definitions["Leaf"]["description"] == "What hangs on a tree."
    assert schemas.definitions["Tree"]["minProperties"] == 5
    special = Schemas({Leaf: lambda _: {"type": "string"}})
    assert special.of(Leaf | None) == {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Leaf"}]}
    assert special.definitions == {"Leaf": {"type": "string"}}
    assert special.of(Any) == {}
