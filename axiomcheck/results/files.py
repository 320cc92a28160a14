"""What files are published under which schema: certificates and counterexamples.

``python -m axiomcheck.results.files`` writes the schemas that stand in ``schemas/``.
"""

import json
from pathlib import Path
from typing import Any, Literal

from ..axioms import OBSERVATIONS, Observation
from . import case_data
from .certificate import SCHEMA, Cell, Certificate
from .counterexample import Counterexample
from .packed import DEFINITION
from .part import Part
from .path_profile import PathProfile
from .rule import Sha256
from .schema import DRAFT, Schema, Schemas, closed

FileName = Literal["certificate", "counterexample"]
SchemaName = FileName | Literal["cell", "part"]
"""Files that are published, and what stands in the lines of a journal."""
FOLDER = Path(__file__).parent / "schemas"


def schema(name: SchemaName) -> Schema:
    """Return the JSON Schema of a kind of file, or of a part of one."""
    schemas = Schemas({Observation: _observation, Counterexample: _counterexample, PathProfile: _path_profile})
    roots = {"certificate": _certificate, "counterexample": _counterexample, "cell": _cell, "part": _part}
    root = roots[name](schemas)
    head = {"$schema": DRAFT, "title": name.capitalize()}
    definitions = schemas.definitions | case_data.DEFINITIONS
    whole: Schema = _with_packed(root | {"$defs": definitions | {"packed": dict(DEFINITION)}})
    return head | whole


def _with_packed(schema: Any) -> Any:
    """Return a schema in which lists of numbers may be packed."""
    if isinstance(schema, list):
        return [_with_packed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "array" and schema.get("items", {}).get("type") in ("number", "integer"):
        return {"if": {"type": "object"}, "then": {"$ref": "#/$defs/packed"}, "else": schema}
    return {name: _with_packed(part) for name, part in schema.items()}


def _certificate(schemas: Schemas) -> Schema:
    """Return the schema of a certificate: its explainers are what it knows of their identities."""
    properties = schemas.of_fields(Certificate)["properties"]
    properties["explainers"] = properties.pop("identities")
    described = "The verdicts of many cells; sha256 is over the sorted JSON of all but itself and the seconds of cells."
    whole = {"schema": {"const": SCHEMA}} | properties | {"sha256": schemas.of(Sha256)}
    return {"description": described} | closed(whole, Certificate.later)


def _counterexample(schemas: Schemas) -> Schema:
    """Return the schema of a counterexample, in which the parts of its case stand beside its own fields."""
    own = schemas.of_fields(Counterexample, without=("case",))["properties"]
    properties = {"schema": {"const": SCHEMA}} | own | case_data.PROPERTIES | {"formula": {"type": "string"}}
    points = {"oneOf": [{"required": ["inputs"]}, {"required": ["path"]}]}
    kinds = {"oneOf": [{"required": [*case_data.OF_NETWORKS]}, {"required": [*case_data.OF_MODEL]}]}
    named = (*case_data.OF_NETWORKS, *case_data.OF_MODEL, *case_data.OF_SOME_MODELS)
    optional = ("inputs", "path", *named, *Counterexample.later)
    return closed(properties, optional=optional) | {"allOf": [points, kinds]}


def _cell(schemas: Schemas) -> Schema:
    return schemas.of(Cell)


def _part(schemas: Schemas) -> Schema:
    return schemas.of(Part)


def _observation(schemas: Schemas) -> Schema:
    """Return the schema of what an axiom observed: the fields of the class that ``type`` names."""
    cases: list[Any] = []
    for name, kind in OBSERVATIONS.items():
        fields = schemas.of_fields(kind)
        fields["properties"] = {"type": {"const": name}, **fields["properties"]}
        cases.append({"if": {"properties": {"type": {"const": name}}}, "then": fields})
    named = {"type": "object", "required": ["type"], "properties": {"type": {"enum": [*OBSERVATIONS]}}}
    return named | {"allOf": cases}


def _path_profile(_: Schemas) -> Schema:
    """Return the schema of what happens along a path, as far as it does not follow from the case."""
    numbers = {"type": "array", "items": {"type": "number"}}
    properties = {"at": numbers, "scores": {"type": "array", "items": numbers}, "jumps": numbers, "outputs": numbers}
    return closed(properties, optional=("outputs",))


def main() -> None:
    """Write the schemas."""
    for name in ("certificate", "counterexample"):
        text = json.dumps(schema(name), indent=1, ensure_ascii=False)
        (FOLDER / f"{name}.schema.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
