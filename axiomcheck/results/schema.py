"""JSON Schemas, derived from the types of results: what a file must be is said once, by the fields of dataclasses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from .rule import Rule

Schema = dict[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
PLAIN: Mapping[Any, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    NoneType: {"type": "null"},
    Any: {},
}


class Schemas:
    """The schemas of dataclasses, each once, by name; some types have a ``special`` one."""

    def __init__(self, special: Mapping[type, Callable[["Schemas"], Schema]]) -> None:
        self.definitions: dict[str, Schema] = {}
        self._special = special

    def of(self, hint: Any) -> Schema:
        """Return the schema of a type."""
        if hint in PLAIN:
            return dict(PLAIN[hint])
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            rules = [rule.keywords for rule in arguments[1:] if isinstance(rule, Rule)]
            return self.of(arguments[0]) | {name: value for keywords in rules for name, value in keywords.items()}
        if origin is Literal:
            return {"enum": [*arguments]}
        if origin in (Union, UnionType):
            return self._either([self.of(part) for part in arguments])
        if is_dataclass(hint):
            return self._named(hint)
        return self._collection(origin, arguments)

    def _collection(self, origin: Any, arguments: Sequence[Any]) -> Schema:
        if issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(arguments[1])}
        size = len(arguments) if origin is tuple and arguments[-1] is not Ellipsis else None
        bounds = {} if size is None else {"minItems": size, "maxItems": size}
        return {"type": "array", "items": self.of(arguments[0])} | bounds

    def _either(self, parts: list[Schema]) -> Schema:
        """Return the schema of one of several: plain types are listed, so that a message can name them."""
        if all(isinstance(part.get("type"), str) for part in parts):
            listed = {"type": [part["type"] for part in parts]}
            return {name: value for part in parts for name, value in part.items()} | listed
        return {"anyOf": parts[::-1]}

    def _named(self, kind: Any) -> Schema:
        if kind.__name__ not in self.definitions:
            self.definitions[kind.__name__] = {}
            schema = self._special[kind](self) if kind in self._special else self.of_fields(kind)
            self.definitions[kind.__name__] = schema
        return {"$ref": f"#/$defs/{kind.__name__}"}

    def of_fields(self, kind: Any, without: Sequence[str] = ()) -> Schema:
        """Return the schema of an object with the fields of a dataclass, and no others; its ``rule`` holds too."""
        hints = get_type_hints(kind, include_extras=True)
        described = (kind.__doc__ or "").partition("\n")[0]
        names = [field.name for field in fields(kind) if field.name not in without]
        own = closed({name: self.of(hints[name]) for name in names}, getattr(kind, "optional", ()))
        return {"description": described} | own | (kind.rule.keywords if hasattr(kind, "rule") else {})


def closed(properties: Schema, optional: Sequence[str] = ()) -> Schema:
    """Return the schema of an object with these properties and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}
